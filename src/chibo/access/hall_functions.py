"""Functions of the database for the phones in the hall, with the owner's rights.

The log of a meeting is for its keepers until the minutes are signed. Whoever sits in the hall hears it all the same; so
those on the roll of a meeting that is going on read what the hall sees, and not a word more: which item, which votes
and with what sums, who wishes to speak, who is there. No text of anyone, no reason of an absence, no list of voters.
"""

from chibo.access.seal import rendered

# Who sits in the hall: on the roll of a meeting that is going on, or one of its keepers.
_IN_THE_HALL = """
CREATE OR REPLACE FUNCTION meetings_in_the_hall(wanted uuid) RETURNS boolean
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE who uuid := nullif({person}, '')::uuid;
BEGIN
 RETURN EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = wanted AND m.state = 'open' AND {sealed} AND (
  {system}
  OR m.id = ANY (nullif({duty_meetings}, '')::uuid[])
  OR m.cell_id = ANY (nullif({committee_cells}, '')::uuid[])
  OR (m.body = 'cell' AND m.cell_id = ANY (nullif({member_cells}, '')::uuid[])
   AND EXISTS (SELECT 1 FROM meetings_attendance a WHERE a.meeting_id = wanted AND a.person_id = who))));
END $$
"""

# What tells a phone that nothing is new: asked every few seconds, so the one thing it costs.
_MARK = """
CREATE OR REPLACE FUNCTION meetings_hall_mark(wanted uuid) RETURNS TABLE (seq bigint, code_since timestamptz)
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
 IF NOT meetings_in_the_hall(wanted) THEN RETURN; END IF;
 RETURN QUERY SELECT h.seq::bigint, c.opened_at FROM audit_chainhead h
  LEFT JOIN meetings_checkin c ON c.meeting_id = wanted WHERE h.chain = wanted;
END $$
"""

# The entries that the hall has seen happen, bared of everything else. Voters are counted, not named.
# Those after a number, while the entry with that number has the hash that is known; else all, which `anew` says.
_LOG = """
CREATE OR REPLACE FUNCTION meetings_hall_log(wanted uuid, since bigint, known bytea)
 RETURNS TABLE (id uuid, device uuid, counter bigint, kind text, author uuid, payload jsonb, at timestamptz,
  seq bigint, seen bigint, anew boolean) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
 nobody text := '00000000-0000-0000-0000-000000000000';
 first bigint := 0;
BEGIN
 IF NOT meetings_in_the_hall(wanted) THEN RETURN; END IF;
 IF EXISTS (SELECT 1 FROM meetings_entry k WHERE k.meeting_id = wanted AND k.seq = since AND k.hash = known)
  THEN first := since; END IF;
 RETURN QUERY SELECT e.id, e.device, e.counter, e.kind::text, e.author_id,
  CASE e.kind
   WHEN 'open' THEN jsonb_build_object('chair', p.p->'chair', 'roll', '[]'::jsonb)
   WHEN 'opening-void' THEN p.p || '{"why": "…"}'
   WHEN 'attend' THEN jsonb_build_object('members', p.p->'members', 'state', p.p->'state')
   WHEN 'remark' THEN jsonb_strip_nulls(jsonb_build_object('item', p.p->'item', 'text', '…',
    'member', p.p->'member', 'guest', p.p->'guest', 'ask', p.p->'ask'))
   WHEN 'item' THEN p.p - 'why'
   WHEN 'ballot' THEN p.p || '{"tellers": []}'
   WHEN 'vote' THEN p.p || jsonb_build_object('excluded', '[]'::jsonb, 'included',
    (SELECT coalesce(jsonb_agg(jsonb_build_array(nobody, '')), '[]') FROM jsonb_array_elements(p.p->'included')))
   WHEN 'secret' THEN p.p || jsonb_build_object('excluded', '[]'::jsonb, 'tellers', '[]'::jsonb, 'included',
    (SELECT coalesce(jsonb_agg(jsonb_build_array(nobody, '')), '[]') FROM jsonb_array_elements(p.p->'included')))
   ELSE p.p END,
  e.at, e.seq, e.seen, first = 0
  FROM meetings_entry e CROSS JOIN LATERAL (SELECT e.payload::jsonb AS p) p
  WHERE e.meeting_id = wanted AND e.seq > first AND e.payload IS NOT NULL
   AND (e.kind IN ('open', 'clerk', 'item', 'attend', 'vote', 'ballot', 'secret', 'claim', 'ask', 'unask',
    'undo', 'close', 'abort', 'opening-confirm', 'opening-void')
    OR e.kind = 'remark' AND p.p->>'ask' IS NOT NULL);
END $$
"""

# The next counter is one more than the meeting's greatest, whoever writes: members write entries, and read none.
_COUNTER = """
CREATE OR REPLACE FUNCTION meetings_latest_counter(wanted uuid) RETURNS bigint
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
 RETURN (SELECT coalesce(max(e.counter), 0) FROM meetings_entry e WHERE e.meeting_id = wanted);
END $$
"""

# Where the next entry of a meeting goes. The chain's row stays locked until the transaction ends; the counter is read
# after that, by a statement of its own, so that it is the one of whoever wrote last.
_PLACE = """
CREATE OR REPLACE FUNCTION meetings_next_place(wanted uuid)
 RETURNS TABLE (seq bigint, previous bytea, latest bigint)
 LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
#variable_conflict use_column
DECLARE place bigint; head bytea;
BEGIN
 IF NOT {sealed} THEN RAISE EXCEPTION 'nobody writes' USING ERRCODE = '42501'; END IF;
 INSERT INTO audit_chainhead (chain, seq, hash) VALUES (wanted, 1, decode(repeat('00', 32), 'hex'))
  ON CONFLICT (chain) DO UPDATE SET seq = audit_chainhead.seq + 1 RETURNING seq, hash INTO place, head;
 RETURN QUERY SELECT place, head, coalesce(max(e.counter), 0) FROM meetings_entry e WHERE e.meeting_id = wanted;
END $$
"""

# Four digits are few: five wrong attempts of a person are the last, thirty of the hall bring a new code. The row is
# locked first, so that attempts made at once count one after another. More than five claims say nothing new.
_TRY_CODE = """
CREATE OR REPLACE FUNCTION meetings_try_code(wanted uuid, typed text) RETURNS text
 LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
 who uuid := nullif({person}, '')::uuid;
 is_code text; all_tries integer; mine integer;
BEGIN
 IF who IS NULL OR NOT meetings_in_the_hall(wanted) THEN RETURN 'closed'; END IF;
 IF typed IS NULL THEN
  RETURN coalesce((SELECT CASE WHEN coalesce((c.wrong->>who::text)::integer, 0) >= 5 THEN 'used_up' ELSE 'open' END
   FROM meetings_checkin c WHERE c.meeting_id = wanted), 'closed');
 END IF;
 SELECT c.code, c.tries, coalesce((c.wrong->>who::text)::integer, 0) INTO is_code, all_tries, mine
  FROM meetings_checkin c WHERE c.meeting_id = wanted FOR UPDATE;
 IF NOT FOUND THEN RETURN 'closed'; END IF;
 IF mine >= 5 THEN RETURN 'used_up'; END IF;
 IF is_code = typed THEN
  IF (SELECT count(*) FROM meetings_entry e
   WHERE e.meeting_id = wanted AND e.kind = 'claim' AND e.author_id = who) >= 5 THEN RETURN 'used_up'; END IF;
  RETURN 'right';
 END IF;
 UPDATE meetings_checkin SET tries = tries + 1,
  wrong = jsonb_set(wrong, ARRAY[who::text], to_jsonb(mine + 1)) WHERE meeting_id = wanted;
 IF all_tries + 1 >= 30 THEN
  UPDATE meetings_checkin SET tries = 0, wrong = '{}', opened_at = clock_timestamp(),
   code = lpad(((('x' || substr(md5(gen_random_uuid()::text), 1, 7))::bit(28)::integer) % 10000)::text, 4, '0')
   WHERE meeting_id = wanted;
 END IF;
 RETURN CASE WHEN mine + 1 >= 5 AND all_tries + 1 < 30 THEN 'used_up' ELSE 'wrong' END;
END $$
"""

# The first form of the log, with no number to go on from, stays where it is: the program before still asks it.
STATEMENTS = rendered((_IN_THE_HALL, _MARK, _LOG, _COUNTER, _PLACE, _TRY_CODE))
SIGNATURES = (
    "meetings_in_the_hall(uuid)",
    "meetings_hall_mark(uuid)",
    "meetings_hall_log(uuid, bigint, bytea)",
    "meetings_latest_counter(uuid)",
    "meetings_next_place(uuid)",
    "meetings_try_code(uuid, text)",
)

"""Functions of the database by which people move between cells: each asks the session who acts.

A transfer changes rows of two cells in one act, and no committee may write those of the other. These functions run
with the owner's rights, look at the committees of the session themselves, and do that one act and nothing else.
"""

from chibo.access.seal import rendered

_COMMITTEES = "coalesce(nullif({committee_cells}, '')::uuid[], '{}')"

# What a member holds in a cell ends with the membership, and so does a part in a meeting that has not begun; minutes of
# one that was held are still signed by whoever minuted it. Without rights of its own: called by a command it is bound
# by the policies, called by the settling of a transfer it is not.
_LEAVE_CELL = """
CREATE OR REPLACE FUNCTION members_leave_cell(who uuid, place uuid, after date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE facts text;
BEGIN
 FOREACH facts IN ARRAY ARRAY['members_exemption', 'members_temporaryleave', 'members_suspension',
   'members_unitpost', 'members_groupmember'] LOOP
  EXECUTE format('DELETE FROM %I WHERE person_id = $1 AND cell_id = $2 AND lower(validity) >= $3', facts)
   USING who, place, after;
  EXECUTE format('UPDATE %I SET validity = daterange(lower(validity), $3)'
   ' WHERE person_id = $1 AND cell_id = $2 AND validity @> $3', facts) USING who, place, after;
 END LOOP;
 DELETE FROM access_termofoffice WHERE person_id = who AND organisation_id = place
  AND office IN ('secretary', 'deputy', 'committee_member') AND lower(validity) >= after;
 UPDATE access_termofoffice SET validity = daterange(lower(validity), after) WHERE person_id = who
  AND organisation_id = place AND office IN ('secretary', 'deputy', 'committee_member') AND validity @> after;
 UPDATE access_meetingduty d SET until = after - 1 WHERE d.person_id = who AND d.cell_id = place
  AND d.duty IN ('chair', 'clerk') AND (d.until IS NULL OR d.until >= after) AND EXISTS (SELECT 1
   FROM meetings_meeting g WHERE g.id = d.meeting_id AND g.state IN ('draft', 'announced'));
END $$
"""

# The receiving committee settles: 'done', or why not: 'settled' (somebody was quicker, or it was withdrawn), 'gone'
# (the person does not belong to the sending cell on the day before), 'taken' (already belongs to the receiving one).
# Exemption, suspension and a stay elsewhere go with the person; offices, posts and groups stay behind and end.
_SETTLE = """
CREATE OR REPLACE FUNCTION members_settle_transfer(wanted uuid, result text, day date, words text, dated date,
  fresh uuid[]) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE t members_transfer; m members_membership; e members_exemption; s members_suspension;
 l members_temporaryleave;
BEGIN
 SELECT * INTO t FROM members_transfer WHERE id = wanted FOR UPDATE;
 IF t.id IS NULL OR t.from_cell_id IS NULL OR t.to_cell_id IS NULL
   OR NOT ({sealed} AND ({system} OR t.to_cell_id = ANY ({committees}))) THEN
  RAISE EXCEPTION 'transfer % is not received here', wanted USING ERRCODE = '42501';
 END IF;
 IF t.outcome <> '' THEN RETURN 'settled'; END IF;
 IF result = 'confirmed' THEN
  SELECT * INTO m FROM members_membership WHERE person_id = t.person_id AND cell_id = t.from_cell_id
   AND kind <> 'temporary' AND validity @> (day - 1) FOR UPDATE;
  IF m.id IS NULL THEN RETURN 'gone'; END IF;
  IF t.kind = 'official' THEN
   SELECT * INTO e FROM members_exemption WHERE person_id = t.person_id AND cell_id = t.from_cell_id
    AND validity @> day LIMIT 1;
   SELECT * INTO s FROM members_suspension WHERE person_id = t.person_id AND cell_id = t.from_cell_id
    AND validity @> day LIMIT 1;
   -- a stay in the receiving cell ends; any other goes on, from there
   SELECT * INTO l FROM members_temporaryleave x WHERE x.person_id = t.person_id AND x.cell_id = t.from_cell_id
    AND x.validity @> day AND NOT EXISTS (SELECT 1 FROM members_membership h WHERE h.person_id = x.person_id
     AND h.cell_id = t.to_cell_id AND h.kind = 'temporary' AND h.validity && x.validity) LIMIT 1;
   UPDATE members_temporaryleave x SET cell_id = t.to_cell_id WHERE x.person_id = t.person_id
    AND x.cell_id = t.from_cell_id AND lower(x.validity) > day AND NOT EXISTS (SELECT 1 FROM members_membership h
     WHERE h.person_id = x.person_id AND h.cell_id = t.to_cell_id AND h.kind = 'temporary'
     AND h.validity && x.validity);
   UPDATE members_exemption SET cell_id = t.to_cell_id WHERE person_id = t.person_id
    AND cell_id = t.from_cell_id AND lower(validity) > day;
   UPDATE members_suspension SET cell_id = t.to_cell_id WHERE person_id = t.person_id
    AND cell_id = t.from_cell_id AND lower(validity) > day;
   UPDATE members_transfer SET last_day = day - 1 WHERE person_id = t.person_id AND outcome = 'confirmed'
    AND kind = 'temporary' AND from_cell_id = t.from_cell_id AND to_cell_id = t.to_cell_id AND last_day >= day;
   UPDATE members_transfer SET from_cell_id = t.to_cell_id WHERE person_id = t.person_id AND outcome = 'confirmed'
    AND kind = 'temporary' AND from_cell_id = t.from_cell_id AND to_cell_id IS DISTINCT FROM t.to_cell_id
    AND last_day >= day;
   PERFORM members_leave_cell(t.person_id, t.from_cell_id, day);
   DELETE FROM members_membership WHERE person_id = t.person_id AND cell_id = t.to_cell_id
    AND kind = 'temporary' AND lower(validity) >= day;
   UPDATE members_membership SET validity = daterange(lower(validity), day) WHERE person_id = t.person_id
    AND cell_id = t.to_cell_id AND kind = 'temporary' AND validity @> day;
   UPDATE members_membership SET validity = daterange(lower(m.validity), day) WHERE id = m.id;
   UPDATE members_membership SET cell_id = t.to_cell_id WHERE person_id = t.person_id
    AND cell_id = t.from_cell_id AND kind <> 'temporary' AND lower(validity) >= day;
   IF upper(m.validity) IS NULL OR upper(m.validity) > day THEN
    INSERT INTO members_membership (id, person_id, cell_id, kind, validity, admitted_on, probation_ends) VALUES
     (fresh[1], m.person_id, t.to_cell_id, m.kind, daterange(day, upper(m.validity)), m.admitted_on, m.probation_ends);
   END IF;
   IF e.id IS NOT NULL THEN
    INSERT INTO members_exemption (id, person_id, cell_id, decision, application, validity) VALUES
     (fresh[2], e.person_id, t.to_cell_id, e.decision, e.application, daterange(day, upper(e.validity)));
   END IF;
   IF s.id IS NOT NULL THEN
    INSERT INTO members_suspension (id, person_id, cell_id, decision, validity) VALUES
     (fresh[3], s.person_id, t.to_cell_id, s.decision, daterange(day, upper(s.validity)));
   END IF;
   IF l.id IS NOT NULL THEN
    INSERT INTO members_temporaryleave (id, person_id, cell_id, decision, destination, validity) VALUES
     (fresh[4], l.person_id, t.to_cell_id, l.decision, l.destination, daterange(day, upper(l.validity)));
   END IF;
  ELSE
   IF EXISTS (SELECT 1 FROM members_membership WHERE person_id = t.person_id AND cell_id = t.to_cell_id
     AND validity && daterange(day, t.last_day + 1)) THEN RETURN 'taken'; END IF;
   IF EXISTS (SELECT 1 FROM members_temporaryleave WHERE person_id = t.person_id AND cell_id = t.from_cell_id
     AND validity && daterange(day, t.last_day + 1)) THEN RETURN 'away'; END IF;
   INSERT INTO members_membership (id, person_id, cell_id, kind, validity) VALUES
    (fresh[1], t.person_id, t.to_cell_id, 'temporary', daterange(day, t.last_day + 1));
   -- at home, also in the cell that is to follow: one that has received the member for a later day
   INSERT INTO members_temporaryleave (id, person_id, cell_id, decision, destination, validity)
    SELECT fresh[1 + row_number() OVER (ORDER BY home.since)], t.person_id, home.cell_id, t.decision, o.name,
     daterange(greatest(home.since, day), least(home.until, t.last_day + 1))
     FROM orgs_organisation o, (SELECT h.cell_id, min(lower(h.validity)) AS since,
       nullif(max(coalesce(upper(h.validity), 'infinity')), 'infinity') AS until FROM members_membership h
       WHERE h.person_id = t.person_id AND h.kind <> 'temporary' AND h.validity && daterange(day, t.last_day + 1)
       GROUP BY h.cell_id ORDER BY 2 LIMIT 3) home
     WHERE o.id = t.to_cell_id;
  END IF;
 END IF;
 UPDATE members_transfer SET outcome = result, note = words, settled_on = dated,
  first_day = CASE WHEN result = 'confirmed' THEN day ELSE first_day END,
  settled_by = nullif({person}, '')::uuid WHERE id = wanted;
 RETURN 'done';
END $$
"""

# A temporary stay is made longer, or ends: both cells' rows together. Either committee may record it. Where cells were
# merged or split meanwhile the stay stands with the cells of today, and its rows in those, in the ones before them and
# in each home cell of these days.
# 'moved': the receiving cell holds no row of it any longer.
_SET_STAY = """
CREATE OR REPLACE FUNCTION members_set_stay(wanted uuid, last date) RETURNS text
 LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE t members_transfer; hosts uuid[]; homes uuid[]; kept uuid;
BEGIN
 SELECT * INTO t FROM members_transfer WHERE id = wanted FOR UPDATE;
 IF t.id IS NULL OR NOT ({sealed} AND ({system}
   OR coalesce(t.to_cell_id = ANY ({committees}), false) OR coalesce(t.from_cell_id = ANY ({committees}), false))) THEN
  RAISE EXCEPTION 'transfer % is not of a cell of this session', wanted USING ERRCODE = '42501';
 END IF;
 IF t.outcome <> 'confirmed' OR t.kind <> 'temporary' OR last < t.first_day THEN RETURN 'not'; END IF;
 hosts := ARRAY(SELECT t.to_cell_id UNION SELECT predecessor_id FROM orgs_succession WHERE successor_id = t.to_cell_id);
 homes := ARRAY(SELECT t.from_cell_id UNION
  SELECT predecessor_id FROM orgs_succession WHERE successor_id = t.from_cell_id
  UNION SELECT cell_id FROM members_membership WHERE person_id = t.person_id AND t.from_cell_id IS NOT NULL
   AND kind <> 'temporary' AND validity && daterange(t.first_day, greatest(last, t.last_day) + 1));
 IF t.to_cell_id IS NOT NULL THEN
  SELECT id INTO kept FROM members_membership WHERE person_id = t.person_id AND cell_id = ANY (hosts)
   AND kind = 'temporary' AND lower(validity) BETWEEN t.first_day AND least(last, t.last_day)
   ORDER BY lower(validity) DESC LIMIT 1;
  IF kept IS NULL THEN RETURN 'moved'; END IF;
  DELETE FROM members_membership WHERE person_id = t.person_id AND cell_id = ANY (hosts)
   AND kind = 'temporary' AND lower(validity) > last AND lower(validity) <= t.last_day;
  UPDATE members_membership SET validity = daterange(lower(validity), last + 1) WHERE id = kept;
 END IF;
 SELECT id INTO kept FROM members_temporaryleave WHERE person_id = t.person_id AND cell_id = ANY (homes)
  AND lower(validity) BETWEEN t.first_day AND least(last, t.last_day) ORDER BY lower(validity) DESC LIMIT 1;
 DELETE FROM members_temporaryleave WHERE person_id = t.person_id AND cell_id = ANY (homes)
  AND lower(validity) > last AND lower(validity) <= t.last_day;
 UPDATE members_temporaryleave SET validity = daterange(lower(validity), last + 1) WHERE id = kept
  AND (upper(validity) = t.last_day + 1 OR upper(validity) > last + 1);
 UPDATE members_transfer SET last_day = last WHERE id = wanted;
 RETURN 'done';
END $$
"""

# Counts a cell that stood on the day, for whoever has an office above: no name leaves the cell. Suspension is no figure
# of its own. The cells come first, as a list, so that those of one commune are read by their index and those of a
# province in one pass.
_FIGURES = """
CREATE OR REPLACE FUNCTION members_figures(day date) RETURNS TABLE (cell uuid, official integer, probationary integer,
  temporary integer, exempt integer, away integer, expected integer, overdue integer)
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
#variable_conflict use_column
DECLARE cells uuid[];
BEGIN
 SELECT array_agg(o.id) INTO cells FROM orgs_organisation o WHERE o.kind = 'cell'
  AND o.founded <= day AND (o.dissolved IS NULL OR o.dissolved > day) AND {sealed} AND ({system}
  OR EXISTS (SELECT 1 FROM unnest(string_to_array(concat_ws(',', nullif({commune_paths}, ''),
    nullif({province_paths}, '')), ',')) p
   WHERE p <> '' AND o.path >= p AND o.path < p || '~'));
 RETURN QUERY
 WITH people AS (
  SELECT m.cell_id, m.kind, e.person_id IS NOT NULL AS is_exempt, l.person_id IS NOT NULL AS is_away,
   s.person_id IS NOT NULL AS is_suspended
   FROM members_membership m
   LEFT JOIN (SELECT DISTINCT x.person_id, x.cell_id FROM members_exemption x
     WHERE x.cell_id = ANY (cells) AND x.validity @> day) e ON e.person_id = m.person_id AND e.cell_id = m.cell_id
   LEFT JOIN (SELECT DISTINCT x.person_id, x.cell_id FROM members_temporaryleave x
     WHERE x.cell_id = ANY (cells) AND x.validity @> day) l ON l.person_id = m.person_id AND l.cell_id = m.cell_id
   LEFT JOIN (SELECT DISTINCT x.person_id, x.cell_id FROM members_suspension x
     WHERE x.cell_id = ANY (cells) AND x.validity @> day) s ON s.person_id = m.person_id AND s.cell_id = m.cell_id
  WHERE m.cell_id = ANY (cells) AND m.validity @> day),
 counted AS (
  SELECT p.cell_id, count(*) FILTER (WHERE p.kind = 'official') AS official,
   count(*) FILTER (WHERE p.kind = 'probationary') AS probationary,
   count(*) FILTER (WHERE p.kind = 'temporary') AS temporary,
   count(*) FILTER (WHERE p.is_exempt AND p.kind <> 'temporary') AS exempt,
   count(*) FILTER (WHERE p.is_away AND p.kind <> 'temporary') AS away,
   count(*) FILTER (WHERE NOT (p.is_exempt OR p.is_away OR p.is_suspended)) AS expected
   FROM people p GROUP BY p.cell_id),
 late AS (
  SELECT side.cell_id, count(*) AS number FROM members_transfer t
   CROSS JOIN LATERAL (VALUES (t.from_cell_id), (t.to_cell_id)) side (cell_id)
  WHERE (t.outcome = '' OR t.settled_on > day) AND t.due < day AND side.cell_id = ANY (cells) GROUP BY side.cell_id)
 SELECT h.id, coalesce(c.official, 0)::integer, coalesce(c.probationary, 0)::integer, coalesce(c.temporary, 0)::integer,
  coalesce(c.exempt, 0)::integer, coalesce(c.away, 0)::integer, coalesce(c.expected, 0)::integer,
  coalesce(late.number, 0)::integer
  FROM unnest(cells) h (id) LEFT JOIN counted c ON c.cell_id = h.id LEFT JOIN late ON late.cell_id = h.id;
END $$
"""

# Nobody belongs to a cell after it ended, also when two write at once: whoever enters a member waits for the merge.
_IN_LIFE = """
CREATE OR REPLACE FUNCTION members_in_life_of_cell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
 SET search_path FROM CURRENT AS $$
DECLARE ended date;
BEGIN
 SELECT dissolved INTO ended FROM orgs_organisation WHERE id = NEW.cell_id FOR SHARE;
 IF ended IS NOT NULL AND (upper(NEW.validity) IS NULL OR upper(NEW.validity) > ended) THEN
  RAISE EXCEPTION 'cell % ended on %', NEW.cell_id, ended USING ERRCODE = 'check_violation';
 END IF;
 RETURN NEW;
END $$
"""
_IN_LIFE_ALWAYS = """
CREATE OR REPLACE TRIGGER members_in_life_of_cell BEFORE INSERT OR UPDATE OF cell_id, validity ON members_membership
 FOR EACH ROW EXECUTE FUNCTION members_in_life_of_cell()
"""

# Whether a package was loaded before, by whichever cell: its own row may be out of sight, and it is received once.
_KNOWN = """
CREATE OR REPLACE FUNCTION members_transfer_known(wanted uuid) RETURNS boolean
 LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
 SELECT EXISTS (SELECT 1 FROM members_transfer t WHERE t.id = wanted)
$$
"""

STATEMENTS = rendered(
    one.replace("{committees}", _COMMITTEES)
    for one in (_LEAVE_CELL, _SETTLE, _SET_STAY, _FIGURES, _KNOWN, _IN_LIFE, _IN_LIFE_ALWAYS)
)
SIGNATURES = (
    "members_leave_cell(uuid, uuid, date)",
    "members_settle_transfer(uuid, text, date, text, date, uuid[])",
    "members_set_stay(uuid, date)",
    "members_figures(date)",
    "members_transfer_known(uuid)",
    "members_in_life_of_cell()",
)

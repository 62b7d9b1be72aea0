"""Functions of the database with the owner's rights: what must be read or done before, or outside, the policies.

The application's role alone may call them.
"""

from chibo.access.seal import rendered

# Erasing at signing what was not minuted: the only change that a written entry ever sees (mission.md, never hold 1).
_ERASE = """
CREATE OR REPLACE FUNCTION meetings_erase(wanted uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
 SET search_path FROM CURRENT AS $$
DECLARE erased integer; signed timestamptz;
BEGIN
 SELECT signed_at INTO signed FROM meetings_meeting WHERE id = wanted;
 IF signed IS NULL THEN RAISE EXCEPTION 'meeting % is not signed', wanted; END IF;
 IF ({sealed} AND ({system} OR wanted = ANY (nullif({duty_meetings}, '')::uuid[])
   OR EXISTS (SELECT 1 FROM meetings_meeting WHERE id = wanted
    AND cell_id = ANY (nullif({committee_cells}, '')::uuid[])))) IS NOT TRUE THEN
  RAISE EXCEPTION 'meeting % is not kept by this session', wanted USING ERRCODE = '42501';
 END IF;
 DELETE FROM meetings_opinion WHERE meeting_id = wanted;
 DELETE FROM meetings_remark WHERE meeting_id = wanted;
 DELETE FROM meetings_checkin WHERE meeting_id = wanted;
 DELETE FROM resolutions_draftedresolution WHERE meeting_id = wanted;
 DELETE FROM resolutions_draftedtask WHERE meeting_id = wanted;
 DELETE FROM meetings_question WHERE item_id IN
  (SELECT id FROM meetings_agendaitem WHERE meeting_id = wanted AND removed_at IS NOT NULL);
 DELETE FROM meetings_paper WHERE meeting_id = wanted AND (removed_at IS NOT NULL OR item_id IN
  (SELECT id FROM meetings_agendaitem WHERE meeting_id = wanted AND removed_at IS NOT NULL));
 UPDATE meetings_agendaitem SET title = '', text = '', serves = '', presenter_text = ''
  WHERE meeting_id = wanted AND removed_at IS NOT NULL;
 UPDATE meetings_invitee SET reason_text = '' WHERE meeting_id = wanted AND reason_text <> '';
 UPDATE meetings_entry SET payload = NULL, salt = NULL, at = NULL, received_at = NULL
  WHERE meeting_id = wanted AND payload IS NOT NULL;
 GET DIAGNOSTICS erased = ROW_COUNT;
 RETURN erased;
END $$
"""

# Whether someone belongs nowhere yet. A policy asks under row-level security itself, where a membership in a cell that
# one may not see would look like none, and any secretary could rename its holder.
_UNPLACED = """
CREATE OR REPLACE FUNCTION members_unplaced(person uuid) RETURNS boolean
 LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
 SELECT NOT EXISTS (SELECT 1 FROM members_membership m WHERE m.person_id = person)
  AND NOT EXISTS (SELECT 1 FROM access_termofoffice t WHERE t.person_id = person)
$$
"""

# Signing in by member code or phone happens before anyone is known, when nobody may read people: only the ids of the
# accounts come back, never a name. A login means its own account, whatever codes and phones say: nobody takes it over
# by writing it into a field of theirs. A name of both a column and an argument means the
# column, so each is written out in full.
_FIND_ACCOUNTS = """
CREATE OR REPLACE FUNCTION accounts_named(typed text, phone text) RETURNS TABLE (account uuid, by_phone boolean)
 LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
 WITH named AS (
  SELECT u.id, 1 AS place FROM accounts_user u WHERE u.is_active AND u.login = accounts_named.typed
  UNION ALL
  SELECT u.id, 2 FROM accounts_user u JOIN members_person p ON p.id = u.person_id
   WHERE u.is_active AND accounts_named.typed <> '' AND lower(p.code) = accounts_named.typed
  UNION ALL
  SELECT DISTINCT u.id, 3 FROM accounts_user u JOIN members_contact c ON c.person_id = u.person_id
   WHERE u.is_active AND accounts_named.phone <> '' AND c.phone = accounts_named.phone
 )
 SELECT n.id, n.place = 3 FROM named n WHERE n.place = (SELECT min(place) FROM named)
$$
"""

# The province vouches for a member code alone: a login or a phone of the same letters is not meant.
_FIND_MEMBER = """
CREATE OR REPLACE FUNCTION accounts_with_code(wanted text) RETURNS TABLE (account uuid)
 LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
 SELECT u.id FROM accounts_user u JOIN members_person p ON p.id = u.person_id
  WHERE u.is_active AND wanted <> '' AND lower(p.code) = wanted
$$
"""

# Who asks, read on every request: the one read that the policies themselves are made from, so they do not guard it
# (they would be planned anew each time, 6 ms of 7). plpgsql keeps its plan.
# An office in a department counts for the committee above it. Whoever came after a cell reads what it left: the
# committee of a successor that keeps the archive as the cell's own did, those who went over as the members they were.
# A cell suspends its own members, as long as they are: what it wrote of one who went elsewhere takes nothing there.
_STANDING = """
CREATE OR REPLACE FUNCTION access_standing(who uuid, day date, gone date)
 RETURNS TABLE (what text, id uuid, path text, name text, kind text, until date)
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
 RETURN QUERY
 SELECT 'person', p.id, p.code::text, p.full_name::text, p.sort_key::text, NULL::date
   FROM members_person p WHERE p.id = who
 UNION ALL
 SELECT 'member', o.id, o.path, o.name::text, o.kind::text, upper(m.validity)
   FROM members_membership m JOIN orgs_organisation o ON o.id = m.cell_id
  WHERE m.person_id = who AND lower(m.validity) <= day AND (upper(m.validity) IS NULL OR upper(m.validity) > gone)
 UNION ALL
 SELECT t.office::text, b.id, b.path, o.name::text, b.kind::text, NULL
   FROM access_termofoffice t JOIN orgs_organisation o ON o.id = t.organisation_id
   JOIN orgs_organisation b ON b.id = CASE o.kind WHEN 'department' THEN o.parent_id ELSE o.id END
  WHERE t.person_id = who AND t.validity @> day
 UNION ALL
 SELECT CASE t.office WHEN 'follower' THEN 'archive:follower' ELSE 'archive:committee' END,
   s.predecessor_id, '', '', '', NULL
   FROM access_termofoffice t JOIN orgs_succession s ON s.successor_id = t.organisation_id
  WHERE t.person_id = who AND t.validity @> day AND s.since <= day AND s.keeps_archive
    AND t.office IN ('secretary', 'deputy', 'committee_member', 'follower')
 UNION ALL
 SELECT 'archive:member', s.predecessor_id, '', '', '', NULL
   FROM members_membership m JOIN orgs_succession s ON s.successor_id = m.cell_id
  WHERE m.person_id = who AND m.validity @> day AND s.since <= day AND EXISTS (SELECT 1 FROM members_membership b
   WHERE b.person_id = who AND b.cell_id = s.predecessor_id AND upper(b.validity) = s.handed_over)
 UNION ALL
 SELECT 'duty:' || d.duty, d.meeting_id, '', '', '', NULL FROM access_meetingduty d
  WHERE d.person_id = who AND (d.until IS NULL OR d.until >= day)
 UNION ALL
 SELECT 'inspection', i.meeting_id, '', '', '', NULL FROM access_inspectiondoor i
  WHERE i.person_id = who AND i.validity @> day AND i.closed_at IS NULL
 UNION ALL
 SELECT 'suspended', s.cell_id, '', '', '', NULL FROM members_suspension s
  WHERE s.person_id = who AND s.validity @> day AND EXISTS (SELECT 1 FROM members_membership m
   WHERE m.person_id = who AND m.cell_id = s.cell_id AND m.validity @> day)
 UNION ALL
 SELECT 'suspended', f.cell_id, '', '', '', NULL FROM members_departure f
  WHERE f.person_id = who AND f.last_day < day AND NOT EXISTS (SELECT 1 FROM members_membership m
   WHERE m.person_id = who AND m.kind <> 'temporary' AND m.validity @> day);
END $$
"""

# Whether a staff session of this account is on: read before it gives the right to be read.
_STAFF = """
CREATE OR REPLACE FUNCTION access_staff_session(wanted uuid, of_account uuid, moment timestamptz)
 RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
 SELECT s.until FROM access_staffsession s JOIN accounts_user u ON u.id = s.account_id
  WHERE s.id = wanted AND s.account_id = of_account AND u.is_operator AND u.is_active
   AND s.ended_at IS NULL AND s.begun_at <= moment AND s.until > moment
$$
"""

# What a printed paper's QR says to anyone: that such a number was issued, of such a day; no cell, no title, no id.
_NUMBER_OF_PAPER = """
CREATE OR REPLACE FUNCTION documents_with_token(wanted text) RETURNS TABLE (number integer, symbol text, day date)
 LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
 SELECT d.number, d.symbol::text, (d.content->>'date')::date FROM documents_issueddocument d
  WHERE d.token = wanted AND wanted <> ''
$$
"""

STATEMENTS = rendered((_ERASE, _UNPLACED, _FIND_ACCOUNTS, _FIND_MEMBER, _STANDING, _STAFF, _NUMBER_OF_PAPER))
SIGNATURES = (
    "meetings_erase(uuid)",
    "members_unplaced(uuid)",
    "accounts_named(text, text)",
    "accounts_with_code(text)",
    "access_standing(uuid, date, date)",
    "access_staff_session(uuid, uuid, timestamptz)",
    "documents_with_token(text)",
)

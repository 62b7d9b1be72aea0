"""Settling old tasks when a meeting closes.

A clerk who sits on no committee records one meeting, and the policies let them write its rows alone. What that
meeting said of the tasks of earlier ones still takes effect at its closing: a function with the owner's rights does
it, from the reviews that stand under the meeting, for whoever keeps it.
"""

_SETTLE = """
CREATE OR REPLACE FUNCTION resolutions_settle(wanted uuid) RETURNS integer
 LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE place uuid; closed timestamptz; settled integer; moved integer;
BEGIN
 SELECT cell_id, closed_at INTO place, closed FROM meetings_meeting WHERE id = wanted;
 IF closed IS NULL THEN RETURN 0; END IF;
 IF coalesce(current_setting('app.system', true), '') <> 'on'
  AND NOT wanted = ANY (coalesce(nullif(current_setting('app.duty_meetings', true), ''), '{}')::uuid[])
  AND NOT place = ANY (coalesce(nullif(current_setting('app.committee_cells', true), ''), '{}')::uuid[])
 THEN RETURN 0; END IF;
 UPDATE resolutions_task t SET settled_at = closed FROM resolutions_review r
  WHERE r.meeting_id = wanted AND t.id = r.task_id AND r.result = 'done' AND t.settled_at IS NULL
  AND (t.cell_id = place OR EXISTS (SELECT 1 FROM orgs_succession s
   WHERE s.predecessor_id = t.cell_id AND s.successor_id = place AND s.keeps_archive));
 GET DIAGNOSTICS settled = ROW_COUNT;
 UPDATE resolutions_task t SET due = r.new_due FROM resolutions_review r
  WHERE r.meeting_id = wanted AND t.id = r.task_id AND r.result <> 'done' AND r.new_due IS NOT NULL
  AND t.due = r.due_then
  AND (t.cell_id = place OR EXISTS (SELECT 1 FROM orgs_succession s
   WHERE s.predecessor_id = t.cell_id AND s.successor_id = place AND s.keeps_archive));
 GET DIAGNOSTICS moved = ROW_COUNT;
 RETURN settled + moved;
END $$
"""

# The same taken back, where a closing is set aside: its reviews still stand when this is called. What somebody has
# written since stays.
_UNSETTLE = """
CREATE OR REPLACE FUNCTION resolutions_unsettle(wanted uuid) RETURNS void
 LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE place uuid; closed timestamptz; signed timestamptz;
BEGIN
 SELECT cell_id, closed_at, signed_at INTO place, closed, signed FROM meetings_meeting WHERE id = wanted;
 IF closed IS NULL OR signed IS NOT NULL THEN RETURN; END IF;
 IF coalesce(current_setting('app.system', true), '') <> 'on'
  AND NOT wanted = ANY (coalesce(nullif(current_setting('app.duty_meetings', true), ''), '{}')::uuid[])
  AND NOT place = ANY (coalesce(nullif(current_setting('app.committee_cells', true), ''), '{}')::uuid[])
 THEN RETURN; END IF;
 UPDATE resolutions_task t SET settled_at = NULL FROM resolutions_review r
  WHERE r.meeting_id = wanted AND t.id = r.task_id AND r.result = 'done' AND t.settled_at = closed;
 UPDATE resolutions_task t SET due = r.due_then FROM resolutions_review r
  WHERE r.meeting_id = wanted AND t.id = r.task_id AND r.result <> 'done' AND t.due = r.new_due;
END $$
"""

STATEMENTS = (_SETTLE, _UNSETTLE)
SIGNATURES = ("resolutions_settle(uuid)", "resolutions_unsettle(uuid)")

"""What meetings found of tasks, reckoned anew from their reviews.

A task belongs to the meeting that gave it, and a later one finds it done, gives it a new deadline, or takes that back:
perhaps by the hand of a clerk who sits on no committee and may write the rows of that one meeting alone. So functions
with the owner's rights do it. They only say what follows from the reviews that stand: whoever calls them, and however
often, the rows come out the same.
"""

# Deadline and settlement of some tasks, from the reviews of every closed meeting in the order of the meetings: the last
# deadline that one set, else the first; settled since the first of those that found it done and were contradicted by
# none. A meeting that was broken off settles nothing (domain.md 2.8).
_RECKON = """
CREATE OR REPLACE FUNCTION resolutions_reckon(wanted uuid[]) RETURNS void
 LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
 WITH said AS (
  SELECT r.task_id, r.result = 'done' AS done, r.new_due, m.closed_at,
   row_number() OVER (PARTITION BY r.task_id ORDER BY m.opened_at, m.id) AS place
  FROM resolutions_review r
  JOIN resolutions_task t ON t.id = r.task_id
  JOIN meetings_meeting m ON m.id = r.meeting_id
  WHERE r.task_id = ANY (wanted) AND m.state IN ('closed', 'signed') AND m.aborted_why = ''
   AND (t.cell_id = m.cell_id OR EXISTS (SELECT 1 FROM orgs_succession s
    WHERE s.predecessor_id = t.cell_id AND s.successor_id = m.cell_id AND s.keeps_archive))
 ), found AS (
  SELECT t.id, coalesce(t.first_due, t.due) AS first_due,
   coalesce((SELECT new_due FROM said WHERE task_id = t.id AND NOT done AND new_due IS NOT NULL
    ORDER BY place DESC LIMIT 1), t.first_due, t.due) AS due,
   (SELECT closed_at FROM said WHERE task_id = t.id AND place >
     coalesce((SELECT max(place) FROM said WHERE task_id = t.id AND NOT done), 0) ORDER BY place LIMIT 1) AS settled_at
  FROM resolutions_task t WHERE t.id = ANY (wanted)
 )
 UPDATE resolutions_task t SET first_due = f.first_due, due = f.due, settled_at = f.settled_at FROM found f
  WHERE t.id = f.id AND (t.first_due, t.due, t.settled_at) IS DISTINCT FROM (f.first_due, f.due, f.settled_at)
$$
"""

# Which of some tasks there are for a meeting, its cell's or one's whose records that keeps; and whether anyone spoke of
# them but the meeting that gave them.
_KNOWN = """
CREATE OR REPLACE FUNCTION resolutions_known_tasks(wanted uuid[], meeting uuid)
 RETURNS TABLE (task uuid, spoken_of boolean)
 LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
 SELECT t.id, EXISTS (SELECT 1 FROM resolutions_progress p WHERE p.task_id = t.id)
  OR EXISTS (SELECT 1 FROM resolutions_reminder n WHERE n.task_id = t.id)
  OR EXISTS (SELECT 1 FROM resolutions_review r WHERE r.task_id = t.id AND r.meeting_id <> t.meeting_id)
 FROM resolutions_task t, meetings_meeting g
 WHERE t.id = ANY (wanted) AND g.id = meeting AND resolutions_in_care(t.id, g.cell_id)
$$
"""

# Those of the versions before patched the rows, meeting by meeting.
_GONE = (
    "DROP FUNCTION IF EXISTS resolutions_settle(uuid)",
    "DROP FUNCTION IF EXISTS resolutions_unsettle(uuid)",
    "DROP FUNCTION IF EXISTS resolutions_known_tasks(uuid[])",
)

STATEMENTS = (_RECKON, _KNOWN, *_GONE)
SIGNATURES = ("resolutions_reckon(uuid[])", "resolutions_known_tasks(uuid[], uuid)")

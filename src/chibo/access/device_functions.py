"""Functions of the database for what devices send, with the owner's rights: ids alone go in and come out."""

# An entry's id is known in one meeting only, and what it names is there: row-level security would hide another
# meeting's entry from whoever sends, and foreign keys, which it does not hide from, stop a whole batch.
_STRANGE = """
CREATE OR REPLACE FUNCTION meetings_strange_ids(wanted uuid, entries uuid[], items uuid[], people uuid[], tasks uuid[])
 RETURNS TABLE (what text, id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
 SELECT 'entry', e.id FROM meetings_entry e WHERE e.id = ANY (entries) AND e.meeting_id <> wanted
 UNION ALL
 SELECT 'item', n FROM unnest(items) n
  WHERE NOT EXISTS (SELECT 1 FROM meetings_agendaitem i WHERE i.id = n AND i.meeting_id = wanted)
 UNION ALL
 SELECT 'person', n FROM unnest(people) n WHERE NOT EXISTS (SELECT 1 FROM members_person p WHERE p.id = n)
 UNION ALL
 SELECT 'task', n FROM unnest(tasks) n
  WHERE NOT EXISTS (SELECT 1 FROM meetings_meeting g WHERE g.id = wanted AND resolutions_in_care(n, g.cell_id))
$$
"""

STATEMENTS = (_STRANGE,)
SIGNATURES = ("meetings_strange_ids(uuid, uuid[], uuid[], uuid[], uuid[])",)

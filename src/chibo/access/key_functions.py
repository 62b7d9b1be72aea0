"""Functions of the database that say whether one row may point at another, where no key of several columns can."""

from chibo.access.seal import rendered

# Whether someone belongs, or once belonged, to a cell, or to one that it came from or went into.
_OF_CELL = """
CREATE OR REPLACE FUNCTION members_of_cell(who uuid, place uuid) RETURNS boolean
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
 RETURN EXISTS (SELECT 1 FROM members_membership m WHERE m.person_id = who AND (m.cell_id = place
  OR EXISTS (SELECT 1 FROM orgs_succession s WHERE (s.predecessor_id = m.cell_id AND s.successor_id = place)
   OR (s.predecessor_id = place AND s.successor_id = m.cell_id))));
END $$
"""

# Whether whoever asks may write this membership: whoever keeps the list of a cell may change the person's row, so a
# stranger must not be brought onto it. Right for someone who is new; for days that are made shorter; and for someone
# who stood on a list that the session keeps and on none of these days is at home elsewhere. All else is a transfer.
_MAY_BELONG = """
CREATE OR REPLACE FUNCTION members_may_belong(own uuid, who uuid, place uuid, days daterange) RETURNS boolean
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE committees uuid[] := coalesce(nullif({committee_cells}, '')::uuid[], '{}');
 paths text[] := string_to_array(nullif({commune_paths}, ''), ',');
 today date := nullif({day}, '')::date;
BEGIN
 IF NOT {sealed} THEN RETURN false; END IF;
 IF NOT EXISTS (SELECT 1 FROM members_membership m WHERE m.person_id = who)
   AND NOT EXISTS (SELECT 1 FROM access_termofoffice t WHERE t.person_id = who) THEN RETURN true; END IF;
 IF EXISTS (SELECT 1 FROM members_membership m WHERE m.id = own AND m.person_id = who AND m.cell_id = place
   AND days <@ m.validity) THEN RETURN true; END IF;
 RETURN (SELECT coalesce(bool_or(kept), false)
   AND NOT coalesce(bool_or(NOT kept AND home AND validity && (days * daterange(today, NULL))), false)
  FROM (SELECT m.validity, m.kind <> 'temporary' AS home, m.cell_id = ANY (committees) OR EXISTS (SELECT 1
    FROM orgs_organisation o, unnest(paths) p WHERE o.id = m.cell_id AND o.path >= p AND o.path < p || '~') AS kept
   FROM (SELECT cell_id, kind, validity FROM members_membership WHERE person_id = who
    UNION ALL SELECT organisation_id, 'temporary', validity FROM access_termofoffice WHERE person_id = who) m) known);
END $$
"""

# Whether a cell follows up a task: one that it gave itself, or a cell whose records it keeps.
_IN_CARE = """
CREATE OR REPLACE FUNCTION resolutions_in_care(wanted uuid, place uuid) RETURNS boolean
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
 RETURN EXISTS (SELECT 1 FROM resolutions_task t WHERE t.id = wanted AND (t.cell_id = place
  OR EXISTS (SELECT 1 FROM orgs_succession s
   WHERE s.predecessor_id = t.cell_id AND s.successor_id = place AND s.keeps_archive)));
END $$
"""

# Whether a body stands where it stood, and is of the kind that it was, or whoever asks holds an office above it.
_IN_PLACE = """
CREATE OR REPLACE FUNCTION orgs_in_place(own uuid, above uuid, way text, sort text) RETURNS boolean
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
 RETURN {sealed} AND NOT EXISTS (SELECT 1 FROM orgs_organisation o WHERE o.id = own
  AND (o.parent_id, o.path, o.kind) IS DISTINCT FROM (above, way, sort) AND NOT EXISTS (SELECT 1 FROM unnest(
   string_to_array(concat_ws(',', nullif({commune_paths}, ''),
    nullif({province_paths}, '')), ',')) p WHERE o.path >= p AND o.path < p || '~'));
END $$
"""

STATEMENTS = rendered((_OF_CELL, _MAY_BELONG, _IN_CARE, _IN_PLACE))
SIGNATURES = (
    "orgs_in_place(uuid, uuid, text, text)",
    "members_of_cell(uuid, uuid)",
    "members_may_belong(uuid, uuid, uuid, daterange)",
    "resolutions_in_care(uuid, uuid)",
)

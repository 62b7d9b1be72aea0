"""Counts for browsing the tree: how many cells and members stand under each body, and no name.

The province reads no list of members, only counts (design.md section 4); so a function with the owner's rights counts
them, for what stands under a committee of the session. A commune's 60 cells are looked up one by one, the members of a
province's thousands counted in one pass.
"""

from chibo.access.seal import rendered

_NUMBERS = """
CREATE OR REPLACE FUNCTION orgs_party_numbers(prefix text, day date)
 RETURNS TABLE (child text, cells bigint, members bigint)
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE many bigint;
BEGIN
 IF NOT {sealed} OR NOT {system} AND NOT EXISTS (
   SELECT 1 FROM unnest(string_to_array(concat_ws(',', nullif({commune_paths}, ''),
    nullif({province_paths}, '')), ',')) p
   WHERE p <> '' AND prefix >= p AND prefix < p || '~') THEN RETURN; END IF;
 SELECT count(*) INTO many FROM orgs_organisation o WHERE o.path >= prefix AND o.path < prefix || '~';
 IF many < 1000 THEN
  RETURN QUERY SELECT substr(o.path, 1, length(prefix) + 33), count(*), coalesce(sum(m.number), 0)::bigint
   FROM orgs_organisation o, LATERAL (SELECT count(*) AS number FROM members_membership b
    WHERE b.cell_id = o.id AND b.kind <> 'temporary' AND b.validity @> day) m
   WHERE o.kind = 'cell' AND o.dissolved IS NULL AND o.path >= prefix AND o.path < prefix || '~' GROUP BY 1;
 ELSE
  RETURN QUERY SELECT substr(o.path, 1, length(prefix) + 33), count(*), coalesce(sum(m.number), 0)::bigint
   FROM orgs_organisation o LEFT JOIN (SELECT b.cell_id, count(*) AS number FROM members_membership b
    WHERE b.kind <> 'temporary' AND b.validity @> day GROUP BY 1) m ON m.cell_id = o.id
   WHERE o.kind = 'cell' AND o.dissolved IS NULL AND o.path >= prefix AND o.path < prefix || '~' GROUP BY 1;
 END IF;
END $$
"""

STATEMENTS = rendered((_NUMBERS,))
SIGNATURES = ("orgs_party_numbers(text, date)",)

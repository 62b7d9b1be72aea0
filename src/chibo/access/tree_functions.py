"""Counts for browsing the tree: how many cells and members stand under each body, and no name.

The province reads no list of members, only counts (design.md section 4); so a function with the owner's rights counts
them, for what stands under a committee of the session. Planned for its own prefix each time: a commune has 60 cells,
a province 25,000.
"""

_NUMBERS = """
CREATE OR REPLACE FUNCTION orgs_party_numbers(prefix text, day date)
 RETURNS TABLE (child text, cells bigint, members bigint)
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
 IF coalesce(current_setting('app.system', true), '') <> 'on' AND NOT EXISTS (
   SELECT 1 FROM unnest(string_to_array(concat_ws(',', nullif(current_setting('app.commune_paths', true), ''),
    nullif(current_setting('app.province_paths', true), '')), ',')) p
   WHERE p <> '' AND prefix >= p AND prefix < p || '~') THEN RETURN; END IF;
 RETURN QUERY EXECUTE
  'SELECT substr(o.path, 1, length($1) + 33), count(*), coalesce(sum(m.number), 0)::bigint FROM orgs_organisation o'
  ' LEFT JOIN LATERAL (SELECT count(*) AS number FROM members_membership b WHERE b.cell_id = o.id'
  '  AND b.kind <> ''temporary'' AND b.validity @> $2) m ON true'
  ' WHERE o.kind = ''cell'' AND o.dissolved IS NULL AND o.path >= $1 AND o.path < $1 || ''~'' GROUP BY 1'
  USING prefix, day;
END $$
"""

STATEMENTS = (_NUMBERS,)
SIGNATURES = ("orgs_party_numbers(text, date)",)

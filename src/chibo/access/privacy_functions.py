"""What is counted upward of requests about data: how many are overdue, never whose or what about."""

from chibo.access.seal import rendered

_OVERDUE = """
CREATE OR REPLACE FUNCTION privacy_overdue(day date) RETURNS TABLE (answerer uuid, overdue bigint)
 LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
 SELECT r.answerer_id, count(*) FROM privacy_datarequest r JOIN orgs_organisation o ON o.id = r.answerer_id
  WHERE r.answered_at IS NULL AND r.withdrawn_at IS NULL
   AND (r.answer_by < day OR (r.acknowledged_at IS NULL AND r.acknowledge_by < day))
   AND {sealed} AND EXISTS (SELECT 1 FROM unnest(string_to_array(nullif({commune_paths}, ''), ',')
     || string_to_array(nullif({province_paths}, ''), ',')) p
    WHERE o.path >= p AND o.path < p || '~')
  GROUP BY r.answerer_id
$$
"""

STATEMENTS = rendered((_OVERDUE,))
SIGNATURES = ("privacy_overdue(date)",)

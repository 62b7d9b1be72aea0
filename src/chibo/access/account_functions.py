"""What of accounts nobody changes by a statement: who keeps the machine, whose an account is, the ways in of others.

Accounts, invitations and tokens are read before anyone is known, so no policy guards them. A trigger does: it asks the
sealed scope, whoever runs the statement. The owner (migrations, functions with the owner's rights) is not asked.
"""

from chibo.access.seal import rendered

_GUARD = """
CREATE OR REPLACE FUNCTION accounts_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE new_row jsonb := to_jsonb(NEW); old_row jsonb; who uuid; account uuid; is_keeper boolean; kept text;
BEGIN
 IF has_table_privilege(TG_RELID, 'TRUNCATE') THEN RETURN NEW; END IF;
 IF TG_OP = 'UPDATE' THEN
  old_row := to_jsonb(OLD);
  IF TG_TABLE_NAME <> 'accounts_user' OR new_row->'password' = old_row->'password' THEN
   SELECT name INTO kept FROM unnest(TG_ARGV) name WHERE new_row->name IS DISTINCT FROM old_row->name LIMIT 1;
   IF kept IS NULL THEN RETURN NEW; END IF;
  END IF;
 END IF;
 IF {sealed} THEN
  IF {system} THEN RETURN NEW; END IF;
  who := nullif({person}, '')::uuid;
  account := nullif({account}, '')::uuid;
  is_keeper := {committee_cells} <> '' OR {commune_paths} <> '' OR {province_paths} <> '' OR {staff} <> '';
  IF TG_TABLE_NAME = 'accounts_invitation' THEN
   IF TG_OP = 'INSERT' AND is_keeper THEN RETURN NEW; END IF;
  ELSIF TG_TABLE_NAME = 'api_accesstoken' THEN
   IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM accounts_user u
     WHERE u.id = (new_row->>'user_id')::uuid AND (u.person_id = who OR u.id = account)) THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'INSERT' THEN
   IF is_keeper AND NOT (new_row->>'is_operator')::boolean AND new_row->>'password' LIKE '!%' THEN RETURN NEW; END IF;
  ELSIF kept IS NULL AND ((old_row->>'person_id')::uuid = who OR (old_row->>'id')::uuid = account) THEN
   SELECT name INTO kept FROM unnest(TG_ARGV) name WHERE new_row->name IS DISTINCT FROM old_row->name LIMIT 1;
   IF kept IS NULL THEN RETURN NEW; END IF;
  END IF;
 END IF;
 RAISE EXCEPTION '% of % is not for this session', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""
# The columns that stay as they were written; of accounts the password too, but for its owner.
_KEPT = {
    "accounts_user": ("id", "person_id", "login", "is_active", "is_operator"),
    "accounts_invitation": ("user_id", "token_digest", "code_digest", "made_by"),
    "api_accesstoken": ("user_id", "digest", "scope", "proved", "sign_in_hash", "last_day"),
}
_TRIGGERS = tuple(
    f"CREATE OR REPLACE TRIGGER accounts_guard BEFORE INSERT OR UPDATE ON {table}"
    f" FOR EACH ROW EXECUTE FUNCTION accounts_guard({', '.join(names)})"
    for table, names in _KEPT.items()
)

STATEMENTS = (*rendered((_GUARD,)), *_TRIGGERS)
SIGNATURES = ("accounts_guard()",)

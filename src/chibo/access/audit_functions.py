"""What may be taken out of the log after its time, by functions that run with the owner's rights.

The application may neither update nor delete events and readings. These two are for the system alone (the run of the
retention rules), and never within a month, so that no slip of a setting takes what has just been done.
"""

from chibo.access.seal import rendered

# What events say besides who, when and what kind. Digests stay: the chains still verify. The seals of signed minutes
# say nothing but digests and a number: they are never taken.
_ERASE = """
CREATE OR REPLACE FUNCTION audit_erase(wanted text[], before timestamptz) RETURNS integer LANGUAGE plpgsql
 SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE erased integer;
BEGIN
 IF NOT ({sealed} AND {system}) THEN RAISE EXCEPTION 'for the system alone'; END IF;
 IF before > now() - interval '30 days' THEN RAISE EXCEPTION 'events of the last 30 days are kept whole'; END IF;
 UPDATE audit_event SET payload = NULL, salt = NULL
  WHERE at < before AND kind = ANY (wanted) AND payload IS NOT NULL
   AND kind NOT IN ('minutes.completed', 'minutes.sealed', 'minutes.corrected');
 GET DIAGNOSTICS erased = ROW_COUNT;
 RETURN erased;
END $$
"""
_FORGET = """
CREATE OR REPLACE FUNCTION audit_forget_readings(before timestamptz) RETURNS integer LANGUAGE plpgsql
 SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE erased integer;
BEGIN
 IF NOT ({sealed} AND {system}) THEN RAISE EXCEPTION 'for the system alone'; END IF;
 IF before > now() - interval '30 days' THEN RAISE EXCEPTION 'readings of the last 30 days are kept'; END IF;
 DELETE FROM audit_reading WHERE hour < before;
 GET DIAGNOSTICS erased = ROW_COUNT;
 RETURN erased;
END $$
"""

STATEMENTS = rendered((_ERASE, _FORGET))
SIGNATURES = ("audit_erase(text[], timestamptz)", "audit_forget_readings(timestamptz)")

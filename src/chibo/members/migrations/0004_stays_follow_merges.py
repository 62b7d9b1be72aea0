"""Temporary stays stand with the cell of today: those of cells that were merged or split before are put there."""

from django.db import migrations

# The receiving side follows the stay's last row, the home side the membership of the day.
_RECEIVING = """
UPDATE members_transfer t SET to_cell_id = s.successor_id FROM members_membership m, orgs_succession s
 WHERE t.kind = 'temporary' AND t.outcome = 'confirmed' AND t.last_day >= current_date
  AND s.predecessor_id = t.to_cell_id AND m.cell_id = s.successor_id AND m.person_id = t.person_id
  AND m.kind = 'temporary' AND m.validity @> t.last_day
"""
_HOME = """
UPDATE members_transfer t SET from_cell_id = s.successor_id FROM members_membership m, orgs_succession s
 WHERE t.kind = 'temporary' AND t.outcome = 'confirmed' AND t.last_day >= current_date
  AND s.predecessor_id = t.from_cell_id AND m.cell_id = s.successor_id AND m.person_id = t.person_id
  AND m.kind <> 'temporary' AND m.validity @> greatest(current_date, t.first_day)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_keys_that_sign_and_open"),
        ("orgs", "0002_acts_codes_successions"),
    ]

    operations = [
        migrations.RunSQL(_RECEIVING, migrations.RunSQL.noop),
        migrations.RunSQL(_HOME, migrations.RunSQL.noop),
    ]

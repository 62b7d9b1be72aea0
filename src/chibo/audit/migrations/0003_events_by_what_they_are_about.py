# Events are the biggest table: its index is built beside the work, not in front of it.

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('audit', '0002_readings_and_sealed_heads'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(condition=models.Q(('about_id__isnull', False)), fields=['about_id'], name='audit_event_about'),
        ),
    ]

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a live table is built without holding up whoever signs

    dependencies = [
        ("documents", "0002_pages_can_be_checked"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="issueddocument",
            index=models.Index(fields=["token"], name="papers_by_token"),
        ),
    ]

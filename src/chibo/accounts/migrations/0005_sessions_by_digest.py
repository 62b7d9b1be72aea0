from django.db import migrations, models

# Sessions that last go on: each key is replaced by its digest, as accounts/sessions.py reckons it.
DIGEST = """
UPDATE django_session SET session_key = left(encode(sha256(convert_to(session_key, 'UTF8')), 'hex'), 40);
UPDATE accounts_device SET session_key = left(encode(sha256(convert_to(session_key, 'UTF8')), 'hex'), 40);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0004_when_an_account_was_opened"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="device",
            name="session_key",
            field=models.CharField(help_text="its digest, as sessions are kept", max_length=40, unique=True),
        ),
        migrations.RunSQL(DIGEST, migrations.RunSQL.noop),
    ]

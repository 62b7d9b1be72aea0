"""Corrections written before they had a class get that of what they correct, and so do their files."""

from django.db import migrations

OF_WHAT_THEY_CORRECT = """UPDATE meetings_annotation a SET data_class = 'self_criticism' FROM meetings_minutes m
 WHERE m.id = a.minutes_id AND (a.section_key = 'self_criticism'
  OR (a.section_key = '' AND m.outline @> '[{"data_class": "self_criticism"}]'))
"""
FILES = """UPDATE documents_issueddocument d SET data_class = 'self_criticism' FROM meetings_annotation a
 WHERE a.meeting_id = d.meeting_id AND d.kind = 'dinh-chinh-' || a.number
  AND a.data_class = 'self_criticism' AND d.data_class <> 'self_criticism'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0013_what_signatures_cover"),
        ("documents", "0004_papers_without_a_term"),
    ]

    operations = [
        migrations.RunSQL(OF_WHAT_THEY_CORRECT, migrations.RunSQL.noop),
        migrations.RunSQL(FILES, migrations.RunSQL.noop),
    ]

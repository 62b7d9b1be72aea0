from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0016_machines_that_serve")]

    operations = [
        migrations.AlterField(
            model_name="vote",
            name="subject",
            field=models.CharField(
                choices=[
                    ("resolution", "nghị quyết"),
                    ("conclusion", "kết luận"),
                    ("agenda", "chương trình"),
                    ("differing", "ý kiến khác"),
                    ("candidate", "nhân sự"),
                    ("other", "nội dung khác"),
                ],
                max_length=20,
            ),
        ),
    ]

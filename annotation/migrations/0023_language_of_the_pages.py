"""A person chooses the language of the pages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0022_edited_texts")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "As the browser says"),
                    ("en", "English"),
                    ("fr", "Français"),
                    ("de", "Deutsch"),
                    ("it", "Italiano"),
                    ("es", "Español"),
                ],
                default="",
                max_length=2,
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("language__in", ["", "en", "fr", "de", "it", "es"])
                ),
                name="user_known_language",
            ),
        ),
    ]

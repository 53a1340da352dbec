"""A decision may be that an edited text takes the candidate's place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0022_edited_texts"),
        ("quality", "0007_datasets_of_a_release"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_known_outcome",
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("accepted", "Accepted"),
                    ("rejected", "Rejected"),
                    ("contested", "Contested"),
                    ("revised", "Revised"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["accepted", "rejected", "contested", "revised"])
                ),
                name="decision_known_outcome",
            ),
        ),
    ]

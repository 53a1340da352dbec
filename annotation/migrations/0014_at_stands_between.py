"""An @ stands between the name and the revision of a dataset, and in neither."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0013_equal_places_in_the_queue"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name__contains", "@"), _negated=True),
                    models.Q(("revision__contains", "@"), _negated=True),
                ),
                name="dataset_at_stands_between",
            ),
        ),
    ]

"""A release may be made of some of its project's datasets."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quality", "0006_machine_agreement")]

    operations = [
        migrations.AddField(
            model_name="release",
            name="datasets",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=161),
                default=list,
                help_text="Those chosen, as name@revision; none chosen is all there were.",
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("datasets__contains", [""]), _negated=True),
                name="release_names_datasets",
            ),
        ),
    ]

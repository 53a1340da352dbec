"""Addresses of pictures are tried again, claim a hash, and may share their bytes."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

STORED = models.Q(
    state="stored",
    sha256__isnull=False,
    width__gt=0,
    height__gt=0,
    size__gt=0,
    same_as=None,
)
ADDRESSED = models.Q(
    state__in=["pending", "gone"], sha256=None, same_as=None
) & ~models.Q(url="")
SAME = models.Q(state="same", sha256=None, same_as__isnull=False) & ~models.Q(url="")


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0006_tries"),
    ]

    operations = [
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "Import"),
                    ("fetch", "Fetch pictures"),
                    ("decide", "Decide"),
                    ("measure", "Measure agreement"),
                    ("release", "Release"),
                ],
                max_length=8,
            ),
        ),
        migrations.RemoveConstraint(
            model_name="image",
            name="image_stored_or_addressed",
        ),
        migrations.AddField(
            model_name="image",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="image",
            name="claimed_sha256",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Given by upstream for the address.",
                max_length=64,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="image",
            name="next_try_at",
            field=models.DateTimeField(
                help_text="Not fetched before; empty if it may be fetched now.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="same_as",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="same_addresses",
                to="annotation.image",
            ),
        ),
        migrations.AlterField(
            model_name="image",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Not fetched yet"),
                    ("stored", "Stored"),
                    ("same", "Same bytes as another"),
                    ("gone", "Gone"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="image",
            name="width",
            field=models.PositiveIntegerField(default=0, help_text="Pixels, upright."),
        ),
        migrations.AlterField(
            model_name="image",
            name="height",
            field=models.PositiveIntegerField(default=0, help_text="Pixels, upright."),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                django.db.models.functions.text.MD5("url"),
                condition=models.Q(("state", "pending")),
                name="image_waits_shuffled",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=django.contrib.postgres.indexes.HashIndex(
                fields=["url"], name="image_by_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=STORED | ADDRESSED | SAME, name="image_stored_or_addressed"
            ),
        ),
    ]

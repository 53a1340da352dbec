"""Reported defects of items; whose item is held back is claimed by nobody."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NEXT = """
CREATE OR REPLACE FUNCTION concord_next_slot(
    p_project bigint, p_language text, p_annotator bigint, p_after bigint
) RETURNS annotation_slot
LANGUAGE sql AS $$
    SELECT s.* FROM annotation_slot s
    WHERE s.project_id = p_project AND s.language = p_language
      AND s.state = 'open' AND s.position >= p_after
      AND NOT EXISTS (
          SELECT 1 FROM annotation_assignment a
          WHERE a.annotator_id = p_annotator AND a.candidate_id = s.candidate_id
            AND (a.ending IS NULL OR a.ending <> 'expired')
      )
      -- Who answered after their lease had expired is done with it as well.
      AND NOT EXISTS (
          SELECT 1 FROM annotation_judgment j
          WHERE j.annotator_id = p_annotator AND j.candidate_id = s.candidate_id
      )
      {held}
    ORDER BY s.position
    LIMIT 1
    FOR NO KEY UPDATE OF s SKIP LOCKED
$$;
"""
HELD = """
      AND NOT EXISTS (
          SELECT 1 FROM annotation_defect d
          JOIN annotation_candidate c ON c.item_id = d.item_id
          WHERE c.id = s.candidate_id AND (d.outcome IS NULL OR d.outcome = 'confirmed')
      )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0016_drafts_and_items_ahead"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("imported", "Imported"),
                    ("candidate_proposed", "Candidate Proposed"),
                    ("generation_failed", "Generation Failed"),
                    ("claimed", "Claimed"),
                    ("skipped", "Skipped"),
                    ("judged", "Judged"),
                    ("corrected", "Corrected"),
                    ("ruled", "Ruled"),
                    ("released", "Released"),
                    ("measured", "Measured"),
                    ("enrolled", "Enrolled"),
                    ("generation_reopened", "Generation Reopened"),
                    ("token_made", "Token Made"),
                    ("token_revoked", "Token Revoked"),
                    ("job_requested", "Job Requested"),
                    ("control_set", "Control Set"),
                    ("defect_reported", "Defect Reported"),
                    ("defect_looked_at", "Defect Looked At"),
                    ("machine_asked", "Machine Asked"),
                    ("machine_judged", "Machine Judged"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Defect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("image", "The image"), ("source", "The source text")],
                        max_length=6,
                    ),
                ),
                ("note", models.TextField()),
                ("reported_at", models.DateTimeField(auto_now_add=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("dismissed", "Nothing wrong"),
                            ("confirmed", "Kept out"),
                        ],
                        max_length=9,
                        null=True,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="annotation.assignment",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to="annotation.item",
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("outcome", None), ("outcome", "confirmed"), _connector="OR"
                        ),
                        fields=["item"],
                        name="defect_holds",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["image", "source"])),
                        name="defect_known_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["dismissed", "confirmed"])),
                        name="defect_known_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("looked_at", None),
                                ("looked_by", None),
                                ("outcome", None),
                                ("reason", ""),
                            ),
                            models.Q(
                                ("looked_at__isnull", False),
                                ("outcome__isnull", False),
                                ("looked_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="defect_looked_at_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="defect_says_what",
                    ),
                ],
            },
        ),
        migrations.RunSQL(NEXT.format(held=HELD), NEXT.format(held="")),
    ]

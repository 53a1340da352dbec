"""Edited texts as candidates of their own, which nobody is given who wrote them."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
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
      {written}
      AND NOT EXISTS (
          SELECT 1 FROM annotation_defect d
          JOIN annotation_candidate c ON c.item_id = d.item_id
          WHERE c.id = s.candidate_id AND (d.outcome IS NULL OR d.outcome = 'confirmed')
      )
    ORDER BY s.position
    LIMIT 1
    FOR NO KEY UPDATE OF s SKIP LOCKED
$$;
"""
WRITTEN = """
      AND NOT EXISTS (
          SELECT 1 FROM annotation_editor e
          WHERE e.candidate_id = s.candidate_id AND e.person_id = p_annotator
      )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0021_memberships_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="Editor",
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
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="candidate",
            name="candidate_text_read_only",
        ),
        migrations.RemoveConstraint(
            model_name="candidate",
            name="candidate_known_origin",
        ),
        migrations.RemoveConstraint(
            model_name="candidate",
            name="candidate_version_once",
        ),
        migrations.AddField(
            model_name="candidate",
            name="changed",
            field=models.FloatField(
                help_text="Share of its characters that the edit changed.", null=True
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="first",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later",
                to="annotation.candidate",
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="first_origin",
            field=models.CharField(blank=True, db_default="", max_length=11),
        ),
        migrations.AddField(
            model_name="candidate",
            name="revises",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revised_by",
                to="annotation.candidate",
            ),
        ),
        migrations.AlterField(
            model_name="candidate",
            name="origin",
            field=models.CharField(
                choices=[
                    ("regenerated", "Regenerated"),
                    ("translated", "Translated"),
                    ("native", "Native"),
                    ("source", "Source"),
                    ("edited", "Edited"),
                ],
                max_length=11,
            ),
        ),
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
                    ("membership_ended", "Membership Ended"),
                    ("generation_reopened", "Generation Reopened"),
                    ("token_made", "Token Made"),
                    ("token_revoked", "Token Revoked"),
                    ("job_requested", "Job Requested"),
                    ("control_set", "Control Set"),
                    ("defect_reported", "Defect Reported"),
                    ("defect_looked_at", "Defect Looked At"),
                    ("machine_asked", "Machine Asked"),
                    ("machine_judged", "Machine Judged"),
                    ("rubric_changed", "Rubric Changed"),
                    ("policy_changed", "Policy Changed"),
                    ("revised", "Revised"),
                    ("nobody_left", "Nobody Left"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="project",
            name="policy",
            field=models.CharField(default="majority/2", max_length=40),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(
                condition=models.Q(("complete_at", None), ("origin", "edited")),
                fields=["project"],
                name="candidate_edited_waiting",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="candidate",
            trigger=pgtrigger.compiler.Trigger(
                name="candidate_text_read_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."content_json" IS DISTINCT FROM (NEW."content_json") OR OLD."needed" IS DISTINCT FROM (NEW."needed") OR OLD."revises_id" IS DISTINCT FROM (NEW."revises_id") OR OLD."first_id" IS DISTINCT FROM (NEW."first_id") OR OLD."first_origin" IS DISTINCT FROM (NEW."first_origin"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="9546e57d7a3cd1cec24e01cb42cba3c71b0721d2",
                    operation="UPDATE",
                    pgid="pgtrigger_candidate_text_read_only_2e33a",
                    table="annotation_candidate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="candidate",
            trigger=pgtrigger.compiler.Trigger(
                name="candidate_revises_its_like",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"origin\" = 'edited')",
                    func="\nIF NOT EXISTS (\n    SELECT 1 FROM annotation_candidate c\n    WHERE c.id = NEW.revises_id AND c.project_id = NEW.project_id\n      AND c.item_id = NEW.item_id AND c.language = NEW.language\n      AND c.version < NEW.version AND coalesce(c.first_id, c.id) = NEW.first_id\n      AND coalesce(nullif(c.first_origin, ''), c.origin) = NEW.first_origin\n) THEN\n    RAISE EXCEPTION 'an edited text revises one of another line'\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n",
                    hash="fb15b407de5cc8c86c8f76862fb6ff50c1ca2f98",
                    operation="INSERT",
                    pgid="pgtrigger_candidate_revises_its_like_34a5b",
                    table="annotation_candidate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="judgment",
            trigger=pgtrigger.compiler.Trigger(
                name="judgment_not_of_own_text",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT 1 FROM annotation_editor e\n    WHERE e.candidate_id = NEW.candidate_id AND e.person_id = NEW.annotator_id\n) THEN\n    RAISE EXCEPTION 'nobody judges a text that they wrote'\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n",
                    hash="650332eaaf777b1d01d957903211aca612c784a6",
                    operation="INSERT",
                    pgid="pgtrigger_judgment_not_of_own_text_32622",
                    table="annotation_judgment",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "origin__in",
                        ["regenerated", "translated", "native", "source", "edited"],
                    )
                ),
                name="candidate_known_origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                models.F("item"),
                models.F("language"),
                models.F("version"),
                models.ExpressionWrapper(
                    models.Q(
                        ("origin", "native"),
                        ("first_origin", "native"),
                        _connector="OR",
                    ),
                    models.BooleanField(),
                ),
                name="candidate_version_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revises__isnull", False)),
                fields=("revises",),
                name="candidate_revised_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("changed__isnull", False),
                        ("first__isnull", False),
                        (
                            "first_origin__in",
                            ("regenerated", "translated", "native", "source"),
                        ),
                        ("origin", "edited"),
                        ("revises__isnull", False),
                    ),
                    models.Q(
                        models.Q(("origin", "edited"), _negated=True),
                        ("changed", None),
                        ("first", None),
                        ("first_origin", ""),
                        ("revises", None),
                    ),
                    _connector="OR",
                ),
                name="candidate_edited_from_another",
            ),
        ),
        migrations.AddField(
            model_name="editor",
            name="candidate",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editors",
                to="annotation.candidate",
            ),
        ),
        migrations.AddField(
            model_name="editor",
            name="judgment",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="edits",
                to="annotation.judgment",
            ),
        ),
        migrations.AddField(
            model_name="editor",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="edits",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="editor",
            constraint=models.UniqueConstraint(
                fields=("candidate", "person"), name="editor_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editor",
            trigger=pgtrigger.compiler.Trigger(
                name="editor_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="77cd34fe77b431b2d4bdd067fe902d124d5b0d64",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_editor_append_only_97c40",
                    table="annotation_editor",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(NEXT.format(written=WRITTEN), NEXT.format(written="")),
    ]

"""Errors that people mark in the texts they judge."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0017_defects"),
    ]

    operations = [
        migrations.CreateModel(
            name="Span",
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
                    "side",
                    models.CharField(
                        choices=[("source", "Source"), ("candidate", "Candidate")],
                        max_length=9,
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("words", models.TextField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("mistranslation", "Mistranslation"),
                            ("omission", "Omission"),
                            ("addition", "Addition"),
                            ("grammar", "Grammar"),
                            ("terminology", "Terminology"),
                            ("untranslated", "Untranslated"),
                            ("object", "Object not there"),
                            ("attribute", "Attribute"),
                            ("count", "Count"),
                            ("relation", "Relation"),
                            ("image_text", "Text in the image"),
                            ("chart_value", "Chart value"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("minor", "Minor"),
                            ("major", "Major"),
                            ("critical", "Critical"),
                        ],
                        max_length=8,
                    ),
                ),
                ("taxonomy", models.CharField(default="errors/1", max_length=20)),
                ("x", models.DecimalField(decimal_places=4, max_digits=5, null=True)),
                ("y", models.DecimalField(decimal_places=4, max_digits=5, null=True)),
                (
                    "width",
                    models.DecimalField(decimal_places=4, max_digits=5, null=True),
                ),
                (
                    "height",
                    models.DecimalField(decimal_places=4, max_digits=5, null=True),
                ),
                (
                    "judgment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spans",
                        to="annotation.judgment",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["source", "candidate"])),
                        name="span_known_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "category__in",
                                [
                                    "mistranslation",
                                    "omission",
                                    "addition",
                                    "grammar",
                                    "terminology",
                                    "untranslated",
                                    "object",
                                    "attribute",
                                    "count",
                                    "relation",
                                    "image_text",
                                    "chart_value",
                                ],
                            )
                        ),
                        name="span_known_category",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("severity__in", ["minor", "major", "critical"])
                        ),
                        name="span_known_severity",
                    ),
                    models.UniqueConstraint(
                        fields=(
                            "judgment",
                            "side",
                            "field",
                            "start",
                            "end",
                            "category",
                        ),
                        name="span_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))),
                        name="span_has_a_length",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("words"),
                            django.db.models.expressions.CombinedExpression(
                                models.F("end"), "-", models.F("start")
                            ),
                        ),
                        name="span_holds_its_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("category", "omission"), ("side", "source")),
                            models.Q(
                                models.Q(("category", "omission"), _negated=True),
                                ("side", "candidate"),
                            ),
                            _connector="OR",
                        ),
                        name="span_omits_from_the_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("height", None),
                                ("width", None),
                                ("x", None),
                                ("y", None),
                            ),
                            models.Q(
                                ("height__isnull", False),
                                ("width__isnull", False),
                                ("x__isnull", False),
                                ("y__isnull", False),
                                ("height__gt", 0),
                                ("width__gt", 0),
                                ("x__gte", 0),
                                (
                                    "x__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(1), "-", models.F("width")
                                    ),
                                ),
                                ("y__gte", 0),
                                (
                                    "y__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(1), "-", models.F("height")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="span_region_inside_the_image",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="span_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1bcde1a3c8a3cfb7e0c9be5b64dea8b99e128cfb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_span_append_only_4f4fc",
                    table="annotation_span",
                    when="BEFORE",
                ),
            ),
        ),
    ]

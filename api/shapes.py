"""The JSON shapes that several endpoints answer with."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation.answering import criteria_for
from annotation.judging import MAX_NOTE
from annotation.models import Assignment, Criterion, Job, Judgment, Span
from corpus.marking import CATEGORIES, SEVERITIES, Mark


class ImageShape(serializers.Serializer[Any]):
    sha256 = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class PointShape(serializers.Serializer[Any]):
    value = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]
    help = serializers.CharField(help_text="In the candidate's language, or for all.")
    example = serializers.CharField(help_text="A text that deserves it, or nothing.")
    example_language = serializers.CharField()


class CriterionShape(serializers.Serializer[Criterion]):
    """A question, its points explained in the language of the context."""

    code = serializers.CharField()
    question = serializers.CharField()
    help = serializers.CharField()
    scale = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]
    points = serializers.SerializerMethodField()

    @extend_schema_field(PointShape(many=True))
    def get_points(self, criterion: Criterion) -> list[dict[str, Any]]:
        return criterion.points_in(self.context["language"])


class VerdictShape(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class SpanShape(serializers.Serializer[Any]):
    """An error: words of one text, what is wrong with them, and how bad it is."""

    side = serializers.ChoiceField(choices=Span.Side.choices)
    field = serializers.CharField(
        max_length=40, help_text="As findings name it: caption, question 2, option B."
    )
    start = serializers.IntegerField(min_value=0, help_text="In code points, from 0.")
    end = serializers.IntegerField(min_value=1, help_text="The first one behind it.")
    words = serializers.CharField(
        trim_whitespace=False, help_text="What stands there, to be compared."
    )
    category = serializers.ChoiceField(
        choices=[(c.code, c.label) for c in CATEGORIES],
        help_text="An omission is marked in the source, all else in the candidate.",
    )
    severity = serializers.ChoiceField(choices=[(s.code, s.label) for s in SEVERITIES])
    region = serializers.ListField(
        child=serializers.FloatField(min_value=0, max_value=1),
        min_length=4,
        max_length=4,
        allow_null=True,
        default=None,
        help_text="Left, top, width and height, in fractions of the image.",
    )


class AnswerShape(serializers.Serializer[Any]):
    """What a person says about a candidate."""

    verdict = serializers.ChoiceField(choices=Judgment.Verdict.choices)
    ratings = serializers.DictField(
        child=serializers.IntegerField(min_value=-32768, max_value=32767),
        default=dict,
        help_text="Criterion code to the value of the chosen point.",
    )
    edited = serializers.DictField(
        allow_null=True,
        default=None,
        help_text="The corrected content, with the verdict accept_with_edits only.",
    )
    note = serializers.CharField(default="", allow_blank=True, max_length=MAX_NOTE)
    spans = SpanShape(many=True, default=list)

    def validate_spans(self, spans: list[dict[str, Any]]) -> list[Mark]:
        return [
            Mark(**said | {"region": said["region"] and tuple(said["region"])})
            for said in spans
        ]

    rubric = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=80,
        help_text="The rubric that was read. Another one by now refuses the answer.",
    )


class AssignmentShape(serializers.Serializer[Assignment]):
    """One item to judge, with everything needed to judge it."""

    id = serializers.UUIDField()
    project = serializers.CharField(source="candidate.project.code")
    language = serializers.CharField(source="candidate.language")
    kind = serializers.CharField(source="candidate.item.kind")
    leased_until = serializers.DateTimeField()
    is_open = serializers.SerializerMethodField()
    source_content = serializers.DictField(source="candidate.item.content_json")
    content = serializers.DictField(source="candidate.content_json")
    is_edited = serializers.BooleanField(
        source="candidate.is_edited",
        help_text="Somebody else edited an earlier text: judge it as any other.",
    )
    content_before = serializers.DictField(
        source="candidate.revises.content_json",
        default=None,
        allow_null=True,
        help_text="The earlier text of an edited one, to see what was changed.",
    )
    findings = serializers.ListField(
        child=serializers.DictField(), source="candidate.findings"
    )
    image = ImageShape(source="candidate.item.image", allow_null=True)
    rubric = serializers.CharField(source="candidate.project.rubric")
    guideline = serializers.SerializerMethodField()
    criteria = serializers.SerializerMethodField()
    verdicts = serializers.SerializerMethodField()

    def get_is_open(self, assignment: Assignment) -> bool:
        return assignment.ended_at is None

    def get_guideline(self, assignment: Assignment) -> str:
        candidate = assignment.candidate
        return candidate.project.rubric.guideline_in(candidate.language)

    @extend_schema_field(CriterionShape(many=True))
    def get_criteria(self, assignment: Assignment) -> list[dict[str, Any]]:
        candidate = assignment.candidate
        asked = criteria_for(candidate.project.rubric, candidate.item.kind)
        around = {"language": candidate.language}
        return [dict(CriterionShape(c, context=around).data) for c in asked]

    @extend_schema_field(VerdictShape(many=True))
    def get_verdicts(self, assignment: Assignment) -> list[dict[str, str]]:
        return [{"value": v.value, "label": str(v.label)} for v in Judgment.Verdict]


class JudgmentShape(serializers.Serializer[Judgment]):
    """An answer as it was kept. `counted` is false if it came too late for a slot."""

    id = serializers.UUIDField()
    assignment = serializers.UUIDField(source="assignment_id")
    project = serializers.CharField(source="candidate.project.code")
    language = serializers.CharField(source="candidate.language")
    verdict = serializers.CharField()
    ratings = serializers.SerializerMethodField()
    edited = serializers.DictField(source="edited_json", allow_null=True)
    note = serializers.CharField()
    spans = SpanShape(many=True)
    seconds = serializers.IntegerField()
    counted = serializers.SerializerMethodField()
    replaces = serializers.UUIDField(source="replaces_id", allow_null=True)
    created_at = serializers.DateTimeField()

    def get_ratings(self, judgment: Judgment) -> dict[str, int]:
        return {r.criterion.code: r.value for r in judgment.ratings.all()}

    def get_counted(self, judgment: Judgment) -> bool:
        return judgment.slot_id is not None


class JobShape(serializers.Serializer[Job]):
    """A piece of long work and how far it is."""

    id = serializers.IntegerField()
    project = serializers.CharField(source="project.code")
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=Job.State.choices)
    step = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    error = serializers.CharField()
    result = serializers.DictField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)

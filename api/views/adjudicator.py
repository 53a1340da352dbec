"""Contested candidates, the judgments that contest them, and the ruling."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from annotation.models import Candidate, Judgment, Project, Role
from annotation.visibility import Viewer, one, rows
from api.authentication import ViewerRequest
from api.endpoint import Endpoint, documented
from api.paging import page
from api.shapes import ImageShape, SpanShape
from quality import adjudicating
from quality.models import Decision, Ruling


class AdjudicatorEndpoint(Endpoint):
    roles = (Role.ADJUDICATOR,)
    tag = "adjudicator"


class Contested(AdjudicatorEndpoint):
    """The candidates on which the judgments leave no majority, oldest first."""

    class Output(serializers.Serializer[Decision]):
        candidate = serializers.IntegerField(source="candidate_id")
        language = serializers.CharField(source="candidate.language")
        kind = serializers.CharField(source="candidate.item.kind")
        reason = serializers.CharField()
        created_at = serializers.DateTimeField()

    @documented(Output, is_list=True, refuses=(404,))
    def get(self, request: ViewerRequest, code: str) -> Response:
        project = one(Project, request.viewer, code=code)
        found = adjudicating.contested(request.viewer, project)
        return page(request, found, self.Output)


class VoteShape(serializers.Serializer[Judgment]):
    annotator = serializers.CharField(help_text="A letter, for this answer only.")
    verdict = serializers.CharField()
    ratings = serializers.DictField(child=serializers.IntegerField())
    edited = serializers.DictField(allow_null=True)
    note = serializers.CharField()
    spans = SpanShape(many=True)


class OneCandidate(AdjudicatorEndpoint):
    """A complete candidate with its judgments, whose authors stay unnamed."""

    class Output(serializers.Serializer[Candidate]):
        id = serializers.IntegerField()
        project = serializers.CharField(source="project.code")
        language = serializers.CharField()
        kind = serializers.CharField(source="item.kind")
        source_content = serializers.DictField(source="item.content_json")
        content = serializers.DictField(source="content_json")
        revises = serializers.IntegerField(
            source="revises_id",
            allow_null=True,
            help_text="The candidate that people edited, if this is an edited one.",
        )
        revised_by = serializers.SerializerMethodField(
            help_text="The edited candidate that has taken its place, if one has."
        )
        findings = serializers.ListField(child=serializers.DictField())
        image = ImageShape(source="item.image", allow_null=True)
        why_not_rule = serializers.SerializerMethodField(
            help_text="Why this token may not rule; null if it may."
        )
        judgments = serializers.SerializerMethodField()

        @extend_schema_field(serializers.IntegerField(allow_null=True))
        def get_revised_by(self, candidate: Candidate) -> int | None:
            return candidate.revised_by.values_list("pk", flat=True).first()

        def get_why_not_rule(self, candidate: Candidate) -> str | None:
            return adjudicating.why_not_rule(candidate, self.context["viewer"])

        @extend_schema_field(VoteShape(many=True))
        def get_judgments(self, candidate: Candidate) -> list[dict[str, Any]]:
            return _votes(self.context["viewer"], candidate)

    @documented(Output, refuses=(404,))
    def get(self, request: ViewerRequest, candidate_id: int) -> Response:
        candidate = one(Candidate, request.viewer, pk=candidate_id)
        context = {"viewer": request.viewer}
        return Response(self.Output(candidate, context=context).data)


class Rule(AdjudicatorEndpoint):
    """Settle a contested candidate."""

    class Input(serializers.Serializer[Any]):
        outcome = serializers.ChoiceField(choices=Ruling.Outcome.choices)
        content = serializers.DictField(
            allow_null=True,
            default=None,
            help_text="The accepted text. Another than the candidate's becomes a "
            "candidate of its own, if the policy has edits judged.",
        )
        reason = serializers.CharField(max_length=adjudicating.MAX_REASON)

    class Output(serializers.Serializer[Ruling]):
        id = serializers.IntegerField()
        candidate = serializers.IntegerField(source="candidate_id")
        outcome = serializers.CharField()
        content = serializers.DictField(source="content_json", allow_null=True)
        reason = serializers.CharField()
        created_at = serializers.DateTimeField()

    @documented(Output, takes=Input, status=201, refuses=(404, 409, 422))
    def post(self, request: ViewerRequest, candidate_id: int) -> Response:
        said = self.read(request, self.Input)
        candidate = one(Candidate, request.viewer, pk=candidate_id)
        ruling = adjudicating.rule(candidate=candidate, by=request.viewer, **said)
        return Response(self.Output(ruling).data, status=201)


def _votes(viewer: Viewer, candidate: Candidate) -> list[dict[str, Any]]:
    """The counted judgments by letter, in an order that says nothing."""
    counted = rows(Judgment, viewer).filter(
        candidate=candidate, replaced_by=None, slot__isnull=False
    )
    said = counted.prefetch_related("ratings__criterion", "spans")
    return [
        {
            "annotator": chr(ord("A") + number),
            "verdict": judgment.verdict,
            "ratings": {r.criterion.code: r.value for r in judgment.ratings.all()},
            "edited": judgment.edited_json,
            "note": judgment.note,
            "spans": SpanShape(judgment.spans.all(), many=True).data,
        }
        for number, judgment in enumerate(adjudicating.shuffled(said))
    ]

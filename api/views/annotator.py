"""What an annotator's own program can do: the judging page, without the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from annotation import assigning, defects, judging
from annotation.errors import NothingLeft
from annotation.models import Assignment, Defect, Judgment, Project, Role
from annotation.visibility import one, rows
from api.authentication import ViewerRequest
from api.endpoint import Endpoint, documented
from api.paging import page
from api.shapes import AnswerShape, AssignmentShape, JudgmentShape


class AnnotatorEndpoint(Endpoint):
    roles = (Role.ANNOTATOR,)
    tag = "annotator"


class Projects(Endpoint):
    """The projects this token opens."""

    roles = tuple(Role)
    tag = "annotator"

    class Output(serializers.Serializer[Project]):
        code = serializers.CharField()
        name = serializers.CharField()
        description = serializers.CharField()
        source_language = serializers.CharField()
        target_languages = serializers.ListField(child=serializers.CharField())
        judged_languages = serializers.ListField(
            child=serializers.CharField(),
            help_text="Those in which this token may ask for items to judge.",
        )

    @documented(Output, is_list=True)
    def get(self, request: ViewerRequest) -> Response:
        found = list(rows(Project, request.viewer).order_by("code"))
        for project in found:
            languages = sorted(request.viewer.languages(project.pk))
            project.judged_languages = languages  # type: ignore[attr-defined]
        return page(request, found, self.Output)


class Next(AnnotatorEndpoint):
    """Claim the next item of a language; the one already held comes back first.

    204 without a body when nothing is waiting for you.
    """

    class Input(serializers.Serializer[Any]):
        language = serializers.CharField(max_length=8)

    @documented(AssignmentShape, takes=Input, refuses=(404,))
    def post(self, request: ViewerRequest, code: str) -> Response:
        language = self.read(request, self.Input)["language"]
        project = one(Project, request.viewer, code=code)
        try:
            claimed = assigning.claim(
                project=project, language=language, by=request.viewer
            )
        except NothingLeft:
            return Response(status=204)
        return Response(AssignmentShape(claimed).data)


class OneAssignment(AnnotatorEndpoint):
    """One's own assignment, open or ended."""

    @documented(AssignmentShape, refuses=(404,))
    def get(self, request: ViewerRequest, assignment_id: UUID) -> Response:
        return Response(AssignmentShape(_own(request, assignment_id)).data)


class Submit(AnnotatorEndpoint):
    """Answer an assignment under an id the client made: a repeat changes nothing."""

    @documented(JudgmentShape, takes=AnswerShape, refuses=(404, 409, 422))
    def put(
        self, request: ViewerRequest, assignment_id: UUID, judgment_id: UUID
    ) -> Response:
        said = self.read(request, AnswerShape)
        judgment = judging.submit(
            assignment=_own(request, assignment_id),
            by=request.viewer,
            answer=judging.Answer(id=judgment_id, **said),
        )
        return Response(JudgmentShape(judgment).data)


class Correct(AnnotatorEndpoint):
    """Replace one's own judgment by a new one that names it."""

    @documented(JudgmentShape, takes=AnswerShape, refuses=(404, 409, 422))
    def put(
        self, request: ViewerRequest, judgment_id: UUID, correction_id: UUID
    ) -> Response:
        said = self.read(request, AnswerShape)
        judgment = judging.correct(
            judgment=one(Judgment, request.viewer, pk=judgment_id),
            by=request.viewer,
            answer=judging.Answer(id=correction_id, **said),
        )
        return Response(JudgmentShape(judgment).data)


class Skip(AnnotatorEndpoint):
    """Give an item back, with a reason; it does not come again."""

    class Input(serializers.Serializer[Any]):
        reason = serializers.CharField(max_length=200)

    @documented(None, takes=Input, status=204, refuses=(404, 409, 422))
    def post(self, request: ViewerRequest, assignment_id: UUID) -> Response:
        reason = self.read(request, self.Input)["reason"]
        assignment = _own(request, assignment_id)
        assigning.skip(assignment=assignment, by=request.viewer, reason=reason)
        return Response(status=204)


class Report(AnnotatorEndpoint):
    """Report a defect of the item itself; it is held back in every language."""

    class Input(serializers.Serializer[Any]):
        part = serializers.ChoiceField(Defect.Part.choices)
        note = serializers.CharField(max_length=defects.MAX_WORDS)

    @documented(None, takes=Input, status=204, refuses=(404, 409, 422))
    def post(self, request: ViewerRequest, assignment_id: UUID) -> Response:
        assignment = _own(request, assignment_id)
        said = self.read(request, self.Input)
        defects.report(assignment=assignment, by=request.viewer, **said)
        return Response(status=204)


class OwnJudgments(AnnotatorEndpoint):
    """One's own answers, newest first, replaced ones included."""

    @documented(JudgmentShape, is_list=True)
    def get(self, request: ViewerRequest) -> Response:
        return page(request, _own_judgments(request), JudgmentShape)


def _own(request: ViewerRequest, assignment_id: UUID) -> Assignment:
    return one(Assignment, request.viewer, pk=assignment_id)


def _own_judgments(request: ViewerRequest) -> QuerySet[Judgment]:
    found = rows(Judgment, request.viewer).order_by("-created_at", "pk")
    return found.select_related("candidate__project").prefetch_related(
        "ratings__criterion", "spans"
    )

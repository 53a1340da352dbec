"""What a lead's program can read and ask for."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from rest_framework import serializers
from rest_framework.response import Response

from annotation import jobs, permissions
from annotation.errors import require
from annotation.models import Job, Project, Role
from annotation.visibility import one, rows
from api.authentication import ViewerRequest
from api.endpoint import Endpoint, documented
from api.paging import page
from api.shapes import JobShape
from corpus.formats.arms import ARMS
from quality import adjudicating, exporting, measuring
from quality.models import Measurement, Release


class LeadEndpoint(Endpoint):
    roles = (Role.LEAD,)
    tag = "lead"

    def project(self, request: ViewerRequest, code: str) -> Project:
        """The project, for its lead alone."""
        project = one(Project, request.viewer, code=code)
        require(permissions.why_not_lead(request.viewer, project))
        return project


class Measurements(LeadEndpoint):
    """Agreement per criterion and language."""

    class Output(serializers.Serializer[Measurement]):
        id = serializers.IntegerField()
        criterion = serializers.CharField(source="slice_name")
        question = serializers.CharField()
        language = serializers.CharField()
        scale = serializers.CharField()
        labels = serializers.ListField(child=serializers.CharField())
        label_counts = serializers.ListField(child=serializers.IntegerField())
        items = serializers.IntegerField()
        pairable = serializers.IntegerField()
        ratings = serializers.IntegerField()
        raters = serializers.IntegerField()
        estimates = serializers.ListField(child=serializers.DictField())
        flags = serializers.ListField()
        table = serializers.JSONField()
        digest = serializers.CharField()
        created_at = serializers.DateTimeField()

    @documented(Output, is_list=True, refuses=(404,))
    def get(self, request: ViewerRequest, code: str) -> Response:
        """The newest measurement of each criterion and language."""
        latest = measuring.latest(self.project(request, code))
        return page(request, latest, self.Output)

    @documented(JobShape, status=202, refuses=(404,))
    def post(self, request: ViewerRequest, code: str) -> Response:
        """Measure again: a job that Celery does."""
        project = self.project(request, code)
        with transaction.atomic():
            by = request.viewer.user
            job = jobs.ask(Job.Kind.MEASURE, project=project, by=by)
            jobs.wake(job)
        return Response(JobShape(job).data, status=202)


class Tally(LeadEndpoint):
    """How many candidates are decided, and how, in each language."""

    class Output(serializers.Serializer[Any]):
        language = serializers.CharField()
        candidates = serializers.IntegerField()
        accepted = serializers.IntegerField()
        rejected = serializers.IntegerField()
        contested = serializers.IntegerField()
        revised = serializers.IntegerField(
            help_text="Replaced by an edited text, which is a candidate of its own."
        )
        incomplete = serializers.IntegerField()

    @documented(Output, is_list=True, refuses=(404,))
    def get(self, request: ViewerRequest, code: str) -> Response:
        counts = adjudicating.tally(self.project(request, code))
        found = [{"language": code, **row} for code, row in sorted(counts.items())]
        return page(request, found, self.Output)


class Releases(LeadEndpoint):
    """The frozen exports of a project."""

    class Input(serializers.Serializer[Any]):
        design = serializers.ChoiceField(choices=Release.Design.choices)
        languages = serializers.ListField(
            child=serializers.CharField(max_length=8), max_length=20
        )
        datasets = serializers.ListField(
            child=serializers.CharField(max_length=161),
            required=False,
            max_length=1000,
            help_text="Names, or name@revision; all of the project if not given.",
        )
        formats = serializers.ListField(
            child=serializers.ChoiceField(choices=list(exporting.TRAINING_FORMATS)),
            required=False,
            help_text="Of a training set; parquet if not given.",
        )
        test_share = serializers.FloatField(
            min_value=0,
            max_value=exporting.MOST_HELD_OUT,
            required=False,
            help_text="Share of the pictures held out as the split test.",
        )
        arm = serializers.ChoiceField(choices=ARMS, required=False)
        english = serializers.BooleanField(
            required=False, help_text="With the English sources; true if not given."
        )
        embed_images = serializers.BooleanField(required=False)

    class Output(serializers.Serializer[Release]):
        id = serializers.IntegerField()
        name = serializers.CharField(source="__str__")
        number = serializers.IntegerField()
        design = serializers.CharField()
        languages = serializers.ListField(child=serializers.CharField())
        datasets = serializers.ListField(
            child=serializers.CharField(),
            help_text="Those chosen; none chosen is all that the project had.",
        )
        policy = serializers.CharField()
        items = serializers.IntegerField()
        rows = serializers.SerializerMethodField()
        left_out = serializers.DictField()
        notes = serializers.ListField(child=serializers.CharField())
        files = serializers.ListField(child=serializers.DictField())
        manifest_sha256 = serializers.CharField()
        created_at = serializers.DateTimeField()

        def get_rows(self, release: Release) -> dict[str, dict[str, int]]:
            """By language and split; a language may have none."""
            return {language: dict(splits) for language, splits in release.rows}

    @documented(Output, is_list=True, refuses=(404,))
    def get(self, request: ViewerRequest, code: str) -> Response:
        """Every release, newest first."""
        project = self.project(request, code)
        found = rows(Release, request.viewer).filter(project=project)
        found = found.select_related("project").order_by("-number")
        return page(request, found, self.Output)

    @documented(JobShape, takes=Input, status=202, refuses=(404, 422))
    def post(self, request: ViewerRequest, code: str) -> Response:
        """Make a release: a job that Celery does."""
        said = self.read(request, self.Input)
        project = self.project(request, code)
        with transaction.atomic():
            job = exporting.ask(project=project, by=request.viewer.user, **said)
            jobs.wake(job)
        return Response(JobShape(job).data, status=202)


class Jobs(LeadEndpoint):
    """The long work of a project, newest first."""

    @documented(JobShape, is_list=True, refuses=(404,))
    def get(self, request: ViewerRequest, code: str) -> Response:
        project = self.project(request, code)
        found = rows(Job, request.viewer).filter(project=project)
        return page(request, found.select_related("project").order_by("-pk"), JobShape)


class OneJob(LeadEndpoint):
    """One piece of long work and how far it is."""

    @documented(JobShape, refuses=(404,))
    def get(self, request: ViewerRequest, job_id: int) -> Response:
        return Response(JobShape(one(Job, request.viewer, pk=job_id)).data)

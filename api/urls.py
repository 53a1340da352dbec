"""Addresses of the machine door, below /api/."""

from django.urls import path

from api.schema import Schema
from api.views import adjudicator, annotator, images, lead, reading, worker

urlpatterns = [
    path("", reading.reference, name="api_docs"),
    path("schema.json", Schema.as_view(), name="api_schema"),
    path("v1/images/<str:sha256>", images.Picture.as_view(), name="api_image"),
    path("v1/worker/claim", worker.Claim.as_view(), name="api_claim"),
    path("v1/worker/heartbeat", worker.Heartbeat.as_view(), name="api_heartbeat"),
    path(
        "v1/worker/jobs/<int:job_id>/result",
        worker.JobResult.as_view(),
        name="api_result",
    ),
    path(
        "v1/worker/jobs/<int:job_id>/fail",
        worker.JobFailure.as_view(),
        name="api_fail",
    ),
    path("v1/projects", annotator.Projects.as_view(), name="api_projects"),
    path("v1/projects/<slug:code>/next", annotator.Next.as_view(), name="api_next"),
    path(
        "v1/assignments/<uuid:assignment_id>",
        annotator.OneAssignment.as_view(),
        name="api_assignment",
    ),
    path(
        "v1/assignments/<uuid:assignment_id>/judgments/<uuid:judgment_id>",
        annotator.Submit.as_view(),
        name="api_submit",
    ),
    path(
        "v1/assignments/<uuid:assignment_id>/skip",
        annotator.Skip.as_view(),
        name="api_skip",
    ),
    path(
        "v1/assignments/<uuid:assignment_id>/report",
        annotator.Report.as_view(),
        name="api_report",
    ),
    path("v1/judgments", annotator.OwnJudgments.as_view(), name="api_judgments"),
    path(
        "v1/judgments/<uuid:judgment_id>/correction/<uuid:correction_id>",
        annotator.Correct.as_view(),
        name="api_correct",
    ),
    path(
        "v1/projects/<slug:code>/measurements",
        lead.Measurements.as_view(),
        name="api_measurements",
    ),
    path("v1/projects/<slug:code>/tally", lead.Tally.as_view(), name="api_tally"),
    path(
        "v1/projects/<slug:code>/releases",
        lead.Releases.as_view(),
        name="api_releases",
    ),
    path("v1/projects/<slug:code>/jobs", lead.Jobs.as_view(), name="api_jobs"),
    path("v1/jobs/<int:job_id>", lead.OneJob.as_view(), name="api_job"),
    path(
        "v1/projects/<slug:code>/contested",
        adjudicator.Contested.as_view(),
        name="api_contested",
    ),
    path(
        "v1/candidates/<int:candidate_id>",
        adjudicator.OneCandidate.as_view(),
        name="api_candidate",
    ),
    path(
        "v1/candidates/<int:candidate_id>/ruling",
        adjudicator.Rule.as_view(),
        name="api_ruling",
    ),
]

"""Generation jobs, and what a worker says of them."""

from __future__ import annotations

import pytest
from django.db import connection

from annotation import leasing
from annotation.models import GenerationJob
from annotation.visibility import Viewer
from tests.factories import CANDIDATES, make_item, make_worker_token
from worker.protocol import ClaimRequest, Result
from worker.protocol import Provenance as Made

MADE = Made(
    model="qwen3-vl",
    model_revision="abc",
    licence="Apache-2.0",
    engine="recorded",
    engine_version="1",
    template_id="translate",
    template_version="1",
    template_hash="0" * 64,
    rendered_prompt="Translate into German.",
    parameters={"temperature": 0.2},
    seed=7,
    prompt_tokens=10,
    completion_tokens=5,
    seconds=0.5,
    finish_reason="stop",
    raw_output="Ein roter Bus …",
)


def request(limit=8, **fields):
    return ClaimRequest(
        worker="gpu-1", engine="recorded", engine_version="1", limit=limit, **fields
    )


def result(fence=1, kind="caption", **fields):
    values = {
        "fence": fence,
        "content": CANDIDATES[kind],
        "provenance": MADE,
        "idempotency_key": "k" * 64,
    }
    return Result(**(values | fields))


def make_job(project, kind="caption", language="de", **fields):
    item = fields.pop("item", None) or make_item(project, kind)
    return GenerationJob.objects.create(
        project=project, item=item, language=language, task="translate", **fields
    )


def claim(worker, **fields):
    return leasing.claim(by=worker, request=request(**fields)).jobs


def expire(job):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotation_generationjob SET leased_until = now() - interval '1 s' "
            "WHERE id = %s",
            [job.pk],
        )


@pytest.fixture
def worker(project):
    return Viewer.of_token(make_worker_token(project)[0])


@pytest.fixture
def job(project):
    return make_job(project)

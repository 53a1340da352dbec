"""A release is published beside everything else that goes on."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from annotation import attempts, jobs
from annotation.models import Job
from quality import exporting
from quality.exporting import packing, publishing
from quality.models import Release
from tests.quality.test_exporting import _offline, accepted, people

__all__ = ["_offline", "people"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_heartbeat_waits_until_the_release_is_out(project, people, monkeypatch):
    """Had it changed the job's row after the snapshot, the release could not end."""
    accepted(project, people)
    job = exporting.ask(project=project, design="training", languages=["de"])
    beats, levels = [], []
    assembled = packing.assembled

    def beating_meanwhile(home, found):
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            levels.append(cursor.fetchone()[0])
        beats.append(threading.Thread(target=beat))
        beats[0].start()
        beats[0].join(0.5)
        assert beats[0].is_alive(), "the heartbeat did not wait"
        return assembled(home, found)

    def beat():
        mine = Job.objects.filter(pk=job.pk)
        try:
            attempts.beat(mine, runs[0])
        finally:
            connections.close_all()

    runs = []
    work = publishing.run_release
    monkeypatch.setattr(packing, "assembled", beating_meanwhile)
    run = jobs.take(job.pk)
    runs.append(run)
    work(run)
    beats[0].join(10)
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.DONE, "")
    assert levels == ["repeatable read"]


def test_two_releases_at_once_get_two_numbers(project, people):
    accepted(project, people)
    asked = [
        exporting.ask(project=project, design="training", languages=["de"])
        for _ in range(2)
    ]

    def work(pk):
        try:
            jobs.see_through(pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[job.pk]) for job in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    states = [Job.objects.get(pk=job.pk).state for job in asked]
    assert states == [Job.State.DONE] * 2
    found = list(Release.objects.order_by("number"))
    assert [release.number for release in found] == [1, 2]
    assert len({release.manifest_sha256 for release in found}) == 1
    assert all((release.folder / "manifest.json").is_file() for release in found)

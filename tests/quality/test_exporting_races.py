"""A correction and a release in the same moment: one of both finds out."""

from __future__ import annotations

import pytest
from django.db import transaction

from annotation import jobs, judging
from annotation.errors import Conflict
from annotation.models import Candidate, Job, Judgment, Role, User
from quality import exporting
from quality.exporting import publishing
from quality.models import Decision, Release
from tests.factories import answer, enrol, make_project, make_user, viewer
from tests.quality.test_exporting import accepted
from tests.races import overlapping

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def candidate() -> Candidate:
    project = make_project()
    people = [
        enrol(make_user(name), project, Role.ANNOTATOR, ["de"])
        for name in ("ana", "bao", "chris")
    ]
    candidate: Candidate = accepted(project, people)
    return candidate


def corrected(candidate: Candidate) -> Judgment | str:
    ana = User.objects.get(username="ana")
    try:
        return judging.correct(
            judgment=candidate.judgments.get(annotator=ana, replaced_by=None),
            by=viewer(ana),
            answer=answer(candidate, "reject"),
        )
    except Conflict as error:
        return str(error)


def released(candidate: Candidate) -> Job:
    job = exporting.ask(project=candidate.project, design="training", languages=["de"])
    ended = jobs.run(job.pk)
    assert ended is not None
    return ended


def test_a_correction_waits_for_the_release_and_is_refused(candidate, monkeypatch):
    show = publishing._show

    def publish(pause):
        def shown(*arguments):
            pause()
            show(*arguments)

        monkeypatch.setattr(publishing, "_show", shown)
        return released(candidate)

    job, said = overlapping(publish, lambda: corrected(candidate))
    assert job.state == Job.State.DONE, job.error
    assert "settled since" in str(said)
    assert not Judgment.objects.exclude(replaces=None).exists()


def test_a_release_waits_for_a_correction_and_begins_again(candidate):
    def correct(pause):
        with transaction.atomic():
            said = corrected(candidate)
            pause()
        return said

    said, job = overlapping(correct, lambda: released(candidate))
    assert isinstance(said, Judgment)
    assert job.state == Job.State.QUEUED
    assert "changed meanwhile" in job.error
    assert not Release.objects.exists()
    again = jobs.run(job.pk)
    assert again is not None
    assert again.state == Job.State.DONE, again.error
    assert Decision.objects.current().get().reason == "2 of 3 accept it as it is"

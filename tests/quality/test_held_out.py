"""A picture is trained on or tested with, whichever comes first."""

from __future__ import annotations

import pytest

from annotation import images
from annotation.models import Job
from tests.factories import make_dataset, picture
from tests.quality.test_exporting import _offline, accepted, people, released, run

__all__ = ["_offline", "people"]


@pytest.fixture
def benchmark(project):
    return make_dataset(project)


def accept_question(project, people, dataset, **fields):
    """Its picture is the factory's one, that of every caption too."""
    return accepted(project, people, "multiple_choice", dataset=dataset, **fields)


def test_a_picture_that_was_trained_on_is_no_benchmark(project, people, benchmark):
    accepted(project, people)
    training = released(project)
    accept_question(project, people, benchmark)
    other = accept_question(project, people, benchmark)
    unseen = images.store(picture(size=(64, 48)))
    type(other.item).objects.filter(pk=other.item_id).update(image=unseen)
    release = released(project, "benchmark")
    assert release.items == 1
    reason = f"blocked: its image is trained on in {training}"
    assert release.left_out == {reason: 1}


def test_a_benchmark_of_nothing_but_trained_pictures_is_refused(
    project, people, benchmark
):
    accepted(project, people)
    released(project)
    accept_question(project, people, benchmark)
    job = run(project, "benchmark")
    assert job.state == Job.State.FAILED
    assert "its image is trained on" in job.error


def test_pictures_of_the_test_split_stay_free(project, people, benchmark):
    accepted(project, people)
    training = released(project, test_share=0.9)
    assert [part["split"] for part in training.manifest["parts"]] == ["test", "test"]
    accept_question(project, people, benchmark)
    assert released(project, "benchmark").items == 1


def test_a_training_set_that_lost_its_records_stops_the_benchmark(
    project, people, benchmark
):
    accepted(project, people)
    training = released(project)
    (training.folder / "provenance" / "de.parquet").unlink()
    accept_question(project, people, benchmark)
    job = run(project, "benchmark")
    assert f"{training} does not say any more which pictures it holds" in job.error

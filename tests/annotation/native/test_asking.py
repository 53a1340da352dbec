"""Two doors take in native texts: a command and the import page."""

from __future__ import annotations

from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotation import jobs, native
from annotation.errors import Invalid
from annotation.models import Candidate, Event, Job
from tests.annotation.native.texts import WRITTEN, file, taken_in
from tests.factories import make_dataset, make_item


@pytest.fixture
def item(project):
    return make_item(project, dataset=make_dataset(project, name="buses"))


@pytest.fixture
def path(item, tmp_path):
    good = {"key": item.key, "content": WRITTEN, "author": "M. Rossi"}
    return file(tmp_path, good, {"key": "unknown", "content": WRITTEN})


def command(path, refused="", **options):
    """What it prints; `refused` is what its failure begins with, if it must fail."""
    out, err = StringIO(), StringIO()
    given = {
        "project": "demo",
        "dataset": "buses",
        "language": "de",
        "source": "street-captions",
        "licence": "CC0-1.0",
    }
    fails = (
        pytest.raises(CommandError, match=f"^{refused}") if refused else nullcontext()
    )
    with fails:
        call_command("import_native", path, **(given | options), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_adds_and_names_the_bad_line(path):
    out, err = command(path, refused="1 row was refused")
    assert out == "1 added, 0 unchanged, 1 refused\n"
    assert err.startswith("line 2, column key: buses at 1 has no item unknown")
    again, _ = command(path, refused="1 row was refused")
    assert again == "0 added, 1 unchanged, 1 refused\n"


def test_the_command_strict_leaves_nothing_behind(path):
    with pytest.raises(CommandError, match="Nothing was imported"):
        command(path, strict=True)
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"project": "nowhere"}, "no project 'nowhere'"),
        ({"dataset": "trams"}, "demo has no dataset trams. Import it first"),
        ({"revision": "2"}, "demo has no dataset buses at 2"),
        ({"language": "it"}, "'it' is none of the project's languages: fr, de"),
        ({"licence": " "}, "Say the licence of these texts"),
        ({"source": "x" * 81}, "The source has at most 80 characters"),
    ],
)
def test_the_command_says_what_is_wrong(path, options, reason):
    with pytest.raises(CommandError, match=reason):
        command(path, **options)
    assert not Job.objects.exists()


def test_several_revisions_have_to_be_told_apart(project, item):
    make_dataset(project, name="buses", revision="2")
    with pytest.raises(Invalid, match=r"several revisions. Choose one: 1, 2"):
        native.dataset_named(project, "buses")
    assert native.dataset_named(project, "buses", "1") == item.dataset


def test_the_job_counts_and_one_event_tells_of_it(item, path):
    job = taken_in(item.dataset, path)
    assert job.state == Job.State.DONE
    assert (job.result["added"], job.result["refused"]) == (1, 1)
    event = Event.objects.get(kind=Event.Kind.IMPORTED)
    assert (event.detail["native"], event.detail["added"]) == ("de", 1)


def test_rows_of_an_attempt_that_was_cut_off_count_as_added(item, path):
    taken_in(item.dataset, path)
    again = Job.objects.get()
    Job.objects.update(state="queued", finished_at=None)
    job = jobs.run(again.pk)
    assert (job.result["added"], job.result["unchanged"]) == (1, 0)


def test_texts_that_cannot_be_released_are_told_of_at_once(item, path):
    job = taken_in(item.dataset, path, licence="CC-BY-NC-4.0")
    assert job.result["mind"] == (
        "As things are, no release can hold these texts: "
        "Works under CC-BY-NC-4.0 cannot share a release with CC-BY-4.0."
    )


def test_a_file_that_is_none_ends_the_job_with_its_sentence(item, tmp_path):
    job = taken_in(item.dataset, file(tmp_path))
    assert (job.state, job.error) == ("failed", "native.jsonl: the file is empty.")

"""A release is made of the datasets that somebody chose, and says which they are."""

from __future__ import annotations

from io import StringIO

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from annotation import jobs
from annotation.errors import Invalid
from annotation.models import Job
from quality import comparing, exporting
from quality.models import Release
from tests.factories import make_dataset
from tests.quality.test_exporting import _offline, accepted, people, released, run

__all__ = ["_offline", "people"]
CLASHING = "CC-BY-NC-SA-4.0"


@pytest.fixture
def two(project):
    """Two datasets that must not go out together."""
    return (
        make_dataset(project, name="pope"),
        make_dataset(project, name="scienceqa", licence=CLASHING),
    )


@pytest.fixture
def both(two, project, people):
    return [accepted(project, people, dataset=dataset) for dataset in two]


def chosen(project, *names):
    job = exporting.ask(
        project=project, design="training", languages=["de"], datasets=names
    )
    return job.arguments["wish"]["datasets"]


def test_a_release_holds_the_chosen_datasets_alone(project, both):
    release = released(project, datasets=["scienceqa"])
    assert (release.items, release.left_out) == (1, {})
    assert release.datasets == ["scienceqa@1"]
    assert release.manifest["wish"]["datasets"] == ["scienceqa@1"]
    assert release.manifest["licence"] == CLASHING
    for language in ("de", "en"):
        rows = pq.read_table(release.folder / f"provenance/{language}.parquet")
        assert rows["id"].to_pylist() == [f"scienceqa@1/{both[1].item.key}"]
    card = (release.folder / "README.md").read_text()
    assert "these alone were chosen: `scienceqa@1`." in card
    assert "pope" not in card


def test_licences_are_judged_of_the_chosen_datasets_alone(project, both):
    refused = run(project)
    assert refused.error == (
        "Works under CC-BY-NC-SA-4.0 cannot share a release with CC-BY-4.0. "
        "Choose datasets that fit together: a release need not hold all of a project's."
    )
    assert released(project, datasets=["pope@1"]).manifest["licence"] == "CC-BY-4.0"


def test_the_same_choice_gives_the_same_bytes(project, both):
    first = released(project, datasets=["pope", "pope@1"])
    second = released(project, datasets=["pope"])
    other = released(project, datasets=["scienceqa"])
    assert first.manifest_sha256 == second.manifest_sha256
    assert comparing.usual(second, [first, other]) == first
    assert comparing.usual(other, [first, second]) is None


def test_a_name_alone_means_all_its_revisions(project, two):
    make_dataset(project, name="pope", revision="2")
    assert chosen(project, "pope") == ["pope@1", "pope@2"]
    assert chosen(project, "pope@2") == ["pope@2"]


def test_all_that_there_are_is_the_same_as_no_choice(project, two):
    assert chosen(project, "scienceqa", "pope") == []


def test_a_dataset_that_is_not_there_is_told_with_those_that_are(project, two, olga):
    make_dataset(olga.memberships.first().project, name="mme")
    for name in ("mme", "pope@2", ""):
        with pytest.raises(Invalid) as refused:
            chosen(project, "pope", name)
        assert str(refused.value) == (
            f"{name!r} is no dataset of this project. It has pope@1, scienceqa@1."
        )
    with pytest.raises(Invalid, match="Choose at least one dataset"):
        chosen(project)


def test_a_job_from_before_there_was_a_choice_still_runs(project, people):
    accepted(project, people)
    job = exporting.ask(project=project, design="training", languages=["de"])
    del job.arguments["wish"]["datasets"]
    job.save()
    ended = jobs.run(job.pk)
    assert ended.state == Job.State.DONE, ended.error


def test_the_database_keeps_no_nameless_dataset(project, both):
    release = released(project, datasets=["pope"])
    release.pk, release.number, release.datasets = None, 2, [""]
    with (
        pytest.raises(IntegrityError, match="release_names_datasets"),
        transaction.atomic(),
    ):
        release.save(force_insert=True)


def test_the_command_takes_the_choice(project, both):
    out = StringIO()
    options = ("demo", "training", "--datasets")
    call_command("export_dataset", *options, "scienceqa", stdout=out)
    assert Release.objects.get().datasets == ["scienceqa@1"]
    with pytest.raises(CommandError, match="It has pope@1, scienceqa@1"):
        call_command("export_dataset", *options, "sienceqa")


def test_every_option_is_explained_with_its_default(capsys):
    with pytest.raises(SystemExit):
        call_command("export_dataset", "--help")
    said = capsys.readouterr().out.partition("options:")[2]
    own = said.partition("--version")[0] + said.partition("of a training set:")[2]
    options = [word for word in own.split("\n  --") if not word.isspace()][1:]
    assert len(options) >= 7
    assert [option for option in options if "default:" not in option] == []


def test_the_page_asks_where_there_is_a_choice(project, two, lena, logged_in):
    address, client = reverse("releases", args=["demo"]), logged_in(lena)
    page = client.get(address).content.decode()
    assert page.count('name="datasets"') == 2
    assert page.count("pope@1") == 1
    assert f"scienceqa at 1 ({CLASHING})" in page
    fields = {"design": "training", "languages": ["de"], "formats": ["parquet"]}
    none = client.post(address, fields)
    assert "Choose at least one dataset." in none.content.decode()
    client.post(address, fields | {"datasets": ["pope@1"]})
    assert Job.objects.get().arguments["wish"]["datasets"] == ["pope@1"]


def test_the_page_asks_nothing_of_a_single_dataset(project, lena, logged_in):
    make_dataset(project, name="pope")
    page = logged_in(lena).get(reverse("releases", args=["demo"])).content.decode()
    assert 'name="datasets"' not in page

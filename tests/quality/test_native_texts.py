"""Native texts from a file to a release: judged like any other, and told apart at the end."""

from __future__ import annotations

import pandas as pd
import pytest
from django.urls import reverse

from annotation import assigning
from annotation.models import Candidate
from quality import adjudicating, comparing
from quality.counting import A_PERSON, cells_of
from tests.annotation.native.texts import WRITTEN, file, taken_in
from tests.factories import judged, make_candidate, make_dataset, make_item, viewer
from tests.quality.test_exporting import _offline, people, released, run

__all__ = ["_offline", "people"]


def accepted_by(people, *candidates):
    for candidate in candidates:
        for user in people:
            judged(candidate, user)
        adjudicating.decide(candidate.pk)


@pytest.fixture
def items(project):
    dataset = make_dataset(project, name="buses")
    return [make_item(project, dataset=dataset, key=key) for key in "abc"]


@pytest.fixture
def natives(items, tmp_path):
    """German texts by people for the first two items."""
    rows = [
        {"key": item.key, "content": WRITTEN, "author": f"writer {item.key}"}
        for item in items[:2]
    ]
    fields = {"licence": "CC-BY-SA-4.0", "attribution": "The street captioners"}
    job = taken_in(items[0].dataset, file(tmp_path, *rows), **fields)
    assert job.result["added"] == 2
    return list(Candidate.objects.filter(origin="native").order_by("item__key"))


@pytest.fixture
def machines(items, natives):
    """The machine's German texts for all three."""
    return [make_candidate(item, origin="regenerated") for item in items]


def rows_of(release, language):
    (path,) = release.folder.glob(f"{language}/*.parquet")
    return pd.read_parquet(path).to_dict("records")


def test_the_native_arm_ships_what_people_wrote(project, people, natives, machines):
    accepted_by(people, *natives, *machines)
    release = released(project, arm="native")
    rows = rows_of(release, "de")
    assert [(row["key"], row["origin"]) for row in rows] == [
        ("a", "native"),
        ("b", "native"),
    ]
    assert {row["caption"] for row in rows} == {WRITTEN["caption"]}
    assert (
        {row["model"] for row in rows} == {row["prompt_hash"] for row in rows} == {""}
    )
    assert rows[0]["licence"] == "CC-BY-4.0 AND CC-BY-SA-4.0"
    assert '"author":"writer a"' in rows[0]["provenance"]
    assert [row["key"] for row in rows_of(release, "en")] == ["a", "b"]
    assert release.left_out == {"not in this arm": 1}


def test_a_release_of_native_texts_names_their_terms(project, people, natives):
    accepted_by(people, *natives)
    release = released(project, arm="native")
    said = (release.folder / "LICENSES.md").read_text()
    assert "## Native texts: street-captions" in said
    assert "> The street captioners" in said
    assert release.manifest["licence"] == "CC-BY-4.0 AND CC-BY-SA-4.0"
    assert release.manifest["native_texts"] == [
        {
            "source": "street-captions",
            "licence": "CC-BY-SA-4.0",
            "attribution": "The street captioners",
        }
    ]
    assert "were written by people" in (release.folder / "README.md").read_text()
    (row, _) = pd.read_parquet(release.folder / "provenance/de.parquet").to_dict(
        "records"
    )
    assert (row["text_source"], row["author"]) == ("street-captions", "writer a")
    assert pd.isna(row["model"])


@pytest.mark.parametrize("arm", ["", "english", "multilingual"])
def test_elsewhere_the_machines_text_goes_out(project, people, natives, machines, arm):
    accepted_by(people, *natives, *machines)
    release = released(project, arm=arm)
    assert release.manifest["native_texts"] == []
    assert release.manifest["licence"] == "CC-BY-4.0"
    assert "Native texts" not in (release.folder / "LICENSES.md").read_text()
    whence = pd.read_parquet(release.folder / "provenance")
    assert set(whence["origin"]) <= {"source", "regenerated"}


def test_a_rejected_text_of_a_machine_is_not_replaced(project, people, natives, items):
    """Or the share that was dropped would look smaller than it is."""
    accepted_by(people, *natives)
    refused, fine = (make_candidate(i, origin="regenerated") for i in items[1:])
    for user in people:
        judged(refused, user, "reject")
    adjudicating.decide(refused.pk)
    accepted_by(people, fine)
    release = released(project)
    assert release.left_out == {"rejected": 1}
    origins = {row["key"]: row["origin"] for row in rows_of(release, "de")}
    assert origins == {"a": "native", "c": "regenerated"}


def test_where_only_people_wrote_their_text_is_in_no_machine_arm(
    project, people, natives, items
):
    accepted_by(people, *natives, make_candidate(items[2], origin="regenerated"))
    release = released(project, arm="english")
    assert [row["key"] for row in rows_of(release, "en")] == ["c"]


def test_a_licence_that_fits_no_release_stops_the_native_arm_alone(
    project, people, items, tmp_path
):
    texts = file(tmp_path, {"key": "a", "content": WRITTEN})
    taken_in(items[0].dataset, texts, licence="CC-BY-NC-4.0")
    native = Candidate.objects.get()
    accepted_by(people, native, make_candidate(items[0], origin="regenerated"))
    job = run(project, arm="native")
    assert job.error == (
        "Works under CC-BY-NC-4.0 cannot share a release with CC-BY-4.0."
    )
    assert released(project).items == 1


def test_an_arm_names_only_datasets_that_it_holds_something_of(
    project, people, natives
):
    other = make_dataset(project, name="trams", licence="CC-BY-NC-4.0")
    tram = make_candidate(make_item(project, dataset=other), origin="regenerated")
    accepted_by(people, *natives, tram)
    manifest = released(project, arm="native").manifest
    assert [named["dataset"] for named in manifest["datasets"]] == ["buses@1"]
    assert "Works under CC-BY-NC-4.0" in run(project).error


def test_two_arms_can_be_compared_text_by_text(project, people, natives, machines):
    accepted_by(people, *natives, *machines)
    found = comparing.compare(released(project), released(project, arm="native"))
    kinds = {
        change.id: change.kind for change in found.shown if change.language == "de"
    }
    assert kinds == {
        "buses@1/a": "changed",
        "buses@1/b": "changed",
        "buses@1/c": "removed",
    }


def test_agreement_can_be_told_for_people_and_machines_apart(
    project, people, natives, machines
):
    accepted_by(people, *natives, *machines)
    cells = [cell for cell in cells_of(project) if cell.place.criterion is None]
    counted = {cell.place.generator: cell.patterns.total() for cell in cells}
    assert counted == {A_PERSON: 2, "test-model": 3}


def test_annotators_meet_both_and_learn_nothing(
    project, people, natives, machines, logged_in
):
    """All five come to Ana; the pages of both sorts differ in the texts alone."""
    ana, client, met = people[0], logged_in(people[0]), {}
    by = viewer(ana)
    for _ in range(5):
        held = assigning.claim(project=project, language="de", by=by)
        page = client.get(reverse("judge", args=[held.pk])).content.decode()
        assert not any(
            word in page
            for word in ("street-captions", "writer", "CC-BY-SA", "test-model")
        )
        met[held.candidate_id] = page
        assigning.skip(assignment=held, by=by, reason="seen")
    assert met.keys() == {c.pk for c in (*natives, *machines)}

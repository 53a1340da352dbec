"""Two releases of one project, held against each other."""

from __future__ import annotations

import shutil
from io import StringIO

import pyarrow as pa
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from annotation.errors import Invalid
from annotation.models import Project
from quality import adjudicating, comparing
from quality.management.commands import compare_releases
from quality.models import Decision, Release
from tests.factories import judged, make_candidate, make_item
from tests.quality.test_exporting import accepted, people, released

__all__ = ["people"]


def decided_anew(candidate, **fields):
    """A newer decision, as a correction or another ruling would bring it."""
    standing = Decision.objects.current().get(candidate=candidate)
    values = {
        "candidate": candidate,
        "policy": standing.policy,
        "outcome": "accepted",
        "reason": "ruled: plainer words",
        "content_json": {"caption": "Ein roter Bus steht an der Haltestelle."},
        "evidence": standing.evidence,
        "checks": standing.checks,
        "replaces": standing,
    }
    Decision.objects.bulk_create([Decision(**(values | fields))])


@pytest.fixture
def two(project, people):
    """One text stays, one is changed, one goes, one waited and one is new."""
    accepted(project, people)
    changed, gone = accepted(project, people), accepted(project, people)
    waited = make_candidate(make_item(project))
    older = released(project)
    decided_anew(changed)
    decided_anew(
        gone, outcome="rejected", reason="ruled: no bus", content_json=None, checks=""
    )
    for user in people:
        judged(waited, user)
    adjudicating.decide(waited.pk)
    accepted(project, people)
    return older, released(project)


def test_every_change_is_counted_with_its_reason(two):
    found = comparing.compare(*two)
    assert found.same == 1 + 2
    assert found.counts == {
        ("added", comparing.NEW): 1,
        ("added", "left out before: not decided yet"): 1,
        ("removed", "rejected"): 1,
        ("added", comparing.SOURCE_IN): 2,
        ("removed", comparing.SOURCE_OUT): 1,
        (
            "changed",
            "majority/2: 3 of 3 accept it as it is; "
            "now majority/2: ruled: plainer words",
        ): 1,
    }
    assert len(found.shown) == found.total == 4 + 3


def test_a_release_is_the_same_as_itself(two):
    found = comparing.compare(two[1], two[1])
    assert (found.same, found.total) == (4 + 4, 0)


def test_only_the_first_changes_are_kept_and_all_are_counted(two):
    found = comparing.compare(*two, most=1)
    assert (len(found.shown), found.total) == (1, 4 + 3)


def test_lost_files_are_said_to_be_lost(two):
    shutil.rmtree(two[0].folder)
    with pytest.raises(Invalid, match="its files are lost"):
        comparing.compare(*two)


def test_the_page_tells_what_changed(two, lena, logged_in):
    page = logged_in(lena).get(reverse("release_changes", args=[two[1].pk]))
    text = page.content.decode()
    assert "3 texts are the same, 7 are not" in text
    assert "left out before: not decided yet" in text
    first = logged_in(lena).get(reverse("release_changes", args=[two[0].pk]))
    assert "Nothing to compare with yet" in first.content.decode()


def test_the_lead_chooses_what_to_compare_with(two, lena, logged_in):
    """Whichever is chosen, changes run from the older to the newer."""
    address, client = reverse("release_changes", args=[two[0].pk]), logged_in(lena)
    text = client.get(address, {"other": 2}).content.decode()
    assert "Changes in <bdi>demo-002</bdi>" in text
    assert "3 texts are the same, 7 are not" in text
    assert '<option value="2" selected>demo-002, training set' in text
    assert 'changes.tsv?other=2"' in text
    refused = client.get(address, {"other": 7})
    assert refused.status_code == 422
    assert "Choose a release of this project." in refused.content.decode()


def test_the_usual_one_is_the_last_before_it_of_the_same_design_and_arm():
    def made(number: int, design: str = "training", arm: str = "") -> Release:
        return Release(number=number, design=design, manifest={"wish": {"arm": arm}})

    all_of_them = [made(1), made(2), made(3, "benchmark"), made(4, arm="english")]
    newest = made(5)
    assert comparing.usual(newest, [*all_of_them, made(6)]) is all_of_them[1]
    assert comparing.usual(made(1), all_of_them) is None


def test_all_changes_come_as_a_table(two, lena, logged_in):
    address = reverse("release_changes_file", args=[two[1].pk])
    client = logged_in(lena)
    response = client.get(address)
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert 'filename="demo-001-to-demo-002.tsv"' in response["Content-Disposition"]
    assert lines[0] == "change\tlanguage\titem\twhy"
    assert len(lines) == 1 + 7
    assert all(line.count("\t") == 3 for line in lines)
    assert client.get(address, {"other": 7}).status_code == 404
    first = client.get(reverse("release_changes_file", args=[two[0].pk]))
    assert b"".join(first.streaming_content).count(b"\n") == 1


def test_the_command_tells_what_changed(two, project):
    out = StringIO()
    call_command("compare_releases", project.code, "1", "2", "--all", stdout=out)
    assert "1 removed: rejected" in out.getvalue()
    assert out.getvalue().count("\tde\t") == 4
    with pytest.raises(CommandError, match="no release 9"):
        call_command("compare_releases", project.code, "1", "9")


def test_the_command_says_how_many_it_does_not_list(two, project, monkeypatch):
    for shown, last in ((2, "and 5 more; --all lists them"), (7, None)):
        monkeypatch.setattr(compare_releases, "SHOWN", shown)
        out = StringIO()
        call_command("compare_releases", project.code, "1", "2", stdout=out)
        lines = out.getvalue().splitlines()
        assert sum("\t" in line for line in lines) == shown
        assert ("--all" in lines[-1]) == bool(last)
        assert last in (None, lines[-1])


def test_reasons_without_end_are_counted_together():
    found = comparing.Comparison(Release(), Release())
    for n in range(comparing.MOST_REASONS + 5):
        found.add(comparing.Change("changed", "de", str(n), f"reason {n}"))
    assert len(found.counts) == comparing.MOST_REASONS + 1
    assert found.counts["changed", comparing.OTHER] == 5


TEXTS = st.dictionaries(
    st.tuples(
        st.sampled_from(["de", "en"]),
        st.sampled_from(["a@1", "a-b@1", "a@1/x"]),
        st.text("ab-/é", min_size=1, max_size=2),
    ),
    st.sampled_from(["one", "two"]),
    max_size=25,
)


def write(release: Release, texts: dict, left_out: dict) -> None:
    """The files of a release as `sidecar` writes them, and sorts them."""
    home = release.folder / "provenance"
    home.mkdir(parents=True, exist_ok=True)
    for code in ("de", "en"):
        own = [(p[1], p[2], text) for p, text in sorted(texts.items()) if p[0] == code]
        columns = {
            "id": [f"{dataset}/{key}" for dataset, key, _ in own],
            "text_sha256": [text for _, _, text in own],
            "decided_by": ["majority/1" for _ in own],
        }
        parquet.write_table(table(columns), home / f"{code}.parquet", row_group_size=4)
    rows = [(*place, why) for place, why in sorted(left_out.items())]
    names = ("language", "dataset", "key", "reason")
    columns = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    parquet.write_table(table(columns), release.folder / "left_out.parquet")


def table(columns: dict[str, list[str]]) -> pa.Table:
    arrays = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    return pa.table(arrays)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(older=TEXTS, newer=TEXTS, out=TEXTS)
def test_the_comparison_is_that_of_two_lists(older, newer, out, monkeypatch):
    """Some datasets begin as others do, and blocks are as small as it gets."""
    monkeypatch.setattr(comparing, "ROWS_AT_ONCE", 3)
    datasets = [{"dataset": name} for name in ("a@1", "a-b@1", "a@1/x")]
    manifest = {"wish": {"english": True, "arm": ""}, "datasets": datasets}
    out = {place: why for place, why in out.items() if place not in newer}
    project = Project(code="demo")
    first, second = (
        Release(project=project, number=n, languages=["de"], manifest=manifest)
        for n in (1, 2)
    )
    write(first, older, {})
    write(second, newer, out)
    found = comparing.Comparison(first, second)
    got = list(comparing.changes(first, second, found))
    both = older.keys() & newer.keys()
    changed = {place for place in both if older[place] != newer[place]}
    kinds = dict.fromkeys(older.keys() - newer.keys(), "removed")
    kinds |= dict.fromkeys(newer.keys() - older.keys(), "added")
    kinds |= dict.fromkeys(changed, "changed")
    assert found.same == len(both - changed)
    assert [(c.kind, c.language, c.id) for c in got] == [
        (kinds[place], place[0], f"{place[1]}/{place[2]}") for place in sorted(kinds)
    ]
    whys = [c.why for c in got if c.kind == "removed"]
    gone = sorted(place for place in kinds if kinds[place] == "removed")
    assert [why for why in whys if why in ("one", "two")] == [
        out[place] for place in gone if place in out
    ]

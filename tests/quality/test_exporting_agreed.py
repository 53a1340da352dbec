"""The agreement that a release states can be computed again from the release."""

from __future__ import annotations

import pytest

from annotation import jobs
from annotation.models import Job
from quality import adjudicating
from quality.agreement import PatternTable, measure
from tests.factories import judged, make_candidate, make_item
from tests.quality.test_exporting import accepted, released


@pytest.fixture
def release(project, ana, bao, chris):
    """Two texts that all three accept, and one they disagree about, which stays."""
    for _ in range(2):
        accepted(project, (ana, bao, chris))
    contested = make_candidate(make_item(project))
    for user, verdict in ((ana, "accept"), (bao, "reject"), (chris, "reject")):
        judged(contested, user, verdict)
    adjudicating.decide(contested.pk)
    jobs.run(jobs.ask(Job.Kind.MEASURE, project=project).pk)
    return released(project)


def entry_of(release, criterion="verdict"):
    (found,) = (
        e
        for e in release.manifest["agreement"]
        if (e["criterion"], e["language"]) == (criterion, "de")
    )
    return found


def test_every_value_and_hash_follows_from_the_table_beside_it(release):
    assert release.manifest["agreement"]
    for told in release.manifest["agreement"]:
        table = PatternTable.from_json(told["table"])
        assert table.digest() == told["table_sha256"]
        again = [e.to_json() for e in measure(table, told["scale"])]
        assert again == told["estimates"]
        assert list(table.label_counts) == told["label_counts"]
        assert len(told["labels"]) == table.n_categories


def test_the_entry_says_what_was_counted_by_whom_under_which_rubric(release, project):
    told = entry_of(release)
    assert told["rubric"] == str(project.rubric)
    counts = {name: told[name] for name in ("items", "pairable", "ratings", "raters")}
    assert counts == {"items": 3, "pairable": 3, "ratings": 9, "raters": 3}
    assert release.items == 2
    assert dict(zip(told["labels"], told["label_counts"], strict=True)) == {
        "Accept": 7,
        "Accept with edits": 0,
        "Reject": 2,
        "Cannot judge": 0,
    }


def test_the_card_says_that_the_table_covers_what_was_not_shipped(release, project):
    card = (release.folder / "README.md").read_text("utf-8")
    assert f"judged by the rubric {project.rubric}, also what is not in this" in card

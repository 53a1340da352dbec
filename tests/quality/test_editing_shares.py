"""How often a writer's texts are replaced by edited ones, and how much is changed."""

from __future__ import annotations

import pytest

from quality import adjudicating
from quality.editing_shares import editing_shares
from tests.factories import judged, make_candidate, make_item, make_project


@pytest.fixture
def project(db):
    return make_project(overlap=1)


def test_nobody_edited_says_nothing(project, ana):
    candidate = make_candidate(make_item(project))
    judged(candidate, ana)
    adjudicating.decide(candidate.pk)
    assert editing_shares(project) == []


def test_edits_count_beside_the_writer_they_came_from(project, ana):
    one, other = (make_candidate(make_item(project)) for _ in range(2))
    judged(one, ana)
    text = one.content_json["caption"]
    edited = {"caption": text.replace("roter", "gelber")}
    judged(other, ana, "accept_with_edits", edited=edited)
    for candidate in (one, other):
        adjudicating.decide(candidate.pk)
    (row,) = editing_shares(project)
    assert (row.language, row.generator) == ("de", "test-model")
    assert (row.decided, row.replaced, row.share_percent) == (2, 1, 50)
    assert row.median == pytest.approx(len("gelber") / len(edited["caption"]))

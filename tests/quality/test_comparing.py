"""Two releases of one project, held against each other."""

from __future__ import annotations

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from annotation.errors import Invalid
from quality import adjudicating, comparing
from quality.models import Decision
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
            "majority/1: 3 of 3 accept it as it is; "
            "now majority/1: ruled: plainer words",
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
    assert "Nothing to compare with" in first.content.decode()


def test_the_command_tells_what_changed(two, project):
    out = StringIO()
    call_command("compare_releases", project.code, "1", "2", stdout=out)
    assert "1 removed: rejected" in out.getvalue()
    with pytest.raises(CommandError, match="no release 9"):
        call_command("compare_releases", project.code, "1", "9")

"""Edited texts leave once somebody else has accepted them, with where they come from."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from annotation.models import Authorship, Control, Job
from annotation.proposing import mark_control
from quality import adjudicating
from quality.models import Decision
from tests.factories import judged, make_candidate, make_item
from tests.quality.test_exporting import _offline, accepted, people, released, run

__all__ = ["_offline", "people"]

EDITED = {"caption": "Ein roter Bus steht an der Haltestelle."}


@pytest.fixture
def candidate(project):
    return make_candidate(make_item(project))


def edited_by_two(candidate, people):
    """Ana accepts it, Bao and Chris edit it alike; the edited candidate."""
    for user, edited in zip(people, (None, EDITED, EDITED), strict=True):
        verdict = "accept_with_edits" if edited else "accept"
        judged(candidate, user, verdict, edited=edited)
    adjudicating.decide(candidate.pk)
    return candidate.revised_by.get()


def second_look(edited, ana):
    judged(edited, ana)
    adjudicating.decide(edited.pk)


def whence(release):
    (row,) = pd.read_parquet(release.folder / "provenance/de.parquet").to_dict(
        "records"
    )
    return row


def test_it_waits_for_a_second_person(project, people):
    accepted(project, people)
    edited_by_two(make_candidate(make_item(project)), people)
    release = released(project)
    assert release.left_out == {"its edited text is not judged yet": 1}
    assert (release.items, release.manifest["edited"]) == (1, 0)
    assert "`edited`" not in (release.folder / "README.md").read_text()


def test_it_leaves_in_the_place_of_the_first_text(project, candidate, people):
    edited = edited_by_two(candidate, people)
    second_look(edited, people[0])
    release = released(project)
    (path,) = release.folder.glob("de/*.parquet")
    (row,) = pd.read_parquet(path).to_dict("records")
    assert (row["caption"], row["origin"]) == (EDITED["caption"], "edited")
    assert (row["candidate_id"], row["model"]) == (edited.pk, "test-model")
    assert json.loads(row["provenance"]) == {"revises_candidate": candidate.pk}
    assert (release.left_out, release.manifest["edited"]) == ({}, 1)
    assert "`edited`" in (release.folder / "README.md").read_text()


def test_its_provenance_names_each_edit_and_nobody(project, candidate, people):
    edited = edited_by_two(candidate, people)
    second_look(edited, people[0])
    release = released(project)
    row = whence(release)
    assert (row["origin"], row["first_candidate_id"]) == ("edited", candidate.pk)
    assert row["model"] == "test-model"
    (edit,) = json.loads(row["edits"])
    assert edit["candidate_id"] == edited.pk
    assert (edit["revises"], edit["before"]) == (candidate.pk, candidate.content_json)
    assert edit["editors"] == sorted(project.pseudonym(p.pk) for p in people[1:])
    said = candidate.judgments.filter(verdict="accept_with_edits")
    assert edit["judgments"] == sorted(str(judgment.pk) for judgment in said)
    assert edit["at"] == f"{edited.created_at:%Y-%m-%dT%H:%M:%SZ}"
    judgments = pd.read_parquet(release.folder / "judgments/de.parquet")
    assert list(judgments["candidate_id"]) == [candidate.pk] * 3 + [edited.pk]


def test_texts_that_nobody_edited_have_no_edits(project, people):
    accepted(project, people)
    row = whence(released(project))
    assert pd.isna(row["first_candidate_id"])
    assert pd.isna(row["edits"])


def test_the_same_state_gives_the_same_bytes(project, candidate, people):
    second_look(edited_by_two(candidate, people), people[0])
    first, second = released(project), released(project)
    assert first.archive.read_bytes() == second.archive.read_bytes()


def test_an_edit_of_a_rejected_edit_never_leaves(project, candidate, people, adam):
    edited = edited_by_two(candidate, people)
    judged(edited, people[0], "reject")
    adjudicating.decide(edited.pk)
    job = run(project)
    assert job.state == Job.State.FAILED
    assert "contested: 1" in job.error


def test_what_was_revised_never_leaves(project, candidate, people):
    """Not even if it were the newest: the decision says so."""
    edited = edited_by_two(candidate, people)
    second_look(edited, people[0])
    standing = Decision.objects.current().get(candidate=edited)
    Decision.objects.create(
        candidate=edited,
        policy=project.policy,
        outcome="revised",
        reason="again",
        evidence="1" * 64,
        replaces=standing,
    )
    assert "revised: replaced by an edited text: 1" in run(project).error


def test_an_edit_of_a_spoiled_control_stays(project, candidate, people):
    mark_control(
        candidate=candidate,
        design=Control.Design.SPOILED,
        expected_verdict="reject",
        reason="made so",
    )
    second_look(edited_by_two(candidate, people), people[0])
    assert "spoiled on purpose, as a control: 1" in run(project).error


def test_an_edit_keeps_the_terms_of_a_persons_text(project, people):
    native = make_candidate(make_item(project), origin="native")
    Authorship.objects.create(
        candidate=native, source="stories", licence="CC-BY-SA-4.0", attribution="A"
    )
    second_look(edited_by_two(native, people), people[0])
    release = released(project, arm="native")
    assert release.manifest["licence"] == "CC-BY-4.0 AND CC-BY-SA-4.0"
    row = whence(release)
    assert (row["origin"], row["text_source"]) == ("edited", "stories")

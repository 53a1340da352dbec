"""What the policies make of the verdicts, as tables."""

import pytest

from annotation.models import Project
from quality.policies import POLICIES, Vote, edited_text, majority

A, R, C = Vote("accept"), Vote("reject"), Vote("cannot_judge")
E1, E2 = Vote("accept_with_edits", '{"a":1}'), Vote("accept_with_edits", '{"a":2}')


@pytest.mark.parametrize(
    ("votes", "outcome", "text"),
    [
        ([A], "accepted", "candidate"),
        ([A, A, R], "accepted", "candidate"),
        ([A, R, R], "rejected", "none"),
        ([A, R], "contested", "none"),
        ([A, R, E1], "contested", "none"),
        ([E1, E1, R], "accepted", "edited"),
        ([E1, E2, A], "contested", "none"),
        ([E1, E2, E1], "contested", "none"),
        ([C, C, A], "contested", "none"),
        ([A, A, R, R], "contested", "none"),
        ([A, A, A, R, E1], "accepted", "candidate"),
    ],
)
def test_majority(votes, outcome, text):
    verdict = majority(votes)
    assert (verdict.outcome, verdict.text) == (outcome, text)


@pytest.mark.parametrize(
    ("votes", "edits", "outcome", "text"),
    [
        ([A], 0, "accepted", "candidate"),
        ([A], 2, "accepted", "candidate"),
        ([A, A, E1], 1, "accepted", "candidate"),
        ([E1], 0, "revised", "edited"),
        ([E1, E1, A], 0, "revised", "edited"),
        ([E1], 1, "revised", "edited"),
        ([E1], 2, "contested", "none"),
        ([E1, E2, A], 0, "contested", "none"),
        ([R], 0, "rejected", "none"),
        ([R], 1, "contested", "none"),
        ([C], 1, "contested", "none"),
        ([], 1, "contested", "none"),
    ],
)
def test_majority_with_second_looks(votes, edits, outcome, text):
    verdict = POLICIES["majority/2"].conclude(votes, edits)
    assert verdict.outcome == outcome
    if outcome in ("accepted", "revised"):
        assert verdict.text == text


def test_the_first_policy_stays_as_it_was_however_often_a_text_was_edited():
    first = POLICIES["majority/1"]
    assert first.conclude([E1], 2) == majority([E1])
    assert not first.edits_are_judged


def test_new_projects_decide_by_the_newest_policy():
    newest = list(POLICIES)[-1]
    assert Project._meta.get_field("policy").default == newest


def test_the_order_of_the_votes_changes_nothing():
    assert majority([A, R, E1]) == majority([E1, R, A])


def test_the_reason_counts_the_votes():
    assert majority([A, R]).reason == "no majority: 1 accept, 1 reject"
    assert majority([A, A, R]).reason == "2 of 3 accept it as it is"


def test_edited_text_is_the_one_that_was_edited():
    assert edited_text([A, E1]) == '{"a":1}'

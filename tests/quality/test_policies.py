"""What the first policy makes of the verdicts, as a table."""

import pytest

from quality.policies import Vote, edited_text, majority

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


def test_the_order_of_the_votes_changes_nothing():
    assert majority([A, R, E1]) == majority([E1, R, A])


def test_the_reason_counts_the_votes():
    assert majority([A, R]).reason == "no majority: 1 accept, 1 reject"
    assert majority([A, A, R]).reason == "2 of 3 accept it as it is"


def test_edited_text_is_the_one_that_was_edited():
    assert edited_text([A, E1]) == '{"a":1}'

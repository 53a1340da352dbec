"""Decisions follow from their evidence, and a ruling settles what is contested."""

from __future__ import annotations

import pytest

from annotation import jobs, judging
from annotation.errors import Conflict, Invalid, NotAllowed
from annotation.models import Event, Job
from annotation.settling import is_settled
from quality import adjudicating
from quality.models import Decision, Ruling
from tests.factories import answer, enrol, judged, make_candidate, make_item, viewer

EDITED = {"caption": "Ein roter Bus steht an der Haltestelle."}


@pytest.fixture
def candidate(project):
    return make_candidate(make_item(project))


@pytest.fixture
def contested(candidate, ana, bao, chris):
    judged(candidate, ana, "accept")
    judged(candidate, bao, "reject")
    judged(candidate, chris, "accept_with_edits", edited=EDITED)
    candidate.refresh_from_db()
    adjudicating.decide(candidate.pk)
    return candidate


def rule(candidate, user, **fields):
    own = candidate.content_json
    values = {"outcome": "accept", "content": own, "reason": "Ana is right."}
    return adjudicating.rule(candidate=candidate, by=viewer(user), **(values | fields))


def current(candidate):
    return Decision.objects.current().get(candidate=candidate)


def test_an_incomplete_candidate_has_no_decision(candidate, ana):
    judged(candidate, ana)
    assert adjudicating.decide(candidate.pk) is None


def test_a_majority_accepts_the_candidate(candidate, ana, bao, chris):
    for user, verdict in ((ana, "accept"), (bao, "reject"), (chris, "accept")):
        judged(candidate, user, verdict)
    decision = adjudicating.decide(candidate.pk)
    assert decision.outcome == "accepted"
    assert decision.content_json == candidate.content_json


def test_the_first_policy_accepts_equal_edits(candidate, project, ana, bao, chris):
    project.policy = "majority/1"
    project.save()
    judged(candidate, ana, "accept")
    for user in (bao, chris):
        judged(candidate, user, "accept_with_edits", edited=EDITED)
    assert adjudicating.decide(candidate.pk).content_json == EDITED


def test_the_same_evidence_is_the_same_decision(contested):
    assert adjudicating.decide(contested.pk) == current(contested)
    assert Decision.objects.count() == 1


def test_a_correction_makes_a_new_decision_that_replaces_the_old(contested, bao):
    judgment = contested.judgments.get(annotator=bao)
    said = answer(contested, "accept")
    judging.correct(judgment=judgment, by=viewer(bao), answer=said)
    new = adjudicating.decide(contested.pk)
    assert (new.outcome, Decision.objects.count()) == ("accepted", 2)
    assert new.replaces.outcome == "contested"


def test_the_decide_job_decides_and_asks_for_a_measurement(
    candidate, ana, bao, chris, project
):
    for user in (ana, bao, chris):
        judged(candidate, user)
    done = jobs.run(Job.objects.get(kind=Job.Kind.DECIDE).pk)
    assert done.state == Job.State.DONE
    assert current(candidate).outcome == "accepted"
    assert Job.objects.filter(kind=Job.Kind.MEASURE).count() == 1


def test_a_correction_just_before_the_ruling_is_decided_first(contested, bao, adam):
    judgment = contested.judgments.get(annotator=bao)
    said = answer(contested, "accept")
    judging.correct(judgment=judgment, by=viewer(bao), answer=said)
    with pytest.raises(Conflict, match="not contested"):
        rule(contested, adam)
    assert not Ruling.objects.exists()
    assert adjudicating.decide(contested.pk).outcome == "accepted"


def test_a_ruling_settles_the_item_with_its_text(contested, adam):
    ruling = rule(contested, adam)
    decision = current(contested)
    own = contested.content_json
    assert (decision.outcome, decision.content_json) == ("accepted", own)
    assert decision.reason == "ruled: Ana is right."
    contested.refresh_from_db()
    assert is_settled(contested)
    assert Event.objects.get(kind=Event.Kind.RULED).subject == f"ruling:{ruling.pk}"


def test_a_ruling_may_reject(contested, adam):
    rule(contested, adam, outcome="reject", content=None)
    assert current(contested).outcome == "rejected"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"outcome": "maybe"}, "Choose"),
        ({"reason": "  "}, "reason"),
        ({"content": {}}, "accepted text"),
        ({"content": {"caption": "x\ufffd"}}, "fault"),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused(contested, adam, fields, reason):
    with pytest.raises(Invalid, match=reason):
        rule(contested, adam, **fields)
    assert not Ruling.objects.exists()


def test_two_rulings_on_one_item_are_refused(contested, adam, project):
    rule(contested, adam)
    with pytest.raises(Conflict, match="in the meantime"):
        rule(contested, adam)
    assert Ruling.objects.count() == 1


def test_a_reason_has_a_limit(contested, adam):
    with pytest.raises(Invalid, match="at most 5,000"):
        rule(contested, adam, reason="x" * (adjudicating.MAX_REASON + 1))


def test_nobody_rules_on_an_item_they_judged(contested, ana, project):
    enrol(ana, project, "adjudicator")
    with pytest.raises(NotAllowed, match="judged this item yourself"):
        rule(contested, ana)


def test_ruling_is_for_adjudicators(contested, lena):
    with pytest.raises(NotAllowed, match="adjudicator"):
        rule(contested, lena)


def test_what_is_not_contested_needs_no_ruling(candidate, ana, bao, chris, adam):
    for user in (ana, bao, chris):
        judged(candidate, user)
    adjudicating.decide(candidate.pk)
    with pytest.raises(Conflict, match="not contested"):
        rule(candidate, adam)


def test_contested_lists_what_waits_for_a_ruling(contested, adam, olga, project):
    assert [d.candidate for d in adjudicating.contested(viewer(adam), project)] == [
        contested
    ]
    assert not adjudicating.contested(viewer(olga), project)
    rule(contested, adam)
    assert not adjudicating.contested(viewer(adam), project)


def test_tally_counts_every_candidate_once(contested, project, ana):
    judged(make_candidate(make_item(project)), ana)
    assert adjudicating.tally(project)["de"] == {
        "candidates": 2,
        "accepted": 0,
        "rejected": 0,
        "contested": 1,
        "revised": 0,
        "incomplete": 1,
    }

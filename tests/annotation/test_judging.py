"""A judgment is written once, kept for ever, and corrected by another row."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections

from annotation import answering, assigning, judging
from annotation.errors import Conflict, Invalid, NotAllowed
from annotation.models import Event, Job, Judgment, Slot
from annotation.settling import settle
from annotation.visibility import Viewer
from tests.annotation.test_assigning import expire
from tests.factories import (
    CANDIDATES,
    answer,
    assign,
    enrol,
    judged,
    make_candidate,
    make_item,
    make_project,
    make_user,
    viewer,
)


def submit(assignment, user, said):
    return judging.submit(assignment=assignment, by=viewer(user), answer=said)


@pytest.fixture
def candidate(project):
    return make_candidate(make_item(project))


def test_submit_fills_the_slot_and_writes_the_ratings(candidate, ana):
    held = assign(candidate, ana)
    judgment = submit(held, ana, answer(candidate, note=" clear "))
    assert judgment.note == "clear"
    assert Slot.objects.get(pk=judgment.slot_id).state == Slot.State.FILLED
    assert {r.criterion.code: r.value for r in judgment.ratings.all()} == {
        "adequacy": 4,
        "fluency": 4,
        "ungrounded": 0,
    }
    assert Event.objects.filter(kind=Event.Kind.JUDGED).count() == 1


def test_the_same_submit_twice_is_one_judgment(candidate, ana):
    held, said = assign(candidate, ana), answer(candidate)
    assert submit(held, ana, said) == submit(held, ana, said)
    assert Judgment.objects.count() == 1
    assert Event.objects.filter(kind=Event.Kind.JUDGED).count() == 1


def test_the_same_id_with_another_answer_is_a_conflict(candidate, ana):
    held, said = assign(candidate, ana), answer(candidate)
    submit(held, ana, said)
    with pytest.raises(Conflict, match="id was used"):
        submit(held, ana, answer(candidate, "reject", id=said.id))


def test_another_persons_submit_id_is_a_conflict(candidate, ana, bao):
    said = answer(candidate)
    submit(assign(candidate, ana), ana, said)
    with pytest.raises(Conflict):
        submit(assign(candidate, bao), bao, said)


def test_a_second_answer_to_one_item_is_a_conflict(candidate, ana):
    held = assign(candidate, ana)
    submit(held, ana, answer(candidate))
    with pytest.raises(Conflict, match="already answered"):
        submit(held, ana, answer(candidate, "reject"))


def test_a_note_has_a_limit_whichever_door_it_comes_through(candidate, ana):
    long = answer(candidate, note="x" * (judging.MAX_NOTE + 1))
    with pytest.raises(Invalid, match="at most 5,000"):
        submit(assign(candidate, ana), ana, long)


def test_submit_is_for_the_person_who_holds_the_item(candidate, ana, bao):
    with pytest.raises(NotAllowed, match="someone else"):
        submit(assign(candidate, ana), bao, answer(candidate))


@pytest.mark.parametrize(
    ("verdict", "fields", "reason"),
    [
        ("maybe", {}, "Choose a verdict"),
        ("accept", {"ratings": {}}, "needs an answer"),
        ("accept", {"ratings": {"adequacy": 9}}, "Choose one"),
        ("accept", {"ratings": {"style": 1}}, "does not ask"),
        ("accept", {"edited": {"caption": "x"}}, "goes with the verdict"),
        ("accept_with_edits", {"edited": None}, "edited text"),
        ("accept_with_edits", {"edited": {"text": "x"}}, "no such field"),
        ("accept_with_edits", {"edited": CANDIDATES["caption"]}, "changed nothing"),
    ],
)
def test_an_answer_that_breaks_a_rule_is_refused(
    candidate, ana, verdict, fields, reason
):
    held = assign(candidate, ana)
    with pytest.raises(Invalid, match=reason):
        submit(held, ana, answer(candidate, verdict, **fields))
    assert not Judgment.objects.exists()


def test_an_edited_key_is_refused_with_its_finding(project, ana):
    candidate = make_candidate(make_item(project, "multiple_choice"))
    edited = CANDIDATES["multiple_choice"] | {"key": "B"}
    said = answer(candidate, "accept_with_edits", edited=edited)
    with pytest.raises(Invalid) as caught:
        submit(assign(candidate, ana), ana, said)
    assert [finding.severity for finding in caught.value.findings] == ["block"]


def test_who_cannot_judge_need_not_rate(candidate, ana):
    said = answer(candidate, "cannot_judge", ratings={})
    assert submit(assign(candidate, ana), ana, said).ratings.count() == 0


def test_the_edited_text_is_kept(candidate, ana):
    edited = {"caption": "Ein roter Bus steht an der Haltestelle."}
    judgment = judged(candidate, ana, "accept_with_edits", edited=edited)
    assert judgment.edited_json == edited


def test_the_last_judgment_completes_the_candidate(candidate, ana, bao, chris):
    for user in (ana, bao):
        judged(candidate, user)
        candidate.refresh_from_db()
        assert candidate.complete_at is None
    judged(candidate, chris)
    candidate.refresh_from_db()
    assert candidate.complete_at is not None
    assert Job.objects.get().kind == Job.Kind.DECIDE


def test_a_late_submit_counts_while_its_slot_is_free(candidate, ana):
    held = assign(candidate, ana)
    expire(held)
    assigning.reopen_expired()
    assert submit(held, ana, answer(candidate)).slot_id is not None


def test_who_submitted_late_is_not_given_the_same_item_again(project, ana):
    candidate = make_candidate(make_item(project))
    other = make_candidate(make_item(project))
    held = assign(candidate, ana)
    expire(held)
    assigning.reopen_expired()
    submit(held, ana, answer(candidate))
    next_one = assigning.claim(project=project, language="de", by=viewer(ana))
    assert next_one.candidate == other


def test_a_late_submit_is_kept_as_surplus_when_all_slots_are_taken(project, ana, bao):
    candidate = make_candidate(make_item(project), needed=1)
    held = assign(candidate, ana)
    expire(held)
    judged(candidate, bao)
    late = submit(held, ana, answer(candidate, note="late but written"))
    assert late.slot_id is None
    assert Judgment.objects.current().counted().count() == 1


def test_a_late_submit_takes_a_slot_whose_lease_ran_out(project, ana, bao):
    candidate = make_candidate(make_item(project), needed=1)
    held = assign(candidate, ana)
    expire(held)
    expire(assign(candidate, bao))
    assert submit(held, ana, answer(candidate)).slot_id is not None


def test_a_late_submit_does_not_take_a_slot_somebody_holds(project, ana, bao):
    candidate = make_candidate(make_item(project), needed=1)
    held = assign(candidate, ana)
    expire(held)
    taken = assign(candidate, bao)
    assert submit(held, ana, answer(candidate)).slot_id is None
    assert submit(taken, bao, answer(candidate)).slot_id == taken.slot_id


def test_an_expired_lease_nobody_took_is_still_ones_own(candidate, ana):
    held = assign(candidate, ana)
    expire(held)
    assert submit(held, ana, answer(candidate)).slot_id == held.slot_id


@pytest.mark.parametrize(("spent", "seconds"), [(None, 7200), (40, 40), (9999, 7200)])
def test_a_browser_may_tell_of_less_time_than_the_lease_never_of_more(
    candidate, ana, spent, seconds
):
    held = assign(candidate, ana)
    expire(held)
    judgment = submit(held, ana, answer(candidate, spent=spent))
    assert judgment.seconds == pytest.approx(seconds, abs=5)


def test_correct_adds_a_row_that_names_the_one_it_replaces(candidate, ana):
    first = judged(candidate, ana)
    second = judging.correct(
        judgment=first, by=viewer(ana), answer=answer(candidate, "reject")
    )
    assert second.replaces == first
    assert list(Judgment.objects.current()) == [second]
    assert second.slot_id == first.slot_id
    assert second.seconds == first.seconds


def test_correct_twice_from_two_tabs_is_a_conflict(candidate, ana):
    first = judged(candidate, ana)
    by = viewer(ana)
    judging.correct(judgment=first, by=by, answer=answer(candidate, "reject"))
    with pytest.raises(Conflict, match="corrected this answer already"):
        judging.correct(judgment=first, by=by, answer=answer(candidate))


def test_the_same_correction_twice_is_one_row(candidate, ana):
    first, said = judged(candidate, ana), answer(candidate, "reject")
    rows = {
        judging.correct(judgment=first, by=viewer(ana), answer=said).pk
        for _ in range(2)
    }
    assert rows == {said.id}
    assert Judgment.objects.count() == 2


def test_correct_is_for_the_author(candidate, ana, bao):
    with pytest.raises(NotAllowed, match="author"):
        judging.correct(
            judgment=judged(candidate, ana), by=viewer(bao), answer=answer(candidate)
        )


def test_a_settled_item_keeps_its_answers(candidate, ana):
    first = judged(candidate, ana)
    settle(candidate.pk)
    with pytest.raises(Conflict, match="settled"):
        judging.correct(judgment=first, by=viewer(ana), answer=answer(candidate))


def test_who_may_see_the_others_answers_no_longer_corrects(project, ana, bao):
    candidate = make_candidate(make_item(project), needed=1)
    first = judged(candidate, ana)
    enrol(ana, project, "adjudicator")
    with pytest.raises(Conflict, match="seen the others"):
        judging.correct(judgment=first, by=viewer(ana), answer=answer(candidate))


def test_a_narrow_token_does_not_hide_what_its_person_may_see(project, ana):
    candidate = make_candidate(make_item(project), needed=1)
    first = judged(candidate, ana)
    enrol(ana, project, "lead")
    only = Viewer.of_user(ana, only=(project.pk, "annotator"))
    with pytest.raises(Conflict, match="seen the others"):
        judging.correct(judgment=first, by=only, answer=answer(candidate))


def test_criteria_depend_on_the_content_kind(project):
    rubric = project.rubric
    asked = {
        kind: [c.code for c in answering.criteria_for(rubric, kind)]
        for kind in ("caption", "yes_no")
    }
    assert asked == {
        "caption": ["adequacy", "fluency", "ungrounded"],
        "yes_no": ["adequacy", "fluency", "key_preserved"],
    }


def _together(people, attempt):
    barrier = threading.Barrier(len(people))

    def run(person):
        try:
            barrier.wait()
            return attempt(person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


@pytest.mark.django_db(transaction=True)
def test_eight_identical_submits_at_once_are_one_judgment():
    project = make_project()
    ana = enrol(make_user("ana"), project, "annotator", ["de"])
    by = viewer(ana)
    for _ in range(20):
        candidate = make_candidate(make_item(project, image=False))
        held, said = assign(candidate, ana), answer(candidate)
        ids = _together(
            range(8),
            lambda _, held=held, said=said: (
                judging.submit(assignment=held, by=by, answer=said).pk
            ),
        )
        assert set(ids) == {said.id}
    assert Judgment.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_three_people_submitting_at_once_complete_the_candidate():
    project = make_project(overlap=3)
    people = [
        enrol(make_user(name), project, "annotator", ["de"])
        for name in ("ana", "bao", "chris")
    ]
    for _ in range(20):
        candidate = make_candidate(make_item(project, image=False))
        held = {user.pk: assign(candidate, user) for user in people}
        viewers = {user.pk: viewer(user) for user in people}
        _together(
            people,
            lambda user, held=held, viewers=viewers, candidate=candidate: (
                judging.submit(
                    assignment=held[user.pk],
                    by=viewers[user.pk],
                    answer=answer(candidate, id=uuid4()),
                )
            ),
        )
        candidate.refresh_from_db()
        assert candidate.complete_at is not None


def test_what_was_skipped_is_not_answered(candidate, ana):
    held = assign(candidate, ana)
    assigning.skip(assignment=held, by=viewer(ana), reason="too dark")
    with pytest.raises(Conflict, match="skipped"):
        submit(held, ana, answer(candidate))

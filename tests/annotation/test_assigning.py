"""Two people never hold the same slot, and nothing open is ever out of reach."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections
from django.db.models import Max

from annotation import assigning
from annotation.errors import Conflict, Invalid, NotAllowed, NothingLeft
from annotation.models import Assignment, Event, QueueCursor, Slot
from tests.factories import (
    assign,
    enrol,
    make_candidate,
    make_item,
    make_project,
    make_user,
    viewer,
)
from tests.races import race

RACES = 1000


def claim(candidate, user):
    return assigning.claim(
        project=candidate.project, language=candidate.language, by=viewer(user)
    )


def expire(assignment):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotation_slot SET leased_until = now() - interval '1 second' "
            "WHERE id = %s",
            [assignment.slot_id],
        )
        cursor.execute(
            "UPDATE annotation_assignment SET leased_at = now() - interval '2 hours', "
            "leased_until = now() - interval '1 hour' WHERE id = %s",
            [assignment.pk],
        )


def test_a_new_candidate_opens_as_many_slots_as_the_overlap(project):
    candidate = make_candidate(make_item(project))
    assert [s.number for s in candidate.slots.order_by("number")] == [1, 2, 3]


def test_claim_leases_a_slot_until_a_time(project, ana):
    candidate = make_candidate(make_item(project))
    assignment = claim(candidate, ana)
    assert assignment.candidate == candidate
    lasts = assignment.leased_until - assignment.leased_at
    assert lasts.total_seconds() == project.lease_minutes * 60
    assert assignment.slot.state == Slot.State.LEASED
    assert Event.objects.filter(kind=Event.Kind.CLAIMED, user=ana).count() == 1


def test_what_is_mixed_in_waits_among_the_rest_ahead_of_every_cursor(project, ana):
    waiting = [make_candidate(make_item(project)) for _ in range(6)]
    claim(waiting[0], ana)
    after = QueueCursor.objects.get().position
    last = Slot.objects.aggregate(last=Max("position"))["last"]
    late = [make_candidate(make_item(project), open_slots=False) for _ in range(4)]
    assigning.mix_in(late)
    mixed = Slot.objects.filter(candidate__in=late).values_list("position", flat=True)
    assert len(mixed) == 4 * project.overlap
    assert after < min(mixed) <= max(mixed) <= last


def test_who_took_one_of_two_at_the_same_place_meets_the_other_next(project, ana):
    first, mixed, last = (make_candidate(make_item(project), needed=1) for _ in "abc")
    place = first.slots.get().position
    mixed.slots.update(position=place)
    met = []
    for _ in range(3):
        held = claim(first, ana)
        met.append(held.candidate)
        Slot.objects.filter(pk=held.slot_id).update(state="filled", leased_until=None)
        Assignment.objects.filter(pk=held.pk).update(
            ended_at=held.leased_at, ending="submitted"
        )
    assert set(met[:2]) == {first, mixed}
    assert met[2] == last


def test_what_is_mixed_into_an_empty_queue_comes_after_what_was_there(project, ana):
    (first, *late) = [
        make_candidate(make_item(project), open_slots=False) for _ in range(3)
    ]
    assigning.mix_in([first])
    assert assign(first, ana).candidate == first
    Slot.objects.filter(candidate=first).update(state="filled", leased_until=None)
    assigning.mix_in(late)
    after = QueueCursor.objects.get().position
    assert not Slot.objects.filter(candidate__in=late, position__lte=after).exists()


def test_claim_gives_two_people_two_slots(project, ana, bao):
    candidate = make_candidate(make_item(project))
    assert claim(candidate, ana).slot_id != claim(candidate, bao).slot_id


def test_claim_again_gives_back_what_one_holds(project, ana):
    candidate = make_candidate(make_item(project))
    make_candidate(make_item(project))
    assert claim(candidate, ana) == claim(candidate, ana)
    assert Event.objects.filter(kind=Event.Kind.CLAIMED).count() == 1


def test_nobody_gets_one_candidate_twice(project, ana):
    candidate = make_candidate(make_item(project))
    assigning.skip(assignment=claim(candidate, ana), by=viewer(ana), reason="blurred")
    with pytest.raises(NothingLeft):
        claim(candidate, ana)


def test_a_skipped_slot_goes_to_somebody_whose_cursor_has_passed_it(project, ana, bao):
    first = make_candidate(make_item(project), needed=1)
    second = make_candidate(make_item(project), needed=1)
    held = claim(first, ana)
    assert claim(first, bao).candidate == second
    assigning.skip(assignment=held, by=viewer(ana), reason="blurred")
    bao_holds = Assignment.objects.get(annotator=bao, ended_at=None)
    assigning.skip(assignment=bao_holds, by=viewer(bao), reason="blurred")
    assert claim(first, bao).candidate == first


def test_skip_needs_a_reason(project, ana):
    held = claim(make_candidate(make_item(project)), ana)
    with pytest.raises(Invalid, match="why"):
        assigning.skip(assignment=held, by=viewer(ana), reason="  ")


def test_nobody_skips_for_somebody_else(project, ana, bao):
    held = claim(make_candidate(make_item(project)), ana)
    with pytest.raises(NotAllowed, match="someone else"):
        assigning.skip(assignment=held, by=viewer(bao), reason="mine now")
    held.refresh_from_db()
    assert held.ended_at is None


def test_skip_of_an_ended_assignment_is_refused(project, ana):
    held = claim(make_candidate(make_item(project)), ana)
    assigning.skip(assignment=held, by=viewer(ana), reason="blurred")
    with pytest.raises(Conflict):
        assigning.skip(assignment=held, by=viewer(ana), reason="again")


def test_an_expired_lease_goes_to_the_next_person_and_back(project, ana, bao):
    candidate = make_candidate(make_item(project), needed=1)
    held = claim(candidate, ana)
    expire(held)
    assert claim(candidate, bao).slot_id == held.slot_id
    held.refresh_from_db()
    assert held.ending == Assignment.Ending.EXPIRED
    with pytest.raises(NothingLeft):
        claim(candidate, ana)


def test_the_sweeper_ends_leases_whose_time_is_up(project, ana):
    held = claim(make_candidate(make_item(project)), ana)
    assert assigning.reopen_expired() == 0
    expire(held)
    assert assigning.reopen_expired() == 1
    held.slot.refresh_from_db()
    assert held.slot.state == Slot.State.OPEN


def test_claim_needs_enrolment_in_that_language(project, ana):
    candidate = make_candidate(make_item(project))
    with pytest.raises(NotAllowed, match="Italian"):
        assigning.claim(project=candidate.project, language="it", by=viewer(ana))


def test_claim_is_for_annotators(project, lena):
    candidate = make_candidate(make_item(project))
    with pytest.raises(NotAllowed):
        claim(candidate, lena)


def test_each_language_has_a_queue_of_its_own(project, ana):
    make_candidate(make_item(project), language="fr")
    with pytest.raises(NothingLeft):
        assigning.claim(project=project, language="de", by=viewer(ana))


def test_claiming_costs_the_same_however_many_one_has_judged(project, ana):
    """The plan must walk the index of open slots from the cursor, not the table."""
    for _ in range(30):
        make_candidate(make_item(project, image=False), needed=1)
    for _ in range(20):
        candidate = claim(project.candidates.first(), ana).candidate
        Slot.objects.filter(candidate=candidate).update(
            state=Slot.State.FILLED, leased_until=None
        )
        Assignment.objects.filter(candidate=candidate).update(
            ended_at="2026-01-01T00:00Z", ending="submitted"
        )
    with connection.cursor() as cursor:
        # With so few rows any plan is cheap: ask for the one without a sort.
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM annotation_slot WHERE project_id = %s AND "
            "language = 'de' AND state = 'open' AND position > 20 "
            "ORDER BY position LIMIT 1",
            [project.pk],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "slot_open" in plan


@pytest.mark.django_db(transaction=True)
def test_two_people_racing_for_the_last_slot_never_both_get_it():
    """A thousand races with real transactions, all pairs of two annotators."""
    project = make_project(overlap=1)
    people = [
        enrol(make_user(name), project, "annotator", ["de"]) for name in ("ana", "bao")
    ]
    viewers = {user: viewer(user) for user in people}
    item = make_item(project, image=False)
    won = []

    def attempt(user):
        try:
            held = assigning.claim(project=project, language="de", by=viewers[user])
        except NothingLeft:
            return None
        return held.pk

    def racer(user, start, done, results):
        try:
            for n in range(RACES):
                start.wait()
                results[n] = attempt(user)
                done.wait()
        finally:
            connections.close_all()

    start, done = threading.Barrier(3), threading.Barrier(3)
    results = {user: [None] * RACES for user in people}
    threads = [
        threading.Thread(target=racer, args=(user, start, done, results[user]))
        for user in people
    ]
    for thread in threads:
        thread.start()
    for n in range(RACES):
        make_candidate(item, version=n + 1, needed=1)
        start.wait()
        done.wait()
        won.append([results[user][n] for user in people if results[user][n]])
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE annotation_slot SET state = 'filled', leased_until = NULL "
                "WHERE state <> 'filled'"
            )
            cursor.execute(
                "UPDATE annotation_assignment SET ended_at = now(), "
                "ending = 'submitted' WHERE ended_at IS NULL"
            )
    for thread in threads:
        thread.join()
    assert [len(winners) for winners in won] == [1] * RACES


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_lease():
    project = make_project(overlap=2)
    ana = enrol(make_user("ana"), project, "annotator", ["de"])
    by = viewer(ana)
    for _ in range(5):
        make_candidate(make_item(project, image=False))

    def attempt(_):
        return assigning.claim(project=project, language="de", by=by).pk

    held = race(range(8), attempt)
    assert len(set(held)) == 1
    assert Assignment.objects.count() == 1


def test_assign_reaches_every_candidate(project, ana):
    candidates = [make_candidate(make_item(project)) for _ in range(3)]
    assert assign(candidates[2], ana).candidate == candidates[2]

"""The items a person has ready beside the one at hand."""

from __future__ import annotations

import pytest

from annotation import assigning
from annotation.models import Assignment, Event, Slot
from tests.annotation.test_assigning import claim, expire
from tests.factories import (
    enrol,
    make_candidate,
    make_item,
    make_project,
    make_user,
    viewer,
)
from tests.races import race


def ahead(candidate, user, **many):
    return assigning.claim_ahead(
        project=candidate.project, language="de", by=viewer(user), **many
    )


def test_the_next_two_are_leased_beside_the_one_at_hand(project, ana):
    items = [make_candidate(make_item(project), needed=1) for _ in range(4)]
    assert [held.candidate for held in ahead(items[0], ana)] == items[:3]
    assert Event.objects.filter(kind=Event.Kind.CLAIMED).count() == 3
    assert ahead(items[0], ana, many=99) == ahead(items[0], ana)
    assert Event.objects.filter(kind=Event.Kind.CLAIMED).count() == 3


def test_the_item_at_hand_stays_the_first_whatever_is_ahead(project, ana):
    items = [make_candidate(make_item(project), needed=1) for _ in range(4)]
    at_hand = claim(items[0], ana)
    assert ahead(items[0], ana)[0] == at_hand == claim(items[0], ana)
    assigning.skip(assignment=at_hand, by=viewer(ana), reason="blurred")
    assert claim(items[0], ana).candidate == items[1]
    assert [held.candidate for held in ahead(items[0], ana)] == items[1:]


def test_what_one_person_has_ahead_nobody_else_gets(project, ana, bao):
    items = [make_candidate(make_item(project), needed=1) for _ in range(4)]
    ahead(items[0], ana)
    assert [held.candidate for held in ahead(items[0], bao)] == items[3:]
    assert ahead(items[0], bao) != []


def test_nobody_holds_one_candidate_twice_however_many_slots_it_has(project, ana):
    only = make_candidate(make_item(project), needed=3)
    assert len(ahead(only, ana)) == 1


def test_leases_ahead_end_by_themselves_and_go_to_others(project, ana, bao):
    items = [make_candidate(make_item(project), needed=1) for _ in range(3)]
    for held in ahead(items[0], ana):
        expire(held)
    assert len(ahead(items[0], bao)) == 3
    assert ahead(items[0], ana) == []


def test_an_empty_queue_has_nothing_ahead(project, ana):
    candidate = make_candidate(make_item(project), language="fr")
    assert ahead(candidate, ana) == []


@pytest.mark.django_db(transaction=True)
def test_people_who_look_ahead_at_once_share_nothing():
    project = make_project(overlap=1)
    people = [
        enrol(make_user(name), project, "annotator", ["de"]) for name in ("ana", "bao")
    ]
    viewers = {user: viewer(user) for user in people}
    item = make_item(project, image=False)
    for round_ in range(25):
        for n in range(7):
            make_candidate(item, version=7 * round_ + n + 1, needed=1)

        def attempt(user):
            by = viewers[user]
            return assigning.claim_ahead(project=project, language="de", by=by)

        held = [one.candidate_id for got in race(people * 2, attempt) for one in got]
        assert len(set(held)) == 6
        assert sorted(held) == sorted([*set(held)] * 2)
        Slot.objects.update(state="filled", leased_until=None)
        Assignment.objects.update(ended_at="2026-01-01T00:00Z", ending="submitted")

"""A defective item reaches nobody, in no language, until somebody has looked."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connections, transaction

from annotation import assigning, defects, leasing
from annotation.errors import Conflict, Invalid, NotAllowed, NothingLeft
from annotation.models import Assignment, Defect, Event, GenerationJob
from quality import adjudicating
from quality.selecting import last_decision, selected
from tests import factories
from tests.factories import viewer
from worker.protocol import ClaimRequest


@pytest.fixture
def item(project):
    return factories.make_item(project)


@pytest.fixture
def held(item, ana):
    return factories.assign(factories.make_candidate(item), ana)


def report(assignment, user, part="image", note="A picture of a cat."):
    return defects.report(assignment=assignment, by=viewer(user), part=part, note=note)


def look(defect, user, outcome, reason="I looked."):
    return defects.look(defect=defect, by=viewer(user), outcome=outcome, reason=reason)


def claim(project, user, language="de"):
    return assigning.claim(project=project, language=language, by=viewer(user))


def waiting(project, user, language="de"):
    return assigning.waiting(project=project, language=language, by=viewer(user))


def test_a_report_ends_the_lease_and_is_written_down(held, ana):
    defect = report(held, ana)
    held.refresh_from_db()
    assert held.ending == Assignment.Ending.SKIPPED
    assert held.skip_reason == "Reported a defect: the image"
    event = Event.objects.get(kind=Event.Kind.DEFECT_REPORTED)
    assert (event.user, event.detail["item"]) == (ana, defect.item_id)


def test_nobody_claims_a_reported_item_in_any_language(project, item, held, ana, bao):
    factories.make_candidate(item, "fr")
    report(held, ana)
    for language in ("de", "fr"):
        with pytest.raises(NothingLeft):
            claim(project, bao, language)
        assert waiting(project, bao, language) == "0 items"


def test_items_behind_a_reported_one_are_still_reached(project, held, ana, bao):
    other = factories.make_candidate(factories.make_item(project))
    report(held, ana)
    assert claim(project, bao).candidate == other


def test_what_is_proposed_for_it_later_waits_as_well(project, item, held, ana, bao):
    report(held, ana)
    factories.make_candidate(item, "fr")
    with pytest.raises(NothingLeft):
        claim(project, bao, "fr")


def test_no_machine_writes_for_a_reported_item(project, item, held, ana):
    GenerationJob.objects.create(
        project=project, item=item, language="fr", task=GenerationJob.Task.TRANSLATE
    )
    by = factories.Viewer.of_token(factories.make_worker_token(project)[0])
    defect = report(held, ana)
    ask = ClaimRequest("w", "recorded", "1", 5)
    assert leasing.claim(by=by, request=ask).jobs == ()
    Defect.objects.filter(pk=defect.pk).delete()
    assert len(leasing.claim(by=by, request=ask).jobs) == 1


def test_a_dismissed_report_sends_the_item_out_again(project, held, ana, bao, lena):
    """To those as well who have gone past its place in the queue."""
    behind = factories.make_candidate(factories.make_item(project))
    defect = report(held, ana)
    assert claim(project, bao).candidate == behind
    factories.judged(behind, bao)
    look(defect, lena, "dismissed")
    assert claim(project, bao).candidate == held.candidate


def test_a_confirmed_report_keeps_the_item_out(project, held, ana, bao, adam):
    look(report(held, ana), adam, "confirmed")
    with pytest.raises(NothingLeft):
        claim(project, bao)


def test_an_item_with_two_reports_waits_for_both(project, held, ana, bao, chris, lena):
    theirs = factories.assign(held.candidate, bao)
    first, second = report(held, ana), report(theirs, bao, "source")
    look(first, lena, "dismissed")
    with pytest.raises(NothingLeft):
        claim(project, chris)
    look(second, lena, "dismissed")
    assert claim(project, chris).candidate == held.candidate


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (None, "a reported defect nobody has looked at"),
        ("confirmed", "its image or source is defective"),
        ("dismissed", None),
    ],
    ids=["waits", "confirmed", "dismissed"],
)
def test_a_release_leaves_it_out(
    project, item, held, ana, bao, chris, lena, *, outcome, reason
):
    accepted = factories.make_candidate(item, "fr")
    for user in (ana, bao, chris):
        factories.judged(accepted, user)
    adjudicating.decide(accepted.pk)
    defect = report(held, ana)
    if outcome:
        look(defect, lena, outcome)
    with selected(
        project=project,
        design="training",
        languages=["fr"],
        until=last_decision(project),
    ) as selection:
        assert selection.accepted == (reason is None)
        assert dict(selection.left_out) == ({reason: 1} if reason else {})


def test_the_same_report_twice_is_one(held, ana):
    assert report(held, ana) == report(held, ana, "source", "Again.")
    assert Defect.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "note", "said"),
    [
        ("text", "Bad.", "image or the source"),
        ("image", "  ", "what is wrong"),
        ("image", "x" * 2001, "longer than 2,000"),
    ],
    ids=["part", "no words", "too long"],
)
def test_a_report_says_what_is_wrong_with_what(held, ana, part, note, said):
    with pytest.raises(Invalid, match=said):
        report(held, ana, part, note)
    held.refresh_from_db()
    assert held.ended_at is None


def test_only_the_holder_reports(held, bao):
    with pytest.raises(NotAllowed):
        report(held, bao)


def test_only_staff_look(held, ana, bao):
    with pytest.raises(NotAllowed):
        look(report(held, ana), bao, "dismissed")


def test_a_report_is_looked_at_once(held, ana, lena, adam):
    defect = report(held, ana)
    look(defect, lena, "confirmed")
    with pytest.raises(Conflict, match="in the meantime"):
        look(defect, adam, "dismissed")


@pytest.mark.parametrize(("outcome", "reason"), [("", "Why."), ("dismissed", " ")])
def test_a_look_has_an_outcome_and_a_reason(held, ana, lena, outcome, reason):
    with pytest.raises(Invalid):
        look(report(held, ana), lena, outcome, reason)


@pytest.mark.parametrize(
    "fields",
    [{"outcome": "dismissed"}, {"reason": "Why."}, {"part": "text"}, {"note": ""}],
    ids=["an outcome of nobody", "a reason for nothing", "an unknown part", "silence"],
)
def test_the_database_refuses_half_a_report(held, ana, fields):
    defect = report(held, ana)
    with pytest.raises(DatabaseError), transaction.atomic():
        Defect.objects.filter(pk=defect.pk).update(**fields)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_are_one_report(held, ana):
    barrier = threading.Barrier(2)

    def click(_):
        try:
            barrier.wait()
            return report(held, ana).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(click, range(2))
    assert first == second

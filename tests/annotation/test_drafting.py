"""What was typed is kept, the newest of it, for the one who typed it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models.functions import Now

from annotation import assigning, drafting, judging, visibility
from annotation.errors import ConcordError, Conflict, Invalid, NotAllowed, TooLarge
from annotation.models import (
    Assignment,
    Candidate,
    Draft,
    Event,
    Judgment,
    Membership,
    Project,
    Slot,
    User,
)
from tests import factories

TYPED = {"verdict": ["reject"], "note": ["Der Bus"], "spans": ["1", "2"]}


@pytest.fixture
def held(project: Project, ana: User) -> Assignment:
    """Ana's only item, which needs one judgment."""
    item = factories.make_item(project, image=False)
    return factories.assign(factories.make_candidate(item, needed=1), ana)


def save(held: Assignment, counter: int | None = None, **fields: list[str]):
    return drafting.save(
        assignment=held,
        by=factories.viewer(held.annotator),
        fields=fields or TYPED,
        counter=counter,
    )


def let_run_out(held: Assignment, *, swept: bool) -> None:
    """As if the lease had ended; `swept`: somebody has noticed by now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotation_slot SET leased_until = now() - interval '1 second' "
            "WHERE id = %s",
            [held.slot_id],
        )
        cursor.execute(
            "UPDATE annotation_assignment SET leased_at = now() - interval '2 hours', "
            "leased_until = now() - interval '1 second' WHERE id = %s",
            [held.pk],
        )
    if swept:
        assigning.reopen_expired()


def test_a_draft_comes_back_as_it_was_typed(held: Assignment, ana: User) -> None:
    save(held, 5)
    draft = drafting.of(assignment=held, by=factories.viewer(ana))
    assert draft is not None
    assert (draft.fields, draft.counter) == (TYPED, 5)


def test_only_the_holder_saves_and_sees_a_draft(
    held: Assignment, bao: User, lena: User, adam: User, olga: User
) -> None:
    save(held)
    for other in (bao, lena, adam, olga):
        by = factories.viewer(other)
        assert not visibility.rows(Draft, by).exists()
        assert drafting.of(assignment=held, by=by) is None
        with pytest.raises(NotAllowed, match="someone else"):
            drafting.save(assignment=held, by=by, fields=TYPED)


def test_an_older_draft_never_takes_the_place_of_a_newer_one(held: Assignment) -> None:
    assert save(held, 7, note=["new"]).is_this
    late = save(held, 6, note=["old"])
    assert (late.is_this, late.draft.counter) == (False, 7)
    assert not save(held, 7, note=["another tab"]).is_this
    assert save(held, 7, note=["new"]).is_this
    assert Draft.objects.get().fields == {"note": ["new"]}


def test_a_draft_without_a_counter_is_the_newest(held: Assignment) -> None:
    save(held, drafting.LARGEST_COUNTER - 1, note=["with scripts"])
    assert save(held, note=["without"]).is_this
    assert Draft.objects.get().fields == {"note": ["without"]}


@pytest.mark.parametrize(
    ("fields", "counter", "error", "reason"),
    [
        ({"note": ["ü" * (Draft.MAX_BYTES // 2)]}, 1, TooLarge, "1 MiB at most"),
        ({"note": ["a\0b"]}, 1, Invalid, "NUL"),
        (TYPED, -1, Invalid, "from 0 to"),
        (TYPED, drafting.LARGEST_COUNTER + 1, Invalid, "from 0 to"),
    ],
    ids=["large", "nul", "negative", "beyond"],
)
def test_what_no_draft_can_hold_is_refused_and_the_last_one_stays(
    held: Assignment,
    fields: dict[str, list[str]],
    counter: int,
    error: type[ConcordError],
    reason: str,
) -> None:
    save(held, 1, note=["before"])
    with pytest.raises(error, match=reason):
        save(held, counter, **fields)
    assert Draft.objects.get().fields == {"note": ["before"]}


def test_a_backslash_is_no_nul(held: Assignment) -> None:
    assert save(held, note=["\\u0000"]).is_this


@pytest.mark.django_db(transaction=True)
def test_postgres_itself_refuses_a_huge_draft(held: Assignment) -> None:
    fields = {"note": ["a" * (2 * Draft.MAX_BYTES)]}
    with pytest.raises(IntegrityError, match="draft_is_small"):
        Draft.objects.create(assignment=held, fields=fields, counter=1)


def test_the_answer_takes_the_draft_away(held: Assignment, ana: User) -> None:
    save(held)
    factories.judged(held.candidate, ana)
    assert not Draft.objects.exists()
    with pytest.raises(Conflict, match="already answered"):
        save(held)


def test_a_skip_takes_the_draft_away(held: Assignment, ana: User) -> None:
    save(held)
    by = factories.viewer(ana)
    assigning.skip(assignment=held, by=by, reason="blurred")
    assert not Draft.objects.exists()
    held.refresh_from_db()
    with pytest.raises(Conflict, match="You skipped this item"):
        save(held)


@pytest.mark.parametrize("swept", [False, True], ids=["unnoticed", "swept"])
def test_a_lease_that_ran_out_is_renewed_if_its_slot_is_free(
    held: Assignment, bao: User, *, swept: bool
) -> None:
    let_run_out(held, swept=swept)
    assert save(held).told == ""
    held.refresh_from_db()
    assert (held.ended_at, held.ending) == (None, None)
    left = Assignment.objects.filter(leased_until__gt=Now()).get()
    assert left.slot.state == Slot.State.LEASED
    assert left.slot.leased_until == left.leased_until
    assert Event.objects.filter(detail__renewed=True).count() == 1
    with pytest.raises(ConcordError, match="Nothing is waiting"):
        assigning.claim(
            project=held.candidate.project, language="de", by=factories.viewer(bao)
        )


def test_another_free_slot_of_the_item_does_as_well(
    project: Project, ana: User, bao: User
) -> None:
    candidate = factories.make_candidate(factories.make_item(project), needed=2)
    held = factories.assign(candidate, ana)
    let_run_out(held, swept=True)
    # Slots come back at the end, so Bao is given the other one first.
    while Slot.objects.get(pk=held.slot_id).state == Slot.State.OPEN:
        Slot.objects.filter(pk=held.slot_id).update(position=0)
        Slot.objects.exclude(pk=held.slot_id).update(position=10**6)
        factories.assign(candidate, bao)
    assert save(held).told == ""
    held.refresh_from_db()
    assert held.ended_at is None
    assert held.slot.assignments.filter(ended_at=None).count() == 1
    assert Slot.objects.filter(state=Slot.State.LEASED).count() == 2


def test_without_a_free_slot_the_text_is_kept_and_the_reason_told(
    held: Assignment, bao: User
) -> None:
    let_run_out(held, swept=True)
    taken = factories.assign(held.candidate, bao)
    kept = save(held)
    assert "its place is not free any more" in kept.told
    assert Draft.objects.get().fields == TYPED
    taken.refresh_from_db()
    assert taken.ended_at is None
    held.refresh_from_db()
    assert held.ending == Assignment.Ending.EXPIRED


def test_who_is_no_longer_enrolled_renews_nothing(held: Assignment) -> None:
    let_run_out(held, swept=True)
    Membership.objects.filter(user=held.annotator).delete()
    by = factories.viewer(held.annotator)
    assert drafting.save(assignment=held, by=by, fields=TYPED).told
    assert Slot.objects.get().state == Slot.State.OPEN


def test_a_lease_is_prolonged_only_when_half_of_it_is_over(held: Assignment) -> None:
    save(held)
    before = held.leased_until
    held.refresh_from_db()
    assert held.leased_until == before
    with connection.cursor() as cursor:
        for table, key in (("assignment", held.pk), ("slot", held.slot_id)):
            cursor.execute(
                f"UPDATE annotation_{table} "
                "SET leased_until = clock_timestamp() + interval '9 minutes' "
                "WHERE id = %s",
                [key],
            )
    save(held)
    held.refresh_from_db()
    assert held.leased_until > before
    assert held.slot.leased_until is not None


def test_a_draft_follows_its_item_to_the_next_lease(
    held: Assignment, ana: User
) -> None:
    save(held)
    let_run_out(held, swept=True)
    again = factories.assign(held.candidate, ana)
    assert again != held
    draft = drafting.of(assignment=again, by=factories.viewer(ana))
    assert draft is not None
    assert draft.fields == TYPED
    save(held, note=["from the old page"])
    assert Assignment.objects.filter(ended_at=None).get() == again
    factories.judged(held.candidate, ana)
    assert not Draft.objects.exists()


def at_once(*works: Callable[[], object]) -> list[ConcordError | None]:
    """Runs these side by side, each in a connection of its own; what each raised."""
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> ConcordError | None:
        try:
            barrier.wait()
            work()
        except ConcordError as error:
            return error
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_leave_the_newer_draft(held: Assignment) -> None:
    for n in range(1, 40, 2):
        older, newer = (
            lambda n=n: save(held, n, note=["a"]),
            lambda n=n: save(held, n + 1, note=["b"]),
        )
        assert at_once(older, newer) == [None, None]
        draft = Draft.objects.get()
        assert (draft.counter, draft.fields) == (n + 1, {"note": ["b"]})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["submit", "skip"])
def test_no_draft_outlives_an_answer_or_a_skip_in_the_same_moment(
    project: Project, ana: User, end: str
) -> None:
    by = factories.viewer(ana)
    for _ in range(15):
        item = factories.make_item(project, image=False)
        held = factories.assign(factories.make_candidate(item, needed=1), ana)

        def finish(held: Assignment = held) -> None:
            if end == "skip":
                assigning.skip(assignment=held, by=by, reason="blurred")
            else:
                said = factories.answer(held.candidate)
                judging.submit(assignment=held, by=by, answer=said)

        assert at_once(lambda held=held: save(held), finish)[1] is None
        assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_renewing_and_claiming_at_once_never_put_two_on_one_slot(
    held: Assignment, ana: User, bao: User
) -> None:
    candidate: Candidate = held.candidate
    viewers = {user: factories.viewer(user) for user in (ana, bao)}

    def claim(user: User) -> None:
        assigning.claim(project=candidate.project, language="de", by=viewers[user])

    for _ in range(15):
        let_run_out(held, swept=True)
        raised = at_once(lambda: save(held), lambda: claim(ana), lambda: claim(bao))
        assert raised[0] is None
        assert Assignment.objects.filter(ended_at=None).count() == 1
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM annotation_assignment WHERE id <> %s", [held.pk]
            )
            cursor.execute(
                "UPDATE annotation_assignment SET ended_at = NULL, ending = NULL"
            )
            cursor.execute(
                "UPDATE annotation_slot SET state = 'leased', leased_until = now(), "
                "position = nextval('concord_queue')"
            )
    assert not Judgment.objects.exists()

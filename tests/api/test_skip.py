from __future__ import annotations

import pytest

from annotation.models import Assignment, Event, Project, Slot, User
from tests import factories
from tests.api.door import Door


@pytest.fixture
def held(project: Project, ana: User) -> Assignment:
    item = factories.make_item(project)
    return factories.assign(factories.make_candidate(item), ana)


def test_skipped_slot_is_open_again_for_others(
    held: Assignment, ana_door: Door
) -> None:
    path = f"assignments/{held.pk}/skip"
    response = ana_door.post(path, {"reason": "No picture."})
    assert (response.status_code, response.content) == (204, b"")
    held.refresh_from_db()
    assert (held.ending, held.skip_reason) == ("skipped", "No picture.")
    assert Slot.objects.get(pk=held.slot_id).state == Slot.State.OPEN
    assert Event.objects.get(kind=Event.Kind.SKIPPED).token == ana_door.token


def test_skipping_twice_is_a_conflict(held: Assignment, ana_door: Door) -> None:
    path = f"assignments/{held.pk}/skip"
    ana_door.post(path, {"reason": "No picture."})
    assert ana_door.post(path, {"reason": "No picture."}).status_code == 409


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "x" * 201}])
def test_skip_needs_a_short_reason(
    held: Assignment, ana_door: Door, body: dict[str, str]
) -> None:
    response = ana_door.post(f"assignments/{held.pk}/skip", body)
    assert response.status_code == 400
    assert list(response.json()) == ["reason"]


def test_somebody_elses_item_cannot_be_skipped(
    project: Project, bao: User, ana_door: Door
) -> None:
    item = factories.make_item(project)
    theirs = factories.assign(factories.make_candidate(item), bao)
    path = f"assignments/{theirs.pk}/skip"
    assert ana_door.post(path, {"reason": "No."}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.ended_at is None

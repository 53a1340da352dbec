"""Looking changes nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from annotation.models import Slot
from tests.rules.requests import READING, ask, fingerprint
from tests.rules.world import ENTRIES, World, nowhere


def _everybody(world: World) -> list[Client]:
    sessions = [world.session(name) for name in world.people]
    roles = {"bao": "annotator", "lena": "lead", "adam": "adjudicator", "": "worker"}
    tokens = [world.token(name, role) for name, role in roles.items()]
    return [Client(), *sessions, *tokens]


@pytest.mark.parametrize("method", READING)
def test_reading_method_changes_no_row(world: World, method: str) -> None:
    clients = _everybody(world)
    before = fingerprint()
    for client in clients:
        for name in ENTRIES:
            for place in (world.place, nowhere()):
                ask(client, method, name, place)
    after = fingerprint()
    assert {t: (before[t], after[t]) for t in before if before[t] != after[t]} == {}


def test_fingerprint_sees_one_changed_row(world: World) -> None:
    before = fingerprint()
    slot = Slot.objects.order_by("pk").first()
    assert slot is not None
    Slot.objects.filter(pk=slot.pk).update(position=slot.position + 1000)
    after = fingerprint()
    assert [t for t in before if before[t] != after[t]] == ["annotation_slot"]

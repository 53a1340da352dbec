"""What was said stays said: Postgres itself refuses to change or delete it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from tests.rules.world import World

APPEND_ONLY = {
    "annotation.Authorship",
    "annotation.Criterion",
    "annotation.Editor",
    "annotation.Event",
    "annotation.Judgment",
    "annotation.MachineJudgment",
    "annotation.MachineRating",
    "annotation.Provenance",
    "annotation.Rating",
    "annotation.Rubric",
    "annotation.Settled",
    "annotation.Span",
    "quality.Decision",
    "quality.MachineAgreement",
    "quality.Measurement",
    "quality.Release",
    "quality.Ruling",
}
EDITABLE = {
    "annotation.AccessToken": "is revoked, and notes its last use",
    "annotation.Assignment": "ends",
    "annotation.Candidate": "becomes complete, and wants a decision",
    "annotation.Control": "is made by an operator, who may mistake it",
    "annotation.Dataset": "gets its attribution corrected",
    "annotation.Defect": "is looked at, once",
    "annotation.Direction": "a member takes up and gives up languages",
    "annotation.Draft": "is what somebody has not said yet",
    "annotation.GenerationJob": "is leased, done, set aside",
    "annotation.Image": "is fetched, or found gone",
    "annotation.Item": "gets its image",
    "annotation.Job": "reports progress",
    "annotation.Membership": "ends when somebody leaves",
    "annotation.Project": "its lead changes overlap and policy",
    "annotation.QueueCursor": "moves on",
    "annotation.Slot": "is leased and filled",
    "quality.Reliability": "is renewed in place, and can be worked out again",
    "annotation.User": "changes name and password",
}
OURS = ("annotation", "quality", "api")


def _own_models() -> dict[str, type[models.Model]]:
    return {
        model._meta.label: model
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy
    }


def test_every_model_is_declared_append_only_or_editable() -> None:
    assert set(_own_models()) == APPEND_ONLY | set(EDITABLE)
    assert not APPEND_ONLY & set(EDITABLE)


def _refuses(sql: str) -> bool:
    refused = pytest.raises(DatabaseError, match="[Cc]annot (update|delete)")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return True


@pytest.mark.parametrize("label", sorted(APPEND_ONLY))
def test_append_only_row_can_be_neither_changed_nor_deleted(
    world: World, label: str
) -> None:
    model = _own_models()[label]
    table, pk = model._meta.db_table, model._meta.pk.column
    before = list(model._base_manager.order_by("pk").values_list())
    assert before, f"the world holds no {label} to try this on"
    assert _refuses(f'UPDATE "{table}" SET "{pk}" = "{pk}"')
    assert _refuses(f'DELETE FROM "{table}"')
    assert list(model._base_manager.order_by("pk").values_list()) == before


def test_editable_row_can_be_changed_in_the_same_way(world: World) -> None:
    """The refusal above comes from the trigger, not from how the test asks."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotation_slot SET id = id")
        assert cursor.rowcount > 0

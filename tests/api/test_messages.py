from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import pytest
from rest_framework import serializers

from api.messages import shape_of
from worker import protocol

MESSAGES = [
    protocol.ClaimRequest,
    protocol.ClaimReply,
    protocol.HeartbeatRequest,
    protocol.HeartbeatReply,
    protocol.Result,
    protocol.ResultReply,
    protocol.Failure,
    protocol.FailReply,
    protocol.Provenance,
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.__name__)
def test_shape_has_exactly_the_fields_of_its_message(message: type[Any]) -> None:
    shown = shape_of(message)().fields
    declared = {f.name: f.default is MISSING for f in fields(message)}
    assert {name: field.required for name, field in shown.items()} == declared


def test_choices_lists_and_messages_inside_are_told() -> None:
    reply = shape_of(protocol.ClaimReply)().fields["jobs"]
    assert isinstance(reply, serializers.ListField)
    job = reply.child
    assert isinstance(job, serializers.Serializer)
    task = job.fields["task"]
    assert isinstance(task, serializers.ChoiceField)
    assert list(task.choices) == ["regenerate", "translate", "judge"]


def test_null_is_allowed_where_the_message_allows_it() -> None:
    made = shape_of(protocol.Provenance)().fields
    assert made["seed"].allow_null
    assert not made["model"].allow_null

"""The worker protocol's dataclasses, told to the schema. They validate themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from rest_framework import serializers

AnyField = serializers.Field[Any, Any, Any, Any]
PLAIN: dict[Any, type[AnyField]] = {
    str: serializers.CharField,
    int: serializers.IntegerField,
    float: serializers.FloatField,
    bool: serializers.BooleanField,
    dict: serializers.DictField,
}


def named(
    name: str, members: Mapping[str, AnyField], doc: str = ""
) -> type[serializers.Serializer[Any]]:
    """A serializer class made of fields."""
    return type(name, (serializers.Serializer,), {"__doc__": doc, **members})


@cache
def shape_of(message: type[Any]) -> type[serializers.Serializer[Any]]:
    """The serializer that describes a message, field for field."""
    hints = get_type_hints(message)
    declared = fields(message)
    members = {f.name: _field(hints[f.name], f) for f in declared}
    return named(message.__name__, members, message.__doc__ or "")


def _field(hint: Any, declared: Field[Any]) -> AnyField:
    return _described(hint, required=declared.default is MISSING)


def _described(hint: Any, **options: Any) -> AnyField:
    origin, arguments = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        assert isinstance(hint, type)
        return shape_of(hint)(**options)
    if origin is Literal:
        return serializers.ChoiceField(choices=arguments, **options)
    if origin in (Union, UnionType):
        inner = next(one for one in arguments if one is not type(None))
        return _described(inner, allow_null=True, **options)
    if origin is tuple:
        return serializers.ListField(child=_described(arguments[0]), **options)
    if origin is dict and arguments[1] is not Any:
        return serializers.DictField(child=_described(arguments[1]), **options)
    return PLAIN[origin or hint](**options)

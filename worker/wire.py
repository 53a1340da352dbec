"""Strict JSON for dataclasses: unknown, missing and mistyped fields are refused by name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Self, Union, get_args, get_origin, get_type_hints


class ProtocolError(ValueError):
    """A message is not what the protocol says. The text names the field."""


def later(usual: Any) -> Any:
    """A field that older programs do not know: not sent while it says the usual."""
    return field(default=usual, metadata={"later": True})


class Message:
    """Base of every message: a frozen dataclass with a strict JSON form."""

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The message that decoded JSON describes; ProtocolError names a bad field."""
        message = _decode(cls, data, "")
        assert isinstance(message, cls)
        return message

    def to_json(self) -> dict[str, Any]:
        """Plain dicts and lists: `cls.from_json(m.to_json()) == m`."""
        declared: tuple[Field[Any], ...] = fields(self)  # type: ignore[arg-type]
        said = {f: getattr(self, f.name) for f in declared}
        return {
            f.name: _plain(value)
            for f, value in said.items()
            if not (f.metadata.get("later") and value == f.default)
        }


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return value.to_json()
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _decode(hint: Any, value: Any, path: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _decode_message(hint, value, path)
    if origin is Literal:
        return _decode_choice(arguments, value, path)
    if origin in (Union, UnionType):
        return None if value is None else _decode(_not_none(arguments), value, path)
    if origin is tuple:
        return _decode_tuple(arguments, value, path)
    if origin is dict:
        return _decode_object(arguments[1], value, path)
    return _decode_plain(hint, value, path)


def _decode_message(cls: Any, value: Any, path: str) -> Any:
    if not isinstance(value, Mapping):
        raise ProtocolError(_at(path, f"expected an object, got {_name(value)}"))
    known = {f.name: f for f in fields(cls)}
    for name in value:
        if name not in known:
            raise ProtocolError(_at(_join(path, str(name)), "no such field"))
    for name, declared in known.items():
        if name not in value and declared.default is MISSING:
            raise ProtocolError(_at(_join(path, name), "is missing"))
    hints = _hints(cls)
    found = {
        n: _decode(hints[n], value[n], _join(path, n)) for n in known if n in value
    }
    try:
        return cls(**found)
    except ProtocolError as error:
        raise ProtocolError(_join(path, str(error))) from None


def _decode_choice(choices: tuple[Any, ...], value: Any, path: str) -> Any:
    if not isinstance(value, str) or value not in choices:
        raise ProtocolError(_at(path, f"{value!r} is none of {', '.join(choices)}"))
    return value


def _decode_tuple(members: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise ProtocolError(_at(path, f"expected a list, got {_name(value)}"))
    if members[-1] is Ellipsis:
        members = members[:1] * len(value)
    if len(members) != len(value):
        raise ProtocolError(_at(path, f"expected {len(members)}, got {len(value)}"))
    pairs = enumerate(zip(members, value, strict=True))
    return tuple(_decode(hint, one, f"{path}[{n}]") for n, (hint, one) in pairs)


def _decode_object(member: Any, value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(k, str) for k in value):
        raise ProtocolError(_at(path, f"expected an object, got {_name(value)}"))
    if member is Any:
        return dict(value)
    return {k: _decode(member, one, _join(path, k)) for k, one in value.items()}


def _decode_plain(hint: Any, value: Any, path: str) -> Any:
    accepted = (int, float) if hint is float else hint
    # bool is an int to Python and a different thing to everybody else.
    if isinstance(value, bool) is not (hint is bool) or not isinstance(value, accepted):
        raise ProtocolError(_at(path, f"expected {_WORDS[hint]}, got {_name(value)}"))
    return _finite(value, path) if hint is float else value


def _finite(value: float, path: str) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ProtocolError(_at(path, "is not a finite number"))
    return number


_WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}
_NAMES = {str: "text", list: "a list", dict: "an object", NoneType: "null"}


def _name(value: Any) -> str:
    return _NAMES.get(type(value), type(value).__name__)


def _not_none(arguments: tuple[Any, ...]) -> Any:
    return next(argument for argument in arguments if argument is not NoneType)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _at(path: str, reason: str) -> str:
    return f"{path}: {reason}" if path else reason

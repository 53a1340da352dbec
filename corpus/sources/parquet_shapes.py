"""The shapes that a reader may ask a parquet column to have, as arrow types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import pyarrow.types as kinds

Shape = Literal["text", "texts", "label", "number", "picture", "pairs"]


def is_text(kind: Any) -> bool:
    """Text, in any of the ways arrow stores it. A column of nothing passes too."""
    if kinds.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        kinds.is_string(kind)
        or kinds.is_large_string(kind)
        or kinds.is_string_view(kind)
        or kinds.is_null(kind)
    )


def is_picture(kind: Any) -> bool:
    """Bytes, or the struct of bytes and path that `datasets` stores an Image in."""
    if kinds.is_struct(kind) and kind.get_field_index("bytes") >= 0:
        kind = kind.field("bytes").type
    return bool(kinds.is_binary(kind) or kinds.is_large_binary(kind))


def is_plain(kind: Any) -> bool:
    """Does every value of this type have a form in JSON?"""
    if _is_list(kind):
        return is_plain(kind.value_type)
    if kinds.is_struct(kind):
        names = [field.name for field in kind]
        return len(set(names)) == len(names) and all(
            is_plain(field.type) for field in kind
        )
    return bool(
        is_text(kind)
        or kinds.is_integer(kind)
        or kinds.is_floating(kind)
        or kinds.is_boolean(kind)
    )


def _is_texts(kind: Any) -> bool:
    # a column in which every list is empty is written as a list of nulls
    return _is_list(kind) and is_text(kind.value_type)


def _is_label(kind: Any) -> bool:
    return is_text(kind) or _is_number(kind)


def _is_number(kind: Any) -> bool:
    return bool(kinds.is_integer(kind))


def _is_pairs(kind: Any) -> bool:
    """A struct of parallel lists of texts, or a list of structs of texts."""
    if _is_list(kind):
        return kinds.is_struct(kind.value_type) and _has_pairs(kind.value_type, is_text)
    return kinds.is_struct(kind) and _has_pairs(kind, _is_texts)


def _has_pairs(struct: Any, has_shape: Callable[[Any], bool]) -> bool:
    names = {field.name for field in struct}
    return {"question", "answer"} <= names and all(
        has_shape(field.type)
        for field in struct
        if field.name in ("question", "answer", "explanation")
    )


def _is_list(kind: Any) -> bool:
    return bool(kinds.is_list(kind) or kinds.is_large_list(kind))


SHAPES: Mapping[Shape, Callable[[Any], bool]] = {
    "text": is_text,
    "texts": _is_texts,
    "label": _is_label,
    "number": _is_number,
    "picture": is_picture,
    "pairs": _is_pairs,
}

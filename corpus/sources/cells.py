"""Cells to contents and to what is kept beside them, by the same rules everywhere.

A row comes back from a record by one rule: what the content gives back under the
row's column names, overlaid with `upstream`. So `upstream` holds the columns that are
no content, and of the others the cells that were spelled in another way (`yes`, 2, a
null where the content has an empty text). The word `nan`, which some upstream files
write for a missing cell, becomes a null, and `upstream["nan"]` names its columns.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from corpus.content import Content, ContentError, canonical_json, parse
from corpus.record import Picture
from corpus.sources.source import CellError

Cells: TypeAlias = dict[str, Any]

MAX_NAME = 200
MAX_DEPTH = 50
#: Hexadecimal digits of a hash that make part of a key.
HASH_DIGITS = 16


def is_missing(cell: object) -> bool:
    """Is this the null, the blank or the word with which upstream says nothing?

    The word None is not among them: it is a real answer.
    """
    return cell is None or (isinstance(cell, str) and cell.strip() in ("", "nan"))


def or_none(cell: Any) -> Any:
    """The cell, or None for every way of saying nothing."""
    return None if is_missing(cell) else cell


def whole_number(column: str, cell: object) -> int:
    """A number of up to 18 digits, from an integer or its digits."""
    text = str(cell).strip() if isinstance(cell, int | str) else ""
    if re.fullmatch("[0-9]{1,18}", text) is None:
        raise CellError(column, f"expected a whole number, got {str(cell)[:40]!r}")
    return int(text)


def name(column: str, cell: object, longest: int = MAX_NAME) -> str:
    """A text that may stand in a key: printable, not blank, not too long."""
    if not isinstance(cell, str) or not cell.strip():
        raise CellError(column, "expected a text that is not blank")
    if len(cell) > longest:
        raise CellError(column, f"is longer than {longest} characters")
    if not cell.isprintable():
        raise CellError(column, "holds control characters")
    return cell


def mark(*parts: Any) -> str:
    """A short hash over texts, lists of texts or bytes, for keys. Fixed for ever."""
    plain = [
        hashlib.sha256(part).hexdigest() if isinstance(part, bytes) else part
        for part in parts
    ]
    found = hashlib.sha256(canonical_json(plain).encode())
    return found.hexdigest()[:HASH_DIGITS]


def row_key(line: int, *parts: Any) -> str:
    """Row number and a hash of the row, where upstream gives its rows no id.

    The hash keeps equal row numbers of two part files apart, and lets a changed
    file be noticed.
    """
    return f"{line}-{mark(*parts)}"


def content_of(
    kind: str,
    fields: Any,
    *,
    columns: Mapping[str, str] | None = None,
    parts_in: str = "",
) -> Content:
    """The content with these fields; a complaint names the column, not the field.

    `columns` maps fields to columns where the names differ. `parts_in` is the column
    that holds all options or turns: the reason then says which of them.
    """
    try:
        return parse(kind, fields)
    except ContentError as error:
        found = CellError.of(error)
        if parts_in and found.column.startswith(("option", "turn")):
            raise CellError(parts_in, str(error)) from None
        column = (columns or {}).get(found.column, found.column)
        raise CellError(column, found.reason) from None


def upstream_of(
    cells: Mapping[str, Any], given_back: Mapping[str, Any]
) -> dict[str, Any]:
    """What must be kept so that `given_back | upstream` is the row again.

    `given_back` has what the content says, by column name. Of the column `image` only
    the file name beside its bytes is kept. Raises CellError for what JSON or Postgres
    cannot hold.
    """
    kept: dict[str, Any] = {}
    words: list[str] = []
    for column, cell in cells.items():
        if column == "image":
            kept |= _beside_the_bytes(cell)
        elif column in given_back and _is_same(given_back[column], cell):
            continue
        elif cell == "nan":
            kept[column] = None
            words.append(column)
        else:
            require_storable(column, cell)
            kept[column] = cell
    return kept | ({"nan": words} if words else {})


def required(picture: Picture | None) -> Picture:
    """The picture, of a row that makes no sense without one."""
    if picture is None:
        raise CellError("image", "there is no picture")
    return picture


def _beside_the_bytes(cell: Any) -> dict[str, Any]:
    if not isinstance(cell, Mapping) or not cell.get("path"):
        return {}
    require_storable("image", cell["path"])
    return {"image": {"path": cell["path"]}}


def _is_same(given_back: Any, cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(given_back == cell)
    # True == 1 in Python, but not in a file
    return bool(given_back == cell) and repr(given_back) == repr(cell)


def require_storable(column: str, value: Any, depth: int = 0) -> None:
    """Raises CellError for what JSON or Postgres cannot hold."""
    if depth > MAX_DEPTH:
        raise CellError(column, "is nested too deeply")
    if isinstance(value, str) and "\x00" in value:
        raise CellError(column, "holds a NUL character")
    if isinstance(value, str) and _has_half_a_pair(value):
        raise CellError(column, "holds half a surrogate pair")
    if isinstance(value, float) and not math.isfinite(value):
        raise CellError(column, f"holds {value}, which is no number in JSON")
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        for part in value:
            require_storable(column, part, depth + 1)


def _has_half_a_pair(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)

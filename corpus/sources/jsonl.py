"""JSON lines: one object per line, with the fault of each bad line made plain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from corpus.record import RowError
from corpus.sources.cells import Cells
from corpus.sources.source import CellError, SourceError, text_start

MAX_LINE_BYTES = 4 * 1024 * 1024


def rows(path: Path) -> Iterator[tuple[int, Cells | RowError]]:
    """Line number from 1, and the object. Blank lines are no rows.

    Raises SourceError when the file is no text or holds no row at all.
    """
    for number, _, row in placed_rows(path):
        yield number, row


def placed_rows(path: Path) -> Iterator[tuple[int, int, Cells | RowError]]:
    """The same with the byte at which the line begins, for `row_at`."""
    with path.open("rb") as file:
        file.seek(text_start(path, file))
        is_empty = True
        for number, offset, raw in _lines(file):
            if not raw.strip():
                continue
            is_empty = False
            try:
                yield number, offset, _object(raw)
            except CellError as error:
                yield number, offset, RowError(number, error.column, error.reason)
        if is_empty:
            raise SourceError(f"{path.name}: the file holds no rows.")


def row_at(file: BinaryIO, offset: int) -> Cells:
    """The object on the line that is known to begin at this byte."""
    file.seek(offset)
    return _object(file.readline(MAX_LINE_BYTES + 1))


def _lines(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Number from 1, place and line; one that is too long is cut, and so is no JSON."""
    number, offset = 0, file.tell()
    while raw := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        rest = raw
        while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(MAX_LINE_BYTES + 1)
        yield number, offset, raw
        offset = file.tell()


def _object(raw: bytes) -> Cells:
    if len(raw) > MAX_LINE_BYTES:
        raise CellError("", f"the line is longer than {MAX_LINE_BYTES:,} bytes")
    try:
        value = json.loads(
            raw.decode(), object_pairs_hook=_fields, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        raise CellError("", "the line is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise CellError("", f"not JSON: {error.msg} at {error.colno}") from None
    except RecursionError:
        raise CellError("", "the JSON is nested too deeply") from None
    except ValueError as error:
        raise CellError("", f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise CellError("", "expected a JSON object")
    return value


def _fields(pairs: list[tuple[str, Any]]) -> Cells:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field is given twice")
    return fields


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")

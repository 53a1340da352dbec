"""Concord's own format: one JSON object per line, images in files beside it.

    {"key": "7", "kind": "yes_no", "content": {"question": "...", "key": "Yes"},
     "image": {"file": "images/7.png"}, "group": "", "upstream": {"split": "dev"}}

`image` may also be {"url": ..., "sha256": ...} or null; `group` and `upstream` may be
missing. Fields of `content` are those of the kind. The licence is not in the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from corpus.content import ContentError, canonical_json, parse
from corpus.record import Picture, Record, RowError
from corpus.sources.addresses import sha256_hex, web_address
from corpus.sources.source import CellError, SourceError, text_start

MAX_LINE_BYTES = 4 * 1024 * 1024
MAX_IMAGE_BYTES = 64 * 1024 * 1024
MAX_NAME = 200
FIELDS = {"key", "kind", "content", "image", "group", "upstream"}


def read(path: Path) -> Iterator[Record | RowError]:
    """One record per line. Images are taken from the folder of the file only."""
    folder = path.parent.resolve()
    seen: set[bytes] = set()
    with path.open("rb") as file:
        file.seek(text_start(path, file))
        lines = 0
        for number, raw in _lines(file):
            if not raw.strip():
                continue
            lines += 1
            try:
                record = _record(_decoded(raw), folder)
                _refuse_repeated(record.key, seen)
            except CellError as error:
                yield RowError(number, error.column, error.reason)
            else:
                yield replace(record, line=number)
        if not lines:
            raise SourceError(f"{path.name}: the file holds no rows.")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Line number from 1 and line; one that is too long is cut, and so is no JSON."""
    number = 0
    while raw := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        rest = raw
        while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(MAX_LINE_BYTES + 1)
        yield number, raw


def _decoded(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_LINE_BYTES:
        raise CellError("", f"the line is longer than {MAX_LINE_BYTES:,} bytes")
    try:
        value = json.loads(
            raw.decode(), object_pairs_hook=_object, parse_constant=_no_constant
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
    if unknown := sorted(set(value) - FIELDS):
        raise CellError(unknown[0][:MAX_NAME], "there is no such field")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field is given twice")
    return fields


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _record(row: dict[str, Any], folder: Path) -> Record:
    try:
        content = parse(str(row.get("kind")), row.get("content"))
    except ContentError as error:
        raise CellError.of(error) from None
    return Record(
        key=_name("key", row.get("key")),
        content=content,
        picture=_picture(row.get("image"), folder),
        group=_name("group", row["group"]) if row.get("group") else "",
        upstream=_upstream(row.get("upstream")),
    )


def _upstream(value: object) -> dict[str, Any]:
    """An object that a release can write again, and Postgres can hold."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise CellError("upstream", "expected an object")
    try:
        text = canonical_json(value).encode()
    except ValueError:
        raise CellError("upstream", "holds a number or text beyond JSON") from None
    if b"\\u0000" in text:
        raise CellError("upstream", "holds a NUL character")
    return value


def _name(column: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CellError(column, "expected a text that is not blank")
    if len(value) > MAX_NAME:
        raise CellError(column, f"is longer than {MAX_NAME} characters")
    if not value.isprintable():
        raise CellError(column, "holds control characters")
    return value


def _refuse_repeated(key: str, seen: set[bytes]) -> None:
    # eight bytes a key: a set of the keys themselves would grow with their length
    mark = hashlib.blake2b(key.encode(), digest_size=8).digest()
    if mark in seen:
        raise CellError("key", f"{key!r} has been used before in this file")
    seen.add(mark)


def _picture(image: object, folder: Path) -> Picture | None:
    if image is None:
        return None
    if not isinstance(image, dict):
        raise CellError("image", "expected an object or null")
    if unknown := sorted(set(image) - {"file", "url", "sha256"}):
        raise CellError("image", f"{unknown[0][:MAX_NAME]}: there is no such field")
    if not image.get("file") and not image.get("url"):
        raise CellError("image", "expected a file or a url")
    return Picture(
        data=_contents(image["file"], folder) if image.get("file") else None,
        url=web_address("image", image["url"]) if image.get("url") else "",
        sha256=sha256_hex("image", image.get("sha256")),
    )


def _contents(name: object, folder: Path) -> bytes:
    """The bytes of a file below `folder`; whatever leads outside is refused."""
    if not isinstance(name, str) or "\\" in name or not name.isprintable():
        raise CellError("image", "the file name is not a plain relative path")
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:
        raise CellError("image", f"{name[:80]!r} leads out of the folder")
    try:
        path = (folder / parts).resolve(strict=True)
        if not path.is_relative_to(folder):
            raise CellError("image", f"{name[:80]!r} leads out of the folder")
        if not path.is_file():
            raise CellError("image", f"{name[:80]!r} is not a file")
        if path.stat().st_size > MAX_IMAGE_BYTES:
            raise CellError("image", f"the file is over {MAX_IMAGE_BYTES:,} bytes")
        return path.read_bytes()
    except (OSError, RuntimeError):
        raise CellError("image", f"there is no file {name[:80]!r}") from None

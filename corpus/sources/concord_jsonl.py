"""Concord's own format: one JSON object per line, images in files beside it.

    {"key": "7", "kind": "yes_no", "content": {"question": "...", "key": "Yes"},
     "image": {"file": "images/7.png"}, "group": "", "upstream": {"split": "dev"}}

`image` may also be {"url": ..., "sha256": ...} or null; `group` and `upstream` may be
missing. Fields of `content` are those of the kind. The licence is not in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.record import Found, Picture, Record
from corpus.sources import jsonl
from corpus.sources.addresses import sha256_hex, web_address
from corpus.sources.cells import MAX_NAME, Cells, content_of, name, require_storable
from corpus.sources.reading import records
from corpus.sources.source import CellError

MAX_IMAGE_BYTES = 64 * 1024 * 1024
FIELDS = {"key", "kind", "content", "image", "group", "upstream"}


def read(path: Path) -> Iterator[Found]:
    """One record per line. Images are taken from the folder of the file only."""
    folder = path.parent.resolve()
    return records(
        jsonl.rows(path), lambda line, row: _record(line, row, folder), key_column="key"
    )


def _record(line: int, row: Cells, folder: Path) -> Record:
    if unknown := sorted(set(row) - FIELDS):
        raise CellError(unknown[0][:MAX_NAME], "there is no such field")
    return Record(
        key=name("key", row.get("key")),
        content=content_of(str(row.get("kind")), row.get("content")),
        picture=_picture(row.get("image"), folder),
        group=name("group", row["group"]) if row.get("group") else "",
        upstream=_upstream(row.get("upstream")),
        line=line,
    )


def _upstream(value: object) -> dict[str, Any]:
    """An object that a release can write again, and Postgres can hold."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise CellError("upstream", "expected an object")
    require_storable("upstream", value)
    return value


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


def _contents(file: object, folder: Path) -> bytes:
    """The bytes of a file below `folder`; whatever leads outside is refused."""
    if not isinstance(file, str) or "\\" in file or not file.isprintable():
        raise CellError("image", "the file name is not a plain relative path")
    parts = PurePosixPath(file)
    if parts.is_absolute() or ".." in parts.parts:
        raise CellError("image", f"{file[:80]!r} leads out of the folder")
    try:
        path = (folder / parts).resolve(strict=True)
        if not path.is_relative_to(folder):
            raise CellError("image", f"{file[:80]!r} leads out of the folder")
        if not path.is_file():
            raise CellError("image", f"{file[:80]!r} is not a file")
        if path.stat().st_size > MAX_IMAGE_BYTES:
            raise CellError("image", f"the file is over {MAX_IMAGE_BYTES:,} bytes")
        return path.read_bytes()
    except (OSError, RuntimeError):
        raise CellError("image", f"there is no file {file[:80]!r}") from None

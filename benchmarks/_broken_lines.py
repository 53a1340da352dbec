"""Concord's JSON lines, broken in every way that a line can be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks._broken_rows import (
    LONG,
    PICTURES,
    Expected,
    Way,
    bomb,
    chosen,
    picture,
)

Row = dict[str, Any]


def _raw(name: str, reason: str, line: bytes, *, heavy: bool = False) -> Way[Row]:
    return Way(name, "", reason, lambda row: line, heavy)


def _way(name: str, column: str, reason: str, value: Any) -> Way[Row]:
    return Way(name, column, reason, lambda row: row | {column: value})


def _text(name: str, reason: str, caption: Any) -> Way[Row]:
    """Content is named by its fields."""
    content = {"caption": caption}
    return Way(name, "caption", reason, lambda row: row | {"content": content})


def _file(name: str, reason: str, file: Any) -> Way[Row]:
    return _way(name, "image", reason, {"file": file})


def _choice(name: str, column: str, reason: str, **fields: Any) -> Way[Row]:
    content = {"question": "Which?", "options": ["a", "b"], "key": "A"} | fields
    row = {"kind": "multiple_choice", "content": content}
    return Way(name, column, reason, lambda good: good | row)


def _without(field: str) -> Way[Row]:
    reason = "expected a text that is not blank"
    return Way(f"no {field}", field, reason, lambda row: _less(row, field))


def _less(row: Row, field: str) -> Row:
    return {name: value for name, value in row.items() if name != field}


_OUT: Final = "leads out of the folder"
_PLAIN: Final = "is not a plain relative path"
_DEEP: Final = json.loads("[" * 100 + "]" * 100)

WAYS: Final[tuple[Way[Row], ...]] = (
    _raw("bytes of no encoding", "the line is not UTF-8", b'{"key": "\xff\xfe"}'),
    _raw("UTF-16", "not JSON", '{"key": "a"}'.encode("utf-16-le")),
    _raw("byte order mark", "not JSON", b'\xef\xbb\xbf{"key": "a"}'),
    _raw("cut off", "not JSON", b'{"key": "a", "kind": "capt'),
    _raw("no object", "expected a JSON object", b'["a", "b"]'),
    _raw("field twice", "a field is given twice", b'{"key": "a", "key": "b"}'),
    _raw("no number", "NaN is no JSON number", b'{"upstream": {"score": NaN}}'),
    _raw("number without end", "Infinity is no JSON", b'{"upstream": Infinity}'),
    _raw("huge number", "not JSON", b'{"upstream": ' + b"9" * 5000 + b"}"),
    _raw("line of 10 MB", "the line is longer", b'{"' + b"x" * LONG, heavy=True),
    _raw("too deep", "nested too deeply", b"[" * 100_000),
    _way("deep", "upstream", "nested too deeply", {"a": _DEEP}),
    Way("past all", "upstream", "no number in JSON", lambda row: _beyond(row)),
    _way("strange field", "extra", "there is no such field", 1),
    _without("key"),
    _way("number for a key", "key", "expected a text that is not blank", 7),
    _way("blank key", "key", "expected a text that is not blank", "  "),
    _way("long key", "key", "is longer than 200 characters", "k" * 300),
    _way("key with a line break", "key", "holds control characters", "a\nb"),
    _way("key turned round", "key", "holds control characters", "a\u202eb"),
    _way("half a pair in the key", "key", "holds control characters", "a\ud800"),
    _way("key of a row before", "key", "is already on line 1", "row-0"),
    _way("strange kind", "kind", "'poem' is none of caption", "poem"),
    _way("kind of no type", "kind", "is none of caption", ["caption"]),
    _way("no content", "content", "expected an object, got NoneType", None),
    _way("list for content", "content", "expected an object, got list", ["caption"]),
    _text("number for a text", "expected text, got int", 7),
    _text("empty text", "is empty", " \u2003"),
    _text("long text", "longer than 20,000 characters", "x" * 20_001),
    _text("half a pair", "holds half a surrogate pair", "a \udc00"),
    _text("NUL", "holds a NUL character", "a\x00b"),
    _choice("unknown letter", "key", "a letter from A to B, got 'C'", key="C"),
    _choice("letter of no type", "key", "a letter from A to B", key=["A"]),
    _choice("many options", "options", "a list of 2 to 26 texts", options=["a"] * 27),
    _choice("empty option", "option B", "is empty", options=["a", ""]),
    _choice("strange part", "colour", "no such field", colour="red"),
    _way("half a pair beside", "upstream", "half a surrogate pair", {"a": "\udfff"}),
    _way("list beside", "upstream", "expected an object", ["a"]),
    _way("number for a group", "group", "expected a text that is not blank", 7),
    _way("text for a picture", "image", "expected an object or null", "7.png"),
    _way("address of a file", "image", "no http or https", {"url": "file:///etc/x"}),
    _way(
        "short hash", "image", "64 hexadecimal", {"url": "https://a.b", "sha256": "a"}
    ),
    _file("up and out", _OUT, "../secret.png"),
    _file("absolute", _OUT, "/etc/passwd"),
    _file("link out", _OUT, "images/link.png"),
    _file("no file there", "there is no file", "images/none.png"),
    _file("folder", "is not a file", "images"),
    _file("backslashes", _PLAIN, "..\\secret.png"),
    _file("NUL in the name", _PLAIN, "images/a\x00.png"),
    _file("long name", "there is no file", "n" * 300 + ".png"),
    _file("page for a picture", "no JPEG, PNG or WebP", "images/page.png"),
    _file("picture too large", "is too large: 20000", "images/bomb.png"),
)


def write(folder: Path, rows: int) -> tuple[Path, list[Expected]]:
    """The file, and its broken rows. Its pictures lie beside it."""
    _write_pictures(folder)
    path, expected = folder / "items.jsonl", []
    with path.open("wb") as file:
        for number, way in enumerate(chosen(WAYS, rows)):
            row = _row(number)
            made = row if way is None else way.spoil(row)
            line = made if isinstance(made, bytes) else json.dumps(made).encode()
            file.write(line + b"\n")
            if way is not None:
                expected.append(Expected(number + 1, way.column, way.reason))
    return path, expected


def keys(rows: int) -> Iterator[str]:
    """Of the rows that are good."""
    for number, way in enumerate(chosen(WAYS, rows)):
        if way is None:
            yield f"row-{number}"


def _row(number: int) -> Row:
    return {
        "key": f"row-{number}",
        "kind": "caption",
        "content": {"caption": f"A red bus waits at stop {number}. \u05d0"},
        "image": {"file": f"images/{number % PICTURES}.png"}
        if number % 4 == 0
        else None,
        "upstream": {"split": "dev", "score": number / 7},
    }


def _write_pictures(folder: Path) -> None:
    home = folder / "images"
    home.mkdir(parents=True)
    for number in range(PICTURES):
        (home / f"{number}.png").write_bytes(picture(number))
    (home / "page.png").write_bytes(b"<html>" * 20)
    (home / "bomb.png").write_bytes(bomb())
    secret = folder.parent / "secret.png"
    secret.write_bytes(picture(7))
    (home / "link.png").symlink_to(secret)


def _beyond(row: Row) -> bytes:
    """JSON has no largest number, but Python's floats have one."""
    return (
        json.dumps(row | {"upstream": {"a": 0}})
        .replace('{"a": 0}', '{"a": 1e999}')
        .encode()
    )

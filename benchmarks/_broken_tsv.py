"""MMBench's TSV with rows broken in every way that such a file can be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks._broken_rows import (
    LONG,
    PICTURES,
    Expected,
    Way,
    bomb,
    chosen,
    encoded,
    picture,
)

NAMES: Final = (
    *("index", "question", "hint", "A", "B", "C", "D"),
    *("answer", "category", "image", "l2-category", "split"),
)
Row = dict[str, bytes]


def _way(
    name: str, column: str, reason: str, cell: bytes, *, heavy: bool = False
) -> Way[Row]:
    return Way(name, column, reason, lambda row: row | {column: cell}, heavy)


WAYS: Final[tuple[Way[Row], ...]] = (
    _way("bytes of no encoding", "question", "is not UTF-8", b"What\xff\xfe is it?"),
    _way("Latin-1", "hint", "is not UTF-8", "Sieh auf die T\xfcr.".encode("latin-1")),
    _way("half a pair in CESU-8", "C", "is not UTF-8", b"blue \xed\xa0\x80"),
    _way("UTF-16", "question", "holds a NUL", "Is it?".encode("utf-16-le")),
    _way("NUL", "category", "holds a NUL character", b"col\x00our"),
    _way("byte order mark", "index", "expected a whole number", b"\xef\xbb\xbf7"),
    Way("too few cells", "", "has 11 cells, the header has 12", lambda row: _few(row)),
    Way(
        "too many cells", "", "has 13 cells, the header has 12", lambda row: _many(row)
    ),
    Way(
        "index of a row before",
        "index",
        "is already on line 2",
        lambda row: _first(row),
    ),
    _way("cell of 10 MB", "question", "longer than 20,000", b"x" * LONG, heavy=True),
    _way("picture of 10 MB", "image", "is not base64", b"!" * LONG, heavy=True),
    _way("huge number", "index", "expected a whole number", b"9" * 400),
    _way("number below zero", "index", "expected a whole number", b"-5"),
    _way("number with a point", "index", "expected a whole number", b"12.0"),
    _way("word for a number", "index", "expected a whole number", b"seven"),
    _way("no number", "index", "expected a whole number", b""),
    _way("turned round", "index", "whole number", "\u202e21\u202c".encode()),
    _way("other digits", "index", "whole number", "\u0661\u0662".encode()),
    _way("no question", "question", "is empty", b""),
    _way("blank question", "question", "is empty", b" \xc2\xa0 "),
    _way("first option missing", "A", "is blank although option B is not", b""),
    _way("option missing between", "B", "is blank although option C is not", b"nan"),
    Way("one option", "A", "2 to 26 texts", lambda row: row | _only_a()),
    _way("unknown letter", "answer", "a letter from A to D, got 'Q'", b"Q"),
    _way("small letter", "answer", "a letter from A to D", b"a"),
    _way("two letters", "answer", "a letter from A to D", b"AB"),
    _way("no answer", "answer", "there is no answer", b"nan"),
    _way("no picture", "image", "there is no picture", b""),
    _way("file name for a picture", "image", "neither a picture", b"../7.png"),
    _way("picture of no row", "image", "refers to row 77777777", b"77777777"),
    _way("no base64", "image", "is not base64", b"*" * 100),
    _way("page for a picture", "image", "no JPEG", encoded(b"<html>" * 20)),
    _way("half a picture", "image", "cannot be decoded", encoded(picture()[:60])),
    _way("picture too large", "image", "is too large: 20000", encoded(bomb())),
    Way(
        "stray quotation mark",
        "",
        "is not well formed",
        lambda row: _hint(row, b'"a"b'),
    ),
    Way("carriage return", "", "carriage return", lambda row: _hint(row, b"one\rtwo")),
)


def write(folder: Path, rows: int) -> tuple[Path, list[Expected]]:
    """The file, and its broken rows."""
    path, expected, line = folder / "MMBench_DEV_EN.tsv", [], 2
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf" + "\t".join(NAMES).encode() + b"\n")
        for number, way in enumerate(chosen(WAYS, rows)):
            row = _row(number)
            if way is not None:
                row = way.spoil(_plain(row))
                expected.append(Expected(line, way.column, way.reason))
            text = b"\t".join(row.values()) + b"\n"
            file.write(text)
            line += text.count(b"\n")
        file.write(b'999999\t"What')
    expected.append(Expected(line, "", "a quotation mark is never closed"))
    return path, expected


def keys(rows: int) -> Iterator[str]:
    """Of the rows that are good."""
    for number, way in enumerate(chosen(WAYS, rows)):
        if way is None:
            yield str(number)


def _row(number: int) -> Row:
    # every other question runs over two lines of the file
    question = b'"Stop %d:\nwhat colour is the ""bus""?"' % number
    if number % 2:
        question = b"What colour is bus %d?" % number
    cells = (b"%d" % number, question, b"", b"red", b"green", b"blue", b"\xd7\x90")
    image = encoded(picture(number % PICTURES))
    return dict(zip(NAMES, (*cells, b"B", b"colour", image, b"x", b"dev"), strict=True))


def _plain(row: Row) -> Row:
    return row | {"question": b"What colour is the bus?"}


def _few(row: Row) -> Row:
    return {name: cell for name, cell in row.items() if name != "hint"}


def _many(row: Row) -> Row:
    return row | {"more": b"more"}


def _hint(row: Row, cell: bytes) -> Row:
    return row | {"hint": cell}


def _first(row: Row) -> Row:
    return row | {"index": b"0"}


def _only_a() -> Row:
    return {"B": b"", "C": b"", "D": b""}

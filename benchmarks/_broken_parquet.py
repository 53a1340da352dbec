"""PixMo-AskModelAnything in parquet with rows broken in every way it can be."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks._broken_rows import LONG, Expected, Way, chosen
from corpus.sources.cells import row_key

#: Texts as bytes: a parquet file may hold bytes that are no text.
Row = dict[str, Any]
TEXTS: Final = ("image_url", "image_sha256", "question", "answer", "comment")
HASHED: Final = ("image_url", "question", "answer")
BATCH: Final = 1000
SCORE: Final = "score"


def _way(
    name: str, column: str, reason: str, cell: Any, *, heavy: bool = False
) -> Way[Row]:
    return Way(name, column, reason, lambda row: row | {column: cell}, heavy)


def _url(name: str, reason: str, cell: bytes | None) -> Way[Row]:
    return _way(name, "image_url", reason, cell)


_BLANKS: Final = "blanks or control characters"
_NO_WEB: Final = "is no http or https address"

WAYS: Final[tuple[Way[Row], ...]] = (
    _way("bytes of no encoding", "question", "is not UTF-8", b"What\xff\xfe is it?"),
    _way("Latin-1", "answer", "is not UTF-8", "Eine T\xfcr.".encode("latin-1")),
    _way("half a pair in CESU-8", "comment", "is not UTF-8", b"fine \xed\xa0\x80"),
    _way("null for a question", "question", "expected text, got NoneType", None),
    _way("no question", "question", "is empty", b""),
    _way("blank answer", "answer", "is empty", b" \xc2\xa0\t"),
    _way("NUL in a text", "answer", "holds a NUL character", b"a\x00b"),
    _way("UTF-16", "question", "holds a NUL", "Is it?".encode("utf-16-le")),
    _way("NUL beside the content", "comment", "holds a NUL character", b"a\x00b"),
    _way("text of 10 MB", "answer", "longer than 20,000", b"x" * LONG, heavy=True),
    _way("no number", SCORE, "which is no number in JSON", math.nan),
    _way("number without end", SCORE, "which is no number in JSON", math.inf),
    _way("hash cut off", "image_sha256", "64 hexadecimal digits", b"ab12"),
    _way("hash with a letter", "image_sha256", "64 hexadecimal digits", b"g" * 64),
    _url("null for an address", "there is no address", None),
    _url("blank address", "there is no address", b"  "),
    _url("file of this machine", _NO_WEB, b"file:///etc/passwd"),
    _url("script", _NO_WEB, b"javascript:alert(1)"),
    _url("picture in the address", _NO_WEB, b"data:image/png;base64,AAAA"),
    _url("other protocol", _NO_WEB, b"ftp://pictures.example/7.jpg"),
    _url("no protocol", _NO_WEB, b"pictures.example/7.jpg"),
    _url("no host", _NO_WEB, b"https:///7.jpg"),
    _url("port beyond all", "is no web address", b"https://pictures.example:99999/"),
    _url("half an IPv6 host", "is no web address", b"http://[::1/7.jpg"),
    _url(
        "password", "a user name or password", b"https://ann:secret@pictures.example/"
    ),
    _url("blank within", _BLANKS, b"https://pictures.example/a b.jpg"),
    _url("line break", _BLANKS, b"https://pictures.example/a\nb.jpg"),
    _url("NUL in the address", _BLANKS, b"https://pictures.example/a\x00.jpg"),
    _url("turned round", _BLANKS, "https://pictures.example/\u202egpj.a".encode()),
    _url("byte order mark", _BLANKS, b"\xef\xbb\xbfhttps://pictures.example/7.jpg"),
    _url("long address", "longer than 2048 bytes", b"https://a.example/" + b"a" * 3000),
)


def write(folder: Path, rows: int) -> tuple[Path, list[Expected]]:
    """The file, and its broken rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path, expected, batch = folder / "train-00000.parquet", [], []
    schema = pa.schema(
        [*((name, pa.string()) for name in TEXTS), (SCORE, pa.float64())]
    )
    with pq.ParquetWriter(path, schema) as writer:
        for number, way in enumerate(chosen(WAYS, rows), 1):
            row = _row(number)
            if way is not None:
                row = way.spoil(row)
                expected.append(Expected(number, way.column, way.reason))
            batch.append(row)
            if len(batch) == BATCH or number == rows:
                writer.write_table(_table(batch, schema))
                batch = []
    return path, expected


def keys(rows: int) -> Iterator[str]:
    """Of the rows that are good."""
    for number, way in enumerate(chosen(WAYS, rows), 1):
        if way is None:
            said = [_row(number)[name].decode() for name in HASHED]
            yield row_key(number, *said)


def _row(number: int) -> Row:
    return {
        "image_url": b"https://pictures.example/%d.jpg" % number,
        "image_sha256": b"%064x" % number,
        "question": b"What waits at stop %d?" % number,
        "answer": b"A red bus with number %d. " % number * 4,
        "comment": "\u05d0\u05d5\u05d8\u05d5\u05d1\u05d5\u05e1".encode(),
        SCORE: number / 7,
    }


def _table(batch: list[Row], schema: Any) -> Any:
    """Bytes are declared to be text: nobody looks whether they are."""
    import pyarrow as pa

    texts = [
        pa.array([row[name] for row in batch], pa.binary()).view(pa.string())
        for name in TEXTS
    ]
    scores = pa.array([row[SCORE] for row in batch], pa.float64(), from_pandas=False)
    return pa.table([*texts, scores], schema=schema)

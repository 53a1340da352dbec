from pathlib import Path
from typing import Any

import pytest

from corpus.record import RowError
from corpus.sources import SourceError
from corpus.sources.native_texts import NativeText, read
from tests.corpus.sources.files import lines

TEXT = {"caption": "Ein Bus."}
SHA = "AB" * 32


def first(folder: Path, **row: Any) -> NativeText | RowError:
    return next(read(lines(folder, [{"content": TEXT} | row]), "de"))


def test_text_is_about_a_key_or_a_picture(tmp_path: Path) -> None:
    rows: list[Any] = [
        {"key": "7", "content": TEXT, "author": "M. Rossi", "language": "de"},
        {"image": {"sha256": SHA}, "content": TEXT, "kind": "caption"},
        {"image": {"url": "https://example.org/7.jpg"}, "content": TEXT},
    ]
    assert list(read(lines(tmp_path, rows), "de")) == [
        NativeText(1, TEXT, key="7", author="M. Rossi"),
        NativeText(2, TEXT, sha256=SHA.lower(), kind="caption"),
        NativeText(3, TEXT, url="https://example.org/7.jpg"),
    ]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ({}, "key", "either a key or an image"),
        ({"key": "7", "image": {"sha256": SHA}}, "key", "either a key or an image"),
        ({"key": " "}, "key", "not blank"),
        ({"image": {"file": "7.png"}}, "image", "expected"),
        ({"image": {"sha256": ""}}, "image", "64 hexadecimal digits"),
        ({"image": {"url": "file:///7.png"}}, "image", "no http or https address"),
        ({"key": "7", "language": "fr"}, "language", "is read as 'de'"),
        ({"key": "7", "kind": "poem"}, "kind", "expected one of caption"),
        ({"key": "7", "content": "Ein Bus."}, "content", "expected an object"),
        ({"key": "7", "content": {"caption": "\x00"}}, "content", "NUL"),
        ({"key": "7", "author": "M.\nRossi"}, "author", "control characters"),
        ({"key": "7", "text": "Ein Bus."}, "text", "there is no such field"),
    ],
)
def test_bad_row_is_named_with_its_column(
    tmp_path: Path, row: dict[str, Any], column: str, reason: str
) -> None:
    found = first(tmp_path, **row)
    assert isinstance(found, RowError)
    assert (found.line, found.column) == (1, column)
    assert reason in found.reason


def test_bad_line_costs_itself_alone(tmp_path: Path) -> None:
    bad, good = read(lines(tmp_path, ["{", {"key": "7", "content": TEXT}]), "de")
    assert isinstance(bad, RowError)
    assert isinstance(good, NativeText)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("texts.jsonl", "", "the file is empty"),
        ("texts.jsonl", "\n", "the file holds no rows"),
        ("texts.csv", "key,caption\n", "read from a .jsonl file"),
        ("texts.jsonl", None, "there is no such file"),
    ],
)
def test_file_that_is_none_is_named(
    tmp_path: Path, name: str, content: str | None, reason: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(SourceError, match=reason):
        list(read(path, "de"))

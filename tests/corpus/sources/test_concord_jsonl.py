import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from corpus.content import Content, dump
from corpus.record import Record, RowError
from corpus.sources import READERS, SourceError
from corpus.sources.concord_jsonl import MAX_IMAGE_BYTES
from corpus.sources.jsonl import MAX_LINE_BYTES
from tests.corpus.contents import PICTURE, contents

SOURCE = READERS["concord"]


def line(**fields: Any) -> dict[str, Any]:
    usual = {"key": "1", "kind": "caption", "content": {"caption": "A cat."}}
    return usual | {"image": None} | fields


def write(folder: Path, *rows: Any) -> Path:
    path = folder / "items.jsonl"
    texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(texts) + "\n", "utf-8")
    return path


def read(path: Path) -> list[Record | RowError]:
    return list(SOURCE.read(path))


@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=contents)
def test_all_five_kinds_are_read_back(tmp_path: Path, content: Content) -> None:
    row = line(kind=content.kind, content=dump(content))
    assert read(write(tmp_path, row)) == [Record("1", content)]


def test_image_file_beside_the_list_is_read(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "7.png").write_bytes(PICTURE.read_bytes())
    row = line(image={"file": "images/7.png"}, group="pair 1", upstream={"n": 7})
    [record] = read(write(tmp_path, row))
    assert isinstance(record, Record)
    assert record.picture is not None
    assert record.picture.data == PICTURE.read_bytes()
    assert (record.group, record.upstream) == ("pair 1", {"n": 7})


def test_image_by_address_keeps_the_claimed_hash(tmp_path: Path) -> None:
    image = {"url": "https://example.org/a.png", "sha256": "AB" * 32}
    [record] = read(write(tmp_path, line(image=image)))
    assert isinstance(record, Record)
    assert record.picture is not None
    assert record.picture.data is None
    assert record.picture.sha256 == "ab" * 32


def test_image_file_may_not_be_endless(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as file:
        file.truncate(MAX_IMAGE_BYTES + 1)
    [error] = read(write(tmp_path, line(image={"file": "a.png"})))
    assert isinstance(error, RowError)
    assert error.reason == "the file is over 67,108,864 bytes"


def test_text_that_only_speaks_of_nul_is_kept(tmp_path: Path) -> None:
    upstream = {"code": r'print("\u0000")'}
    [record] = read(write(tmp_path, line(upstream=upstream)))
    assert isinstance(record, Record)
    assert record.upstream == upstream


def test_upstream_may_be_deep_but_not_endless(tmp_path: Path) -> None:
    deep: Any = "leaf"
    for _ in range(60):
        deep = [deep]
    fair, error = read(
        write(
            tmp_path,
            line(key="1", upstream={"a": deep[0][0][0][0][0][0][0][0][0][0][0]}),
            line(key="2", upstream={"a": deep}),
        )
    )
    assert isinstance(fair, Record)
    assert error == RowError(2, "upstream", "is nested too deeply")


def test_link_that_stays_in_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.png").write_bytes(b"x")
    (tmp_path / "link.png").symlink_to("real.png")
    [record] = read(write(tmp_path, line(image={"file": "link.png"})))
    assert isinstance(record, Record)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.png",
        "images/../../secret.png",
        "/etc/hostname",
        "link.png",
        "linked/secret.png",
        "..",
        ".",
        "images",
        "none.png",
        "a\\..\\b.png",
        "a\x00.png",
        "a" * 5000,
        "loop.png",
        "pipe",
        7,
        ["a.png"],
    ],
)
def test_no_path_leads_out_of_the_folder(tmp_path: Path, name: Any) -> None:
    folder = tmp_path / "folder"
    (folder / "images").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "loop.png").symlink_to("loop.png")
    os.mkfifo(folder / "pipe")
    [error] = read(write(folder, line(image={"file": name})))
    assert isinstance(error, RowError)
    assert error.column == "image"


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        ("not json", "", "not JSON"),
        ("[1, 2]", "", "expected a JSON object"),
        ('{"key": "1", "key": "2"}', "", "a field is given twice"),
        ('{"key": NaN}', "", "NaN is no JSON number"),
        ('{"key": ' + "9" * 5000 + "}", "", "not JSON"),
        ("[" * 100_000, "", "nested too deeply"),
        ('"' + "x" * MAX_LINE_BYTES + '"', "", "longer than"),
        (line(author="me"), "author", "no such field"),
        (line(key=None), "key", "expected a text"),
        (line(key=7), "key", "expected a text"),
        (line(key=" "), "key", "expected a text"),
        (line(key="x" * 201), "key", "longer than 200"),
        (line(key="a\nb"), "key", "control characters"),
        (line(key="\ud800"), "key", "control characters"),
        (line(key="first"), "key", "first is already on line 1"),
        (line(kind="poem"), "kind", "is none of"),
        (line(kind=None), "kind", "is none of"),
        (line(content=None), "content", "expected an object"),
        (line(content={"caption": ""}), "caption", "is empty"),
        (line(group=7), "group", "expected a text"),
        (line(upstream=[1]), "upstream", "expected an object"),
        (line(upstream={"a": "\x00"}), "upstream", "NUL"),
        (line(upstream={"a": "\ud800"}), "upstream", "half a surrogate pair"),
        (line(upstream={"a\x00": 1}), "upstream", "NUL"),
        (
            json.dumps(line(upstream={"a": 0})).replace("0", "1e999"),
            "upstream",
            "no num",
        ),
        (line(image="a.png"), "image", "expected an object or null"),
        (line(image={}), "image", "expected a file or a url"),
        (line(image={"path": "a"}), "image", "no such field"),
        (line(image={"url": "a.png"}), "image", "no http or https"),
        (
            line(image={"url": "https://example.org/a", "sha256": "abc"}),
            "image",
            "64 hexadecimal digits",
        ),
    ],
)
def test_bad_line_is_reported_and_its_neighbours_go_in(
    tmp_path: Path, bad: Any, column: str, reason: str
) -> None:
    path = write(tmp_path, line(key="first"), bad, line(key="last"))
    before, error, after = read(path)
    assert isinstance(before, Record)
    assert isinstance(error, RowError)
    assert isinstance(after, Record)
    assert (error.line, error.column) == (2, column)
    assert reason in error.reason


def test_latin1_line_is_refused_alone(tmp_path: Path) -> None:
    path = write(tmp_path, line(key="first"), line(key="XX"), line(key="last"))
    path.write_bytes(path.read_bytes().replace(b"XX", b"\xe9"))
    one, two, three = read(path)
    assert isinstance(one, Record)
    assert two == RowError(2, "", "the line is not UTF-8")
    assert isinstance(three, Record)


def test_blank_lines_count_but_are_no_rows(tmp_path: Path) -> None:
    found = read(write(tmp_path, line(key="1"), "", "   ", "x"))
    assert isinstance(found[1], RowError)
    assert found[1].line == 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}".encode("utf-16"), "not UTF-8"),
        (b"PAR1\x00\x00", "not UTF-8"),
        (b"\n\n \n", "holds no rows"),
    ],
)
def test_bad_file_is_one_sentence(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        read(path)

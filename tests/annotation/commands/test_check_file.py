"""A file is read as an import would read it, and nothing is imported."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.corpus.contents import MMBENCH, PIXMO_CAP, SAMPLES
from tests.corpus.sources.files import (
    BYTES,
    IMAGE_TYPE,
    TEXTS,
    lines,
    parquet,
)

MME = SAMPLES / "MME" / "MME.tsv"


def check(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("check_file", path, *options, stdout=out)
    return out.getvalue()


def refused(path: Path, *options: str) -> tuple[str, str]:
    """What is printed, and the sentence at the end."""
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("check_file", path, *options, stdout=out)
    assert caught.value.returncode == 1
    return out.getvalue(), str(caught.value)


def captions(folder: Path, *rows: Any) -> Path:
    """A Concord file: a row is a caption, or an image's file and a caption."""
    told = []
    for number, row in enumerate(rows):
        image, caption = row if isinstance(row, tuple) else (None, row)
        image = {"file": image} if image else None
        told.append({"key": str(number), "kind": "caption", "image": image})
        told[-1]["content"] = {"caption": caption}
    return lines(folder, told, "captions.jsonl")


def test_good_file_is_told_in_figures():
    said = check(MME)

    assert "Read as mme (MME), by its columns." in said
    assert "Licence: LicenseRef-MME" in said
    assert "Rows: 28, of which bad: 0" in said
    assert "Kinds: 28 yes_no" in said
    assert "Pictures: 28 embedded, 0 undecodable" in said
    assert "Groups: 14 of 2" in said
    assert "yes_no question: count 28, least 16" in said


def test_pictures_by_address_are_told_apart():
    assert "Pictures: 6 addressed" in check(PIXMO_CAP, "--source", "pixmo-cap")


@pytest.mark.parametrize(
    "name",
    [
        "CoSyn-400K/chart/train-00000-of-00001.parquet",
        "MMBench/MMBench_DEV_EN.tsv",
        "MMBench/en/dev-00000-of-00001.parquet",
        "ScienceQA/ScienceQA-FULL/test-00000-of-00001.parquet",
        "ScienceQA/ScienceQA_TEST.tsv",
        "POPE/POPE.tsv",
        "POPE/data/test-00000-of-00001.parquet",
        "ai2d/AI2D_TEST.tsv",
    ],
)
def test_samples_are_good(name):
    assert "of which bad: 0" in check(SAMPLES / name)


def test_figures_are_json_for_machines():
    report = json.loads(check(MMBENCH, "--json"))

    assert (report["file"], report["source"]) == ("MMBench_DEV_EN.tsv", "mmbench")
    assert (report["rows"], report["bad"], report["broken"]) == (13, 0, "")
    assert report["merged"] == 9
    assert report["pictures"] == {"embedded": 4, "undecodable": 0}
    assert report["lengths"]["multiple_choice option"]["count"] == 13


def test_bad_rows_are_named_and_the_file_is_refused(tmp_path):
    path = captions(tmp_path, "A bus.", " ", "A cat.")

    said, verdict = refused(path)

    assert "line 2, column caption: is empty" in said
    assert verdict == "Bad rows: 1."


def test_only_the_first_bad_rows_are_listed_unless_all_are_asked_for(tmp_path):
    path = captions(tmp_path, *[" "] * 25)

    some, _ = refused(path)
    every, _ = refused(path, "--all")

    assert some.count("is empty") == 20
    assert "and 5 more; --all shows them" in some
    assert every.count("is empty") == 25
    assert "more" not in every


def test_bad_rows_are_json_too(tmp_path):
    said, _ = refused(captions(tmp_path, " "), "--json")

    error = {"line": 1, "place": "line 1", "column": "caption", "reason": "is empty"}
    assert json.loads(said)["errors"] == [error]


def test_picture_that_does_not_decode_is_a_bad_row(tmp_path):
    (tmp_path / "good.png").write_bytes(BYTES)
    (tmp_path / "page.png").write_bytes(b"<!doctype html><title>Gone</title>")
    (tmp_path / "cut.png").write_bytes(BYTES[:200])
    rows = [("good.png", "A."), ("page.png", "B."), ("cut.png", "C."), "D."]

    said, _ = refused(captions(tmp_path, *rows))

    assert "Pictures: 3 embedded, 2 undecodable, 1 none" in said
    assert "line 2, column image: this is no JPEG, PNG or WebP picture" in said
    assert "line 3, column image: the picture cannot be decoded" in said


def test_repeats_of_keys_and_of_items_are_counted(tmp_path):
    row = {"key": "1", "kind": "caption", "content": {"caption": "A."}, "image": None}
    path = lines(tmp_path, [row, row, row | {"key": "2"}], "captions.jsonl")

    said, _ = refused(path)

    assert "Repeats: 1 key, 1 item" in said


def test_file_that_breaks_off_is_told_with_what_was_read(tmp_path):
    path = tmp_path / "cut.tsv"
    text = MME.read_text()
    path.write_text(text[: len(text) // 2])

    said, verdict = refused(path)

    assert "never closed" in said or "cells, the header has" in said
    assert verdict.startswith("Bad rows: 1")


def test_file_of_no_source_is_refused_with_advice(tmp_path):
    _, verdict = refused(parquet(tmp_path, [{"text": "A."}]))

    assert "columns are those of no known source; name the source" in verdict


def test_file_of_another_source_says_what_is_missing():
    _, verdict = refused(PIXMO_CAP, "--source", "mmbench")

    assert "expected one column index" in verdict


@pytest.mark.parametrize("option", [[], ["--source", "mme"]])
def test_missing_file_is_one_sentence(tmp_path, option):
    _, verdict = refused(tmp_path / "none.tsv", *option)

    assert verdict == "none.tsv: there is no such file."


def candidate(key: str, language: str, caption: str) -> dict[str, Any]:
    return {"key": key, "language": language, "content": {"caption": caption}}


def test_candidates_are_put_to_the_checks(tmp_path):
    path = captions(tmp_path, "A red bus waits at the stop.")
    good = candidate("0", "de", "Ein roter Bus wartet an der Haltestelle.")
    beside = lines(tmp_path, [good], "candidates.jsonl")

    said = check(path, "--candidates", str(beside))

    assert "Candidates: 1, of which blocked: 0, warned: 0, bad lines: 0" in said


def test_blocked_candidate_and_bad_lines_refuse_the_file(tmp_path):
    path = captions(tmp_path, "A red bus waits at the stop.")
    broken = candidate("0", "de", "Ein Bus \ufffd wartet.")
    rows = [broken, candidate("7", "de", "Ein Bus."), "{"]
    beside = lines(tmp_path, rows, "candidates.jsonl")

    said, verdict = refused(path, "--candidates", str(beside))
    report = json.loads(refused(path, "--candidates", str(beside), "--json")[0])

    assert verdict == "Bad lines of candidates: 2. Blocked candidates: 1."
    assert "line 2, column key: there is no row '7' in the source" in said
    assert "encoding/1 (block): 1" in said
    assert report["candidates"]["blocked"] == 1


def test_candidates_are_in_the_languages_of_the_project(tmp_path):
    path = captions(tmp_path, "A red bus waits at the stop beside the old station.")
    spanish = "Un autobús rojo espera en la parada junto a la estación antigua."
    row = {"key": "0", "language": "it", "content": {"caption": spanish}}
    beside = lines(tmp_path, [row], "candidates.jsonl")
    options = ("--candidates", str(beside), "--languages")

    assert "language/2 (warn): 1" in check(path, *options, "it, es")
    assert "language/2" not in check(path, *options, "it")
    assert refused(path, *options, "fr")[1] == "Bad lines of candidates: 1."
    sentence = "'pt' is none of the languages en, fr, de, it, es."
    assert refused(path, *options, "pt")[1] == sentence


def test_missing_file_of_candidates_is_told(tmp_path):
    _, verdict = refused(MMBENCH, "--candidates", str(tmp_path / "none.jsonl"))

    assert "No such file" in verdict


def test_nothing_is_written_to_the_database(tmp_path):
    """Without the fixture of the database, a query of any kind would fail here."""
    image = {"bytes": BYTES, "path": None}
    row = {"question": "Which?", "options": ["A", "B"], "answer": "0", "image": image}

    said = check(parquet(tmp_path, [row], image=IMAGE_TYPE, options=TEXTS))

    assert "Read as ai2d" in said


def test_halves_of_characters_can_be_printed(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"\\ud800": 1}\n')
    said, _ = refused(path, "--source", "concord")
    assert said.encode()
    assert "line 1" in said

"""Files and choices that would give a wrong number in silence."""

import csv
import hashlib
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management.base import CommandError

import corpus
from tests.quality.commands.test_agreement import LONG, lines, ran, rows, written

WIDE = ("--wide", "--unit", "item")
INTERVAL = "krippendorff-alpha-interval/1"


def told(path: Path, *arguments: object) -> str:
    with pytest.raises(CommandError) as caught:
        ran(path, *arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def numbered(folder: Path, n: int = 30) -> Path:
    """Two raters and the labels 1, 2 and 10."""
    pairs = [(k % 3, (k + (k % 5 == 0)) % 3) for k in range(n)]
    content = [
        [f"i{k}", who, "de", ("1", "2", "10")[place]]
        for k, pair in enumerate(pairs)
        for who, place in zip("ab", pair, strict=True)
    ]
    return written(folder, content)


def spreadsheet(folder: Path, gap: str = "") -> Path:
    """Wide, and the second rater's column as pandas writes it beside a gap."""
    path = folder / "wide.csv"
    cells = [
        f"i{k},{k % 3 + 1},{gap if k == 5 else f'{k % 3 + 1}.0'}" for k in range(40)
    ]
    path.write_text("item,ana,bo\n" + "\n".join(cells) + "\n")
    return path


def test_floats_beside_a_gap_are_the_same_labels(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path)
    (line,) = lines(path, *WIDE)
    assert line["categories"] == ["1", "2", "3"]
    assert line["estimates"][0]["value"] == 1
    assert "read as one: 1.0 as 1, 2.0 as 2 and 3.0 as 3." in ran(path, *WIDE)
    (apart,) = lines(path, *WIDE, "--as-spelled")
    assert len(apart["categories"]) == 6


def test_labels_that_look_alike_are_refused(tmp_path: Path) -> None:
    content = [[*row[:3], row[3].title()] for row in rows() if row[1] == "ana"]
    content += [row for row in rows() if row[1] != "ana"]
    path = written(tmp_path, content)
    assert "the labels 'No' and 'no' look alike" in told(path, *LONG)
    assert len(lines(path, *LONG, "--as-spelled")[0]["categories"]) == 4


def test_a_word_for_nothing_is_noted(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path, "NA")
    assert "NA was counted as a category; add --missing NA" in ran(path, *WIDE)
    assert "counted as a category" not in ran(path, *WIDE, "--missing", "NA")
    assert "counted as a category" not in ran(path, *WIDE, "--categories", "1,2,3,NA")


@pytest.mark.parametrize(
    "name", ["gwet-ac2-quadratic/1", INTERVAL, "krippendorff-alpha-ordinal/1"]
)
def test_an_order_is_never_made_up(tmp_path: Path, name: str) -> None:
    said = told(written(tmp_path), *LONG, "--also", name)
    assert f"{name} needs " in said
    assert "which a nominal scale has not" in said


def test_further_coefficients_are_for_categories(tmp_path: Path) -> None:
    said = told(
        numbered(tmp_path), *LONG, "--scale", "ratio", "--also", "fleiss-kappa/1"
    )
    assert "the ratio scale has its own alpha alone" in said


def test_one_name_is_one_number(tmp_path: Path) -> None:
    """The labels 1, 2, 10 as categories, as numbers, and as words with these values."""
    path = numbered(tmp_path)
    ordinal = (*LONG, "--scale", "ordinal", "--also", INTERVAL)
    (categories,) = lines(path, *ordinal)
    (numbers,) = lines(path, *LONG, "--scale", "interval")
    (alpha,) = [e for e in numbers["estimates"] if e["name"] == INTERVAL]
    assert categories["estimates"][-1]["value"] == pytest.approx(alpha["value"])
    assert categories["values"] == [1, 2, 10]
    text = ran(path, *ordinal, "--cross-check")
    assert "at the values 1, 2 and 10." in " ".join(text.split())
    assert float(text.split("largest difference ")[1].strip(" .\n")) < 1e-12
    named = [
        [*row[:3], {"1": "low", "2": "mid", "10": "top"}[row[3]]]
        for row in csv.reader(path.read_text().splitlines()[1:])
    ]
    words = written(tmp_path, named)
    declared = (*ordinal, "--categories", "low,mid,top")
    assert "these are no numbers: give their values" in told(words, *declared)
    (valued,) = lines(words, *declared, "--values", "1,2,10")
    assert valued["estimates"][-1]["value"] == pytest.approx(alpha["value"])


def test_slices_with_labels_of_their_own_do_not_share_them(tmp_path: Path) -> None:
    colours = [["c" + i, who, "colour", x + "!"] for i, who, _, x in rows()]
    path = written(tmp_path, [[*r[:2], "verdict", r[3]] for r in rows()] + colours)
    both = lines(path, *LONG, "--by", "language")
    assert [line["categories"] for line in both] == [["no", "yes"], ["no!", "yes!"]]
    assert both[0]["estimates"][1]["value"] == both[1]["estimates"][1]["value"]
    text = ran(path, *LONG, "--by", "language")
    assert "The categories of each slice are those seen in it, 4 in all." in text
    checked = ran(path, *LONG, "--by", "language", "--cross-check")
    assert float(checked.split("largest difference ")[1].strip(" .\n")) < 1e-12
    declared = lines(path, *LONG, "--by", "language", "--categories", "no,yes,no!,yes!")
    assert [len(line["categories"]) for line in declared] == [4, 4]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--categories", "yes,no,"), "a category has no name"),
        (("--categories", "yes,no,yes"), "a category is declared twice"),
        (("--least", "0"), "--least is a number of items, 1 or more"),
        (("--level", "0.99999"), "--level lies between 0.5 and 0.9999"),
        (("--level", "0.4"), "--level lies between 0.5 and 0.9999"),
        (("--level", "nan"), "--level lies between 0.5 and 0.9999"),
        (("--where", "who=ana", "--where", "who=bo"), "--where names who twice"),
        (("--unit", "who"), "olumn 'who' is named twice"),
        (("--scale", "interval", "--range", "9", "-1e-3"), "has no length"),
        (("--scale", "interval", "--range", "-inf", "9"), "the ends are numbers"),
        (("--scale", "interval", "--range", "nan", "9"), "the ends are numbers"),
        (("--values", "1,2"), "values belong to the declared categories"),
        (("--values", "1;2"), "write numbers with commas between"),
        (
            ("--scale", "ordinal", "--categories", "no,yes", "--values", "2,1"),
            "values are numbers that rise",
        ),
        (
            ("--scale", "ordinal", "--categories", "no,yes", "--values", "2"),
            "2 categories need 2 values, not 1",
        ),
    ],
)
def test_a_choice_that_cannot_be_meant_is_refused(
    tmp_path: Path, arguments: tuple[str, ...], fault: str
) -> None:
    assert fault in told(written(tmp_path), *LONG, *arguments)


def test_numbers_that_cannot_be_squared_are_refused(tmp_path: Path) -> None:
    content = [[f"i{k}", who, "", f"{k + 1}e307"] for k in range(9) for who in "ab"]
    said = told(written(tmp_path, content), *LONG, "--scale", "ratio")
    assert "line 2, column 'label': '1e307' is beyond 1e+140: divide" in said


def test_a_range_may_have_exponents(tmp_path: Path) -> None:
    text = ran(
        numbered(tmp_path), *LONG, "--scale", "interval", "--range", "-1e-3", "1e2"
    )
    assert "Alpha (interval)" in text
    assert "label" not in text.split("Computed with")[0].split("interval scale")[1]


def test_the_level_is_printed_with_all_its_digits(tmp_path: Path) -> None:
    text = ran(written(tmp_path), *LONG, "--level", "0.975")
    assert text.count("97.5%") == 2
    assert "98%" not in text
    assert "97.5" in ran(
        written(tmp_path), *LONG, "--level", "0.975", "--format", "latex"
    )


def test_a_folder_that_cannot_be_made_is_told_before_the_work(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert "cannot be made (" in told(tmp_path / "none.csv", *LONG, "--to", path / "x")
    assert "cannot be made (" in told(path, *LONG, "--to", tmp_path / ("x" * 300))
    told(tmp_path / "none.csv", *LONG, "--to", tmp_path / "new" / "folder")
    assert not (tmp_path / "new").exists()
    ran(path, *LONG, "--to", tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder" / "report.csv").exists()


def test_a_column_of_row_numbers_is_no_rater(tmp_path: Path) -> None:
    path = tmp_path / "index.csv"
    path.write_text(",item,ana,bo\n" + "".join(f"{k},i{k},y,n\n" for k in range(12)))
    assert "taken for a rater: ana and bo." in ran(path, *WIDE)


def test_one_category_is_counted_as_one(tmp_path: Path) -> None:
    path = written(tmp_path, [[*row[:3], "yes"] for row in rows()])
    text = " ".join(ran(path, *LONG).split())
    assert "The only category is the one that was seen: yes." in text
    assert "with 1 seen category (yes)" in text


def test_the_file_and_the_program_are_named_exactly(tmp_path: Path) -> None:
    path = written(tmp_path)
    content = json.loads(ran(path, *LONG, "--format", "json"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert content["facts"]["digest"] == digest
    assert content["facts"]["software"] == f"Concord {corpus.VERSION}"
    assert f"(ratings.csv, SHA-256 {digest})" in content["methods"]
    assert content["methods"].endswith(f"Computed with Concord {corpus.VERSION}.")


def test_a_spreadsheet_finds_no_formula(tmp_path: Path) -> None:
    content = [[*r[:3], "=1+1" if r[3] == "no" else "@x"] for r in rows()]
    text = ran(written(tmp_path, content), *LONG, "--format", "csv")
    labels = {row["category"] for row in csv.DictReader(StringIO(text))}
    assert labels == {"", "'=1+1", "'@x"}

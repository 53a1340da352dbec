import csv
import json
import sys
from io import StringIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from quality.agreement import PatternTable, measure

LONG = ("--unit", "item", "--rater", "who", "--value", "label")
WMT = Path(__file__).parents[4] / "shared" / "data" / "wmt23-mqm"
SEVERITIES = ("no_error", "minor", "major")


def rows(n: int = 36) -> list[list[str]]:
    """Three raters, two languages, the third of them wrong now and then."""
    return [
        [f"i{k}", who, "fr" if k % 2 else "de", "no" if k % 4 == wrong else "yes"]
        for k in range(n)
        for who, wrong in (("ana", 0), ("bo", 0), ("cai", k % 5))
    ]


def written(folder: Path, content: list[list[str]] | None = None) -> Path:
    path = folder / "ratings.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["item", "who", "language", "label"])
        writer.writerows(rows() if content is None else content)
    return path


def ran(*arguments: object) -> str:
    out = StringIO()
    call_command("agreement", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def lines(*arguments: object) -> list[dict[str, object]]:
    return json.loads(ran(*arguments, "--format", "json"))["lines"]


def test_a_file_is_reported_whole(tmp_path: Path) -> None:
    text = ran(written(tmp_path), *LONG)
    counts = [[0, 0] for _ in range(36)]
    for item, _, _, label in rows():
        counts[int(item[1:])][label == "yes"] += 1
    _, ac1, _ = measure(PatternTable.from_counts(counts, ("no", "yes")), "nominal")
    assert f"{ac1.value:.3f} [{ac1.low:.3f}, {ac1.high:.3f}]" in text
    assert "The 2 categories are those that were seen: no, yes." in text
    assert "108 ratings by 3 raters (ratings.csv, SHA-256 " in " ".join(text.split())
    assert "ana" in text


def test_slices_and_rows_can_be_chosen(tmp_path: Path) -> None:
    path = written(tmp_path)
    both = lines(path, *LONG, "--by", "language")
    assert [line["slice"] for line in both] == [{"language": "de"}, {"language": "fr"}]
    (french,) = lines(path, *LONG, "--where", "language=fr")
    assert french["table"] == both[1]["table"]
    text = ran(path, *LONG, "--where", "language=fr")
    assert "Only rows with language = fr are counted. Computed with" in " ".join(
        text.split()
    )


def test_wide_parquet_and_long_csv_give_the_same_numbers(tmp_path: Path) -> None:
    wide: dict[str, list[str]] = {"item": [], "ana": [], "bo": [], "cai": []}
    for item, who, _, label in rows():
        wide[who].append(label)
        if who == "ana":
            wide["item"].append(item)
    path = tmp_path / "wide.parquet"
    pq.write_table(pa.table(wide), path)
    expected = lines(written(tmp_path), *LONG)
    text = ran(path, "--wide", "--unit", "item")
    assert (
        "- Every other column with a name was taken for a rater: ana, bo and cai."
        in text
    )
    assert lines(path, "--wide", "--unit", "item") == expected
    assert lines(
        path, "--wide", "--unit", "item", "--rater", "ana", "--rater", "bo"
    ) == [*lines(written(tmp_path, [r for r in rows() if r[1] != "cai"]), *LONG)]


def test_declared_categories_count_used_or_not(tmp_path: Path) -> None:
    path = written(tmp_path)
    (two,) = lines(path, *LONG)
    (three,) = lines(path, *LONG, "--categories", "yes,no, maybe")
    assert three["categories"] == ["yes", "no", "maybe"]
    assert three["estimates"][1]["value"] > two["estimates"][1]["value"]


def test_every_form_is_written_to_a_new_folder(tmp_path: Path) -> None:
    path, target = written(tmp_path), tmp_path / "out" / "report"
    ran(path, *LONG, "--to", target)
    names = ["methods.md", "report.csv", "report.json", "report.tex", "report.txt"]
    assert sorted(p.name for p in target.iterdir()) == names
    assert (target / "report.tex").read_text() == ran(path, *LONG, "--format", "latex")
    assert (target / "report.csv").read_text() == ran(path, *LONG, "--format", "csv")
    content = json.loads((target / "report.json").read_text())
    assert content["methods"] + "\n" == (target / "methods.md").read_text()
    with pytest.raises(CommandError, match="is there already; name a new folder"):
        ran(path, *LONG, "--to", target)


def test_the_cross_check_prints_the_largest_difference(tmp_path: Path) -> None:
    text = ran(written(tmp_path), *LONG, "--by", "language", "--cross-check")
    assert "Cross-check: 2 alphas against the krippendorff package" in text
    assert float(text.split("largest difference ")[1].strip(" .\n")) < 1e-12


def test_the_cross_check_leaves_json_to_programs(tmp_path: Path) -> None:
    assert lines(written(tmp_path), *LONG, "--cross-check")


def test_a_missing_package_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "krippendorff", None)
    with pytest.raises(CommandError, match="which is not installed"):
        ran(written(tmp_path), *LONG, "--cross-check")
    assert ran(written(tmp_path), *LONG)


def test_numbers_have_their_alpha(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    content = [
        [f"i{k}", who, "", f"{k + rng.random():.3f}"] for k in range(30) for who in "ab"
    ]
    path = written(tmp_path, content)
    assert "Alpha (ratio)" in ran(path, *LONG, "--scale", "ratio")
    text = ran(path, *LONG, "--scale", "interval", "--cross-check")
    assert "Alpha (interval)" in text
    assert "The ends of the scale are the lowest and highest value seen." in text
    assert "lowest" not in ran(
        path, *LONG, "--scale", "interval", "--range", "-9", "99"
    )


def test_further_coefficients_and_the_guideline_are_named(tmp_path: Path) -> None:
    text = ran(
        written(tmp_path),
        *LONG,
        *("--also", "fleiss-kappa/1", "--guideline", "guideline 7"),
    )
    assert "Fleiss' kappa" in text
    assert "under guideline 7" in text


def test_a_repeated_rating_is_an_error_until_the_last_is_wanted(tmp_path: Path) -> None:
    path = written(tmp_path, [*rows(), ["i0", "ana", "de", "yes"]])
    with pytest.raises(CommandError) as caught:
        ran(path, *LONG)
    assert str(caught.value) == (
        "ratings.csv: line 110, column 'who': 'ana' has rated unit 'i0' before, on "
        "line 2; take one out, or add --last to keep the last, or --by if the rows "
        "belong to different slices."
    )
    text = ran(path, *LONG, "--last")
    assert "1 rating that the same rater gave again to the same item" in text


def test_one_rater_gives_a_reason_and_no_number(tmp_path: Path) -> None:
    path = written(tmp_path, [row for row in rows() if row[1] == "ana"])
    assert "Withheld: 0 items have two ratings or more" in ran(path, *LONG)
    text = ran(path, *LONG, "--least", "1")
    assert "Withheld: 0 items have two ratings or more, and below 1" in text


def test_one_category_gives_a_reason_and_no_number(tmp_path: Path) -> None:
    path = written(tmp_path, [[*row[:3], "yes"] for row in rows()])
    assert "single-category scale" in ran(path, *LONG)
    text = ran(path, *LONG, "--categories", "yes,no")
    assert "Alpha (nominal): no variation: only one category was used." in text


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ((*LONG[:-1], "score"), "ratings.csv: there is no column 'score'"),
        (
            (*LONG, "--scale", "interval"),
            "ratings.csv: line 2, column 'label': 'no' is",
        ),
        ((*LONG, "--scale", "ordinal"), "ratings.csv: the order of the categories"),
        ((*LONG, "--categories", "yes"), "column 'label': 'no' is none of"),
        ((*LONG, "--where", "language=it"), "no row has 'it' in column 'language'"),
        ((*LONG, "--where", "language"), "write it as COLUMN=VALUE"),
        ((*LONG, "--scale", "binary", "--categories", "a"), "two categories"),
        ((*LONG, "--scale", "ratio", "--categories", "a"), "numbers, not categories"),
        ((*LONG, "--level", "95"), "--level lies between 0.5 and 0.9999"),
        (LONG[:4], "Name the column of ratings with --value"),
        ((*LONG[:2], *LONG[4:]), "Name the column that says who rated"),
        ((*LONG[:2], *LONG[4:], "--wide"), "--wide has a column per rater"),
        (
            (
                "--wide",
                *(
                    x
                    for c in ("item", "who", "language", "label")
                    for x in ("--unit", c)
                ),
            ),
            "no column is left for a rater",
        ),
    ],
)
def test_a_bad_choice_is_told_in_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...], fault: str
) -> None:
    with pytest.raises(CommandError) as caught:
        ran(written(tmp_path), *arguments)
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.returncode == 1


def test_a_ratio_scale_with_too_many_values_is_refused(tmp_path: Path) -> None:
    content = [[f"i{k // 2}", "ab"[k % 2], "", str(k)] for k in range(50_002)]
    with pytest.raises(CommandError, match=r"ratings\.csv: 50,002 different values"):
        ran(written(tmp_path, content), *LONG, "--scale", "ratio")


def test_a_file_of_gaps_holds_no_rating(tmp_path: Path) -> None:
    path = written(tmp_path, [["i", "ana", "fr", ""]])
    with pytest.raises(CommandError, match=r"ratings\.csv: no row holds a rating"):
        ran(path, *LONG)


def test_a_value_without_rater_is_named_by_its_column(tmp_path: Path) -> None:
    path = written(tmp_path, [["i", "", "fr", "yes"]])
    with pytest.raises(CommandError, match="line 2, column 'who': there is a value"):
        ran(path, *LONG)


def test_a_long_file_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("w") as file:
        file.write("item,who,label\n")
        file.writelines(
            f"{k // 2},r{k % 2},{'ab'[k % 7 < 3]}\n" for k in range(280_000)
        )
    (line,) = lines(path, *LONG)
    assert (line["items"], line["ratings"], line["raters"]) == (140_000, 280_000, 2)
    halves = [["ab"[k % 7 < 3], "ab"[(k + 1) % 7 < 3]] for k in range(0, 14, 2)]
    alike = [one == other for one, other in halves]
    assert line["estimates"][0]["value"] == pytest.approx(np.mean(alike))


@pytest.mark.skipif(
    not WMT.is_dir(),
    reason="the real WMT23 ratings are not in ../shared/data/wmt23-mqm",
)
def test_real_severities_are_reported_one_by_one() -> None:
    (line,) = lines(
        WMT / "ende_worst_severity.csv.gz",
        *("--unit", "system", "--unit", "segment", "--rater", "rater"),
        *("--value", "worst", "--scale", "ordinal", "--cross-check"),
        *("--categories", ",".join(SEVERITIES)),
    )
    assert (line["items"], line["raters"], line["ratings"]) == (1040, 10, 3120)
    assert line["ratings_per_item"] == {"3": 1040}
    assert [label["label"] for label in line["labels"]] == list(SEVERITIES)
    assert [label["ratings"] for label in line["labels"]] == [748, 1199, 1173]
    for label in line["labels"]:
        agreement = label["agreement"]
        assert 0.5 < agreement["low"] < agreement["value"] < agreement["high"] < 0.7
    percent, _, alpha = line["estimates"]
    assert percent["value"] == pytest.approx(0.593, abs=5e-4)
    assert alpha["value"] == pytest.approx(0.509, abs=5e-4)

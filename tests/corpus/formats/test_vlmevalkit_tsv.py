import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.content import Caption, Content, MultipleChoice, YesNo
from corpus.formats import vlmevalkit_tsv
from corpus.formats.release import Part, ReleaseBlocked, ReleaseError
from corpus.formats.vlmevalkit_rows import index_of, refusals
from corpus.record import Record
from corpus.sources import READERS
from tests.corpus.benchmark_releases import GLUED, benchmark
from tests.corpus.contents import MMBENCH, PHOTO, PICTURE, multiple_choices
from tests.corpus.releases import CHOICE, numbered, release_item


def choice(*options: str, **fields: Any) -> MultipleChoice:
    return MultipleChoice("Laquelle ?", options, "A", **fields)


def frame(folder: Path, name: str = "Multi_fr") -> Any:
    """The file as VLMEvalKit opens it: pandas with all its defaults."""
    return pd.read_csv(folder / f"{name}.tsv", sep="\t")


def write(folder: Path, *contents: Content, **fields: Any) -> list[Part]:
    return vlmevalkit_tsv.write(numbered(*contents, **fields), folder, name="Multi")


def test_row_holds_index_options_answer_and_original_bytes(tmp_path: Path) -> None:
    item = release_item(CHOICE, upstream={"index": 241, "split": "dev"})
    [part] = vlmevalkit_tsv.write([item], tmp_path, name="Multi")
    size = (tmp_path / "Multi_fr.tsv").stat().st_size
    assert part == Part("Multi_fr.tsv", "fr", "test", 1, size)
    [row] = frame(tmp_path).to_dict("records")
    picture = row.pop("image")
    assert base64.b64decode(picture) == PICTURE.read_bytes()
    assert row == {
        "index": 241,
        "question": "Which?",
        "hint": "Look.",
        "A": "red",
        "B": "blue",
        "C": "None of them",
        "answer": "B",
        "category": "c",
        "split": "dev",
        "id": "mmbench/1",
    }


def test_sample_comes_back_from_import_and_release(tmp_path: Path) -> None:
    records = [r for r in READERS["mmbench"].read(MMBENCH) if isinstance(r, Record)]
    items = [
        release_item(r.content, key=r.key, language="en", upstream=r.upstream)
        for r in records
    ]
    whole = [item for item in items if not refusals(item)]
    assert [item.key for item in items if item not in whole] == ["977"]
    vlmevalkit_tsv.write(whole, tmp_path, name="Multi")
    ours, theirs = frame(tmp_path, "Multi_en"), pd.read_csv(MMBENCH, sep="\t")
    theirs = theirs[theirs["index"].isin(ours["index"])]
    kept = ["index", "question", "hint", *"ABCD", "answer", "category"]
    kept += ["l2-category", "split"]
    pd.testing.assert_frame_equal(
        ours[kept], theirs[kept].reset_index(drop=True), check_dtype=False
    )


def test_option_none_is_reported_not_changed() -> None:
    item = release_item(choice("None", "One"))
    assert refusals(item) == [
        "option A reads 'None', which readers of this file take for a missing cell"
    ]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (release_item(Caption("Un chat.")), "a caption has no place in this format"),
        (release_item(CHOICE, picture=None), "there is no image"),
        (release_item(CHOICE, source=Caption("A cat.")), "the source is a caption"),
        (release_item(choice("a", "b"), source=CHOICE), "the key is not that of"),
        (
            release_item(choice("a", "b"), source=choice("a", "b", "c")),
            "there are 2 options, the source has 3",
        ),
        (release_item(YesNo("Q?", "No"), source=YesNo("Q?", "Yes")), "the key is not"),
        (release_item(choice("a", "b", hint="NA")), "hint reads 'NA'"),
        (release_item(choice("a", "b", category="nan")), "category reads 'nan'"),
        (release_item(CHOICE, upstream={"split": "n/a"}), "split reads 'n/a'"),
    ],
)
def test_item_that_cannot_stand_in_the_file_says_why(item: Any, reason: str) -> None:
    assert any(reason in found for found in refusals(item))
    with pytest.raises((ReleaseBlocked, ReleaseError)):
        vlmevalkit_tsv.write([item], Path("nowhere"), name="MultiMMBench")


def test_good_item_has_no_reason_against_it() -> None:
    assert refusals(release_item(CHOICE)) == []
    assert refusals(release_item(YesNo("Q?", "No"))) == []
    # the instruction follows, so the cell is not the bare word
    assert refusals(release_item(YesNo("null", "No"))) == []


def test_all_blocked_items_are_named_at_once(tmp_path: Path) -> None:
    contents = (choice("None", "x"), choice("a", "b"), choice("y", "null"))
    with pytest.raises(ReleaseBlocked) as caught:
        write(tmp_path, *contents)
    assert caught.value.keys == {("mmbench", "1"), ("mmbench", "3")}
    assert list(tmp_path.iterdir()) == []


def test_number_that_pandas_would_rewrite_blocks_its_row(tmp_path: Path) -> None:
    with pytest.raises(ReleaseBlocked, match="column B is all numbers") as caught:
        write(tmp_path, choice("x", "1.50"), choice("y", "2.5"))
    assert caught.value.keys == {("mmbench", "1")}


def test_last_option_of_a_few_numbers_is_blocked(tmp_path: Path) -> None:
    with pytest.raises(ReleaseBlocked, match="column C") as caught:
        write(tmp_path, choice("x", "y", "3"), choice("x", "y"))
    assert caught.value.keys == {("mmbench", "1")}


def test_numbers_among_words_are_safe(tmp_path: Path) -> None:
    write(tmp_path, choice("007", "1.50"), choice("seven", "one"))
    assert frame(tmp_path)["A"].tolist() == ["007", "seven"]
    assert frame(tmp_path)["B"].tolist() == ["1.50", "one"]


def test_missing_options_are_blank_and_missing_columns_absent(tmp_path: Path) -> None:
    write(tmp_path, choice("a", "b", "c"), choice("d", "e"))
    found = frame(tmp_path)
    assert found["C"].tolist()[0] == "c"
    assert pd.isna(found["C"].tolist()[1])
    assert not {"D", "hint", "category", "split", "l2-category"} & set(found.columns)


def test_category_with_a_gap_is_left_out_as_a_column(tmp_path: Path) -> None:
    write(tmp_path, choice("a", "b", category="colour"), choice("d", "e"))
    assert "category" not in frame(tmp_path).columns


def test_shared_picture_is_held_once_and_referred_to(tmp_path: Path) -> None:
    items = numbered(choice("a", "b"), choice("c", "d"), choice("e", "f"))
    other = release_item(choice("g", "h"), key="4", picture=PHOTO)
    vlmevalkit_tsv.write([*items, other], tmp_path, name="Multi")
    found = frame(tmp_path)
    first = str(found["index"][0])
    assert found["image"].tolist()[1:3] == [first, first]
    assert base64.b64decode(found["image"][0]) == PICTURE.read_bytes()
    assert base64.b64decode(found["image"][3]) == PHOTO.read_bytes()


def test_release_can_be_imported_again(tmp_path: Path) -> None:
    contents = (CHOICE, choice("Rouge\t«x»", "Bleu\nciel", category="c"))
    items = [
        release_item(content, key=str(n), upstream={"index": n})
        for n, content in enumerate(contents)
    ]
    vlmevalkit_tsv.write(items, tmp_path, name="Multi")
    records = list(READERS["mmbench"].read(tmp_path / "Multi_fr.tsv"))
    found = [record.content for record in records if isinstance(record, Record)]
    assert found == list(contents)


def test_yes_no_file_keeps_english_keys_and_ships_its_run_configuration(
    tmp_path: Path,
) -> None:
    questions = YesNo("Est-ce rouge ?", "Yes", "a"), YesNo("Est-ce bleu ?", "No", "a")
    write(tmp_path, *questions)
    found = frame(tmp_path)
    assert found["answer"].tolist() == ["Yes", "No"]
    assert found["yes_word"].tolist() == ["Oui", "Oui"]
    assert found["question"].tolist() == [
        "Est-ce rouge ? Répondez uniquement par Yes ou No.",
        "Est-ce bleu ? Répondez uniquement par Yes ou No.",
    ]
    assert "A" not in found.columns
    assert json.loads((tmp_path / "Multi.json").read_text()) == {
        "Multi_fr": {"class": "ImageYORNDataset", "dataset": "Multi_fr"}
    }


def test_english_question_ends_as_upstream_has_it(tmp_path: Path) -> None:
    items = benchmark("mme", ["en"])
    vlmevalkit_tsv.write(items, tmp_path, name="MultiMME", scoring="mme")
    found = frame(tmp_path, "MultiMME_en")
    assert found["question"].tolist() == [i.content.question + GLUED for i in items]
    assert found["image_path"].tolist() == [i.group for i in items]
    assert found["answer"].tolist() == ["Yes", "No"] * 14


def test_copies_stand_after_their_base_row_and_refer_to_its_picture(
    tmp_path: Path,
) -> None:
    items = benchmark("mmbench", ["en", "fr"])
    parts = vlmevalkit_tsv.write(
        items, tmp_path, name="MultiMMBench_dev", split="dev", scoring="circular"
    )
    assert [(part.rows, part.split) for part in parts] == [(9, "dev"), (9, "dev")]
    found = frame(tmp_path, "MultiMMBench_dev_fr")
    assert found["index"].tolist()[:5] == [241, 1000241, 2000241, 3000241, 305]
    assert found["answer"].tolist()[:4] == list("ADCB")
    assert found["A"].tolist()[:4] == ["rouge", "bleu", "bleu foncé", "aucune"]
    assert found["image"].tolist()[1:] == ["241"] * 8
    assert found["l2-category"].unique().tolist() == ["coarse"]
    assert found["source"].unique().tolist() == ["ours"]


def test_sample_comes_back_with_its_copies(tmp_path: Path) -> None:
    records = [r for r in READERS["mmbench"].read(MMBENCH) if isinstance(r, Record)]
    items = [
        release_item(r.content, key=r.key, language="en", upstream=r.upstream)
        for r in records
        if r.key != "977"
    ]
    vlmevalkit_tsv.write(items, tmp_path, name="MMBench", scoring="circular")
    ours, theirs = frame(tmp_path, "MMBench_en"), pd.read_csv(MMBENCH, sep="\t")
    theirs = theirs[theirs["index"] % 1_000_000 != 977].reset_index(drop=True)
    kept = ["index", "question", "hint", *"ABCD", "answer", "category"]
    kept += ["source", "l2-category", "split"]
    pd.testing.assert_frame_equal(ours[kept], theirs[kept], check_dtype=False)


def test_only_base_rows_of_mmbench_have_copies(tmp_path: Path) -> None:
    items = benchmark("ai2d", ["fr"])
    with pytest.raises(ReleaseBlocked, match="only MMBench has circular copies"):
        vlmevalkit_tsv.write(items, tmp_path, name="MMBench", scoring="circular")
    assert list(tmp_path.iterdir()) == []


def test_part_of_mme_is_written_under_a_modest_name_only(tmp_path: Path) -> None:
    items = benchmark("mme", ["fr"], categories=["OCR", "count"])
    with pytest.raises(ReleaseError, match="would not be the whole of MME: it lacks"):
        vlmevalkit_tsv.write(items, tmp_path, name="MultiMME_test", scoring="mme")
    assert list(tmp_path.iterdir()) == []
    [part] = vlmevalkit_tsv.write(items, tmp_path, name="MultiMme_part_test")
    assert (part.path, part.rows) == ("MultiMme_part_test_fr.tsv", 4)


@pytest.mark.parametrize("path", ["../up.png", "/etc/x.png", "a/../../b.png", "c:x"])
def test_picture_name_that_leads_out_of_its_folder_is_refused(path: str) -> None:
    item = replace(benchmark("mme", ["fr"])[0], upstream={"image_path": path})
    assert refusals(item) == [f"image_path {path!r} leads out of its folder"]


def test_pope_has_a_row_per_question_or_per_track(tmp_path: Path) -> None:
    items = benchmark("pope", ["fr"])
    vlmevalkit_tsv.write(items, tmp_path, name="MultiPOPE", scoring="pope")
    found = frame(tmp_path, "MultiPOPE_fr")
    assert found["category"].tolist() == ["adversarial,popular,random", "adversarial"]
    vlmevalkit_tsv.write(
        items, tmp_path, name="MultiPOPE_all", scoring="pope", repeats=True
    )
    found = frame(tmp_path, "MultiPOPE_all_fr")
    assert found["category"].tolist()[:3] == ["adversarial", "popular", "random"]
    assert found["index"].is_unique
    assert found["id"].tolist() == ["pope/1"] * 3 + ["pope/2"]


def test_two_kinds_do_not_share_a_benchmark(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="would mix multiple_choice and yes_no"):
        write(tmp_path, CHOICE, YesNo("Q?", "No"))
    assert list(tmp_path.iterdir()) == []


def test_upstream_index_is_kept_and_a_missing_one_made_for_ever() -> None:
    assert index_of(release_item(CHOICE, upstream={"index": 0})) == 0
    assert index_of(release_item(CHOICE, upstream={"index": "17"})) == 17
    made = {
        index_of(release_item(CHOICE, language=language, upstream={"index": odd}))
        for language in ("fr", "de")
        for odd in (None, True, -1, "x7", 1.5)
    }
    assert made == {191484723959409}
    assert index_of(release_item(CHOICE, key="2")) not in made


def test_index_used_twice_is_blocked(tmp_path: Path) -> None:
    with pytest.raises(ReleaseBlocked, match=r"has the index of mmbench/1 \(fr\)"):
        write(tmp_path, CHOICE, CHOICE, upstream={"index": 7})


@pytest.mark.parametrize("name", ["MultiMMBench", "a/b", ""])
def test_file_name_is_checked(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReleaseError, match="name"):
        vlmevalkit_tsv.write([release_item(CHOICE)], tmp_path, name=name)


def test_written_file_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path, CHOICE)
    with pytest.raises(ReleaseError, match=r"Multi_fr\.tsv is already there"):
        write(tmp_path, CHOICE)


def test_nothing_to_write_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no item to release"):
        write(tmp_path)


def test_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    dot = tmp_path / "dot.png"
    dot.write_bytes(b"x")
    with pytest.raises(ReleaseError, match="too small to be a picture"):
        write(tmp_path, CHOICE, picture=dot)


def test_release_written_twice_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, CHOICE, choice("a", "b", category="c"))
    one, two = (tmp_path / name / "Multi_fr.tsv" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(contents=st.lists(multiple_choices(), min_size=1, max_size=4))
def test_what_is_not_refused_is_what_pandas_reads(
    tmp_path: Path, contents: list[MultipleChoice]
) -> None:
    (tmp_path / "Multi_fr.tsv").unlink(missing_ok=True)
    try:
        write(tmp_path, *contents)
    except ReleaseBlocked:
        return
    found = frame(tmp_path)
    assert len(found) == len(contents)
    for row, content in zip(found.to_dict("records"), contents, strict=True):
        assert str(row["question"]) == content.question
        options = zip("ABCDEF", content.options, strict=False)
        assert all(str(row[letter]) == option for letter, option in options)
        assert row["answer"] == content.key

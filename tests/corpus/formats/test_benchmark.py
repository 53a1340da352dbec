import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.content import MultipleChoice
from corpus.formats.benchmark import Plan, Written, plan, write
from corpus.formats.release import ReleaseBlocked, ReleaseError
from corpus.record import ReleaseItem
from tests.corpus.benchmark_releases import LANGUAGES, MAKERS, benchmark


def wanted(items: list[ReleaseItem], **choices: Any) -> Plan:
    return plan(items[0].dataset, kind=items[0].content.kind, **choices)


def released(folder: Path, items: list[ReleaseItem], **choices: Any) -> Written:
    folder.mkdir(exist_ok=True)
    return write(lambda: items, folder, wanted(items, **choices))


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("dataset", "kind", "choices", "name"),
    [
        ("mmbench", "multiple_choice", {}, "MultiMMBench_test"),
        ("mmbench", "multiple_choice", {"circular": False}, "MultiMMB_test"),
        ("scienceqa", "multiple_choice", {"split": "val"}, "MultiScienceQA_val"),
        ("mme", "yes_no", {}, "MultiMME_test"),
        ("mme", "yes_no", {"part": True}, "MultiMme_part_test"),
        ("pope", "yes_no", {}, "MultiPOPE_test"),
        ("ours", "yes_no", {"repeats": True}, "Multiours_test"),
    ],
)
def test_plan_follows_the_rules_of_the_benchmark(
    dataset: str, kind: Any, choices: dict[str, Any], name: str
) -> None:
    made = plan(dataset, kind=kind, **choices)
    assert made.name == name
    assert made.rows.circular == (name == "MultiMMBench_test")
    assert not made.rows.repeats


@pytest.mark.parametrize("name", MAKERS)
def test_every_form_is_written_in_every_language(tmp_path: Path, name: str) -> None:
    items = benchmark(name)
    made = released(tmp_path, items, home=name, repeats=name == "pope")
    assert [part.language for part in made.parquet] == list(LANGUAGES)
    assert [part.language for part in made.tables] == list(LANGUAGES)
    assert len(made.tasks) == len(LANGUAGES)
    for part in (*made.parquet, *made.tables):
        assert (tmp_path / part.path).stat().st_size == part.size
    assert made.parquet[0].path == f"{name}/de/test-00000-of-00001.parquet"
    assert made.tables[0].path.startswith("vlmevalkit/Multi")
    left = [*tmp_path.rglob("*.unfinished")]
    assert left == []


def test_run_configuration_lies_beside_yes_no_tables(tmp_path: Path) -> None:
    released(tmp_path, benchmark("mme", ["fr"]))
    told = json.loads((tmp_path / "vlmevalkit" / "MultiMME_test.json").read_text())
    assert list(told) == ["MultiMME_test_fr"]


def test_item_without_a_picture_is_in_parquet_but_in_no_table(tmp_path: Path) -> None:
    made = released(tmp_path, benchmark("scienceqa", ["de", "fr"]))
    assert [part.rows for part in made.parquet] == [2, 2]
    assert [part.rows for part in made.tables] == [1, 1]
    assert [(str(key), why) for key, why in made.not_in_tables] == [
        ("scienceqa/2 (de)", "there is no image"),
    ]


def test_text_that_a_table_would_change_is_left_out_of_it_in_every_language(
    tmp_path: Path,
) -> None:
    items = benchmark("ai2d", ["de", "fr", "it"])
    content = items[3].content
    assert isinstance(content, MultipleChoice)
    items[3] = replace(items[3], content=replace(content, options=("None", "x")))
    made = released(tmp_path, items)
    assert [part.rows for part in made.tables] == [1, 1, 1]
    assert [part.rows for part in made.parquet] == [2, 2, 2]
    [(key, reason)] = made.not_in_tables
    assert str(key) == "ai2d/2 (fr)"
    assert reason.startswith("option A reads 'None'")


def test_benchmark_that_no_table_can_hold_has_parquet_and_tasks(tmp_path: Path) -> None:
    items = [benchmark("scienceqa", ["fr"])[1]]
    made = released(tmp_path, items)
    assert made.tables == ()
    assert len(made.tasks) == len(made.parquet) == 1
    assert list((tmp_path / "vlmevalkit").iterdir()) == []


def test_item_that_is_no_longer_upstreams_stops_everything(tmp_path: Path) -> None:
    items = benchmark("ai2d", ["fr"])
    source = items[0].source
    assert isinstance(source, MultipleChoice)
    items[0] = replace(items[0], source=replace(source, key="A"))
    with pytest.raises(ReleaseBlocked, match="the key is not that of the source") as e:
        released(tmp_path, items)
    assert e.value.keys == {("ai2d", "1")}


def test_part_of_mme_is_refused_unless_asked_for(tmp_path: Path) -> None:
    items = benchmark("mme", ["fr"], categories=["OCR"])
    with pytest.raises(ReleaseError, match="would not be the whole of MME"):
        released(tmp_path / "whole", items)
    made = released(tmp_path / "part", items, part=True)
    assert made.tasks == ("multimme_part_test_fr",)


def test_picture_that_changed_after_import_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "x.png"
    items = benchmark("ai2d", ["fr"])
    picture.write_bytes(Path(items[0].image_path).read_bytes() + b"x")
    changed = [replace(items[0], image_path=str(picture)), items[1]]
    with pytest.raises(ReleaseError, match="is not the one imported"):
        released(tmp_path / "release", changed)


def test_same_items_give_the_same_bytes(tmp_path: Path) -> None:
    for name in MAKERS:
        for folder in ("one", "two"):
            released(tmp_path / folder, benchmark(name), home=name)
    one = files(tmp_path / "one")
    assert one == files(tmp_path / "two")
    assert sum(name.endswith(".yaml") for name in one) == 25

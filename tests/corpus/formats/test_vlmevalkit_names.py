import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.release import ReleaseError
from corpus.formats.vlmevalkit_names import (
    Scoring,
    require_name,
    table_name,
)


@pytest.mark.parametrize(
    "name", ["MultiMMB_dev_fr", "MultiAI2D_test_de", "Mme_part_de"]
)
def test_plain_name_is_taken(name: str) -> None:
    assert require_name(name, scoring="plain") == name


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("MultiMMBench_dev_fr", "mmbench"),
        ("my_mmbench_fr", "mmbench"),
        ("Circular_fr", "circular"),
        ("MultiMME_fr", "MME"),
        ("MultiPOPE_fr", "POPE"),
        ("MMMU_fr", "MMMU"),
        ("My_BLINK", "BLINK"),
    ],
)
def test_name_that_switches_the_scoring_is_refused(name: str, part: str) -> None:
    with pytest.raises(ReleaseError, match=f"a file with '{part}' in its name"):
        require_name(name, scoring="plain")


@pytest.mark.parametrize("name", ["", "../x", "a b", "7up", "a.tsv", "é", "x" * 101])
def test_name_that_is_no_file_stem_is_refused(name: str) -> None:
    with pytest.raises(ReleaseError, match="is no benchmark name"):
        require_name(name, scoring="plain")


@pytest.mark.parametrize(
    ("scoring", "name"),
    [
        ("circular", "MultiMMBench_dev_fr"),
        ("mme", "MultiMME_test_fr"),
        ("pope", "MultiPOPE_test_fr"),
    ],
)
def test_name_asks_for_the_scoring_that_the_file_is_made_for(
    scoring: Scoring, name: str
) -> None:
    assert require_name(name, scoring=scoring) == name
    with pytest.raises(ReleaseError, match=f"scores a file as {scoring} only with"):
        require_name("MultiSet_fr", scoring=scoring)
    with pytest.raises(ReleaseError, match="'BLINK' in its name in a way of its own"):
        require_name(f"{name}_BLINK", scoring=scoring)


@pytest.mark.parametrize(
    ("dataset", "split", "scoring", "name"),
    [
        ("mmbench@v1.0", "dev", "circular", "MultiMMBench_dev"),
        ("mmbench@v1.0", "dev", "plain", "MultiMMB_dev"),
        ("scienceqa", "test", "plain", "MultiScienceQA_test"),
        ("ai2d", "test", "plain", "MultiAI2D_test"),
        ("mme", "test", "mme", "MultiMME_test"),
        ("mme", "test", "plain", "MultiMme_part_test"),
        ("pope", "test", "pope", "MultiPOPE_test"),
        ("pope", "test", "plain", "MultiPope_test"),
        ("our own/set@3", "", "plain", "Multiour-own-set_test"),
    ],
)
def test_table_is_named_after_its_benchmark_and_split(
    dataset: str, split: str, scoring: Scoring, name: str
) -> None:
    assert table_name(dataset, split=split, scoring=scoring) == name


def test_name_that_would_switch_the_scoring_by_accident_is_replaced() -> None:
    name = table_name("my-BLINK-set", split="dev", scoring="plain")
    assert name.startswith("Multi_set_")
    assert name != table_name("my-BLINK-set", split="test", scoring="plain")
    with pytest.raises(ReleaseError, match="only with 'mmbench'"):
        table_name("ai2d", split="test", scoring="circular")


@given(st.text(max_size=60), st.text(max_size=20))
def test_every_dataset_has_a_plain_name(dataset: str, split: str) -> None:
    name = table_name(dataset, split=split, scoring="plain")
    assert require_name(f"{name}_fr", scoring="plain") == f"{name}_fr"

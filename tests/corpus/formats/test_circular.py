import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.content import LETTERS, Caption, MultipleChoice
from corpus.formats.circular import STEP, rotated, why_not_circular, with_copies
from tests.corpus.benchmark_releases import benchmark
from tests.corpus.contents import MMBENCH, multiple_choices
from tests.corpus.releases import CHOICE, release_item


def upstream_rows() -> dict[int, tuple[list[str], str]]:
    """Options and answer of the sample by index, read without any of our readers."""
    csv.field_size_limit(10_000_000)
    with MMBENCH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {
        int(row["index"]): ([row[c] for c in "ABCD" if row[c]], row["answer"])
        for row in rows
    }


def test_copies_are_those_of_upstream() -> None:
    upstream, made = upstream_rows(), {}
    for index, (options, answer) in upstream.items():
        if index >= STEP:
            continue
        content = MultipleChoice("Q?", tuple(options), answer)
        item = release_item(content, key=str(index), upstream={"index": index})
        assert why_not_circular(item) is None
        for copy in with_copies(item):
            assert isinstance(copy.content, MultipleChoice)
            found = list(copy.content.options), copy.content.key
            made[copy.upstream["index"]] = found
    assert made == upstream
    assert len(made) == 13


def test_copies_turn_text_and_source_alike_and_keep_all_else() -> None:
    base = benchmark("mmbench", ["fr"])[0]
    copies = list(with_copies(base))
    assert copies[0] == base
    assert [copy.content.key for copy in copies] == list("ADCB")
    for copy in copies:
        assert copy.content.key == copy.source.key
        assert copy.upstream["split"] == "dev"
        assert (copy.key, copy.image_sha256) == (base.key, base.image_sha256)


@given(multiple_choices(), st.integers(0, 30))
def test_key_moves_with_its_text(content: MultipleChoice, places: int) -> None:
    turned = rotated(content, places)
    assert isinstance(turned, MultipleChoice)
    right = content.options[LETTERS.index(content.key)]
    assert turned.options[LETTERS.index(turned.key)] == right
    assert sorted(turned.options) == sorted(content.options)
    assert rotated(turned, len(content.options) - places) == content


def test_what_has_no_options_is_not_turned() -> None:
    assert rotated(Caption("A cat."), 1) == Caption("A cat.")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"dataset": "ai2d"}, "only MMBench has circular copies"),
        ({"dataset": "mmbench", "content": Caption("x")}, "a caption has no options"),
        ({"upstream": {}}, "no upstream index to number its copies by"),
        ({"upstream": {"index": 1_000_241}}, "1000241 is that of a copy"),
    ],
)
def test_item_without_copies_says_why(fields: dict, reason: str) -> None:
    usual = {"content": CHOICE, "upstream": {"index": 5}}
    assert reason in str(why_not_circular(release_item(**(usual | fields))))


def test_revision_in_the_name_does_not_hide_the_benchmark() -> None:
    item = release_item(CHOICE, dataset="mmbench@v1.0", upstream={"index": "5"})
    assert [c.upstream["index"] for c in with_copies(item)] == [5, 1000005, 2000005]

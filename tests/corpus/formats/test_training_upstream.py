import json
from typing import Any

import pytest

from corpus.content import Caption, Kind, parse
from corpus.formats.training_columns import columns
from corpus.record import ReleaseItem
from tests.corpus.releases import COSYN, TALK, release_item

ASKED = parse("question_answer", {"question": "Who?", "answer": "Me."})


def row(kind: Kind, item: ReleaseItem) -> dict[str, Any]:
    """The cells of an item in a set of one kind without images."""
    return {c.name: c.value(item) for c in columns([kind], embed_images=False)}


@pytest.mark.parametrize(
    "odd",
    [
        {"qa_pairs": [{"question": "Q", "answer": "A"}]},
        {"qa_pairs": {"question": ["Q"], "colour": ["red"]}},
        {"metadata": {"figure_type": "Bar", "colour": "red"}},
        {"metadata": "Bar"},
        {"metadata": {"topic": 3}},
        {"data": ["a"]},
        {"transcripts": ["unknown to this kind"]},
    ],
)
def test_upstream_field_that_fits_no_column_stays_in_the_json(
    odd: dict[str, Any],
) -> None:
    cells = row("conversation", release_item(TALK, upstream=odd))
    assert json.loads(cells["upstream"]) == odd
    assert cells["metadata"] is cells["data"] is cells["code"] is None


def test_upstream_fields_come_back_under_their_names() -> None:
    cells = row("conversation", release_item(TALK, upstream=COSYN))
    assert {name: cells[name] for name in COSYN} == COSYN
    assert json.loads(cells["upstream"]) == {"id": "chart_0001"}


def test_hash_that_upstream_claims_stands_beside_the_measured_one() -> None:
    item = release_item(ASKED, upstream={"image_sha256": "AB" * 32})
    cells = row("question_answer", item)
    assert cells["image_sha256"] == "AB" * 32
    assert cells["measured_sha256"] == item.image_sha256 != "AB" * 32


def test_without_a_claim_the_hash_is_the_measured_one() -> None:
    item = release_item(ASKED)
    cells = row("question_answer", item)
    assert cells["image_sha256"] == cells["measured_sha256"] == item.image_sha256


def test_address_is_spelled_as_upstream_spells_it() -> None:
    spelled = {"image_url": "HTTPS://example.org/a.png "}
    item = release_item(
        Caption("A"), image_url="https://example.org/a.png", upstream=spelled
    )
    assert row("caption", item)["image_url"] == spelled["image_url"]
    assert row("caption", item)["upstream"] == "{}"


@pytest.mark.parametrize("transcripts", [None, [], ["a cat", "so"]])
def test_transcripts_are_null_empty_or_texts_as_upstream(transcripts: Any) -> None:
    item = release_item(Caption("A"), upstream={"transcripts": transcripts})
    assert row("caption", item)["transcripts"] == transcripts


STORED = {"question": ["Combien ?"], "explanation": [None], "answer": ["3"]}
ONE = parse("conversation", {"turns": [{"question": "Combien ?", "answer": "3"}]})


def test_null_of_an_untouched_conversation_comes_back() -> None:
    item = release_item(ONE, origin="source", upstream={"qa_pairs": STORED})
    cells = row("conversation", item)
    assert cells["qa_pairs"] == STORED
    assert cells["upstream"] == "{}"


def test_conversation_that_was_changed_is_not_overlaid_by_its_original() -> None:
    item = release_item(TALK, source=ONE, upstream={"qa_pairs": STORED})
    cells = row("conversation", item)
    assert cells["qa_pairs"]["answer"] == ["3", "À gauche."]
    assert json.loads(cells["upstream"]) == {"qa_pairs": STORED}

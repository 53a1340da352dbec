import json
from typing import Any

import pytest

from corpus.content import KINDS, Caption, Kind
from corpus.formats.training_columns import columns
from corpus.record import ReleaseItem
from tests.corpus.releases import TALK, release_item


def row(kind: Kind, item: ReleaseItem) -> dict[str, Any]:
    """The cells of an item in a set of one kind without images."""
    return {c.name: c.value(item) for c in columns([kind], embed_images=False)}


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("caption", ["image_url", "caption", "transcripts"]),
        ("question_answer", ["image_url", "image_sha256", "question", "answer"]),
        ("conversation", ["id", "image", "qa_pairs", "metadata", "data", "code"]),
        ("multiple_choice", ["question", "hint", "options", "answer", "category"]),
    ],
)
def test_set_of_one_kind_begins_with_the_columns_of_its_source(
    kind: Kind, first: list[str]
) -> None:
    names = [column.name for column in columns([kind], embed_images=True)]
    assert names[: len(first)] == first
    assert len(names) == len(set(names))
    assert {"id", "language", "image", "image_url", "image_sha256"} <= set(names)


def test_every_column_says_what_it_means() -> None:
    assert all(column.meaning for column in columns(KINDS, embed_images=True))


def test_provenance_and_verdicts_are_kept() -> None:
    made = {"model": "m-7b", "seed": 7, "accepts": 2, "edits": 1}
    cells = row("caption", release_item(Caption("Un chat."), provenance=made))
    assert [cells[name] for name in ("model", "model_revision")] == ["m-7b", ""]
    assert [cells[name] for name in ("accepts", "edits", "rejects")] == [2, 1, None]
    assert json.loads(cells["provenance"]) == {"seed": 7}


def test_set_of_several_kinds_has_every_column_once() -> None:
    names = [column.name for column in columns(KINDS, embed_images=True)]
    assert len(names) == len(set(names))
    assert {"caption", "question", "answer", "qa_pairs", "options"} <= set(names)


def test_id_is_upstreams_own_only_where_upstream_has_one() -> None:
    talk = release_item(TALK, key="k", upstream={"id": "chart_0001"})
    assert row("conversation", talk)["id"] == "chart_0001"
    assert row("conversation", release_item(TALK, key="k"))["id"] == "k"
    assert row("caption", release_item(Caption("A"), key="k"))["id"] == "mmbench/k"
    mixed = columns(["caption", "conversation"], embed_images=False)
    [identity] = [column for column in mixed if column.name == "id"]
    assert identity.value(talk) == "mmbench/k"

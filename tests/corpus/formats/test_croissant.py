import io
import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from corpus.content import KINDS, Caption, Kind
from corpus.formats import croissant, manifest, messages_parquet, training_parquet
from corpus.formats.release import Part, ReleaseError
from corpus.formats.training_columns import columns
from corpus.formats.training_fields import Column
from corpus.record import ReleaseItem
from tests.corpus.contents import PICTURE
from tests.corpus.formats.writing import write
from tests.corpus.releases import COSYN, EVERY_KIND, TALK, numbered, release_item

# Its own code and its parser of JSON-LD use what pandas and rdflib will give up.
pytestmark = [
    pytest.mark.filterwarnings(f"ignore::DeprecationWarning:{package}")
    for package in ("mlcroissant", "rdflib")
]

ABOUT = croissant.About(
    name="multi-pixmo",
    description="Captions in five languages.",
    licence="CC-BY-4.0 AND ODC-BY-1.0",
    url="https://example.org/multi",
    creator="The project",
    published=date(2026, 1, 2),
    version="1.0.0",
    citation="The project (2026).",
)


def written(
    folder: Path,
    items: Sequence[ReleaseItem],
    kinds: Sequence[Kind],
    *,
    share: float = 0.0,
) -> Any:
    """The release as mlcroissant opens it."""
    parts = write(
        training_parquet, items, folder, kinds=kinds, embed_images=True, share=share
    )
    return described(folder, parts, columns(kinds, embed_images=True))


def described(folder: Path, parts: Sequence[Part], chosen: Sequence[Column]) -> Any:
    mlcroissant = pytest.importorskip("mlcroissant")
    text = croissant.render(
        ABOUT,
        parts=parts,
        columns=chosen,
        digests={part.path: manifest.digest(folder / part.path) for part in parts},
    )
    (folder / croissant.CROISSANT).write_text(text, "utf-8")
    return mlcroissant.Dataset(jsonld=str(folder / croissant.CROISSANT))


def warnings_of(dataset: Any, caplog: pytest.LogCaptureFixture) -> list[str]:
    issues = dataset.metadata.ctx.issues
    said = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    return [*issues.errors, *issues.warnings, *said]


def plain(value: Any) -> Any:
    """Texts come back as bytes."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if isinstance(value, dict):
        return {name.split("/")[-1]: plain(entry) for name, entry in value.items()}
    return value


def test_mlcroissant_reads_every_row_without_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    items = numbered(*EVERY_KIND, language="de") + numbered(*EVERY_KIND)
    dataset = written(tmp_path, items, KINDS)
    records = [plain(record) for record in dataset.records("fr")]
    assert warnings_of(dataset, caplog) == []
    assert [record["id"] for record in records] == [f"mmbench/{n}" for n in range(1, 6)]
    assert records[0]["caption"] == "Un chat."
    assert records[1]["answer"] == "Moi."
    assert records[2]["qa_pairs"] == {
        "question": ["Combien ?", "Où ?"],
        "explanation": ["On compte.", ""],
        "answer": ["3", "À gauche."],
    }
    assert records[3]["options"] == ["red", "blue", "None of them"]
    assert {record["judgments"] for record in records} == {3}
    assert {record["split"] for record in records} == {"train"}


def test_every_column_comes_back_as_it_was_written(tmp_path: Path) -> None:
    item = release_item(TALK, key="chart_0001", upstream=COSYN)
    [record] = written(tmp_path, [item], ["conversation"]).records("fr")
    [row] = pq.read_table(tmp_path / "fr").to_pylist()
    found = plain(record)
    image, split = found.pop("image"), found.pop("split")
    assert row.pop("image")["bytes"] == PICTURE.read_bytes()
    assert image.size == (260, 170)
    assert split == "train"
    assert found == row


def test_dialogues_are_read_with_their_images(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Croissant has no word for lists in lists, so `messages` is not described."""
    items = [*numbered(TALK), release_item(TALK, key="2", picture=None)]
    parts = write(messages_parquet, items, tmp_path, embed_images=True)
    dataset = described(tmp_path, parts, messages_parquet.columns(embed_images=True))
    one, two = (plain(record) for record in dataset.records("fr"))
    assert [image.size for image in one["images"]] == [(260, 170)]
    assert two["images"] == []
    assert (one["id"], two["id"]) == ("mmbench/1", "mmbench/2")
    assert "messages" not in one
    assert warnings_of(dataset, caplog) == []


def test_split_of_each_record_is_told(tmp_path: Path) -> None:
    items = [
        release_item(
            Caption(str(n)), key=f"{n:02}", image_path="", image_sha256=f"{n:064x}"
        )
        for n in range(30)
    ]
    dataset = written(tmp_path, items, ["caption"], share=0.3)
    counted = Counter(plain(record["fr/split"]) for record in dataset.records("fr"))
    rows = {
        split: sum(
            pq.read_metadata(path).num_rows for path in tmp_path.glob(f"fr/{split}-*")
        )
        for split in ("train", "test")
    }
    assert counted == rows
    assert min(rows.values()) > 0


def test_document_states_what_the_files_do_not(tmp_path: Path) -> None:
    metadata = written(tmp_path, numbered(Caption("Un chat.")), ["caption"]).metadata
    assert metadata.name == "multi-pixmo"
    assert metadata.license == [
        "https://creativecommons.org/licenses/by/4.0/",
        "https://opendatacommons.org/licenses/by/1-0/",
    ]
    assert metadata.date_published.date() == ABOUT.published
    assert metadata.version == "1.0.0"


def part(path: str = "fr/train-00000-of-00001.parquet") -> Part:
    return Part(path, "fr", "train", 1, 10)


def rendered(about: croissant.About = ABOUT, parts: Sequence[Part] = (part(),)) -> str:
    return croissant.render(
        about,
        parts=parts,
        columns=columns(["caption"], embed_images=False),
        digests={part().path: "0" * 64, "fr/train.tar": "1" * 64},
    )


def test_every_file_is_named_with_its_hash() -> None:
    files = [
        entry
        for entry in json.load(io.StringIO(rendered()))["distribution"]
        if entry["@type"] == "cr:FileObject"
    ]
    assert [(file["contentUrl"], file["sha256"]) for file in files] == [
        (part().path, "0" * 64)
    ]


def test_same_release_has_the_same_document() -> None:
    assert rendered() == rendered()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"creator": " "}, "needs a creator"),
        ({"url": ""}, "needs a url"),
        ({"citation": ""}, "needs a citation"),
        ({"version": "1"}, r"'1' is not of the form 1\.0\.0"),
    ],
)
def test_missing_fact_is_refused(changes: dict[str, str], message: str) -> None:
    with pytest.raises(ReleaseError, match=message):
        rendered(replace(ABOUT, **changes))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([], "no file to describe"),
        ([part("fr/train.tar")], "is no parquet file"),
        ([part("fr/other.parquet")], "hash of fr/other.parquet is missing"),
    ],
)
def test_file_that_cannot_be_described_is_refused(
    parts: list[Part], message: str
) -> None:
    with pytest.raises(ReleaseError, match=message):
        rendered(parts=parts)

"""What a training set's notes say of it as a whole."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from annotation import images
from annotation.models import Item
from corpus.content import Caption
from corpus.formats.release import Part, ReleaseError
from quality.exporting import set_checks, sidecar
from tests.corpus.releases import release_item
from tests.factories import make_dataset, picture
from tests.quality.test_exporting import _offline, accepted, people, released

__all__ = ["_offline", "people"]
YOU, POLITE = "Du siehst einen Bus.", "Hier sehen Sie einen Bus."


def test_items_that_repeat_others_are_noted_in_each_language(project, people):
    dataset = make_dataset(project, name="buses")
    for key in "ab":
        accepted(project, people, key=key, dataset=dataset)
    said = "1 item shows the picture and the text of an item that stands before."
    notes = released(project).manifest["notes"]
    assert notes == [f"{code}: {said} (buses@1/b)" for code in ("de", "en")]


def test_one_form_of_address_is_noted_where_most_use_the_other():
    passing = set_checks.Passing("de")
    texts = [YOU, f"{YOU} Ja.", POLITE]
    items = [
        release_item(Caption(text), key=str(n), language="de", dataset="pixmo-cap")
        for n, text in enumerate(texts)
    ]
    assert list(passing.over(items)) == items
    [note] = passing.notes(items)
    assert note.startswith("de: Most items address the reader in the familiar form")
    assert note.endswith("(pixmo-cap/2)")


def test_of_a_large_set_the_same_items_are_drawn_each_time(monkeypatch):
    monkeypatch.setattr(set_checks, "SAMPLE", 20)
    item = release_item(Caption(YOU), language="de")
    items = [
        replace(item, key=f"{n:03}", content=Caption(POLITE if n % 2 else f"{YOU}{n}"))
        for n in range(100)
    ]
    notes = set()
    for order in (items, items[::-1]):
        passing = set_checks.Passing("de")
        assert len(list(passing.over(order))) == 100
        notes |= {note for note in passing.notes(order) if "20 items drawn" in note}
    assert len(notes) == 1


def test_a_language_that_lags_behind_is_noted(project, people):
    for language in ("de", "de", "fr"):
        accepted(project, people, language=language)
    notes = released(project, languages=["de", "fr"]).manifest["notes"]
    assert notes[-2:] == ["de has 2 examples, en 3.", "fr has 1 example, en 3."]


def test_a_picture_in_both_splits_stops_the_release(project, people, tmp_path):
    for colour in ("red", "green", "blue", "white"):
        candidate = accepted(project, people)
        shown = images.store(picture(colour))
        Item.objects.filter(pk=candidate.item_id).update(image=shown)
    release = released(project, test_share=0.5)
    copy = tmp_path / "copy"
    shutil.copytree(release.folder, copy)
    parts = [Part(**part, size=0) for part in release.manifest["parts"]]
    paths = {part.split: copy / part.path for part in parts}
    assert set(paths) == {"train", "test"}
    told = dict(release.rows)["de"]
    assert (dict(told).keys(), sum(rows for _, rows in told)) == (set(paths), 4)
    set_checks.require_apart(copy, parts)

    shutil.copyfile(paths["test"], paths["train"])
    with pytest.raises(ReleaseError, match="both trained on and held out"):
        set_checks.require_apart(copy, parts)


def written(folder, language, split, rows):
    """One parquet shard of these (key, picture), and the part it is."""
    path = folder / "data" / f"{language}-{split}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = [key for key, _ in rows]
    pq.write_table(pa.table({"dataset": ["set@1"] * len(keys), "key": keys}), path)
    return Part(path.relative_to(folder).as_posix(), language, split, len(keys), 1)


def provenance(folder, language, pictures):
    path = folder / sidecar.PROVENANCE / f"{language}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    ids = [f"set@1/{key}" for key in pictures]
    values = list(pictures.values())
    schema = pa.schema([("id", pa.string()), ("image_sha256", pa.string())])
    pq.write_table(pa.table({"id": ids, "image_sha256": values}, schema), path)


PICTURES = {"a": "1" * 64, "b": "2" * 64, "c": None}


@pytest.mark.parametrize(
    ("french", "leaks"),
    [({"x": "3" * 64}, False), ({"x": "2" * 64}, True), ({"x": None}, False)],
    ids=["other", "the same", "no picture"],
)
def test_a_picture_held_out_in_one_language_is_trained_on_in_none(
    tmp_path, french, leaks
):
    provenance(tmp_path, "de", PICTURES)
    provenance(tmp_path, "fr", french)
    parts = [
        written(tmp_path, "de", "train", [("a", ""), ("c", "")]),
        written(tmp_path, "de", "test", [("b", "")]),
        written(tmp_path, "fr", "train", [("x", "")]),
    ]
    if leaks:
        with pytest.raises(ReleaseError, match=f"1 picture is both.*{'2' * 64}"):
            set_checks.require_apart(tmp_path, parts)
    else:
        set_checks.require_apart(tmp_path, parts)

"""A release of pictures that lie in object storage."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyarrow import parquet

from annotation import images
from annotation.images import nearby
from annotation.models import Item
from tests.factories import make_dataset, picture
from tests.quality.test_exporting import accepted, released

pytestmark = pytest.mark.usefixtures("bucket")

COLOURS = ("red", "green", "blue", "white")


def fetched(bucket) -> int:
    return sum("/original/" in asked for asked in bucket.asked)


def at_hand(settings) -> int:
    files = Path(settings.MEDIA_DIR).rglob("*")
    return sum(path.stat().st_size for path in files if path.is_file())


@pytest.mark.parametrize("design", ["training", "benchmark"])
def test_the_pictures_leave_but_do_not_stay(
    bucket, settings, monkeypatch, project, ana, bao, chris, design
):
    """Here none is spared for the last minute, so that the bound shows."""
    monkeypatch.setattr(nearby, "SPARED_SECONDS", 0.0)
    settings.NEARBY_BYTES = len(picture()) + 100
    kind = "caption" if design == "training" else "yes_no"
    dataset = make_dataset(project)
    for colour in COLOURS:
        one = accepted(project, (ana, bao, chris), kind, dataset=dataset)
        shown = images.store(picture(colour))
        Item.objects.filter(pk=one.item_id).update(image=shown)
    release = released(project, design)
    assert release.items == len(COLOURS)
    assert fetched(bucket) >= len(COLOURS)
    assert 0 < at_hand(settings) <= 2 * len(picture())
    files = [p for p in release.folder.rglob("*.parquet") if "sidecar" not in str(p)]
    rows = [row for path in files for row in parquet.read_table(path).to_pylist()]
    written = {row["image"]["bytes"] for row in rows if row.get("image")}
    assert written == {picture(colour) for colour in COLOURS}


def test_a_release_of_addresses_fetches_nothing(
    bucket, settings, project, ana, bao, chris
):
    for n in range(2):
        accepted(project, (ana, bao, chris), image_url=f"http://x.invalid/{n}.png")
    released(project, embed_images=False)
    assert fetched(bucket) == 0
    assert at_hand(settings) == 0

"""New items as rows: their pictures found, copied in, and asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from annotation import images
from annotation.errors import Invalid
from annotation.models import Dataset, GenerationJob, Image, Item
from corpus.content import BENCHMARK_KINDS, digest, dump
from corpus.record import Picture, Record


class Known(NamedTuple):
    """Images that a batch of records will ask for, looked up together."""

    by_sha256: dict[str, Image]
    by_url: dict[str, Image]


def known(records: Iterable[Record], mirror: Path | None) -> Known:
    """The images of these records that are there; those to fetch are announced."""
    pictures = [record.picture for record in records if record.picture]
    addresses = {
        picture.url: picture.sha256
        for picture in pictures
        if picture.data is None and _mirrored(picture.url, mirror) is None
    }
    held = images.known(p.data for p in pictures if p.data is not None)
    return Known(held, images.addressed(addresses))


class Row(NamedTuple):
    """An item as COPY takes it: ten times as quick as a model for each."""

    dataset_id: int
    key: str
    kind: str
    content_json: str
    digest: str
    image_id: int | None
    image_url: str
    group: str
    upstream: str
    created_at: datetime

    @property
    def said(self) -> tuple[int | None, str]:
        """Its picture and its text, whatever its key."""
        return self.image_id, self.digest


def image_of(record: Record, mirror: Path | None, known: Known) -> Image | None:
    """The image of a record. Raises Invalid if its picture cannot be taken in."""
    return _image(record.picture, mirror, known) if record.picture else None


def why_other(record: Record, image: Image | None) -> str:
    """How the bytes are not those that upstream means; nothing if they are, or if
    nobody has them yet or says which they should be."""
    claimed = record.picture.sha256 if record.picture else ""
    found = image.sha256 if image else None
    if not claimed or not found or found == claimed:
        return ""
    return f"the picture has the SHA-256 {found}, upstream says {claimed}"


def row_of(dataset: Dataset, record: Record, image: Image | None) -> Row:
    return Row(
        dataset_id=dataset.pk,
        key=record.key,
        kind=record.content.kind,
        content_json=json.dumps(dump(record.content)),
        digest=digest(record.content),
        image_id=image.pk if image else None,
        image_url=record.picture.url if record.picture else "",
        group=record.group,
        upstream=json.dumps(dict(record.upstream)),
        created_at=timezone.now(),
    )


def alike(dataset: Dataset, rows: Iterable[Row]) -> dict[tuple[int | None, str], Item]:
    """The items that show the picture and say the text of one of these rows."""
    wanted = {row.said for row in rows if row.image_id}
    if not wanted:
        return {}
    there = Item.objects.filter(
        dataset=dataset,
        image__in={image for image, _ in wanted},
        digest__in={text for _, text in wanted},
    ).order_by("-pk")
    found = {(item.image_id, item.digest): item for item in there}
    return {said: item for said, item in found.items() if said in wanted}


def copy_in(rows: Iterable[Row]) -> None:
    """Write new items; a key that is there already is an error."""
    columns = ", ".join(f'"{name}"' for name in Row._fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY annotation_item ({columns}) FROM STDIN") as target,
    ):
        for row in rows:
            target.write_row(row)


def _image(picture: Picture, mirror: Path | None, known: Known) -> Image:
    """The image row of a picture: its bytes, else the mirror's, else its address."""
    original = picture.data
    if original is None and (path := _mirrored(picture.url, mirror)):
        original = _read(path)
    if original is None:
        return known.by_url[picture.url]
    image = images.store(
        original, url=picture.url, claimed=picture.sha256, among=known.by_sha256
    )
    known.by_sha256[str(image.sha256)] = image
    return image


def _mirrored(url: str, mirror: Path | None) -> Path | None:
    """The file of the mirror that stands for an address."""
    if mirror is None:
        return None
    name = url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    try:
        path = (mirror / name).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        # It is not there, its links lead in a circle, or no file has such a name.
        return None
    return path if path.is_file() and path.parent == mirror.resolve() else None


def _read(path: Path) -> bytes:
    """The file, or so much of it as shows that it is too large for a picture."""
    try:
        with path.open("rb") as file:
            return file.read(images.MAX_BYTES + 1)
    except OSError as error:
        raise Invalid(f"{path.name} cannot be read: {error.strerror}") from None


def ask_for_candidates(dataset: Dataset, keys: list[str]) -> None:
    """A generation job for every item and target language, an item's together."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO annotation_generationjob
                (project_id, item_id, language, task, version, state, attempts, fence,
                 worker, last_error, created_at)
            SELECT %(project)s, i.id, t.language,
                   CASE WHEN i.kind = ANY(%(benchmarks)s) THEN %(translate)s
                        ELSE %(regenerate)s END,
                   1, %(ready)s, 0, 0, '', '', now()
            FROM annotation_item i,
                 unnest(%(languages)s::text[]) WITH ORDINALITY AS t(language, place)
            WHERE i.dataset_id = %(dataset)s AND i.key = ANY(%(keys)s)
            ORDER BY i.id, t.place
            """,
            {
                "project": dataset.project_id,
                "dataset": dataset.pk,
                "keys": keys,
                "benchmarks": list(BENCHMARK_KINDS),
                "translate": GenerationJob.Task.TRANSLATE,
                "regenerate": GenerationJob.Task.REGENERATE,
                "ready": GenerationJob.State.READY,
                "languages": dataset.project.target_languages,
            },
        )


def analyze() -> None:
    """Tell the planner how large the tables have grown.

    A fresh database believes them empty for minutes, and reads them whole for every
    batch meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE annotation_item, annotation_image")

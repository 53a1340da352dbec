"""Puts the demonstration project together: source files, pictures, recorded batch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.record import RowError
from corpus.sources import READERS
from demonstration.catalogue import CatalogueError, Item, load
from demonstration.pictures import all_pictures
from demonstration.recording import write_batch, write_known
from demonstration.sources import write_concord, write_mmbench, write_pixmo_cap

REVISION: Final = "demonstration-1"
LICENCE: Final = "CC0-1.0"
LICENCE_URL: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
ATTRIBUTION: Final = (
    "Concord demonstration project. Photographs: NASA (astronaut), Lav Varshney "
    "(camera), Stefan van der Walt (cat), Rachel Michetti and Pikolo Espresso Bar "
    "(coffee), Brooklyn Museum (coins), Andreas Preuss (horse), SpaceX (rocket)."
)


@dataclass(frozen=True, slots=True)
class Built:
    """Where everything lies. `sources` is by source name, as READERS knows it.

    `mirror` holds the pictures whose addresses the PixMo-Cap file gives.
    """

    sources: dict[str, Path]
    mirror: Path
    imports: Path
    batch: Path
    known: Path


def build(folder: Path) -> Built:
    """Write the demonstration into the folder; the same bytes every time."""
    items, pictures = load(), all_pictures()
    parts = {
        "pixmo-cap": [item for item in items if item.kind == "caption"],
        "mmbench": [item for item in items if item.kind == "multiple_choice"],
    }
    parts["concord"] = [
        i for i in items if i.kind not in ("caption", "multiple_choice")
    ]
    sources = {
        "pixmo-cap": write_pixmo_cap(
            folder / "pixmo_cap", parts["pixmo-cap"], pictures
        ),
        "mmbench": write_mmbench(folder / "mmbench", parts["mmbench"], pictures),
        "concord": write_concord(folder / "concord", parts["concord"], pictures),
    }
    keyed = [
        pair
        for name, path in sources.items()
        for pair in _keyed(name, path, parts[name])
    ]
    mirror = folder / "pixmo_cap" / "mirror"
    return Built(
        sources=sources,
        mirror=mirror,
        imports=_write_imports(folder, sources, mirror),
        batch=write_batch(folder / "recorded", keyed, pictures),
        known=write_known(folder / "known.json", keyed),
    )


def _write_imports(folder: Path, sources: dict[str, Path], mirror: Path) -> Path:
    """What to import, and how, with paths relative to the folder."""
    entries = [
        {
            "source": name,
            "path": path.relative_to(folder).as_posix(),
            "images": mirror.relative_to(folder).as_posix()
            if name == "pixmo-cap"
            else "",
            "name": name,
            "revision": REVISION,
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "attribution": ATTRIBUTION,
        }
        for name, path in sources.items()
    ]
    path = folder / "imports.json"
    path.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    return path


def _keyed(source: str, path: Path, items: list[Item]) -> Iterator[tuple[str, Item]]:
    """Each item with "<source>/<key>", the key being what the reader makes of it."""
    records = list(READERS[source].read(path))
    for record, item in zip(records, items, strict=True):
        if isinstance(record, RowError):
            raise CatalogueError(f"{source} {item.name}: {record}")
        yield f"{source}/{record.key}", item

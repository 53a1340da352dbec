"""What changed between two releases, read from the releases themselves.

The texts' hashes stand in `provenance/`, and why something is missing stands in
`left_out.parquet`: a release can be compared without the database it came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from annotation.errors import Invalid
from corpus.formats.arms import ENGLISH
from quality.exporting.sidecar import LEFT_OUT, PROVENANCE
from quality.models import Release

Kind: TypeAlias = Literal["added", "removed", "changed"]
#: English sources come and go with the texts that were made from them.
SOURCE_IN = "a text made from it is accepted now"
SOURCE_OUT = "no text made from it is accepted any more"
NEW = "new since then"
OUT_OF_SCOPE = "not looked at: another language or kind, or not there"


@dataclass(frozen=True, slots=True)
class Change:
    """One text that one of the releases lacks, or has otherwise. `why` is a sentence."""

    kind: Kind
    language: str
    id: str
    why: str


@dataclass(slots=True)
class Comparison:
    """The changes from `older` to `newer`, counted by kind and reason; the first few."""

    older: Release
    newer: Release
    same: int = 0
    counts: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    shown: list[Change] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def by_reason(self) -> list[tuple[Kind, str, int]]:
        """Kind, reason and how many, the most frequent first."""
        ordered = sorted(self.counts.items(), key=lambda entry: (-entry[1], entry[0]))
        return [(kind, why, n) for (kind, why), n in ordered]


def compare(older: Release, newer: Release, *, most: int = 200) -> Comparison:
    """Counts every change and keeps the first `most`. Raises Invalid for lost files."""
    found = Comparison(older, newer)
    for language in sorted({*older.all_languages, *newer.all_languages}):
        before, after = _texts(older, language), _texts(newer, language)
        joined = before.join(after, "id", join_type="full outer", right_suffix="_now")
        is_same = pc.equal(joined["text"], joined["text_now"])
        found.same += pc.sum(is_same).as_py() or 0
        moved = joined.filter(pc.invert(pc.fill_null(is_same, False))).sort_by("id")
        for change in _changes(older, newer, language, moved):
            found.counts[change.kind, change.why] += 1
            if len(found.shown) < most:
                found.shown.append(change)
    return found


def _changes(
    older: Release, newer: Release, language: str, moved: Any
) -> Iterator[Change]:
    out_before, out_now = _left_out(older, language), _left_out(newer, language)
    is_source = language == ENGLISH
    news, lost = (SOURCE_IN, SOURCE_OUT) if is_source else (NEW, OUT_OF_SCOPE)
    for row in moved.to_pylist():
        if row["text"] is None:
            why = out_before.get(row["id"])
            said = f"left out before: {why}" if why else news
            yield Change("added", language, row["id"], said)
        elif row["text_now"] is None:
            why = out_now.get(row["id"], lost)
            yield Change("removed", language, row["id"], why)
        else:
            why = f"{row['decided']}; now {row['decided_now']}"
            yield Change("changed", language, row["id"], why)


def _texts(release: Release, language: str) -> Any:
    """Id, hash of the text and how it was decided; no row where there is no file."""
    names = {"id": "id", "text_sha256": "text", "decided_by": "decided"}
    path = release.folder / PROVENANCE / f"{language}.parquet"
    if language not in release.all_languages:
        return pa.table({name: pa.array([], pa.string()) for name in names.values()})
    table = _read(release, path, list(names))
    return table.rename_columns(list(names.values()))


def _left_out(release: Release, language: str) -> dict[str, str]:
    """Why an item is not in a release, by its id."""
    columns = ["language", "dataset", "key", "reason"]
    table = _read(release, release.folder / LEFT_OUT, columns)
    own = table.filter(pc.equal(table["language"], language))
    return {f"{r['dataset']}/{r['key']}": r["reason"] for r in own.to_pylist()}


def _read(release: Release, path: Path, columns: list[str]) -> Any:
    try:
        return pq.read_table(path, columns=columns)
    except FileNotFoundError:
        raise Invalid(
            f"{release} has no {path.name} of its own: it was made before releases "
            "kept it, or its files are lost. Make a new release to compare with."
        ) from None

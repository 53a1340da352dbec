"""What changed between two releases, read from the releases themselves.

The texts' hashes stand in `provenance/`, and why something is missing stands in
`left_out.parquet`: a release can be compared without the database it came from. Both
are sorted, so they are read side by side and none is ever in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from annotation.errors import Invalid
from corpus.languages import ENGLISH
from quality.exporting.sidecar import LEFT_OUT, PROVENANCE
from quality.merging import PLACE, Blocks, OutOfOrder, in_step
from quality.models import Release

Kind: TypeAlias = Literal["added", "removed", "changed"]
#: English sources come and go with the texts that were made from them, which may be
#: refused, or belong to another language or arm.
SOURCE_IN = "a text made from it is in this release, and was in none before"
SOURCE_OUT = "no text made from it is in this release"
NEW = "new since then"
OUT_OF_SCOPE = "not looked at: another language, kind or dataset, or not there"
#: Adjudicators give reasons in their own words, so there may be any number.
MOST_REASONS = 100
OTHER = "for other reasons"
SHOWN = 200
COLUMNS = ("change", "language", "item", "why")
ROWS_AT_ONCE = 20_000
#: Stands in no dataset and no key, and sorts before all that does.
SEPARATOR = "\0"

_TEXTS = pa.schema([(n, pa.string()) for n in (PLACE, "text", "decided")])
_REASONS = pa.schema([(n, pa.string()) for n in (PLACE, "reason")])


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

    def add(self, change: Change, *, most: int = SHOWN) -> None:
        """Count a change; it is kept as long as there are fewer than `most`."""
        reason = change.kind, change.why
        if reason not in self.counts and len(self.counts) >= MOST_REASONS:
            reason = change.kind, OTHER
        self.counts[reason] += 1
        if len(self.shown) < most:
            self.shown.append(change)


def compare(older: Release, newer: Release, *, most: int = SHOWN) -> Comparison:
    """Counts every change and keeps the first `most`. Raises Invalid for lost files."""
    found = Comparison(older, newer)
    for change in changes(older, newer, found):
        found.add(change, most=most)
    return found


def usual(release: Release, others: Iterable[Release]) -> Release | None:
    """The one to compare with: the last before it that was asked for alike."""
    kind = _kind(release)
    alike = [
        other
        for other in others
        if other.number < release.number and _kind(other) == kind
    ]
    return max(alike, key=lambda other: other.number, default=None)


def _kind(release: Release) -> tuple[str, str, tuple[str, ...]]:
    """Design, arm and the datasets that were chosen."""
    arm = str(release.manifest.get("wish", {}).get("arm", ""))
    return release.design, arm, tuple(release.datasets)


def as_table(found: Iterable[Change]) -> Iterator[str]:
    """A line for each change, tabs between the cells, and a line of names first."""
    yield "\t".join(COLUMNS) + "\n"
    for change in found:
        cells = (change.kind, change.language, change.id, change.why)
        yield "\t".join(" ".join(cell.split()) for cell in cells) + "\n"


def changes(
    older: Release, newer: Release, found: Comparison | None = None
) -> Iterator[Change]:
    """Every change, by language, dataset and key; what is the same is counted in `found`.

    Raises Invalid for lost files: those that are lost already, before it returns.
    """
    tables = [
        *(Blocks(_texts(release, _files(release))) for release in (older, newer)),
        *(Blocks(_reasons(release, _left_out(release))) for release in (older, newer)),
    ]
    return _changes(tables, found or Comparison(older, newer))


def _changes(tables: list[Blocks], found: Comparison) -> Iterator[Change]:
    try:
        for before, after, out_before, out_now in in_step(tables):
            moved, same = _moved(before, after)
            found.same += same
            if moved:
                yield from _explained(moved, _by_place(out_before), _by_place(out_now))
    except OutOfOrder:
        told = _(
            "%(older)s or %(newer)s is not sorted as releases are. Make a new release "
            "to compare with."
        )
        names = {"older": found.older, "newer": found.newer}
        raise Invalid(told % names) from None


def _moved(before: Any, after: Any) -> tuple[list[dict[str, Any]], int]:
    """The texts that only one side has or has otherwise, sorted; how many are the same."""
    left, right = (
        pa.Table.from_batches([batch] if batch is not None else [], _TEXTS)
        for batch in (before, after)
    )
    if left[PLACE].equals(right[PLACE]):  # mostly so, and ten times as quick
        joined = left
        for name in ("text", "decided"):
            joined = joined.append_column(f"{name}_now", right[name])
    else:
        joined = left.join(right, PLACE, join_type="full outer", right_suffix="_now")
    is_same = pc.fill_null(pc.equal(joined["text"], joined["text_now"]), False)
    moved = joined.filter(pc.invert(is_same)).sort_by(PLACE)
    return moved.to_pylist(), joined.num_rows - moved.num_rows


def _by_place(reasons: Any) -> dict[str, str]:
    if reasons is None:
        return {}
    return dict(zip(*(column.to_pylist() for column in reasons.columns), strict=True))


def _explained(
    moved: list[dict[str, Any]], out_before: dict[str, str], out_now: dict[str, str]
) -> Iterator[Change]:
    for row in moved:
        place = row[PLACE]
        language, _, rest = place.partition(SEPARATOR)
        is_source = language == ENGLISH
        news, lost = (SOURCE_IN, SOURCE_OUT) if is_source else (NEW, OUT_OF_SCOPE)
        kind: Kind = "changed"
        if row["text"] is None:
            kind, why = "added", out_before.get(place)
            said = f"left out before: {why}" if why else news
        elif row["text_now"] is None:
            kind, said = "removed", out_now.get(place, lost)
        else:
            said = f"{row['decided']}; now {row['decided_now']}"
        yield Change(kind, language, rest.replace(SEPARATOR, "/", 1), said)


def _files(release: Release) -> list[tuple[str, Path]]:
    """The languages of a release, sorted, each with where its texts come from."""
    home = release.folder / PROVENANCE
    found = [(code, home / f"{code}.parquet") for code in release.all_languages]
    for _code, path in found:
        _require_there(release, path)
    return found


def _left_out(release: Release) -> Path:
    path = release.folder / LEFT_OUT
    _require_there(release, path)
    return path


def _texts(release: Release, files: list[tuple[str, Path]]) -> Iterator[Any]:
    """Place, hash of the text and how it was decided, a block at a time."""
    datasets = [entry["dataset"] for entry in release.manifest.get("datasets", ())]
    for language, path in files:
        for block in _blocks(release, path, ["id", "text_sha256", "decided_by"]):
            place = _joined(pa.scalar(language), _apart(block["id"], datasets))
            columns = [place, block["text_sha256"], block["decided_by"]]
            yield pa.RecordBatch.from_arrays(columns, schema=_TEXTS)


def _reasons(release: Release, path: Path) -> Iterator[Any]:
    """Place and why the item is not in the release, a block at a time."""
    names = ["language", "dataset", "key", "reason"]
    for block in _blocks(release, path, names):
        place = _joined(*(block[name] for name in names[:3]))
        yield pa.RecordBatch.from_arrays([place, block["reason"]], schema=_REASONS)


def _apart(ids: Any, datasets: Collection[str]) -> Any:
    """The ids with their dataset set apart: as texts, a-b/1 would come before a/1."""
    found = ids
    for dataset in sorted(datasets):
        key = pc.utf8_slice_codeunits(ids, len(dataset) + 1)
        apart = _joined(pa.scalar(dataset), key)
        found = pc.if_else(pc.starts_with(ids, f"{dataset}/"), apart, found)
    return found


def _joined(*parts: Any) -> Any:
    return pc.binary_join_element_wise(*parts, SEPARATOR)


def _blocks(release: Release, path: Path, columns: list[str]) -> Iterator[Any]:
    try:
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20) as file:
            yield from file.iter_batches(ROWS_AT_ONCE, columns=columns)
    except FileNotFoundError:
        _require_there(release, path)
        raise


def _require_there(release: Release, path: Path) -> None:
    if not path.is_file():
        told = _(
            "%(release)s has no %(name)s of its own: it was made before releases kept "
            "it, or its files are lost. Make a new release to compare with."
        )
        raise Invalid(told % {"release": release, "name": path.name})

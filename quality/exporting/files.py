"""The data files of a release, a unit at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import cast

from corpus.content import Kind
from corpus.formats import (
    arms,
    benchmark,
    llava_json,
    messages_parquet,
    mme,
    training_parquet,
    webdataset,
)
from corpus.formats import circular as circular_rules
from corpus.formats.benchmark_sets import benchmark_of
from corpus.formats.release import (
    Part,
    ReleaseBlocked,
    ReleaseError,
    ReleaseKey,
    key_of,
)
from corpus.record import ReleaseItem
from quality.exporting import set_checks
from quality.exporting.units import Unit
from quality.exporting.wishes import Wish
from quality.selecting import Selection

Watch = Callable[[Iterable[ReleaseItem], str], Iterator[ReleaseItem]]


#: Formats that cannot hold every item.
REFUSALS = {"llava": llava_json.refusals, "webdataset": webdataset.refusals}


@dataclass(slots=True)
class Written:
    """The data files of a unit, and what a reader should know about them."""

    parts: list[Part]
    notes: list[str]


def write(
    unit: Unit, selection: Selection, folder: Path, wish: Wish, watch: Watch
) -> Written:
    """The files of a unit below `folder`, what cannot be written being left out.

    What a benchmark refuses leaves the selection with its reason, in every language.
    The parts of a training set are told beforehand what `unfit` found for all of them.
    """
    if not wish.is_benchmark:
        narrow(selection, wish)
        return _write_language(unit.languages[0], selection, folder, wish, watch)
    while True:
        try:
            return _write_benchmark(selection, folder, wish, watch)
        except ReleaseBlocked as blocked:
            if not selection.drop(blocked.reasons):
                raise
            _empty(folder)


def narrow(selection: Selection, wish: Wish) -> None:
    """Leave the rows outside the wished arm behind, once all refusals are known."""
    if wish.arm:
        selection.narrow(cast(arms.Arm, wish.arm))


def may_refuse(wish: Wish) -> bool:
    """Is there a wished format that cannot hold every item?"""
    return not REFUSALS.keys().isdisjoint(wish.formats)


def unfit(selection: Selection, wish: Wish) -> Iterator[tuple[ReleaseKey, str]]:
    """What one of the wished formats cannot hold, in any language."""
    judges = [REFUSALS[name] for name in wish.formats if name in REFUSALS]
    for language in wish.all_languages if judges else ():
        for item in selection.items(language):
            for refusals in judges:
                for reason in refusals(item):
                    yield key_of(item), reason


def _empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _write_language(
    language: str, selection: Selection, folder: Path, wish: Wish, watch: Watch
) -> Written:
    parts: list[Part] = []
    passing = set_checks.Passing(language)
    for name in wish.formats:
        items = watch(selection.items(language), name)
        if not parts:
            items = passing.over(items)
        home = folder if name == "parquet" else folder / name
        made = _write_format(name, items, home, language, wish, selection.kinds)
        prefix = "" if name == "parquet" else f"{name}/"
        parts += [replace(part, path=prefix + part.path) for part in made]
    return Written(parts, passing.notes(selection.items(language)))


def _write_format(
    name: str,
    items: Iterable[ReleaseItem],
    home: Path,
    language: str,
    wish: Wish,
    kinds: Sequence[Kind],
) -> list[Part]:
    share, embed = wish.test_share, wish.embed_images
    if name == "messages":
        return messages_parquet.write_language(
            items, home, language=language, embed_images=embed, share=share
        )
    if name == "llava":
        return llava_json.write_language(
            items, home, language=language, embed_images=embed, share=share
        )
    if name == "webdataset":
        return webdataset.write_language(items, home, language=language, share=share)
    return training_parquet.write_language(
        items,
        home,
        language=language,
        kinds=kinds,
        embed_images=embed,
        share=share,
    )


def _write_benchmark(
    selection: Selection, folder: Path, wish: Wish, watch: Watch
) -> Written:
    written, names = Written([], []), set[str]()
    for dataset, kind in selection.tables:
        items = _table(selection, wish, dataset, kind)
        groups = selection.groups(dataset, kind)
        written.notes += set_checks.check(items, upstream=groups)
        plan = _apart(_plan(dataset, kind, items), names)
        made = benchmark.write(_watched(items, watch, plan.name), folder, plan)
        written.parts += [*made.parquet, *made.tables]
        written.notes += [
            f"{key}: not in the VLMEvalKit table, {reason}"
            for key, reason in made.not_in_tables
        ]
    if not written.parts:
        why = "; ".join(f"{reason}: {n}" for reason, n in selection.left_out.items())
        raise ReleaseError(f"Nothing can be released as a benchmark: {why}.")
    return written


def _table(
    selection: Selection, wish: Wish, dataset: str, kind: Kind
) -> Callable[[], Iterator[ReleaseItem]]:
    return lambda: chain.from_iterable(
        selection.items(language, dataset=dataset, kind=kind)
        for language in wish.all_languages
    )


def _watched(
    items: Callable[[], Iterator[ReleaseItem]], watch: Watch, name: str
) -> Callable[[], Iterator[ReleaseItem]]:
    return lambda: watch(items(), name)


def _plan(
    dataset: str, kind: Kind, items: Callable[[], Iterator[ReleaseItem]]
) -> benchmark.Plan:
    """The benchmark's own rules, as far as what was accepted allows."""
    first = next(items())
    circular = all(circular_rules.why_not_circular(item) is None for item in items())
    is_part = benchmark_of(dataset) == "mme" and bool(mme.why_not_whole(items()))
    plan = benchmark.plan(
        dataset,
        kind=kind,
        split=str(first.upstream.get("split") or "test"),
        circular=circular,
        repeats=True,
        part=is_part,
    )
    return plan


def _apart(plan: benchmark.Plan, names: set[str]) -> benchmark.Plan:
    """The plan under a name that no other set of the release has, in any case."""
    if plan.name.lower() in names:
        digest = hashlib.sha256(f"{plan.dataset}\n{plan.kind}".encode()).hexdigest()
        plan = replace(plan, mark=f"_{digest[:8]}")
    names.add(plan.name.lower())
    return replace(plan, home=plan.name)

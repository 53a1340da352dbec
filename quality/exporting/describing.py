"""What a release says of itself: card, licences, Croissant, manifest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse

import corpus
from annotation.models import Project
from corpus import checks
from corpus.formats import (
    benchmark_parquet,
    croissant,
    licences,
    manifest,
    messages_parquet,
)
from corpus.formats.card import Attribution, Card, render, render_licences
from corpus.formats.release import Part
from corpus.formats.training_columns import columns
from corpus.formats.training_fields import Column
from quality.exporting import agreed, noting, sidecar
from quality.exporting.wishes import Wish
from quality.models import Release
from quality.policies import POLICIES
from quality.selecting import Selection

FORMAT = "concord-release/5"
MADE = (
    "The texts were written by the models that `provenance/` names for each row, with "
    "the prompts as they were sent, and judged by people who read both languages. "
    "`judgments/` holds what each of them said, under pseudonyms; its `spans` are the "
    "errors they marked, in code points of the texts they judged. English rows are the "
    "sources, as upstream has them."
)
NATIVE = (
    "Rows of the origin `native` were written by people, in their own language: for "
    "them `provenance/` names no model but `text_source`, `text_licence` and `author`. "
    "Whoever judged them was not told."
)
EDITED = (
    "Rows of the origin `edited` were corrected by people who judged them, and accepted "
    "by somebody else. `provenance/` names what wrote the text at first; its `edits` "
    "hold, for each edit, the text before, its editors and when it became a candidate."
)


def write(
    selection: Selection,
    wish: Wish,
    parts: Sequence[Part],
    notes: Sequence[str],
    folder: Path,
) -> dict[str, Any]:
    """Everything beside the data files; returns the facts of the manifest."""
    sidecar.write_left_out(folder)
    card = _card(selection, wish, parts, notes, folder)
    (folder / "README.md").write_text(render(card), "utf-8")
    (folder / "LICENSES.md").write_text(render_licences(card.sources), "utf-8")
    known = {part.path: manifest.digest(folder / part.path) for part in parts}
    _write_croissants(card, selection, wish, parts, known, folder)
    facts = _facts(selection, wish, parts, notes)
    manifest.write(folder, facts, known=known)
    return facts


def groups_of(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """The parts that load together, by what their configurations begin with.

    Those at the top of the release begin with nothing; tables are loaded by
    VLMEvalKit alone and have no configuration.
    """
    groups: dict[str, list[Part]] = {}
    for part in parts:
        home, _, rest = part.path.partition("/")
        name = "" if home == part.language else home
        if shape := re.search(r"-(jpg|png)-[0-9]+-of-", rest):
            # Readers take the first rows for the shape of all.
            name = f"{name}-{shape[1]}"
        if not part.path.endswith(".tsv"):
            groups.setdefault(name, []).append(part)
    homes = set(groups)
    return {"": groups[homes.pop()]} if len(homes) == 1 else groups


def columns_of(
    path: str, selection: Selection, wish: Wish, folder: Path
) -> tuple[Column, ...] | None:
    """The columns of a parquet file of the release; None for other files."""
    if not path.endswith(".parquet"):
        return None
    if wish.is_benchmark:
        return benchmark_parquet.columns_of(folder / path)
    if path.partition("/")[0] == "messages":
        return messages_parquet.columns(embed_images=wish.embed_images)
    return columns(selection.kinds, embed_images=wish.embed_images)


def _card(
    selection: Selection,
    wish: Wish,
    parts: Sequence[Part],
    notes: Sequence[str],
    folder: Path,
) -> Card:
    project = selection.project
    groups = groups_of(parts)
    return Card(
        title=f"{project.name}: {Release.Design(wish.design).label.lower()}",
        summary=project.description or f"A release of {project.name}.",
        licence=licences.of_release(selection.licences),
        kinds=selection.kinds,
        parts=parts,
        groups=groups,
        sources=_sources(selection),
        columns=_meanings(selection, wish, groups, folder),
        policy=_policy(project, wish),
        made=_made(selection),
        agreement=agreed.table(agreed.measured(selection)),
        left_out=selection.left_out,
        notes=notes,
    )


def _policy(project: Project, wish: Wish) -> str:
    said = f"Policy `{project.policy}`. {POLICIES[project.policy].words}"
    if not wish.datasets:
        return said
    named = ", ".join(f"`{name}`" for name in wish.datasets)
    return f"{said} Of the project's datasets these alone were chosen: {named}."


def _made(selection: Selection) -> str:
    told = [MADE, NATIVE if selection.collections else ""]
    return " ".join(filter(None, [*told, EDITED if selection.edited else ""]))


def _sources(selection: Selection) -> list[Attribution]:
    """Whose work it is: that of the datasets, and of whoever wrote native texts."""
    native = [
        Attribution(f"Native texts: {source}", "", licence, text)
        for source, licence, text in selection.collections
    ]
    return [*(Attribution(*facts) for facts in selection.sources), *native]


def _meanings(
    selection: Selection, wish: Wish, groups: dict[str, list[Part]], folder: Path
) -> list[tuple[str, str]]:
    """What the columns of the first configuration mean; in a benchmark, of all."""
    described = list(groups.values()) if wish.is_benchmark else [*groups.values()][:1]
    found: dict[str, str] = {}
    for own in described:
        for column in columns_of(own[0].path, selection, wish, folder) or ():
            found.setdefault(column.name, column.meaning)
    return list(found.items())


def _write_croissants(
    card: Card,
    selection: Selection,
    wish: Wish,
    parts: Sequence[Part],
    known: dict[str, str],
    folder: Path,
) -> None:
    """One for each group of files with the same columns."""
    groups = groups_of(parts)
    for name, own in groups.items():
        chosen = columns_of(own[0].path, selection, wish, folder)
        if chosen is None:
            continue
        text = croissant.render(
            _about(card, selection),
            parts=own,
            columns=chosen,
            digests=known,
        )
        top = next(iter(groups)) == name
        target = folder / croissant.CROISSANT
        (target if top else folder / f"croissant-{name}.json").write_text(text, "utf-8")


def _about(card: Card, selection: Selection) -> croissant.About:
    project = selection.project
    names = "; ".join(source.text for source in card.sources)
    return croissant.About(
        name=re.sub("[^A-Za-z0-9]+", "-", project.code).strip("-") or "release",
        description=card.summary,
        licence=card.licence,
        url=f"{settings.BASE_URL}{reverse('releases', args=[project.code])}",
        creator=project.name,
        published=_newest().astimezone(UTC).date(),
        version="1.0.0",
        citation=f"{card.title}. Made from: {names}",
    )


def _newest() -> datetime:
    """When the newest decision behind the release was made; later ones say nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(d.created_at) FROM concord_selected s "
            "JOIN quality_decision d ON d.id = s.decision WHERE s.reason IS NULL"
        )
        newest: datetime = cursor.fetchone()[0]
    return newest


def _items(selection: Selection, wish: Wish, parts: Sequence[Part]) -> int:
    """The accepted texts in the release; of an arm, the examples in it."""
    if not wish.arm:
        return selection.accepted
    first = next(iter(groups_of(parts).values()))
    return sum(part.rows for part in first)


def _facts(
    selection: Selection, wish: Wish, parts: Sequence[Part], notes: Sequence[str]
) -> dict[str, Any]:
    """The manifest without the list of files. Holds no clock and no release number:
    the same state and wish give the same bytes."""
    project = selection.project
    rubric = project.rubric
    return {
        "format": FORMAT,
        "concord": corpus.VERSION,
        "project": project.code,
        "wish": wish.to_json(),
        "policy": project.policy,
        "checks": checks.VERSION,
        "overlap": project.overlap,
        "rubric": str(rubric),
        "guideline_sha256": hashlib.sha256(rubric.guideline.encode()).hexdigest(),
        "licence": licences.of_release(selection.licences),
        "datasets": [
            {"dataset": dataset, "licence": licence, "attribution": text}
            for dataset, _, licence, text in selection.sources
        ],
        "native_texts": [
            {"source": source, "licence": licence, "attribution": text}
            for source, licence, text in selection.collections
        ],
        "items": _items(selection, wish, parts),
        "edited": selection.edited,
        "rows": sum(part.rows for part in parts),
        "examples": [
            {"language": language, "split": split, "rows": rows}
            for (language, split), rows in sorted(noting.examples(parts, wish).items())
        ],
        "left_out": dict(sorted(selection.left_out.items())),
        "notes": list(notes),
        "parts": [
            {"path": p.path, "language": p.language, "split": p.split, "rows": p.rows}
            for p in parts
        ],
        "agreement": [agreed.facts(m) for m in agreed.measured(selection)],
    }

"""What a release says of itself: its card, its licences, its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import corpus
from annotation.models import Project
from corpus.formats import licences
from corpus.formats.card import Attribution, Card, Table
from corpus.formats.release import Part
from corpus.formats.training_columns import columns
from corpus.record import ReleaseItem
from quality import measuring
from quality.models import Release
from quality.selecting import Selection

POLICY_WORDS = {
    "majority/1": (
        "More than half of the judgments of an item decide. Ties, and differing edits, "
        "go to an adjudicator, whose ruling stands."
    ),
}
MADE = (
    "The texts were written by the models named in each row, from the prompts whose "
    "hash stands beside them, and judged by people who read both languages."
)
BENCHMARK_COLUMNS = (
    ("index", "upstream index of the item"),
    ("image", "base64 of the upstream picture, or the index of the row that holds it"),
    ("question, hint, A, B, …", "the accepted text; options in upstream order"),
    ("answer", "upstream key: a letter, or Yes or No in English"),
    ("yes_word, no_word", "how yes and no are said in the language"),
)


def sources(items: Sequence[ReleaseItem]) -> list[Attribution]:
    """Whose data is in the release."""
    found = {(i.dataset, i.revision, i.licence, i.attribution) for i in items}
    return [Attribution(*facts) for facts in sorted(found)]


def card(
    *,
    project: Project,
    design: str,
    selection: Selection,
    parts: Sequence[Part],
    embed_images: bool,
) -> Card:
    """The dataset card of a release."""
    kinds = sorted({item.content.kind for item in selection.items})
    if design == Release.Design.TRAINING:
        chosen = columns(kinds, embed_images=embed_images)
        meanings = [(column.name, column.meaning) for column in chosen]
    else:
        meanings = list(BENCHMARK_COLUMNS)
    return Card(
        title=f"{project.name}: {Release.Design(design).label.lower()}",
        summary=project.description or f"A release of {project.name}.",
        licence=licences.of_release(i.licence for i in selection.items),
        kinds=kinds,
        parts=parts,
        sources=sources(selection.items),
        columns=meanings,
        policy=f"Policy `{project.policy}`. {POLICY_WORDS[project.policy]}",
        made=MADE,
        agreement=_agreement_table(project),
        left_out=selection.left_out,
    )


def _agreement_table(project: Project) -> Table | None:
    rows = [
        (
            measurement.question,
            measurement.language,
            estimate["name"],
            _number(estimate["value"]) or estimate["undefined"],
            _interval(estimate),
            str(measurement.pairable),
            str(measurement.raters),
        )
        for measurement in measuring.latest(project)
        for estimate in measurement.estimates
    ]
    header = ("criterion", "language", "statistic", "value", "95 % interval")
    return Table((*header, "items", "raters"), tuple(rows)) if rows else None


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _interval(estimate: dict[str, Any]) -> str:
    if estimate["low"] is None:
        return "none"
    return f"{estimate['low']:.3f} to {estimate['high']:.3f}"


def facts(
    *,
    project: Project,
    design: str,
    languages: list[str],
    selection: Selection,
    parts: Sequence[Part],
    embed_images: bool,
) -> dict[str, Any]:
    """The manifest without the list of files. Holds no clock and no release number:
    the same state and arguments give the same bytes."""
    rubric = project.rubric
    return {
        "format": "concord-release/1",
        "concord": corpus.VERSION,
        "project": project.code,
        "design": design,
        "languages": languages,
        "pictures": "embedded" if embed_images else "addresses",
        "policy": project.policy,
        "overlap": project.overlap,
        "rubric": str(rubric),
        "guideline_sha256": hashlib.sha256(rubric.guideline.encode()).hexdigest(),
        "licence": licences.of_release(i.licence for i in selection.items),
        "datasets": [
            {"dataset": s.dataset, "licence": s.licence, "attribution": s.text}
            for s in sources(selection.items)
        ],
        "rows": len(selection.items),
        "left_out": dict(sorted(selection.left_out.items())),
        "parts": [
            {"path": p.path, "language": p.language, "split": p.split, "rows": p.rows}
            for p in parts
        ],
        "agreement": [
            {
                "criterion": m.slice_name,
                "language": m.language,
                "table_sha256": m.digest,
                "estimates": m.estimates,
            }
            for m in measuring.latest(project)
        ],
    }

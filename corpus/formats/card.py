"""The dataset card: README.md with the front matter that loaders and the hub read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from corpus.content import Kind
from corpus.formats.licences import LICENCES, hub_id
from corpus.formats.release import Part
from corpus.languages import NAMES
from corpus.plain_text import counted

NOTES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose work a release holds, and under which licence (SPDX id).

    Native texts have no revision: `dataset` says what they are.
    """

    dataset: str
    revision: str
    licence: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ready-made texts, and a sentence to stand below it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. Texts are Markdown; `licence` is an SPDX expression."""

    title: str
    summary: str
    licence: str
    kinds: Collection[Kind]
    parts: Sequence[Part]
    sources: Sequence[Attribution]
    columns: Sequence[tuple[str, str]]
    policy: str
    made: str
    agreement: Table | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: Sequence[str] = ()
    #: Parts that load together, by what the names of their configurations begin with.
    groups: Mapping[str, Sequence[Part]] = field(default_factory=dict)


def render(card: Card) -> str:
    """The text of README.md: front matter, then one section per question."""
    front = yaml.safe_dump(
        _front_matter(card), sort_keys=False, allow_unicode=True, width=1_000
    )
    body = "\n\n".join(
        f"## {title}\n\n{text}" for title, text in _sections(card) if text
    )
    return f"---\n{front}---\n\n# {_line(card.title)}\n\n{card.summary}\n\n{body}\n"


def render_licences(sources: Iterable[Attribution]) -> str:
    """The text of LICENSES.md: whose work it is and under which terms."""
    rows = sorted(sources, key=lambda s: (s.dataset, s.revision, s.licence, s.text))
    intro = "Every row names its dataset; its licence is the one below."
    if not all(source.revision for source in rows):
        intro += " A native text adds its own licence to that of its row."
    parts = [f"# Licences\n\n{intro}\n"]
    for source in rows:
        known = LICENCES[source.licence]
        revision = f", revision {_line(source.revision)}" if source.revision else ""
        parts.append(
            f"## {_line(source.dataset)}{revision}\n\n"
            f"{known.title} ({known.spdx}): <{known.url}>\n\n> {_line(source.text)}\n"
        )
    return "\n".join(parts)


def _front_matter(card: Card) -> dict[str, Any]:
    identifier = hub_id(card.licence)
    licence: dict[str, Any] = {"license": identifier}
    if identifier == "other":
        licence |= {"license_name": card.licence, "license_link": "LICENSES.md"}
    languages = _languages(card)
    return {
        "pretty_name": _line(card.title),
        **licence,
        "language": languages,
        "task_categories": _tasks(card.kinds),
        "size_categories": [_size(sum(part.rows for part in card.parts))],
        "configs": _configs(card),
        "dataset_info": [_counts(name, parts) for name, parts in _loaded(card)],
    }


def _loaded(card: Card) -> list[tuple[str, list[Part]]]:
    """The configurations: name and parts, English of the first group first."""
    found = []
    for group, parts in (card.groups or {"": card.parts}).items():
        if not parts[0].path.endswith(".parquet"):
            # One builder reads all configurations of a folder.
            continue
        for language in _languages_of(parts):
            own = [part for part in parts if part.language == language]
            found.append((f"{group}-{language}" if group else language, own))
    return found


def _languages(card: Card) -> list[str]:
    return _languages_of(card.parts)


def _languages_of(parts: Sequence[Part]) -> list[str]:
    """English first, the language that is loaded when none is named."""
    found = {part.language for part in parts}
    return sorted(found, key=lambda language: (language != "en", language))


def _tasks(kinds: Collection[Kind]) -> list[str]:
    captions = ["image-to-text"] if "caption" in kinds else []
    questions = ["visual-question-answering"] if set(kinds) - {"caption"} else []
    return captions + questions


def _size(rows: int) -> str:
    """The hub's name for a number of rows.

    >>> _size(4329)
    '1K<n<10K'
    """
    names = ["1K", "10K", "100K", "1M", "10M", "100M"]
    bounds = [10**power for power in range(3, 9)]
    for position, bound in enumerate(bounds):
        if rows < bound:
            below = f"{names[position - 1]}<" if position else ""
            return f"{below}n<{names[position]}"
    return "100M<n<1B"


def _configs(card: Card) -> list[dict[str, Any]]:
    configs: list[dict[str, Any]] = []
    for name, parts in _loaded(card):
        files: dict[str, list[str]] = {}
        for part in parts:
            files.setdefault(part.split, []).append(part.path)
        named = [{"split": split, "path": paths} for split, paths in files.items()]
        default = {} if configs else {"default": True}
        configs.append({"config_name": name, **default, "data_files": named})
    return configs


def _counts(name: str, parts: Sequence[Part]) -> dict[str, Any]:
    """Sizes of the splits: `datasets` refuses a folder with another number of rows."""
    splits: dict[str, dict[str, Any]] = {}
    for part in parts:
        empty = {"name": part.split, "num_bytes": 0, "num_examples": 0}
        split = splits.setdefault(part.split, empty)
        split["num_bytes"] += part.size
        split["num_examples"] += part.rows
    return {"config_name": name, "splits": list(splits.values())}


def _sections(card: Card) -> list[tuple[str, str]]:
    counts = [
        (name, NAMES.get(parts[0].language, name), split, str(rows))
        for name, parts in _loaded(card)
        for split, rows in _rows_by_split(parts).items()
    ]
    sources = [(s.dataset, s.revision, s.licence) for s in card.sources]
    left_out = [(reason, str(n)) for reason, n in sorted(card.left_out.items())]
    return [
        ("Languages", _table(("configuration", "language", "split", "rows"), counts)),
        ("Worth knowing", _listed(card.notes)),
        ("Other forms", _other_forms(card)),
        ("Columns", _table(("column", "meaning"), card.columns)),
        ("How it was made", card.made),
        ("What was accepted", card.policy),
        ("Left out", _table(("reason", "items"), left_out)),
        (
            "Agreement between annotators",
            _noted(card.agreement) if card.agreement else "",
        ),
        ("Sources and licences", _table(("dataset", "revision", "licence"), sources)),
        (
            "Is it whole?",
            "`sha256sum -c SHA256SUMS` inside this folder checks every file; "
            "`manifest.json` says how the release came about.",
        ),
    ]


def _rows_by_split(parts: Sequence[Part]) -> Counter[str]:
    rows = Counter[str]()
    for part in parts:
        rows[part.split] += part.rows
    return rows


def _listed(notes: Sequence[str]) -> str:
    """The first notes as a list. A table may lack many items, each with a note."""
    lines = [f"- {_line(note)}" for note in notes[:NOTES_SHOWN]]
    if more := len(notes[NOTES_SHOWN:]):
        lines.append(f"- And {more} more, all of them in `manifest.json`.")
    return "\n".join(lines)


def _other_forms(card: Card) -> str:
    """How to read what is no configuration."""
    lines = []
    for group, parts in card.groups.items():
        first = parts[0].path
        if first.endswith(".tar"):
            builder = "webdataset"
        elif first.endswith((".json", ".jsonl")):
            builder = "json"
        else:
            continue
        rows = sum(part.rows for part in parts)
        lines.append(
            f"- `{group}`, {counted(rows, 'row', 'rows')}: "
            f'`load_dataset("{builder}", data_files="{first}")` and the files beside it'
        )
    return "\n".join(lines)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table; nothing when it has no rows."""
    lines = [_cells(row) for row in rows]
    if not lines:
        return ""
    return "\n".join([_cells(header), _cells(["---"] * len(header)), *lines])


def _noted(table: Table) -> str:
    return "\n\n".join(
        filter(None, (_table(table.header, table.rows), _line(table.note)))
    )


def _cells(row: Iterable[str]) -> str:
    return "| " + " | ".join(_line(cell).replace("|", "\\|") for cell in row) + " |"


def _line(text: str) -> str:
    """The text on one line, so that it cannot start a heading or a table row."""
    return " ".join(text.split())

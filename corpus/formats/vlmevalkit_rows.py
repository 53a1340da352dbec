"""One benchmark item as the cells of a VLMEvalKit row, or why it cannot be one."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from corpus.content import LETTERS, MultipleChoice, YesNo
from corpus.formats.answer_instructions import ENGLISH_YES_NO
from corpus.formats.benchmark_rows import changes
from corpus.formats.benchmark_sets import (
    ROW,
    benchmark_of,
    glued_instruction,
    tracks,
    upstream_index,
    upstream_text,
)
from corpus.formats.pandas_cells import why_missing
from corpus.languages import YES_NO_WORDS
from corpus.record import ReleaseItem

#: Columns in file order. The letters are options: no other column may be one letter.
ORDER = (
    "index",
    "question",
    "hint",
    *LETTERS,
    "instruction",
    "yes_word",
    "no_word",
    "answer",
    "category",
    "image_path",
    "image",
    "source",
    "l2-category",
    "comment",
    "split",
    "id",
)

#: Written only if every row has it: scorers stumble over a single blank.
ALL_OR_NONE = ("category", "l2-category", "split", "image_path")


def refusals(item: ReleaseItem) -> list[str]:
    """Why this item cannot stand in the file as it is; empty if it can."""
    if reasons := changes(item):
        return reasons
    reasons = [] if item.image_path else ["there is no image"]
    found = cells(item)
    for column, cell in found.items():
        if reason := why_missing(cell):
            name = f"option {column}" if column in LETTERS else column
            reasons.append(f"{name} {reason}")
    if _leads_outside(found.get("image_path", "")):
        reasons.append(f"image_path {found['image_path']!r} leads out of its folder")
    return reasons


def cells(item: ReleaseItem) -> dict[str, str]:
    """The cells that are not blank, by column, without the image."""
    content, source = item.content, item.source
    found = {"index": str(index_of(item)), "id": f"{item.dataset}/{item.key}"}
    if isinstance(content, MultipleChoice):
        found |= {"question": content.question, "hint": content.hint.strip()}
        found |= dict(zip(LETTERS, content.options, strict=False))
        found["answer"] = content.key
    if isinstance(content, YesNo):
        yes, no = YES_NO_WORDS[item.language]
        glued = glued_instruction(item) or f" {ENGLISH_YES_NO[item.language]}"
        # the program asks what stands here, and adds no instruction of its own
        found |= {"question": content.question + glued, "instruction": glued.strip()}
        found |= {"answer": content.key, "yes_word": yes, "no_word": no}
    if isinstance(source, MultipleChoice | YesNo):
        found["category"] = source.category
    found |= _upstream_cells(item)
    return {column: cell for column, cell in found.items() if cell}


def _upstream_cells(item: ReleaseItem) -> dict[str, str]:
    found = {
        "source": upstream_text(item, "source"),
        "l2-category": upstream_text(item, "l2-category", "L2-category"),
        "comment": upstream_text(item, "comment"),
        "split": upstream_text(item, "split"),
    }
    if benchmark_of(item.dataset) == "mme":
        # ties the two questions of a picture together
        found["image_path"] = (
            upstream_text(item, "image_path", "question_id") or item.group
        )
    if benchmark_of(item.dataset) == "pope" and (known := tracks(item)):
        found["category"] = known
    return found


def index_of(item: ReleaseItem) -> int:
    """The upstream index, or a number made from what names the row for ever."""
    index = upstream_index(item)
    if index is not None:
        return index
    repeat = item.upstream.get(ROW, 1)
    name = f"{item.dataset}/{item.key}" + (f"#{repeat}" if repeat != 1 else "")
    # 48 bits: exact even where a reader makes the index a floating-point number
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big")


def _leads_outside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return path.startswith("/") or ".." in parts or "\\" in path or ":" in path

"""One benchmark item as the cells of a VLMEvalKit row, or why it cannot be one."""

from __future__ import annotations

import hashlib

from corpus.content import LETTERS, MultipleChoice, YesNo
from corpus.formats.pandas_cells import why_missing
from corpus.languages import YES_NO_WORDS
from corpus.record import ReleaseItem

#: Columns in file order. The letters are options: no other column may be one letter.
ORDER = (
    "index",
    "question",
    "hint",
    *LETTERS,
    "yes_word",
    "no_word",
    "answer",
    "category",
    "image",
    "l2-category",
    "split",
    "id",
)

#: Written only if every row has it: scorers stumble over a single blank.
ALL_OR_NONE = ("category", "l2-category", "split")


def refusals(item: ReleaseItem) -> list[str]:
    """Why this item cannot stand in the file as it is; empty if it can."""
    content, source = item.content, item.source
    if not isinstance(content, MultipleChoice | YesNo):
        return [f"a {content.kind} has no place in this format"]
    reasons = []
    if content.kind != source.kind:
        reasons.append(f"the source is a {source.kind}")
    elif content.key != getattr(source, "key", None):
        reasons.append("the key is not that of the source")
    if isinstance(content, MultipleChoice) and isinstance(source, MultipleChoice):
        have, want = len(content.options), len(source.options)
        if have != want:
            reasons.append(f"there are {have} options, the source has {want}")
    if not item.image_path:
        reasons.append("there is no image")
    for column, cell in cells(item).items():
        if reason := why_missing(cell):
            name = f"option {column}" if column in LETTERS else column
            reasons.append(f"{name} {reason}")
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
        found |= {"question": content.question, "answer": content.key}
        found |= {"yes_word": yes, "no_word": no}
    if isinstance(source, MultipleChoice | YesNo):
        found["category"] = source.category
    for column in ("l2-category", "split"):
        found[column] = str(item.upstream.get(column) or "")
    return {column: cell for column, cell in found.items() if cell}


def index_of(item: ReleaseItem) -> int:
    """The upstream index, or a number made from dataset and key that never changes."""
    index = item.upstream.get("index")
    if isinstance(index, int) and not isinstance(index, bool) and index >= 0:
        return index
    if isinstance(index, str) and index.isascii() and index.isdecimal():
        return int(index[:18])
    name = f"{item.dataset}/{item.key}".encode()
    # 48 bits: exact even where a reader makes the index a floating-point number
    return int.from_bytes(hashlib.sha256(name).digest()[:6], "big")

"""The circular copies of MMBench, rebuilt from the base row.

Upstream asks each question once per option. Copy k has the index of the base row plus
k million and the options moved up k places, so that a lucky letter earns nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.content import LETTERS, Content, MultipleChoice
from corpus.formats.benchmark_sets import benchmark_of, upstream_index
from corpus.record import ReleaseItem

#: What the index grows by from one copy to the next.
STEP = 1_000_000


def why_not_circular(item: ReleaseItem) -> str | None:
    """Why the item can have no copies, or nothing."""
    if benchmark_of(item.dataset) != "mmbench":
        return "only MMBench has circular copies"
    if not isinstance(item.content, MultipleChoice):
        return f"a {item.content.kind} has no options to rotate"
    index = upstream_index(item)
    if index is None:
        return "there is no upstream index to number its copies by"
    if index >= STEP:
        return f"its index {index} is that of a copy, not of a base row"
    return None


def with_copies(item: ReleaseItem) -> Iterator[ReleaseItem]:
    """The item, then its copies in order. Ask `why_not_circular` first."""
    index = upstream_index(item)
    assert index is not None
    assert isinstance(item.content, MultipleChoice)
    for places in range(len(item.content.options)):
        yield replace(
            item,
            content=rotated(item.content, places),
            source=rotated(item.source, places),
            upstream={**item.upstream, "index": index + places * STEP},
        )


def rotated(content: Content, places: int) -> Content:
    """The options moved up, the first ones to the end, and the key with its text.

    >>> rotated(MultipleChoice("?", ("a", "b", "c"), "A"), 1)
    MultipleChoice(question='?', options=('b', 'c', 'a'), key='C', hint='', category='')
    """
    if not isinstance(content, MultipleChoice):
        return content
    options = content.options
    cut = places % len(options)
    key = (LETTERS.index(content.key) - cut) % len(options)
    return replace(content, options=options[cut:] + options[:cut], key=LETTERS[key])

"""What a check may know beside source and candidate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

#: Upstream columns that checks read, each a list of texts. PixMo-Cap has transcripts;
#: no set has labels by itself, so they are there if somebody put them into the file.
COLUMNS = ("transcripts", "labels")


def context_of(
    upstream: Mapping[str, Any], *, languages: Iterable[str] = ()
) -> dict[str, Any]:
    """What the upstream columns of an item add. Columns of another shape add nothing.

    `languages` are those that the item's project works in, its source's among them.
    """
    found = {name: upstream.get(name) for name in COLUMNS}
    context: dict[str, Any] = {
        name: [text for text in cell if isinstance(text, str)]
        for name, cell in found.items()
        if isinstance(cell, list)
    }
    if spoken := tuple(languages):
        context["languages"] = spoken
    return context

"""What a check may know beside source and candidate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def context_of(upstream: Mapping[str, Any]) -> dict[str, Any]:
    """What the upstream columns of an item add. Columns of another shape add nothing."""
    transcripts = upstream.get("transcripts")
    if not isinstance(transcripts, list):
        return {}
    return {"transcripts": [text for text in transcripts if isinstance(text, str)]}

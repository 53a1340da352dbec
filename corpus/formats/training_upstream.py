"""Upstream columns that a training set gives back: under their names, or as JSON.

A row comes back as it was: what its content and picture say, overlaid with `upstream`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from corpus.content import Conversation, canonical_json
from corpus.formats.training_fields import STRING, Column, text, texts
from corpus.record import ReleaseItem

METADATA_FIELDS: Final = ("figure_type", "persona", "topic")
PAIR: Final = ("question", "explanation", "answer")


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return value is None or (isinstance(value, list) and set(map(type, value)) <= {str})


def _is_metadata(value: Any) -> bool:
    """Nothing in it would be lost, or become another type."""
    return value is None or (
        isinstance(value, Mapping)
        and value.keys() <= set(METADATA_FIELDS)
        and all(map(_is_text, value.values()))
    )


def _is_pairs(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and value.keys() <= set(PAIR)
        and all(isinstance(cells, list) for cells in value.values())
        and all(_is_text(cell) for cells in value.values() for cell in cells)
    )


#: How a field must look to fit its column. One that does not stays in the JSON.
_FITS: Final = {
    "image_url": _is_text,
    "image_sha256": _is_text,
    "transcripts": _is_texts,
    "metadata": _is_metadata,
    "data": _is_text,
    "code": _is_text,
    "qa_pairs": _is_pairs,
}


def _gives(item: ReleaseItem, name: str) -> bool:
    """Whether the upstream cell is what the column holds."""
    untouched = name != "qa_pairs" or item.content == item.source
    return name in item.upstream and _FITS[name](item.upstream[name]) and untouched


def _given(item: ReleaseItem, name: str, otherwise: Any = None) -> Any:
    return item.upstream[name] if _gives(item, name) else otherwise


def _pairs(item: ReleaseItem) -> Any:
    content = item.content
    if not isinstance(content, Conversation):
        return None
    own = {name: [getattr(turn, name) for turn in content.turns] for name in PAIR}
    return _given(item, "qa_pairs", own)


SOURCE_URL = text(
    "image_url",
    "where upstream says the image is",
    lambda item: _given(item, "image_url", item.image_url),
)
SOURCE_SHA256 = text(
    "image_sha256",
    "SHA-256 of the image bytes, as upstream says; servers change their bytes",
    lambda item: _given(item, "image_sha256", item.image_sha256),
)
TRANSCRIPTS = texts(
    "transcripts",
    "the spoken English originals, as upstream",
    lambda item: _given(item, "transcripts"),
)
PAIRS = Column(
    "qa_pairs",
    pa.struct([(name, pa.list_(pa.string())) for name in PAIR]),
    {"feature": dict.fromkeys(PAIR, STRING), "_type": "Sequence"},
    "the questions on the image, their reasoning and answers, in parallel lists",
    _pairs,
)
METADATA = Column(
    "metadata",
    pa.struct([(name, pa.string()) for name in METADATA_FIELDS]),
    dict.fromkeys(METADATA_FIELDS, STRING),
    "what the figure shows and for whom it was made, as upstream",
    lambda item: _given(item, "metadata"),
)
DATA = text("data", "the data in the figure", lambda item: _given(item, "data"))
CODE = text(
    "code", "the program that drew the figure", lambda item: _given(item, "code")
)
_GIVING: Final = frozenset(
    (SOURCE_URL, SOURCE_SHA256, TRANSCRIPTS, PAIRS, METADATA, DATA, CODE)
)


def further(chosen: Sequence[Column]) -> Column:
    """The column with all upstream fields that none of the chosen columns gives."""
    giving = frozenset(column.name for column in _GIVING.intersection(chosen))

    def value(item: ReleaseItem) -> str:
        rest = {
            name: cell
            for name, cell in item.upstream.items()
            if name not in giving or not _gives(item, name)
        }
        return canonical_json(rest) if rest else "{}"

    return text("upstream", "further upstream columns, as JSON", value)

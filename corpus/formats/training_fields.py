"""What a column of a training set is, and the few shapes that columns have."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from corpus.formats.release import original_bytes, suffix_of
from corpus.record import ReleaseItem


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column. `feature` is its description for the `datasets` library.

    Lists are described the old way ("Sequence", or a JSON list for structs): releases
    of `datasets` before 4 refuse the newer spelling, all of them read this one.
    `repeats`: it has few different values, and a dictionary of them is cheaper.
    """

    name: str
    type: Any
    feature: Any
    meaning: str
    value: Callable[[ReleaseItem], Any]
    repeats: bool = False


STRING = {"dtype": "string", "_type": "Value"}
INTEGER = {"dtype": "int64", "_type": "Value"}
PICTURE_TYPE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
PICTURE = {"_type": "Image"}


def text(
    name: str,
    meaning: str,
    value: Callable[[ReleaseItem], str | None],
    *,
    repeats: bool = False,
) -> Column:
    """A column of texts."""
    return Column(name, pa.string(), STRING, meaning, value, repeats)


def texts(
    name: str, meaning: str, value: Callable[[ReleaseItem], Sequence[str] | None]
) -> Column:
    """A column of lists of texts."""
    return Column(
        name,
        pa.list_(pa.string()),
        {"feature": STRING, "_type": "Sequence"},
        meaning,
        value,
    )


def number(
    name: str, meaning: str, value: Callable[[ReleaseItem], int | None]
) -> Column:
    """A column of whole numbers."""
    return Column(name, pa.int64(), INTEGER, meaning, value)


def schema(chosen: Sequence[Column]) -> Any:
    """The arrow schema, with the description that makes `image` an Image on load."""
    features = {column.name: column.feature for column in chosen}
    described = json.dumps({"info": {"features": features}})
    fields = [(column.name, column.type) for column in chosen]
    return pa.schema(fields, metadata={"huggingface": described})


def picture(item: ReleaseItem) -> dict[str, Any]:
    """The Image cell with the original bytes. Raises ReleaseError."""
    content = original_bytes(item)
    return {"bytes": content, "path": item.image_sha256 + suffix_of(content)}

"""How a column is described in Croissant: field by field, from its feature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.formats.training_fields import Column

_TYPES = {"string": "sc:Text", "int8": "sc:Integer", "int64": "sc:Integer"}


def fields(column: Column, *, record_set: str, file_set: str) -> Iterator[Any]:
    """The field of a column; none where Croissant has no word for its shape."""
    identity = f"{record_set}/{column.name}"
    described = {
        "@type": "cr:Field",
        "@id": identity,
        "name": column.name,
        "description": column.meaning,
    }
    origin = {
        "fileSet": {"@id": file_set},
        "extract": {"column": column.name},
    }
    feature = column.feature
    if parts := _parts(feature):
        yield described | {
            "subField": [
                {
                    "@type": "cr:Field",
                    "@id": f"{identity}/{name}",
                    "name": name,
                    "dataType": "sc:Text",
                    "source": origin | {"transform": {"jsonPath": name}},
                    **({"repeated": True} if _is_list(feature) else {}),
                }
                for name in parts
            ]
        }
    elif kind := _scalar(feature):
        yield described | kind | {"source": origin | _transform(feature)}


def _is_list(feature: Any) -> bool:
    return isinstance(feature, dict) and feature.get("_type") == "Sequence"


def _parts(feature: Any) -> list[str]:
    """The names in a struct, or in a struct of parallel lists."""
    inner = feature["feature"] if _is_list(feature) else feature
    if not isinstance(inner, dict) or "_type" in inner:
        return []
    return list(inner)


def _scalar(feature: Any) -> dict[str, Any] | None:
    inner = feature["feature"] if _is_list(feature) else feature
    if not isinstance(inner, dict):
        return None
    kind = "sc:ImageObject" if inner["_type"] == "Image" else _TYPES[inner["dtype"]]
    return {"dataType": kind} | ({"repeated": True} if _is_list(feature) else {})


def _transform(feature: Any) -> dict[str, Any]:
    """Where in its struct the picture is."""
    if _is_list(feature):
        inner, path = feature["feature"], "[*].bytes"
    else:
        inner, path = feature, "bytes"
    return {"transform": {"jsonPath": path}} if inner["_type"] == "Image" else {}

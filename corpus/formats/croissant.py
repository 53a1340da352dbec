"""croissant.json: what the parquet files of a release hold, for programs (Croissant 1.0).

One record set per language, named by its code. Its field `split` says which of the
splits a record is from; it is `split_of_file` beside a column named `split`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from corpus.formats.croissant_fields import fields
from corpus.formats.licences import LICENCES
from corpus.formats.release import Part, ReleaseError
from corpus.formats.training_fields import Column

CROISSANT: Final = "croissant.json"
VERSION: Final = "http://mlcommons.org/croissant/1.0"

#: Terms that stand for themselves in the Croissant vocabulary.
_TERMS = (
    "citeAs",
    "column",
    "equivalentProperty",
    "extract",
    "field",
    "fileProperty",
    "fileObject",
    "fileSet",
    "format",
    "includes",
    "isLiveDataset",
    "jsonPath",
    "key",
    "md5",
    "parentField",
    "path",
    "recordSet",
    "references",
    "regex",
    "repeated",
    "replace",
    "samplingRate",
    "separator",
    "source",
    "subField",
    "transform",
)
_CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    **{term: f"cr:{term}" for term in _TERMS},
}


@dataclass(frozen=True, slots=True)
class About:
    """What cannot be read off the files. `licence` is an SPDX expression.

    `published` is a day that the state decides, not the clock, so that the same
    release has the same bytes. `version` is of the form 1.0.0.
    """

    name: str
    description: str
    licence: str
    url: str
    creator: str
    published: date
    version: str
    citation: str


def render(
    about: About,
    *,
    parts: Sequence[Part],
    columns: Sequence[Column],
    digests: Mapping[str, str],
) -> str:
    """The text of croissant.json. `digests` are the SHA-256 of the parts, by path.

    Raises ReleaseError where a part is no parquet file, or a fact is missing.
    """
    _require(about, parts, digests)
    languages = sorted({part.language for part in parts})
    splits = sorted({part.split for part in parts})
    document = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        **_facts(about, languages),
        "distribution": [
            *(_file(part, digests[part.path]) for part in parts),
            *(_file_set(language, parts) for language in languages),
        ],
        "recordSet": [
            _split_names(splits),
            *(_record_set(language, splits, columns) for language in languages),
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _require(about: About, parts: Sequence[Part], digests: Mapping[str, str]) -> None:
    if not parts:
        raise ReleaseError("There is no file to describe.")
    for part in parts:
        if not part.path.endswith(".parquet"):
            raise ReleaseError(f"{part.path} is no parquet file.")
        if part.path not in digests:
            raise ReleaseError(f"The hash of {part.path} is missing.")
    for name in ("name", "description", "url", "creator", "citation"):
        if not getattr(about, name).strip():
            raise ReleaseError(f"The release needs a {name}.")
    if not re.fullmatch(r"\d+\.\d+\.\d+", about.version):
        raise ReleaseError(f"The version {about.version!r} is not of the form 1.0.0.")


def _facts(about: About, languages: list[str]) -> dict[str, Any]:
    licences = [LICENCES[name].url for name in about.licence.split(" AND ")]
    return {
        "name": about.name,
        "description": about.description,
        "license": licences[0] if len(licences) == 1 else licences,
        "url": about.url,
        "creator": {"@type": "sc:Organization", "name": about.creator},
        "datePublished": about.published.isoformat(),
        "version": about.version,
        "citeAs": about.citation,
        "inLanguage": languages,
        "isLiveDataset": False,
    }


def _file(part: Part, sha256: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": part.path,
        "name": part.path,
        "contentUrl": part.path,
        "contentSize": f"{part.size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": sha256,
    }


def _file_set(language: str, parts: Sequence[Part]) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"files-{language}",
        "name": f"files-{language}",
        "encodingFormat": "application/x-parquet",
        "includes": [part.path for part in parts if part.language == language],
    }


def _split_names(splits: list[str]) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": "splits",
        "name": "splits",
        "dataType": "cr:Split",
        "key": {"@id": "splits/name"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": "splits/name",
                "name": "name",
                "dataType": "sc:Text",
            }
        ],
        "data": [{"splits/name": split} for split in splits],
    }


def _record_set(
    language: str, splits: list[str], columns: Sequence[Column]
) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": language,
        "name": language,
        "field": list(_fields(language, splits, columns)),
    }


def _split_pattern(splits: list[str]) -> str:
    """Also matches a bare name: readers apply it to what they looked up by it again."""
    return f"(?:.*/)?({'|'.join(map(re.escape, splits))})(?:[-.].*)?$"


def _fields(
    language: str, splits: list[str], columns: Sequence[Column]
) -> Iterator[dict[str, Any]]:
    file_set = f"files-{language}"
    # MMBench has a column of that name.
    taken = any(column.name == "split" for column in columns)
    name = "split_of_file" if taken else "split"
    yield {
        "@type": "cr:Field",
        "@id": f"{language}/{name}",
        "name": name,
        "description": "the split, as the file is named",
        "dataType": "sc:Text",
        "source": {
            "fileSet": {"@id": file_set},
            "extract": {"fileProperty": "fullpath"},
            "transform": {"regex": _split_pattern(splits)},
        },
        "references": {"field": {"@id": "splits/name"}},
    }
    for column in columns:
        yield from fields(column, record_set=language, file_set=file_set)

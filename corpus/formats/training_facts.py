"""The columns that every training set has: what a row is and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from corpus.content import KINDS, canonical_json
from corpus.formats.training_fields import Column, number, text
from corpus.record import ReleaseItem

#: Provenance fields that get a column of their own, as text.
PROVENANCE = ("model", "model_revision", "prompt_template", "prompt_hash")

#: Provenance fields that say how the judgments fell, where the release knows it.
VERDICTS = {
    "accepts": "how many of them accept it",
    "edits": "how many accept it with edits",
    "rejects": "how many reject it",
}
_OWN_COLUMN = frozenset((*PROVENANCE, *VERDICTS))


def identity(item: ReleaseItem) -> str:
    """Dataset and key: the same in every language."""
    return f"{item.dataset}/{item.key}"


def facts(item: ReleaseItem) -> dict[str, str | int]:
    """What a row must say of itself where it has no columns: the same for every row."""
    return {
        "id": identity(item),
        "dataset": item.dataset,
        "revision": item.revision,
        "key": item.key,
        "language": item.language,
        "kind": item.content.kind,
        "image_url": item.image_url,
        "image_sha256": item.image_sha256,
        "origin": item.origin,
        **{name: _made(name)(item) for name in PROVENANCE},
        "candidate_id": item.candidate_id,
        "judgments": item.judgments,
        "licence": item.licence,
    }


def _made(name: str) -> Callable[[ReleaseItem], str]:
    def value(item: ReleaseItem) -> str:
        fact = item.provenance.get(name)
        return "" if fact is None else str(fact)

    return value


def _counted(name: str) -> Callable[[ReleaseItem], int | None]:
    def value(item: ReleaseItem) -> int | None:
        fact = item.provenance.get(name)
        return None if fact is None else int(fact)

    return value


def _further_provenance(item: ReleaseItem) -> str:
    made = item.provenance
    if made.keys() <= _OWN_COLUMN:
        return "{}"
    return canonical_json({k: v for k, v in made.items() if k not in _OWN_COLUMN})


ID = text("id", "dataset and key: the same in every language", identity)

COMMON = (
    ID,
    text(
        "dataset",
        "the upstream set, as name@revision",
        attrgetter("dataset"),
        repeats=True,
    ),
    text("revision", "its revision", attrgetter("revision"), repeats=True),
    text("key", "the identity of the item in it", attrgetter("key")),
    text("language", "ISO 639-1 code", attrgetter("language"), repeats=True),
    text(
        "kind",
        "one of " + ", ".join(KINDS),
        attrgetter("content.kind"),
        repeats=True,
    ),
)

ORIGIN: tuple[Column, ...] = (
    text(
        "origin",
        "source, regenerated, translated, native or edited",
        attrgetter("origin"),
        repeats=True,
    ),
    *(
        text(name, "provenance of the text", _made(name), repeats=True)
        for name in PROVENANCE
    ),
    text("provenance", "further provenance, as JSON", _further_provenance),
    number("candidate_id", "the judged text", attrgetter("candidate_id")),
    number("judgments", "how many people judged it", attrgetter("judgments")),
    *(number(name, meaning, _counted(name)) for name, meaning in VERDICTS.items()),
    text("licence", "SPDX expression", attrgetter("licence"), repeats=True),
)

IMAGE_URL = text(
    "image_url", "where upstream says the image is", attrgetter("image_url")
)
IMAGE_SHA256 = text(
    "image_sha256", "SHA-256 of the image bytes", attrgetter("image_sha256")
)

"""Which image an address stands for, before anything is fetched."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import connection

from annotation.models import Image


def addressed(claims: Mapping[str, str]) -> dict[str, Image]:
    """The image of each address; a pending one is made where none is known.

    `claims` maps the address to the SHA-256 that upstream gives for it, or to "". Bytes
    that are here under that hash need no fetching, whatever address they came from.
    """
    found = by_address(set(claims))
    _note_claims(found, claims)
    found |= _by_claim(claims)
    new = {url: claimed for url, claimed in claims.items() if url not in found}
    _announce(new)
    return found | by_address(new.keys())


def _announce(claims: Mapping[str, str]) -> None:
    """Rows for addresses to fetch. Another import may be making the same ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO annotation_image (url, claimed_sha256, state, reason, media_type,
                width, height, size, attempts, created_at)
            SELECT url, claimed, %(pending)s, '', '', 0, 0, 0, 0, now()
            FROM unnest(%(urls)s::text[], %(claimed)s::text[]) AS t(url, claimed)
            ON CONFLICT DO NOTHING
            """,
            {
                "pending": Image.State.PENDING,
                "urls": list(claims),
                "claimed": list(claims.values()),
            },
        )


def _note_claims(found: Mapping[str, Image], claims: Mapping[str, str]) -> None:
    """An address known from a source that gave no hash may get one from another."""
    silent = [
        image
        for url, image in found.items()
        if claims[url] and image.url == url and not image.claimed_sha256
    ]
    for image in silent:
        image.claimed_sha256 = claims[image.url]
    Image.objects.bulk_update(silent, ["claimed_sha256"])


def _by_claim(claims: Mapping[str, str]) -> dict[str, Image]:
    stored = {
        image.sha256: image
        for image in Image.objects.filter(sha256__in={*claims.values()} - {""})
    }
    return {url: stored[sha] for url, sha in claims.items() if sha in stored}


def by_address(urls: Collection[str]) -> dict[str, Image]:
    """The image of each known address, a stored one first, the newest of several."""
    rows = Image.objects.filter(url__in=urls).select_related("same_as")
    found = sorted(rows, key=lambda image: (image.sha256 is not None, image.pk))
    return {image.url: image.same_as or image for image in found}

"""The verdict on every candidate of a release, while its snapshot is open."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from django.db import connection

from annotation.models import Candidate, Project
from corpus import checks
from corpus.content import KINDS, Kind
from corpus.formats import arms
from corpus.formats.arms import Arm
from corpus.formats.release import ReleaseKey
from corpus.languages import ENGLISH
from corpus.record import ReleaseItem
from quality import adjudicating
from quality.selecting.rows import ACCEPTED, SOURCES, accepted_item, source_item
from quality.selecting.streams import in_order, rows_of, stream

AT_ONCE = 1000

_DIGEST = """
SELECT string_agg(decision::text, ' ' ORDER BY decision)
FROM (SELECT decision, row_number() OVER (ORDER BY decision) / 10000 AS chunk
      FROM concord_selected WHERE reason IS NULL AND language = ANY(%(languages)s)) s
GROUP BY chunk ORDER BY chunk
"""


@dataclass(slots=True)
class Selection:
    """The verdict on every candidate, for as long as its snapshot is open."""

    project: Project
    languages: list[str]
    left_out: Counter[str] = field(default_factory=Counter)
    dropped: dict[tuple[str, str], str] = field(default_factory=dict)
    _found: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def items(
        self, language: str, *, dataset: str | None = None, kind: str | None = None
    ) -> Iterator[ReleaseItem]:
        """The accepted texts of one language (en: their sources), in release order.

        The order is dataset, then key, by code point.
        """
        ids = in_order(language, dataset=dataset, kind=kind)
        if language == ENGLISH:
            return map(source_item, rows_of(SOURCES, ids))
        return map(accepted_item, rows_of(ACCEPTED, ids))

    def drop(self, blocked: Iterable[tuple[ReleaseKey, str]]) -> int:
        """Leave whole items out, in every language, and remember why; how many texts."""
        why = {(key.dataset, key.key): reason for key, reason in blocked}
        if not why:
            return 0
        self.dropped |= why
        rows = sorted((*pair, f"blocked: {reason}") for pair, reason in why.items())
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE concord_selected s SET reason = w.reason FROM unnest("
                "%s::text[], %s::text[], %s::text[]) AS w(dataset, key, reason) "
                "WHERE s.reason IS NULL AND s.dataset = w.dataset AND s.key = w.key",
                [list(column) for column in zip(*rows, strict=True)],
            )
            dropped = cursor.rowcount
        self.count()
        return int(dropped)

    def recheck(self) -> None:
        """Put to today's checks what was decided under others; leave out the blocked."""
        sql = (
            "SELECT s.candidate, d.content_json::text FROM concord_selected s "
            "JOIN quality_decision d ON d.id = s.decision "
            "WHERE s.reason IS NULL AND d.checks <> %(version)s"
        )
        blocked: list[tuple[ReleaseKey, str]] = []
        rows = stream(sql, {"version": checks.VERSION})
        while some := dict[int, str](islice(rows, AT_ONCE)):
            blocked += _blocked(some)
        self.drop(blocked)

    def narrow(self, arm: Arm) -> None:
        """From now on only the rows of an arm go out; what was refused is not in it."""
        every = [*self.languages, ENGLISH]
        surveyed = arms.survey(chain.from_iterable(map(_places, sorted(set(every)))))
        for language in every:
            outside = (
                place.item
                for place in _places(language)
                if not surveyed.holds(arm, place)
            )
            _leave_outside(language, outside)
        self.count()

    def pictures(self) -> Iterator[tuple[str, str, str]]:
        """Dataset, key and picture of what is accepted, in any language."""
        sql = (
            "SELECT DISTINCT s.dataset, s.key, m.sha256 FROM concord_selected s "
            "JOIN annotation_item i ON i.id = s.item "
            "JOIN annotation_image m ON m.id = i.image_id WHERE s.reason IS NULL"
        )
        return ((row[0], row[1], row[2]) for row in stream(sql, {}))

    @property
    def accepted(self) -> int:
        """How many accepted texts go out; their English sources do not count."""
        return int(_all("SELECT count(*) FROM concord_shipped")[0][0])

    @property
    def accepted_in(self) -> Counter[str]:
        """How many texts of each language could go out, in any arm."""
        sql = "SELECT language, count(*) FROM concord_selected WHERE reason IS NULL"
        return Counter(dict(_all(f"{sql} GROUP BY 1")))

    @property
    def edited(self) -> int:
        """How many of the texts that go out are as people edited them."""
        sql = (
            "SELECT count(*) FROM concord_shipped s JOIN annotation_candidate c "
            "ON c.id = s.candidate WHERE c.origin = 'edited'"
        )
        return int(self._once(sql)[0][0])

    @property
    def tables(self) -> list[tuple[str, Kind]]:
        """Dataset and content kind of what is accepted: the tables of a benchmark."""
        sql = "SELECT DISTINCT dataset, kind FROM concord_selected"
        return sorted(_all(f"{sql} WHERE reason IS NULL"))

    @property
    def kinds(self) -> list[Kind]:
        """The content kinds among the accepted, in the order of KINDS."""
        found = {kind for _, kind in self.tables}
        return [kind for kind in KINDS if kind in found]

    def groups(self, dataset: str, kind: str) -> list[str]:
        """The group of every item of a table, accepted or not."""
        sql = (
            "SELECT i.group FROM annotation_item i WHERE i.kind = %(kind)s "
            "AND i.dataset_id IN (SELECT dataset_id FROM concord_selected "
            "WHERE dataset = %(dataset)s)"
        )
        return [row[0] for row in stream(sql, {"dataset": dataset, "kind": kind})]

    @property
    def sources(self) -> list[tuple[str, str, str, str]]:
        """Dataset, revision, licence and attribution of what goes out."""
        sql = (
            "SELECT s.dataset, ds.revision, ds.licence, ds.attribution FROM "
            "(SELECT dataset_id, dataset FROM concord_shipped GROUP BY 1, 2 "
            "UNION SELECT dataset_id, dataset FROM concord_sources GROUP BY 1, 2) s "
            "JOIN annotation_dataset ds ON ds.id = s.dataset_id ORDER BY 1, 2, 3, 4"
        )
        return [(row[0], row[1], row[2], row[3]) for row in self._once(sql)]

    @property
    def collections(self) -> list[tuple[str, str, str]]:
        """Source, licence and attribution of the native texts that go out."""
        sql = (
            "SELECT DISTINCT a.source, a.licence, a.attribution FROM concord_shipped s "
            "JOIN annotation_candidate c ON c.id = s.candidate "
            "JOIN annotation_authorship a ON a.candidate_id = coalesce(c.first_id, c.id) "
            "ORDER BY 1, 2, 3"
        )
        return [(row[0], row[1], row[2]) for row in self._once(sql)]

    @property
    def licences(self) -> list[str]:
        """The licences (SPDX ids) of all that goes out."""
        datasets = [licence for _, _, licence, _ in self.sources]
        return [*datasets, *(licence for _, licence, _ in self.collections)]

    def digest(self, languages: list[str]) -> str:
        """SHA-256 over exactly the decisions that stand behind these languages."""
        sha = hashlib.sha256(self.project.policy.encode())
        for (chunk,) in stream(_DIGEST, {"languages": languages}):
            sha.update(f" {chunk}".encode())
        return sha.hexdigest()

    def moved(self) -> int:
        """How many of the accepted are no longer what was decided by `until`.

        Asked after the snapshot, it sees what was corrected meanwhile.
        """
        sql = (
            "SELECT count(*) FROM concord_selected s "
            "JOIN annotation_candidate c ON c.id = s.candidate "
            "WHERE s.reason IS NULL AND (c.needs_decision OR EXISTS "
            "(SELECT 1 FROM quality_decision n "
            "WHERE n.replaces_id IS NOT NULL AND n.replaces_id = s.decision))"
        )
        return int(_all(sql)[0][0])

    def settle(self) -> None:
        """From now on the answers behind the accepted stay as they are."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO annotation_settled (candidate_id) "
                "SELECT candidate FROM concord_shipped ON CONFLICT DO NOTHING"
            )

    def _once(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows that are asked for again and again, for as long as nothing is dropped."""
        if sql not in self._found:
            self._found[sql] = _all(sql)
        return self._found[sql]

    def count(self) -> None:
        """Count anew what is left out, by reason."""
        self._found.clear()
        sql = "SELECT reason, count(*) FROM concord_refused GROUP BY 1 ORDER BY 1"
        self.left_out = Counter(dict(_all(sql)))


@dataclass(frozen=True, slots=True)
class _Place:
    """A row that could go out, without its text."""

    item: int
    dataset: str
    key: str
    language: str
    origin: str


def _places(language: str) -> Iterator[_Place]:
    """The accepted rows of a language (en: their sources), in any arm."""
    if language == ENGLISH:
        sql = "SELECT item, dataset, key, 'en', 'source' FROM concord_selected s"
        sql = f"{sql} WHERE reason IS NULL GROUP BY item, dataset, key"
    else:
        sql = (
            "SELECT s.item, s.dataset, s.key, s.language, "
            "coalesce(nullif(c.first_origin, ''), c.origin) "
            "FROM concord_selected s JOIN annotation_candidate c ON c.id = s.candidate "
            "WHERE s.reason IS NULL AND s.language = %(language)s"
        )
    return (_Place(*row) for row in stream(sql, {"language": language}))


def _leave_outside(language: str, items: Iterator[int]) -> None:
    """Some at a time: the cursor that they come from is on the same connection."""
    sql = "INSERT INTO concord_outside SELECT unnest(%s::bigint[]), %s"
    with connection.cursor() as cursor:
        while some := list(islice(items, AT_ONCE)):
            cursor.execute(sql, [some, language])


def _blocked(texts: dict[int, str]) -> Iterator[tuple[ReleaseKey, str]]:
    rows = Candidate.objects.filter(pk__in=texts)
    rows = rows.select_related("item__dataset", "project")
    for candidate in rows.order_by("pk"):
        content = json.loads(texts[candidate.pk])
        if fault := adjudicating.why_blocked(candidate, content):
            item = candidate.item
            yield (
                ReleaseKey(item.dataset.full_name, item.key, candidate.language),
                fault,
            )


def _all(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())

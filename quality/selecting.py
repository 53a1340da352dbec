"""Which candidates a release takes, and why it leaves the others out.

One statement gives every candidate its verdict and keeps it in a table of this
transaction. Everything else reads from there through server-side cursors, so that a
million rows never stand in memory. Decisions after `until` do not count: parts that
are written at different moments hold the same decisions.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from annotation.models import Candidate, Project
from corpus import checks
from corpus.content import BENCHMARK_KINDS, KINDS, Kind
from corpus.formats.arms import ENGLISH
from corpus.formats.release import ReleaseKey
from corpus.record import ReleaseItem
from quality import adjudicating, release_rows
from quality.models import Decision, Release
from quality.release_rows import ACCEPTED, SOURCES, stream

TRAINING_KINDS = tuple(kind for kind in KINDS if kind not in BENCHMARK_KINDS)
__all__ = ["KINDS_OF", "Selection", "last_decision", "selected"]

KINDS_OF = {
    Release.Design.TRAINING: TRAINING_KINDS,
    Release.Design.BENCHMARK: BENCHMARK_KINDS,
}
NOT_EVERYWHERE = "not accepted in every language of the release"

# Of several candidates for one item and language the newest counts.
_SELECT = """
CREATE TEMPORARY TABLE concord_selected ON COMMIT DROP AS
WITH newest AS (
    SELECT DISTINCT ON (c.item_id, c.language) c.id, c.item_id, c.language
    FROM annotation_candidate c JOIN annotation_item i ON i.id = c.item_id
    WHERE c.project_id = %(project)s AND c.language = ANY(%(languages)s)
      AND i.kind = ANY(%(kinds)s)
    ORDER BY c.item_id, c.language, c.version DESC
)
SELECT n.id AS candidate, n.item_id AS item, n.language,
       d.id AS decision, i.kind, ds.id AS dataset_id,
       (ds.name || '@' || ds.revision) COLLATE "C" AS dataset,
       i.key COLLATE "C" AS key,
       CASE
           WHEN k.design = 'spoiled' THEN 'spoiled on purpose, as a control'
           WHEN m.state = 'pending' THEN 'its image is not fetched yet'
           WHEN m.state = 'gone' THEN 'its image is gone'
           WHEN NOT i.kind = ANY(%(held)s) AND EXISTS (
               SELECT 1 FROM annotation_item b
               JOIN annotation_dataset bd ON bd.id = b.dataset_id
               WHERE b.image_id = i.image_id AND b.kind = ANY(%(held)s)
                 AND bd.project_id = %(project)s
           ) THEN 'its image is held out for the benchmark'
           WHEN d.id IS NULL THEN 'not decided yet'
           WHEN d.policy <> %(policy)s THEN 'decided under another policy'
           WHEN d.outcome <> 'accepted' THEN d.outcome
       END AS reason
FROM newest n
JOIN annotation_item i ON i.id = n.item_id
JOIN annotation_dataset ds ON ds.id = i.dataset_id
LEFT JOIN annotation_image m ON m.id = i.image_id
LEFT JOIN annotation_control k ON k.candidate_id = n.id
LEFT JOIN quality_decision d ON d.candidate_id = n.id AND d.id <= %(until)s
    AND NOT EXISTS (
        SELECT 1 FROM quality_decision r
        WHERE r.replaces_id = d.id AND r.id <= %(until)s
    )
"""
# The same items in the same order in every language, or the scores do not compare.
_EVERYWHERE = """
UPDATE concord_selected SET reason = %(reason)s
WHERE reason IS NULL AND item NOT IN (
    SELECT item FROM concord_selected WHERE reason IS NULL
    GROUP BY item HAVING count(*) = %(languages)s
)
"""
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

    def items(
        self, language: str, *, dataset: str | None = None, kind: str | None = None
    ) -> Iterator[ReleaseItem]:
        """The accepted texts of one language (en: their sources), in release order.

        The order is dataset, then key, by code point.
        """
        narrowed = {"language": language, "dataset": dataset, "kind": kind}
        if language == ENGLISH:
            return map(release_rows.source_item, stream(SOURCES, narrowed))
        return map(release_rows.accepted_item, stream(ACCEPTED, narrowed))

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
        texts = dict(stream(sql, {"version": checks.VERSION}))
        rows = Candidate.objects.filter(pk__in=texts).select_related("item__dataset")
        blocked = []
        for candidate in rows.order_by("pk"):
            content = json.loads(texts[candidate.pk])
            if fault := adjudicating.why_blocked(candidate, content):
                item = candidate.item
                dataset = f"{item.dataset.name}@{item.dataset.revision}"
                key = ReleaseKey(dataset, item.key, candidate.language)
                blocked.append((key, fault))
        self.drop(blocked)

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
        """How many texts were accepted; their English sources do not count."""
        return int(
            _all("SELECT count(*) FROM concord_selected WHERE reason IS NULL")[0][0]
        )

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
        """Dataset, revision, licence and attribution of what is accepted."""
        sql = (
            "SELECT DISTINCT s.dataset, ds.revision, ds.licence, ds.attribution "
            "FROM concord_selected s JOIN annotation_dataset ds "
            "ON ds.id = s.dataset_id WHERE s.reason IS NULL ORDER BY 1, 2, 3, 4"
        )
        return [(row[0], row[1], row[2], row[3]) for row in _all(sql)]

    def digest(self, languages: list[str]) -> str:
        """SHA-256 over exactly the decisions that stand behind these languages."""
        sha = hashlib.sha256(self.project.policy.encode())
        for (chunk,) in stream(_DIGEST, {"languages": languages}):
            sha.update(f" {chunk}".encode())
        return sha.hexdigest()

    def moved(self) -> int:
        """How many of the accepted are no longer what was decided by `until`."""
        sql = (
            "SELECT count(*) FROM concord_selected s "
            "JOIN annotation_candidate c ON c.id = s.candidate "
            "WHERE s.reason IS NULL AND (c.needs_decision OR EXISTS "
            "(SELECT 1 FROM quality_decision n WHERE n.replaces_id = s.decision))"
        )
        return int(_all(sql)[0][0])

    def settle(self) -> None:
        """From now on the answers behind the accepted stay as they are."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE annotation_candidate c SET settled_at = now() "
                "FROM concord_selected s WHERE s.reason IS NULL "
                "AND c.id = s.candidate AND c.settled_at IS NULL"
            )

    def count(self) -> None:
        """Count anew what is left out, by reason."""
        sql = (
            "SELECT reason, count(*) FROM concord_selected "
            "WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason"
        )
        self.left_out = Counter(dict(_all(sql)))


@contextmanager
def selected(
    *, project: Project, design: str, languages: list[str], until: int
) -> Iterator[Selection]:
    """What the policy accepts, in one snapshot of the database.

    Decisions made under another policy than the project's do not count as accepted.
    """
    with transaction.atomic():
        _one_snapshot()
        values: dict[str, Any] = {
            "project": project.pk,
            "languages": languages,
            "kinds": list(KINDS_OF[Release.Design(design)]),
            "held": list(BENCHMARK_KINDS),
            "policy": project.policy,
            "until": until,
        }
        selection = Selection(project, languages)
        with connection.cursor() as cursor:
            # All rows are wanted, not the first few as soon as can be.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
            # Enough to join and sort a hundred thousand rows without the disk.
            cursor.execute("SET LOCAL work_mem = '64MB'")
            cursor.execute("DROP TABLE IF EXISTS concord_selected")
            cursor.execute(_SELECT, values)
            if design == Release.Design.BENCHMARK:
                cursor.execute(
                    _EVERYWHERE, {"reason": NOT_EVERYWHERE, "languages": len(languages)}
                )
            cursor.execute("ANALYZE concord_selected")
        selection.count()
        yield selection


def last_decision(project: Project) -> int:
    """The id of a project's newest decision: what `until` means now."""
    newest = Decision.objects.filter(candidate__project=project)
    return newest.aggregate(newest=Max("pk"))["newest"] or 0


def _one_snapshot() -> None:
    """Inside a test's transaction the isolation level cannot change any more."""
    if connection.savepoint_ids or len(connection.atomic_blocks) > 1:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _all(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())

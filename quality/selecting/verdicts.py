"""Which candidates a release takes, and why it leaves the others out.

One statement gives every candidate its verdict and keeps it in a table of this
transaction. Everything else reads from there through server-side cursors, so that a
million rows never stand in memory. Decisions after `until` do not count: parts that
are written at different moments hold the same decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from annotation.models import Project
from corpus.content import BENCHMARK_KINDS, KINDS
from quality.models import Decision, Release
from quality.selecting.selection import Selection

TRAINING_KINDS = tuple(kind for kind in KINDS if kind not in BENCHMARK_KINDS)
KINDS_OF = {
    Release.Design.TRAINING: TRAINING_KINDS,
    Release.Design.BENCHMARK: BENCHMARK_KINDS,
}
NOT_IN_ARM = "not in this arm"
NOT_EVERYWHERE = "not accepted in every language of the release"

# Nobody learns of a control while people still judge it.
# Of several candidates for one item and language the newest counts; that of a revised
# one is its edited text. A native text goes out in the native arm, and elsewhere only
# where no machine has written one. An edited text follows the text that was edited.
# Materialized, or each of several processes of Postgres would look for the newest.
_SELECT = """
CREATE TEMPORARY TABLE concord_selected AS
WITH newest AS MATERIALIZED (
    SELECT DISTINCT ON (c.item_id, c.language)
           c.id, c.item_id, c.language, c.complete_at, c.origin,
           coalesce(c.first_id, c.id) AS first
    FROM annotation_candidate c
    WHERE c.project_id = %(project)s AND c.language = ANY(%(languages)s)
    ORDER BY c.item_id, c.language,
             ('native' IN (c.origin, c.first_origin)) <> %(native)s, c.version DESC
)
SELECT n.id AS candidate, n.item_id AS item, n.language,
       d.id AS decision, i.kind, ds.id AS dataset_id,
       (ds.name || '@' || ds.revision) COLLATE "C" AS dataset,
       i.key COLLATE "C" AS key,
       CASE
           WHEN k.design = 'spoiled' AND n.complete_at IS NOT NULL
               THEN 'spoiled on purpose, as a control'
           WHEN f.outcome = 'confirmed' THEN 'its image or source is defective'
           WHEN f.item IS NOT NULL THEN 'a reported defect nobody has looked at'
           WHEN m.state = 'pending' THEN 'its image is not fetched yet'
           WHEN m.state = 'gone' THEN 'its image is gone'
           WHEN NOT i.kind = ANY(%(held)s) AND EXISTS (
               SELECT 1 FROM annotation_item b
               JOIN annotation_dataset bd ON bd.id = b.dataset_id
               WHERE b.image_id = i.image_id AND b.kind = ANY(%(held)s)
                 AND bd.project_id = %(project)s
           ) THEN 'its image is held out for the benchmark'
           WHEN d.id IS NULL AND n.origin = 'edited'
               THEN 'its edited text is not judged yet'
           WHEN d.id IS NULL THEN 'not decided yet'
           WHEN d.policy <> %(policy)s THEN 'decided under another policy'
           WHEN d.outcome = 'revised' THEN 'revised: replaced by an edited text'
           WHEN d.outcome <> 'accepted' THEN d.outcome
       END AS reason
FROM newest n
JOIN annotation_item i ON i.id = n.item_id
JOIN annotation_dataset ds ON ds.id = i.dataset_id
LEFT JOIN (
    SELECT item_id AS item, min(outcome) AS outcome FROM annotation_defect
    WHERE outcome IS NULL OR outcome = 'confirmed' GROUP BY item_id
) f ON f.item = n.item_id
LEFT JOIN annotation_image m ON m.id = i.image_id
LEFT JOIN annotation_control k ON k.candidate_id = n.first
LEFT JOIN quality_decision d ON d.candidate_id = n.id AND d.id <= %(until)s
    AND NOT EXISTS (
        SELECT 1 FROM quality_decision r
        WHERE r.replaces_id IS NOT NULL AND r.replaces_id = d.id AND r.id <= %(until)s
    )
WHERE i.kind = ANY(%(kinds)s) AND (
    cardinality(%(datasets)s::text[]) = 0
    OR ds.name || '@' || ds.revision = ANY(%(datasets)s::text[])
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
# What goes out, and what does not, while an arm may narrow it. An arm takes no part in
# the verdicts: English rows stand for items that are accepted in all languages.
_SHIPPED = f"""
CREATE TEMPORARY TABLE concord_outside (item bigint, language text);
CREATE TEMPORARY VIEW concord_shipped AS
    SELECT * FROM concord_selected s WHERE s.reason IS NULL AND NOT EXISTS (
        SELECT 1 FROM concord_outside o
        WHERE o.item = s.item AND o.language = s.language);
CREATE TEMPORARY VIEW concord_sources AS
    SELECT DISTINCT item, dataset_id, dataset, key, kind
    FROM concord_selected s WHERE s.reason IS NULL AND NOT EXISTS (
        SELECT 1 FROM concord_outside o WHERE o.item = s.item AND o.language = 'en');
CREATE TEMPORARY VIEW concord_refused AS
    SELECT s.language, s.dataset, s.key,
           coalesce(s.reason, '{NOT_IN_ARM}') AS reason
    FROM concord_selected s WHERE s.reason IS NOT NULL OR EXISTS (
        SELECT 1 FROM concord_outside o
        WHERE o.item = s.item AND o.language = s.language);
"""
_FORGET = "DROP TABLE IF EXISTS concord_selected, concord_outside CASCADE"


@contextmanager
def selected(
    *,
    project: Project,
    design: str,
    languages: list[str],
    until: int,
    arm: str = "",
    datasets: Collection[str] = (),
    first: Callable[[], None] = lambda: None,
    stays: bool = False,
) -> Iterator[Selection]:
    """What the policy accepts, in one snapshot of the database, which `first` begins.

    Decisions made under another policy than the project's do not count as accepted.
    `arm` says which of two candidates counts where a person and a machine have written.
    If it `stays`, it can be asked after the snapshot has ended, until `forget`.
    Only the items of these `datasets` (name@revision) are looked at, if there are any.
    """
    with transaction.atomic():
        _one_snapshot()
        first()
        values: dict[str, Any] = {
            "project": project.pk,
            "languages": languages,
            "kinds": list(KINDS_OF[Release.Design(design)]),
            "held": list(BENCHMARK_KINDS),
            "policy": project.policy,
            "until": until,
            "native": arm == "native",
            "datasets": list(datasets),
        }
        selection = Selection(project, languages)
        with connection.cursor() as cursor:
            # All rows are wanted, not the first few as soon as can be.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
            # Enough to join and sort a hundred thousand rows without the disk.
            cursor.execute("SET LOCAL work_mem = '64MB'")
            cursor.execute(_FORGET)
            cursor.execute(_SELECT, values)
            cursor.execute(_SHIPPED)
            if design == Release.Design.BENCHMARK:
                cursor.execute(
                    _EVERYWHERE, {"reason": NOT_EVERYWHERE, "languages": len(languages)}
                )
            cursor.execute("ANALYZE concord_selected")
        selection.count()
        yield selection
        if not stays:
            forget()


def forget() -> None:
    """Nothing of a selection is left on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = 'warning'")
        cursor.execute(_FORGET)


def last_decision(project: Project) -> int:
    """The id of a project's newest decision: what `until` means now."""
    decisions = Decision.objects.filter(candidate__project=project).order_by("-pk")
    return decisions.values_list("pk", flat=True).first() or 0


def _one_snapshot() -> None:
    """Inside a test's transaction the isolation level cannot change any more."""
    if connection.savepoint_ids or len(connection.atomic_blocks) > 1:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

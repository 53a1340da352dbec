"""Answers that stay: those to what was ruled on, or has left in a release."""

from __future__ import annotations

from typing import Final

from django.db import connection

from annotation.models import Candidate, Settled

#: The first half of this rule's advisory locks; the project is the second.
_LOCK: Final = 0x5E771E


def is_settled(candidate: Candidate) -> bool:
    """A query, unless `settled` came with the candidate."""
    return hasattr(candidate, "settled")


def settle(candidate_id: int) -> None:
    Settled.objects.bulk_create(
        [Settled(candidate_id=candidate_id)], ignore_conflicts=True
    )


def keep_open(project_id: int) -> None:
    """Nothing of the project is released until this transaction ends."""
    _execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", project_id)


def close(project_id: int) -> None:
    """Wait for the corrections under way; those that come wait for this transaction.

    A statement after this sees all that was committed before, unless its transaction
    looks at one snapshot.
    """
    _execute("SELECT pg_advisory_xact_lock(%s, %s)", project_id)


def _execute(sql: str, project_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_LOCK, project_id])

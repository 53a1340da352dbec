"""What annotators are called for their lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from annotation.models import User


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Names by id; two people of one name are told apart by their login."""
    users = list(User.objects.filter(pk__in=set(people)))
    times = Counter(str(user) for user in users)
    return {
        user.pk: str(user) if times[str(user)] == 1 else f"{user} ({user.username})"
        for user in users
    }

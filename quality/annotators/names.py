"""What annotators are called: for their lead by name, in files by pseudonym."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from annotation.models import Project, User


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Names by id; two people of one name are told apart by their login."""
    users = list(User.objects.filter(pk__in=set(people)))
    times = Counter(str(user) for user in users)
    return {
        user.pk: str(user) if times[str(user)] == 1 else f"{user} ({user.username})"
        for user in users
    }


def pseudonym(project: Project, person: int) -> str:
    """The name under which a release of the project tells a person's judgments."""
    salted = f"{project.pseudonym_salt}{person}"
    return f"rater-{hashlib.sha256(salted.encode()).hexdigest()[:10]}"

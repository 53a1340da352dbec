"""The versions that a project has judged by, and how much under each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from annotation.models import Judgment, Project, Rubric
from annotation.rubrics.differing import differences
from annotation.rubrics.stored import wording_of

#: Counting stops here; a page need not wait for more.
MOST_COUNTED: Final = 100_000


@dataclass(frozen=True, slots=True)
class Version:
    """One rubric of a project, with what it says otherwise than the one before.

    `judgments` are those that nothing replaced, MOST_COUNTED + 1 if there are more.
    """

    rubric: Rubric
    judgments: int
    changes: list[str]

    @property
    def is_more(self) -> bool:
        return self.judgments > MOST_COUNTED


def versions(project: Project) -> list[Version]:
    """Newest first, down to the rubric that the project was made with."""
    rows = Rubric.objects.prefetch_related("criteria").select_related("changed_by")
    own = list(rows.filter(project=project).order_by("-version"))
    first = own[-1].replaces_id if own else project.rubric_id
    chain = [*own, *rows.filter(pk__in=[first])]
    older = [*chain[1:], None]
    return [
        Version(
            rubric,
            judgments_under(rubric, project),
            differences(wording_of(before), wording_of(rubric)) if before else [],
        )
        for rubric, before in zip(chain, older, strict=True)
    ]


def judgments_under(rubric: Rubric, project: Project) -> int:
    """How many judgments of a project stand under a rubric, up to MOST_COUNTED + 1."""
    found = Judgment.objects.current().filter(rubric=rubric)
    if rubric.project_id is None:
        found = found.filter(candidate__project=project)
    return found[: MOST_COUNTED + 1].count()

"""Many judgments at once, written as rows: enough of them for statistics to speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

import numpy as np
from django.utils.timezone import now
from numpy.typing import NDArray

from annotation.models import (
    Assignment,
    Candidate,
    Criterion,
    Dataset,
    Item,
    Judgment,
    Project,
    Rating,
    Rubric,
    Slot,
    User,
)
from corpus.content import digest, dump, parse
from tests import factories

Labels = NDArray[np.int64]
_number = count(1)
VERDICTS = ("accept", "reject", "cannot_judge")


def labels_of(
    seed: int, skills: Sequence[float], *, items: int, shares: Sequence[float]
) -> Labels:
    """Category indices (items, people): each names the truth as often as skilled."""
    rng = np.random.default_rng(seed)
    q = len(shares)
    truth = rng.choice(q, items, p=shares)
    wrong = (truth[:, None] + rng.integers(1, q, (items, len(skills)))) % q
    knows = rng.random((items, len(skills))) < np.array(skills)
    return np.where(knows, truth[:, None], wrong)


def judged_by_all(
    project: Project,
    people: Sequence[User],
    verdicts: Labels,
    ratings: Mapping[str, Labels] | None = None,
    *,
    language: str = "de",
    seconds: Sequence[int] | None = None,
    rubric: Rubric | None = None,
    dataset: Dataset | None = None,
    kind: str = "caption",
) -> list[Candidate]:
    """One complete candidate per row, judged by the people of its columns.

    `verdicts` and `ratings` (n, people) hold indices of VERDICTS and of the points; an
    index below 0 is somebody who did not judge the item, or left the criterion out.
    """
    rubric = rubric or project.rubric
    candidates = _candidates(project, verdicts, language, kind, dataset)
    judgments = []
    assignments = []
    for candidate, row in zip(candidates, verdicts, strict=True):
        chosen = [place for place, index in enumerate(row) if index >= 0]
        for number, place in enumerate(chosen):
            assignment = _assignment(candidate, people[place], number)
            assignments.append(assignment)
            judgments.append(
                Judgment(
                    body_digest="",
                    assignment=assignment,
                    slot=assignment.slot,
                    candidate=candidate,
                    annotator=people[place],
                    rubric=rubric,
                    verdict=VERDICTS[row[place]],
                    seconds=seconds[place] if seconds else 30,
                )
            )
    Slot.objects.bulk_create([a.slot for a in assignments])
    Assignment.objects.bulk_create(assignments)
    Judgment.objects.bulk_create(judgments)
    _rate(rubric, people, candidates, judgments, ratings or {})
    return candidates


def _candidates(
    project: Project,
    verdicts: Labels,
    language: str,
    kind: str,
    dataset: Dataset | None,
) -> list[Candidate]:
    dataset = dataset or factories.make_dataset(project)
    content = parse(kind, factories.CONTENTS[kind])
    text = parse(kind, factories.CANDIDATES[kind])
    items = Item.objects.bulk_create(
        Item(
            dataset=dataset,
            key=f"many-{next(_number)}",
            kind=kind,
            content_json=dump(content),
            digest=digest(content),
        )
        for _ in verdicts
    )
    return Candidate.objects.bulk_create(
        Candidate(
            project=project,
            item=item,
            language=language,
            origin=Candidate.Origin.TRANSLATED,
            content_json=dump(text),
            digest=digest(text),
            needed=int((row >= 0).sum()),
            complete_at=now(),
        )
        for item, row in zip(items, verdicts, strict=True)
    )


def _assignment(candidate: Candidate, person: User, number: int) -> Assignment:
    slot = Slot(
        project=candidate.project,
        candidate=candidate,
        language=candidate.language,
        number=number,
        state=Slot.State.FILLED,
        position=candidate.pk * 10 + number,
    )
    return Assignment(
        slot=slot,
        candidate=candidate,
        annotator=person,
        leased_at=now(),
        leased_until=now() + timedelta(minutes=30),
        ended_at=now(),
        ending=Assignment.Ending.SUBMITTED,
    )


def _rate(
    rubric: Rubric,
    people: Sequence[User],
    candidates: Sequence[Candidate],
    judgments: Sequence[Judgment],
    ratings: Mapping[str, Labels],
) -> None:
    row_of = {candidate.pk: n for n, candidate in enumerate(candidates)}
    column_of = {person.pk: n for n, person in enumerate(people)}
    criteria = Criterion.objects.filter(rubric=rubric, code__in=ratings)
    rows = []
    for criterion in criteria:
        for judgment in judgments:
            row = row_of[judgment.candidate_id]
            index = ratings[criterion.code][row, column_of[judgment.annotator_id]]
            if index >= 0:
                value = criterion.values[index]
                rows.append(Rating(judgment=judgment, criterion=criterion, value=value))
    Rating.objects.bulk_create(rows)

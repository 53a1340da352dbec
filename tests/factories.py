"""Rows for tests, made through the stages wherever a stage makes them."""

from __future__ import annotations

import io
import itertools
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.storage import storages
from PIL import Image as Pillow

from annotation import answering, assigning, enrolling, images, judging
from annotation.models import (
    AccessToken,
    Assignment,
    Candidate,
    Dataset,
    GenerationJob,
    Image,
    Item,
    Judgment,
    Project,
    Provenance,
    Role,
    Rubric,
    Slot,
    User,
)
from annotation.visibility import Viewer
from corpus.content import digest, dump, parse
from corpus.marking import Mark

_number = itertools.count(1)

CONTENTS: dict[str, dict[str, Any]] = {
    "caption": {"caption": "A red bus waits at the stop."},
    "question_answer": {"question": "What waits here?", "answer": "A red bus."},
    "conversation": {
        "turns": [
            {"question": "How many buses?", "answer": "One."},
            {"question": "Which colour?", "answer": "Red.", "explanation": "Look."},
        ]
    },
    "multiple_choice": {
        "question": "What colour is the bus?",
        "options": ["red", "green", "blue"],
        "key": "A",
        "hint": "Look at its side.",
        "category": "colour",
    },
    "yes_no": {"question": "Is the bus red?", "key": "Yes", "category": "colour"},
}
CANDIDATES: dict[str, dict[str, Any]] = {
    "caption": {"caption": "Ein roter Bus wartet an der Haltestelle."},
    "question_answer": {"question": "Was wartet hier?", "answer": "Ein roter Bus."},
    "conversation": {
        "turns": [
            {"question": "Wie viele Busse?", "answer": "Einer."},
            {"question": "Welche Farbe?", "answer": "Rot.", "explanation": "Sieh hin."},
        ]
    },
    "multiple_choice": {
        "question": "Welche Farbe hat der Bus?",
        "options": ["rot", "grün", "blau"],
        "key": "A",
        "hint": "Sieh auf seine Seite.",
        "category": "colour",
    },
    "yes_no": {"question": "Ist der Bus rot?", "key": "Yes", "category": "colour"},
}


def make_user(name: str, **fields: Any) -> User:
    fields.setdefault("first_name", name.capitalize())
    return User.objects.create_user(username=name, password="spring-rain-7", **fields)


def make_project(code: str = "demo", overlap: int = 3, **fields: Any) -> Project:
    return enrolling.create_project(
        code=code,
        name=fields.pop("name", f"Project {code}"),
        languages=fields.pop("languages", ["fr", "de"]),
        overlap=overlap,
        **fields,
    )


def enrol(
    user: User, project: Project, role: str, languages: list[str] | None = None
) -> User:
    chosen = languages or [] if role == Role.ANNOTATOR else []
    enrolling.enrol(project=project, user=user, role=role, languages=chosen)
    return user


def viewer(user: User) -> Viewer:
    return Viewer.of_user(User.objects.get(pk=user.pk))


def picture(colour: str = "red", size: tuple[int, int] = (320, 240)) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def display_path(image: Image) -> Path:
    """Where the copy lies that people are shown."""
    use = Image.Use.DISPLAY
    return Path(storages[use.alias].path(image.file_name(use)))


def make_dataset(project: Project, **fields: Any) -> Dataset:
    values = {
        "source": "concord",
        "name": f"set-{next(_number)}",
        "revision": "1",
        "licence": "CC-BY-4.0",
        "attribution": "Somebody",
    }
    return Dataset.objects.create(project=project, **(values | fields))


def make_item(
    project: Project,
    kind: str = "caption",
    *,
    image: bool = True,
    dataset: Dataset | None = None,
    **fields: Any,
) -> Item:
    content = parse(kind, fields.pop("content", CONTENTS[kind]))
    stored: Image | None = images.store(picture()) if image else None
    return Item.objects.create(
        dataset=dataset or make_dataset(project),
        key=fields.pop("key", f"item-{next(_number)}"),
        kind=kind,
        content_json=fields.pop("content_json", None) or dump(content),
        digest=digest(content),
        image=stored,
        **fields,
    )


def make_worker_token(project: Project) -> tuple[AccessToken, str]:
    return enrolling.make_token(
        project=project, role="worker", name="test worker", by=None
    )


def make_candidate(
    item: Item, language: str = "de", *, open_slots: bool = True, **fields: Any
) -> Candidate:
    """A candidate with its provenance and its k open slots."""
    project = item.dataset.project
    content = parse(item.kind, fields.pop("content", CANDIDATES[item.kind]))
    candidate = Candidate.objects.create(
        project=project,
        item=item,
        language=language,
        origin=fields.pop("origin", Candidate.Origin.TRANSLATED),
        content_json=dump(content),
        digest=digest(content),
        needed=fields.pop("needed", project.overlap),
        **fields,
    )
    write_provenance(candidate)
    if open_slots:
        assigning.open_slots(candidate)
    return candidate


def write_provenance(candidate: Candidate, model: str = "test-model") -> Provenance:
    """What wrote a candidate, with the generation job that asked for it."""
    job = GenerationJob.objects.create(
        project=candidate.project,
        item=candidate.item,
        language=candidate.language,
        task=GenerationJob.Task.TRANSLATE,
        version=candidate.version,
        state=GenerationJob.State.DONE,
    )
    return Provenance.objects.create(
        candidate=candidate,
        model=model,
        model_revision="1",
        licence="Apache-2.0",
        engine="recorded",
        engine_version="1",
        template_id="translate",
        template_version="1",
        template_hash="0" * 64,
        rendered_prompt="Translate.",
        finish_reason="stop",
        raw_output="…",
        idempotency_key=f"{next(_number):064d}",
        generation_job=job,
        worker="test",
    )


def good_ratings(project: Project, kind: str) -> dict[str, int]:
    """A required answer to every criterion: the best point of each."""
    best = {"ungrounded": 0}
    return {
        criterion.code: best.get(criterion.code, max(criterion.values))
        for criterion in answering.criteria_for(project.rubric, kind)
    }


def answer(candidate: Candidate, verdict: str = "accept", **fields: Any):
    ratings = good_ratings(candidate.project, candidate.item.kind)
    values = {"id": uuid4(), "verdict": verdict, "ratings": ratings} | fields
    return judging.Answer(**values)


def mark(words: str, **fields: Any) -> Mark:
    """A marked error in the caption that candidates have here."""
    start = CANDIDATES["caption"]["caption"].index(words)
    values = {"side": "candidate", "field": "caption", "category": "grammar"} | fields
    where = {"start": start, "end": start + len(words), "words": words}
    return Mark(**({"severity": "minor"} | where | values))


def submitted(assignment: Assignment, said: judging.Answer) -> Judgment:
    by = viewer(assignment.annotator)
    return judging.submit(assignment=assignment, by=by, answer=said)


def assign(candidate: Candidate, user: User) -> Assignment:
    """Claim for `user` until they hold this candidate; others they hold are skipped."""
    by = viewer(user)
    for _ in range(Slot.objects.filter(project=candidate.project).count()):
        held = assigning.claim(
            project=candidate.project, language=candidate.language, by=by
        )
        if held.candidate_id == candidate.pk:
            return held
        assigning.skip(assignment=held, by=by, reason="test")
    raise AssertionError(f"{user} cannot be assigned {candidate}")


def judged(
    candidate: Candidate, user: User, verdict: str = "accept", **fields: Any
) -> Judgment:
    """What `user` says about `candidate`, through the claim and the submit."""
    return judging.submit(
        assignment=assign(candidate, user),
        by=viewer(user),
        answer=answer(candidate, verdict, **fields),
    )


def later_rubric(project: Project) -> Rubric:
    """The next version of a project's rubric: its criteria, two points less on fluency."""
    before = project.rubric
    later = Rubric.objects.create(name=before.name, version=before.version + 1)
    for criterion in before.criteria.all():
        is_shorter = criterion.code == "fluency"
        criterion.points = criterion.points[2:] if is_shorter else criterion.points
        criterion.pk, criterion.rubric = None, later
        criterion.save(force_insert=True)
    return later

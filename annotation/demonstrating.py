"""The demonstration project, loaded through the same doors as anybody's data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from annotation import (
    answering,
    assigning,
    enrolling,
    importing,
    jobs,
    judging,
    proposing,
)
from annotation.errors import ConcordError, NothingLeft
from annotation.models import (
    Assignment,
    Candidate,
    Control,
    Job,
    Project,
    Role,
    User,
)
from annotation.visibility import Viewer
from corpus.languages import NAMES

CODE = "demonstration"
#: Draws the pictures and writes the files; a production image goes without it.
PACKAGE = "demonstration"
LANGUAGES = ("fr", "de", "it", "es")
#: Judged in advance, so that the reports have something to show.
JUDGED = ("it", "es")
PEOPLE = (
    ("lena", "Lena Lead", Role.LEAD),
    ("ana", "Ana Annotator", Role.ANNOTATOR),
    ("bao", "Bao Annotator", Role.ANNOTATOR),
    ("chris", "Chris Annotator", Role.ANNOTATOR),
    ("adam", "Adam Adjudicator", Role.ADJUDICATOR),
)
DESCRIPTION = (
    "Photographs, charts and diagrams with English texts and candidates in four "
    "languages, some of them wrong on purpose. Italian and Spanish were judged by a "
    "script, so that the reports have something to show; French and German are yours."
)
#: A slip of the machine's that two people mend alike, so that a third one sees an edit.
SLIP, MENDED = "diversi distintivo:", "diversi distintivi:"
NAMESPACE = UUID("6f6d0c3e-5c0f-4f0c-9a35-5d0e3a1f4b52")

Say = Callable[[str], None]


def load(say: Say) -> Project:
    """Load the project, or finish what an interrupted load began. Idempotent."""
    if find_spec(PACKAGE) is None:
        raise ConcordError(
            "This installation leaves out the demonstration. Use a checkout: ./run demo"
        )
    project = Project.objects.filter(code=CODE).first() or _make()
    folder = settings.DATA_DIR / CODE
    if _is_whole(project):
        say("The demonstration project is there already.")
        return project
    say("Drawing the pictures")
    _python("-m", PACKAGE, str(folder))
    say("Importing the English items")
    _import(project, folder)
    say("Fetching candidates through the worker protocol")
    _generate(project, folder)
    known = json.loads((folder / "known.json").read_text("utf-8"))
    _mark_controls(project, known)
    say("Judging Italian and Spanish")
    _judge(project, known)
    # What was edited has a candidate of its own by now, for somebody else to judge.
    with transaction.atomic():
        deciding = jobs.ask(Job.Kind.DECIDE, project=project)
    jobs.see_through(deciding.pk)
    _judge(project, known)
    return project


def is_loaded() -> bool:
    """Whether all of it is there, so that nothing is left for `load` to do."""
    project = Project.objects.filter(code=CODE).first()
    return project is not None and _is_whole(project)


def people() -> list[User]:
    order = [name for name, _, _ in PEOPLE]
    users = User.objects.filter(username__in=order)
    return sorted(users, key=lambda user: order.index(user.username))


@transaction.atomic
def _make() -> Project:
    users = {name: _person(name, full) for name, full, _ in PEOPLE}
    project = enrolling.create_project(
        code=CODE,
        name="Demonstration",
        description=DESCRIPTION,
        languages=LANGUAGES,
        overlap=3,
    )
    for name, _, role in PEOPLE:
        languages = LANGUAGES if role == Role.ANNOTATOR else ()
        enrolling.enrol(
            project=project, user=users[name], role=role, languages=languages
        )
    return project


def _person(name: str, full: str) -> User:
    user, made = User.objects.get_or_create(username=name)
    if made:
        user.first_name, _, user.last_name = full.partition(" ")
        user.set_unusable_password()
        user.save()
    return user


def _is_whole(project: Project) -> bool:
    wanted = project.generation_jobs.filter(candidate=None)
    open_jobs = wanted.filter(state__in=["ready", "leased"])
    if not project.candidates.exists() or open_jobs.exists():
        return False
    judged = project.candidates.filter(language__in=JUDGED)
    return not judged.filter(complete_at=None).exists()


def _import(project: Project, folder: Path) -> None:
    manifest = json.loads((folder / "imports.json").read_text("utf-8"))
    for entry in manifest:
        images = entry.pop("images", "")
        entry["path"] = str(folder / entry["path"])
        entry["images"] = str(folder / images) if images else ""
        job = importing.ask(project=project, strict=True, **entry)
        ended = jobs.see_through(job.pk)
        if ended.state != Job.State.DONE:
            raise ConcordError(f"The import failed: {ended.error}")


def _generate(project: Project, folder: Path) -> None:
    """Run the worker, a process of its own, against this very server."""
    token, secret = enrolling.make_token(
        project=project, role="worker", name="demonstration", by=None, days=1
    )
    try:
        for batch in sorted((folder / "recorded").glob("*.jsonl")):
            if not batch.name.endswith(".requests.jsonl"):
                _run_worker(secret, batch)
    finally:
        lead = User.objects.get(username="lena")
        enrolling.revoke_token(token=token, by=lead)


def _run_worker(secret: str, batch: Path) -> None:
    options = ["--server", settings.BASE_URL, "--engine", "recorded"]
    options += ["--file", str(batch), "--once", "--wait", "0"]
    # Not on the command line: there every user of the machine could read it.
    _python("-m", "worker", *options, CONCORD_WORKER_TOKEN=secret)


def _python(*arguments: str, **variables: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ConcordError(f"{arguments[1]} failed: {done.stderr.strip()[-500:]}")


def _known(project: Project, known: dict[str, Any]) -> Iterator[tuple[Candidate, Any]]:
    candidates = project.candidates.select_related("item__dataset").order_by("pk")
    for candidate in candidates:
        item = candidate.item
        name = f"{item.dataset.name}/{item.key}/{candidate.language}"
        yield candidate, known[name]


def _mark_controls(project: Project, known: dict[str, Any]) -> None:
    """Every fifth candidate whose answer is beyond doubt is mixed in as a control."""
    sure = [
        (candidate, fact)
        for candidate, fact in _known(project, known)
        if fact["quality"] != "slight"
    ]
    for candidate, fact in sure[::5]:
        spoiled = fact["quality"] == "wrong"
        proposing.mark_control(
            candidate=candidate,
            design=Control.Design.SPOILED if spoiled else Control.Design.GOLD,
            expected_verdict=fact["expected"],
            reason=fact["why"],
        )


def _judge(project: Project, known: dict[str, Any]) -> None:
    """Ana sees every fault, Bao misses the slight ones, Chris is often unsure."""
    facts = {candidate.pk: fact for candidate, fact in _known(project, known)}
    annotators = User.objects.filter(
        Q(memberships__project=project), memberships__role=Role.ANNOTATOR
    ).order_by("username")
    for user in annotators:
        by = Viewer.of_user(user)
        for language in JUDGED:
            while assignment := _next(project, language, by):
                is_mended = assignment.candidate.is_edited
                fact = facts[assignment.candidate_id]
                quality = "good" if is_mended else fact["quality"]
                answer = _answer(assignment, quality)
                judging.submit(assignment=assignment, by=by, answer=answer)


def _next(project: Project, language: str, by: Viewer) -> Assignment | None:
    try:
        return assigning.claim(project=project, language=language, by=by)
    except NothingLeft:
        return None


def _answer(assignment: Assignment, quality: str) -> judging.Answer:
    candidate, name = assignment.candidate, assignment.annotator.username
    wavers = name == "chris" and candidate.pk % 4 == 0
    misses = name == "bao" and quality == "slight"
    seen = "good" if misses else ("slight" if wavers and quality == "good" else quality)
    verdict = {"good": "accept", "slight": "reject", "wrong": "reject"}[seen]
    if seen == "slight" and name == "chris":
        verdict = "cannot_judge" if candidate.pk % 2 else "accept"
    edited = None if misses else _mended(candidate)
    if edited:
        verdict = "accept_with_edits"
    points = {"good": (4, 4), "slight": (3, 3), "wrong": (1, 3)}[seen]
    ratings = {
        "adequacy": points[0],
        "fluency": points[1] - (1 if wavers else 0),
        "ungrounded": int(seen == "wrong"),
        "key_preserved": int(seen != "wrong"),
    }
    asked = answering.criteria_for(candidate.project.rubric, candidate.item.kind)
    return judging.Answer(
        id=uuid5(NAMESPACE, str(assignment.pk)),
        verdict=verdict,
        ratings={criterion.code: ratings[criterion.code] for criterion in asked},
        edited=edited,
        note=f"Judged by the demonstration script ({NAMES[candidate.language]}).",
    )


def _mended(candidate: Candidate) -> dict[str, Any] | None:
    """The content without the slip, if it has it."""
    text = json.dumps(candidate.content_json, ensure_ascii=False)
    mended: dict[str, Any] = json.loads(text.replace(SLIP, MENDED))
    return mended if SLIP in text else None

"""A project with something on every page, and words that are hard to lay out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from annotation import defects, enrolling, jobs
from annotation.models import (
    Assignment,
    Candidate,
    Defect,
    GenerationJob,
    Job,
    Judgment,
    Project,
    Role,
    User,
)
from quality import adjudicating, exporting
from tests import factories
from tests.machines import machine_judged

LONG = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
)
CONTENTS: dict[str, dict[str, Any]] = {
    "caption": {"caption": f"Ein Schild: {LONG}. " * 6},
    "question_answer": {"question": f"Was ist {LONG}?", "answer": LONG},
    "conversation": {
        "turns": [
            {"question": f"Wer ist die {LONG}?", "answer": LONG},
            {"question": "Warum?", "answer": LONG, "explanation": f"So: {LONG}."},
        ]
    },
    "multiple_choice": {
        "question": f"Was ist die {LONG}?",
        "options": [LONG, f"Rindfleisch{LONG.lower()}", "blau"],
        "key": "A",
        "hint": f"Denke an {LONG}.",
        "category": "colour",
    },
    "yes_no": {"question": f"Ist das die {LONG}?", "key": "Yes", "category": "colour"},
}


@dataclass(frozen=True, slots=True)
class World:
    """What the walk needs: people, and one row for each address that names one."""

    project: Project
    ana: User
    lena: User
    adam: User
    assignments: list[Assignment]
    judgment: Judgment
    contested: Candidate
    defect: Defect


def make_world() -> World:
    project = factories.make_project(
        "long", name=f"Projekt {LONG}", overlap=2, description=f"Über {LONG}."
    )
    ana, bao = (_annotator(name, project) for name in ("ana", "bao"))
    lena = factories.make_user("lena", last_name=LONG)
    adam = factories.make_user("adam", last_name="Adjudicator")
    factories.enrol(lena, project, Role.LEAD)
    factories.enrol(adam, project, Role.ADJUDICATOR)
    # Without the one picture of these tests, which the benchmark items hold out.
    agreed = _candidate(project, "caption", image=False)
    contested = _candidate(project, "yes_no")
    factories.judged(agreed, ana)
    judgment = factories.judged(contested, ana, note=f"Nicht {LONG}!")
    edited = CONTENTS["yes_no"] | {"question": f"Ist dies die {LONG}?"}
    factories.judged(agreed, bao)
    factories.judged(contested, bao, "accept_with_edits", edited=edited)
    agreed.refresh_from_db()
    machine_judged(agreed, "reject", model=LONG)
    _ask_for_work(project, lena)
    run_waiting_jobs()
    _leave_things_to_see(project, lena)
    defect = _reported(project)
    waiting = [*_waiting(project), _edited(project, ana, bao)]
    return World(project, ana, lena, adam, waiting, judgment, contested, defect)


def run_waiting_jobs() -> None:
    """What Celery would do, until nothing is left of it."""
    while job := Job.objects.filter(state=Job.State.QUEUED).order_by("id").first():
        jobs.run(job.pk)


def _annotator(name: str, project: Project) -> User:
    user = factories.make_user(name, last_name=LONG)
    return factories.enrol(user, project, Role.ANNOTATOR, ["fr", "de"])


def _candidate(
    project: Project, kind: str, *, image: bool = True, **fields: Any
) -> Candidate:
    item = factories.make_item(project, kind, key=f"{LONG}-{kind}", image=image)
    return factories.make_candidate(item, "de", content=CONTENTS[kind], **fields)


def _ask_for_work(project: Project, lena: User) -> None:
    jobs.ask(Job.Kind.MEASURE, project=project, by=lena)
    jobs.ask(Job.Kind.RATERS, project=project, by=lena)
    run_waiting_jobs()
    exporting.ask(project=project, design="training", languages=["de"], by=lena)
    exporting.ask(
        project=project, design="training", languages=["de"], english=False, by=lena
    )
    # Nothing French is accepted, so this one fails and says so.
    exporting.ask(project=project, design="training", languages=["fr"], by=lena)


def _leave_things_to_see(project: Project, lena: User) -> None:
    enrolling.make_token(project=project, role="worker", name=LONG, by=lena)
    item = factories.make_item(project, key=LONG)
    GenerationJob.objects.create(
        project=project,
        item=item,
        language="de",
        task=GenerationJob.Task.TRANSLATE,
        state=GenerationJob.State.SET_ASIDE,
        attempts=3,
        last_error=f"bad_output: {LONG}",
    )


def _waiting(project: Project) -> list[Assignment]:
    """One item of each kind, each on the screen of somebody of their own."""
    found = []
    for kind in CONTENTS:
        candidate = _candidate(project, kind, version=1)
        reader = _annotator(f"reader-{kind}".replace("_", "-"), project)
        found.append(factories.assign(candidate, reader))
    return found


def _edited(project: Project, *people: User) -> Assignment:
    """What two have edited alike, on the screen of a third."""
    candidate = _candidate(project, "question_answer")
    content = CONTENTS["question_answer"]
    edited = content | {"answer": f"{content['answer']} Oder doch: {LONG}?"}
    for user in people:
        factories.judged(candidate, user, "accept_with_edits", edited=edited)
    adjudicating.decide(candidate.pk)
    reader = _annotator("reader-edited", project)
    return factories.assign(candidate.revised_by.get(), reader)


def _reported(project: Project) -> Defect:
    """One report that waits, and one that was looked at."""
    chris, lena = _annotator("chris", project), User.objects.get(username="lena")
    made = [
        defects.report(
            assignment=factories.assign(_candidate(project, kind), chris),
            by=factories.viewer(chris),
            part="source",
            note=f"Was heißt {LONG}?",
        )
        for kind in ("question_answer", "conversation")
    ]
    viewer = factories.viewer(lena)
    defects.look(defect=made[0], by=viewer, outcome="confirmed", reason=f"Ja: {LONG}.")
    return made[1]


def walk(world: World) -> list[tuple[User | None, str]]:
    """Every page with the person it is for; None is somebody not logged in."""
    code, first = world.project.code, world.assignments[0]
    own = {name: reverse(name, args=[code]) for name in ("history",)}
    led = ("project", "agreement", "annotators", "items", "planner", "machines", *LED)
    link = enrolling.login_link(world.ana)
    signature = link.rstrip("/").rpartition("/")[2]
    return [
        (None, reverse("login")),
        (None, reverse("login_link", args=[signature])),
        (None, reverse("help")),
        (None, reverse("api_docs")),
        *((user, reverse("home")) for user in (world.ana, world.lena, world.adam)),
        (world.ana, reverse("profile")),
        (world.ana, own["history"]),
        (world.ana, reverse("queue", args=[code, "de"])),
        (world.ana, reverse("queue", args=[code, "de"]) + "?empty=1"),
        (world.ana, reverse("correct", args=[world.judgment.pk])),
        *((a.annotator, reverse("judge", args=[a.pk])) for a in world.assignments),
        (first.annotator, reverse("skip", args=[first.pk])),
        (first.annotator, reverse("defect_report", args=[first.pk])),
        (world.lena, reverse("defects", args=[code])),
        (world.adam, reverse("defect_look", args=[code, world.defect.pk])),
        (world.ana, own["history"] + "?q=nothing"),
        *((world.lena, reverse(name, args=[code])) for name in led),
        (world.lena, reverse("slice", args=[code, "de", "verdict"])),
        *((world.lena, reverse("imports", args=[code]) + f"?source={s}") for s in SETS),
        *(
            (world.lena, reverse("release_changes", args=[release.pk]))
            for release in world.project.releases.all()
        ),
        (world.adam, reverse("contested", args=[code])),
        (world.adam, reverse("rule", args=[world.contested.pk])),
        (world.lena, reverse("rule", args=[world.contested.pk])),
        (
            world.lena,
            reverse("versions", args=[world.assignments[-1].candidate_id]),
        ),
        (world.lena, "/nothing/here/"),
        (world.ana, reverse("project", args=[code])),
    ]


LED = ("releases", "jobs", "imports", "tokens", "rubric", "rubric_change")
SETS = ("concord", "mmbench", "pixmo-cap", "native")

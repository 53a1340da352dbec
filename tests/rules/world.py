"""One project with something of everything in it, and every address it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotation import drafting, enrolling, jobs, proposing
from annotation.models import (
    AccessToken,
    Assignment,
    Candidate,
    Control,
    Job,
    Judgment,
    Project,
    User,
)
from corpus.marking import Mark
from quality import adjudicating
from tests import factories
from tests.machines import machine_judged
from tests.rules import rows

#: What Ana said and nobody else. None of it may reach Bao.
NOTE = "quokka-note"
EDIT = {"caption": "Ein wombatroter Bus wartet an der Haltestelle."}
REASON = "numbat-reason"
#: What a model said of the item that Bao is halfway through.
MACHINE = "bilby-machine"
REGION = (0.1357, 0.2468, 0.3, 0.4)
MARK = Mark("candidate", "caption", 4, 9, "roter", "count", "minor", REGION)


@dataclass(frozen=True, slots=True)
class Place:
    """The arguments that the addresses of one project take."""

    code: str
    language: str
    assignment: UUID
    judgment: UUID
    contested: int
    defect: int
    job: int
    generation_job: int
    release: int
    member: int
    token: int
    sha256: str
    signature: str
    form: str = "csv"
    name: str = "verdict"
    fresh: UUID = field(default_factory=uuid4)


def nowhere() -> Place:
    """Arguments that name nothing."""
    none = 2_000_000_000
    return Place(
        code="nowhere",
        language="de",
        assignment=uuid4(),
        judgment=uuid4(),
        contested=none,
        defect=none,
        job=none,
        generation_job=none,
        release=none,
        member=none,
        token=none,
        sha256="0" * 64,
        signature="nothing",
    )


@dataclass(frozen=True, slots=True)
class World:
    """The rows of `place`, with the people in it. Bao is halfway through an item."""

    place: Place
    project: Project
    people: dict[str, User]
    incomplete: Candidate
    control: Candidate
    anas: Judgment
    anas_assignment: Assignment

    def session(self, name: str) -> Client:
        client = Client()
        client.force_login(self.people[name])
        return client

    def token(self, name: str, role: str, code: str = "demo") -> Client:
        """A client that carries a token of `role`; of nobody for a worker."""
        person = self.people.get(name)
        project = Project.objects.get(code=code)
        _, secret = enrolling.make_token(
            project=project, role=role, name=f"{name} {role}", user=person, by=None
        )
        return bearer(secret)

    def of_ana(self) -> Place:
        """The place, with Ana's own rows where Bao's would stand."""
        return replace(
            self.place,
            assignment=self.anas_assignment.pk,
            judgment=self.anas.pk,
        )


def bearer(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


def make_world(project: Project, people: dict[str, User]) -> World:
    """The rows are made through the stages, but for the release and the measurement."""
    item = factories.make_item(project)
    contested = rows.judged_by_all(item, people, ("accept", "reject", "cannot_judge"))
    adjudicating.decide(contested.pk)
    rows.ruled(project, people)
    rows.edited(project, people)
    incomplete = factories.make_candidate(factories.make_item(project), "de")
    anas = factories.judged(
        incomplete,
        people["ana"],
        "accept_with_edits",
        note=NOTE,
        edited=EDIT,
        spans=[MARK],
    )
    machine_judged(incomplete, "reject", model=MACHINE, explanation=MACHINE)
    control = factories.make_candidate(factories.make_item(project), "fr")
    proposing.mark_control(
        candidate=control,
        design=Control.Design.SPOILED,
        expected_verdict="reject",
        reason=REASON,
    )
    rows.written(project)
    held = factories.assign(incomplete, people["bao"])
    drafted = factories.make_candidate(factories.make_item(project), "de")
    drafting.save(
        assignment=factories.assign(drafted, people["ana"]),
        by=factories.viewer(people["ana"]),
        fields={"note": [NOTE], "edit-0": [EDIT["caption"]]},
    )
    job = jobs.ask(Job.Kind.MEASURE, project=project, by=people["lena"])
    rows.measured(project, job)
    rows.beside(project, job, MACHINE)
    place = _place(project, people, contested, held, job)
    return World(place, project, people, incomplete, control, anas, anas.assignment)


def _place(
    project: Project,
    people: dict[str, User],
    contested: Candidate,
    held: Assignment,
    job: Job,
) -> Place:
    waiting = factories.make_item(project)
    assert waiting.image is not None
    bao = contested.judgments.get(annotator=people["bao"])
    token, _ = factories.make_worker_token(project)
    return Place(
        code=project.code,
        language="de",
        assignment=held.pk,
        judgment=bao.pk,
        contested=contested.pk,
        defect=rows.reported(project, people).pk,
        job=job.pk,
        generation_job=rows.ask_for(waiting).pk,
        release=rows.released(project).pk,
        member=people["chris"].memberships.get(project=project).pk,
        token=token.pk,
        sha256=str(waiting.image.sha256),
        signature=enrolling.login_link(people["chris"]).rstrip("/").rpartition("/")[2],
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """What a route takes from a Place, and who may come in.

    `opens_to` holds roles of the project, or: "anybody"; "person", anyone logged in;
    "token", any valid token.
    """

    takes: dict[str, str]
    opens_to: frozenset[str]

    def arguments(self, place: Place) -> dict[str, Any]:
        return {name: getattr(place, source) for name, source in self.takes.items()}


def _entry(*opens_to: str, **takes: str) -> Entry:
    return Entry(takes, frozenset(opens_to))


ANNOTATOR, LEAD, ADJUDICATOR = "annotator", "lead", "adjudicator"
WORKER = str(AccessToken.Scope.WORKER)
STAFF = (ANNOTATOR, LEAD, ADJUDICATOR)

#: Every address of Concord. A route that is missing here fails the rules.
PAGES = {
    "healthz": _entry("anybody"),
    "help": _entry("anybody"),
    "login": _entry("anybody"),
    "login_link": _entry("anybody", signature="signature"),
    "logout": _entry("anybody"),
    "speak": _entry("anybody"),
    "home": _entry("person"),
    "profile": _entry("person"),
    "queue": _entry(ANNOTATOR, code="code", language="language"),
    "ahead": _entry(ANNOTATOR, code="code", language="language"),
    "undo": _entry(ANNOTATOR, code="code", language="language"),
    "history": _entry(ANNOTATOR, code="code"),
    "judge": _entry(ANNOTATOR, pk="assignment"),
    "draft": _entry(ANNOTATOR, pk="assignment"),
    "skip": _entry(ANNOTATOR, pk="assignment"),
    "defect_report": _entry(ANNOTATOR, pk="assignment"),
    "defects": _entry(ADJUDICATOR, LEAD, code="code"),
    "defect_look": _entry(ADJUDICATOR, LEAD, code="code", pk="defect"),
    "correct": _entry(ANNOTATOR, pk="judgment"),
    "image": _entry(*STAFF, sha256="sha256"),
    "image_small": _entry(*STAFF, sha256="sha256"),
    "project": _entry(LEAD, code="code"),
    "rubric": _entry(LEAD, code="code"),
    "rubric_change": _entry(LEAD, code="code"),
    "agreement": _entry(LEAD, code="code"),
    "agreement_measure": _entry(LEAD, code="code"),
    "agreement_report": _entry(LEAD, code="code", form="form"),
    "slice": _entry(LEAD, code="code", language="language", name="name"),
    "annotators": _entry(LEAD, code="code"),
    "annotators_renew": _entry(LEAD, code="code"),
    "machines": _entry(LEAD, code="code"),
    "machines_report": _entry(LEAD, code="code", form="form"),
    "items": _entry(LEAD, code="code"),
    "planner": _entry(LEAD, code="code"),
    "contested": _entry(ADJUDICATOR, LEAD, code="code"),
    "rule": _entry(ADJUDICATOR, LEAD, pk="contested"),
    "versions": _entry(ADJUDICATOR, LEAD, pk="contested"),
    "releases": _entry(LEAD, code="code"),
    "release_download": _entry(LEAD, pk="release"),
    "release_changes": _entry(LEAD, pk="release"),
    "release_changes_file": _entry(LEAD, pk="release"),
    "jobs": _entry(LEAD, code="code"),
    "job_retry": _entry(LEAD, code="code", pk="job"),
    "reopen": _entry(LEAD, code="code"),
    "imports": _entry(LEAD, code="code"),
    "tokens": _entry(LEAD, code="code"),
    "member_end": _entry(LEAD, code="code", pk="member"),
    "token_revoke": _entry(LEAD, code="code", pk="token"),
    "api_docs": _entry("person"),
}
ENDPOINTS = {
    "api_schema": _entry("person", "token"),
    "api_image": _entry(WORKER, *STAFF, sha256="sha256"),
    "api_claim": _entry(WORKER),
    "api_heartbeat": _entry(WORKER),
    "api_result": _entry(WORKER, job_id="generation_job"),
    "api_fail": _entry(WORKER, job_id="generation_job"),
    "api_projects": _entry(*STAFF),
    "api_next": _entry(ANNOTATOR, code="code"),
    "api_assignment": _entry(ANNOTATOR, assignment_id="assignment"),
    "api_submit": _entry(ANNOTATOR, assignment_id="assignment", judgment_id="fresh"),
    "api_skip": _entry(ANNOTATOR, assignment_id="assignment"),
    "api_report": _entry(ANNOTATOR, assignment_id="assignment"),
    "api_judgments": _entry(ANNOTATOR),
    "api_correct": _entry(ANNOTATOR, judgment_id="judgment", correction_id="fresh"),
    "api_measurements": _entry(LEAD, code="code"),
    "api_tally": _entry(LEAD, code="code"),
    "api_releases": _entry(LEAD, code="code"),
    "api_jobs": _entry(LEAD, code="code"),
    "api_job": _entry(LEAD, job_id="job"),
    "api_contested": _entry(ADJUDICATOR, code="code"),
    "api_candidate": _entry(ADJUDICATOR, candidate_id="contested"),
    "api_ruling": _entry(ADJUDICATOR, candidate_id="contested"),
}
ENTRIES = PAGES | ENDPOINTS


def resolver_names() -> list[str]:
    """The names of all routes, read from the resolver."""
    return list(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern} has no name"
            yield pattern.name


def address(name: str, place: Place) -> str:
    return reverse(name, kwargs=ENTRIES[name].arguments(place))

"""Rows of the world that the rules are tried in: one of each kind."""

from __future__ import annotations

from annotation import defects
from annotation.models import (
    Authorship,
    Candidate,
    Defect,
    GenerationJob,
    Item,
    Job,
    Project,
    User,
)
from quality import adjudicating
from quality.agreement import PatternTable
from quality.models import Decision, MachineAgreement, Measurement, Release
from tests import factories


def judged_by_all(
    item: Item, people: dict[str, User], verdicts: tuple[str, ...]
) -> Candidate:
    """A candidate that Ana, Bao and Chris have judged like this."""
    candidate = factories.make_candidate(item, "fr")
    for name, verdict in zip(("ana", "bao", "chris"), verdicts, strict=True):
        factories.judged(candidate, people[name], verdict)
    candidate.refresh_from_db()
    return candidate


def ruled(project: Project, people: dict[str, User]) -> None:
    """A contested one that Adam has settled."""
    item = factories.make_item(project)
    candidate = judged_by_all(item, people, ("accept", "reject", "cannot_judge"))
    adjudicating.decide(candidate.pk)
    adjudicating.rule(
        candidate=candidate,
        by=factories.viewer(people["adam"]),
        outcome="accept",
        content=candidate.content_json,
        reason="Right.",
    )
    assert Decision.objects.filter(candidate=candidate).count() == 2


def edited(project: Project, people: dict[str, User]) -> None:
    """One that Bao and Chris have edited alike, so that somebody else may judge it."""
    candidate = factories.make_candidate(factories.make_item(project), "fr")
    factories.judged(candidate, people["ana"])
    text = {"caption": "Ein roter Bus steht an der Haltestelle."}
    for name in ("bao", "chris"):
        factories.judged(candidate, people[name], "accept_with_edits", edited=text)
    adjudicating.decide(candidate.pk)
    assert candidate.revised_by.exists()


def written(project: Project) -> None:
    """A person's own text, which nobody is asked about."""
    candidate = factories.make_candidate(
        factories.make_item(project),
        "fr",
        open_slots=False,
        origin=Candidate.Origin.NATIVE,
    )
    Authorship.objects.create(
        candidate=candidate, source="stories", licence="MIT", attribution="Nobody"
    )


def reported(project: Project, people: dict[str, User]) -> Defect:
    """An item that Chris says something is wrong with."""
    candidate = factories.make_candidate(factories.make_item(project), "fr")
    return defects.report(
        assignment=factories.assign(candidate, people["chris"]),
        by=factories.viewer(people["chris"]),
        part="image",
        note="echidna-note",
    )


def ask_for(item: Item) -> GenerationJob:
    """Work for the machine."""
    return GenerationJob.objects.create(
        project=item.dataset.project,
        item=item,
        language="fr",
        task=GenerationJob.Task.TRANSLATE,
    )


def measured(project: Project, job: Job) -> None:
    """A measurement, as if there had been one."""
    Measurement.objects.create(
        project=project,
        rubric=project.rubric,
        language="fr",
        scale="nominal",
        labels=["Accept", "Reject"],
        label_counts=[1, 1],
        items=1,
        pairable=1,
        ratings=2,
        raters=2,
        estimates=[
            {
                "name": "percent",
                "value": 0.0,
                "low": None,
                "high": None,
                "standard_error": None,
                "interval_method": "",
                "undefined": "",
            }
        ],
        table=PatternTable.from_counts([[1, 1]], ["Accept", "Reject"]).to_json(),
        digest="0" * 64,
        job=job,
    )


def beside(project: Project, job: Job, model: str) -> None:
    """A model beside people, as if there had been somebody to stand beside."""
    MachineAgreement.objects.create(
        project=project,
        rubric=project.rubric,
        language="fr",
        model=model,
        model_revision="1",
        scale="nominal",
        labels=["Accept", "Reject"],
        items=0,
        ratings=0,
        comparisons=[],
        table={},
        digest="0" * 64,
        job=job,
    )


def released(project: Project) -> Release:
    """A release, as if there had been one, with an empty archive."""
    release = Release.objects.create(
        project=project,
        number=1,
        design=Release.Design.TRAINING,
        languages=["fr"],
        policy=project.policy,
        items=1,
        manifest={"files": [], "wish": {"arm": "", "english": True}},
        manifest_sha256="0" * 64,
    )
    release.archive.parent.mkdir(parents=True)
    release.archive.write_bytes(b"PK\x05\x06" + bytes(18))
    return release

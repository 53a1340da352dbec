"""Models are asked, answer, and change nothing but their own rows."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from annotation import judging, leasing, machine_rating, proposing
from annotation.errors import Conflict, Invalid
from annotation.models import (
    Candidate,
    Control,
    Event,
    GenerationJob,
    Job,
    Judgment,
    MachineJudgment,
    MachineRating,
    Project,
    Slot,
)
from annotation.visibility import Viewer, rows
from tests.annotation.generation import claim, make_job, request, result, worker
from tests.factories import (
    answer,
    assign,
    judged,
    later_rubric,
    make_candidate,
    make_item,
    viewer,
)
from tests.machines import JUDGE, machine_judged, opinion, result_of, to_judge
from worker.protocol import GenerationJob as Message
from worker.protocol import Span

__all__ = ["worker"]
JUDGES = (JUDGE, f"{JUDGE}@abc")


def ask(project, judge=JUDGE, **fields):
    return machine_rating.ask(project=project, judge=judge, **fields)


def as_judge(by: Viewer, **fields: object) -> tuple[Message, ...]:
    return claim(by, tasks=("judge",), judges=JUDGES, **fields)


@pytest.fixture
def candidate(project):
    return make_candidate(make_item(project))


def test_asking_makes_one_job_per_candidate_and_asking_again_none(project, lena):
    made = [make_candidate(make_item(project)) for _ in range(3)]
    proposing.mark_control(
        candidate=made[2],
        design=Control.Design.GOLD,
        expected_verdict="accept",
        reason="",
    )
    assert ask(project, by=lena) == machine_rating.Asked(new=2, left=0)
    assert ask(project, by=lena) == machine_rating.Asked(new=0, left=0)
    jobs = GenerationJob.objects.filter(task="judge").order_by("candidate_id")
    assert [job.candidate_id for job in jobs] == [c.pk for c in made[:2]]
    event = Event.objects.get(kind=Event.Kind.MACHINE_ASKED)
    assert (event.user, event.detail) == (lena, {"judge": JUDGE, "jobs": 2})


def test_another_model_and_another_rubric_are_asked_anew(project, candidate):
    ask(project)
    assert ask(project, judge="other").new == 1
    Project.objects.filter(pk=project.pk).update(rubric=later_rubric(project))
    project.refresh_from_db()
    assert ask(project).new == 1


def test_a_large_project_is_asked_about_in_parts(project):
    for language in ("de", "de", "fr"):
        make_candidate(make_item(project), language)
    assert ask(project, most=1, languages=["de"]) == machine_rating.Asked(1, left=1)
    assert ask(project, most=5) == machine_rating.Asked(2, left=0)


@pytest.mark.parametrize("fields", [{"judge": " "}, {"judge": "a b"}, {"judge": "é"}])
def test_a_model_without_a_usable_name_is_refused(project, fields):
    with pytest.raises(Invalid, match="name of the model"):
        ask(project, **fields)


def test_a_language_that_is_not_the_projects_is_refused(project):
    with pytest.raises(Invalid, match="es is no target language"):
        ask(project, languages=["es"])


@pytest.mark.parametrize(
    "changed",
    [
        {"candidate": None},
        {"rubric": None},
        {"judge": ""},
        {"task": "translate"},
    ],
    ids=["candidate", "rubric", "judge", "task"],
)
def test_the_database_knows_what_a_job_to_judge_has(candidate, changed):
    job = to_judge(candidate)
    with pytest.raises(IntegrityError), transaction.atomic():
        GenerationJob.objects.filter(pk=job.pk).update(**changed)


def test_a_worker_that_does_not_judge_gets_no_job_to_judge(candidate, worker):
    to_judge(candidate)
    assert claim(worker) == ()
    assert claim(worker, tasks=("judge",)) == ()
    assert claim(worker, tasks=("judge",), judges=("other",)) == ()
    assert len(as_judge(worker)) == 1


def test_texts_to_write_go_before_texts_to_judge(project, candidate, worker):
    to_judge(candidate)
    written = make_job(project)
    every = ("translate", "regenerate", "judge")
    (first,) = claim(worker, limit=1, tasks=every, judges=JUDGES)
    assert first.id == written.pk
    (second,) = claim(worker, limit=5, tasks=every, judges=JUDGES)
    assert second.task == "judge"
    assert "candidate" not in first.to_json()


def test_a_job_to_judge_carries_the_text_and_what_may_be_said_of_it(candidate, worker):
    to_judge(candidate)
    (message,) = as_judge(worker)
    assert message.candidate == candidate.content_json
    assert message.source == candidate.item.content_json
    codes = [criterion.code for criterion in message.criteria]
    assert codes == ["adequacy", "fluency", "ungrounded"]
    assert [p.value for p in message.criteria[0].points] == [1, 2, 3, 4]
    assert list(message.verdicts) == Judgment.Verdict.values


def test_what_a_model_says_is_kept_with_its_provenance(candidate):
    span = Span("roter Bus", "major", "It is green.")
    made = machine_judged(candidate, "reject", spans=(span,), explanation="Wrong.")
    assert (made.verdict, made.explanation) == ("reject", "Wrong.")
    assert made.spans == [
        {"text": "roter Bus", "severity": "major", "comment": "It is green."}
    ]
    assert (made.model, made.template_id, made.seed) == (JUDGE, "judge", 7)
    assert made.raw_output
    ratings = dict(made.ratings.values_list("criterion__code", "value"))
    assert ratings == {"adequacy": 4, "fluency": 4, "ungrounded": 0}
    event = Event.objects.get(kind=Event.Kind.MACHINE_JUDGED)
    assert event.subject == f"machinejudgment:{made.pk}"


def test_a_model_fills_no_slot_and_decides_nothing(candidate):
    before = Candidate.objects.values().get()
    slots = list(Slot.objects.order_by("pk").values())
    machine_judged(candidate, "reject")
    assert Candidate.objects.values().get() == before
    assert list(Slot.objects.order_by("pk").values()) == slots
    assert not Judgment.objects.exists()
    assert not Job.objects.exists()


def test_a_judgment_of_a_complete_candidate_asks_for_measuring(
    candidate, ana, bao, chris
):
    for person in (ana, bao, chris):
        judged(candidate, person)
    candidate.refresh_from_db()
    Job.objects.all().delete()
    machine_judged(candidate)
    assert [job.kind for job in Job.objects.all()] == [Job.Kind.MEASURE]


@pytest.mark.parametrize(
    ("verdict", "ratings"),
    [
        ("fine", {}),
        ("accept", {"adequacy": 4, "fluency": 4}),
        ("accept", {"adequacy": 9, "fluency": 4, "ungrounded": 0}),
        ("accept", {"adequacy": 4, "fluency": 4, "ungrounded": 0, "beauty": 1}),
        ("reject", {"key_preserved": 1}),
    ],
    ids=["verdict", "missing", "value", "unknown", "kind"],
)
def test_machines_and_people_are_refused_for_the_same_reason(
    candidate, worker, ana, verdict, ratings
):
    job = to_judge(candidate)
    said = opinion(candidate, verdict, ratings=ratings)
    with pytest.raises(Invalid) as machine:
        proposing.accept(by=worker, job_id=job.pk, result=result_of(said))
    with pytest.raises(Invalid) as person:
        judging.submit(
            assignment=assign(candidate, ana),
            by=viewer(ana),
            answer=answer(candidate, verdict, ratings=ratings),
        )
    assert str(machine.value) == str(person.value)
    assert not MachineJudgment.objects.exists()


def test_who_cannot_judge_may_leave_ratings_out(candidate):
    made = machine_judged(candidate, "cannot_judge", ratings={})
    assert not MachineRating.objects.filter(judgment=made).exists()


def test_a_text_is_no_answer_to_a_job_to_judge_nor_the_other_way(
    project, candidate, worker
):
    job = to_judge(candidate)
    with pytest.raises(Invalid, match="asks for a verdict"):
        proposing.accept(by=worker, job_id=job.pk, result=result())
    writing = make_job(project)
    said = result_of(opinion(candidate))
    with pytest.raises(Invalid, match="asks for a text"):
        proposing.accept(by=worker, job_id=writing.pk, result=said)


def test_another_model_may_not_answer(candidate, worker):
    job = to_judge(candidate, f"{JUDGE}@main")
    with pytest.raises(Invalid, match=f"This job is for {JUDGE}@main"):
        proposing.accept(by=worker, job_id=job.pk, result=result_of(opinion(candidate)))
    said = result_of(opinion(candidate), model_revision="main")
    assert proposing.accept(by=worker, job_id=job.pk, result=said).state == "accepted"


def test_one_model_judges_a_candidate_once_however_it_was_asked(candidate, worker):
    jobs = [to_judge(candidate, name) for name in JUDGES]
    said = opinion(candidate)
    states = [
        proposing.accept(by=worker, job_id=job.pk, result=result_of(said)).state
        for job in (*jobs, jobs[0])
    ]
    assert states == ["accepted", "duplicate", "duplicate"]
    assert MachineJudgment.objects.count() == 1
    assert {job.state for job in GenerationJob.objects.filter(task="judge")} == {"done"}


def test_another_template_is_another_judgment_but_not_of_the_same_job(
    candidate, worker
):
    jobs = [to_judge(candidate, name) for name in JUDGES]
    for job, version in zip(jobs, ("1", "2"), strict=True):
        said = result_of(opinion(candidate), template_version=version)
        proposing.accept(by=worker, job_id=job.pk, result=said)
    assert MachineJudgment.objects.count() == 2
    said = result_of(opinion(candidate), template_version="3")
    with pytest.raises(Conflict, match="its result already"):
        proposing.accept(by=worker, job_id=jobs[0].pk, result=said)


def test_only_leads_see_machine_judgments(candidate, ana, adam, lena, worker):
    machine_judged(candidate)
    for by, seen in (
        (viewer(ana), 0),
        (viewer(adam), 0),
        (worker, 0),
        (viewer(lena), 1),
    ):
        assert rows(MachineJudgment, by).count() == seen
        assert (rows(MachineRating, by).count() > 0) == bool(seen)


def test_jobs_to_judge_are_leased_and_fenced_like_others(candidate, worker):
    job = to_judge(candidate)
    as_judge(worker)
    job.refresh_from_db()
    assert (job.state, job.fence, job.worker) == ("leased", 1, "gpu-1")
    assert leasing.claim(by=worker, request=request()).jobs == ()


def test_the_command_asks_about_everything_and_tells(project, monkeypatch):
    monkeypatch.setattr(machine_rating, "MOST", 1)
    for _ in range(3):
        make_candidate(make_item(project))
    said = StringIO()
    for _ in range(2):
        call_command("ask_machine_judgments", "demo", JUDGE, stdout=said)
    assert said.getvalue().splitlines() == [
        f"3 candidates are waiting for {JUDGE}",
        f"0 candidates are waiting for {JUDGE}",
    ]
    with pytest.raises(CommandError, match="no target language"):
        call_command("ask_machine_judgments", "demo", JUDGE, "--languages", "es")

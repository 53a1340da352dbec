"""A job row stays until its effect has committed, whatever Celery and Redis do."""

from __future__ import annotations

import time

import pytest
from django.db import OperationalError, connection, transaction

from annotation import attempts, jobs
from annotation.errors import Conflict, Invalid
from annotation.models import Event, Job
from annotation.tasks import run_job

State = Job.State


@pytest.fixture
def handler():
    """`handler(function)` makes it the work of decide jobs for one test."""
    kept = dict(jobs._HANDLERS)

    def use(function):
        jobs._HANDLERS[Job.Kind.DECIDE] = function

    yield use
    jobs._HANDLERS.clear()
    jobs._HANDLERS.update(kept)


def ask(project, **fields):
    return jobs.ask(Job.Kind.DECIDE, project=project, **fields)


def silence(job):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotation_job SET heartbeat_at = now() - interval '10 min', "
            "sent_at = now() - interval '10 min' WHERE id = %s",
            [job.pk],
        )


def test_asking_twice_waits_once(project, lena):
    first = ask(project, by=lena)
    assert ask(project) == first
    assert Event.objects.filter(kind=Event.Kind.JOB_REQUESTED).count() == 1


def test_work_asked_for_while_it_runs_waits_for_the_next_run(project):
    first = ask(project)
    assert jobs.take(first.pk) is not None
    assert ask(project) != first


def test_run_ends_with_the_effect(project, handler):
    handler(lambda run: run.finish(answer=42))
    done = jobs.run(ask(project).pk)
    assert (done.state, done.result) == (State.DONE, {"answer": 42})


def test_a_job_is_run_by_one_at_a_time(project):
    job = ask(project)
    assert jobs.take(job.pk) is not None
    assert jobs.run(job.pk) is None


def test_a_rule_that_says_no_ends_the_job_with_its_sentence(project, handler):
    def refuse(run):
        raise Invalid("There is nothing to release.")

    handler(refuse)
    failed = jobs.run(ask(project).pk)
    assert (failed.state, failed.error) == (
        State.FAILED,
        "There is nothing to release.",
    )


def test_the_unforeseen_is_tried_three_times(project, handler):
    def break_down(run):
        raise RuntimeError("cable out")

    handler(break_down)
    job = ask(project)
    states = [jobs.run(job.pk).state for _ in range(3)]
    assert states == [State.QUEUED, State.QUEUED, State.FAILED]
    job.refresh_from_db()
    assert "cable out" in job.error


def test_a_worker_that_was_taken_over_can_no_longer_finish(project, handler):
    job = ask(project)
    old = jobs.take(job.pk)
    silence(job)
    new = jobs.take(job.pk)
    assert new.attempt == old.attempt + 1

    def effect_of_the_old():
        with transaction.atomic():
            Event.record(Event.Kind.MEASURED, job, project=project)
            old.finish()

    with pytest.raises(jobs.Fenced):
        effect_of_the_old()
    assert not Event.objects.filter(kind=Event.Kind.MEASURED).exists()
    new.finish()
    job.refresh_from_db()
    assert job.state == State.DONE


def test_a_job_whose_workers_keep_dying_is_failed(project):
    job = ask(project)
    for _ in range(3):
        jobs.take(job.pk)
        silence(job)
    assert jobs.run(job.pk).state == State.FAILED


@pytest.fixture
def sent(monkeypatch):
    """The ids that reach the broker's door; everything before it is real."""
    found = []
    monkeypatch.setattr(
        run_job, "apply_async", lambda ids, **options: found.append(*ids)
    )
    return found


def test_the_sweeper_sends_what_nobody_does(project, sent):
    waiting, running = ask(project), jobs.ask(Job.Kind.MEASURE, project=project)
    jobs.take(running.pk)
    assert jobs.sweep() == 1
    silence(waiting)
    silence(running)
    assert jobs.sweep() == 2
    assert sent == [waiting.pk, waiting.pk, running.pk]


def test_what_was_just_sent_is_not_sent_again(project, sent):
    waiting, running = ask(project), jobs.ask(Job.Kind.MEASURE, project=project)
    jobs.take(running.pk)
    silence(running)
    assert [jobs.sweep() for _ in range(3)] == [2, 0, 0]
    assert sent == [waiting.pk, running.pk]


def test_the_sweeper_keeps_the_broker_from_filling_up(project, sent):
    asked = [
        jobs.ask(Job.Kind.RELEASE, project=project)
        for _ in range(jobs.MAX_OUTSTANDING + 5)
    ]
    for job in asked[:3]:
        jobs.take(job.pk)
        silence(job)
    assert [jobs.sweep() for _ in range(2)] == [jobs.MAX_OUTSTANDING, 0]
    assert len(sent) == jobs.MAX_OUTSTANDING


def test_a_broker_that_refuses_costs_nothing(project, settings, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionError("refused")

    monkeypatch.setattr(run_job, "apply_async", refuse)
    job = ask(project)
    jobs._send(job.pk)
    job.refresh_from_db()
    assert job.state == State.QUEUED


def test_wake_sends_after_the_commit(project, sent, django_capture_on_commit_callbacks):
    job = ask(project)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.wake(job)
        assert sent == []
    assert sent == [job.pk]


def test_progress_is_a_heartbeat(project, handler):
    seen = []
    handler(lambda run: (run.progress("half", 1, 2), run.finish()))
    job = jobs.run(ask(project).pk, report=lambda *said: seen.append(said))
    assert (job.percent, job.step, seen) == (50, "half", [("half", 1, 2)])


def test_retry_gives_a_failed_job_another_chance(project, lena, handler):
    job = ask(project)
    with pytest.raises(Conflict):
        jobs.retry(job=job, by=lena)
    handler(lambda run: run.fail("no"))
    jobs.run(job.pk)
    handler(lambda run: run.finish())
    assert jobs.run(jobs.retry(job=job, by=lena).pk).state == State.DONE


def test_an_attempt_before_the_retry_cannot_finish_it(project, lena):
    """The fence must go on rising, or an old worker holds the new one's number."""
    job = ask(project)
    first = jobs.take(job.pk)
    silence(job)
    jobs.take(job.pk).fail("no")
    jobs.take(jobs.retry(job=job, by=lena).pk)
    with pytest.raises(jobs.Fenced):
        first.finish()


def test_an_attempt_that_fails_after_it_was_taken_over_ends_quietly(project, handler):
    def taken_over(run):
        silence(run.job)
        jobs.take(run.job.pk)
        raise Invalid("There is nothing to release.")

    handler(taken_over)
    assert jobs.run(ask(project).pk).state == State.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_missed_heartbeat_is_not_the_last(project, monkeypatch):
    job = ask(project)
    mine = Job.objects.filter(pk=job.pk)

    def away(**values):
        raise OperationalError("the database is restarting")

    monkeypatch.setattr(mine, "update", away)
    attempt = jobs.Run(job, 1)
    attempts.beat(mine, attempt)
    monkeypatch.undo()
    attempts.beat(mine, attempt)
    job.refresh_from_db()
    assert job.heartbeat_at is not None


def test_a_reason_that_no_database_holds_still_ends_the_job(project, handler):
    def refuse(run):
        raise Invalid("column a\x00b \ud800 is unknown")

    handler(refuse)
    failed = jobs.run(ask(project).pk)
    assert (failed.state, failed.error) == (
        State.FAILED,
        "column a\ufffdb \ufffd is unknown",
    )


def test_trying_again_while_the_same_work_waits_is_a_conflict(project, lena, handler):
    handler(lambda run: run.fail("no"))
    failed = jobs.run(ask(project).pk)
    ask(project)
    with pytest.raises(Conflict, match="waiting"):
        jobs.retry(job=failed, by=lena)


def test_breaking_down_while_the_same_work_waits_ends_the_job(project, handler):
    def break_down(run):
        ask(project)
        raise RuntimeError("cable out")

    handler(break_down)
    failed = jobs.run(ask(project).pk)
    assert failed.state == State.FAILED
    assert "cable out" in failed.error


@pytest.mark.django_db(transaction=True)
def test_a_note_is_seen_while_the_transaction_is_open(project, handler):
    def work(run):
        with transaction.atomic():
            run.note("row", 7)
            deadline = time.monotonic() + 30
            while not seen and time.monotonic() < deadline:
                time.sleep(0.1)
                written = Job.objects.filter(pk=run.job.pk, step="row")
                seen.extend(written.values_list("step", "done"))
        run.finish()

    seen: list[tuple[str, int]] = []
    handler(work)
    jobs.run(ask(project).pk)
    assert seen == [("row", 7)]


def test_what_an_attempt_remembers_is_there_for_the_next(project):
    job = ask(project)
    jobs.take(job.pk).remember(until=3)
    silence(job)
    assert jobs.take(job.pk).job.arguments == {"until": 3}

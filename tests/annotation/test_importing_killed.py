"""An import that is killed brings in every row once, and counts what it brought in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from annotation import importing, jobs
from annotation.models import Event, GenerationJob, Item, Job
from corpus.content import Caption
from corpus.record import Record
from tests.browser.programs import ROOT, environment
from tests.corpus.sources.files import lines
from tests.factories import make_dataset, make_project

TERMS = {"licence": "CC0-1.0", "attribution": "us"}
ROWS = 2300  # four batches whole, and a part of a fifth


def counts(job) -> tuple[int, int, int]:
    return job.result["added"], job.result["unchanged"], job.result["refused"]


@pytest.mark.parametrize(("strict", "sums"), [(False, [500, 700]), (True, [700])])
def test_what_is_in_is_counted_in_the_transaction_that_brings_it_in(
    project, strict, sums
):
    rows = [Record(key=str(n), content=Caption("A bus.")) for n in range(700)]
    told = []
    importing.import_rows(
        dataset=make_dataset(project), rows=rows, strict=strict, saved=told.append
    )
    assert told == sums


@pytest.fixture
def folder(tmp_path):
    """What killed imports have for their pictures and files."""
    return tmp_path


@pytest.fixture
def file(tmp_path):
    rows = [
        {"key": f"{n:05}", "kind": "caption", "content": {"caption": f"Bus {n}."}}
        for n in range(ROWS)
    ]
    return lines(tmp_path, ["{", *rows, "{"])


@pytest.fixture
def job(file, transactional_db):
    """An import of ROWS good rows and two bad ones, asked for and not begun."""
    project = make_project()
    dataset = make_dataset(project, name="buses", **TERMS)
    return importing.ask(
        project=project,
        source="concord",
        path=str(file),
        name=dataset.name,
        revision=dataset.revision,
        **TERMS,
    )


@contextmanager
def started(folder, *command):
    """A process of its own at this work. It is dead when the block ends."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL, "it ended before it was killed"


def worker(job):
    """What Celery runs, without the queue before it."""
    code = (
        "import django; django.setup(); from annotation.tasks import run_job; "
        f"run_job({job.pk})"
    )
    return "-c", code


def wait_until_stopped(process) -> None:
    """Until the process waits for a lock that this test holds."""
    for _ in range(600):
        assert process.poll() is None, process.stderr.read().decode()[-2000:]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks "
                "WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the import never came to where it was to be killed")


class Undo(Exception):
    """Ends a transaction of the test's without a trace."""


@contextmanager
def undone():
    with suppress(Undo), transaction.atomic():
        yield
        raise Undo


def at_row(number):
    """In the middle of a batch: a row with the same key is on its way in."""

    def stop(job):
        dataset = job.project.datasets.get()
        Item.objects.create(
            dataset=dataset,
            key=f"{number:05}",
            kind="caption",
            digest="0" * 64,
            content_json={"caption": "x"},
        )

    return stop


def at_the_end(job):
    """Every row is in, and the job has not said so yet: it cannot write its event."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE annotation_event IN SHARE MODE")


#: Where the import is killed, and how many rows are in by then.
IN_THE_SECOND_BATCH = (at_row(777), 499)
IN_THE_LAST_BATCH = (at_row(ROWS - 1), 1999)
AFTER_ALL = (at_the_end, ROWS)


def silence(job) -> None:
    """As if it had been dead for long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotation_job SET heartbeat_at = now() - interval '1 hour' "
            "WHERE id = %s",
            [job.pk],
        )


def kill(folder, job, moment, *command) -> None:
    """Kill the import at this moment, and see that what is in is in whole."""
    stop, rows_in = moment
    with undone():
        stop(job)
        with started(folder, *(command or worker(job))) as process:
            wait_until_stopped(process)
    assert Item.objects.count() == rows_in
    assert GenerationJob.objects.count() == 2 * rows_in
    silence(job)


def assert_whole() -> None:
    keys = Item.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == [f"{n:05}" for n in range(ROWS)]
    assert GenerationJob.objects.count() == 2 * ROWS
    assert Event.objects.filter(kind=Event.Kind.IMPORTED).count() == 1


def test_an_import_killed_twice_comes_in_once_with_its_true_totals(job, folder):
    kill(folder, job, IN_THE_SECOND_BATCH)
    kill(folder, job, AFTER_ALL)

    ended = jobs.run(job.pk)

    assert ended.state == Job.State.DONE
    assert counts(ended) == (ROWS, 0, 2)
    where = [error.partition(":")[0] for error in ended.result["errors"]]
    assert where == ["line 1", f"line {ROWS + 2}"]
    event = Event.objects.get(kind=Event.Kind.IMPORTED)
    assert (event.detail["added"], event.detail["refused"]) == (ROWS, 2)
    assert_whole()


def test_a_strict_import_that_is_killed_shows_none_of_its_rows(job, folder, file):
    file.write_text("\n".join(file.read_text().splitlines()[1:-1]))
    Job.objects.update(arguments=job.arguments | {"strict": True})
    kill(folder, job, (at_row(ROWS - 1), 0))

    assert counts(jobs.run(job.pk)) == (ROWS, 0, 0)
    assert_whole()


def test_the_command_after_one_that_was_killed_adds_what_is_missing(job, folder, file):
    """The killed one is taken up by the sweeper too: together they add every row once."""
    Job.objects.all().delete()
    wanted = ("import_dataset", "demo", "concord", str(file), "--name", "buses")
    options = ("--revision", "1", "--licence", "CC0-1.0", "--attribution", "us")
    command = (str(ROOT / "manage.py"), *wanted, *options)
    kill(folder, job, IN_THE_LAST_BATCH, *command)
    killed = Job.objects.get()
    silence(killed)

    out = StringIO()
    with pytest.raises(CommandError, match="2 rows were refused"):
        call_command(*wanted, *options, stdout=out, stderr=StringIO())

    assert out.getvalue() == "301 added, 1,999 unchanged, 2 refused\n"
    assert counts(jobs.run(killed.pk)) == (1999, 301, 2)
    assert Item.objects.count() == ROWS

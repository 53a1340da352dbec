"""Imports of broken files, killed again and again: errors, totals, memory, cost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from benchmarks import _broken_lines, _broken_parquet, _broken_tsv
from benchmarks._broken_rows import Expected
from benchmarks._database import Clock, prepare

ROWS: Final = int(os.environ.get("CONCORD_BENCH_ROWS", "100000"))
KILLS: Final = int(os.environ.get("CONCORD_BENCH_KILLS", "20"))
MOST_MEMORY: Final = 300
MOST_SECONDS: Final = 60
#: How much longer an import may take beside all the others than beside none.
MOST_RATIO: Final = 1.5
SAMPLE: Final = max(1000, ROWS // 10)
KINDS: Final[dict[str, ModuleType]] = {
    "pixmo-ask-model-anything": _broken_parquet,
    "mmbench": _broken_tsv,
    "concord": _broken_lines,
}
CODE: Final = """
import sys, time
import django; django.setup()
from annotation.tasks import run_job
run_job(int(sys.argv[1]))
# of this program alone: what getrusage says counts the one that started it too
status = open("/proc/self/status").read()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024, time.process_time())
"""


def run() -> None:
    """Prints, for each kind of file, what came in and what it took, with bounds."""
    folder = prepare()
    try:
        print(f"breaking: {ROWS:,} rows, 3 % of them broken, {KILLS} kills")
        for source, made in KINDS.items():
            _report(source, made, folder)
        before = _items()
        ratio = _slower(folder)
        print(f"  beside {before:,} items {ratio:.2f} times as long as beside none,")
        print(f"    at most {MOST_RATIO} wanted")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _report(source: str, made: ModuleType, folder: Path) -> None:
    home = folder / source / "file"
    home.mkdir(parents=True)
    path, expected = made.write(home, ROWS)
    keys = set(made.keys(ROWS))
    whole = _ask(_project(f"whole-{source}"[:40]), source, path)
    with Clock() as clock:
        memory, own = _started(whole).communicate()[0].split()
    killed = _ask(_project(f"killed-{source}"[:40]), source, path)
    rounds = _killed(killed, clock.seconds)
    again = _ask(whole.project, source, path)
    _started(again).communicate()
    print(f"  {source}: {path.stat().st_size >> 20:,} MiB")
    print(f"    whole   {_verdict(whole, expected, keys)}")
    print(f"    killed  {_verdict(killed, expected, keys)}, after {rounds} kills")
    print(f"    again   {_counts(again)}")
    busy = f"{float(own):.0f} of them its own work"
    print(f"    {clock.seconds:.0f} s, {busy}, at most {MOST_SECONDS} wanted")
    print(f"    peak memory {memory} MiB, at most {MOST_MEMORY} wanted")


def _project(code: str) -> Any:
    from annotation import enrolling

    return enrolling.create_project(code=code, name=code, languages=["de"])


def _ask(project: Any, source: str, path: Path) -> Any:
    from annotation import importing

    return importing.ask(
        project=project,
        source=source,
        path=str(path),
        licence="CC0-1.0",
        attribution="nobody",
    )


def _started(job: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CODE, str(job.pk)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _killed(job: Any, seconds: float) -> int:
    """Start the job and kill it at any moment of its work; then let it end."""
    moments = random.Random(1)
    rounds = 0
    for _ in range(KILLS):
        process = _started(job)
        time.sleep(moments.uniform(1, max(2.0, seconds / 4)))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        rounds += process.returncode == -signal.SIGKILL
        _silence(job)
    _started(job).communicate()
    return rounds


def _silence(job: Any) -> None:
    """As if its worker had been dead for long, and somebody had asked for it again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotation_job SET tries = 0, "
            "heartbeat_at = now() - interval '1 hour' WHERE id = %s",
            [job.pk],
        )


def _verdict(job: Any, expected: list[Expected], keys: set[str]) -> str:
    """How far what came in and what was said is what it should be."""
    from annotation.models import GenerationJob, Item

    job.refresh_from_db()
    found = Item.objects.filter(dataset__project=job.project)
    there = list(found.values_list("key", flat=True))
    asked = GenerationJob.objects.filter(project=job.project).count()
    named = {_place(error) for error in job.result.get("errors", ())}
    word = "row" if job.arguments["path"].endswith(".parquet") else "line"
    wanted = {
        f"{word} {e.line}" + f", column {e.column}" * bool(e.column) for e in expected
    }
    lost, extra = len(keys - set(there)), len(there) - len(keys)
    return (
        f"{_counts(job)}; {lost} lost, {extra} too many, {asked - len(there)} candidates "
        f"off; {len(wanted ^ named)} of {len(wanted):,} errors wrong"
    )


def _place(error: str) -> str:
    return error.partition(": ")[0]


def _counts(job: Any) -> str:
    job.refresh_from_db()
    if job.state != "done":
        return f"{job.state}: {job.error[:200]}"
    return "{added:,} added, {unchanged:,} unchanged, {refused:,} refused".format(
        **job.result
    )


def _slower(folder: Path) -> float:
    """Seconds of an import beside all those rows by seconds of one beside none."""
    from django.db import connection

    home = folder / "sample"
    home.mkdir()
    path, _ = _broken_parquet.write(home, SAMPLE)
    _seconds(_ask(_project("first"), "pixmo-ask-model-anything", path))
    beside_many = _seconds(
        _ask(_project("beside-many"), "pixmo-ask-model-anything", path)
    )
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE annotation_image, annotation_item CASCADE")
    project = _project("beside-none")
    return beside_many / _seconds(_ask(project, "pixmo-ask-model-anything", path))


def _seconds(job: Any) -> float:
    from annotation import jobs

    with Clock() as clock:
        ended = jobs.run(job.pk)
    if ended is None or ended.state != "done":
        raise SystemExit(ended and ended.error)
    return clock.seconds


def _items() -> int:
    from annotation.models import Item

    return Item.objects.count()

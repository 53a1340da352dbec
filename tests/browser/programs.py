"""Concord's other processes, started for a test as they are started for real."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.db import connection

ROOT = Path(__file__).parents[2]


def environment(folder: Path) -> dict[str, str]:
    """That of this process, but for the test's database and its folders."""
    address = urlsplit(os.environ["DATABASE_URL"])
    name = quote(connection.settings_dict["NAME"], safe="")
    return {
        **os.environ,
        "DATABASE_URL": address._replace(path=f"/{name}").geturl(),
        "CONCORD_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def celery(folder: Path) -> Iterator[None]:
    """A Celery worker and the beat for the block. Their logs are in `folder`."""
    program = [sys.executable, "-m", "celery", "-A", "config"]
    alone = ["--pool", "solo", "--without-gossip", "--without-mingle"]
    schedule = ["-s", str(folder / "celerybeat-schedule"), "--pidfile", ""]
    commands = {"worker": alone, "beat": schedule}
    started: list[subprocess.Popen[bytes]] = []
    try:
        for name, arguments in commands.items():
            with (folder / f"celery-{name}.log").open("wb") as log:
                started.append(
                    subprocess.Popen(
                        [*program, name, "--loglevel", "INFO", *arguments],
                        cwd=ROOT,
                        env=environment(folder),
                        stdout=log,
                        stderr=subprocess.STDOUT,
                    )
                )
        yield
        assert [process.poll() for process in started] == [None, None], logs(folder)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def logs(folder: Path) -> str:
    """The last lines of both programs, for a message."""
    files = sorted(folder.glob("celery-*.log"))
    return "\n".join(f"{f.name}:\n{f.read_text()[-2000:]}" for f in files)


def gpu_worker(server: str, token: str, batch: Path) -> str:
    """Works off everything as a worker of its own; what it printed."""
    command = [sys.executable, "-m", "worker", "--server", server, "--once"]
    command += ["--wait", "0", "--engine", "recorded", "--file", str(batch)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CONCORD_WORKER_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def load_dataset(folder: Path, configuration: str, home: Path) -> str:
    """Reads a training set as its users will, offline; the rows as JSON."""
    code = (
        "import datasets, json, sys\n"
        "found = datasets.load_dataset(sys.argv[1], sys.argv[2], split='train')\n"
        "pictures = [row['image'].size for row in found if row['image']]\n"
        "rows = found.remove_columns('image').to_list()\n"
        "print(json.dumps({'rows': rows, 'pictures': pictures}))\n"
    )
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(home), "HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), configuration],
        env={"PATH": os.environ["PATH"], **offline},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout

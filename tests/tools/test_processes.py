import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.tools.conftest import is_alive
from tools.messages import Stop
from tools.processes import LOG_LIMIT_BYTES, Child, Crew, in_foreground

FOREVER = "import time; time.sleep(60)"


def start(crew: Crew, folder: Path, code: str, *, name: str = "child") -> Child:
    log = folder / f"{name}.log"
    return crew.start(name, [sys.executable, "-c", code], env={}, log=log)


def wait_for(path: Path) -> str:
    deadline = time.monotonic() + 10
    while not (path.exists() and path.read_text().strip()):
        assert time.monotonic() < deadline, f"{path} was never written"
        time.sleep(0.02)
    return path.read_text().strip()


def test_crew_stops_the_youngest_first(tmp_path: Path) -> None:
    order = tmp_path / "order"
    code = f"""
import pathlib, signal, sys
def end(*_):
    with open({str(order)!r}, "a") as file: file.write(sys.argv[0] + NAME + " ")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
pathlib.Path({str(tmp_path)!r}, NAME).write_text("up")
while True: signal.pause()
"""
    with Crew() as crew:
        for name in ("old", "young"):
            start(crew, tmp_path, f"NAME = {name!r}\n{code}", name=name)
            wait_for(tmp_path / name)
    assert order.read_text().replace("-c", "").split() == ["young", "old"]


def test_dead_child_ends_the_run_with_the_end_of_its_log(tmp_path: Path) -> None:
    with Crew() as crew:
        code = "import sys; print('first'); sys.exit('the reason')"
        start(crew, tmp_path, code).process.wait()
        with pytest.raises(Stop, match=r"exit code 1.*\n.*\n    first|the reason"):
            crew.check()


def test_killed_child_is_named_with_its_signal(tmp_path: Path) -> None:
    with Crew() as crew:
        child = start(crew, tmp_path, FOREVER)
        child.process.kill()
        child.process.wait()
        with pytest.raises(Stop, match="signal SIGKILL"):
            crew.watch()


def test_waiting_ends_when_a_child_dies_and_when_time_is_up(tmp_path: Path) -> None:
    with Crew() as crew:
        with pytest.raises(Stop, match="too late"):
            crew.wait_until(lambda: False, seconds=0.1, otherwise="too late")
        start(crew, tmp_path, "raise SystemExit(3)")
        with pytest.raises(Stop, match="exit code 3"):
            crew.wait_until(lambda: False, seconds=10, otherwise="too late")


def test_stop_kills_a_child_that_does_not_listen(tmp_path: Path) -> None:
    up = tmp_path / "up"
    code = f"""
import pathlib, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path({str(up)!r}).write_text("up")
while True: signal.pause()
"""
    with Crew() as crew:
        child = start(crew, tmp_path, code)
        wait_for(up)
        crew.stop(child, patience_seconds=0.2)
        assert child.process.returncode == -signal.SIGKILL


def test_stop_ends_what_a_child_left_behind(tmp_path: Path) -> None:
    left = tmp_path / "left"
    code = f"""
import pathlib, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {FOREVER!r}])
pathlib.Path({str(left)!r}).write_text(str(child.pid))
"""
    with Crew() as crew:
        child = start(crew, tmp_path, code)
        child.process.wait()
        grandchild = int(wait_for(left))
        crew.stop(child)
        deadline = time.monotonic() + 5
        while is_alive(grandchild) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not is_alive(grandchild)


def test_run_stops_with_the_log_of_a_command_that_failed(tmp_path: Path) -> None:
    log = tmp_path / "migrate.log"
    command = [sys.executable, "-c", "raise SystemExit('no such table')"]
    with Crew() as crew:
        with pytest.raises(Stop, match=r"migrate failed \(exit code 1\)") as stop:
            crew.run("migrate", command, env={}, log=log)
        crew.run("again", [sys.executable, "-c", ""], env={}, log=log)
    assert "no such table" in str(stop.value)


def test_missing_program_is_an_error_that_names_it(tmp_path: Path) -> None:
    with Crew() as crew, pytest.raises(FileNotFoundError, match="no-such-program"):
        crew.start("x", ["/no-such-program"], env={}, log=tmp_path / "log")


def test_full_disk_stops_a_start_before_the_child_runs(tmp_path: Path) -> None:
    log = tmp_path / "full.log"
    log.symlink_to("/dev/full")
    with Crew() as crew, pytest.raises(OSError, match="No space left on device"):
        crew.start("x", [sys.executable, "-c", ""], env={}, log=log)


def test_long_log_is_set_aside(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    log.write_bytes(b"x" * (LOG_LIMIT_BYTES + 1))
    with Crew() as crew:
        start(crew, tmp_path, "").process.wait()
    assert log.stat().st_size < 1000
    assert (tmp_path / "child.log.1").stat().st_size > LOG_LIMIT_BYTES


@pytest.mark.parametrize(
    ("code", "expected"),
    [("raise SystemExit(5)", 5), ("import os; os.kill(os.getpid(), 15)", 143)],
)
def test_foreground_program_gives_its_exit_code(code: str, expected: int) -> None:
    assert in_foreground([sys.executable, "-c", code], env=os.environ) == expected

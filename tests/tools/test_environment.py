import errno
import json
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment
from tools.messages import Stop
from tools.place import Place, prepare


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A checkout whose requirements are empty: everything is real but the downloads."""
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    for name in ("demo", "test"):
        (requirements / f"{name}.txt").write_text(f"# {name}\n")
    place = Place(tmp_path, tmp_path / ".data")
    prepare(place)
    only_fakes = tmp_path / "bin"
    only_fakes.mkdir()
    # The interpreter outside this environment, which is the one that has pip.
    outside = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")
    monkeypatch.setattr(sys, "executable", str(outside))
    monkeypatch.setenv("PATH", str(only_fakes))
    return place


def fake_uv(place: Place, script: str) -> None:
    uv = place.root / "bin" / "uv"
    uv.write_text(f"#!/bin/sh\n{script}\n")
    uv.chmod(0o755)


def stamp(place: Place) -> dict[str, str]:
    found = json.loads((place.venv / environment.STAMP).read_text())
    assert isinstance(found, dict)
    return found


def test_pip_takes_over_when_uv_fails(
    bare: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_uv(bare, "echo UnknownIssuer; exit 1")
    python = environment.ensure(bare, "demo")
    printed = capsys.readouterr().err
    assert "uv failed (exit code 1)" in printed
    assert "packages with pip" in printed
    assert stamp(bare) == environment.wanted_stamp(bare, "demo")
    subprocess.run([python, "-c", "import sys; assert sys.prefix"], check=True)


def test_uv_is_given_the_pinned_file_and_the_certificates_of_the_machine(
    bare: Place,
) -> None:
    fake_uv(bare, f'echo "$UV_SYSTEM_CERTS" "$@" > {bare.root}/called')
    environment.ensure(bare, "test")
    called = (bare.root / "called").read_text()
    assert called.startswith("1 pip install --python ")
    assert "--require-hashes" in called
    assert called.endswith("requirements/test.txt\n")


def test_finished_environment_is_left_alone(bare: Place) -> None:
    fake_uv(bare, "exit 0")
    environment.ensure(bare, "test")
    fake_uv(bare, "exit 1")
    mark = bare.venv / "mark"
    mark.touch()
    environment.ensure(bare, "test")
    environment.ensure(bare, "demo")
    assert mark.exists(), "an environment for the tests runs the demonstration too"


def test_half_made_environment_is_made_again(
    bare: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_uv(bare, "exit 0")
    environment.ensure(bare, "demo")
    (bare.venv / environment.STAMP).unlink()
    (bare.venv / "half a package").touch()
    environment.ensure(bare, "demo")
    assert not (bare.venv / "half a package").exists()
    assert "half made" in capsys.readouterr().err


def test_changed_requirements_are_installed_into_the_environment(bare: Place) -> None:
    fake_uv(bare, f"echo again >> {bare.root}/called")
    environment.ensure(bare, "demo")
    (bare.root / "requirements" / "demo.txt").write_text("# other\n")
    environment.ensure(bare, "demo")
    assert (bare.root / "called").read_text() == "again\nagain\n"


def test_environment_of_another_interpreter_is_made_again(bare: Place) -> None:
    fake_uv(bare, "exit 0")
    environment.ensure(bare, "demo")
    old = {**stamp(bare), "interpreter": "another"}
    (bare.venv / environment.STAMP).write_text(json.dumps(old))
    (bare.venv / "of another").touch()
    environment.ensure(bare, "demo")
    assert not (bare.venv / "of another").exists()


def test_failed_installation_leaves_no_stamp_and_shows_the_log(
    bare: Place,
) -> None:
    bad = "no-such-package-of-concord==1 --hash=sha256:" + "0" * 64
    (bare.root / "requirements" / "demo.txt").write_text(f"--no-index\n{bad}\n")
    with pytest.raises(Stop, match=r"(?s)could not be installed.*no-such-package"):
        environment.ensure(bare, "demo")
    assert not (bare.venv / environment.STAMP).exists()


def test_disk_filled_by_the_installation_is_one_sentence(bare: Place) -> None:
    fake_uv(bare, "echo 'OSError: [Errno 28] No space left on device'; exit 2")
    with pytest.raises(Stop, match=r"The disk is full: .* about 800 MB"):
        environment.ensure(bare, "demo")


def test_python_without_pip_is_one_sentence(
    bare: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = bare.root / "bin" / "python"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    (bare.venv / "bin").mkdir(parents=True)
    (bare.venv / "bin" / "python").symlink_to(python)
    (bare.venv / environment.STAMP).write_text(
        json.dumps(
            {"interpreter": environment.wanted_stamp(bare, "demo")["interpreter"]}
        )
    )
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(Stop, match="neither pip nor ensurepip"):
        environment.ensure(bare, "demo")


def test_python_without_venv_is_one_sentence(
    bare: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "venv", None)
    with pytest.raises(Stop, match="lacks its venv module"):
        environment.ensure(bare, "demo")


def test_folder_that_is_no_environment_is_not_removed(bare: Place) -> None:
    bare.venv.mkdir()
    (bare.venv / "thesis.txt").touch()
    with pytest.raises(Stop, match="is no Python environment"):
        environment.ensure(bare, "demo")
    assert (bare.venv / "thesis.txt").exists()


def test_link_in_place_of_the_environment_is_not_followed(bare: Place) -> None:
    target = bare.root / "target"
    target.mkdir()
    (target / "pyvenv.cfg").touch()
    bare.venv.symlink_to(target)
    with pytest.raises(Stop, match="is a link"):
        environment.ensure(bare, "demo")
    assert (target / "pyvenv.cfg").exists()


@pytest.mark.parametrize(
    ("system", "machine", "library", "sentence"),
    [
        ("Linux", "x86_64", "", "GNU C library"),
        ("Linux", "riscv64", "glibc", "no build for Linux on riscv64"),
        ("Darwin", "x86_64", "", "no build for Darwin on x86_64"),
    ],
)
def test_machine_without_builds_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    machine: str,
    library: str,
    sentence: str,
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(platform, "libc_ver", lambda: (library, "2.36"))
    with pytest.raises(Stop, match=sentence):
        environment.require_platform()


def test_unwritable_folder_is_an_error_of_the_system(bare: Place) -> None:
    bare.venv.touch()
    with pytest.raises(OSError, match="File exists") as error:
        environment.ensure(bare, "demo")
    assert error.value.errno == errno.EEXIST

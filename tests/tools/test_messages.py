import errno
import os
from pathlib import Path

import pytest

from tools.messages import explain, step, tail


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            errno.ENOSPC,
            "The disk is full (a/file). Free some space and run this again.",
        ),
        (
            errno.EDQUOT,
            "The disk is full (a/file). Free some space and run this again.",
        ),
        (errno.EROFS, "Concord may not read or write here (a/file): Read-only"),
        (errno.EACCES, "Concord may not read or write here (a/file): Permission"),
        (errno.EIO, "The system refused (a/file): Input/output error."),
    ],
)
def test_system_error_becomes_a_sentence(number: int, sentence: str) -> None:
    error = OSError(number, os.strerror(number), "a/file")
    assert explain(error).startswith(sentence)


def test_step_prints_its_name_first_and_its_seconds_after(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with step("Doing"):
        assert capsys.readouterr().err == "  Doing ... "
    assert capsys.readouterr().err.endswith(" s\n")


def test_step_that_fails_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="x"), step("Doing"):
        raise ValueError("x")
    assert capsys.readouterr().err == "  Doing ... stopped\n"


def test_tail_keeps_the_last_lines_and_admits_an_empty_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert tail(log) == "    (nothing was written)"
    log.write_text("".join(f"{number}\n" for number in range(30)))
    assert tail(log, lines=2) == "    28\n    29"

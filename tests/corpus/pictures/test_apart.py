"""A picture may break the process that decodes it, and nothing else."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from corpus.children import INHERITED
from corpus.pictures import apart
from corpus.pictures.apart import Apart, Limits
from corpus.pictures.child import LOOK
from corpus.pictures.decoding import PictureError
from tests.corpus.pictures import hostile
from tests.corpus.pictures.hostile import photo

ODD = "tests.corpus.pictures.odd_child"
PICTURE = photo((64, 48))


@pytest.fixture(scope="module")
def odd() -> Iterator[Apart]:
    """Little time, so that the tests take little."""
    limits = Limits(cpu_seconds=1, wall_seconds=2.5)
    started = Apart(most=2, limits=limits, program=ODD)
    yield started
    started.close()


def refused(pictures: Apart, original: bytes) -> str:
    with pytest.raises(PictureError) as error:
        pictures.look(original)
    return str(error.value)


@pytest.mark.slow
def test_hostile_pictures_are_refused_in_time_by_one_process_that_outlives_them():
    pictures = Apart(most=1)
    pictures.look(PICTURE)
    first = pictures.pids
    said, seconds = {}, {}
    for name, (make, _) in hostile.HOSTILE.items():
        content = make()
        start = time.monotonic()
        said[name] = refused(pictures, content)
        seconds[name] = time.monotonic() - start
    wanted = {name: reason for name, (_, reason) in hostile.HOSTILE.items()}
    assert len(wanted) == 40
    assert {n: said[n] for n in wanted if wanted[n] not in said[n]} == {}
    assert max(seconds.values()) < 10
    for make in hostile.LEGAL.values():
        assert pictures.make(make()).display
    assert pictures.pids == first
    pictures.close()


@pytest.mark.parametrize(
    ("original", "reason"),
    [
        (b"crash", apart.BREAKS),
        (b"speak", apart.BREAKS),
        (b"spin", apart.TOO_LONG),
        (b"sleep", apart.TOO_LONG),
        (b"eat", "the picture takes too much memory to decode"),
    ],
)
def test_a_picture_that_breaks_its_decoder_is_refused_and_the_next_is_drawn(
    odd, original, reason
):
    assert refused(odd, original) == reason
    assert odd.make(PICTURE).width == 64


def test_a_picture_is_not_to_blame_if_somebody_else_kills_the_decoder(odd, tmp_path):
    """The second process finds it sound; it is no picture, and that is the reason."""
    said = refused(odd, f"crash-once {tmp_path / 'mark'}".encode())
    assert said == "this is no JPEG, PNG or WebP picture"
    assert (tmp_path / "mark").exists()


def test_one_process_takes_one_picture_after_the_other(odd):
    odd.look(PICTURE)
    first = odd.pids
    for _ in range(3):
        odd.look(PICTURE)
    assert odd.pids == first


def test_no_more_than_so_many_pictures_are_decoded_at_a_time(odd):
    threads = [threading.Thread(target=odd.make, args=[PICTURE]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(odd.pids) <= 2


def test_a_process_apart_has_no_secret_no_connection_and_no_server_library(odd):
    os.environ["CONCORD_QUOKKA"] = "secret"
    fresh = Apart(most=1, program=ODD)
    try:
        told, _, _ = fresh._ask(LOOK, b"tell")
    finally:
        del os.environ["CONCORD_QUOKKA"]
        fresh.close()
    # LC_CTYPE is of Python's own making, where the locale is plain C.
    known = {"PYTHONPATH", "LC_CTYPE", *INHERITED}
    assert set(str(told["names"]).split(",")) <= known
    assert told["told"] == "[]"
    # The three standard ones, and the one that lists them.
    assert told["files"] == 4


def test_a_program_that_cannot_start_is_no_fault_of_a_picture():
    with pytest.raises(OSError, match="cannot be started"):
        Apart(most=1, program="tests.corpus.pictures.none").look(PICTURE)


def test_processes_end_when_they_are_told_to():
    pictures = Apart(most=1)
    pictures.look(PICTURE)
    (pid,) = pictures.pids
    pictures.close()
    assert pictures.pids == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

import os
import signal
from collections.abc import Iterator

import pytest

from tools import interrupts


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    # Whoever starts the tests under nohup has it ignored.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    interrupts.install()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_becomes_an_exception(number: signal.Signals) -> None:
    with pytest.raises(interrupts.Interrupted, match=number.name) as interrupted:
        os.kill(os.getpid(), number)
    assert interrupted.value.number == number


def test_postponed_signal_arrives_when_the_block_is_done() -> None:
    reached = []

    def work() -> None:
        with interrupts.postponed():
            os.kill(os.getpid(), signal.SIGTERM)
            reached.append("the end")

    with pytest.raises(interrupts.Interrupted):
        work()
    assert reached == ["the end"]


def test_ignored_signal_never_arrives() -> None:
    with interrupts.ignored():
        os.kill(os.getpid(), signal.SIGTERM)
    with interrupts.postponed():
        pass


def test_nohup_stays_in_force() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    interrupts.install()
    os.kill(os.getpid(), signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN

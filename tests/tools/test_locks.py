import json
import threading
import time
from pathlib import Path

from tools import locks


def test_claim_is_for_one_until_released(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    claim = locks.try_claim(path)
    assert claim is not None
    assert locks.try_claim(path) is None
    claim.release()
    again = locks.try_claim(path)
    assert again is not None
    again.release()


def test_holder_reads_what_the_claim_tells(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    claim = locks.try_claim(path)
    assert claim is not None
    claim.tell(command="demo", url="a long address to be replaced")
    claim.tell(command="demo")
    assert set(locks.holder(path)) == {"pid", "command"}
    claim.release()
    assert locks.holder(path) == {}


def test_holder_is_empty_while_the_file_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text(json.dumps({"pid": "1"})[:-3])
    assert locks.holder(path) == {}
    assert locks.holder(tmp_path / "none") == {}


def test_owner_waits_for_the_last_visitor(tmp_path: Path) -> None:
    path, events = tmp_path / "visitors", []

    def bar() -> None:
        owner.bar()
        events.append("in")

    with locks.Door(path) as owner:
        with locks.Door(path) as first, locks.Door(path) as second:
            first.enter()
            second.enter()
            waiting = threading.Thread(
                target=lambda: (owner.bar(), events.append("in"))
            )
            waiting.start()
            time.sleep(0.1)
            events.append("visitors leave")
        waiting.join(5)
    assert events == ["visitors leave", "in"]


def test_folder_lock_makes_the_second_wait(tmp_path: Path) -> None:
    events = []

    def second() -> None:
        with locks.folder_lock(tmp_path):
            events.append("second")

    with locks.folder_lock(tmp_path):
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.1)
        events.append("first")
    waiting.join(5)
    assert events == ["first", "second"]

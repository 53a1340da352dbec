import os
from pathlib import Path

import pytest

from tools import accounts
from tools.messages import Stop


def test_account_without_a_name_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(Stop, match=r"user id 54321, which has no entry"):
        accounts.server_account()


def test_machine_without_a_lesser_account_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(accounts, "CANDIDATES", ("nobody-of-that-name",))
    with pytest.raises(Stop, match="Start Concord as an ordinary user"):
        accounts.server_account()


@pytest.mark.parametrize(
    ("parent", "file", "expected"),
    [(0o755, 0o755, True), (0o700, 0o755, False), (0o755, 0o700, False)],
)
def test_open_means_every_folder_on_the_way(
    open_folder: Path, parent: int, file: int, expected: bool
) -> None:
    path = open_folder / "folder" / "program"
    path.parent.mkdir()
    path.touch()
    path.chmod(file)
    path.parent.chmod(parent)
    assert accounts.is_open_to_others(path) is expected


def test_folder_made_by_somebody_else_is_refused(open_folder: Path) -> None:
    theirs, link = open_folder / "theirs", open_folder / "link"
    theirs.mkdir()
    link.symlink_to(theirs)
    with pytest.raises(Stop, match="belongs to another user"):
        accounts.own_folder(link, mode=0o700)

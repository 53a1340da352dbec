"""Whom Postgres runs as, since it refuses to run as root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from tools.messages import Stop

CANDIDATES = ("postgres", "nobody")
PASSABLE = stat.S_IXOTH
READABLE = stat.S_IROTH | stat.S_IXOTH


@dataclass(frozen=True)
class Account:
    """An account of this machine with as few rights as possible."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """The account to drop to, or None when this process is not root."""
    if os.geteuid() != 0:
        _require_a_name()
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Stop(
        "Postgres does not run as root, and this machine has neither a 'postgres' nor a"
        " 'nobody' account to run it as. Start Concord as an ordinary user."
    )


def _require_a_name() -> None:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Stop(
            f"Postgres cannot run as user id {os.geteuid()}, which has no entry in the"
            " password file. Add one, or set DATABASE_URL to a running Postgres."
        ) from None


def is_open_to_others(path: Path) -> bool:
    """Whether any account may reach `path` and read it."""
    path = path.resolve()
    if path.stat().st_mode & READABLE != READABLE:
        return False
    return all(parent.stat().st_mode & PASSABLE for parent in path.parents)


def own_folder(path: Path, *, mode: int) -> Path:
    """Make a folder in a place open to all; stop if somebody else made it first."""
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    found = path.lstat()
    if found.st_uid != os.geteuid() or not stat.S_ISDIR(found.st_mode):
        raise Stop(f"{path} belongs to another user. Remove it and run this again.")
    path.chmod(mode)
    return path

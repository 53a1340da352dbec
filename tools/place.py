"""Where things lie: the checkout, the data folder, and what each holds."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.messages import Stop

MARKER = "CONCORD"
MARKER_TEXT = "A Concord data folder: `./run demo --fresh` empties it.\n"
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Place:
    """One checkout with one data folder; two places never share a service."""

    root: Path
    data: Path

    @property
    def venv(self) -> Path:
        """The Python environment, one for all data folders of a checkout."""
        return self.root / ".venv"

    @property
    def logs(self) -> Path:
        """One file per child."""
        return self.data / "logs"

    @property
    def lock(self) -> Path:
        """Held by whoever owns the services of this data folder."""
        return self.data / "lock"

    @property
    def visitors(self) -> Path:
        """Locked by every command that uses the services without owning them."""
        return self.data / "visitors"

    @property
    def token(self) -> str:
        """Twelve characters that stand for the data folder in names elsewhere."""
        return digest(str(self.data))

    def private(self, name: str) -> "Place":
        """A second data folder, for tests and benchmarks, that never meets the first."""
        return Place(self.root, self.data / name)


def digest(text: str) -> str:
    """Twelve hexadecimal characters of SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def find_place(environ: Mapping[str, str], *, root: Path = ROOT) -> Place:
    """The checkout this file lies in, with its data folder or the one CONCORD_DATA names."""
    named = environ.get("CONCORD_DATA")
    data = Path(named).expanduser().resolve() if named else root / ".data"
    return Place(root, data)


def prepare(place: Place) -> None:
    """Make the data folder, or stop because what lies there is somebody else's."""
    marker = place.data / MARKER
    if not marker.exists():
        foreign = place.data.is_dir() and any(place.data.iterdir())
        if foreign and not place.data.is_relative_to(place.root / ".data"):
            raise Stop(
                f"{place.data} holds files that are not Concord's."
                " Let CONCORD_DATA name an empty folder."
            )
        # Root's Postgres runs as another account, which must be able to pass through.
        place.data.mkdir(
            mode=0o700 if os.geteuid() else 0o711, parents=True, exist_ok=True
        )
        marker.write_text(MARKER_TEXT)
    if place.data.stat().st_uid != os.geteuid():
        raise Stop(
            f"{place.data} belongs to another user. Run as that user, or let CONCORD_DATA"
            " name a folder of your own."
        )
    for folder in (place.logs, place.data / "static", place.data / "media"):
        folder.mkdir(exist_ok=True)


def clear(place: Place) -> None:
    """Empty the data folder, sparing what is locked now and data folders inside it."""
    if not (place.data / MARKER).exists():
        raise Stop(f"{place.data} has no {MARKER} file in it, so it is left alone.")
    for entry in place.data.iterdir():
        if entry.name in {MARKER, place.lock.name, place.visitors.name}:
            continue
        if entry.is_symlink() or not entry.is_dir():
            entry.unlink()
        elif not (entry / MARKER).exists():
            shutil.rmtree(entry)


def secret_key(place: Place) -> str:
    """The random key of this data folder, made once and kept for its owner's eyes only."""
    path = place.data / "secret_key"
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w") as file:
            file.write(secrets.token_urlsafe(60))
        fresh.replace(path)
    return path.read_text().strip()

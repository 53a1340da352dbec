"""The files of all parts become one folder and one archive, and are on disk."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

from quality.exporting import parts

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
FINAL = ".final"


def assembled(home: Path, written: dict[str, dict[str, Any]]) -> Path:
    """The files of all parts in one folder, the parts being left as they are."""
    final = home / FINAL
    shutil.rmtree(final, ignore_errors=True)
    final.mkdir()
    for unit in written:
        for path in sorted((home / unit).rglob("*")):
            target = final / path.relative_to(home / unit)
            if path.is_file() and path.name != parts.FACTS and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                _place(path, target)
    return final


def _place(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def pack(folder: Path, archive: Path) -> Path:
    """The same files as one zip, byte for byte the same each time."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as zipped:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), ZIP_EPOCH)
            info.external_attr = 0o644 << 16
            with (
                path.open("rb") as source,
                zipped.open(info, "w", force_zip64=True) as target,
            ):
                shutil.copyfileobj(source, target, 1 << 20)
    return archive


def sync(*paths: Path) -> None:
    """These files, and these folders as lists of names, are on disk."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

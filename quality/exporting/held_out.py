"""What may not be a benchmark any more: pictures that a training set has shown.

The other way round, training sets leave out every picture of a benchmark of their
project while they are selected.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from annotation.models import Project
from corpus.formats.release import ReleaseError, ReleaseKey
from corpus.formats.splits import TRAIN, split_of_picture
from quality.exporting.sidecar import PROVENANCE
from quality.models import Release
from quality.selecting import Selection


def spent(selection: Selection) -> Iterator[tuple[ReleaseKey, str]]:
    """The accepted items whose picture is in a training set, and in which."""
    shown = _shown(selection.project)
    if not shown:
        return
    for dataset, key, sha256 in selection.pictures():
        if release := shown.get(sha256):
            yield ReleaseKey(dataset, key, ""), f"its image is trained on in {release}"


def _shown(project: Project) -> dict[str, str]:
    """The pictures of the project's training sets, with the first release of each.

    Those held out as a test split have taught nobody.
    """
    found: dict[str, str] = {}
    design = Release.Design.TRAINING
    for release in project.releases.filter(design=design).order_by("number"):
        share = release.manifest["wish"]["test_share"]
        for language in release.all_languages:
            column = _pictures(release, language)
            for sha256 in filter(None, column.unique().to_pylist()):
                if split_of_picture(sha256, share) == TRAIN:
                    found.setdefault(sha256, str(release))
    return found


def _pictures(release: Release, language: str) -> Any:
    path = release.folder / PROVENANCE / f"{language}.parquet"
    try:
        return pq.read_table(path, columns=["image_sha256"]).column(0)
    except (FileNotFoundError, pa.ArrowInvalid):
        raise ReleaseError(
            f"{release} does not say any more which pictures it holds: "
            f"{PROVENANCE}/{path.name} is lost or older than that rule. A benchmark "
            "could repeat them. Put the files back."
        ) from None

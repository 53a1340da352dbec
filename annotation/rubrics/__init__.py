"""What people are asked: ready rubrics, a project's own, and their versions."""

from annotation.rubrics.carrying import (
    STALE,
    carried,
    ratings_still_asked,
    require_present,
)
from annotation.rubrics.changing import change
from annotation.rubrics.ready import GROUNDING, READY, Ready
from annotation.rubrics.stored import ready, standard, wording_of, wording_of_ready
from annotation.rubrics.versions import MOST_COUNTED, Version, judgments_under, versions
from annotation.rubrics.wording import MOST_CRITERIA, Wording, read

__all__ = [
    "GROUNDING",
    "MOST_COUNTED",
    "MOST_CRITERIA",
    "READY",
    "STALE",
    "Ready",
    "Version",
    "Wording",
    "carried",
    "change",
    "judgments_under",
    "ratings_still_asked",
    "read",
    "ready",
    "require_present",
    "standard",
    "versions",
    "wording_of",
    "wording_of_ready",
]

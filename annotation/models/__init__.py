"""The rows of stages 1 to 4, by noun."""

from annotation.models.corpus import Dataset, Image, Item
from annotation.models.defects import Defect
from annotation.models.editing import Editor
from annotation.models.events import Event
from annotation.models.generation import GenerationJob
from annotation.models.jobs import Job
from annotation.models.judgments import Judgment, Rating
from annotation.models.machine import MachineJudgment, MachineRating
from annotation.models.people import AccessToken, Direction, Membership, Role, User
from annotation.models.projects import Criterion, Project, Rubric
from annotation.models.proposals import (
    Authorship,
    Candidate,
    Control,
    Provenance,
)
from annotation.models.settled import Settled
from annotation.models.spans import Span
from annotation.models.work import Assignment, Draft, QueueCursor, Slot

__all__ = [
    "AccessToken",
    "Assignment",
    "Authorship",
    "Candidate",
    "Control",
    "Criterion",
    "Dataset",
    "Defect",
    "Direction",
    "Draft",
    "Editor",
    "Event",
    "GenerationJob",
    "Image",
    "Item",
    "Job",
    "Judgment",
    "MachineJudgment",
    "MachineRating",
    "Membership",
    "Project",
    "Provenance",
    "QueueCursor",
    "Rating",
    "Role",
    "Rubric",
    "Settled",
    "Slot",
    "Span",
    "User",
]

"""The rows of stages 5 to 7, by noun."""

from quality.models.decisions import Decision, Ruling
from quality.models.machines import MachineAgreement
from quality.models.measurements import Measurement
from quality.models.releases import Release
from quality.models.reliability import Reliability

__all__ = [
    "Decision",
    "MachineAgreement",
    "Measurement",
    "Release",
    "Reliability",
    "Ruling",
]

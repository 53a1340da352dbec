"""What an engine is: something that answers one job with text and its provenance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from worker.protocol import GenerationJob, Provenance, ReasonClass, Task


@dataclass(frozen=True, slots=True)
class Generation:
    """Raw output, not yet taken apart, and what produced it."""

    text: str
    provenance: Provenance


class EngineError(Exception):
    """The engine has no answer. `raw_output` keeps a text that cannot be used."""

    def __init__(
        self, reason_class: ReasonClass, message: str, raw_output: str = ""
    ) -> None:
        super().__init__(message)
        self.reason_class = reason_class
        self.raw_output = raw_output


class Engine(Protocol):
    """Answers jobs. `wants_image` says whether it looks at the picture's bytes.

    `tasks` are those it does, `judges` the names it goes by where it judges.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def wants_image(self) -> bool: ...

    @property
    def tasks(self) -> tuple[Task, ...]: ...

    @property
    def judges(self) -> tuple[str, ...]: ...

    def generate(self, job: GenerationJob, image: bytes | None) -> Generation:
        """The text for a job. Raises EngineError."""
        ...

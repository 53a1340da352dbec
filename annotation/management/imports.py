"""What the commands that import a file print while it is read, and at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError

from annotation.models import Job


def progress(command: BaseCommand) -> Callable[[str, int, int | None], None]:
    """Writes how far a job is over its own line, where somebody is looking."""

    def write(step: str, done: int, total: int | None) -> None:
        if sys.stderr.isatty():
            share = f" ({min(100 * done // total, 100)} %)" if total else ""
            command.stderr.write(f"\r{done:,} {step}{share}", ending="")

    return write


def finish(command: BaseCommand, job: Job, more_from: str = "") -> None:
    """Print what was refused and the totals. Raises CommandError for a failed job.

    `more_from` says how to see the refused rows that were not kept.
    """
    if job.state != Job.State.DONE:
        raise CommandError(job.error or f"The import is {job.state}.")
    for line in job.result["errors"]:
        command.stderr.write(line)
    if more := job.result["refused"] - len(job.result["errors"]):
        command.stderr.write(f"and {more:,} more{more_from}")
    if mind := job.result.get("mind"):
        command.stderr.write(command.style.WARNING(mind))
    command.stdout.write(
        "{added:,} added, {unchanged:,} unchanged, {refused:,} refused".format(
            **job.result
        )
    )

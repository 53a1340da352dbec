"""What the commands that import a file print while it is read, and at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError

from annotation.models import Job
from corpus.plain_text import counted

#: Warnings that are printed; there may be one for each row.
SHOWN = 20


def progress(command: BaseCommand) -> Callable[[str, int, int | None], None]:
    """Writes how far a job is over its own line, where somebody is looking."""

    def write(step: str, done: int, total: int | None) -> None:
        if sys.stderr.isatty():
            share = f" ({min(100 * done // total, 100)} %)" if total else ""
            command.stderr.write(f"\r{done:,} {step}{share}", ending="")

    return write


def finish(command: BaseCommand, job: Job, more_from: str = "") -> None:
    """Print what was refused, what is odd, and the totals.

    `more_from` says how to see the refused rows that were not kept. Raises CommandError
    for a failed job, and if rows were refused: what went in stays.
    """
    if job.state != Job.State.DONE:
        raise CommandError(job.error or f"The import is {job.state}.")
    found = job.result
    for line in found["errors"]:
        command.stderr.write(line)
    if more := found["refused"] - len(found["errors"]):
        command.stderr.write(f"and {more:,} more{more_from}")
    warnings = found.get("warnings", [])
    for line in warnings[:SHOWN]:
        command.stderr.write(f"odd: {line}")
    if more := len(warnings[SHOWN:]):
        command.stderr.write(f"odd: and {more:,} more, on the page of the jobs")
    if mind := found.get("mind"):
        command.stderr.write(command.style.WARNING(mind))
    if read := found.get("read"):
        command.stdout.write(read)
    command.stdout.write(
        "{added:,} added, {unchanged:,} unchanged, {refused:,} refused".format(**found)
    )
    if refused := found["refused"]:
        raise CommandError(_left(refused))


def _left(refused: int) -> str:
    rows = counted(refused, "row was", "rows were")
    return (
        f"{rows} refused, as told above; what is good went in. Mend the file and import "
        "it again."
    )

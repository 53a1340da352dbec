"""Fetches the pictures of a project that are known by their address alone."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import fetching, jobs
from annotation.management.projects import project_of
from annotation.models import Job


class Command(BaseCommand):
    help = "Fetches what is pending, here and now, until nothing is due any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument(
            "--again", action="store_true", help="also those that were gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        asked = fetching.revive(project) if options["again"] else fetching.ask(project)
        if asked is None:
            self.stdout.write("nothing is due")
        while asked is not None:
            job = jobs.see_through(asked.pk, report=self._progress)
            self._say(job)
            # A turn is not the whole; where another job has it, beat sees to the rest.
            asked = None if "waiting" in job.result else fetching.ask(project)

    def _progress(self, step: str, done: int, total: int | None) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {total or 0:,} {step}", ending="")

    def _say(self, job: Job) -> None:
        if job.state != Job.State.DONE:
            raise CommandError(job.error or f"The job is {job.state}.")
        said = (f"{name}: {value}" for name, value in job.result.items())
        self.stdout.write(", ".join(said).replace("_", " "))

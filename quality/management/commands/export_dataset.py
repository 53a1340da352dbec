"""./run manage export_dataset PROJECT training|benchmark [--languages fr,de] [--to DIR]"""

import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import jobs
from annotation.errors import ConcordError
from annotation.management.projects import project_of
from annotation.models import Job
from corpus.formats.arms import ARMS
from quality import exporting
from quality.models import Release


class Command(BaseCommand):
    help = "Release what a project's policy accepts, with manifest, card and checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument("design", choices=Release.Design.values)
        parser.add_argument("--languages", default="", help="all by default")
        parser.add_argument(
            "--addresses-only", action="store_true", help="no pictures in the parquet"
        )
        parser.add_argument(
            "--formats",
            help=f"of a training set: {', '.join(exporting.TRAINING_FORMATS)}",
        )
        parser.add_argument(
            "--test-share",
            type=float,
            default=0,
            help=f"of the pictures, 0 to {exporting.MOST_HELD_OUT}",
        )
        parser.add_argument("--arm", default="", choices=["", *ARMS])
        parser.add_argument(
            "--no-english", action="store_true", help="without the English sources"
        )
        parser.add_argument("--to", type=Path, help="also copy it to this new folder")

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        if options["to"] and options["to"].exists():
            raise CommandError(f"{options['to']} is there already; name a new folder.")
        languages = [code for code in options["languages"].split(",") if code]
        try:
            job = exporting.ask(
                project=project,
                design=options["design"],
                languages=languages or project.target_languages,
                **self._choices(options),
            )
        except ConcordError as error:
            raise CommandError(str(error)) from None
        self._finish(jobs.see_through(job.pk, report=self._progress), options["to"])

    def _choices(self, options: dict[str, Any]) -> dict[str, Any]:
        formats = options["formats"]
        return {
            "english": not options["no_english"],
            "formats": formats and [name for name in formats.split(",") if name],
            "embed_images": not options["addresses_only"],
            "test_share": options["test_share"],
            "arm": options["arm"],
        }

    def _progress(self, step: str, done: int, total: int | None) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{step} …")

    def _finish(self, job: Job, target: Path | None) -> None:
        if job.state != Job.State.DONE:
            raise CommandError(job.error or f"The release is {job.state}.")
        release = Release.objects.select_related("project").get(
            pk=job.result["release"]
        )
        folder = release.folder
        if target:
            shutil.copytree(folder, target)
            folder = target
        self.stdout.write(f"Release {release.number}: {release.items} items")
        for reason, count in sorted(release.left_out.items()):
            self.stdout.write(f"  left out, {reason}: {count}")
        for note in release.manifest.get("notes", []):
            self.stdout.write(f"  note: {note}")
        self.stdout.write(str(folder))

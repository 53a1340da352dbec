"""./run manage export_dataset PROJECT training|benchmark [--datasets a,b] [--to DIR]"""

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
from corpus.languages import NAMES
from corpus.plain_text import counted
from quality import exporting
from quality.models import Release

TRAINING: dict[str, dict[str, Any]] = {
    "--formats": {
        "metavar": "NAME,NAME",
        "help": f"some of {', '.join(exporting.TRAINING_FORMATS)}; default: parquet",
    },
    "--test-share": {
        "type": float,
        "default": 0,
        "metavar": "SHARE",
        "help": "how much of the pictures is held out as the split test, the same ones "
        f"in every language, from 0 to {exporting.MOST_HELD_OUT}; default: 0, no split",
    },
    "--arm": {
        "default": "",
        "choices": ["", *ARMS],
        "metavar": "ARM",
        "help": "one arm of an ablation: english or multilingual (the same pictures and "
        "as many examples, all in English or each in one language) or native (what "
        "people wrote, beside its English); default: no arm, everything",
    },
    "--addresses-only": {
        "action": "store_true",
        "help": "addresses in place of pictures; default: the pictures are in the files",
    },
}


class Command(BaseCommand):
    help = "Release what a project's policy accepts, with manifest, card and checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument(
            "design",
            choices=Release.Design.values,
            help="training: captions, questions and conversations to train on; "
            "benchmark: multiple choice and yes or no, the same items in every language",
        )
        parser.add_argument(
            "--languages",
            default="",
            metavar="fr,de",
            help="default: all target languages of the project",
        )
        parser.add_argument(
            "--datasets",
            default="",
            metavar="NAME,NAME@REVISION",
            help="which of the project's datasets, for licences that must not go out "
            "together; a name alone means all its revisions; default: all datasets",
        )
        parser.add_argument(
            "--no-english",
            action="store_true",
            help="without the English sources; default: with them",
        )
        parser.add_argument(
            "--to",
            type=Path,
            metavar="FOLDER",
            help="also copy the release to this new folder; default: it stays in the "
            "data folder alone, and its path is printed",
        )
        training = parser.add_argument_group(
            "of a training set",
            "A benchmark is released whole and takes none of these.",
        )
        for name, told in TRAINING.items():
            training.add_argument(name, **told)

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        if options["to"] and options["to"].exists():
            raise CommandError(f"{options['to']} is there already; name a new folder.")
        languages = _listed(options["languages"])
        try:
            job = exporting.ask(
                project=project,
                design=options["design"],
                languages=languages or project.target_languages,
                datasets=_listed(options["datasets"]) or None,
                **self._choices(options),
            )
        except ConcordError as error:
            raise CommandError(str(error)) from None
        self._finish(jobs.see_through(job.pk, report=self._progress), options["to"])

    def _choices(self, options: dict[str, Any]) -> dict[str, Any]:
        formats = options["formats"]
        return {
            "english": not options["no_english"],
            "formats": formats and _listed(formats),
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
        items = counted(release.items, "item", "items")
        self.stdout.write(f"Release {release.number}: {items}")
        for reason, count in sorted(release.left_out.items()):
            self.stdout.write(f"  left out, {reason}: {count}")
        for language, splits in release.rows:
            told = ", ".join(f"{rows} {split}" for split, rows in splits)
            self.stdout.write(f"  rows in {NAMES[language]}: {told or 'none'}")
        for note in release.notes:
            self.stdout.write(f"  note: {note}")
        self.stdout.write(str(folder))


def _listed(names: str) -> list[str]:
    """What stands between the commas."""
    return [name for part in names.split(",") if (name := part.strip())]

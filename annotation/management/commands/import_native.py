"""./run manage import_native FILE --project P --dataset D --language de ..."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import jobs, native
from annotation.errors import ConcordError
from annotation.management.imports import finish, progress
from annotation.management.projects import project_of


class Command(BaseCommand):
    help = "Read texts that people wrote in their own language, for imported items."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help='JSON lines {"key": ..., "content": {...}, "author": ...}; '
            '"image": {"sha256": ...} may stand for the key',
        )
        parser.add_argument("--project", required=True, help="the project's code")
        parser.add_argument("--dataset", required=True, help="whose items they are for")
        parser.add_argument("--revision", default="", help="of the dataset")
        parser.add_argument("--language", required=True, help="of the texts, as in de")
        parser.add_argument(
            "--source", required=True, help="the collection that the texts are from"
        )
        parser.add_argument("--licence", required=True, help="SPDX id of the texts")
        parser.add_argument(
            "--attribution", default="", help="whom to credit; the source by default"
        )
        parser.add_argument(
            "--strict", action="store_true", help="one bad row and nothing goes in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        terms = {name: options[name] for name in ("source", "licence", "attribution")}
        try:
            dataset = native.dataset_named(
                project, options["dataset"], options["revision"]
            )
            job = native.ask(
                collection=native.Collection(
                    dataset, options["language"], native.Terms(**terms)
                ),
                path=str(options["file"].resolve()),
                strict=options["strict"],
            )
        except ConcordError as error:
            raise CommandError(str(error)) from None
        finish(self, jobs.see_through(job.pk, report=progress(self)))

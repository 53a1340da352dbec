"""./run manage import_dataset PROJECT SOURCE FILE [--images FOLDER] [--strict]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import importing, jobs
from annotation.errors import ConcordError
from annotation.management.imports import finish, progress
from annotation.management.projects import project_of
from corpus.sources import READERS


class Command(BaseCommand):
    help = "Read a file in the true schema of its source into a project."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument("source", choices=sorted(READERS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--name", help="of the dataset; the source's by default")
        parser.add_argument(
            "--revision",
            help=f"of the upstream data; {importing.UNVERSIONED} by default",
        )
        parser.add_argument("--licence", help="SPDX id; the source's by default")
        parser.add_argument("--licence-url", default="")
        parser.add_argument("--attribution", help="the source's by default")
        parser.add_argument(
            "--images", type=Path, help="folder with the pictures of addressed images"
        )
        parser.add_argument(
            "--strict", action="store_true", help="one bad row and nothing goes in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        images = options["images"]
        if images is not None and not images.is_dir():
            raise CommandError(f"There is no folder {images}.")
        try:
            job = importing.ask(
                project=project,
                source=options["source"],
                path=str(options["file"].resolve()),
                images=str(images.resolve()) if images else "",
                **{
                    name: options[name]
                    for name in (
                        "name",
                        "revision",
                        "licence",
                        "licence_url",
                        "attribution",
                        "strict",
                    )
                },
            )
        except ConcordError as error:
            raise CommandError(str(error)) from None
        ended = jobs.see_through(job.pk, report=progress(self))
        finish(self, ended, more_from="; check_file --all names them all")

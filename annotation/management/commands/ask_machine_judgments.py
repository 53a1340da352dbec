"""./run manage ask_machine_judgments PROJECT JUDGE --languages fr,de"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import machine_rating
from annotation.errors import ConcordError
from annotation.management.projects import project_of
from corpus.plain_text import counted


class Command(BaseCommand):
    help = "Ask a model for its judgments of a project's candidates; asks once each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument(
            "judge", help="the model's name, or name@revision, as its worker gives it"
        )
        parser.add_argument("--languages", default="", help="fr,de; all by default")

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        languages = [code for code in options["languages"].split(",") if code]
        new, left = 0, 1
        while left:
            try:
                asked = machine_rating.ask(
                    project=project, judge=options["judge"], languages=languages
                )
            except ConcordError as error:
                raise CommandError(str(error)) from None
            new, left = new + asked.new, asked.left if asked.new else 0
        waiting = counted(new, "candidate is", "candidates are")
        self.stdout.write(f"{waiting} waiting for {options['judge']}")

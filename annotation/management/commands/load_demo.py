"""./run manage load_demo, against a server that is running"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import demonstrating
from annotation.errors import ConcordError


class Command(BaseCommand):
    help = "Load the demonstration project; a second time changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            project = demonstrating.load(self.stdout.write)
        except ConcordError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{project.candidates.count()} candidates in {project}.")

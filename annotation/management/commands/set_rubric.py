"""./run manage set_rubric PROJECT FILE.json --by USERNAME"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import rubrics
from annotation.errors import ConcordError, Invalid
from annotation.management.projects import project_of
from annotation.models import User
from annotation.visibility import Viewer


class Command(BaseCommand):
    help = "Make the next version of a project's rubric from a file of show_rubric."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="username of a lead")

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        lead = User.objects.filter(username=options["by"]).first()
        if lead is None:
            raise CommandError(f"There is nobody called {options['by']!r}.")
        try:
            wording = rubrics.read(_read(options["file"]))
            made = rubrics.change(
                project=project, by=Viewer.of_user(lead), **wording.to_json()
            )
        except Invalid as error:
            lines = [f"{found.field}: {found.message}" for found in error.findings]
            raise CommandError("\n".join(lines or [str(error)])) from None
        except ConcordError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{project} asks {made} from now on.")


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CommandError(f"{file} cannot be read as JSON: {error}") from None

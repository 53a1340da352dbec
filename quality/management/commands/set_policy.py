"""./run manage set_policy PROJECT POLICY --by USERNAME"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation.errors import ConcordError
from annotation.management.projects import project_of
from annotation.models import User
from annotation.visibility import Viewer
from quality.changing_policy import change_policy


class Command(BaseCommand):
    help = "Have a project decide by a newer policy; what is complete is decided again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument("policy", help="such as majority/2")
        parser.add_argument("--by", required=True, help="username of a lead")

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        lead = User.objects.filter(username=options["by"]).first()
        if lead is None:
            raise CommandError(f"There is nobody called {options['by']!r}.")
        by = Viewer.of_user(lead)
        try:
            again = change_policy(project=project, policy=options["policy"], by=by)
        except ConcordError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{project} decides by {options['policy']} from now on. Candidates that "
            f"are decided again: {again}."
        )

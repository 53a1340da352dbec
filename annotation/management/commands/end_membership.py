"""./run manage end_membership PROJECT USERNAME ROLE"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import leaving
from annotation.errors import ConcordError
from annotation.management.projects import project_of
from annotation.models import Membership, Role
from corpus.plain_text import counted


class Command(BaseCommand):
    help = "End a person's role in a project: access ends at once, answers stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument("username")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        name, role = options["username"], options["role"]
        found = Membership.objects.filter(
            project=project, user__username=name, role=role
        ).first()
        if found is None:
            raise CommandError(f"{name} is not {role} of {project}.")
        try:
            returned = leaving.end(membership=found, by=None)
        except ConcordError as error:
            raise CommandError(str(error)) from None
        items = counted(returned, "item goes", "items go")
        self.stdout.write(f"{name} is not {role} of {project} any more.")
        if returned:
            self.stdout.write(f"{items} back into the queue.")

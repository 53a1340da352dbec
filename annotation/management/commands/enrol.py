"""./run manage enrol PROJECT USERNAME ROLE --languages fr,de"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import enrolling
from annotation.errors import ConcordError
from annotation.management.projects import project_of
from annotation.models import Role, User


class Command(BaseCommand):
    help = "Give a person a role in a project; prints their log-in link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument("username", help="the person is made if new")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--languages", default="", help="annotators: fr,de")
        parser.add_argument("--name", default="", help="full name shown to others")

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        user, _ = User.objects.get_or_create(username=options["username"])
        if options["name"]:
            user.first_name, _, user.last_name = options["name"].partition(" ")
            user.save(update_fields=["first_name", "last_name"])
        languages = [code for code in options["languages"].split(",") if code]
        try:
            enrolling.enrol(
                project=project, user=user, role=options["role"], languages=languages
            )
        except ConcordError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{user} is {options['role']} of {project}. Log-in link:")
        self.stdout.write(enrolling.login_link(user))

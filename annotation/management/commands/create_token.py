"""./run manage create_token PROJECT --role worker --name NAME"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import enrolling
from annotation.errors import ConcordError
from annotation.management.projects import project_of
from annotation.models import AccessToken, User


class Command(BaseCommand):
    help = "Make an access token and print its secret, this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument("--role", choices=AccessToken.Scope.values, required=True)
        parser.add_argument("--name", default="")
        parser.add_argument("--user", default="", help="for every role but worker")
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_of(options["project"])
        try:
            _, secret = enrolling.make_token(
                project=project,
                role=options["role"],
                name=options["name"],
                user=User.objects.filter(username=options["user"]).first(),
                by=None,
                days=options["days"],
            )
        except ConcordError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(secret)

"""./run manage login_link USERNAME"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import enrolling
from annotation.models import User


class Command(BaseCommand):
    help = "Print an address that logs a person in, good for a week."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is nobody called {options['username']!r}.")
        self.stdout.write(enrolling.login_link(user))

"""./run manage create_project CODE NAME --languages fr,de --lead USER --rubric caption"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import enrolling, rubrics
from annotation.errors import ConcordError
from annotation.models import User


class Command(BaseCommand):
    help = "Make a project with a ready rubric; the lead is made if new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="short name for addresses, such as pixmo-de")
        parser.add_argument("name")
        parser.add_argument("--languages", required=True, help="such as fr,de,it,es")
        parser.add_argument("--overlap", type=int, default=3)
        parser.add_argument(
            "--rubric", choices=rubrics.READY, default="standard", help="what is asked"
        )
        parser.add_argument("--lead", required=True, help="username")

    def handle(self, *args: Any, **options: Any) -> None:
        lead, _ = User.objects.get_or_create(username=options["lead"])
        try:
            project = enrolling.create_project(
                code=options["code"],
                name=options["name"],
                languages=options["languages"].split(","),
                overlap=options["overlap"],
                lead=lead,
                rubric=options["rubric"],
            )
        except ConcordError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Made {project.code}. {lead} logs in with:")
        self.stdout.write(enrolling.login_link(lead))

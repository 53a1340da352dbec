"""./run manage show_rubric PROJECT > rubric.json, or show_rubric --ready caption"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation import rubrics
from annotation.management.projects import project_of


class Command(BaseCommand):
    help = "Print what a project asks, or a ready rubric, as set_rubric takes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", nargs="?", help="the project's code")
        parser.add_argument("--ready", choices=rubrics.READY, help="a ready rubric")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["project"]) == bool(options["ready"]):
            raise CommandError("Name a project, or a ready rubric with --ready.")
        if options["ready"]:
            wording = rubrics.wording_of_ready(options["ready"])
        else:
            wording = rubrics.wording_of(project_of(options["project"]).rubric)
        shown = json.dumps(wording.to_json(), ensure_ascii=False, indent=2)
        self.stdout.write(shown)

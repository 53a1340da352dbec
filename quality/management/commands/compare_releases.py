"""./run manage compare_releases PROJECT OLDER NEWER"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation.errors import ConcordError
from corpus.plain_text import counted
from quality import comparing
from quality.comparing import Change, Comparison
from quality.models import Release

#: Changes that are listed unless all are asked for.
SHOWN = 20


class Command(BaseCommand):
    help = "Say what was added, removed and changed between two releases, and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's code")
        parser.add_argument("older", type=int, help="number of the older release")
        parser.add_argument("newer", type=int, help="number of the newer release")
        parser.add_argument(
            "--all",
            action="store_true",
            help=f"list every change, before the totals; default: the first {SHOWN}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        older, newer = (
            self._release(options["project"], options[name])
            for name in ("older", "newer")
        )
        found = Comparison(older, newer)
        try:
            for change in comparing.changes(older, newer, found):
                found.add(change, most=0 if options["all"] else SHOWN)
                if options["all"]:
                    self._print(change)
        except ConcordError as error:
            raise CommandError(str(error)) from None
        same = counted(found.same, "text is", "texts are")
        other = counted(found.total, "is", "are")
        self.stdout.write(f"{same} the same, {other} not.")
        for kind, why, n in found.by_reason:
            self.stdout.write(f"  {n} {kind}: {why}")
        for change in found.shown:
            self._print(change)
        if not options["all"] and (more := found.total - len(found.shown)):
            self.stdout.write(f"and {more:,} more; --all lists them")

    def _print(self, change: Change) -> None:
        self.stdout.write(
            f"{change.kind}\t{change.language}\t{change.id}\t{change.why}"
        )

    def _release(self, code: str, number: int) -> Release:
        found = Release.objects.filter(project__code=code, number=number).first()
        if found is None:
            raise CommandError(f"There is no release {number} of {code!r}.")
        return found

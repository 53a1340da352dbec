"""./run manage verify_release FOLDER [--manifest SHA256]"""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from corpus.formats import manifest
from corpus.plain_text import counted

#: Digits of a hash that the page of the releases shows.
LEAST_DIGITS = 12


class Command(BaseCommand):
    help = "Check that an unpacked release is whole, and say what differs."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where it is unpacked")
        parser.add_argument(
            "--manifest",
            default="",
            help="the hash that the page of the releases shows, or its beginning: "
            "the checksums in the folder prove nothing of who wrote them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, wanted = options["folder"], options["manifest"].lower().rstrip("…")
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder: unpack the release first.")
        if wanted and not re.fullmatch(f"[0-9a-f]{{{LEAST_DIGITS},64}}", wanted):
            raise CommandError(
                f"--manifest takes {LEAST_DIGITS} to 64 digits of a SHA-256."
            )
        problems = manifest.verify(folder)
        if wanted and not problems:
            problems = _unlike(folder, wanted)
        for problem in problems:
            # A name may hold what makes a terminal do things.
            self.stdout.write(problem if problem.isprintable() else ascii(problem))
        if problems:
            faults = counted(len(problems), "fault", "faults")
            raise CommandError(f"The release is not whole: {faults}.")
        self.stdout.write("The release is whole.")


def _unlike(folder: Path, wanted: str) -> list[str]:
    found = manifest.digest(folder / manifest.MANIFEST)
    if found.startswith(wanted):
        return []
    return [f"{manifest.MANIFEST} has the hash {found}, not {wanted}."]

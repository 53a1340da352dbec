"""./run manage check_file FILE [--source NAME] [--candidates FILE] [--json] [--all]"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation.images import fault
from corpus.languages import ENGLISH, NAMES
from corpus.plain_text import counted, storable
from corpus.record import Record, RowError, merged
from corpus.sources import READERS, Source, SourceError
from corpus.sources.candidates import Trial
from corpus.sources.guessing import guess, require
from corpus.sources.survey import Survey

SHOWN = 20
PROGRESS_EVERY = 1_000


class Command(BaseCommand):
    help = "Read a file as an import would, and say what is in it. Imports nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source",
            choices=sorted(READERS),
            help="whose format it is; by default its columns tell",
        )
        parser.add_argument(
            "--candidates",
            type=Path,
            help='JSON lines {"key", "language", "content"} to run the checks on',
        )
        parser.add_argument(
            "--languages",
            default="",
            help="of the project, such as fr,de, beside English; all by default",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument(
            "--all", action="store_true", help=f"every bad row, not the first {SHOWN}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, keep = options["file"], None if options["all"] else SHOWN
        survey = Survey(fault=fault, keep=keep)
        spoken = _spoken(options["languages"])
        trial = Trial(keep, spoken) if options["candidates"] else None
        try:
            source = READERS[options["source"]] if options["source"] else guess(path)
            require(source, path)
            found = source.rows(path)
            with trial.of(options["candidates"]) if trial else nullcontext():
                for record in self._counted(survey.over(found)):
                    if trial:
                        trial.put(record)
        except (SourceError, OSError) as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self._print_json(path, source, survey, trial)
        else:
            is_guess = not options["source"]
            self._print(source, survey, trial, is_guess=is_guess)
        if not survey.is_good or (trial and not trial.is_good):
            raise CommandError(_verdict(survey, trial))

    def _counted(self, records: Iterator[Record]) -> Iterator[Record]:
        for number, record in enumerate(records, 1):
            if number % PROGRESS_EVERY == 0 and sys.stderr.isatty():
                self.stderr.write(f"\r{number:,} rows read", ending="")
            yield record

    def _print_json(
        self, path: Path, source: Source, survey: Survey, trial: Trial | None
    ) -> None:
        report = {"file": path.name, "source": source.name} | survey.as_json()
        if trial:
            report["candidates"] = trial.as_json()
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))

    def _print(
        self, source: Source, survey: Survey, trial: Trial | None, *, is_guess: bool
    ) -> None:
        how = ", by its columns" if is_guess else ""
        self.stdout.write(f"Read as {source.name} ({source.title}){how}.")
        self.stdout.write(f"Licence: {source.licence or 'to be given'}")
        self.stdout.write(f"Rows: {survey.rows:,}, of which bad: {survey.bad:,}")
        if survey.merged:
            told = merged(survey.rows, survey.merged, survey.bad)
            self.stdout.write(f"Merged: {told}")
        self._print_counts("Kinds", survey.kinds)
        self._print_counts("Pictures", survey.pictures)
        keys = counted(survey.repeated_keys, "key", "keys")
        items = counted(survey.repeated_items, "item", "items")
        self.stdout.write(f"Repeats: {keys}, {items}")
        self._print_counts("Groups", {f"of {n}": c for n, c in survey.groups.items()})
        if survey.lengths:
            self.stdout.write("Lengths in characters:")
        for name, figures in survey.lengths.items():
            told = ", ".join(f"{what} {figure:,}" for what, figure in figures.items())
            self.stdout.write(f"  {name}: {told}")
        self._print_errors(survey.errors, survey.bad)
        if trial:
            self._print_trial(trial)

    def _print_counts(self, title: str, counts: dict[str, int]) -> None:
        if told := ", ".join(f"{count:,} {name}" for name, count in counts.items()):
            self.stdout.write(f"{title}: {told}")

    def _print_errors(self, errors: list[RowError], total: int) -> None:
        for error in errors:
            self.stdout.write(f"  {storable(str(error))}")
        if total > len(errors):
            more = total - len(errors)
            self.stdout.write(f"  and {more:,} more; --all shows them")

    def _print_trial(self, trial: Trial) -> None:
        self.stdout.write(
            f"Candidates: {trial.candidates:,}, of which blocked: {trial.blocked:,}, "
            f"warned: {trial.warned:,}, bad lines: {trial.bad:,}"
        )
        self._print_errors(trial.errors, trial.bad)
        for (check, severity), count in sorted(trial.findings.items()):
            self.stdout.write(f"  {check} ({severity}): {count:,}")
        for example in trial.examples:
            place = "line {line}, {key} ({language})".format(**example)
            said = "{check}, {field}: {message}".format(**example)
            self.stdout.write(f"  {place}: {said}")


def _spoken(listed: str) -> tuple[str, ...]:
    """The languages that are listed, and English; all of ours if none is."""
    wanted = {code.strip() for code in listed.split(",") if code.strip()}
    if unknown := sorted(wanted - set(NAMES)):
        known = ", ".join(NAMES)
        raise CommandError(f"{unknown[0]!r} is none of the languages {known}.")
    return tuple(code for code in NAMES if not wanted or code in {ENGLISH, *wanted})


def _verdict(survey: Survey, trial: Trial | None) -> str:
    reasons = [survey.broken] if survey.broken else []
    if survey.bad:
        reasons.append(f"Bad rows: {survey.bad:,}.")
    if trial and trial.bad:
        reasons.append(f"Bad lines of candidates: {trial.bad:,}.")
    if trial and trial.blocked:
        reasons.append(f"Blocked candidates: {trial.blocked:,}.")
    return " ".join(reasons)

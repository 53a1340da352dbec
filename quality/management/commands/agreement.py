"""./run manage agreement ratings.csv --unit U --rater R --value V [--by language] ..."""

import csv
import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import fill
from types import MappingProxyType
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from quality.agreement.category_lists import ALL_SCALES, Scale
from quality.agreement.columns import MISSING
from quality.agreement.metrics import METRICS
from quality.agreement.reading import Reading
from quality.agreement.reporting import (
    LEAST_PAIRABLE,
    Report,
    as_csv,
    as_json,
    as_latex,
    as_text,
    methods,
)
from quality.outside.cross_checking import NoPackage, cross_check
from quality.outside.files import RatingFileError
from quality.outside.reports import Choices, check_columns, report_file


def _text_and_methods(report: Report) -> str:
    return f"{as_text(report)}\n{fill(methods(report), 100, break_on_hyphens=False)}\n"


FORMATS: Final[Mapping[str, Callable[[Report], str]]] = MappingProxyType(
    {"text": _text_and_methods, "csv": as_csv, "json": as_json, "latex": as_latex}
)
FILES: Final[Mapping[str, Callable[[Report], str]]] = MappingProxyType(
    {
        "report.txt": as_text,
        "report.csv": as_csv,
        "report.json": as_json,
        "report.tex": as_latex,
        "methods.md": lambda report: methods(report) + "\n",
    }
)


class Command(BaseCommand):
    help = "Agreement of the ratings in a file, as a table and as a methods paragraph."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Its own pattern knows no exponents, and takes -1e-3 for an option.
        parser._negative_number_matcher = re.compile(
            r"-(inf|nan|\d*\.?\d+(e[+-]?\d+)?)", re.IGNORECASE
        )
        parser.add_argument("file", type=Path, help="CSV, TSV or parquet; .gz too")
        _add_columns(parser)
        _add_scale(parser)
        parser.add_argument(
            "--last", action="store_true", help="of a unit rated twice, keep the last"
        )
        parser.add_argument(
            "--least",
            type=int,
            default=LEAST_PAIRABLE,
            help="withhold the values of a slice with fewer items rated twice "
            "(default %(default)s)",
        )
        parser.add_argument(
            "--level", type=float, default=0.95, help="of the intervals"
        )
        parser.add_argument(
            "--also",
            action="append",
            default=[],
            choices=METRICS,
            metavar="NAME",
            help="one more coefficient, such as fleiss-kappa/1",
        )
        parser.add_argument("--guideline", default="", help="named in the paragraph")
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument(
            "--to", type=Path, help="also write all forms to a new folder"
        )
        parser.add_argument(
            "--cross-check",
            action="store_true",
            help="compare alpha with the krippendorff package",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        choices, target = _choices(options), options["to"]
        with _new_folder(target):
            try:
                reading, report = report_file(options["file"], choices)
            except RatingFileError as error:
                raise CommandError(str(error)) from None
            self.stdout.write(FORMATS[options["format"]](report), ending="")
            if options["cross_check"]:
                self._cross_check(reading, report, options["format"])
        if target:
            _write(report, target)
            self.stderr.write(f"Written: {', '.join(FILES)} in {target}")

    def _cross_check(self, reading: Reading, report: Report, form: str) -> None:
        """Beside the report where people read it; apart where a program does."""
        try:
            found = cross_check(reading.slices, report)
        except NoPackage:
            raise CommandError(
                "--cross-check needs the package krippendorff, which is not installed: "
                "pip install krippendorff, in the environment that runs this."
            ) from None
        target = self.stdout if form == "text" else self.stderr
        for sentence in (found.sentence, *found.skipped):
            target.write(sentence)


def _add_columns(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--unit",
        action="append",
        required=True,
        metavar="COLUMN",
        help="what was rated; given twice, two columns name it together",
    )
    parser.add_argument(
        "--rater",
        action="append",
        default=[],
        metavar="COLUMN",
        help="who rated; with --wide, a column of ratings (all other columns if none)",
    )
    parser.add_argument("--value", metavar="COLUMN", help="the rating")
    parser.add_argument(
        "--by",
        action="append",
        default=[],
        metavar="COLUMN",
        help="report each value of this column apart",
    )
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="only rows with this value",
    )
    parser.add_argument(
        "--wide", action="store_true", help="one row per unit, one column per rater"
    )
    parser.add_argument(
        "--missing",
        action="append",
        default=[],
        metavar="TEXT",
        help="a text that stands for a missing rating, such as NA",
    )
    parser.add_argument(
        "--as-spelled",
        action="store_true",
        help="count texts that look alike, such as Good and good, as different ones",
    )
    parser.add_argument(
        "--no-quotes",
        action="store_true",
        help="read quotation marks as part of the texts",
    )


def _add_scale(parser: ArgumentParser) -> None:
    parser.add_argument("--scale", choices=ALL_SCALES, default="nominal")
    parser.add_argument(
        "--categories",
        metavar="A,B,C",
        help="all categories of the scale, used or not; an ordinal scale's in order",
    )
    parser.add_argument(
        "--values",
        metavar="1,2,10",
        help="where the --categories of an ordinal scale lie, for coefficients that "
        "need it; labels that are numbers lie there anyway",
    )
    parser.add_argument(
        "--range",
        nargs=2,
        type=float,
        metavar=("LOW", "HIGH"),
        help="the ends of an interval scale",
    )


def _scale(options: dict[str, Any]) -> Scale:
    listed = options["categories"]
    categories = None
    if listed is not None:
        cells = next(csv.reader([listed], skipinitialspace=True), [])
        categories = tuple(cell.strip() for cell in cells)
    low, high = options["range"] or (None, None)
    try:
        return Scale(
            kind=options["scale"],
            categories=categories,
            low=low,
            high=high,
            values=_values(options["values"]),
        )
    except ValueError as error:
        raise CommandError(f"--scale {options['scale']}: {error}.") from None


def _values(listed: str | None) -> tuple[float, ...] | None:
    if listed is None:
        return None
    try:
        return tuple(map(float, listed.split(",")))
    except ValueError:
        raise CommandError(
            f"--values {listed}: write numbers with commas between, such as 1,2,10."
        ) from None


def _choices(options: dict[str, Any]) -> Choices:
    choices = Choices(
        units=tuple(options["unit"]),
        raters=tuple(options["rater"]),
        value=options["value"],
        scale=_scale(options),
        by=tuple(options["by"]),
        where=_where(options["where"]),
        wide=options["wide"],
        missing=MISSING | set(options["missing"]),
        keep_last=options["last"],
        least=options["least"],
        level=options["level"],
        also=tuple(options["also"]),
        guideline=options["guideline"],
        as_spelled=options["as_spelled"],
        quotes=not options["no_quotes"],
    )
    if wrong := check_columns(choices):
        raise CommandError(f"{wrong[0].upper()}{wrong[1:]}.")
    if not 0.5 <= choices.level <= 0.9999:
        raise CommandError("--level lies between 0.5 and 0.9999, such as 0.95.")
    if choices.least < 1:
        raise CommandError("--least is a number of items, 1 or more.")
    return choices


def _where(wanted: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in wanted:
        name, sign, value = text.partition("=")
        if not sign:
            raise CommandError(f"--where {text}: write it as COLUMN=VALUE.")
        if name in found:
            raise CommandError(
                f"--where names {name} twice, and no row has two values in one column; "
                f"choose one of {found[name]} and {value}, or add --by {name}."
            )
        found[name] = value
    return found


@contextmanager
def _new_folder(target: Path | None) -> Iterator[None]:
    """Makes the folder before the work, and takes it away where the work fails."""
    made = _made(target) if target else []
    try:
        yield
    except BaseException:
        for folder in made:
            folder.rmdir()
        raise


def _made(target: Path) -> list[Path]:
    """The folder, and those above it that were not there: the innermost first."""
    try:
        folders = [p for p in (target, *target.parents) if not p.exists()]
        target.mkdir(parents=True)
    except FileExistsError:
        raise CommandError(f"{target} is there already; name a new folder.") from None
    except OSError as error:
        raise CommandError(
            f"The folder {target} cannot be made ({error.strerror}); name another one."
        ) from None
    return folders


def _write(report: Report, target: Path) -> None:
    for name, form in FILES.items():
        (target / name).write_text(form(report), encoding="utf-8", newline="")

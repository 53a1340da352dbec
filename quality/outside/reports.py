"""A ratings file to its report: what `./run manage agreement` does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import corpus
from quality.agreement.category_lists import Scale
from quality.agreement.columns import MISSING
from quality.agreement.rating_error import RatingError
from quality.agreement.reading import RatedTwice, RatingColumns, Reading, read
from quality.agreement.reporting import (
    LEAST_PAIRABLE,
    Facts,
    Report,
    report_of,
    wording,
)
from quality.outside.files import (
    RatingFile,
    RatingFileError,
    column_names,
    read_columns,
)
from quality.outside.raters import rater_lines
from quality.outside.spellings import WORDS_FOR_NOTHING, one_spelling

#: What pandas leaves of its index: no name, or one of these.
ROW_NUMBERS: Final = re.compile(r"(Unnamed: \d+|__index_level_\d+__)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Which columns of a file hold what, and how they are counted and reported.

    A `wide` file has one column per rater, `raters`, all others if none; a long one
    has one column `raters` and one `value`. Texts that look alike are refused unless
    they are taken `as_spelled`; without `quotes` their marks are part of the texts.
    """

    units: tuple[str, ...]
    raters: tuple[str, ...]
    value: str | None
    scale: Scale
    by: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    wide: bool = False
    missing: frozenset[str] = MISSING
    keep_last: bool = False
    least: int = LEAST_PAIRABLE
    level: float = 0.95
    also: tuple[str, ...] = ()
    guideline: str = ""
    as_spelled: bool = False
    quotes: bool = True


def report_file(path: Path, choices: Choices) -> tuple[Reading, Report]:
    """The report of a file, and the ratings it rests on.

    RatingFileError, in one sentence that names the file and the line, when it cannot
    be read or counted.
    """
    raters = choices.raters
    if choices.wide:
        raters = raters or _other_columns(path, choices)
    named = [*choices.units, *raters, *choices.by, *choices.where]
    if choices.value and not choices.wide:
        named.append(choices.value)
    file = read_columns(path, named, missing=choices.missing, quotes=choices.quotes)
    try:
        ratings, notes = _chosen(file, raters, choices), tuple[str, ...]()
        if not choices.as_spelled:
            ratings, notes = one_spelling(ratings, choices.scale)
        reading = read(ratings, choices.scale, keep_last=choices.keep_last)
        report = _report(file, reading, choices, notes)
    except RatingError as error:
        raise _placed(error, file, raters, choices) from None
    except ValueError as error:
        raise RatingFileError(f"{path.name}: {error}.") from None
    if not reading.slices:
        raise RatingFileError(f"{path.name}: no row holds a rating.")
    return reading, report


def _other_columns(path: Path, choices: Choices) -> tuple[str, ...]:
    taken = {*choices.units, *choices.by, *choices.where}
    names = column_names(path, quotes=choices.quotes)
    raters = tuple(n for n in names if n not in taken and not ROW_NUMBERS.fullmatch(n))
    if not raters:
        raise RatingFileError(f"{path.name}: no column is left for a rater.")
    return raters


def _chosen(
    file: RatingFile, raters: tuple[str, ...], choices: Choices
) -> RatingColumns:
    columns = file.columns
    units = [columns[name] for name in choices.units]
    by = {name: columns[name] for name in choices.by}
    if choices.wide:
        people = {name: columns[name] for name in raters}
        ratings = RatingColumns.wide(units, people, by)
    else:
        (rater,), value = raters, choices.value
        assert value is not None
        ratings = RatingColumns.long(units, columns[rater], columns[value], by)
    for name, wanted in choices.where.items():
        column = columns[name]
        if wanted not in column.names:
            raise RatingError(f"no row has {wanted!r} in column {name!r}")
        rows = column.codes == column.names.index(wanted)
        ratings = ratings.taken(rows[ratings.rows])
    return ratings


def _report(
    file: RatingFile, reading: Reading, choices: Choices, notes: tuple[str, ...]
) -> Report:
    least, level = choices.least, choices.level
    return report_of(
        [part.part() for part in reading.slices],
        Facts(
            source=file.name,
            digest=file.digest,
            guideline=choices.guideline,
            software=f"Concord {corpus.VERSION}",
            raters=reading.n_raters,
            declared=choices.scale.categories is not None,
            left_out=_left_out(reading, choices),
            notes=(*notes, *_notes(reading, choices)),
        ),
        least=least,
        level=level,
        also=choices.also,
        raters=rater_lines(reading, least=least, level=level),
    )


def _left_out(reading: Reading, choices: Choices) -> tuple[str, ...]:
    told = []
    if choices.where:
        rows = " and ".join(f"{name} = {v}" for name, v in choices.where.items())
        told.append(f"Only rows with {rows} are counted.")
    if reading.gaps:
        cells = wording.counted(reading.gaps, "empty rating", "empty ratings")
        told.append(f"Left out: {cells}.")
    if reading.replaced:
        ratings = wording.counted(reading.replaced, "rating", "ratings")
        told.append(
            f"Left out: {ratings} that the same rater gave again to the same item."
        )
    return tuple(told)


def _notes(reading: Reading, choices: Choices) -> tuple[str, ...]:
    told = []
    if choices.wide and not choices.raters:
        people = wording.listed(reading.rater_names)
        told.append(f"Every other column with a name was taken for a rater: {people}.")
    if reading.categories and choices.scale.categories is None:
        told += _seen(reading)
    elif choices.scale.kind == "interval" and choices.scale.low is None:
        told.append("The ends of the scale are the lowest and highest value seen.")
    return tuple(told)


def _seen(reading: Reading) -> Iterator[str]:
    """What to know of categories that nobody declared."""
    own = {part.categories for part in reading.slices}
    n = len(reading.categories)
    told = "The only category is the one" if n == 1 else f"The {n} categories are those"
    if len(own) > 1:
        told = f"The categories of each slice are those seen in it, {n} in all"
        yield f"{told}. AC1 depends on how many a scale has, so declare them if all are one scale."
    else:
        yield (
            f"{told} that {'was' if n == 1 else 'were'} seen: "
            f"{', '.join(reading.categories)}. AC1 depends on how many a scale has, so "
            "declare them if there are others."
        )
    for word in reading.categories:
        if word in WORDS_FOR_NOTHING:
            yield (
                f"{word} was counted as a category; add --missing {word} if it stands "
                "for a rating that is not there."
            )


def _placed(
    error: RatingError, file: RatingFile, raters: tuple[str, ...], choices: Choices
) -> RatingFileError:
    """The error in the words of the file: its name, the line, the column."""
    if error.row is None:
        return RatingFileError(f"{file.name}: {error.reason}.")
    roles = {"unit": " / ".join(choices.units), "value": choices.value or ""}
    if not choices.wide:
        roles["rater"] = raters[0]
    column = roles.get(error.column, error.column)
    where = file.place(error.row) + (f", column {column!r}" if column else "")
    told = f"{file.name}: {where}: {error.reason}"
    if isinstance(error, RatedTwice):
        told += (
            f", on {file.place(error.earlier)}; take one out, or add --last to keep "
            "the last, or --by if the rows belong to different slices"
        )
    return RatingFileError(f"{told}.")


def check_columns(choices: Choices) -> str:
    """What is missing or doubled among the names of columns; "" for nothing."""
    named = [*choices.units, *choices.raters, *filter(None, [choices.value])]
    again = [name for k, name in enumerate(named) if name in named[:k]]
    if again:
        return (
            f"column {again[0]!r} is named twice; the unit, the rater and the rating "
            "stand in columns of their own"
        )
    if choices.wide:
        return "--wide has a column per rater and no --value" if choices.value else ""
    if not choices.value:
        return "name the column of ratings with --value (or say --wide)"
    if len(choices.raters) != 1:
        return "name the column that says who rated, one, with --rater (or say --wide)"
    return ""

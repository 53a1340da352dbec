"""Questions that several rows ask: read once, with all their rows kept beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.content import canonical_json
from corpus.record import Found, Record, RowError, place
from corpus.sources.cells import Cells, content_of, mark, required, upstream_of
from corpus.sources.polar import parted, yes_or_no
from corpus.sources.reading import PictureOf, Rows, records
from corpus.sources.source import CellError


@dataclass(frozen=True, slots=True)
class Repeats:
    """How a file tells its questions apart, and where its pictures are.

    `drawn` names the picture of a row; `track` is that of rows which name none.
    """

    drawn: Callable[[Cells], str]
    picture_of: PictureOf
    track: str = ""

    def read(self, first: Rows, second: Rows) -> Iterator[Found]:
        """Two passes over the same rows: the first only learns who asks what.

        What the first pass keeps are the texts of the rows, never a picture.
        """
        known: dict[str, _Question] = {}
        for line, row in first:
            if not isinstance(row, RowError):
                self._note(known, line, row)
        yield from records(
            second,
            lambda line, row: self._record(known, line, row),
            key_column="question",
        )

    def _note(self, known: dict[str, _Question], line: int, row: Cells) -> None:
        try:
            asked = self._asked(row)
            found = known.get(asked.key) or _Question(line, asked)
            kept = found.beside(row)
        except CellError:
            return  # the second pass meets it again, and says so
        known.setdefault(asked.key, found)
        if asked.answer == found.asked.answer:
            track = {"category": self.track} if self.track else {}
            found.rows.append(track | kept)

    def _record(
        self, known: Mapping[str, _Question], line: int, row: Cells
    ) -> Record | None:
        asked = self._asked(row)
        upstream_of(row, {})
        found = known[asked.key]
        if asked.answer != found.asked.answer:
            before = f"{found.asked.answer} on {place(found.line)}"
            reason = f"is {asked.answer}, but {before}"
            raise CellError("answer", reason)
        if line != found.line:
            return None
        fields = {"question": asked.question, "key": asked.answer}
        return Record(
            key=asked.key,
            content=content_of("yes_no", fields),
            picture=required(self.picture_of(row)),
            upstream=_upstream(found.rows, asked.instruction),
            line=line,
        )

    def _asked(self, row: Cells) -> _Asked:
        question, instruction = parted(row.get("question"))
        if not isinstance(question, str) or not question.strip():
            raise CellError("question", "there is no question")
        answer = yes_or_no("answer", row.get("answer"))
        key = f"{self.drawn(row)}-{mark(question)}"
        return _Asked(key, question, instruction, answer)


@dataclass(frozen=True, slots=True)
class _Asked:
    key: str
    question: str
    instruction: str
    answer: str


@dataclass(slots=True)
class _Question:
    """The line that asks first and what it asks, with the rows of all that do."""

    line: int
    asked: _Asked
    rows: list[Cells] = field(default_factory=list)

    def beside(self, row: Cells) -> Cells:
        """What the content does not say about the row."""
        cell = f"{self.asked.question}{self.asked.instruction}"
        return upstream_of(row, {"question": cell, "answer": self.asked.answer})


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What two files say of the same question.

    A track asks a question once: of the other file only the rows that tell of another
    track are new, whatever their columns are called, and of rows that name no track
    those that are not there yet.
    """
    tracks = set(_tracks(one["rows"]))
    known = {canonical_json(row) for row in one["rows"]}
    fresh = [
        row
        for row in other["rows"]
        if (set(_tracks([row])) - tracks or not _tracks([row]))
        and canonical_json(row) not in known
    ]
    return _upstream([*one["rows"], *fresh], one["instruction"])


def _upstream(rows: list[Cells], instruction: str) -> dict[str, Any]:
    """The rows, what all of them agree on, and the tracks they name."""
    first, *others = rows
    agreed = {
        column: cell
        for column, cell in first.items()
        if all(column in row and row[column] == cell for row in others)
    }
    return agreed | {
        "instruction": instruction,
        "tracks": list(dict.fromkeys(_tracks(rows))),
        "rows": rows,
    }


def _tracks(rows: list[Cells]) -> list[str]:
    """The tracks that the rows name, one by one."""
    named = ",".join(str(row.get("category") or "") for row in rows).split(",")
    return [track.strip() for track in named if track.strip()]

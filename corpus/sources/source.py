"""What a source is: a name, a licence, and a reader for each kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from corpus.content import ContentError, Kind
from corpus.record import Found, Record, Repeat, RowError

Reader: TypeAlias = Callable[[Path], Iterator[Found]]
#: What two files say beside the content of one item -> what both say together.
Merge: TypeAlias = Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]


class SourceError(ValueError):
    """The file as a whole cannot be read. The message is one sentence."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file a source comes in: its reader, and the columns that tell it."""

    reader: Reader
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """One upstream dataset. An empty `licence` must be given by whoever imports.

    `licence` is an SPDX id; `files` has a kind of file for each suffix. `merge` is
    there when several files may hold the same item, each with its own `upstream`.
    """

    name: str
    title: str
    files: Mapping[str, FileKind]
    licence: str
    licence_url: str
    attribution: str
    kinds: tuple[Kind, ...]
    merge: Merge | None = None

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The file names that are read, each by its own reader."""
        return tuple(self.files)

    def read(self, path: Path) -> Iterator[Record | RowError]:
        """The records of the file, and an error for each row that is none.

        Raises SourceError when the file as a whole cannot be read.
        """
        return (row for row in self.rows(path) if not isinstance(row, Repeat))

    def rows(self, path: Path) -> Iterator[Found]:
        """The same, and each row that only repeats others.

        Raises SourceError when the file as a whole cannot be read.
        """
        if not path.is_file():
            raise SourceError(f"{path.name}: there is no such file.")
        kind = self.files.get(path.suffix.lower())
        if kind is None:
            wanted = " or ".join(self.suffixes)
            raise SourceError(
                f"{path.name}: {self.title} is read from a {wanted} file."
            )
        if not path.stat().st_size:
            raise SourceError(f"{path.name}: the file is empty.")
        return kind.reader(path)


def text_start(path: Path, file: BinaryIO) -> int:
    """Where the text of a UTF-8 file begins: after the byte order mark, if any.

    Raises SourceError when the first line shows another encoding, or no text at all.
    """
    start = file.read(4096)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start.partition(b"\n")[0]:
        raise SourceError(f"{path.name}: the file is not UTF-8 text.")
    return 3 if start.startswith(b"\xef\xbb\xbf") else 0


class CellError(ValueError):
    """One cell of a row is unusable; the reader turns it into a RowError."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason

    @classmethod
    def of(cls, error: ContentError) -> CellError:
        """The same complaint, with the field that the content names as column."""
        column, _, reason = str(error).partition(": ")
        return cls(column, reason) if reason else cls("content", column)

"""Parquet unpacked by a process apart: its pages may say of themselves what they like."""

from __future__ import annotations

import atexit
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from corpus.children import Child, Waiting
from corpus.sources.parquet_child import MOST_BYTES, TOO_MUCH
from corpus.sources.source import SourceError

MEMORY: Final = 3 * 2**29
#: Of an answer: its rows, and what Arrow writes around them.
MOST_PART: Final = 2 * MOST_BYTES

WAITING = Waiting("corpus.sources.parquet_child", MEMORY)
os.register_at_fork(after_in_child=WAITING.forget)
atexit.register(WAITING.close)


def batches(path: Path, columns: Sequence[str], rows: int) -> Iterator[Any]:
    """The record batches of these columns, so many rows at a time.

    Raises SourceError where the file is broken, or is more than the process can hold.
    """
    request = {"path": str(path.resolve()), "columns": list(columns), "rows": rows}
    done, reason = 0, ""
    # One that waited may be dying already, for which no file is to blame.
    for find in (WAITING.take, WAITING.fresh):
        child, is_whole = find(), False
        try:
            child.say(json.dumps(request).encode() + b"\n")
            while content := child.part(MOST_PART):
                batch = pa.ipc.open_stream(content).read_next_batch()
                yield batch
                done += batch.num_rows
            reason = child.part(MOST_PART).decode()
            is_whole = True
        except (EOFError, OSError, pa.ArrowException):
            reason = TOO_MUCH
        finally:
            _see_off(child, is_whole=is_whole)
        if is_whole or done:
            break
    if reason:
        raise SourceError(f"{path.name}: broken after row {done} ({reason}).")


def _see_off(child: Child, *, is_whole: bool) -> None:
    """Kept for the next file, unless half an answer still lies in its pipe."""
    if is_whole:
        WAITING.give_back(child)
    else:
        child.end()

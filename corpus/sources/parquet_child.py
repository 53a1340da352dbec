"""`python -m corpus.sources.parquet_child`: unpacks parquet for the one that started it.

A request is a line of JSON: the file, the columns, how many rows at a time. The answer
is a batch after another, each as an Arrow stream of its own, then nothing, then why it
ended: not at all if the file was read to its end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.children import answer, begin
from corpus.sources.parquet_pages import PageError, require_small

#: Columns are read through a buffer: a whole row group may take a gigabyte.
BUFFER_BYTES: Final = 1024 * 1024
#: Of one part of an answer with several rows, and of one row.
PART_BYTES: Final = 32 * 1024 * 1024
MOST_BYTES: Final = 256 * 1024 * 1024
TOO_MUCH: Final = "what comes next takes too much memory"
END: Final = b""


def main(memory: int) -> None:
    """Answer until the other end is closed, in `memory` bytes beside the program."""
    begin(memory)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        answer(END, _read(**request).encode())


def _read(path: str, columns: list[str], rows: int) -> str:
    """Answer with the batches; why there are no more, or nothing."""
    try:
        with opened(Path(path)) as file, open(path, "rb") as pages:
            for place in range(file.num_row_groups):
                require_small(pages, file.metadata.row_group(place), columns)
                # Where memory ends in a thread of Arrow's, nobody catches what it throws.
                found = file.iter_batches(
                    rows, row_groups=[place], columns=columns, use_threads=False
                )
                for part in chain.from_iterable(map(_parts, found)):
                    if part.nbytes > MOST_BYTES:
                        return TOO_MUCH
                    answer(_as_stream(part))
    except MemoryError:
        return TOO_MUCH
    except (pa.ArrowException, OSError, PageError) as error:
        return first_line(error)
    return ""


def _parts(batch: Any) -> Iterator[Any]:
    """The batch, or row by row if it is larger than its file let expect."""
    if batch.nbytes <= PART_BYTES:
        yield batch
        return
    for row in range(batch.num_rows):
        yield batch.slice(row, 1)


def opened(path: Path) -> Any:
    """The parquet file, read through a buffer. Raises ArrowException or OSError."""
    return pq.ParquetFile(path, buffer_size=BUFFER_BYTES, pre_buffer=False)


def first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _as_stream(batch: Any) -> Any:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return sink.getvalue()


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""Rows on their way out of the database, a few thousand at a time.

What goes out is put in order by its ids alone, and the rows are read for some ids at a
time: a sort of whole texts would go by way of the disk, and nothing would come before
its end.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BufferedReader
from itertools import count
from typing import Any

import psycopg
from django.db import connection

from corpus.languages import ENGLISH

Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]
Values = dict[str, Any]

ROWS_PER_FETCH = 2000
_number = count()

_NARROWED = """
    (%(dataset)s::text IS NULL OR dataset = %(dataset)s)
    AND (%(kind)s::text IS NULL OR kind = %(kind)s)
"""
_SHIPPED = f"FROM concord_shipped WHERE language = %(language)s AND {_NARROWED}"
_SOURCES = f"FROM concord_sources WHERE {_NARROWED}"


def stream(sql: str, values: Values) -> Iterator[Row]:
    """The rows of a query through a server-side cursor, inside a transaction."""
    return _ahead(_fetched(_opened(), sql, values))


def in_order(
    language: str, *, dataset: str | None = None, kind: str | None = None
) -> Iterator[Values]:
    """What goes out in a language, some at a time: the ids of `candidates` and their
    `decisions`, of English those of `items`; and the `rows` as a release calls them.

    Release order: by dataset, then by key, both by code point.
    """
    narrowed = {"language": language, "dataset": dataset, "kind": kind}
    return _in_order(_opened(), narrowed)


def rows_of(sql: str, each: Iterable[Values]) -> Iterator[Row]:
    """The rows of a query for each of these values, one after the other."""
    return _ahead(_asked(_opened(), sql, each))


def _opened() -> Connection:
    """The connection of this thread, for threads that read ahead."""
    connection.ensure_connection()
    opened: Connection = connection.connection
    return opened


def _in_order(raw: Connection, narrowed: Values) -> Iterator[Values]:
    source, names = _SHIPPED, {"candidate": "candidates", "decision": "decisions"}
    if narrowed["language"] == ENGLISH:
        source, names = _SOURCES, {"item": "items"}
    names["dataset || '/' || key"] = "rows"
    with raw.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT dataset {source} ORDER BY 1", narrowed)
        datasets = cursor.fetchall()
    # By key alone each is sorted several times as fast as by both.
    for (dataset,) in datasets:
        ids = f"SELECT {', '.join(names)} {source} ORDER BY key"
        for some in _fetched(raw, ids, narrowed | {"dataset": dataset}):
            columns = map(list, zip(*some, strict=True))
            yield dict(zip(names.values(), columns, strict=True))


def _asked(raw: Connection, sql: str, each: Iterable[Values]) -> Iterator[list[Row]]:
    for values in each:
        with raw.cursor() as cursor:
            cursor.execute(sql, values)
            yield cursor.fetchall()


def _fetched(raw: Connection, sql: str, values: Values) -> Iterator[list[Row]]:
    with raw.cursor(f"concord_release_{next(_number)}") as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(ROWS_PER_FETCH):
            yield rows


def _ahead(batches: Iterator[list[Row]]) -> Iterator[Row]:
    """The next batch is on its way while the rows of this one are worked on."""
    with ThreadPoolExecutor(1) as background:
        coming = background.submit(next, batches, None)
        try:
            while (rows := coming.result()) is not None:
                coming = background.submit(next, batches, None)
                yield from rows
        finally:
            # Ends their cursors, in the thread that may still be reading.
            background.submit(_close, batches).result()


def _close(batches: Iterator[list[Row]]) -> None:
    if isinstance(batches, Generator):
        batches.close()


@contextmanager
def copied(sql: str, each: Iterable[Values]) -> Iterator[BufferedReader]:
    """The rows of a query for each of these values as CSV, to be read while the server
    still sends them.

    No Python object stands for any of them.
    """
    raw = _opened()
    read_end, write_end = os.pipe()
    with open(read_end, "rb") as file, ThreadPoolExecutor(1) as background:
        sending = background.submit(_send, write_end, raw, sql, each)
        try:
            yield file
        except BaseException:
            file.close()
            _raise_first(sending.exception())
            raise
        sending.result()


def _send(write_end: int, raw: Connection, sql: str, each: Iterable[Values]) -> None:
    with open(write_end, "wb", buffering=1 << 20) as file, raw.cursor() as cursor:
        for values in each:
            statement = psycopg.ClientCursor(raw).mogrify(sql, values)
            with cursor.copy(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv)") as rows:
                for block in rows:
                    file.write(block)


def _raise_first(fault: BaseException | None) -> None:
    """What broke the sender broke the reader; a reader that left broke the pipe."""
    if fault is not None and not isinstance(fault, BrokenPipeError):
        raise fault

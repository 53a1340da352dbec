"""Rows leave the database while they are worked on, and faults come through."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction

from quality.selecting.streams import ROWS_PER_FETCH, copied, rows_of, stream

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = "SELECT n, n::text FROM generate_series(1, %(most)s) n"
#: More than a pipe holds, then a division by zero.
BROKEN = "SELECT 1 / (100000 - n) FROM generate_series(1, 200000) n"


def test_a_stream_gives_every_row_in_order():
    most = 2 * ROWS_PER_FETCH + 1
    with transaction.atomic():
        rows = list(stream(NUMBERS, {"most": most}))
    assert rows == [(n, str(n)) for n in range(1, most + 1)]


def test_a_stream_that_is_left_early_leaves_the_connection_usable():
    with transaction.atomic():
        rows = stream(NUMBERS, {"most": 10 * ROWS_PER_FETCH})
        assert next(rows) == (1, "1")
        rows.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 7")
            assert cursor.fetchone() == (7,)


def test_the_connection_answers_while_a_stream_is_read():
    with transaction.atomic(), connection.cursor() as cursor:
        for number, _ in stream(NUMBERS, {"most": 3 * ROWS_PER_FETCH}):
            if number % ROWS_PER_FETCH == 1:
                cursor.execute("SELECT %s", [number])
                assert cursor.fetchone() == (number,)


def test_rows_of_some_values_after_others_come_in_their_order():
    with transaction.atomic():
        rows = list(rows_of(NUMBERS, [{"most": 2}, {"most": 0}, {"most": 1}]))
    assert rows == [(1, "1"), (2, "2"), (1, "1")]


def test_rows_that_break_on_the_server_say_so():
    with pytest.raises(psycopg.errors.DivisionByZero), transaction.atomic():
        list(rows_of("SELECT 1 / %(n)s", [{"n": 1}, {"n": 0}]))


def test_a_copy_is_read_as_csv():
    with transaction.atomic(), copied(NUMBERS, [{"most": 3}, {"most": 1}]) as file:
        assert file.read() == b"1,1\n2,2\n3,3\n1,1\n"


def test_a_copy_of_nothing_is_empty():
    with transaction.atomic(), copied(NUMBERS, [{"most": 0}]) as file:
        assert file.peek(1) == b""


def reading(sql, values, most=-1, fault=None):
    """Reads a copy, and then fails if it is told to."""
    with transaction.atomic(), copied(sql, [values]) as file:
        file.read(most)
        if fault is not None:
            raise fault


def test_what_breaks_on_the_server_is_said_though_the_reader_saw_an_end():
    with pytest.raises(psycopg.errors.DivisionByZero):
        reading(BROKEN, {})


def test_what_breaks_on_the_server_is_said_before_what_the_reader_made_of_it():
    with pytest.raises(psycopg.errors.DivisionByZero):
        reading(BROKEN, {}, fault=ValueError("the file ends in the middle"))


def test_a_reader_that_fails_ends_the_copy():
    with pytest.raises(ValueError, match="not a number"):
        reading(NUMBERS, {"most": 500_000}, 10, ValueError("not a number"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 7")
        assert cursor.fetchone() == (7,)

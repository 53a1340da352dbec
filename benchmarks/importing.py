"""An import, validated and idempotent, against a bare COPY of the same rows."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, Final

from benchmarks._database import Clock, peak_mebibytes, prepare

ROWS: Final = int(os.environ.get("CONCORD_BENCH_ROWS", "100000"))
BOUND: Final = 0.25
MOST_MEMORY: Final = 512
BATCH: Final = 5000
TABLES: Final = (
    "annotation_image",
    "annotation_item",
    "annotation_generationjob",
)


def run() -> None:
    """Prints rows a second of both, the ratio and the memory, which have bounds."""
    folder = prepare()
    try:
        project, path = _project(), _file(folder)
        with Clock() as ours:
            added = _import(project, path)
        with Clock() as again:
            unchanged = _import(project, path, "unchanged")
        peak = peak_mebibytes()
        copies = _taken_out()
        with Clock() as bare:
            _copy(copies)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    ratio = bare.seconds / ours.seconds
    print(f"importing: {ROWS:,} captions, a generation job for each of two languages")
    print(f"  import, {added:,} added           {ROWS / ours.seconds:10,.0f} rows/s")
    print(
        f"  again, {unchanged:,} unchanged        {ROWS / again.seconds:10,.0f} rows/s"
    )
    print(f"  bare COPY of the same rows      {ROWS / bare.seconds:10,.0f} rows/s")
    print(f"  ratio {ratio:.2f}, at least {BOUND} wanted")
    print(f"  peak memory {peak:.0f} MiB, at most {MOST_MEMORY} wanted")


def _project() -> Any:
    from annotation import enrolling

    return enrolling.create_project(
        code="bench-import", name="Bench", languages=["de", "fr"]
    )


def _file(folder: Path) -> Path:
    """PixMo-Cap in its true schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / "captions.parquet"
    schema = pa.schema(
        [
            ("image_url", pa.string()),
            ("caption", pa.string()),
            ("transcripts", pa.list_(pa.string())),
        ]
    )
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, ROWS, BATCH):
            numbers = range(start, min(start + BATCH, ROWS))
            columns = [
                [f"https://pictures.example/{n}.jpg" for n in numbers],
                [f"A red bus waits at stop {n}. " * 12 for n in numbers],
                [[f"so there is a bus {n}"] for n in numbers],
            ]
            writer.write_table(
                pa.table([pa.array(c) for c in columns], names=schema.names)
            )
    return path


def _import(project: Any, path: Path, what: str = "added") -> int:
    from annotation import importing, jobs

    job = importing.ask(project=project, source="pixmo-cap", path=str(path))
    ended = jobs.run(job.pk)
    if ended is None or ended.state != "done":
        raise SystemExit(ended and ended.error)
    return int(ended.result[what])


def _taken_out() -> dict[str, bytes]:
    """The imported rows as COPY writes them; the tables are empty afterwards."""
    from django.db import connection

    copies = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            with cursor.connection.cursor() as reader:
                statement = f"COPY {table} TO STDOUT (FORMAT binary)"
                with reader.copy(statement) as rows:
                    copies[table] = b"".join(bytes(block) for block in rows)
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
    return copies


def _copy(copies: dict[str, bytes]) -> None:
    """Nothing read, checked or compared: bytes into the tables and their indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table, rows in copies.items():
            with cursor.connection.cursor() as writer:
                statement = f"COPY {table} FROM STDIN (FORMAT binary)"
                with writer.copy(statement) as target:
                    target.write(rows)

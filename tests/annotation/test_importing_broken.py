"""Of a file that is broken here and there, exactly those rows are named and left out."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotation import importing, jobs
from annotation.models import GenerationJob, Image, Item, Job
from benchmarks import _broken_lines, _broken_parquet, _broken_tsv
from benchmarks._broken_rows import EVERY

KINDS = [
    ("mmbench", _broken_tsv),
    ("pixmo-ask-model-anything", _broken_parquet),
    ("concord", _broken_lines),
]
TERMS = {"licence": "CC0-1.0", "attribution": "us"}
NAMED = re.compile(r"(?:line|row) (\d+)(?:, column (.+?))?: (.+)", re.DOTALL)


def imported(project, source, path, **arguments) -> Job:
    job = importing.ask(
        project=project, source=source, path=str(path), **TERMS, **arguments
    )
    ended = jobs.run(job.pk)
    assert ended.state == Job.State.DONE, ended.error
    return ended


def counts(job) -> tuple[int, int, int]:
    return job.result["added"], job.result["unchanged"], job.result["refused"]


def told(job) -> list[tuple[int, str, str]]:
    """Line, column and reason of each error."""
    found = [NAMED.fullmatch(error).groups("") for error in job.result["errors"]]
    return sorted((int(line), column, reason) for line, column, reason in found)


def everything() -> list[tuple]:
    """All that an import writes, but for its own job and event."""
    return [
        *Item.objects.order_by("pk").values_list(),
        *Image.objects.order_by("pk").values_list(),
        *GenerationJob.objects.order_by("pk").values_list(),
    ]


@pytest.mark.parametrize(("source", "made"), KINDS)
def test_exactly_the_broken_rows_are_named_and_all_others_come_in(
    project, tmp_path, source, made
):
    rows = EVERY * len(made.WAYS) + 20
    home = tmp_path / "file"
    home.mkdir()
    path, expected = made.write(home, rows)
    assert len({way.name for way in made.WAYS}) == len(made.WAYS) >= 25

    job = imported(project, source, path)

    errors = told(job)
    where = [(error.line, error.column) for error in expected]
    assert [(line, column) for line, column, _ in errors] == where
    assert [
        (line, reason, wanted.reason)
        for (line, _, reason), wanted in zip(errors, expected, strict=True)
        if wanted.reason not in reason
    ] == []
    good = list(made.keys(rows))
    assert counts(job) == (len(good), 0, len(expected))
    assert set(Item.objects.values_list("key", flat=True)) == set(good)
    assert GenerationJob.objects.count() == 2 * len(good)

    before = everything()
    again = imported(project, source, path)
    assert counts(again) == (0, len(good), len(expected))
    assert told(again) == errors
    assert everything() == before


def test_a_strict_import_of_broken_rows_leaves_nothing(project, tmp_path):
    home = tmp_path / "file"
    home.mkdir()
    path, _ = _broken_lines.write(home, 600)
    with pytest.raises(CommandError, match="Nothing was imported: 18 bad rows"):
        call_command(
            "import_dataset",
            *(project.code, "concord", path, "--strict"),
            **TERMS,
            stdout=StringIO(),
        )
    assert everything() == []

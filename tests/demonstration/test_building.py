from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import checks
from corpus.content import LETTERS, MultipleChoice, dump, parse
from corpus.record import Record
from corpus.sources import READERS
from corpus.sources.tsv import Table
from demonstration.building import Built
from demonstration.catalogue import LANGUAGES, load
from worker.assembling import assemble
from worker.engines.recorded import RecordedEngine
from worker.protocol import GenerationJob, Task


def contents(folder: Path) -> dict[str, str]:
    """Relative path -> hash, of every file below the folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def records(built: Built) -> Iterator[tuple[str, Record]]:
    for source, path in built.sources.items():
        for record in READERS[source].read(path):
            assert isinstance(record, Record), str(record)
            yield source, record


def picture(built: Built, record: Record) -> bytes:
    assert record.picture is not None
    if record.picture.data is not None:
        return record.picture.data
    name = record.picture.url.removeprefix("https://demonstration.invalid/")
    return (built.mirror / name).read_bytes()


def jobs(built: Built) -> Iterator[GenerationJob]:
    """What the server makes of the imported items."""
    for source, record in records(built):
        kind = record.content.kind
        is_benchmark = kind in ("multiple_choice", "yes_no")
        task: Task = "translate" if is_benchmark else "regenerate"
        for language in LANGUAGES:
            yield GenerationJob(
                id=1,
                fence=1,
                lease_seconds=60,
                task=task,
                kind=kind,
                language=language,
                source=dump(record.content),
                item_key=record.key,
                dataset=source,
                image_sha256=hashlib.sha256(picture(built, record)).hexdigest(),
            )


@pytest.fixture(scope="module")
def known(built: Built) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(built.known.read_text(encoding="utf-8"))
    return found


def test_the_readers_give_back_every_item_in_order(built: Built) -> None:
    found = [(record.content.kind, record.content) for _, record in records(built)]
    by_source = ("caption", "multiple_choice")
    items = sorted(
        load(), key=lambda i: by_source.index(i.kind) if i.kind in by_source else 2
    )
    wanted = [(item.kind, parse(item.kind, dict(item.source))) for item in items]
    assert found == wanted


def test_no_file_holds_a_bad_row_and_transcripts_are_kept(built: Built) -> None:
    captions = [record for source, record in records(built) if source == "pixmo-cap"]
    assert all(record.upstream["transcripts"] for record in captions)
    assert max(len(record.upstream["transcripts"]) for record in captions) > 1


def test_the_mirror_holds_the_picture_of_every_address(built: Built) -> None:
    for source, record in records(built):
        if source == "pixmo-cap":
            assert picture(built, record)


def test_the_imports_name_existing_files_and_people_to_thank(built: Built) -> None:
    entries = json.loads(built.imports.read_text(encoding="utf-8"))
    folder = built.imports.parent
    paths = {entry["source"]: folder / entry["path"] for entry in entries}
    assert paths == built.sources
    mirrors = [entry["images"] for entry in entries if entry["images"]]
    assert [folder / mirror for mirror in mirrors] == [built.mirror]
    for entry in entries:
        assert entry["name"] == entry["source"]
        assert entry["licence"] == "CC0-1.0"
        assert "NASA" in entry["attribution"]


def test_pairs_of_yes_and_no_stay_together(built: Built) -> None:
    groups = Counter(r.group for _, r in records(built) if r.content.kind == "yes_no")
    assert set(groups.values()) == {2}


def test_circular_copies_keep_the_right_option(built: Built) -> None:
    base = {
        record.key: record.content
        for source, record in records(built)
        if source == "mmbench"
    }
    path = built.sources["mmbench"]
    copies = 0
    with path.open("rb") as file:
        for row in Table(path, file).rows():
            cells = getattr(row, "cells", {})
            step, index = divmod(int(cells["index"]), 1_000_000)
            if not step:
                continue
            copies += 1
            original = base[str(index)]
            assert isinstance(original, MultipleChoice)
            right = original.options[LETTERS.index(original.key)]
            assert cells[cells["answer"]] == right
            assert cells["image"] == str(index)
            options = [cells[letter] for letter in LETTERS[: len(original.options)]]
            assert tuple(options[-step:] + options[:-step]) == original.options
    assert copies == 4


def test_every_candidate_is_known_and_recorded(
    built: Built, known: dict[str, Any]
) -> None:
    ids = [f"{j.dataset}/{j.item_key}/{j.language}" for j in jobs(built)]
    lines = built.batch.read_text(encoding="utf-8").splitlines()
    answered = [json.loads(line)["custom_id"] for line in lines]
    assert answered == ids
    assert list(known) == ids
    assert len(ids) >= 96


def test_known_quality_and_verdict_belong_together(known: dict[str, Any]) -> None:
    pairs = {(entry["quality"], entry["expected"]) for entry in known.values()}
    assert pairs == {
        ("good", "accept"),
        ("slight", "accept_with_edits"),
        ("wrong", "reject"),
    }
    assert all(entry["why"] for entry in known.values())


def test_the_worker_makes_content_of_every_candidate(built: Built) -> None:
    engine = RecordedEngine(built.batch)
    for job in jobs(built):
        generation = engine.generate(job, None)
        content = assemble(job, generation.text)
        for name in ("key", "category"):
            assert content.get(name) == job.source.get(name)
    engine.close()


def test_provenance_claims_no_model(built: Built) -> None:
    engine = RecordedEngine(built.batch)
    provenance = engine.generate(next(jobs(built)), None).provenance
    engine.close()
    assert provenance.model == "concord-demonstration"
    assert provenance.licence == "CC0-1.0"
    assert provenance.engine == "recorded"
    assert provenance.parameters == {}
    assert "No model was asked." in provenance.rendered_prompt


def test_exactly_the_blocked_candidates_fail_a_blocking_check(
    built: Built, known: dict[str, Any]
) -> None:
    engine = RecordedEngine(built.batch)
    for job in jobs(built):
        custom_id = f"{job.dataset}/{job.item_key}/{job.language}"
        made = parse(job.kind, assemble(job, engine.generate(job, None).text))
        relation: checks.Relation = (
            "translated" if job.task == "translate" else "regenerated"
        )
        findings = checks.run(
            parse(job.kind, job.source), made, job.language, relation=relation
        )
        blocking = [f for f in findings if f.severity == "block"]
        assert bool(blocking) == known[custom_id]["blocked"], (custom_id, findings)
        if known[custom_id]["quality"] == "good":
            assert not findings, (custom_id, findings)
    engine.close()


def test_the_command_builds_the_same_bytes_over_an_earlier_build(
    folder: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    shutil.copytree(folder, again)
    (again / "known.json").write_text("from an earlier version")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "demonstration", str(again)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert all(Path(line).exists() for line in done.stdout.splitlines())
    assert contents(again) == contents(folder)

"""Every sample file, all the way: imported, accepted, released, and read by its users."""

from __future__ import annotations

import logging
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from datasets import Image as ImageFeature
from datasets import load_dataset

from annotation import importing, jobs
from annotation.models import Image, Item, Job
from corpus.checks import VERSION
from corpus.content import BENCHMARK_KINDS
from quality import exporting
from quality.models import Decision, Release
from tests.corpus.formats.untouched import assert_hub_rows, assert_table_rows
from tests.factories import make_candidate, make_project
from tests.quality.test_exporting import _offline

__all__ = ["_offline"]

SAMPLES = Path(__file__).parent.parent / "samples"
TRAINING = [
    ("pixmo-cap", "pixmo-cap/data/train-00000-of-00001.parquet"),
    (
        "pixmo-ask-model-anything",
        "pixmo-ask-model-anything/data/train-00000-of-00001.parquet",
    ),
    ("cosyn", "CoSyn-400K/chart/train-00000-of-00001.parquet"),
    ("cosyn", "CoSyn-400K/math/train-00000-of-00001.parquet"),
]
BENCHMARKS = [
    ("mmbench", "MMBench/MMBench_DEV_EN.tsv"),
    ("mmbench", "MMBench/en/dev-00000-of-00001.parquet"),
    ("scienceqa", "ScienceQA/ScienceQA_TEST.tsv"),
    ("scienceqa", "ScienceQA/ScienceQA-FULL/test-00000-of-00001.parquet"),
    ("pope", "POPE/POPE.tsv"),
    ("pope", "POPE/data/test-00000-of-00001.parquet"),
    ("ai2d", "ai2d/AI2D_TEST.tsv"),
    ("ai2d", "ai2d/data/test-00000-of-00001.parquet"),
]
pytestmark = [
    pytest.mark.filterwarnings(f"ignore::DeprecationWarning:{package}")
    for package in ("mlcroissant", "rdflib")
]


def imported(source: str, path: str):
    """A project with the sample in it, its pictures from the mirror beside it."""
    project = make_project(languages=["de"])
    mirror = SAMPLES / path.partition("/")[0] / "mirror"
    job = importing.ask(
        project=project,
        source=source,
        path=str(SAMPLES / path),
        images=str(mirror) if mirror.is_dir() else None,
    )
    ended = jobs.run(job.pk)
    assert ended.state == Job.State.DONE, ended.error
    return project


def accept_everything(project) -> int:
    """Whatever has its picture, in words of its own language: those of the source."""
    ready = Item.objects.exclude(image__state=Image.State.PENDING)
    for item in ready:
        candidate = make_candidate(
            item, "de", content=item.content_json, version=2, open_slots=False
        )
        Decision.objects.create(
            candidate=candidate,
            policy=project.policy,
            outcome="accepted",
            reason="3 of 3 accept it as it is",
            content_json=candidate.content_json,
            evidence="0" * 64,
            checks=VERSION,
        )
    return len(ready)


def released(project, design: str) -> Release:
    job = exporting.ask(project=project, design=design, languages=["de"])
    ended = jobs.run(job.pk)
    assert ended.state == Job.State.DONE, ended.error
    return Release.objects.get(pk=ended.result["release"])


def configurations(release: Release) -> dict[str, list[str]]:
    """Name and splits of everything that the card offers."""
    front = yaml.safe_load((release.folder / "README.md").read_text().split("---\n")[1])
    return {
        config["config_name"]: [files["split"] for files in config["data_files"]]
        for config in front["configs"]
    }


def described_rows(mlcroissant, release, caplog) -> list[int]:
    """German rows as mlcroissant reads them, for each description of the release."""
    counts = []
    for path in sorted(release.folder.glob("croissant*.json")):
        with caplog.at_level(logging.WARNING):
            described = mlcroissant.Dataset(jsonld=str(path))
            counts.append(len(list(described.records("de"))))
        issues = described.metadata.ctx.issues
        assert [*issues.errors, *issues.warnings] == []
    return counts


@pytest.mark.parametrize(("source", "path"), TRAINING)
def test_a_training_sample_comes_back_field_by_field(source, path, caplog, db):
    mlcroissant = pytest.importorskip("mlcroissant")
    project = imported(source, path)
    accepted = accept_everything(project)
    assert accepted
    release = released(project, "training")
    assert release.items == accepted

    english = load_dataset(str(release.folder), "en", split="train")
    originals = pq.read_table(SAMPLES / path).to_pylist()
    pictures = [name for name in ("image",) if name in originals[0]]
    for name in {"image", *pictures} & set(english.column_names):
        english = english.cast_column(name, ImageFeature(decode=False))
    rows = english.to_list()
    assert len(rows) == accepted
    for row in rows:
        shared = {name: row[name] for name in originals[0] if name != "image"}
        matching = [
            original
            for original in originals
            if {n: v for n, v in original.items() if n != "image"} == shared
        ]
        assert matching, f"no row of the sample is {shared}"
        if pictures:
            assert row["image"]["bytes"] in [m["image"]["bytes"] for m in matching]

    assert described_rows(mlcroissant, release, caplog) == [accepted]


@pytest.mark.parametrize(("source", "path"), BENCHMARKS)
def test_a_benchmark_sample_loads_everywhere_and_comes_back_field_by_field(
    source, path, caplog, db
):
    mlcroissant = pytest.importorskip("mlcroissant")
    project = imported(source, path)
    accepted = accept_everything(project)
    assert {item.kind for item in Item.objects.all()} <= set(BENCHMARK_KINDS)
    release = released(project, "benchmark")
    assert release.items <= accepted
    offered = configurations(release)
    assert {name.rpartition("-")[2] for name in offered} == {"de", "en"}
    rows = {}
    for name, (split,) in offered.items():
        read = load_dataset(str(release.folder), name, split=split)
        assert len(read) >= release.items
        rows[name] = len(read)
    german = [count for name, count in rows.items() if name.endswith("de")]
    assert sorted(described_rows(mlcroissant, release, caplog)) == sorted(german)
    assert list(release.folder.glob("vlmevalkit/*_de.tsv"))
    assert list(release.folder.glob("lmms-eval/*_de.yaml"))
    if path.endswith(".parquet"):
        assert_hub_rows(SAMPLES / path, list(release.folder.glob("*/en/*.parquet")))
    else:
        (table,) = release.folder.glob("vlmevalkit/*_en.tsv")
        assert_table_rows(source, SAMPLES / path, table)


def test_the_licence_of_mme_lets_nothing_out(db):
    project = imported("mme", "MME/MME.tsv")
    accept_everything(project)
    job = exporting.ask(project=project, design="benchmark", languages=["de"])
    ended = jobs.run(job.pk)
    assert ended.state == Job.State.FAILED
    assert "its authors must approve every redistribution" in ended.error
    assert not Release.objects.exists()

"""A release holds what the policy accepts, whole or not at all, the same each time."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from io import StringIO

import pandas as pd
import pytest
from datasets import load_dataset
from django.core.management import CommandError, call_command

from annotation import jobs, judging, proposing
from annotation.errors import Invalid
from annotation.models import Control, Job
from annotation.settling import is_settled
from corpus.formats import manifest
from quality import adjudicating, exporting
from quality.exporting import packing
from quality.models import Decision, Release
from tests.factories import (
    answer,
    judged,
    make_candidate,
    make_dataset,
    make_item,
    viewer,
)


@pytest.fixture(autouse=True)
def _offline(monkeypatch, tmp_path):
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr("datasets.config.HF_DATASETS_OFFLINE", True)


@pytest.fixture
def people(ana, bao, chris):
    return ana, bao, chris


def accepted(project, people, kind="caption", verdict="accept", language="de", **item):
    text = {"content": item.pop("text")} if "text" in item else {}
    candidate = make_candidate(make_item(project, kind, **item), language, **text)
    for user in people:
        judged(candidate, user, verdict)
    adjudicating.decide(candidate.pk)
    return candidate


def run(project, design="training", languages=("de",), **fields):
    job = exporting.ask(
        project=project, design=design, languages=list(languages), **fields
    )
    return jobs.run(job.pk)


def released(project, design="training", **fields):
    job = run(project, design, **fields)
    assert job.state == Job.State.DONE, job.error
    return Release.objects.get(pk=job.result["release"])


def test_datasets_reads_the_accepted_text_back(project, people, tmp_path):
    candidate = accepted(project, people)
    accepted(project, people, "question_answer", "reject")
    release = released(project)
    read = load_dataset(str(release.folder), "de", split="train")
    (row,) = list(read)
    assert row["caption"] == candidate.content.caption
    assert row["image"].size == (320, 240)
    assert row["model"] == "test-model"
    dataset = candidate.item.dataset
    assert row["dataset"] == f"{dataset.name}@{dataset.revision}"
    card = (release.folder / "README.md").read_text("utf-8")
    assert "| dataset | the upstream set, as name@revision |" in card


def test_a_benchmark_keeps_index_options_order_key_and_picture(project, people):
    upstream = {"index": 7, "category": "colour"}
    candidate = accepted(project, people, "multiple_choice", upstream=upstream)
    release = released(project, "benchmark")
    (path,) = release.folder.glob("vlmevalkit/*_de.tsv")
    (row,) = pd.read_csv(path, sep="\t").to_dict("records")
    assert (row["index"], row["answer"]) == (7, "A")
    assert [row[letter] for letter in "ABC"] == ["rot", "grün", "blau"]
    import base64

    picture = hashlib.sha256(base64.b64decode(row["image"])).hexdigest()
    assert picture == candidate.item.image.sha256


def test_the_same_state_gives_the_same_bytes(project, people):
    accepted(project, people)
    accepted(project, people, "question_answer")
    first, second = released(project), released(project)
    assert (first.number, second.number) == (1, 2)
    assert first.manifest_sha256 == second.manifest_sha256
    assert first.archive.read_bytes() == second.archive.read_bytes()


def test_a_release_is_dated_by_the_decisions_behind_it(project, people, monkeypatch):
    accepted(project, people)
    later = datetime(2041, 5, 6, tzinfo=UTC)
    with monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        accepted(project, people, verdict="reject")
    assert Decision.objects.latest("pk").created_at == later
    described = json.loads((released(project).folder / "croissant.json").read_text())
    assert described["datePublished"] != "2041-05-06"


def test_every_file_is_named_with_its_hash(project, people):
    accepted(project, people)
    release = released(project)
    assert manifest.verify(release.folder) == []
    assert {f["path"] for f in release.files} == {
        "LICENSES.md",
        "README.md",
        "croissant.json",
        "de/train-00000-of-00001.parquet",
        "en/train-00000-of-00001.parquet",
        "judgments/de.parquet",
        "left_out.parquet",
        "provenance/de.parquet",
        "provenance/en.parquet",
    }
    with zipfile.ZipFile(release.archive) as zipped:
        assert zipped.testzip() is None
        assert "SHA256SUMS" in zipped.namelist()


def test_what_is_left_out_is_counted_with_its_reason(project, people, ana):
    accepted(project, people)
    accepted(project, people, verdict="reject")
    judged(make_candidate(make_item(project)), ana)
    spoiled = accepted(project, people)
    proposing.mark_control(
        candidate=spoiled,
        design=Control.Design.SPOILED,
        expected_verdict="reject",
        reason="",
    )
    release = released(project)
    assert release.items == 1
    assert release.left_out == {
        "rejected": 1,
        "not decided yet": 1,
        "spoiled on purpose, as a control": 1,
    }


def test_a_spoiled_control_that_people_still_judge_is_not_given_away(project, people):
    accepted(project, people)
    proposing.mark_control(
        candidate=make_candidate(make_item(project)),
        design=Control.Design.SPOILED,
        expected_verdict="reject",
        reason="",
    )
    assert released(project).left_out == {"not decided yet": 1}


def test_a_picture_of_the_benchmark_never_enters_a_training_set(project, people):
    """Both items show the factory's one picture."""
    accepted(project, people)
    make_item(project, "multiple_choice")
    job = run(project)
    assert job.state == Job.State.FAILED
    assert "held out" in job.error


def test_nothing_accepted_is_nothing_to_release(project):
    job = run(project)
    assert job.state == Job.State.FAILED
    assert "Nothing is accepted yet" in job.error
    assert not Release.objects.exists()


@pytest.mark.parametrize("licence", ["CC-BY-NC-SA-4.0", "LicenseRef-Unheard-Of"])
def test_a_licence_that_does_not_fit_stops_the_release(project, people, licence):
    accepted(project, people)
    accepted(project, people, dataset=make_dataset(project, licence=licence))
    job = run(project)
    assert job.state == Job.State.FAILED
    assert licence in job.error


def test_a_released_candidate_is_settled(project, people):
    candidate = accepted(project, people)
    released(project)
    candidate.refresh_from_db()
    assert is_settled(candidate)


def test_a_correction_during_the_release_starts_it_again(
    project, people, ana, monkeypatch
):
    candidate = accepted(project, people)
    pack = packing.pack

    def corrected_meanwhile(*places):
        judging.correct(
            judgment=candidate.judgments.get(annotator=ana),
            by=viewer(ana),
            answer=answer(candidate, "reject"),
        )
        return pack(*places)

    monkeypatch.setattr(packing, "pack", corrected_meanwhile)
    job = run(project)
    assert job.state == Job.State.QUEUED
    assert "changed meanwhile" in job.error
    assert not Release.objects.exists()


def test_a_failed_release_leaves_no_file(project, people, monkeypatch, settings):
    accepted(project, people)

    def full(*places):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packing, "pack", full)
    job = run(project)
    assert "No space left" in job.error
    assert [p for p in settings.RELEASE_DIR.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize(
    ("design", "languages"), [("poem", ["de"]), ("training", []), ("training", ["it"])]
)
def test_a_wish_that_makes_no_sense_is_refused(project, design, languages):
    with pytest.raises(Invalid):
        exporting.ask(project=project, design=design, languages=languages)


@pytest.mark.parametrize("share", [-0.1, 0.95, 1.0, float("nan")])
def test_no_more_is_held_out_than_every_door_allows(project, share):
    with pytest.raises(CommandError, match=r"a number from 0 to 0\.9\."):
        call_command("export_dataset", "demo", "training", f"--test-share={share}")
    most = exporting.ask(
        project=project, design="training", languages=["de"], test_share=0.9
    )
    assert most.arguments["wish"]["test_share"] == exporting.MOST_HELD_OUT


@pytest.mark.parametrize(
    ("choices", "named"),
    [
        ({"formats": ["parquet"]}, "the choice of formats"),
        ({"test_share": 0.1}, "the pictures held out for testing"),
        ({"arm": "english"}, "the arm of an ablation"),
        ({"embed_images": False}, "addresses in place of pictures"),
        (
            {"formats": ["llava"], "arm": "native"},
            "the choice of formats and the arm of an ablation",
        ),
    ],
)
def test_a_benchmark_takes_no_choice_of_a_training_set(project, choices, named):
    with pytest.raises(Invalid) as refused:
        exporting.ask(project=project, design="benchmark", languages=["de"], **choices)
    assert str(refused.value).endswith(f"leave {named} to training sets.")


def test_a_training_set_without_any_format_is_refused(project):
    with pytest.raises(Invalid, match="Choose the formats"):
        exporting.ask(project=project, design="training", languages=["de"], formats=[])


def test_the_card_names_what_nobody_rated_and_has_no_row_for_it(project, people):
    accepted(project, people)
    jobs.run(jobs.ask(Job.Kind.MEASURE, project=project).pk)
    card = (released(project).folder / "README.md").read_text()
    _, _, section = card.partition("## Agreement between annotators")
    section, _, _ = section.partition("\n## ")
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    assert any("| Verdict | de |" in row for row in rows)
    assert not any("ratings" in row for row in rows)
    key = project.rubric.criteria.get(code="key_preserved").question
    assert not any(key in row for row in rows)
    (said,) = [line for line in section.splitlines() if line.startswith("Without")]
    assert f"{key} (de)" in said


def test_the_command_refuses_what_a_benchmark_cannot_have(project):
    with pytest.raises(CommandError, match="leave the choice of formats"):
        call_command("export_dataset", "demo", "benchmark", "--formats", "llava")


def test_the_command_writes_a_copy(project, people, tmp_path):
    accepted(project, people)
    out = StringIO()
    target = tmp_path / "out"
    call_command("export_dataset", project.code, "training", "--to", target, stdout=out)
    assert manifest.verify(target) == []
    assert "Release 1: 1 item\n  rows in English: 1 train\n" in out.getvalue()


@pytest.mark.parametrize("arguments", [("nowhere", "training"), ("demo", "benchmark")])
def test_the_command_says_why_there_is_no_release(project, people, arguments):
    with pytest.raises(CommandError):
        call_command("export_dataset", *arguments)

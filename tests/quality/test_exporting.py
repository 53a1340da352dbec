"""A release holds what the policy accepts, whole or not at all, the same each time."""

from __future__ import annotations

import hashlib
import re
import zipfile
from io import StringIO

import pandas as pd
import pyarrow.parquet as pq
import pytest
from datasets import load_dataset
from django.core.management import CommandError, call_command
from django.db import transaction

from annotation import jobs, judging, proposing
from annotation.errors import Invalid
from annotation.models import Control, Job
from corpus.formats import manifest
from quality import adjudicating, exporting
from quality.exporting import publishing, sidecar
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
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
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
    assert candidate.settled_at is not None


def test_a_correction_during_the_release_starts_it_again(
    project, people, ana, monkeypatch
):
    candidate = accepted(project, people)
    pack = publishing._pack

    def corrected_meanwhile(*places):
        judging.correct(
            judgment=candidate.judgments.get(annotator=ana),
            by=viewer(ana),
            answer=answer(candidate, "reject"),
        )
        return pack(*places)

    monkeypatch.setattr(publishing, "_pack", corrected_meanwhile)
    job = run(project)
    assert job.state == Job.State.QUEUED
    assert "changed meanwhile" in job.error
    assert not Release.objects.exists()


def test_a_failed_release_leaves_no_file(project, people, monkeypatch, settings):
    accepted(project, people)

    def full(*places):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "_pack", full)
    job = run(project)
    assert "No space left" in job.error
    assert [p for p in settings.RELEASE_DIR.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize(
    ("design", "languages"), [("poem", ["de"]), ("training", []), ("training", ["it"])]
)
def test_a_wish_that_makes_no_sense_is_refused(project, design, languages):
    with pytest.raises(Invalid):
        exporting.ask(project=project, design=design, languages=languages)


def test_the_command_writes_a_copy(project, people, tmp_path):
    accepted(project, people)
    out = StringIO()
    target = tmp_path / "out"
    call_command("export_dataset", project.code, "training", "--to", target, stdout=out)
    assert manifest.verify(target) == []
    assert "Release 1: 1 items" in out.getvalue()


@pytest.mark.parametrize("arguments", [("nowhere", "training"), ("demo", "benchmark")])
def test_the_command_says_why_there_is_no_release(project, people, arguments):
    with pytest.raises(CommandError):
        call_command("export_dataset", *arguments)


def test_english_comes_along_as_it_was(project, people):
    candidate = accepted(project, people)
    read = load_dataset(str(released(project).folder), "en", split="train")
    (row,) = list(read)
    assert row["caption"] == candidate.item.content.caption
    assert (row["language"], row["origin"]) == ("en", "source")


def test_every_format_of_a_training_set_holds_the_same_rows(project, people):
    accepted(project, people)
    accepted(project, people, "question_answer")
    formats = list(exporting.TRAINING_FORMATS)
    release = released(project, formats=formats)
    by_home = {}
    for part in release.manifest["parts"]:
        home = part["path"].partition("/")[0]
        home = home if home in formats else "parquet"
        by_home[home] = by_home.get(home, 0) + part["rows"]
    assert by_home == dict.fromkeys(formats, 4)
    read = load_dataset(str(release.folder), "messages-de", split="train")
    assert read[0]["messages"][0]["role"] == "user"


def test_judgments_leave_under_pseudonyms_and_without_notes(project, people, ana):
    candidate = accepted(project, people)
    release = released(project, english=False)
    said = pq.read_table(release.folder / "judgments/de.parquet").to_pylist()
    assert len(said) == 3
    assert len({row["rater"] for row in said}) == 3
    assert all(re.fullmatch("rater-[0-9a-f]{10}", row["rater"]) for row in said)
    assert {row["verdict"] for row in said} == {"accept"}
    assert "note" not in said[0]
    (whence,) = pq.read_table(release.folder / "provenance/de.parquet").to_pylist()
    assert whence["candidate_id"] == candidate.pk
    assert whence["rendered_prompt"] == "Translate."


def test_an_arm_holds_each_picture_once(project, people):
    for _ in range(6):
        item = make_item(project)
        for language in ("fr", "de"):
            candidate = make_candidate(item, language)
            for user in people:
                judged(candidate, user)
            adjudicating.decide(candidate.pk)
    both = released(project, languages=["fr", "de"], arm="multilingual")
    english = released(project, languages=["fr", "de"], arm="english")
    assert both.items == english.items == 6
    assert len({part["language"] for part in both.manifest["parts"]}) > 1
    assert {part["language"] for part in english.manifest["parts"]} == {"en"}


def test_a_benchmark_has_the_same_items_in_every_language(project, people):
    item = make_item(project, "multiple_choice", upstream={"index": 1})
    for language in ("fr", "de"):
        candidate = make_candidate(item, language)
        for user in people:
            judged(candidate, user)
        adjudicating.decide(candidate.pk)
    accepted(project, people, "multiple_choice", upstream={"index": 2})
    release = released(project, "benchmark", languages=["fr", "de"])
    assert release.left_out["not accepted in every language of the release"] == 1
    rows = {p["language"]: p["rows"] for p in release.manifest["parts"]}
    assert rows == {"en": 1, "fr": 1, "de": 1}


def test_a_part_that_is_written_is_not_written_again(project, people, monkeypatch):
    """The worker dies between the parts and the release; the next attempt goes on."""
    accepted(project, people)

    def die(*places):
        raise KeyboardInterrupt

    asked = exporting.ask(project=project, design="training", languages=["de"])
    pack = publishing._pack
    monkeypatch.setattr(publishing, "_pack", die)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(asked.pk)
    monkeypatch.setattr(publishing, "_pack", pack)
    Job.objects.filter(pk=asked.pk).update(heartbeat_at="2026-01-01T00:00Z")
    job = jobs.run(asked.pk)
    assert job.state == Job.State.DONE, job.error
    parts = Job.objects.filter(kind=Job.Kind.PART)
    assert [
        (part.arguments["unit"], part.attempt) for part in parts.order_by("id")
    ] == [
        ("de", 1),
        ("en", 1),
    ]


def test_a_number_on_disk_is_never_given_twice(project, people, settings):
    """After a restore the folder may hold a release that the database forgot."""
    accepted(project, people)
    lost = settings.RELEASE_DIR / project.code / "001"
    lost.mkdir(parents=True)
    (lost / "README.md").write_text("given away")
    assert released(project).number == 2
    assert (lost / "README.md").read_text() == "given away"


def test_datasets_are_sorted_by_the_name_they_are_released_under(project, people):
    for name in ("a", "a-b"):
        accepted(project, people, dataset=make_dataset(project, name=name))
    release = released(project)
    read = load_dataset(str(release.folder), "de", split="train")
    assert read["dataset"] == ["a-b@1", "a@1"]


def test_a_correction_after_the_plan_is_never_released(project, people, ana):
    candidate = accepted(project, people)
    accepted(project, people)
    job = exporting.ask(project=project, design="training", languages=["de"])
    run = jobs.take(job.pk)
    publishing._planned(run)
    judging.correct(
        judgment=candidate.judgments.get(annotator=ana),
        by=viewer(ana),
        answer=answer(candidate, "reject"),
    )
    with pytest.raises(publishing.Changed):
        publishing.run_release(run)
    assert not Release.objects.exists()


def test_what_was_decided_under_other_checks_is_checked_again(project, people):
    candidate = accepted(project, people)
    accepted(project, people)
    standing = Decision.objects.get(candidate=candidate)
    Decision.objects.bulk_create(
        [
            Decision(
                candidate=candidate,
                policy=standing.policy,
                outcome="accepted",
                reason="3 of 3 accept it as it is",
                content_json={"caption": "Here is the translation: Ein Bus.\ufffd"},
                evidence=standing.evidence,
                checks="older",
                replaces=standing,
            )
        ]
    )
    release = released(project)
    (reason,) = [why for why in release.left_out if why.startswith("blocked: ")]
    assert release.left_out[reason] == 1
    assert release.items == 1


def test_half_a_pair_leaves_no_benchmark(project, people):
    dataset = make_dataset(project, name="mme", source="mme")
    whole, half = "whole", "half"
    for number, group in enumerate((whole, whole, half)):
        question = f"Is there {'a bus' if number % 2 else 'no bus'} here, {number}?"
        accepted(
            project,
            people,
            "yes_no",
            dataset=dataset,
            group=group,
            content={"question": question, "key": "Yes" if number % 2 else "No"},
            text={
                "question": f"Gibt es hier {'einen' if number % 2 else 'keinen'} Bus,"
                f" {number}?",
                "key": "Yes" if number % 2 else "No",
            },
        )
    make_item(project, "yes_no", dataset=dataset, group=half)
    release = released(project, "benchmark")
    assert release.items == 2
    assert any("blocked" in why for why in release.left_out)


def test_any_text_passes_from_the_database_into_the_sidecar(db, tmp_path):
    texts = ['a "quoted", one\nwith a line\r\nmore', "", "\\N", "ünï \u2028 code"]
    sql = "SELECT t, NULL, 'x', t FROM unnest(%(texts)s::text[]) t"
    path = tmp_path / "any.parquet"
    with transaction.atomic():
        sidecar._write(path, sidecar._REFUSED, sql, {"texts": texts})
    read = pq.read_table(path).to_pydict()
    assert read["language"] == read["reason"] == texts
    assert read["dataset"] == [None] * len(texts)

"""What a release holds beside the accepted texts, and how it is written in parts."""

from __future__ import annotations

import json
import re
import shutil

import pyarrow.parquet as pq
import pytest
from datasets import load_dataset

from annotation import jobs, judging
from annotation.errors import Conflict
from annotation.models import Job
from corpus.marking import VERSION
from quality import adjudicating, exporting
from quality.exporting import packing, parts, planning, publishing
from quality.exporting.wishes import Wish
from quality.models import Decision, Release
from tests.factories import (
    answer,
    judged,
    make_candidate,
    make_dataset,
    make_item,
    mark,
    viewer,
)
from tests.quality.test_exporting import _offline, accepted, people, released

__all__ = ["_offline", "people"]


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
    assert [row["rater"] for row in said] == sorted(
        project.pseudonym(user.pk) for user in people
    )
    assert all(re.fullmatch("rater-[0-9a-f]{10}", row["rater"]) for row in said)
    assert {row["verdict"] for row in said} == {"accept"}
    assert "note" not in said[0]
    (whence,) = pq.read_table(release.folder / "provenance/de.parquet").to_pylist()
    assert whence["candidate_id"] == candidate.pk
    assert whence["rendered_prompt"] == "Translate."


def test_marked_errors_leave_with_the_judgments(project, people):
    candidate = make_candidate(make_item(project))
    marks = [mark("wartet"), mark("Ein", region=(0.25, 0, 0.5, 1))]
    for user in people:
        judged(candidate, user, spans=marks if user == people[0] else [])
    adjudicating.decide(candidate.pk)
    release = released(project, english=False)
    rows = pq.read_table(release.folder / "judgments/de.parquet").to_pylist()
    of_ana = project.pseudonym(people[0].pk)
    spans = {row["rater"]: json.loads(row["spans"]) for row in rows}
    assert [spans[name] for name in spans if name != of_ana] == [[], []]
    common = {"side": "candidate", "field": "caption", "taxonomy": VERSION}
    common |= {"category": "grammar", "severity": "minor"}
    assert spans[of_ana] == [
        common | {"start": 0, "end": 3, "words": "Ein", "region": [0.25, 0, 0.5, 1]},
        common | {"start": 14, "end": 20, "words": "wartet", "region": None},
    ]


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
    assert rows_beside(english, "provenance") == {"de": 0, "en": 6, "fr": 0}
    assert rows_beside(english, "judgments") == {"de": 0, "fr": 0}
    assert english.left_out == {"not in this arm": 12}
    data = {part["language"]: part["rows"] for part in both.manifest["parts"]}
    told = rows_beside(both, "provenance")
    assert {language: n for language, n in told.items() if n} == data
    assert both.left_out == {"not in this arm": 12 - told["de"] - told["fr"]}


def rows_beside(release, name):
    """Rows of a sidecar by language."""
    paths = (release.folder / name).glob("*.parquet")
    return {path.stem: pq.read_metadata(path).num_rows for path in paths}


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
    pack = packing.pack
    monkeypatch.setattr(packing, "pack", die)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(asked.pk)
    monkeypatch.setattr(packing, "pack", pack)
    Job.objects.filter(pk=asked.pk).update(heartbeat_at="2026-01-01T00:00Z")
    job = jobs.run(asked.pk)
    assert job.state == Job.State.DONE, job.error
    parts = Job.objects.filter(kind=Job.Kind.PART)
    assert [
        (part.arguments["unit"], part.attempt) for part in parts.order_by("id")
    ] == [
        ("de", 1),
        ("en", 1),
        ("de-sidecar", 1),
        ("en-sidecar", 1),
    ]


def test_parts_are_written_while_another_worker_is_at_one(project, people, monkeypatch):
    accepted(project, people)
    job = exporting.ask(project=project, design="training", languages=["de"])
    begun, see_through = [], jobs.see_through

    def wait(part_id):
        """The other worker goes on once everything else is written."""
        states = Job.objects.filter(kind=Job.Kind.PART).order_by("id")
        begun.append([part.state for part in states])
        Job.objects.filter(pk=part_id, state=Job.State.RUNNING).update(
            heartbeat_at="2026-01-01T00:00Z"
        )
        return see_through(part_id)

    ask = parts.ask_parts

    def taken(*arguments):
        asked = ask(*arguments)
        assert jobs.take(asked[0].pk)
        return asked

    monkeypatch.setattr(parts, "ask_parts", taken)
    monkeypatch.setattr(jobs, "see_through", wait)
    ended = jobs.run(job.pk)
    assert ended.state == Job.State.DONE, ended.error
    assert begun[0] == ["running", "done", "done", "done"]


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
    planning.planned(run, Wish.of(run.job))
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


def test_trying_again_sees_what_was_decided_since(project, people, lena):
    job = exporting.ask(project=project, design="training", languages=["de"])
    assert "Nothing is accepted yet" in jobs.run(job.pk).error
    accepted(project, people)
    again = jobs.run(jobs.retry(job=job, by=lena).pk)
    assert again.state == Job.State.DONE, again.error
    assert Release.objects.get().items == 1


def test_a_part_whose_files_are_gone_is_written_again(project, people, monkeypatch):
    accepted(project, people)
    pack = packing.pack

    def die(*places):
        raise KeyboardInterrupt

    asked = exporting.ask(project=project, design="training", languages=["de"])
    monkeypatch.setattr(packing, "pack", die)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(asked.pk)
    monkeypatch.setattr(packing, "pack", pack)
    shutil.rmtree(parts.draft_of(asked) / "de")
    Job.objects.filter(pk=asked.pk).update(heartbeat_at="2026-01-01T00:00Z")
    job = jobs.run(asked.pk)
    assert job.state == Job.State.DONE, job.error
    written = Release.objects.get().manifest["parts"]
    assert {part["language"] for part in written} == {"de", "en"}


def test_a_part_is_not_tried_again_by_itself(project, people, lena):
    accepted(project, people)
    released(project)
    part = Job.objects.filter(kind=Job.Kind.PART).first()
    with pytest.raises(Conflict, match="Try the release again"):
        jobs.retry(job=part, by=lena)
    Job.objects.filter(pk=part.pk).update(state=Job.State.QUEUED, finished_at=None)
    assert "has ended" in jobs.run(part.pk).error


def test_a_part_of_an_earlier_plan_is_not_written_over_a_later_one(project, people):
    accepted(project, people)
    job = exporting.ask(project=project, design="training", languages=["de"])
    run = jobs.take(job.pk)
    wish = Wish.of(run.job)
    plan = planning.planned(run, wish)
    (part, *_) = parts.ask_parts(run.job, wish, plan)
    run.remember(plan={"until": plan.until + 1, "refused": []})
    assert "goes by later decisions" in jobs.run(part.pk).error
    assert not (parts.draft_of(job) / "de").exists()


def test_a_correction_just_before_is_decided_first(project, people, ana):
    candidate = accepted(project, people)
    accepted(project, people)
    judging.correct(
        judgment=candidate.judgments.get(annotator=ana),
        by=viewer(ana),
        answer=answer(candidate, "reject"),
    )
    assert released(project).items == 2
    candidate.refresh_from_db()
    assert not candidate.needs_decision

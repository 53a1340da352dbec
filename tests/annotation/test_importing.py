"""Files become items once, whole, and with every bad row named."""

from __future__ import annotations

import json
from contextlib import nullcontext, suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from annotation import batches, importing, jobs
from annotation.errors import Invalid
from annotation.item_batches import NOTHING, TWINS
from annotation.models import Dataset, GenerationJob, Image, Item, Job
from corpus.content import Caption, parse
from corpus.record import Picture, Record, RowError
from tests.factories import make_dataset, make_project, picture
from tests.races import overlapping

SAMPLES = Path(__file__).parent.parent / "samples"


def record(key, caption="A bus.", **fields):
    return Record(key=key, content=Caption(caption), **fields)


def command(*arguments, refused="", **options):
    """What it prints; `refused` is what its failure begins with, if it must fail."""
    out, err = StringIO(), StringIO()
    fails = pytest.raises(CommandError, match=refused) if refused else nullcontext()
    with fails:
        call_command("import_dataset", *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def pixmo_file():
    return next((SAMPLES / "pixmo-cap").rglob("*.parquet"))


def mmbench_file():
    return next((SAMPLES / "MMBench").rglob("*.tsv"))


def test_good_rows_go_in_and_bad_ones_are_reported(project):
    rows = [record("a"), RowError(3, "caption", "is empty"), record("b")]
    report = importing.import_rows(dataset=make_dataset(project), rows=rows)
    assert (report.added, report.refused) == (2, 1)
    assert report.errors == ["line 3, column caption: is empty"]


def test_strict_means_all_or_nothing(project):
    rows = [record("a"), RowError(3, "caption", "is empty")]
    with pytest.raises(Invalid, match="line 3"):
        importing.import_rows(dataset=make_dataset(project), rows=rows, strict=True)
    assert not Item.objects.exists()


def test_the_same_rows_twice_change_nothing(project):
    dataset = make_dataset(project)
    importing.import_rows(dataset=dataset, rows=[record("a")])
    report = importing.import_rows(dataset=dataset, rows=[record("a")])
    assert (report.added, report.unchanged) == (0, 1)
    assert GenerationJob.objects.count() == len(project.target_languages)


def test_a_known_key_with_another_text_is_refused(project):
    dataset = make_dataset(project)
    importing.import_rows(dataset=dataset, rows=[record("a")])
    report = importing.import_rows(dataset=dataset, rows=[record("a", "A train.")])
    assert "--revision" in report.errors[0]
    assert Item.objects.get().content == Caption("A bus.")


def test_one_key_twice_in_a_file_is_refused(project):
    rows = [record("a"), record("a", "A train.")]
    report = importing.import_rows(dataset=make_dataset(project), rows=rows)
    assert (report.added, report.refused) == (1, 1)


def test_each_item_asks_for_a_candidate_in_every_language(project):
    importing.import_rows(dataset=make_dataset(project), rows=[record("a")])
    jobs = GenerationJob.objects.values_list("language", "task")
    assert sorted(jobs) == [("de", "regenerate"), ("fr", "regenerate")]


def test_equal_pictures_are_one_image(project):
    rows = [record(key, picture=Picture(data=picture())) for key in "ab"]
    importing.import_rows(dataset=make_dataset(project), rows=rows)
    assert Image.objects.get().state == Image.State.STORED


def test_an_address_without_mirror_waits(project):
    rows = [record(key, picture=Picture(url="http://x.invalid/a.jpg")) for key in "ab"]
    importing.import_rows(dataset=make_dataset(project), rows=rows)
    assert Image.objects.get().state == Image.State.PENDING


def test_a_mirror_is_never_left(project, tmp_path):
    (tmp_path / "secret.png").write_bytes(picture())
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / "link.png").symlink_to(tmp_path / "secret.png")
    rows = [
        record("a", picture=Picture(url="http://x.invalid/../secret.png")),
        record("b", picture=Picture(url="http://x.invalid/link.png")),
        record("c", picture=Picture(url="http://x.invalid/..")),
    ]
    importing.import_rows(dataset=make_dataset(project), rows=rows, mirror=mirror)
    assert {image.state for image in Image.objects.all()} == {Image.State.PENDING}


def test_a_bad_picture_costs_its_row_alone(project):
    rows = [record("a", picture=Picture(data=b"<html>")), record("b")]
    report = importing.import_rows(dataset=make_dataset(project), rows=rows)
    assert report.added == 1
    assert "no JPEG, PNG or WebP" in report.errors[0]


def test_the_command_reads_pixmo_cap_with_its_mirror(project):
    path = pixmo_file()
    mirror = next((SAMPLES / "pixmo-cap").rglob("mirror"))
    told = (project.code, "pixmo-cap", path, "--images", mirror)
    out, err = command(*told, refused="2 rows were refused")
    assert "added" in out
    assert Item.objects.filter(image__state="stored").exists()
    assert Dataset.objects.get().licence == "ODC-BY-1.0"
    again, _ = command(*told, refused="2 rows were refused")
    assert again.startswith("0 added")


def test_the_command_reads_mmbench(project):
    out, _ = command(project.code, "mmbench", mmbench_file())
    assert Item.objects.filter(kind="multiple_choice").count() == 4
    assert all(int(key) < 1_000_000 for key in Item.objects.values_list("key", flat=1))
    assert "\n0 added" in command(project.code, "mmbench", mmbench_file())[0]


def test_the_command_reports_a_bad_row_with_its_line(project, tmp_path):
    text = mmbench_file().read_text("utf-8")
    lines = text.splitlines(keepends=True)
    bad = tmp_path / "bad.tsv"
    bad.write_text("".join(lines) + lines[1].replace(lines[1].split("\t")[0], "x", 1))
    out, err = command(project.code, "mmbench", bad, refused="1 row was refused")
    assert "line" in err
    assert "1 refused" in out


def test_the_command_strict_leaves_nothing_behind(project, tmp_path):
    path = tmp_path / "items.jsonl"
    good = {"key": "a", "kind": "caption", "content": {"caption": "A bus."}}
    path.write_text(json.dumps(good) + "\n{\n")
    with pytest.raises(CommandError, match="Nothing was imported"):
        command(
            project.code,
            "concord",
            path,
            "--strict",
            "--licence",
            "CC0-1.0",
            "--attribution",
            "us",
        )
    assert not Item.objects.exists()
    assert Job.objects.get().state == Job.State.FAILED


def test_data_without_licence_does_not_come_in(project, tmp_path):
    path = tmp_path / "items.jsonl"
    path.write_text("")
    with pytest.raises(CommandError, match="licence"):
        command(project.code, "concord", path)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("nowhere", "mmbench", "x.tsv"), "no project"),
        (("demo", "mmbench", "missing.tsv"), "no file"),
    ],
)
def test_the_command_says_what_is_wrong(project, arguments, reason):
    with pytest.raises(CommandError, match=reason):
        command(*arguments)


def test_an_error_that_quotes_anything_can_be_stored(project):
    rows = [RowError(1, "\ud800", "x" * 5000 + "\x00"), record("a")]
    report = importing.import_rows(dataset=make_dataset(project), rows=rows)
    assert report.added == 1
    assert len(report.errors[0]) == batches.LONGEST_ERROR
    assert report.errors[0].encode()


@pytest.mark.parametrize("term", ["licence", "licence_url", "attribution"])
def test_rows_never_come_in_under_other_terms_than_the_dataset_has(project, term):
    dataset = make_dataset(project)
    importing.import_rows(dataset=dataset, rows=[record("a")])
    setattr(dataset, term, "https://example.org/other")
    with pytest.raises(Invalid, match="Give a new revision"):
        importing.import_rows(dataset=dataset, rows=[record("b")])
    assert Item.objects.count() == 1


def test_rows_of_one_question_in_several_files_come_together(project):
    dataset = make_dataset(project, source="pope")
    content = parse("yes_no", {"question": "Is there a bus?", "key": "Yes"})
    for track in ("random", "popular", "popular"):
        row = {"question_id": "1", "category": track}
        record = Record(
            key="bus",
            content=content,
            upstream={"tracks": [track], "rows": [row], "instruction": ""},
        )
        importing.import_rows(dataset=dataset, rows=[record])
    upstream = Item.objects.get().upstream
    assert sorted(upstream["tracks"]) == ["popular", "random"]
    assert len(upstream["rows"]) == 2


def test_rows_of_one_question_in_one_batch_come_together(project):
    """Under other keys, as files say it that name the pictures or only hold them."""
    shown, content = Picture(data=picture()), Caption("A bus.")
    dataset = make_dataset(project, source="pope")
    rows = [
        Record(
            key=track,
            content=content,
            picture=shown,
            upstream={"rows": [{"category": track}], "instruction": ""},
        )
        for track in ("random", "popular", "adversarial")
    ]
    report = importing.import_rows(dataset=dataset, rows=rows)
    assert (report.added, report.unchanged) == (1, 2)
    assert len(Item.objects.get().upstream["rows"]) == 3


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_cannot_change_each_others_terms():
    """Both begin before either has a row; whoever is second to write is refused."""
    project = make_project()

    def imported(credit, key, saved=lambda added: None):
        terms = {"source": "concord", "licence": "MIT", "attribution": credit}
        dataset = Dataset(project=project, name="buses", revision="1", **terms)
        try:
            importing.import_rows(dataset=dataset, rows=[record(key)], saved=saved)
        except Invalid as error:
            return str(error)
        return ""

    first, second = overlapping(
        lambda saved: imported("By Alice", "a", saved), lambda: imported("By Bob", "b")
    )
    assert first == ""
    assert "By Alice, not By Bob" in second
    assert [item.key for item in Item.objects.all()] == ["a"]
    assert Dataset.objects.get().attribution == "By Alice"


@pytest.mark.django_db(transaction=True)
def test_an_import_runs_outside_of_anybody_elses_transaction():
    """As Celery runs it: every batch is a transaction of its own."""
    project = make_project()
    job = importing.ask(project=project, source="mmbench", path=str(mmbench_file()))
    assert jobs.run(job.pk).state == Job.State.DONE
    assert Item.objects.exists()


def test_the_same_set_under_other_keys_is_named(project, tmp_path):
    """As another kind of file of one benchmark would bring it."""
    dataset = make_dataset(project)
    shown = Picture(data=picture())
    rows = [record("a", picture=shown), record("b", "Two.", picture=shown)]
    importing.import_rows(dataset=dataset, rows=rows)
    again = [record("x", picture=shown), record("y", "Three.", picture=shown)]
    report = importing.import_rows(dataset=dataset, rows=again)
    assert (report.added, report.remarks[TWINS]) == (2, 1)


@pytest.mark.parametrize(
    ("text", "options", "state"),
    [
        ("", [], "failed"),
        ("{\n", ["--strict"], "failed"),
        ("{\n[]\n", [], "done"),
        (
            '{"key": "a", "kind": "caption", "content": {"caption": "A bus."},'
            ' "image": {"file": "none.png"}}',
            [],
            "done",
        ),
    ],
    ids=["empty", "strict", "bad-rows", "no-picture"],
)
def test_an_import_that_brought_no_row_leaves_no_dataset(
    project, tmp_path, text, options, state
):
    path = tmp_path / "items.jsonl"
    path.write_text(text)
    terms = ["--licence", "CC0-1.0", "--attribution", "us"]
    with suppress(CommandError):
        command(project.code, "concord", path, *terms, *options)
    job = Job.objects.get()
    assert job.state == state, job.error
    assert not Dataset.objects.exists()
    assert state == "failed" or job.result["mind"] == NOTHING

    path.write_text('{"key": "a", "kind": "caption", "content": {"caption": "A bus."}}')
    terms = ["--licence", "CC-BY-4.0", "--attribution", "them"]
    assert command(project.code, "concord", path, *terms)[0].startswith("1 added")
    assert Dataset.objects.get().licence == "CC-BY-4.0"


def test_a_batch_whose_pictures_are_all_bad_leaves_no_dataset(project):
    dataset = Dataset(
        project=project,
        source="pixmo-cap",
        name="buses",
        revision="1",
        licence="CC0-1.0",
        attribution="us",
    )
    bad = record("a", picture=Picture(data=b"<html>"))
    importing.import_rows(dataset=dataset, rows=[bad])
    assert not Dataset.objects.exists()
    importing.import_rows(dataset=dataset, rows=[record("b")])
    assert Dataset.objects.get().items.count() == 1


def test_an_import_without_a_reader_is_refused_at_once(project):
    with pytest.raises(TypeError, match="source"):
        importing.ask(project=project, path="x.parquet")
    with pytest.raises(TypeError, match="licens"):
        importing.ask(project=project, source="mme", path="x.tsv", licens="MIT")
    with pytest.raises(Invalid, match="No reader is called 'nothing'"):
        importing.ask(project=project, source="nothing", path="x.parquet")


@pytest.mark.parametrize("term", ["name", "revision"])
def test_names_hold_no_at_sign(project, term):
    with pytest.raises(Invalid, match=f"A {term} holds no @"):
        importing.ask(
            project=project, source="pixmo-cap", path="x.parquet", **{term: "a@b"}
        )
    with pytest.raises(IntegrityError, match="at_stands"), transaction.atomic():
        make_dataset(project, **{term: "a@b"})

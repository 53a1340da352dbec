"""Uploading a file and asking for its import."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from annotation import importing, tasks
from annotation.models import Candidate, Dataset, Item, Job
from tests import factories

SAMPLE = Path(__file__).parents[2] / "samples" / "MMBench" / "MMBench_DEV_EN.tsv"


def upload(name: str = "MMBench_DEV_EN.tsv", content: bytes | None = None):
    return SimpleUploadedFile(name, SAMPLE.read_bytes() if content is None else content)


def fields(**changes):
    return {
        "file": upload(),
        "name": "mmbench",
        "revision": "dev",
        "licence": "CC-BY-4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": "MMBench by its authors.",
    } | changes


@pytest.fixture
def address(project):
    return reverse("imports", args=["demo"]) + "?source=mmbench"


def test_the_terms_are_filled_in_from_the_source(lena, address, logged_in):
    page = logged_in(lena).get(address).content.decode()

    assert 'value="CC-BY-4.0"' in page
    assert "OpenCompass" in page
    assert 'accept=".tsv,.parquet"' in page


def test_an_upload_is_kept_in_a_folder_of_its_own(lena, address, settings, logged_in):
    response = logged_in(lena).post(address, fields())

    job = Job.objects.get()
    kept = Path(job.arguments["path"])
    assert response["Location"] == reverse("jobs", args=["demo"])
    assert kept.parent.parent == settings.INCOMING_DIR
    assert kept.name == "MMBench_DEV_EN.tsv"
    assert kept.read_bytes() == SAMPLE.read_bytes()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.tsv", "passwd.tsv"),
        ("..tsv.TSV", "tsv.tsv"),
        ("größer & <b>.tsv", "gr_er_b.tsv"),
        ("-rf.tsv", "-rf.tsv"),
        ("x" * 300 + ".tsv", "x" * 80 + ".tsv"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_plain(
    lena, address, settings, logged_in, given, kept
):
    logged_in(lena).post(address, fields(file=upload(given)))
    (path,) = settings.INCOMING_DIR.glob("*/*")
    assert path.name == kept


def test_the_job_imports_what_was_uploaded(lena, address, logged_in):
    logged_in(lena).post(address, fields())

    tasks.run_job(Job.objects.get().pk)

    job = Job.objects.get()
    assert job.state == "done", job.error
    assert Item.objects.count() == job.result["added"] > 0


def test_page_and_command_call_a_nameless_revision_the_same(
    lena, address, project, logged_in
):
    assert importing.UNVERSIONED in logged_in(lena).get(address).content.decode()
    logged_in(lena).post(address, fields(revision=""))
    tasks.run_job(Job.objects.get().pk)
    out = StringIO()
    options = {"attribution": fields()["attribution"], "stdout": out}
    call_command("import_dataset", project.code, "mmbench", SAMPLE, **options)
    assert "\n0 added, 4 unchanged" in out.getvalue()
    assert Dataset.objects.get().revision == importing.UNVERSIONED


def test_an_upload_is_gone_once_it_is_imported(
    lena, address, settings, logged_in, django_capture_on_commit_callbacks
):
    logged_in(lena).post(address, fields())
    assert len(list(settings.INCOMING_DIR.iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        tasks.run_job(Job.objects.get().pk)
    assert list(settings.INCOMING_DIR.iterdir()) == []


def test_an_upload_whose_import_failed_stays_for_another_try(
    lena, address, settings, logged_in, django_capture_on_commit_callbacks
):
    logged_in(lena).post(address, fields(file=upload(content=b"no table")))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.run_job(Job.objects.get().pk)
    assert Job.objects.get().state == "failed"
    assert len(list(settings.INCOMING_DIR.iterdir())) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"file": upload("evil.html", b"<p>")},
            "MMBench is read from a .tsv or .parquet file.",
        ),
        ({"file": upload(content=b"")}, "The submitted file is empty."),
        ({"name": ""}, "This field is required."),
        ({"licence_url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_a_bad_upload_is_refused_with_its_reason(
    lena, address, changes, sentence, settings, logged_in
):
    response = logged_in(lena).post(address, fields(**changes))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Job.objects.exists()
    assert not settings.INCOMING_DIR.exists()


def test_a_reader_nobody_knows_is_not_found(lena, project, logged_in):
    response = logged_in(lena).get(
        reverse("imports", args=["demo"]), {"source": "nonsense"}
    )

    assert response.status_code == 404


def test_datasets_are_listed_at_a_fixed_cost(
    lena, project, address, logged_in, django_assert_num_queries
):
    for _ in range(3):
        factories.make_dataset(project, name=f"corpus-{_}")
    client = logged_in(lena)

    with django_assert_num_queries(6):
        page = client.get(address)
    assert b"corpus-2" in page.content


@pytest.fixture
def texts(project):
    """What a lead fills in for native texts, and where."""
    item = factories.make_item(project)
    line = {"key": item.key, "content": {"caption": "Ein Bus steht am Straßenrand."}}
    bad = {"key": item.key, "content": {}}
    return reverse("imports", args=["demo"]) + "?source=native", {
        "file": upload(
            "texts.jsonl", f"{json.dumps(line)}\n{json.dumps(bad)}".encode()
        ),
        "dataset": item.dataset.pk,
        "language": "de",
        "source": "street-captions",
        "licence": "CC0-1.0",
        "attribution": "",
    }


def test_native_texts_are_uploaded_and_taken_in_by_the_job(lena, texts, logged_in):
    client = logged_in(lena)
    assert client.post(*texts)["Location"] == reverse("jobs", args=["demo"])
    tasks.run_job(Job.objects.get().pk)
    page = client.get(reverse("jobs", args=["demo"])).content.decode()
    assert "Native texts" in page
    assert "added: 1" in page
    assert "line 2, column caption: expected text" in page
    candidate = Candidate.objects.get()
    assert candidate.origin == "native"
    assert candidate.authorship.attribution == "street-captions"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"file": upload("texts.csv")}, "Native texts are read from a .jsonl file."),
        ({"licence": ""}, "This field is required."),
        ({"language": "it"}, "it is not one of the available choices"),
        ({"dataset": 2_000_000_000}, "That choice is not one of the available choices"),
        ({"source": "   "}, "This field is required."),
    ],
)
def test_a_bad_upload_of_native_texts_is_refused(
    lena, texts, changes, sentence, settings, logged_in
):
    address, good = texts
    response = logged_in(lena).post(address, good | changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Job.objects.exists()
    assert not settings.INCOMING_DIR.exists()


def test_datasets_of_other_projects_cannot_be_chosen(lena, olga, texts, logged_in):
    address, good = texts
    elsewhere = factories.make_dataset(
        olga.memberships.first().project, name="quokka-set"
    )
    client = logged_in(lena)
    assert b"quokka-set" not in client.get(address).content
    assert client.post(address, good | {"dataset": elsewhere.pk}).status_code == 422


def test_without_items_the_page_says_what_comes_first(lena, project, logged_in):
    address = reverse("imports", args=["demo"]) + "?source=native"
    page = logged_in(lena).get(address).content.decode()
    assert "Import one of the sources first." in page
    assert 'type="file"' not in page

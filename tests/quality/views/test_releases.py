"""Releases are asked for, watched and taken home."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest
from django.urls import reverse

from annotation import jobs
from annotation.models import Job
from quality import adjudicating
from quality.models import Release
from tests import factories

CHANGES = 7
COPIED = (
    "project",
    "design",
    "languages",
    "policy",
    "items",
    "manifest",
    "manifest_sha256",
    "created_by",
)


@pytest.fixture
def accepted(project, ana, bao, chris):
    candidate = factories.make_candidate(factories.make_item(project))
    for person in (ana, bao, chris):
        factories.judged(candidate, person)
    adjudicating.decide(candidate.pk)
    return candidate


@pytest.fixture
def address(project):
    return reverse("releases", args=["demo"])


@pytest.fixture
def release(accepted, address, lena, logged_in):
    fields = {"design": "training", "languages": ["de"]}
    logged_in(lena).post(address, fields)
    job = jobs.run(Job.objects.get(kind="release").pk)
    assert job is not None
    assert job.state == "done", job.error
    return Release.objects.get()


def another(release, number):
    """The same release once more, with a number and files of its own."""
    folder = release.folder
    made = Release.objects.create(
        **{name: getattr(release, name) for name in COPIED}, number=number
    )
    shutil.copytree(folder, made.folder)
    return made


def test_no_releases_is_said(lena, address, logged_in):
    assert b"No releases yet" in logged_in(lena).get(address).content


def test_asking_makes_a_job_that_is_watched(lena, address, logged_in):
    fields = {"design": "training", "languages": ["de", "fr"]}

    response = logged_in(lena).post(address, fields, follow=True)

    assert Job.objects.get().kind == "release"
    page = response.content.decode()
    assert "The release is on its way." in page
    assert 'hx-trigger="every 2s"' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"design": "training"}, "Choose at least one language."),
        ({"design": "training", "languages": ["it"]}, "it is not one of the"),
        ({"design": "toy", "languages": ["de"]}, "toy is not one of the"),
        (
            {"design": "training", "languages": ["de"], "held_out": 91},
            "less than or equal to 90",
        ),
        (
            {"design": "benchmark", "languages": ["de"], "held_out": 5}
            | {"embed_images": "on"},
            "leave the pictures held out for testing to training sets",
        ),
        (
            {"design": "benchmark", "languages": ["de"]},
            "leave addresses in place of pictures to training sets",
        ),
    ],
)
def test_a_bad_wish_comes_back(lena, address, fields, sentence, logged_in):
    response = logged_in(lena).post(address, fields)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Job.objects.exists()


def test_a_benchmark_is_asked_for_with_the_form_as_it_is_at_first(
    lena, address, logged_in
):
    client = logged_in(lena)
    page = client.get(address).content.decode()
    assert page.count("for-training") == page.count("for-benchmark") == 1
    assert "section by-design" in page
    as_it_is = {"formats": ["parquet"], "held_out": "0", "arm": "", "english": "on"}
    fields = {"design": "benchmark", "languages": ["de"], "embed_images": "on"}
    client.post(address, as_it_is | fields)
    assert Job.objects.get().arguments["wish"]["design"] == "benchmark"


def test_a_form_that_comes_back_hides_nothing(lena, address, logged_in):
    fields = {"design": "benchmark", "languages": ["de"], "arm": "english"}
    fields |= {"english": "on"}
    page = logged_in(lena).post(address, fields | {"embed_images": "on"})
    assert "leave the arm of an ablation to training sets" in page.content.decode()
    assert "by-design" not in page.content.decode()


def test_a_release_is_listed_and_downloads_whole(lena, release, address, logged_in):
    client = logged_in(lena)
    page = client.get(address).content.decode()
    assert "demo-001" in page
    assert release.manifest_sha256[:12] in page

    response = client.get(reverse("release_download", args=[release.pk]))

    assert 'filename="demo-001.zip"' in response["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    assert any(name.endswith("manifest.json") for name in archive.namelist())


def test_a_release_goes_to_its_lead_only(ana, adam, olga, release, logged_in):
    address = reverse("release_download", args=[release.pk])

    for person in (ana, adam, olga):
        assert logged_in(person).get(address).status_code == 404


def test_lost_files_are_said_to_be_missing(lena, release, logged_in):
    release.archive.unlink()

    response = logged_in(lena).get(reverse("release_download", args=[release.pk]))

    assert response.status_code == 404
    assert b"The files of demo-001 are missing." in response.content


def test_the_list_costs_the_same_for_any_length(
    lena, release, address, logged_in, django_assert_num_queries
):
    client = logged_in(lena)
    for number in (1, 2, 3):
        if number > 1:
            another(release, number)
        with django_assert_num_queries(8):
            page = client.get(address).content.decode()
        assert f"demo-{number:03}" in page
        assert page.count("by <bdi>Lena</bdi>") == number


def test_the_changes_cost_the_same_beside_any_number_of_releases(
    lena, release, logged_in, django_assert_num_queries
):
    newer = another(release, 2)
    address, client = reverse("release_changes", args=[newer.pk]), logged_in(lena)
    for number in (3, 4, 5):
        with django_assert_num_queries(CHANGES):
            page = client.get(address).content.decode()
        assert page.count("<option") == number - 2
        another(release, number)

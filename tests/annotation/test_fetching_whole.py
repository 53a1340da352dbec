"""The job against real sockets, a real lock, and what a real import leaves behind."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection, connections

from annotation import fetching, importing, jobs
from annotation.fetching import Fetched, Gone
from annotation.fetching.running import LOCK
from annotation.models import Image, Item, Job
from tests.annotation.fetches import fetched, waiting
from tests.annotation.hosts import answer, serving
from tests.corpus.pictures.hostile import SCRIPT, photo
from tests.factories import picture
from tools.place import ROOT

pytestmark = pytest.mark.django_db


def test_a_real_host_is_asked_politely_and_every_item_has_an_end(project):
    good = [f"/good{n}.png" for n in range(8)]
    with serving() as host:
        for n, path in enumerate(good):
            host.plays[path] = answer(picture(size=(100 + n % 4, 100)))
        host.plays["/page.jpg"] = answer(SCRIPT, Content_Type="image/jpeg")
        host.plays["/busy.jpg"] = answer(b"", "503 Busy")
        paths = [*good, "/page.jpg", "/busy.jpg", "/lost.jpg"]
        waiting(project, *[host.url(path) for path in paths])
        internet = partial(fetching.fetch, resolve=host.resolve, allowed=host.allowed)
        job = fetched(project, internet)
        assert sorted(host.asked) == sorted(paths)
        assert host.most_at_once <= 2
    assert job.result == {
        "stored": 4,
        "same_as_another": 4,
        "gone": 2,
        "tried_again_later": 1,
        "not_as_claimed": 0,
        "left": 1,
    }
    states = Item.objects.values_list("image__state", flat=True)
    assert sorted(states) == ["gone"] * 2 + ["pending"] + ["stored"] * 8


def test_the_registered_work_calls_the_internet_and_nothing_at_home(project):
    """The job as Celery runs it, whose fetcher allows nothing."""
    with serving() as host:
        waiting(project, host.url("/a.png", "127.0.0.1"), "http://127.0.0.1/a.png")
        job = fetching.ask(project)
        assert jobs.run(job.pk).state == Job.State.DONE
        assert host.connections == 0
    reasons = set(Image.objects.values_list("state", "reason"))
    assert reasons == {
        ("gone", "the address leads into a private network"),
        ("gone", "the address names a port other than 80 and 443"),
    }


@pytest.mark.django_db(transaction=True)
def test_a_second_job_does_not_call_the_same_hosts_meanwhile(project):
    waiting(project, "http://a.test/1")
    connections.close_all()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        job = fetched(project, lambda url: pytest.fail("called"))
    finally:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        other.close()
    assert job.result == {"waiting": "pictures of another project are being fetched"}
    fetched(project, lambda url: Fetched(photo()))
    assert Image.objects.get().state == "stored"


def test_an_import_of_addresses_leads_to_pictures_and_to_reasons(project, lena):
    """The sample has an address twice, a dead one, a page and a picture too large."""
    folder = ROOT / "tests" / "samples" / "pixmo-cap"

    def internet(url: str) -> fetching.Outcome:
        path = folder / "mirror" / url.rpartition("/")[2]
        return Fetched(path.read_bytes()) if path.is_file() else Gone("no such page")

    (file,) = folder.rglob("*.parquet")
    asked = importing.ask(project=project, by=lena, source="pixmo-cap", path=str(file))
    assert jobs.run(asked.pk).state == Job.State.DONE
    assert Image.objects.filter(state="pending").count() == 5
    job = Job.objects.get(kind=Job.Kind.FETCH)
    assert job.created_by == lena
    fetching.run_fetch(jobs.take(job.pk), fetch=internet)
    states = Item.objects.values_list("image__state", "image__reason")
    assert sorted(states) == [
        ("gone", "no such page"),
        ("gone", "the picture is too large: 12000 x 9000 pixels"),
        ("gone", "this is no JPEG, PNG or WebP picture"),
        *[("stored", "")] * 3,
    ]

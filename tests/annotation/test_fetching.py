"""From pending to stored, same, gone or later, and from an import to the end of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation import fetching, images, jobs, leasing
from annotation.fetching import Fetched, Gone, Later, settling
from annotation.models import GenerationJob, Image, Job
from annotation.visibility import Viewer
from tests import factories
from tests.annotation.fetches import due_again, fetched, waiting
from tests.corpus.pictures.hostile import HOSTILE, SCRIPT
from tests.factories import picture
from tests.races import race
from worker.protocol import ClaimRequest

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_picture_that_is_fetched_is_stored_in_its_own_row(project):
    (item,) = waiting(project, "http://a.test/1")
    job = fetched(project, {"http://a.test/1": Fetched(picture())})
    image = Image.objects.get(pk=item.image_id)
    assert (image.state, image.url) == ("stored", "http://a.test/1")
    assert (image.width, image.height, image.media_type) == (320, 240, "image/png")
    assert image.original_path.read_bytes() == picture()
    assert image.next_try_at is None
    assert job.state == Job.State.DONE
    assert job.result == {
        "stored": 1,
        "same_as_another": 0,
        "gone": 0,
        "tried_again_later": 0,
        "not_as_claimed": 0,
        "left": 0,
    }


def test_items_of_two_addresses_with_the_same_bytes_end_at_one_image(project):
    one, two = waiting(project, "http://a.test/1", "http://b.test/2")
    job = fetched(project, lambda url: Fetched(picture()))
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.image == two.image
    assert one.image.state == "stored"
    other = Image.objects.get(state="same")
    assert other.same_as == one.image
    assert {other.url, one.image.url} == {"http://a.test/1", "http://b.test/2"}
    assert job.result["stored"] == job.result["same_as_another"] == 1


def test_bytes_that_an_import_brought_before_are_not_stored_twice(project):
    known = images.store(picture())
    (item,) = waiting(project, "http://a.test/1")
    fetched(project, lambda url: Fetched(picture()))
    item.refresh_from_db()
    assert item.image == known


def test_generation_waits_for_the_picture_and_then_begins(project):
    (item,) = waiting(project, "http://a.test/1")
    GenerationJob.objects.create(
        project=project, item=item, language="de", task=GenerationJob.Task.REGENERATE
    )
    token, _ = factories.make_worker_token(project)
    request = ClaimRequest(worker="w", engine="recorded", engine_version="1", limit=1)

    def claim() -> int:
        by = Viewer.of_token(token)
        return len(leasing.claim(by=by, request=request).jobs)

    assert claim() == 0
    fetched(project, lambda url: Fetched(picture()))
    assert claim() == 1


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Gone("its host answers 404"), "its host answers 404"),
        (Fetched(SCRIPT), "this is no JPEG, PNG or WebP picture"),
        (Fetched(HOSTILE["moving PNG"][0]()), "the picture is animated"),
        (
            Fetched(HOSTILE["108 megapixels"][0]()),
            "the picture is too large: 12000 x 9000 pixels",
        ),
        (
            Fetched(HOSTILE["half a JPEG"][0]()),
            "the picture cannot be decoded: it is cut off or damaged",
        ),
    ],
)
def test_what_cannot_be_had_is_gone_with_the_reason_and_the_job_is_done(
    project, settings, outcome, reason
):
    (item,) = waiting(project, "http://a.test/1")
    job = fetched(project, lambda url: outcome)
    image = Image.objects.get(pk=item.image_id)
    assert (image.state, image.reason) == ("gone", reason)
    assert (job.state, job.result["gone"]) == (Job.State.DONE, 1)
    assert not settings.MEDIA_DIR.exists()


def test_other_bytes_than_claimed_are_kept_and_marked(project):
    (item,) = waiting(project, "http://a.test/1", claimed="1" * 64)
    job = fetched(project, lambda url: Fetched(picture()))
    image = Image.objects.get(pk=item.image_id)
    assert (image.state, image.is_claimed(image.sha256)) == ("stored", False)
    assert image.claimed_sha256 == "1" * 64
    assert job.result["not_as_claimed"] == 1


def test_what_may_work_later_is_tried_later_and_five_times_in_all(project):
    (item,) = waiting(project, "http://a.test/1")
    image = Image.objects.get(pk=item.image_id)
    pauses = []
    for attempt in range(1, 5):
        fetched(project, lambda url: Later("its host answers 503"))
        image.refresh_from_db()
        assert (image.state, image.attempts) == ("pending", attempt)
        assert image.reason == "its host answers 503"
        assert fetching.ask(project) is None
        pauses.append(image.next_try_at - timezone.now())
        due_again()
    fetched(project, lambda url: Later("its host answers 503"))
    image.refresh_from_db()
    assert image.state == "gone"
    assert image.reason == "tried 5 times; the last time: its host answers 503"
    assert pauses == sorted(pauses)
    assert timedelta(0) < pauses[0] < timedelta(minutes=2)
    assert pauses[-1] > 5 * HOUR


def test_a_host_that_names_its_time_is_not_called_before(project):
    (item,) = waiting(project, "http://a.test/1")
    fetched(project, lambda url: Later("its host answers 429", 2 * 3600))
    image = Image.objects.get(pk=item.image_id)
    assert image.next_try_at - timezone.now() > 1.9 * HOUR


def test_success_after_a_failure_clears_the_reason(project):
    (item,) = waiting(project, "http://a.test/1")
    fetched(project, lambda url: Later("its host answers 503"))
    due_again()
    fetched(project, lambda url: Fetched(picture()))
    image = Image.objects.get(pk=item.image_id)
    assert (image.state, image.reason) == ("stored", "")


def test_nothing_pending_asks_for_no_job(project):
    factories.make_item(project)
    assert fetching.ask(project) is None
    assert not Job.objects.exists()


def test_a_job_that_waits_is_asked_for_once(project):
    waiting(project, "http://a.test/1")
    assert fetching.ask(project) == fetching.ask(project)
    assert Job.objects.count() == 1


def test_pictures_of_another_project_are_left_to_it(project, olga):
    elsewhere = olga.memberships.first().project
    waiting(elsewhere, "http://b.test/1")
    waiting(project, "http://a.test/1")
    fetched(project, {"http://a.test/1": Fetched(picture())})
    assert list(
        Image.objects.filter(state="pending").values_list("url", flat=True)
    ) == ["http://b.test/1"]


def test_order_is_shuffled_and_always_the_same(project):
    urls = [f"http://{'ab'[n < 20]}.test/{n}" for n in range(40)]
    waiting(project, *urls)
    first = [image.url for image in settling.claim(project, 40)]
    due_again(attempts=0)
    assert [image.url for image in settling.claim(project, 40)] == first
    assert sorted(first) == sorted(urls)
    assert len({url[7] for url in first[:10]}) == 2
    assert first != urls


def test_a_stretch_that_is_over_leaves_the_rest_untouched_to_the_next(project):
    waiting(project, *[f"http://a.test/{n}" for n in range(30)])
    job = fetched(
        project, lambda url: Gone("its host answers 404"), stretch=timedelta(0)
    )
    assert job.result["left"] == 30
    assert set(Image.objects.values_list("attempts", "next_try_at")) == {(0, None)}
    assert fetching.ask_due() is not None


def test_progress_is_told_as_some_of_all(project, monkeypatch):
    monkeypatch.setattr("annotation.fetching.running.SAY_EVERY_SECONDS", 0)
    waiting(project, *[f"http://a.test/{n}" for n in range(30)])
    job = fetching.ask(project)
    run = jobs.take(job.pk)
    told = []
    run.report = lambda step, done, total: told.append((step, done, total))
    fetching.run_fetch(run, fetch=lambda url: Gone("its host answers 404"))
    assert told[-1] == ("pictures fetched", 30, 30)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_a_job_that_lost_its_place_stops_and_gives_back_what_it_held(
    project, monkeypatch
):
    monkeypatch.setattr("annotation.fetching.running.SAY_EVERY_SECONDS", 0)
    waiting(project, *[f"http://h{n}.test/" for n in range(40)])
    job = fetching.ask(project)
    run = jobs.take(job.pk)
    Job.objects.filter(pk=job.pk).update(attempt=run.attempt + 1)
    with pytest.raises(jobs.Fenced):
        fetching.run_fetch(run, fetch=lambda url: Gone("its host answers 404"))
    left = Image.objects.filter(state="pending")
    assert 0 < left.count() < 40
    assert set(left.values_list("attempts", "next_try_at")) == {(0, None)}


def test_a_picture_that_takes_its_worker_down_is_not_tried_for_ever(project):
    (item,) = waiting(project, "http://a.test/1")
    for _ in range(5):
        assert settling.claim(project, 10)  # and then the worker dies
        due_again()
    assert settling.claim(project, 10) == []
    image = Image.objects.get(pk=item.image_id)
    assert image.state == "gone"
    assert image.reason == "tried 5 times; each time the work was cut short"


def test_a_claim_that_ran_out_cannot_settle_any_more(project):
    waiting(project, "http://a.test/1")
    (late,) = settling.claim(project, 10)
    due_again()
    (new,) = settling.claim(project, 10)
    settling.settle(late, Gone("its host answers 404"))
    assert Image.objects.get(pk=new.pk).state == "pending"
    settling.settle(new, Gone("its host answers 410"))
    assert Image.objects.get(pk=new.pk).reason == "its host answers 410"


def test_an_item_that_came_while_its_picture_was_joined_is_led_there(project):
    (item,) = waiting(project, "http://a.test/1")
    stored = images.store(picture())
    Image.objects.filter(pk=item.image_id).update(state="same", same_as=stored)
    assert fetching.ask(project) is None
    item.refresh_from_db()
    assert item.image == stored


def test_beat_asks_for_what_is_due_one_project_at_a_time_and_in_turn(project, olga):
    elsewhere = olga.memberships.first().project
    waiting(project, "http://a.test/1")
    waiting(elsewhere, "http://b.test/1")
    first = fetching.ask_due()
    assert fetching.ask_due() is None
    Job.objects.filter(pk=first.pk).update(state="done", finished_at=timezone.now())
    second = fetching.ask_due()
    assert {first.project, second.project} == {project, elsewhere}
    Job.objects.filter(pk=second.pk).update(state="done", finished_at=timezone.now())
    assert fetching.ask_due().project == first.project


def test_beat_asks_for_nothing_where_nothing_is_due(project):
    waiting(project, "http://a.test/1")
    Image.objects.update(next_try_at=timezone.now() + HOUR)
    assert fetching.ask_due() is None
    Image.objects.update(next_try_at=timezone.now() - HOUR)
    assert fetching.ask_due() is not None


def test_what_is_gone_can_be_tried_again_from_the_beginning(project, lena):
    waiting(project, "http://a.test/1")
    fetched(project, lambda url: Gone("its host answers 404"))
    job = fetching.revive(project, by=lena)
    assert (job.kind, job.created_by) == (Job.Kind.FETCH, lena)
    assert Image.objects.get().attempts == 0
    run = jobs.take(job.pk)
    fetching.run_fetch(run, fetch=lambda url: Fetched(picture()))
    assert Image.objects.get().state == "stored"


@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_once_never_share_an_address():
    project = factories.make_project()
    addresses = [f"http://a.test/{n}" for n in range(30)]
    waiting(project, *addresses)

    def work(_):
        got = []
        while found := settling.claim(project, 2):
            got += [image.url for image in found]
        return got

    claimed = [url for urls in race(range(4), work) for url in urls]
    assert sorted(claimed) == sorted(addresses)

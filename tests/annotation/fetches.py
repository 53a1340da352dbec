"""Items that wait for their pictures, and an internet for them."""

from __future__ import annotations

from annotation import fetching, images, jobs
from annotation.models import Image, Item, Job
from tests import factories


def waiting(project, *urls: str, claimed: str = "") -> list[Item]:
    """Items of the project whose pictures are addresses."""
    found = images.addressed(dict.fromkeys(urls, claimed))
    made = []
    for url in urls:
        item = factories.make_item(project, image=False, image_url=url)
        Item.objects.filter(pk=item.pk).update(image=found[url])
        item.refresh_from_db()
        made.append(item)
    return made


def fetched(project, outcomes, **options) -> Job:
    """Run the project's fetch job with an internet of these outcomes."""
    job = fetching.ask(project)
    assert job is not None
    run = jobs.take(job.pk)
    assert run is not None
    internet = outcomes if callable(outcomes) else lambda url: outcomes[url]
    fetching.run_fetch(run, fetch=internet, **options)
    job.refresh_from_db()
    return job


def due_again(**fields) -> None:
    Image.objects.filter(state="pending").update(next_try_at=None, **fields)

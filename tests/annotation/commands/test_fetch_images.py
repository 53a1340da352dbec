"""The same work by hand."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from annotation import images
from annotation.models import Image, Item, Job
from tests import factories

pytestmark = pytest.mark.django_db
INSIDE = "http://127.0.0.1/a.png"


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("fetch_images", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def item(project) -> Item:
    item = factories.make_item(project, image=False)
    item.image = images.addressed({INSIDE: ""})[INSIDE]
    item.save()
    return item


def test_the_command_fetches_until_nothing_is_due(project, item):
    assert "stored: 0" in said("demo")
    assert Image.objects.get().reason == "the address leads into a private network"
    assert said("demo") == "nothing is due\n"
    assert Job.objects.count() == 1


def test_what_was_gone_is_tried_again_on_request(project, item):
    said("demo")
    assert "gone: 1" in said("demo", "--again")
    assert Job.objects.count() == 2


def test_an_unknown_project_is_said_to_be_none(db):
    with pytest.raises(CommandError, match="no project 'nowhere'"):
        said("nowhere")

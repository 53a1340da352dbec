"""Every page in another language: its words change, its numbers for machines do not."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.rules.requests import ask, content
from tests.rules.world import PAGES, World

#: Who opens which pages.
PEOPLE = ("bao", "lena", "adam")
#: A number with a comma where a machine reads a point, in an attribute.
COMMA = re.compile(r"[-MmLlHhVv\s]?\d+,\d+")
#: Attributes that people read; a comma in them is right.
READ = {"aria-label", "title", "alt", "placeholder", "content"}
#: The reference of the API.
ENGLISH_PAGES = {"api_docs"}


class _Attributes(HTMLParser):
    """Attributes of a page that hold a decimal comma."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in READ or (name, value) == ("accept", ".tsv,.parquet"):
                continue
            if COMMA.search(value or ""):
                self.found.append(f"<{tag} {name}={value!r}>")


def _in(language: str, world: World, name: str) -> Client:
    person = world.people[name]
    person.language = language
    person.save()
    return world.session(name)


def _pages(world: World, language: str) -> dict[str, HttpResponseBase]:
    found = {}
    for person in PEOPLE:
        client = _in(language, world, person)
        for name in PAGES:
            if name == "logout":
                continue
            response = ask(client, "GET", name, world.place)
            if b"<html" in content(response):
                found[f"{person}: {name}"] = response
    return found


def test_the_search_finds_a_comma_and_leaves_points_alone() -> None:
    parser = _Attributes()
    parser.feed('<rect x="1,5" y="1.5"/><path d="M1.5 2v3"/><b title="1,5">1,5</b>')
    assert parser.found == ["<rect x='1,5'>"]


def test_no_page_has_a_decimal_comma_where_a_machine_reads(world: World) -> None:
    broken = {}
    for place, response in _pages(world, "de").items():
        parser = _Attributes()
        parser.feed(content(response).decode())
        if parser.found:
            broken[place] = parser.found[:5]
    assert broken == {}


@pytest.mark.parametrize("language", ["de", "fr", "it", "es"])
def test_every_page_says_which_language_it_speaks(world: World, language: str) -> None:
    wrong = {
        place
        for place, response in _pages(world, language).items()
        if place.partition(": ")[2] not in ENGLISH_PAGES
        and f'<html lang="{language}"' not in content(response).decode()
    }
    assert wrong == set()


@pytest.mark.parametrize("name", ["agreement_report", "machines_report"])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_is_the_same_whoever_fetches_it(
    world: World, name: str, form: str
) -> None:
    address = reverse(name, kwargs={"code": world.place.code, "form": form})
    told = [_in(language, world, "lena").get(address) for language in ("en", "de")]
    assert [answer.status_code for answer in told] == [200, 200]
    assert told[0].content == told[1].content

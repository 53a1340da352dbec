from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.test import Client

from annotation.models import User
from api.schema import document


@pytest.fixture
def page(lena: User) -> str:
    client = Client()
    client.force_login(lena)
    response = client.get("/api/")
    assert response.status_code == 200
    return response.content.decode()


class Outline(HTMLParser):
    """The ids of a page and the fragments that its links go to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.fragments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if name := named.get("id"):
            self.ids.append(name)
        target = named.get("href") or ""
        if tag == "a" and target.startswith("#"):
            self.fragments.append(target[1:])


def test_page_describes_every_operation(page: str) -> None:
    for path, methods in document()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page


def test_page_shows_fields_roles_and_an_example(page: str) -> None:
    assert "Token: worker." in page
    assert "<code>idempotency_key</code>" in page
    assert "curl -H &quot;Authorization: Bearer $CONCORD_TOKEN&quot;" in page


def test_links_of_the_page_lead_somewhere(page: str) -> None:
    outline = Outline()
    outline.feed(page)
    assert len(outline.ids) == len(set(outline.ids))
    operations = [f for f in outline.fragments if "_" in f]
    assert len(operations) > 20
    assert set(outline.fragments) <= {*outline.ids, ""}


def test_page_asks_visitors_to_log_in(client: Client) -> None:
    response = client.get("/api/")
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")

"""Pages for everybody, and what machines ask."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.urls import reverse

ROOT = Path(__file__).parents[3]
VENDORED = sorted(ROOT.glob("static/vendor/*/SHA256SUMS"))


@pytest.mark.django_db
def test_healthz_answers_ok_in_plain_text(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Content-Type"] == "text/plain"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_help_is_open_to_everybody(client):
    page = client.get(reverse("help")).content.decode()

    assert "Accept with edits" in page
    assert "<kbd>Enter</kbd>" in page


@pytest.mark.django_db
def test_no_page_writes_on_get(client):
    assert client.post("/healthz").status_code == 405
    assert client.post(reverse("help")).status_code == 405


@pytest.mark.parametrize("sums", VENDORED, ids=lambda path: path.parent.name)
def test_vendored_files_are_what_was_published(sums):
    listed = dict(reversed(line.split()) for line in sums.read_text().splitlines())

    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sums.parent.iterdir()
        if path != sums
    }
    assert found == listed


def test_htmx_is_vendored():
    assert [sums.parent.name for sums in VENDORED] == ["htmx-2.0.11"]


def test_our_own_scripts_and_styles_stay_small():
    scripts = [path.read_text() for path in ROOT.glob("static/js/*.js")]
    styles = [path.read_text() for path in ROOT.glob("static/css/*.css")]

    # 300 until ADR 0024 and ADR 0025, which say what the rest is for.
    assert 0 < sum(len(text.splitlines()) for text in scripts) < 900
    assert 0 < sum(len(text.splitlines()) for text in styles) <= 600

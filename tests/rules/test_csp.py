"""Every answer carries its guards, and no template needs them lowered."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from tests.rules.requests import ask, content
from tests.rules.source import ROOT
from tests.rules.world import ENTRIES, World, nowhere

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "an inline style sheet": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an event handler": re.compile(r"\son[a-z]+\s*=", re.I),
    "a javascript address": re.compile(r"javascript:", re.I),
    "code in htmx": re.compile(r"\s(hx-on|hx-vals=['\"]js|hx-headers=['\"]js)", re.I),
    "a foreign address": re.compile(r"(src|href|action)=['\"](https?:)?//", re.I),
}


def faults(response: HttpResponseBase) -> list[str]:
    """What is missing in the headers of an answer."""
    policy = response.headers.get("Content-Security-Policy", "")
    wanted = {
        "no enforced policy": "default-src 'none'" in policy,
        "a loosened policy": "unsafe" not in policy and "*" not in policy,
        "no nosniff": response.headers.get("X-Content-Type-Options") == "nosniff",
        "no referrer policy": "Referrer-Policy" in response.headers,
        "no frame rule": response.headers.get("X-Frame-Options") == "DENY",
    }
    return [fault for fault, is_kept in wanted.items() if not is_kept]


def _clients(world: World) -> dict[str, Client]:
    tokens = {
        f"{name} {role}": world.token(name, role)
        for name, role in (("bao", "annotator"), ("lena", "lead"), ("", "worker"))
    }
    sessions = {name: world.session(name) for name in ("bao", "lena", "adam", "olga")}
    return {"anonymous": Client(), **sessions, **tokens}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_carries_its_guards(world: World, method: str) -> None:
    missing = [
        f"{who}: {name}: {fault}"
        for who, client in _clients(world).items()
        for name in ENTRIES
        if name != "logout"
        for place in (world.place, nowhere())
        for response in [ask(client, method, name, place)]
        for fault in faults(response)
    ]
    assert missing == []


def test_no_answer_holds_anything_inline(world: World) -> None:
    found = [
        f"{who}: {name}: {kind}"
        for who, client in _clients(world).items()
        for name in ENTRIES
        for response in [ask(client, "GET", name, world.place)]
        if "text/html" in response.headers.get("Content-Type", "")
        for kind, pattern in INLINE.items()
        if kind != "a foreign address"
        if pattern.search(content(response).decode())
    ]
    assert found == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_holds_nothing_inline(template: Path) -> None:
    text = template.read_text()
    assert [kind for kind, pattern in INLINE.items() if pattern.search(text)] == []


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("an inline script", "<script>alert(1)</script>"),
        ("an inline style sheet", "<style>p {}</style>"),
        ("a style attribute", '<p style="color: red">'),
        ("an event handler", '<p onclick="go()">'),
        ("a javascript address", '<a href="javascript:go()">'),
        ("code in htmx", '<p hx-on:click="go()">'),
        ("a foreign address", '<img src="https://example.org/x.png">'),
    ],
)
def test_the_search_finds(kind: str, text: str) -> None:
    assert INLINE[kind].search(text)


def _sums() -> list[Path]:
    return sorted((ROOT / "static" / "vendor").glob("*/SHA256SUMS"))


@pytest.mark.parametrize("sums", _sums(), ids=lambda path: path.parent.name)
def test_vendored_files_are_what_their_authors_published(sums: Path) -> None:
    listed = dict(line.split()[::-1] for line in sums.read_text().splitlines())
    there = {p.name for p in sums.parent.iterdir() if p != sums}
    assert there - {"LICENSE"} <= set(listed), "a file without a checksum"
    for name, expected in listed.items():
        bytes_there = (sums.parent / name).read_bytes()
        assert hashlib.sha256(bytes_there).hexdigest() == expected, name


def test_every_vendored_folder_has_its_checksums() -> None:
    vendor = ROOT / "static" / "vendor"
    folders = sorted(p for p in vendor.iterdir() if p.is_dir())
    assert folders == [path.parent for path in _sums()] != []

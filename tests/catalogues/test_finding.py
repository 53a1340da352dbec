"""What is marked is found, and what people read is marked."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from catalogues.finding import ROOT, in_code, in_template, wanted

#: The reference of the API speaks English, as the API does.
ENGLISH_ONLY = ROOT / "templates" / "api"
TEMPLATES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if ENGLISH_ONLY not in path.parents
]
MARKED = re.compile(
    r"\{%\s*blocktranslate.*?%\}.*?\{%\s*endblocktranslate\s*%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}",
    re.S,
)
#: What people meet of a tag's attributes.
READ = {"aria-label", "alt", "placeholder", "title", "data-key-label", "data-words"}
#: What is the same in every language: a name, a form of file, a key, a coefficient.
NO_LANGUAGE = {"Concord", "LaTeX", "AC1", "concord_"}
SILENT = {"kbd", "code", "script"}
#: What a template hands to another in quotation marks, and is read there.
INCLUDED = re.compile(r"\{% include .*?%\}")
HANDED = re.compile(r'\b(?:label|legend|heading|key_mark)="[^"]+"')
#: The class of a page's main part.
CLASS = re.compile(r"\{% block main_class %\}\w+")


class _Words(HTMLParser):
    """The words of a page that are neither marked nor of no language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        for name, value in attrs:
            if name in READ or name.startswith("data-") and " " in (value or ""):
                self._read(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._read(data)

    def _read(self, text: str) -> None:
        words = re.findall(r"[A-Za-z]\w+", text)
        self.found += [word for word in words if word not in NO_LANGUAGE]


def unmarked(text: str) -> list[str]:
    """The words of a template that nobody could translate."""
    parser = _Words()
    parser.feed(MARKED.sub("", CLASS.sub("", text)))
    return parser.found + HANDED.findall(" ".join(INCLUDED.findall(text)))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_marks_all_that_people_read(path: Path) -> None:
    assert unmarked(path.read_text()) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Save it</p>", ["Save", "it"]),
        ('<p title="Save it">{{ name }}</p>', ["Save", "it"]),
        ('<p data-told="Not now">{{ name }}</p>', ["Not", "now"]),
        ('{% translate "Save" %} <kbd>Enter</kbd>', []),
        ('<p class="some thing" data-key="KeyA">Concord</p>', []),
        ("{% blocktranslate %}Save <b>it</b>{% endblocktranslate %}", []),
        ('{% include "a.html" with label="Name" only %}', ['label="Name"']),
        ('{% include "a.html" with label=_("Name") only %}', []),
    ],
)
def test_unmarked_words_are_told_from_marked_ones(text: str, found: list[str]) -> None:
    assert unmarked(text) == found


def test_marked_strings_of_a_template_are_found() -> None:
    text = """
    <h1 title="{% translate "A title" %}">{% translate "It’s 100 %" %}</h1>
      {% if x %}
    {% blocktranslate count n=n %}{{ n }} item{% plural %}{{ n }} items{% endblocktranslate %}
    {% endif %}
    {% include "a.html" with label=_("Handed over") only %}
    {{ moment|default:_("never") }}
    """
    assert set(in_template(text)) == {
        "A title",
        "It’s 100 %%",
        ("%(n)s item", "%(n)s items"),
        "Handed over",
        "never",
    }


def test_marked_strings_of_code_are_found() -> None:
    text = """
def f(n):
    told = _("One" " string") + gettext(n) + noop("Later")
    return ngettext("%(n)s item", "%(n)s items", n), str("plain")
"""
    assert list(in_code(text)) == [
        "One string",
        "Later",
        ("%(n)s item", "%(n)s items"),
    ]


def test_what_corpus_calls_things_is_found() -> None:
    found = {message.id for message in wanted()}
    assert {"German", "question answer", "Omission", "Critical"} <= found

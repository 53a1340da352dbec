"""Every string of the pages has its words in every language."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings

from catalogues import finding, keeping
from catalogues.__main__ import untranslated
from corpus.languages import ENGLISH

#: What must be in a translation as often as in the English: places, and markup.
PLACE = re.compile(r"%\(\w+\)s|%%[a-z]?|</?[a-z][^>]*>")
LANGUAGES = pytest.mark.parametrize("language", keeping.LANGUAGES)


@cache
def wanted() -> Catalog:
    return finding.wanted()


@cache
def kept(language: str) -> Catalog:
    return keeping.read(language)


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else (words,)


def test_every_interface_language_but_english_has_a_catalogue() -> None:
    assert {code for code, _ in settings.LANGUAGES} == {ENGLISH, *keeping.LANGUAGES}


@LANGUAGES
def test_catalogue_holds_what_is_marked_and_nothing_else(language: str) -> None:
    marked = {message.id for message in _messages(wanted())}
    there = {message.id for message in _messages(kept(language))}
    assert len(marked) > 800
    assert (marked - there, there - marked) == (set(), set()), "./run translate"
    assert not kept(language).obsolete


@LANGUAGES
def test_every_message_has_its_words(language: str) -> None:
    assert untranslated(kept(language)) == []
    assert [m.id for m in kept(language) if m.id and m.fuzzy] == []


@LANGUAGES
def test_words_keep_places_and_markup(language: str) -> None:
    changed = []
    for message in _messages(kept(language)):
        allowed = [sorted(PLACE.findall(form)) for form in _forms(message.id)]
        for form in _forms(message.string):
            if sorted(PLACE.findall(form)) not in allowed:
                changed.append((message.id, form))
    assert changed == []


@LANGUAGES
def test_words_are_safe_inside_an_attribute(language: str) -> None:
    """Translations are not escaped: a straight quotation mark would end a value."""
    found = [
        form
        for message in _messages(kept(language))
        for form in _forms(message.string)
        if '"' in re.sub("<[^>]*>", "", form) or "&" in form
    ]
    assert found == []


@LANGUAGES
def test_words_begin_and_end_as_the_english_does(language: str) -> None:
    """Blanks at the ends join words; a stop at the end makes a sentence."""
    found = [
        message.id
        for message in _messages(kept(language))
        for said, form in zip(_forms(message.id), _forms(message.string), strict=True)
        if (said[0] == " ", said[-1] == " ", said[-1] == ".")
        != (form[0] == " ", form[-1] == " ", form[-1] == ".")
    ]
    assert found == []


@LANGUAGES
def test_every_plural_has_its_forms(language: str) -> None:
    catalog = kept(language)
    short = [
        message.id
        for message in catalog
        if message.pluralizable and len(message.string) != catalog.num_plurals
    ]
    assert short == []


def test_french_sets_its_narrow_blanks() -> None:
    bare = re.compile(r"[^\s\u202f<][;!?»](\s|$)|\w:(\s|$)|«[^\u202f]|[ \u00a0][:;!?»]")
    found = [
        form
        for message in _messages(kept("fr"))
        for form in _forms(message.string)
        if bare.search(re.sub(r"<[^>]*>|%\(\w+\)s", "x", form).replace(" | ", ""))
    ]
    assert found == []


@LANGUAGES
def test_what_the_server_reads_is_compiled_from_what_people_edit(language: str) -> None:
    compiled = keeping.path_of(language).with_suffix(".mo").read_bytes()
    assert compiled == keeping.compiled(keeping.read(language)), "./run translate"


def test_new_messages_come_empty_and_old_ones_go() -> None:
    fresh = Catalog(charset="utf-8")
    fresh.add("Save")
    fresh.add("A message that nobody has translated")
    catalog = keeping.brought_up("de", fresh)
    assert {message.id for message in _messages(catalog)} == {
        "Save",
        "A message that nobody has translated",
    }
    assert untranslated(catalog) == ["A message that nobody has translated"]
    assert catalog.get("Save").string == "Speichern"
    assert not catalog.obsolete

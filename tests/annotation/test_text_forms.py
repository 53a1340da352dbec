"""Texts go into a form and come back as content of the same shape."""

from __future__ import annotations

import pytest

from annotation.text_forms import TextsForm, plain, rewritten
from corpus.content import parse
from tests import factories


@pytest.mark.parametrize("kind", factories.CONTENTS)
def test_rewritten_with_the_same_texts_is_the_same_content(kind):
    content = parse(kind, factories.CONTENTS[kind])

    same = rewritten(content, [text for _, text in content.texts()])

    assert parse(kind, same) == content


@pytest.mark.parametrize("kind", factories.CONTENTS)
def test_rewritten_changes_every_text_and_nothing_else(kind):
    content = parse(kind, factories.CONTENTS[kind])
    names = [name for name, _ in content.texts()]

    changed = parse(kind, rewritten(content, [f"new {name}" for name in names]))

    assert dict(changed.texts()) == {name: f"new {name}" for name in names}
    assert getattr(changed, "key", "") == getattr(content, "key", "")


def test_plain_text_has_the_line_ends_of_texts_not_of_browsers():
    assert plain("one\r\ntwo\nthree") == "one\ntwo\nthree"


def test_a_text_has_a_field_with_its_language_and_room(project):
    long = {"caption": "Ein langer Satz. " * 40}
    candidate = factories.make_candidate(factories.make_item(project), content=long)

    [field] = TextsForm(candidate).text_fields

    assert (field.html_name, field.label) == ("edit-0", "Caption")
    attrs = field.field.widget.attrs
    assert (attrs["rows"], attrs["lang"], attrs["dir"]) == (10, "de", "auto")


def test_a_form_can_begin_with_another_text_than_the_candidates(project):
    candidate = factories.make_candidate(factories.make_item(project))
    start = parse("caption", {"caption": "Anders."})

    [field] = TextsForm(candidate, start=start).text_fields

    assert field.value() == "Anders."


@pytest.mark.parametrize(
    ("text", "is_edited"),
    [
        ("Ein roter Bus wartet an der Haltestelle.", False),
        ("Ein roter Bus wartet an der Haltestelle. ", True),
        ("", True),
    ],
)
def test_an_edit_is_any_change_of_a_text(project, text, is_edited):
    candidate = factories.make_candidate(factories.make_item(project))
    form = TextsForm(candidate, {"edit-0": text})

    assert form.is_valid()
    assert form.is_edited() == is_edited

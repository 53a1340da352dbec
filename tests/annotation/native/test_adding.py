"""A native text becomes a candidate beside the machine's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from annotation import images
from annotation.errors import Invalid
from annotation.models import Authorship, Candidate, Image, Provenance
from annotation.native import Collection, add_texts
from tests.annotation.native.texts import TERMS, WRITTEN, added, text_of
from tests.factories import (
    CANDIDATES,
    CONTENTS,
    make_candidate,
    make_item,
    make_project,
    picture,
)
from tests.races import overlapping


@pytest.fixture
def item(project):
    return make_item(project)


def reason(item, **fields):
    report = added(item, text_of(item, 4, **fields))
    assert (report.added, report.refused) == (0, 1)
    assert not Candidate.objects.filter(origin="native").exists()
    return report.errors[0]


def test_it_stands_beside_the_machines_text_with_slots_of_its_own(item):
    machine = make_candidate(item)
    assert added(item, text_of(item, author="M. Rossi")).added == 1
    candidate = Candidate.objects.get(origin="native")
    assert (candidate.item, candidate.language) == (item, machine.language)
    assert candidate.version == machine.version == 1
    assert candidate.content_json == WRITTEN
    assert candidate.slots.count() == candidate.needed == item.dataset.project.overlap


def test_it_keeps_where_it_is_from_and_names_no_model(item):
    added(item, text_of(item, author="M. Rossi"))
    kept = Authorship.objects.get()
    assert (kept.source, kept.licence) == ("street-captions", "CC0-1.0")
    assert (kept.attribution, kept.author) == ("The street captioners", "M. Rossi")
    assert not Provenance.objects.exists()


def test_the_same_text_twice_is_one_candidate(item):
    twice = added(item, text_of(item, 1), text_of(item, 2))
    assert (twice.added, twice.unchanged) == (1, 1)
    again = added(item)
    assert (again.added, again.unchanged, again.refused) == (0, 1, 0)
    assert Candidate.objects.count() == 1


def test_another_text_for_the_same_item_is_refused(item):
    other = {"caption": "Ein Bus wartet, und niemand steigt ein."}
    report = added(item, text_of(item, 1), text_of(item, 2, content=other))
    assert (report.added, report.refused) == (1, 1)
    assert report.errors == [
        "line 2, column content: the item has another native text in German"
    ]
    assert added(item, text_of(item, content=other)).refused == 1


@pytest.mark.parametrize("term", ["source", "licence", "attribution"])
def test_a_text_never_comes_in_again_on_other_terms(item, term):
    added(item)
    report = added(item, terms=replace(TERMS, **{term: "MIT"}))
    assert f"with the {term} {getattr(TERMS, term)}, not MIT" in report.errors[0]
    assert getattr(Authorship.objects.get(), term) == getattr(TERMS, term)


def test_a_picture_may_stand_for_the_key(item):
    by_hash = text_of(item, key="", sha256=item.image.sha256)
    assert added(item, by_hash).added == 1
    assert Candidate.objects.get().item == item


def test_an_address_may_stand_for_the_picture(project):
    item = make_item(project, image=False)
    item.image = images.store(picture(), url="https://example.org/7.png")
    item.save()
    by_address = text_of(item, key="", url="https://example.org/7.png")
    assert added(item, by_address).added == 1


def test_the_kind_tells_two_items_of_one_picture_apart(item):
    make_item(item.dataset.project, "question_answer", dataset=item.dataset)
    by_hash = text_of(item, key="", sha256=item.image.sha256)
    report = added(item, by_hash, replace(by_hash, kind="caption"))
    assert (report.added, report.refused) == (1, 1)
    assert "2 items show this picture" in report.errors[0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"key": "unknown"}, "line 4, column key: set-"),
        ({"key": "", "sha256": "0" * 64}, "column image: no item of"),
        ({"kind": "yes_no"}, "column kind: "),
        ({"content": {"text": "Ein Bus."}}, "column text: no such field"),
        ({"content": {"caption": ""}}, "column caption: is empty"),
        ({"content": {"caption": "Ein roter Bus h\ufffdlt."}}, "column caption: A cha"),
        (
            {"content": {"caption": "A bright red bus waits at the side of the road."}},
            "column caption: This seems to be English, not German.",
        ),
    ],
)
def test_a_bad_text_is_refused_with_line_and_reason(item, fields, words):
    assert words in reason(item, **fields)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": "B"}, "column key: The key is B here, the source has A."),
        ({"category": "Farbe"}, "column category: The category must stay"),
        ({"options": ["rot", "grün"]}, "There are 2 options here"),
        ({"options": ["B. rot", "grün", "blau"]}, "column option A: The text begins"),
        ({"hint": ""}, "column hint: The hint is empty here"),
    ],
)
def test_a_benchmark_text_keeps_key_options_and_category(project, changes, words):
    item = make_item(project, "multiple_choice")
    written = CANDIDATES["multiple_choice"] | changes
    assert words in reason(item, content=written)
    assert added(item, text_of(item, content=CANDIDATES["multiple_choice"])).added == 1


def test_a_free_text_owes_its_english_nothing(project):
    """Other facts, another length, other turns: none of it is a translation's fault."""
    captioned = make_item(project, content={"caption": "Ten <b>buses</b> in a row."})
    talk = make_item(project, "conversation", dataset=captioned.dataset)
    turn = {"question": "Was siehst du hier?", "answer": "Einen Bus der Linie 42."}
    report = added(
        captioned, text_of(captioned), text_of(talk, content={"turns": [turn]})
    )
    assert (report.added, report.errors) == (2, [])
    assert all(found.findings == [] for found in Candidate.objects.all())


@pytest.mark.parametrize(
    ("state", "words"),
    [("pending", "is not fetched yet; import this again"), ("gone", "is gone")],
)
def test_nobody_can_judge_without_the_picture(project, state, words):
    item = make_item(project, image=False)
    item.image = Image.objects.create(url="https://example.org/7.png", state=state)
    item.save()
    assert words in reason(item)


def test_strict_means_all_or_nothing(item):
    with pytest.raises(Invalid, match="line 2, column key"):
        added(item, text_of(item), text_of(item, 2, key="unknown"), strict=True)
    assert not Candidate.objects.exists()
    assert not Authorship.objects.exists()


def test_the_database_refuses_a_second_one_of_the_same_version(item):
    added(item)
    text = {"language": "de", "origin": "native", "content_json": WRITTEN, "needed": 1}
    with (
        pytest.raises(IntegrityError, match="candidate_version_once"),
        transaction.atomic(),
    ):
        Candidate.objects.create(project=item.dataset.project, item=item, **text)
    make_candidate(item)
    with pytest.raises(IntegrityError, match="candidate_version_once"):
        make_candidate(item, origin="regenerated")


def test_the_database_refuses_terms_that_say_nothing(item):
    candidate = make_candidate(item)
    with pytest.raises(IntegrityError, match="authorship_terms_known"):
        Authorship.objects.create(candidate=candidate, source="x", licence="MIT")


def test_english_words_of_a_sign_are_no_other_language(project):
    item = make_item(project, content=CONTENTS["caption"])
    sign = {
        "caption": "Auf dem Schild am Bus steht „Mind the gap“, darunter ein Pfeil."
    }
    assert added(item, text_of(item, content=sign)).added == 1


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_give_an_item_one_text():
    item = make_item(make_project(), image=False)
    collection = Collection(item.dataset, "de", TERMS)
    other = {"caption": "Ein ganz anderer roter Bus wartet an der Haltestelle."}
    first, second = overlapping(
        lambda saved: add_texts(collection, [text_of(item)], saved=saved),
        lambda: add_texts(collection, [text_of(item, content=other)]),
    )
    assert (first.added, second.added, second.refused) == (1, 0, 1)
    assert Candidate.objects.get().content_json == WRITTEN

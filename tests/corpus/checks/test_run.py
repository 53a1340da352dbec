from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.checks import CHECKS, Relation, run, structure
from corpus.checks.finding import Finding
from corpus.content import Caption, Content, QuestionAnswer, YesNo
from tests.corpus.checks.findings import choice, talk
from tests.corpus.contents import contents

Found = Iterator[Finding]

GOOD = [
    (
        Caption("A man in a red shirt stands on 2 boxes near the 1,000 year old wall."),
        Caption(
            "Un homme en chemise rouge se tient sur deux caisses près du mur vieux "
            "de 1 000 ans."
        ),
        "fr",
    ),
    (
        QuestionAnswer("How tall is it?", "It is 1.5 m tall, i.e. `h = 1.5`."),
        QuestionAnswer("Wie hoch ist es?", "Es ist 1,5 m hoch, also `h = 1.5`."),
        "de",
    ),
    (
        choice("a cat", "a dog", "none of them", hint="Look left."),
        choice("un gatto", "un cane", "nessuno dei due", hint="Guarda a sinistra."),
        "it",
    ),
    (
        YesNo("Is the ball red?", "Yes", "colour"),
        YesNo("¿Es roja la pelota?", "Yes", "colour"),
        "es",
    ),
    (
        talk(("How many?", "3", "One, two, three.")),
        talk(("Combien ?", "3", "Un, deux, trois.")),
        "fr",
    ),
]


@pytest.mark.parametrize(("source", "candidate", "language"), GOOD)
def test_good_translation_of_each_kind_passes_unmarked(
    source: Content, candidate: Content, language: str
) -> None:
    assert run(source, candidate, language) == []


def test_ids_are_unique_and_carry_a_version() -> None:
    assert len(CHECKS) == 32
    assert all(name.rpartition("/")[2].isdigit() for name in CHECKS)


def test_form_of_a_text_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    check, known = structure.check, CHECKS[structure.ID]

    def counted(source: Content, candidate: Content, language: str) -> Found:
        looked.append(language)
        return check(source, candidate, language)

    monkeypatch.setattr(structure, "check", counted)
    monkeypatch.setitem(CHECKS, structure.ID, replace(known, function=counted))
    for texts in GOOD:
        run(*texts)
    assert run(GOOD[0][0], GOOD[1][1], "xx")
    assert looked == [language for _, _, language in GOOD] + ["xx"]


@given(contents, contents, st.sampled_from(["en", "fr", "de", "it", "es", "xx"]))
def test_findings_point_into_the_text_they_name(
    source: Content, candidate: Content, language: str
) -> None:
    texts = dict(candidate.texts())
    for finding in run(source, candidate, language):
        assert finding.check in CHECKS
        assert finding.severity in ("block", "warn")
        assert finding.message.endswith((".", ").", ":"))
        if finding.start is None or finding.end is None:
            assert finding.start is finding.end is None
        else:
            length = len(texts[finding.field])
            assert 0 <= finding.start < finding.end <= length


@given(contents)
def test_source_against_itself_shows_only_its_own_faults(source: Content) -> None:
    own = {"encoding/1", "letter-collision/1", "language/1"}
    assert {finding.check for finding in run(source, source, "en")} <= own


def test_another_kind_is_all_that_is_said() -> None:
    findings = run(Caption("A cat."), YesNo("Un \ufffd ?", "No"), "fr")
    assert [finding.check for finding in findings] == ["structure/1"]


@pytest.mark.parametrize(
    ("relation", "checks"),
    [
        ("translated", {"numbers/1", "length/1", "placeholders/1"}),
        ("regenerated", set()),
    ],
)
def test_text_written_anew_need_not_follow_the_wording(
    relation: Relation, checks: set[str]
) -> None:
    source = Caption("There are 12 <b>boats</b> in the harbour, and it rains heavily.")
    candidate = Caption("Un port.")
    findings = run(source, candidate, "fr", relation=relation)
    assert {finding.check for finding in findings} == checks


def test_text_written_anew_still_keeps_the_number_of_turns() -> None:
    source = talk(("A?", "B", ""), ("C?", "D", ""))
    [finding] = run(source, talk(("E ?", "F", "")), "fr", relation="regenerated")
    assert finding.check == "structure/1"


def test_native_training_text_owes_its_source_neither_turns_nor_facts() -> None:
    source = talk(("How many?", "12", "Ten and two."), ("Where?", "Here.", ""))
    candidate = talk(("Qui est-ce ?", "Marie Curie, en 1911.", ""))
    assert run(source, candidate, "fr", relation="native") == []
    captions = Caption("A harbour."), Caption("À Brest, 3 voiliers attendent le vent.")
    assert run(*captions, "fr", relation="native") == []
    assert run(*captions, "fr", relation="regenerated") != []


def test_native_text_is_still_whole_clean_and_in_its_language() -> None:
    candidate = Caption("The boats wait for the wind in the old harbour &amp; sleep")
    found = run(Caption("A port."), candidate, "fr", relation="native")
    assert {finding.check for finding in found} >= {
        "encoding/1",
        "language/2",
        "cut-off/1",
    }


def test_native_benchmark_text_asks_the_same_question() -> None:
    source = choice("B", "a dog", "none of them", hint="Look left.")
    candidate = choice("D", "ein Hund", "ein Hund", "keiner")
    found = run(source, candidate, "de", relation="native")
    assert {finding.check for finding in found if finding.severity == "block"} == {
        "option-count/1",
        "empty/1",
        "duplicate-options/1",
        "quoted/1",
    }

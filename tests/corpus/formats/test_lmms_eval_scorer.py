import ast
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.content import LETTERS, MultipleChoice
from corpus.formats import lmms_eval_scorer as scorer
from corpus.formats import mme
from corpus.languages import NAMES, YES_NO_WORDS
from tests.corpus.benchmark_releases import COLOURS, SIDES
from tests.corpus.contents import multiple_choices


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("form", ["{}", "{}.", " {} ", "**{}**", '"{}"', "{}\n\nx y"])
def test_native_word_is_read_in_every_dress(language: str, form: str) -> None:
    for key, word in zip(("Yes", "No"), YES_NO_WORDS[language], strict=True):
        for spelled in (word, word.lower(), word.upper()):
            said = scorer.yes_or_no_said(form.format(spelled), language)
            assert said == key


@pytest.mark.parametrize("language", NAMES)
def test_english_words_count_in_every_language(language: str) -> None:
    assert scorer.yes_or_no_said("Yes, it is.", language) == "Yes"
    assert scorer.yes_or_no_said("no", language) == "No"


@pytest.mark.parametrize(
    ("answer", "language", "said"),
    [
        ("Sí, no hay duda.", "es", "Yes"),
        ("No, sí que lo hay.", "es", "No"),
        ("La risposta è sì.", "it", "Yes"),
        ("La réponse est non.", "fr", "No"),
        ("Die Antwort ist ja.", "de", "Yes"),
        ("Réponse : Oui", "fr", "Yes"),
        ("Si, il y en a un.", "fr", "Yes"),
        ("Doch, da ist einer.", "de", "Yes"),
        ("Si", "it", "Yes"),
        ("si\u0300", "it", "Yes"),
        ("Si hay un perro", "es", None),
        ("Non si vede alcun cane.", "it", None),
        ("Si l'on regarde bien", "fr", None),
        ("Es gibt einen Hund.", "de", None),
        ("Vielleicht ja, vielleicht nein", "de", None),
        ("", "fr", None),
        ("...", "fr", None),
        ("Jawohl", "de", None),
        ("Nothing", "en", None),
        ("Norwegen", "de", None),
    ],
)
def test_sentence_is_read_only_where_it_is_clear(
    answer: str, language: str, said: str | None
) -> None:
    assert scorer.yes_or_no_said(answer, language) == said


def test_words_are_those_that_people_are_shown() -> None:
    for code, (yes, no) in YES_NO_WORDS.items():
        assert (scorer.YES[code], scorer.NO[code]) == (yes.lower(), no.lower())
    assert set(scorer.PERCEPTION) == set(mme.PERCEPTION)


@pytest.mark.parametrize(
    ("answer", "letter"),
    [
        ("B", "B"),
        ("b", "B"),
        ("(B)", "B"),
        ("B.", "B"),
        ("B. blue", "B"),
        ("**B**", "B"),
        ("[B] because", "B"),
        ("B) it is so", "B"),
        ("B: blue", "B"),
        ("B blue", "B"),
        ("The answer is B.", "B"),
        ("Answer: B", "B"),
        ("blue", "B"),
        ("Blue.", "B"),
        ("It is blue.", "B"),
        ("dark blue", "C"),
        ("It is dark blue", "C"),
        ("It is dark  blue, not red", None),
        ("red or blue", None),
        ("A or B", None),
        ("A, B", None),
        ("A man is there, so B.", "B"),
        ("E", None),
        ("E.", None),
        ("bluebird", None),
        ("", None),
        ("A bluish one", None),
    ],
)
def test_letter_or_text_of_one_option_is_read(answer: str, letter: str | None) -> None:
    assert scorer.letter_said(answer, COLOURS["en"]) == letter


@pytest.mark.parametrize("language", NAMES)
def test_option_that_begins_with_a_letter_is_not_taken_for_it(language: str) -> None:
    left, right = SIDES[language]
    assert scorer.letter_said(left, SIDES[language]) == "A"
    assert scorer.letter_said(right, SIDES[language]) == "B"
    assert scorer.letter_said(f"{right}.", SIDES[language]) == "B"


def test_option_inside_another_is_told_apart() -> None:
    assert scorer.letter_said("Es ist rotbraun.", ["rot", "rotbraun"]) == "B"
    assert scorer.letter_said("Son veintidós", ["dos", "veintidós"]) == "B"
    assert scorer.letter_said("Banane", ["nan", "Banane"]) == "B"
    assert scorer.letter_said("blue and dark blue", ["blue", "dark blue"]) is None


def test_letters_drawn_in_the_picture_are_read_as_letters_of_options() -> None:
    assert scorer.letter_said("C", ["C", "A", "B", "none"]) == "C"
    assert scorer.letter_said("none", ["C", "A", "B", "none"]) == "D"
    assert scorer.letter_said("x", ["x", "y"]) == "A"


@given(multiple_choices())
def test_bare_letter_is_always_read(content: MultipleChoice) -> None:
    for letter in LETTERS[: len(content.options)]:
        assert scorer.letter_said(letter, content.options) == letter
        assert scorer.letter_said(f"({letter}).", content.options) == letter


@given(st.text(max_size=30), multiple_choices(), st.sampled_from(sorted(NAMES)))
def test_any_answer_gets_a_verdict(
    answer: str, content: MultipleChoice, language: str
) -> None:
    letters = LETTERS[: len(content.options)]
    assert scorer.letter_said(answer, content.options) in (*letters, None)
    assert scorer.yes_or_no_said(answer, language) in ("Yes", "No", None)


@pytest.mark.parametrize(
    ("row", "gold"),
    [
        ({"A": "x", "B": "y", "C": None, "answer": "B"}, "B"),
        ({"choices": ["x", "y"], "answer": 1}, "B"),
        ({"options": ["x", "y"], "answer": "0"}, "A"),
        ({"options": ["x", "y"], "answer": "B"}, "B"),
        ({"answer": "yes"}, "Yes"),
        ({"answer": "No"}, "No"),
    ],
)
def test_right_answer_is_found_in_the_columns_of_every_set(
    row: dict, gold: str
) -> None:
    assert scorer.gold(row) == gold
    assert scorer.is_right(row | {"language": "fr"}, gold)


def test_prompt_holds_hint_question_options_and_one_instruction() -> None:
    words = {"pre_prompt": "", "post_prompt": "\nRépondez."}
    row = {"question": "Lequel ?", "hint": "Voyez.", "options": ["un", "deux"]}
    assert scorer.prompt(row, words) == "Voyez.\nLequel ?\nA. un\nB. deux\nRépondez."
    asked = {"question": "Red? Please answer.", "instruction": "Please answer."}
    assert scorer.prompt(asked, {"post_prompt": "\nPlease answer."}) == (
        "Red?\nPlease answer."
    )
    assert scorer.prompt({"question": "Rouge ?", "instruction": None}) == "Rouge ?"


def test_question_counts_in_circles_only_if_all_copies_are_right() -> None:
    options = {"A": "x", "B": "y", "language": "fr"}
    rows = [
        {**options, "index": index, "answer": answer}
        for index, answer in ((7, "A"), (1_000_007, "B"), (8, "A"), (1_000_008, "B"))
    ]
    scored = [scorer.score_circular(row, ["A"]) for row in rows[:2]]
    scored += [scorer.score_circular(row, [row["answer"]]) for row in rows[2:]]
    assert scorer.share([row["accuracy"] for row in scored]) == 0.75
    assert scorer.circular([row["circular_accuracy"] for row in scored]) == 0.5


def test_pope_counts_unclear_answers_as_neither() -> None:
    wanted = ("yes", "yes", "yes", "no", "no")
    said = ("Oui", "Non", "Peut-être", "Oui", "Non")
    rows = [
        scorer.score_pope({"answer": want, "language": "fr"}, [answer])
        for want, answer in zip(wanted, said, strict=True)
    ]
    assert scorer.share([row["accuracy"] for row in rows]) == pytest.approx(2 / 5)
    found = [row["precision"] for row in rows]
    assert scorer.precision(found) == pytest.approx(1 / 2)
    assert scorer.recall(found) == pytest.approx(1 / 3)
    assert scorer.f1(found) == pytest.approx(2 / 5)
    assert scorer.f1([("No", "Yes")]) == 0.0
    assert scorer.share([]) == 0.0


def test_mme_adds_questions_and_pairs_of_each_category() -> None:
    found = [
        ("count", "1", True),
        ("count", "1", True),
        ("count", "2", True),
        ("count", "2", False),
        ("OCR", "1", True),
        ("OCR", "1", True),
    ]
    assert scorer.mme(found) == (75 + 50) + 200
    row = {"category": "code_reasoning", "question_id": "q", "answer": "Yes"}
    scored = scorer.score_mme(row | {"language": "it"}, ["Sì"])
    assert scored == {"accuracy": True, "reasoning": ("code_reasoning", "q", True)}


def test_scorer_needs_the_standard_library_alone() -> None:
    tree = ast.parse(Path(scorer.__file__).read_text("utf-8"))
    named = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {str(name).split(".")[0] for name in named} <= sys.stdlib_module_names

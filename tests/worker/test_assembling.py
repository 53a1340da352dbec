from __future__ import annotations

import json
from typing import Any

import pytest

from tests.worker.batches import CHOICE, job
from worker.assembling import AssemblyError, assemble
from worker.protocol import GenerationJob

TURNS = {
    "turns": [
        {"question": "How many?", "answer": "2", "explanation": "Two bars."},
        {"question": "Which is taller?", "answer": "A", "explanation": ""},
    ]
}


def choice(**changed: Any) -> GenerationJob:
    return job(kind="multiple_choice", task="translate", source=CHOICE | changed)


def test_a_caption_is_the_plain_text_without_its_margin() -> None:
    assert assemble(job(), "\n Un chat. \n") == {"caption": "Un chat."}


def test_key_and_category_come_from_the_source_whatever_the_model_says() -> None:
    output = {
        "question": "Quel animal ?",
        "options": ["Un chat", "Un chien"],
        "key": "A",
        "answer": "A",
        "category": "animaux",
    }
    made = assemble(choice(), json.dumps(output))
    assert made["key"] == "B"
    assert made["category"] == "animals"
    assert made["options"] == ["Un chat", "Un chien"]


def test_a_hint_is_translated_where_there_is_one_and_dropped_where_not() -> None:
    output = {"question": "Q", "options": ["a", "b"], "hint": "Indice"}
    assert assemble(choice(hint="A clue"), json.dumps(output))["hint"] == "Indice"
    assert assemble(choice(), json.dumps(output))["hint"] == ""


def test_yes_no_keeps_the_english_key() -> None:
    asked = job(kind="yes_no", source={"question": "Is it red?", "key": "Yes"})
    made = assemble(asked, '{"question": "Ist es rot?", "key": "Ja"}')
    assert made == {"question": "Ist es rot?", "key": "Yes", "category": ""}


def test_a_regenerated_conversation_may_have_other_turns() -> None:
    output = json.dumps({"turns": [{"question": "Combien ?", "answer": "2"}]})
    made = assemble(job(kind="conversation", source=TURNS), output)
    assert len(made["turns"]) == 1
    assert made["turns"][0]["explanation"] == ""


def test_raw_line_breaks_and_a_code_fence_are_taken() -> None:
    source = {"question": "What?", "answer": "That."}
    asked = job(kind="question_answer", source=source)
    output = '```json\n{"question": "Quoi ?", "answer": "Un\nmot."}\n```'
    assert assemble(asked, output)["answer"] == "Un\nmot."


@pytest.mark.parametrize(
    ("asked", "output", "reason"),
    [
        (job(), "  ", "caption: is empty"),
        (choice(), "Quel animal ?", "the output is not JSON"),
        (choice(), "[" * 100_000, "the output is not JSON"),
        (choice(), '["a"]', "the output is JSON but not an object"),
        (choice(), "{}", "options: expected 2, got none"),
        (choice(), '{"options": {"A": "x"}}', "options: expected 2, got none"),
        (choice(), '{"options": ["a"]}', "options: expected 2, got 1"),
        (choice(), '{"options": ["a", "b"]}', "question: expected text"),
        (
            choice(),
            '{"question": "q", "options": ["a", " "]}',
            "option B: is empty",
        ),
        (
            choice(hint="A clue"),
            '{"question": "q", "options": ["a", "b"], "hint": " "}',
            "hint: is missing although the source has one",
        ),
        (
            job(kind="conversation", source=TURNS, task="translate"),
            '{"turns": [{"question": "q", "answer": "a"}]}',
            "turns: expected 2, got 1",
        ),
        (
            job(kind="conversation", source=TURNS),
            '{"turns": "none"}',
            "turns: expected a list",
        ),
        (
            job(kind="conversation", source=TURNS),
            '{"turns": [{"question": "q"}]}',
            "turn 1: answer: expected text",
        ),
        (job(source={"text": "A cat."}), "Un chat.", "source: text: no such field"),
    ],
)
def test_an_unusable_output_is_refused_with_the_place(
    asked: GenerationJob, output: str, reason: str
) -> None:
    with pytest.raises(AssemblyError) as caught:
        assemble(asked, output)
    assert str(caught.value).startswith(reason)

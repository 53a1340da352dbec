import pytest

from corpus.content import Caption, parse
from corpus.formats.messages_turns import CAPTION_PROMPTS, turns
from corpus.formats.release import ReleaseError
from corpus.languages import NAMES
from tests.corpus.releases import CHOICE, TALK, release_item


@pytest.mark.parametrize("language", list(NAMES))
def test_caption_answers_a_prompt_in_its_language(language: str) -> None:
    [(question, answer)] = turns(release_item(Caption("Un chat."), language=language))
    assert question == CAPTION_PROMPTS[language]
    assert answer == "Un chat."


def test_prompts_differ_between_languages() -> None:
    assert len(set(CAPTION_PROMPTS.values())) == len(CAPTION_PROMPTS)


def test_conversation_has_a_turn_for_each_question_without_its_explanation() -> None:
    assert turns(release_item(TALK)) == [("Combien ?", "3"), ("Où ?", "À gauche.")]


def test_question_is_one_turn() -> None:
    content = parse("question_answer", {"question": "Qui ?", "answer": "Moi."})
    assert turns(release_item(content)) == [("Qui ?", "Moi.")]


def test_benchmark_item_is_no_dialogue() -> None:
    with pytest.raises(ReleaseError, match="multiple_choice, which no training set"):
        turns(release_item(CHOICE))


def test_caption_without_a_prompt_is_refused() -> None:
    with pytest.raises(ReleaseError, match=r"mmbench/1 \(pt\).* without a prompt"):
        turns(release_item(Caption("Um gato."), language="pt"))

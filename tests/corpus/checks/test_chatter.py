import pytest

from tests.corpus.checks.findings import captions, marked

ID = "chatter/1"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Here is the translation: Un chat.", "Here is the translation"),
        ("Here's the French translation:\nUn chat.", "Here's the French translation"),
        ("Voici la traduction : Un chat.", "Voici la traduction"),
        ("Traduction : Un chat.", "Traduction :"),
        ("Übersetzung: Eine Katze.", "Übersetzung:"),
        ("Hier ist die Übersetzung: Eine Katze.", "Hier ist die Übersetzung"),
        ("Ecco la traduzione: Un gatto.", "Ecco la traduzione"),
        ("Aquí está la traducción: Un gato.", "Aquí está la traducción"),
        ("Un chat. As an AI, I cannot see it.", "As an AI"),
        ("En tant qu'IA, je ne vois rien.", "En tant qu'IA"),
        ("Als KI kann ich das nicht.", "Als KI"),
        ("<think>chat</think> Un chat.", "<think>"),
        ("Un chat.<|im_end|>", "<|im_end|>"),
    ],
)
def test_remark_is_blocked_where_it_stands(text: str, place: str) -> None:
    findings = captions(ID, "A cat.", text)
    assert [finding.severity for finding in findings] == ["block"]
    assert marked(findings, text) == [place]


@pytest.mark.parametrize(
    "text",
    ['"Un chat."', "« Un chat. »", "“Un chat.”", "„Eine Katze.“", "```\nUn chat.\n```"],
)
def test_wrapping_around_the_whole_text_is_blocked(text: str) -> None:
    [finding] = captions(ID, "A cat.", text)
    assert (finding.start, finding.end) == (0, len(text))
    assert captions(ID, text, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Voici un chat.",
        "Aquí está el gato.",
        "Ecco un gatto, come una tigre.",
        'Le mot "chat" et le mot "chien".',
        '"Oui", dit-il, "non".',
        "''",
        "L'eau et l'air'",
        "Als Kind las ich das.",
        "Prenez ```x``` ici.",
    ],
)
def test_ordinary_text_passes(text: str) -> None:
    assert captions(ID, "A cat.", text) == []


def test_remark_that_the_source_is_about_passes() -> None:
    source = "The screen reads: Here is the translation."
    assert captions(ID, source, "L'écran affiche : Here is the translation.") == []

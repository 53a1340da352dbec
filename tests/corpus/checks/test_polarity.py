import pytest

from corpus.checks.polarity import negations
from corpus.content import Caption, YesNo
from tests.corpus.checks.findings import captions, found, marked

ID = "polarity/1"


def asked(source: str, text: str, language: str) -> list[str]:
    return [
        finding.message
        for finding in found(ID, YesNo(source, "Yes"), YesNo(text, "Yes"), language)
    ]


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("It isn't there, is it not?", "en", 2),
        ("Is it red? Please answer yes or no.", "en", 0),
        ("Ce n'est pas rouge.", "fr", 1),
        ("Y en a-t-il plus ? Répondez par oui ou non.", "fr", 0),
        ("Pas de chien ?", "fr", 1),
        ("Das ist kein Hund und nicht rot.", "de", 2),
        ("Non c'è nessuno.", "it", 1),
        ("Nessuno parla mai.", "it", 1),
        ("No hay nadie.", "es", 1),
        ("Nadie habla nunca.", "es", 1),
        ("Sin sombrero", "es", 1),
    ],
)
def test_words_that_say_no_are_counted(text: str, language: str, count: int) -> None:
    assert len(negations(text, language)) == count


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Ist der Ball nicht rot?", "de", "nicht"),
        ("La balle n'est-elle pas rouge ?", "fr", "n'"),
        ("La palla non è rossa?", "it", "non"),
        ("¿No es roja la pelota?", "es", "No"),
    ],
)
def test_added_no_is_pointed_at(text: str, language: str, wrong: str) -> None:
    source, candidate = YesNo("Is the ball red?", "Yes"), YesNo(text, "Yes")
    findings = found(ID, source, candidate, language)
    assert marked(findings, text) == [wrong]
    assert findings[0].severity == "warn"


def test_lost_no_is_warned_of() -> None:
    assert len(asked("Is there no dog?", "Gibt es einen Hund?", "de")) == 1


def test_same_polarity_passes() -> None:
    assert asked("Isn't it red?", "Ist es nicht rot?", "de") == []
    assert asked("Is it red?", "Est-ce rouge ?", "fr") == []
    assert asked("Is it red?", "Non?", "xx") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Carla a-t-elle lu moins que David ?", "fr"),
        ("Hat Carla weniger gelesen als David?", "de"),
        ("Carla ha letto meno di David?", "it"),
        ("¿Leyó Carla menos que David?", "es"),
    ],
)
def test_less_for_more_is_warned_of(text: str, language: str) -> None:
    [message] = asked("Did Carla read more than David?", text, language)
    assert message.endswith("the source says 'more'.")


def test_only_benchmark_items_have_a_polarity() -> None:
    assert captions(ID, "A dog.", "Pas de chien.") == []
    assert found(ID, Caption("more"), Caption("moins")) == []

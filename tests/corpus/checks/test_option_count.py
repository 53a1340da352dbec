import pytest

from corpus.content import Caption
from tests.corpus.checks.findings import choice, found


@pytest.mark.parametrize("options", [("un", "deux"), ("un", "deux", "trois", "quatre")])
def test_lost_or_added_option_is_blocked(options: tuple[str, ...]) -> None:
    source = choice("one", "two", "three")
    [finding] = found("option-count/1", source, choice(*options))
    assert finding.severity == "block"
    assert finding.message.startswith(f"There are {len(options)} options here")


@pytest.mark.parametrize(
    ("source", "candidate"),
    [
        (("3 cats", "4 cats", "a dog"), ("4 chats", "3 chats", "un chien")),
        (("A1", "B2", "C3"), ("B2", "C3", "A1")),
        (("Label X", "Label Y"), ("Étiquette Y", "Étiquette X")),
        (("DNA", "RNA"), ("RNA", "DNA")),
    ],
)
def test_numbers_and_codes_that_changed_places_are_blocked(
    source: tuple[str, ...], candidate: tuple[str, ...]
) -> None:
    findings = found("option-count/1", choice(*source), choice(*candidate))
    assert findings[0].field == "option A"
    assert {finding.severity for finding in findings} == {"block"}


@pytest.mark.parametrize(
    ("source", "candidate"),
    [
        (("3 cats", "4 cats"), ("3 chats", "4 chats")),
        (("3 cats", "4 cats"), ("3 chats", "5 chats")),
        (("left", "right"), ("gauche", "droite")),
        (("DNA", "RNA"), ("ADN", "ARN")),
        (("1.5 m", "2 m"), ("1,5 m", "2 m")),
    ],
)
def test_options_in_their_places_pass(
    source: tuple[str, ...], candidate: tuple[str, ...]
) -> None:
    assert found("option-count/1", choice(*source), choice(*candidate)) == []


def test_other_kinds_have_no_options() -> None:
    assert found("option-count/1", Caption("A"), Caption("B")) == []
    assert found("option-count/1", choice("a", "b"), Caption("B")) == []

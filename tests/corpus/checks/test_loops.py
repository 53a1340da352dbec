import pytest

from tests.corpus.checks.findings import captions

ID = "loops/1"
SENTENCE = "Der kleine braune Hund läuft schnell über die grüne Wiese."


@pytest.mark.parametrize(
    "text",
    [
        " ".join([SENTENCE] * 3),
        SENTENCE + " und und und und",
        SENTENCE + " rot, rot, rot, rot",
        "ab cd " * 120,
    ],
)
def test_words_that_come_again_and_again_are_warned_of(text: str) -> None:
    [finding] = captions(ID, "A dog.", text, "de")
    assert finding.severity == "warn"
    assert finding.start is not None


@pytest.mark.parametrize(
    "text", [SENTENCE, " ".join([SENTENCE] * 2), "ha ha ha", "a a a a"]
)
def test_few_repetitions_pass(text: str) -> None:
    assert captions(ID, "A dog.", text, "de") == []


def test_loops_of_the_source_are_its_own() -> None:
    assert captions(ID, "go, go, go, go", "los, los, los, los", "de") == []

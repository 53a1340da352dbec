import pytest

from corpus.content import Caption, Content, YesNo
from tests.corpus.checks.findings import choice, found


@pytest.mark.parametrize(
    ("source", "candidate", "message"),
    [
        (choice("a", "b"), choice("a", "b", key="B"), "The key is B here"),
        (YesNo("Q?", "Yes"), YesNo("Q ?", "No"), "The key is No here"),
    ],
)
def test_changed_key_is_blocked(
    source: Content, candidate: Content, message: str
) -> None:
    [finding] = found("key-changed/1", source, candidate)
    assert (finding.severity, finding.field) == ("block", "key")
    assert message in finding.message


def test_translated_category_is_blocked() -> None:
    source, candidate = YesNo("Q?", "Yes", "colour"), YesNo("Q ?", "Yes", "couleur")
    [finding] = found("key-changed/1", source, candidate)
    assert (finding.severity, finding.field) == ("block", "category")
    assert "'colour'" in finding.message


def test_same_key_and_kinds_without_key_pass() -> None:
    assert found("key-changed/1", choice("a", "b"), choice("c", "d")) == []
    assert found("key-changed/1", Caption("A"), Caption("B")) == []
    assert found("key-changed/1", Caption("A"), YesNo("Q?", "No")) == []
    assert found("key-changed/1", YesNo("Q?", "No"), Caption("A")) == []

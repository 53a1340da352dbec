from corpus.checks import Finding
from corpus.content import Caption, YesNo
from tests.corpus.checks.findings import choice, found, talk

TURN = ("How many?", "3", "")


def test_other_kind_is_blocked() -> None:
    findings = found("structure/1", YesNo("Red?", "No"), Caption("Un chat."))
    message = "This is a caption, the source is a yes no."
    assert findings == [Finding("structure/1", "block", "", message)]


def test_lost_and_added_turns_are_blocked() -> None:
    for want, have in ((2, 1), (1, 2)):
        [finding] = found("structure/1", talk(*[TURN] * want), talk(*[TURN] * have))
        assert finding.severity == "block"
        said = {1: "1 turn is here", 2: "2 turns are here"}[have]
        assert finding.message == f"{said}, the source has {want}."


def test_same_shape_passes() -> None:
    assert found("structure/1", talk(TURN, TURN), talk(TURN, TURN)) == []
    assert found("structure/1", choice("a", "b"), choice("a", "b", "c")) == []

from corpus.checks.sets import Member, SetFinding, languages
from corpus.content import YesNo


def members(keys: str, answers: str = "") -> list[Member]:
    answers = answers or "y" * len(keys)
    words = {"y": "Yes", "n": "No"}
    return [
        Member(key, YesNo("Is it?", "Yes"), YesNo("Est-ce ?", words[answer]))
        for key, answer in zip(keys, answers, strict=True)
    ]


def found(**by_language: list[Member]) -> list[SetFinding]:
    return list(languages.check(by_language))


def test_same_items_in_the_same_order_pass() -> None:
    assert found(en=members("abc"), fr=members("abc")) == []


def test_lost_and_added_items_are_named() -> None:
    lost, added = found(en=members("abc"), fr=members("abd"))
    assert (lost.message, lost.keys) == ("fr lacks 1 item.", ("c",))
    assert (added.message, added.keys) == ("fr alone has 1 item.", ("d",))
    assert lost.severity == added.severity == "block"


def test_another_order_is_blocked_at_its_first_item() -> None:
    [finding] = found(en=members("abc"), fr=members("acb"))
    assert finding.keys == ("c",)
    assert "another order" in finding.message


def test_item_said_twice_is_blocked() -> None:
    findings = found(en=members("ab"), fr=members("aab"))
    assert [f.message for f in findings] == ["fr has 1 item more than once."]


def test_other_answers_than_the_source_are_blocked() -> None:
    [finding] = found(en=members("ab"), fr=members("ab", "yn"))
    assert finding.keys == ("b",)
    assert "other answers than the source" in finding.message


def test_nothing_at_all_is_no_fault() -> None:
    assert found() == found(en=[]) == []

from corpus.content import Caption, parse
from tests.corpus.checks.findings import choice, found

ID = "answer-given-away/1"


def test_right_option_in_the_hint_is_pointed_at() -> None:
    hint = "Un chat est assis."
    candidate = choice("chat", "chien", hint=hint)
    [finding] = found(ID, choice("cat", "dog", hint="It sits."), candidate)
    assert (finding.severity, finding.field) == ("warn", "hint")
    assert hint[finding.start : finding.end] == "chat"


def test_right_option_that_the_source_says_too_passes() -> None:
    source = choice("cat", "dog", hint="A cat sits.")
    assert found(ID, source, choice("chat", "chien", hint="Un chat.")) == []


def test_wrong_option_and_parts_of_words_give_nothing_away() -> None:
    source = choice("cat", "dog", hint="It sits.")
    assert found(ID, source, choice("chat", "chien", hint="Un chien.")) == []
    assert found(ID, source, choice("chat", "chien", hint="Un chaton.")) == []


def test_right_option_that_alone_grew_is_warned_of() -> None:
    source = choice("It is cold", "It is warm", "It is wet", key="B")
    long = "Il fait chaud parce que le soleil brille"
    candidate = choice("Il fait froid", long, "Il pleut", key="B")
    [finding] = found(ID, source, candidate)
    assert (finding.field, finding.start, finding.end) == ("option B", 0, len(long))


def test_options_that_all_grew_pass() -> None:
    source = choice("cold air", "warm air")
    candidate = choice("de l'air qui est très froid", "de l'air qui est très chaud")
    assert found(ID, source, candidate) == []


def test_other_kinds_and_keys_out_of_reach_are_left_alone() -> None:
    assert found(ID, Caption("a"), choice("un", "une")) == []
    assert found(ID, choice("a", "b"), Caption("un")) == []
    fields = {"question": "Q?", "options": ["a", "b", "c"], "key": "C"}
    assert found(ID, choice("a", "b"), parse("multiple_choice", fields)) == []

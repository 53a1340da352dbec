"""Whatever a pure room says is known at the door."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.utils import translation

from annotation import item_batches
from annotation.phrases import figures, said
from corpus import checks
from corpus.content import MAX_CHARACTERS, Caption, ContentError, parse
from corpus.marking import Mark, why_none
from quality.policies import Vote, majority_with_second_looks
from tests.rules.source import modules

LANGUAGES = pytest.mark.parametrize("language", ["de", "es", "fr", "it"])
#: What a message holds where it is one of a few words; elsewhere a letter will do.
HELD = {
    "what": "number",
    "part": "headings",
    "word": "short",
    "turns": "2 turns are",
    "sentences": "2 sentences are",
}


def _sample(node: ast.expr) -> str | None:
    """What a message looks like with a letter in each of its places."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    pieces = [
        str(piece.value)
        if isinstance(piece, ast.Constant)
        else HELD.get(ast.unparse(piece.value), "A")  # type: ignore[attr-defined]
        for piece in node.values
    ]
    return "".join(pieces)


def _messages() -> Iterator[str]:
    """A sample of every message of a check, read from the code."""
    for name, _, tree in modules("corpus"):
        if not name.startswith("corpus.checks.") or ".sets" in name:
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Assign)
                and ast.unparse(node.targets[0]) == "message"
            ):
                yield from filter(None, [_sample(node.value)])
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding":
                yield from filter(None, map(_sample, node.args[3:4]))


@LANGUAGES
def test_every_message_of_a_check_is_said_in_every_language(language: str) -> None:
    samples = {text if text.endswith(".") else f"{text}." for text in _messages()}
    assert len(samples) > 45
    with translation.override(language):
        assert {text for text in samples if said(text) == text} == set()


def test_a_real_finding_keeps_its_words_and_its_numbers() -> None:
    source, candidate = Caption("Two buses wait."), Caption("7 Busse warten. ")
    found = checks.run(source, candidate, "de")
    told = [finding.message for finding in found if finding.check == "numbers/1"]
    with translation.override("de"):
        assert "Die Zahl 7 steht nicht in der Quelle." in [said(text) for text in told]
    assert "The number 7 is not in the source." in [said(text) for text in told]


@LANGUAGES
def test_what_is_wrong_with_a_mark_is_said(language: str) -> None:
    text = Caption("Ein Bus")
    wrong = [
        Mark("candidate", "caption", 0, 3, "Ein", "nothing", "minor"),
        Mark("candidate", "caption", 0, 3, "Ein", "grammar", "nothing"),
        Mark("candidate", "hint", 0, 3, "Ein", "grammar", "minor"),
        Mark("source", "caption", 0, 3, "Ein", "grammar", "minor"),
        Mark("candidate", "caption", 0, 30, "Ein", "grammar", "minor"),
        Mark("candidate", "caption", 1, 3, "Ein", "grammar", "minor"),
        Mark("candidate", "caption", 3, 4, " ", "grammar", "minor"),
        Mark("candidate", "caption", 0, 3, "Ein", "grammar", "minor", (0.5, 0, 1, 1)),
    ]
    told = [why_none([mark], text, text) for mark in wrong]
    told.append(
        why_none(
            [Mark("candidate", "caption", 0, 3, "Ein", "grammar", "minor")] * 2,
            text,
            text,
        )
    )
    assert None not in told
    with translation.override(language):
        whole = said(str(told[0]))
        for sentence in map(str, told):
            reason = sentence.partition("”: ")[2]
            assert reason not in said(sentence), sentence
    assert "Ein" in whole


@LANGUAGES
def test_what_is_wrong_with_a_content_is_said(language: str) -> None:
    wrong = [
        {"caption": ""},
        {"caption": "a" * (MAX_CHARACTERS + 1)},
        {"colour": "red"},
    ]
    for fields in wrong:
        with pytest.raises(ContentError) as refused:
            parse("caption", fields)
        with translation.override(language):
            assert said(str(refused.value)) != str(refused.value)


@LANGUAGES
def test_what_an_import_minds_is_said(language: str) -> None:
    sentences = [item_batches.NOTHING]
    for remark in (
        item_batches.TWINS,
        item_batches.RECATEGORISED,
        item_batches.OTHER_BYTES,
    ):
        sentences += [remark.of(1), remark.of(1040)]
    with translation.override(language):
        assert [text for text in sentences if said(text) == text] == []


@LANGUAGES
def test_what_a_policy_says_is_said(language: str) -> None:
    edits, reject = [Vote("accept_with_edits", "{}")] * 3, [Vote("reject", None)] * 3
    told = [
        majority_with_second_looks([], 1).reason,
        majority_with_second_looks(edits, 2).reason,
        majority_with_second_looks(reject, 1).reason,
    ]
    assert "rounds of edits" in told[1]
    assert "stands behind it" in told[2]
    with translation.override(language):
        assert [text for text in told if said(text) == text] == []


@pytest.mark.parametrize(
    ("sentence", "german"),
    [
        (
            "3 of 3 reject it, but whoever edited it stands behind it",
            "3 von 3 lehnen ihn ab, aber wer ihn geändert hat, steht dahinter",
        ),
        (
            "1,040 turns are here, the source has 3.",
            "Hier stehen 1.040 Runden, in der Quelle 3.",
        ),
        (
            "Italian has no rows: nothing that a person wrote in it is accepted.",
            "Italienisch hat keine Zeilen: nichts, was ein Mensch darin geschrieben "
            "hat, ist angenommen.",
        ),
        ("question 2", "Frage 2"),
        ("option C", "Option C"),
        ("option of ours", "option of ours"),
        (
            "The explanation 1 is empty here, the source has one.",
            "Das Feld „Erklärung 1“ ist hier leer, in der Quelle nicht.",
        ),
        (
            "This seems to be French, not German.",
            "Dies scheint Französisch zu sein, nicht Deutsch.",
        ),
        (
            "Very long: 2.5 times as long as the source.",
            "Sehr lang: 2,5-mal so lang wie die Quelle.",
        ),
        (
            "no majority: 1 accept with edits, 2 cannot judge",
            "keine Mehrheit: 1 Mit Änderungen annehmen, 2 Nicht beurteilbar",
        ),
        (
            "Only 7 items with two ratings or more: below 30 every number here is rough.",
            "Nur 7 Einträge mit zwei oder mehr Bewertungen: "
            "Unter 30 ist hier jede Zahl grob.",
        ),
        ("0.400 to 0.655", "0,400 bis 0,655"),
        ("Whatever else somebody wrote.", "Whatever else somebody wrote."),
        ("", ""),
    ],
)
def test_a_sentence_is_said_in_german(sentence: str, german: str) -> None:
    assert said(sentence) == sentence
    with translation.override("de"):
        assert said(sentence) == german


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "1,234.5 %"),
        ("de", "1.234,5 %"),
        ("it", "1.234,5 %"),
        ("fr", "1\u202f234,5 %"),
    ],
)
def test_figures_are_written_as_the_language_does(language: str, shown: str) -> None:
    with translation.override(language):
        assert figures("1,234.5 %").replace("\xa0", "\u202f") == shown

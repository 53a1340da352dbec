import pytest

from corpus.content import Caption
from tests.corpus.checks.findings import captions, choice, found, marked

ID = "encoding/1"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("Un caf\ufffd.", "\ufffd", "was lost"),
        ("Un cafÃ©.", "Ã©", "wrong encoding"),
        ("Lâ€™eau.", "â€™", "wrong encoding"),
        ("Lâ€œeau.", "â€œ", "wrong encoding"),
        ("50Â\u00a0%", "Â\u00a0", "wrong encoding"),
        ("Un\x07 chat", "\x07", "control character"),
        ("Un\x85chat", "\x85", "control character"),
        ("Un\u200bchat", "\u200b", "invisible"),
        ("\ufeffUn chat", "\ufeff", "invisible"),
        ("Un \u202echat", "\u202e", "invisible"),
        ("Un ch\u0430t", "ch\u0430", "Greek or Cyrillic"),
        ("Tom &amp; Jerry", "&amp;", "HTML"),
        ("L&#39;eau", "&#39;", "HTML"),
        (r"Un\n chat", r"\n", "written out"),
    ],
)
def test_trace_is_blocked_where_it_stands(text: str, place: str, message: str) -> None:
    findings = captions(ID, "A cat.", text)
    assert [finding.severity for finding in findings] == ["block"]
    assert message in findings[0].message
    assert marked(findings, text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "Noël à l'âge d'Âne, où l'Œuvre naît ; « ça » coûte 5 €…",
        "Größe: 5 µm, „süß“ – ÄÖÜ",
        "¿Está el pingüino? ¡Sí!",
        "Perché no? È così.",
        "Zeile eins\nZeile zwei\tTab\r\nEnde",
        "Une famille \U0001f468\u200d\U0001f469\u200d\U0001f467 !",
        "\u2764\ufe0f\u200d\U0001f525",
        r"$\nu + \theta$ et \neq",
        "AT&T; R&D",
        "Le mot Москва est russe, α aussi.",
        "5\u202f000\u00a0€",
    ],
)
def test_clean_text_of_our_languages_passes(text: str) -> None:
    findings = captions(ID, "A cat.", text)
    assert findings == []


@pytest.mark.parametrize("text", ["a\u200bb", "x &lt; y", r"print('\n')", "µπk\u0430"])
def test_what_the_source_has_too_is_meant(text: str) -> None:
    assert captions(ID, text, text) == []


def test_lost_character_is_blocked_even_if_the_source_lost_it() -> None:
    assert len(captions(ID, "caf\ufffd", "caf\ufffd")) == 1


def test_accents_apart_are_blocked() -> None:
    [finding] = found(ID, Caption("x"), Caption("cafe\u0301"))
    assert "not NFC" in finding.message


def test_every_field_is_looked_at() -> None:
    bad = choice("ok", "caf\ufffd", hint="\u200b x")
    fields = [finding.field for finding in found(ID, choice("a", "b"), bad)]
    assert fields == ["hint", "option B"]

import pytest

from corpus.checks.code import stretches
from tests.corpus.checks.findings import captions, marked

ID = "code/1"


@pytest.mark.parametrize(
    ("kept", "changed"),
    [
        ("`print(total)`", "`imprimer(total)`"),
        ("```\nx = 1\n```", "```\nx = 2\n```"),
        ("https://example.org/a", "https://example.org/b"),
        ("www.example.org", "www.exemple.org"),
        ("ada@example.org", "ada@exemple.org"),
        ("data/photo_12.png", "data/foto_12.png"),
        ("0xFF", "0xFE"),
        ("#FF8800", "#FF8801"),
        ("CC(=O)Oc1ccccc1", "CC(=O)Oc1cccc1"),
    ],
)
def test_code_is_kept_letter_by_letter(kept: str, changed: str) -> None:
    assert captions(ID, f"See {kept} here.", f"Voir {kept} ici.") == []
    first, *rest = captions(ID, f"See {kept} here.", f"Voir {changed} ici.")
    assert first.severity == "block"
    assert "is missing or changed here." in first.message
    assert {finding.severity for finding in rest} <= {"block"}


def test_new_address_is_pointed_at() -> None:
    text = "Voir https://example.com."
    findings = captions(ID, "See there.", text)
    assert marked(findings, text) == ["https://example.com"]


def test_code_marked_anew_is_no_fault() -> None:
    assert captions(ID, "Press Enter.", "Appuyez sur `Enter`.") == []


def test_long_code_is_named_by_its_beginning() -> None:
    [finding] = captions(ID, "`" + "x" * 200 + "`", "rien")
    assert len(finding.message) < 120


@pytest.mark.parametrize(
    "text", ["A (small) dog", "CONCISION", "the end.The start", "(HOCKEY)", "# 8", "B2"]
)
def test_words_are_no_code(text: str) -> None:
    assert list(stretches(text)) == []


def test_blanks_at_the_end_of_lines_are_free() -> None:
    assert captions(ID, "```\nx = 1  \n```", "```\nx = 1\n```") == []

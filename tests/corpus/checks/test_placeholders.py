import pytest

from tests.corpus.checks.findings import captions, marked

ID = "placeholders/1"


@pytest.mark.parametrize(
    ("source", "candidate", "mark"),
    [
        ("<image> What?", "Quoi ?", "<image>"),
        ("Hello {name}", "Bonjour", "{name}"),
        ("Hello {{ name }}", "Bonjour {{ nom }}", "{{ name }}"),
        ("Hello %s", "Bonjour", "%s"),
        ("Hello %(name)s", "Bonjour %(nom)s", "%(name)s"),
        ("A [MASK] here", "Un [MASQUE] ici", "[MASK]"),
        ("Fill in ____ please", "Remplissez", "___"),
        ("<b>bold</b>", "<b>gras", "</b>"),
        ("{} and {}", "{} et", "{}"),
    ],
)
def test_missing_placeholder_is_blocked(source: str, candidate: str, mark: str) -> None:
    first = captions(ID, source, candidate)[0]
    assert first.severity == "block"
    assert first.message == f"The placeholder {mark} of the source is missing here."


def test_new_placeholder_is_pointed_at() -> None:
    text = "Bonjour {nom} !"
    findings = captions(ID, "Hello {name}!", text)
    assert [f.severity for f in findings] == ["block", "block"]
    assert marked(findings, text) == ["{nom}"]


@pytest.mark.parametrize(
    ("source", "candidate"),
    [
        ("<image> Hello {name}, ___", "<image> Bonjour {name}, _____"),
        ("50 % sure", "sûr à 50 %"),
        ("50 % discount", "50 % de remise"),
        ("5% sales", "5 % soldes"),
        ("a < b and c > d", "a < b et c > d"),
        (r"$\frac{a}{b}$", "la fraction"),
        (r"$v_{\text{max}}$ is \text{speed}", r"$v_{\text{max}}$ est \text{vitesse}"),
        ('{"a": 1}', '{"a": 2}'),
        ("[a] and [B]", "[b] et [C]"),
    ],
)
def test_kept_placeholders_and_other_signs_pass(source: str, candidate: str) -> None:
    assert captions(ID, source, candidate) == []

import pytest

from tests.corpus.checks.findings import captions, marked

ID = "formulas/1"
SOURCE = r"The area is $\frac{1}{2} b h$, so \(x = 1.5\) here."


def test_changed_formula_is_missing_and_new() -> None:
    text = r"L'aire est $\frac{1}{3} b h$, donc \(x = 1.5\) ici."
    findings = captions(ID, SOURCE, text)
    assert [finding.severity for finding in findings] == ["block", "block"]
    assert marked(findings, text) == [r"$\frac{1}{3} b h$"]
    assert findings[1].message.startswith(r"The formula $\frac{1}{2}bh$ of the source")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (SOURCE, r"L'aire est $\frac{1}{2}bh$, donc \(x = 1{,}5\) ici."),
        (r"$a \text{ if } b$", r"$a \text{ si } b$"),
        (r"$$x^2$$ and \[y\]", r"$$x^2$$ et \[y\]"),
        ("It costs $5 or $10.", "Cela coûte 5 $ ou 10 $."),
        ("from $5-$10", "de 5 $ à 10 $"),
        ("no formula", "aucune formule"),
        ("`$PATH` and `$HOME`", "`$PATH` et `$HOME`"),
    ],
)
def test_same_formula_and_money_pass(source: str, text: str) -> None:
    assert captions(ID, source, text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Soit $a + b.", "A formula is opened here and not closed."),
        (r"Soit $\sqrt{a$.", "The braces of the formulas do not come in pairs."),
    ],
)
def test_formula_that_is_not_closed_is_blocked(text: str, message: str) -> None:
    findings = captions(ID, "Let $a + b$ be.", text)
    assert message in [finding.message for finding in findings]
    assert {finding.severity for finding in findings} == {"block"}

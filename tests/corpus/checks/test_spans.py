import pytest

from corpus.checks.spans import (
    blanked,
    formulas,
    quotations,
    without_code,
    without_verbatim,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('a "b c" d', ["b c"]),
        ("„b“ und «c» et « d » »e«", ["b", "c", "d", "e"]),
        ("“b” and ‘c’ and 'd'", ["b", "c", "d"]),
        ("the dog's and the cats' food, it's", []),
        ("5' and 6' tall", []),
        ('"open', []),
    ],
)
def test_quotations_are_read_without_their_marks(text: str, found: list[str]) -> None:
    read = list(quotations(text))
    assert [inner for inner, _, _ in read] == found
    assert all(inner in text[start:end] for inner, start, end in read)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$a$ und $$b$$", ["$a$", "$$b$$"]),
        (r"\(a\) et \[b\]", [r"\(a\)", r"\[b\]"]),
        (r"\[a \\[2pt] b\]", [r"\[a \\[2pt] b\]"]),
        (r"\( open, \[b\] and $a$", [r"\[b\]", "$a$"]),
        (r"\(" + "a" * 2001 + r"\) \(b\)", [r"\(b\)"]),
        ("$5 and $10", []),
        ("US$5, 10$ and 20$", []),
        (r"\$5 or $x\$y$", [r"$x\$y$"]),
    ],
)
def test_money_is_no_formula(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in formulas(text)] == found


def test_places_stay_when_code_is_blanked() -> None:
    text = 'See `f(x)`, $a$, https://example.org/a and "this", please.'
    for plain in (without_verbatim(text), without_code(text)):
        assert len(plain) == len(text)
        assert plain.endswith(", please.")
        assert "f(x)" not in plain
        assert "example" not in plain
    assert '"this"' in without_code(text)
    assert "this" not in without_verbatim(text)


def test_places_are_blanked_by_any_sign() -> None:
    assert blanked("abcdef", [(1, 3), (4, 5)]) == "a  d f"
    assert blanked("abcdef", [(0, 6)], "_") == "______"
    assert blanked("abcdef", []) == "abcdef"

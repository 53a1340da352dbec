"""Long texts made to be slow cost about as much per character as short ones."""

import random
import time
from collections.abc import Callable

import pytest

from corpus.checks import CHECKS, Check, run
from corpus.checks.language import identified
from corpus.checks.spans import without_code, without_verbatim
from corpus.content import (
    Caption,
    Content,
    Conversation,
    MultipleChoice,
    QuestionAnswer,
    Turn,
    YesNo,
)

SHORT, LONG = 1 << 11, 1 << 13
#: The length that no reader of files may be slow at, for a few texts only.
LONGEST = 1 << 16
#: Four times the text may take so many times as long; its square would take 16 times.
MOST_GROWTH = 8
#: In seconds of this process: what takes less at the full length is no matter.
FLOOR = 0.15

#: Each is repeated to the length.
TILES = (
    *("1", "1.", "1,", "1 ", "1/1/", "12:30 ", "5 meters ", "3 pm ", "£5 ", "{", "a{"),
    *("{{ a ", "%(", "<a ", '<a b="" ', "[A", "__a ", "**a ", "| a ", "- ", "$", "$a "),
    *("$$a", "\\", "\\(", "\\[", "\\a{", "`", "``a ", "```a", " ", "\n", " \n", "."),
    *("«a ", "“a ", "'a ", '"', 'says" ', 'sign "a" ', "([{", "\u0301\u0323", "\u200b"),
    *("\u202e", "\U0001f44d\u200d", "aё", "&a", "a", "Aa ", "AB ", "Aa of the ", "Aa-"),
    *(
        "http://",
        "www.",
        "a@a.",
        "./",
        "C=C(",
        "no longer ",
        "Anen Sie ",
        "red ",
        "May ",
    ),
    *(
        "5 March ",
        "Monday ",
        "light blue ",
        "dix-",
        "USA, aa ",
        "translation ",
        "ha ",
        ", ",
    ),
)

#: What comes one after the other, no two alike.
ROWS: dict[str, Callable[[int], str]] = {
    "words": lambda n: f"{_word(n)} ",
    "names": lambda n: f"{_word(n).title()} {_word(n + 1).title()} and ",
    "abbreviations": lambda n: f"{_word(n).upper()} and some more ",
    "numbers": lambda n: f"{n * 7919 % 99991}; ",
    "times": lambda n: f"{n % 24}:{n * 7 % 60:02} ",
    "dates": lambda n: f"{n % 28 + 1}/{n % 12 + 1}/{1900 + n % 99} ",
    "quotations": lambda n: f'"{_word(n)}" ',
    "formulas": lambda n: f"$x_{n}$ ",
    "code": lambda n: f"`{_word(n)}` ",
    "placeholders": lambda n: f"{{{_word(n)}}} ",
    "units": lambda n: f"{n} {('m', 'kg', 'feet', '$')[n % 4]} ",
    "sentences": lambda n: f"{_word(n).title()} is {_word(n + 1)}. ",
}


def _word(number: int) -> str:
    signs = random.Random(number)
    return "".join(signs.choices("abdeginorstu", k=6))


def _tiled(tile: str, length: int) -> str:
    return (tile * (length // len(tile) + 1))[:length]


def _row(name: str, length: int, first: int) -> str:
    parts: list[str] = []
    number = left = 0
    while left < length:
        parts.append(ROWS[name](first + number))
        left += len(parts[-1])
        number += 1
    return "".join(parts)[:length]


def _kinds(text: str, key: str = "A") -> dict[Content, tuple[str, ...]]:
    """Contents that hold the text, with the checks that read such a content only.

    A caption is read by nearly all. The constructors make them, since `parse` refuses
    what is blank.
    """
    part = text[: len(text) // 4]
    turns = [Turn("Why?", text[at : at + 400]) for at in range(0, len(text), 400)]
    choice = MultipleChoice(part, (f"a{part}", f"b{part}a{part}"), key, part)
    return {
        Caption(text): tuple(CHECKS),
        QuestionAnswer("Why?", text): ("empty/1", "register/1"),
        Conversation(tuple(turns)): ("structure/1", "empty/1", "register/1"),
        YesNo(text, "Yes"): ("key-changed/1", "polarity/1"),
        choice: (
            *("key-changed/1", "option-count/1", "duplicate-options/1", "quoted/1"),
            *("letter-collision/1", "nested-options/1", "answer-given-away/1"),
        ),
    }


def _seconds(check: Check, source: Content, candidate: Content, language: str) -> float:
    """What the check takes, with nothing remembered of the texts."""
    without_code.cache_clear()
    without_verbatim.cache_clear()
    start = time.process_time()
    for _ in check(source, candidate, language, {"transcripts": ["Two", "men."]}):
        pass
    return time.process_time() - start


def _too_slow(text: Callable[[int], tuple[str, str]], language: str) -> list[str]:
    """The checks whose time grows much faster than the texts."""
    found = []
    short, long = text(SHORT), text(LONG)
    places = zip(*map(_kinds, short), *map(_kinds, long), strict=True)
    wanted = _kinds("").values()
    for (little, here, source, candidate), checks in zip(places, wanted, strict=True):
        for check in map(CHECKS.__getitem__, checks):
            most = _seconds(check, source, candidate, language)
            if most < FLOOR:
                continue
            # once more: something else may have run in between
            most = min(most, _seconds(check, source, candidate, language))
            least = _seconds(check, little, here, language)
            if most > max(FLOOR, MOST_GROWTH * least):
                found.append(f"{check.id}, {source.kind}: {least:.3f}, {most:.3f}")
    return found


@pytest.fixture(scope="module", autouse=True)
def _model() -> None:
    identified("The model that knows the languages is read once, and before.")


@pytest.mark.parametrize(("number", "tile"), [*enumerate(TILES)], ids=ascii)
def test_same_again_and_again_costs_no_square(number: int, tile: str) -> None:
    def text(length: int) -> tuple[str, str]:
        return _tiled(tile, length), f"{_tiled(tile, length)}x"

    assert _too_slow(text, ("fr", "de", "it", "es")[number % 4]) == []


@pytest.mark.parametrize("row", ROWS)
def test_many_of_a_kind_cost_no_square(row: str) -> None:
    def text(length: int) -> tuple[str, str]:
        return _row(row, length, 0), _row(row, length, LONG)

    assert _too_slow(text, "fr") == []


@pytest.mark.parametrize("tile", ["1.", "\\(", "\u0301\u0323"])
def test_64_kib_end(tile: str, capfd: pytest.CaptureFixture[str]) -> None:
    text = Caption(_tiled(tile, LONGEST))
    assert {finding.check for finding in run(text, text, "fr")} <= set(CHECKS)
    assert capfd.readouterr() == ("", "")

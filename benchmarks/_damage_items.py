"""Damage to what an item is made of: key, options, turns, polarity, language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Final

from benchmarks._clean_pairs import CleanPair
from benchmarks._damage import Damage, Made
from corpus.content import (
    LETTERS,
    Caption,
    Content,
    Conversation,
    MultipleChoice,
    QuestionAnswer,
    YesNo,
)

Choice = Callable[[MultipleChoice, MultipleChoice, str, Random], Content | None]

_NEGATED: Final = {
    "fr": (("Y a-t-il", "N'y a-t-il pas"), ("est-elle", "n'est-elle pas")),
    "de": (("?", " nicht?"),),
    "it": (
        ("C'è", "Non c'è"),
        ("ha letto", "non ha letto"),
        ("La ", "Non è vero che la "),
    ),
    "es": (("¿", "¿No "),),
}
_COMPARED: Final = {
    "fr": ("plus", "moins"),
    "de": ("mehr", "weniger"),
    "it": ("più", "meno"),
    "es": ("más", "menos"),
}


def _key(pair: CleanPair, random: Random) -> Made:
    content = pair.candidate
    if isinstance(content, YesNo):
        other = "No" if content.key == "Yes" else "Yes"
    elif isinstance(content, MultipleChoice):
        letters = LETTERS[: len(content.options)].replace(content.key, "")
        other = random.choice(letters)
    else:
        return None
    return pair, pair.with_candidate(replace(content, key=other))


def _category(pair: CleanPair, random: Random) -> Made:
    content = pair.candidate
    if not isinstance(content, YesNo | MultipleChoice) or not content.category:
        return None
    changed = replace(content, category=content.category + "_traduit")
    return pair, pair.with_candidate(changed)


def _kind(pair: CleanPair, random: Random) -> Made:
    if isinstance(pair.candidate, Caption):
        text = pair.candidate.caption
        return pair, pair.with_candidate(QuestionAnswer(text, text))
    return pair, pair.with_candidate(Caption(next(pair.candidate.texts())[1]))


def _turn(pair: CleanPair, random: Random) -> Made:
    if not isinstance(pair.candidate, Conversation):
        return None
    return pair, pair.with_candidate(Conversation(pair.candidate.turns[:-1]))


def _negated(pair: CleanPair, random: Random) -> Made:
    if not isinstance(pair.candidate, YesNo):
        return None
    question = pair.candidate.question
    for old, new in _NEGATED[pair.language]:
        if old in question:
            changed = replace(pair.candidate, question=question.replace(old, new, 1))
            return pair, pair.with_candidate(changed)
    return None


def _compared(pair: CleanPair, random: Random) -> Made:
    """`more`, added to both in a question of its own, becomes `less`."""
    if not isinstance(pair.candidate, YesNo) or not isinstance(pair.source, YesNo):
        return None
    more, less = _COMPARED[pair.language]
    ours = replace(pair.source, question=f"{pair.source.question} Is one more?")
    content = pair.candidate
    clean = replace(content, question=f"{content.question} 1 {more}")
    damaged = replace(content, question=f"{content.question} 1 {less}")
    pair = replace(pair, source=ours)
    return pair.with_candidate(clean), pair.with_candidate(damaged)


def in_choice(name: str, checks: tuple[str, ...], change: Choice) -> Damage:
    """Damage to a multiple-choice item; `change` gives nothing where it cannot be."""

    def make(pair: CleanPair, random: Random) -> Made:
        source, content = pair.source, pair.candidate
        if not isinstance(source, MultipleChoice):
            return None
        if not isinstance(content, MultipleChoice):
            return None
        changed = change(source, content, pair.language, random)
        return None if changed is None else (pair, pair.with_candidate(changed))

    return Damage(name, checks, make)


def _put(content: MultipleChoice, place: int, text: str) -> MultipleChoice:
    options = list(content.options)
    options[place] = text
    return replace(content, options=tuple(options))


def _lost(
    source: MultipleChoice, content: MultipleChoice, language: str, random: Random
) -> Content | None:
    if content.key == LETTERS[len(content.options) - 1]:
        return None
    return replace(content, options=content.options[:-1])


def _moved(
    source: MultipleChoice, content: MultipleChoice, language: str, random: Random
) -> Content | None:
    if not any(sign.isdigit() for option in content.options for sign in option):
        return None  # words alone do not tell their place: documented as a blind spot
    return replace(content, options=(*content.options[1:], content.options[0]))


def _alike(
    source: MultipleChoice, content: MultipleChoice, language: str, random: Random
) -> Content | None:
    first, second = random.sample(range(len(content.options)), 2)
    return _put(content, first, content.options[second].upper() + ".")


def _lettered(
    source: MultipleChoice, content: MultipleChoice, language: str, random: Random
) -> Content | None:
    place = random.randrange(len(content.options))
    return _put(content, place, f"{LETTERS[place]}. {content.options[place]}")


def _colliding(
    source: MultipleChoice, content: MultipleChoice, language: str, random: Random
) -> Content | None:
    place = random.randrange(len(content.options))
    return _put(content, place, f"A {content.options[place]}")


def _nested(
    source: MultipleChoice, content: MultipleChoice, language: str, random: Random
) -> Content | None:
    first, second = random.sample(range(len(content.options)), 2)
    joined = f"{content.options[first]} + {content.options[second]}"
    return _put(content, first, joined)


def _told(
    source: MultipleChoice, content: MultipleChoice, language: str, random: Random
) -> Content | None:
    right = content.options[LETTERS.index(content.key)]
    return replace(content, question=f"{content.question} ({right})")


def _grown(
    source: MultipleChoice, content: MultipleChoice, language: str, random: Random
) -> Content | None:
    place = LETTERS.index(content.key)
    others = max(len(option) for option in content.options)
    right = content.options[place]
    return _put(
        content, place, " ".join([right, "-", *[right] * (2 + others // len(right))])
    )


def translations(pairs: Sequence[CleanPair]) -> Mapping[Content, list[CleanPair]]:
    """The pairs that share a source."""
    found: dict[Content, list[CleanPair]] = {}
    for pair in pairs:
        found.setdefault(pair.source, []).append(pair)
    return found


def other_language(pairs: Sequence[CleanPair]) -> Damage:
    """The translation of the same source into another language."""
    known = translations(pairs)

    def make(pair: CleanPair, random: Random) -> Made:
        others = [
            other for other in known[pair.source] if other.language != pair.language
        ]
        if not others or sum(len(t.split()) for _, t in pair.candidate.texts()) < 8:
            return None
        return pair, pair.with_candidate(random.choice(others).candidate)

    return Damage("another language", ("language/2",), make)


DAMAGES: Final = (
    Damage("key changed", ("key-changed/1",), _key),
    Damage("category translated", ("key-changed/1",), _category),
    Damage("another kind", ("structure/1",), _kind),
    Damage("turn lost", ("structure/1",), _turn),
    Damage("question negated", ("polarity/1",), _negated),
    Damage("less for more", ("polarity/1",), _compared),
    in_choice("option lost", ("option-count/1",), _lost),
    in_choice("numbered options moved", ("option-count/1",), _moved),
    in_choice("two options alike", ("duplicate-options/1",), _alike),
    in_choice("letter before an option", ("letter-collision/1",), _lettered),
    in_choice("option begins like a letter", ("letter-collision/1",), _colliding),
    in_choice("option inside another", ("nested-options/1",), _nested),
    in_choice("answer in the question", ("answer-given-away/1",), _told),
    in_choice("answer grown alone", ("answer-given-away/1",), _grown),
)

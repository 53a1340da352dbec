"""The five content kinds: one frozen dataclass each, the same for source and candidate.

A content is made with `parse(kind, data)`, which takes the JSON that `dump` gave and
refuses anything else with a `ContentError` naming the field. Equality is by value,
`digest` is a SHA-256 over canonical JSON, and `texts` walks the human-readable parts
in reading order, each with the name under which pages and findings speak of it.
"""

from __future__ import annotations

import hashlib
import json
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, TypeAlias, get_args

from corpus.plain_text import normal_form

Kind = Literal[
    "caption", "question_answer", "conversation", "multiple_choice", "yes_no"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Translated, scored, and never trained on; the others are regenerated training data.
BENCHMARK_KINDS: tuple[Kind, ...] = ("multiple_choice", "yes_no")
LETTERS = string.ascii_uppercase

#: Longest text one field may hold, in characters. Captions run to about 2,000.
MAX_CHARACTERS = 20_000
#: Most turns of a conversation; CoSyn has a few dozen questions on one image.
MAX_TURNS = 200


class ContentError(ValueError):
    """The data is no content of its kind. The message names the field."""


def _text(data: Mapping[str, Any], name: str, *, optional: bool = False) -> str:
    value = data.get(name)
    if value is None and optional:
        return ""
    if not isinstance(value, str):
        raise ContentError(f"{name}: expected text, got {type(value).__name__}")
    if "\x00" in value:
        raise ContentError(f"{name}: holds a NUL character")
    if len(value) > MAX_CHARACTERS:
        raise ContentError(f"{name}: longer than {MAX_CHARACTERS:,} characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ContentError(f"{name}: holds half a surrogate pair") from None
    if not optional and not value.strip():
        raise ContentError(f"{name}: is empty")
    return value


def _only(data: Mapping[str, Any], *names: str) -> None:
    if not isinstance(data, Mapping):
        raise ContentError(f"expected an object, got {type(data).__name__}")
    unknown = sorted(set(map(str, data)) - set(names))
    if unknown:
        raise ContentError(f"{unknown[0]}: no such field")


@dataclass(frozen=True, slots=True)
class Caption:
    """A description of the image."""

    kind: ClassVar[Kind] = "caption"
    caption: str

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Self:
        _only(data, "caption")
        return cls(_text(data, "caption"))

    def texts(self) -> Iterator[tuple[str, str]]:
        yield "caption", self.caption


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """One question about the image with its answer in free text."""

    kind: ClassVar[Kind] = "question_answer"
    question: str
    answer: str

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Self:
        _only(data, "question", "answer")
        return cls(_text(data, "question"), _text(data, "answer"))

    def texts(self) -> Iterator[tuple[str, str]]:
        yield "question", self.question
        yield "answer", self.answer


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation, with its reasoning if there is any."""

    question: str
    answer: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Several questions on one image, in order."""

    kind: ClassVar[Kind] = "conversation"
    turns: tuple[Turn, ...]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Self:
        _only(data, "turns")
        turns = data.get("turns")
        if not isinstance(turns, list | tuple) or not turns:
            raise ContentError("turns: expected a list of at least one turn")
        if len(turns) > MAX_TURNS:
            raise ContentError(f"turns: more than {MAX_TURNS}")
        return cls(tuple(cls._turn(turn, n) for n, turn in enumerate(turns, 1)))

    @staticmethod
    def _turn(data: Any, number: int) -> Turn:
        try:
            _only(data, "question", "answer", "explanation")
            return Turn(
                _text(data, "question"),
                _text(data, "answer"),
                _text(data, "explanation", optional=True),
            )
        except ContentError as error:
            raise ContentError(f"turn {number}: {error}") from None

    def texts(self) -> Iterator[tuple[str, str]]:
        for number, turn in enumerate(self.turns, 1):
            yield f"question {number}", turn.question
            if turn.explanation:
                yield f"explanation {number}", turn.explanation
            yield f"answer {number}", turn.answer


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """A question with ordered options; `key` is the letter of the right one."""

    kind: ClassVar[Kind] = "multiple_choice"
    question: str
    options: tuple[str, ...]
    key: str
    hint: str = ""
    category: str = ""

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Self:
        _only(data, "question", "options", "key", "hint", "category")
        options = data.get("options")
        if not isinstance(options, list | tuple) or not 2 <= len(options) <= 26:
            raise ContentError("options: expected a list of 2 to 26 texts")
        texts = tuple(
            _text({f"option {letter}": option}, f"option {letter}")
            for letter, option in zip(LETTERS, options, strict=False)
        )
        key = data.get("key")
        if key not in tuple(LETTERS[: len(texts)]):
            last = LETTERS[len(texts) - 1]
            raise ContentError(f"key: expected a letter from A to {last}, got {key!r}")
        return cls(
            _text(data, "question"),
            texts,
            key,
            _text(data, "hint", optional=True),
            _text(data, "category", optional=True),
        )

    def texts(self) -> Iterator[tuple[str, str]]:
        if self.hint:
            yield "hint", self.hint
        yield "question", self.question
        for letter, option in zip(LETTERS, self.options, strict=False):
            yield f"option {letter}", option


@dataclass(frozen=True, slots=True)
class YesNo:
    """A question whose key is exactly "Yes" or "No", in English in every language."""

    kind: ClassVar[Kind] = "yes_no"
    question: str
    key: str
    category: str = ""

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Self:
        _only(data, "question", "key", "category")
        key = data.get("key")
        if key not in ("Yes", "No"):
            raise ContentError(f"key: expected Yes or No, got {key!r}")
        return cls(_text(data, "question"), key, _text(data, "category", optional=True))

    def texts(self) -> Iterator[tuple[str, str]]:
        yield "question", self.question


Content: TypeAlias = Caption | QuestionAnswer | Conversation | MultipleChoice | YesNo

CLASSES: dict[str, type[Content]] = {
    cls.kind: cls
    for cls in (Caption, QuestionAnswer, Conversation, MultipleChoice, YesNo)
}


def parse(kind: str, data: Any) -> Content:
    """The content of `kind` that `data` (decoded JSON) describes.

    Raises ContentError for an unknown kind, a missing, unknown or mistyped field.

    >>> parse("yes_no", {"question": "Is it red?", "key": "Yes"}).key
    'Yes'
    """
    if kind not in CLASSES:
        raise ContentError(f"kind: {kind!r} is none of {', '.join(KINDS)}")
    return CLASSES[kind].parse(data)


def restore(kind: str, data: Mapping[str, Any]) -> Content:
    """The content that `dump` gave, not checked again: for rows read by the million.

    >>> restore("caption", dump(Caption("A cat."))) == Caption("A cat.")
    True
    """
    if kind == "conversation":
        return Conversation(tuple(Turn(**turn) for turn in data["turns"]))
    if kind == "multiple_choice":
        return MultipleChoice(**{**data, "options": tuple(data["options"])})
    return CLASSES[kind](**data)


def dump(content: Content) -> dict[str, Any]:
    """The JSON form of a content: `parse(content.kind, dump(content)) == content`.

    >>> dump(Caption("A cat."))
    {'caption': 'A cat.'}
    """
    if isinstance(content, Conversation):
        return {"turns": [_fields(turn) for turn in content.turns]}
    return _fields(content)


def _fields(value: Content | Turn) -> dict[str, Any]:
    fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
    fields.pop("kind", None)
    return {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}


def normalised(data: Any) -> Any:
    """Decoded JSON with every text in NFC, as people and models should have written it.

    For texts that come in; what upstream wrote is kept byte for byte.
    """
    if isinstance(data, str):
        return normal_form("NFC", data)
    if isinstance(data, Mapping):
        return {key: normalised(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [normalised(value) for value in data]
    return data


def canonical_json(data: Any) -> str:
    """JSON with sorted keys and no blanks: equal data, equal text."""
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(content: Content) -> str:
    """SHA-256, in hex, over the kind and the canonical JSON of a content."""
    text = canonical_json([content.kind, dump(content)])
    return hashlib.sha256(text.encode()).hexdigest()

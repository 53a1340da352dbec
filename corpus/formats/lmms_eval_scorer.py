"""How lmms-eval asks and scores this benchmark: prompts in, answers judged, no model.

This file is part of the release and needs the standard library alone. An answer that
cannot be read is wrong. Rows are those of the parquet files beside it: options stand in
`choices`, in `options`, or in the columns A, B, C, D; `answer` is a letter, the place
of the right option from 0, or yes/no in English.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

#: Words that mean yes and no wherever they stand, by language; English always counts.
YES = {"en": "yes", "fr": "oui", "de": "ja", "it": "sì", "es": "sí"}
NO = {"en": "no", "fr": "non", "de": "nein", "it": "no", "es": "no"}

#: Words that mean yes only on their own: they are common words with other meanings.
YES_ALONE = {
    "fr": ("si",),
    "de": ("doch",),
    "it": ("si", "sí"),
    "es": ("si", "sì"),
}

#: The categories of MME that ask what is seen; the others ask what follows from it.
PERCEPTION = frozenset(
    {
        "existence",
        "count",
        "position",
        "color",
        "posters",
        "celebrity",
        "scene",
        "landmark",
        "artwork",
        "OCR",
    }
)


def pictures(row: Mapping[str, Any]) -> list[Any]:
    """The picture of a row, if it has one."""
    image = row.get("image")
    return [] if image is None else [image.convert("RGB")]


def prompt(row: Mapping[str, Any], words: Mapping[str, Any] | None = None) -> str:
    """The question as the model reads it, ending with how to answer."""
    words = words or {}
    # upstream glues the instruction to its English questions; it is asked only once
    question = str(row["question"]).removesuffix(row.get("instruction") or "")
    lines = [row.get("hint"), question.rstrip()]
    lines += [
        f"{letter}. {option}"
        for letter, option in zip(LETTERS, options_of(row), strict=False)
    ]
    asked = "\n".join(line for line in lines if line)
    return f"{words.get('pre_prompt', '')}{asked}{words.get('post_prompt', '')}"


def gold(row: Mapping[str, Any]) -> str:
    """The right answer: a letter, or Yes or No."""
    if not options_of(row):
        return str(row["answer"]).capitalize()
    answer = row["answer"]
    if isinstance(answer, str) and not answer.isdigit():
        return answer
    return LETTERS[int(answer)]


def options_of(row: Mapping[str, Any]) -> list[str]:
    """The options in order; none for a yes/no question."""
    listed = row.get("choices") or row.get("options")
    if listed:
        return list(listed)
    lettered = (row.get(letter) for letter in LETTERS)
    return [option for option in lettered if option is not None]


def is_right(row: Mapping[str, Any], answer: str) -> bool:
    """Whether the answer says what is right, in English or in the row's language."""
    return said(row, answer) == gold(row)


def said(row: Mapping[str, Any], answer: str) -> str | None:
    """What the answer comes down to: a letter, Yes or No; nothing if unclear."""
    options = options_of(row)
    if options:
        return letter_said(answer, options)
    return yes_or_no_said(answer, str(row["language"]))


# ---------------------------------------------------------------- yes or no


def yes_or_no_said(answer: str, language: str) -> str | None:
    """Yes or No, by the first word, else by the only one of the two that is said.

    >>> yes_or_no_said("Sí, no hay duda.", "es"), yes_or_no_said("Non si vede.", "it")
    ('Yes', None)
    """
    text = _plain(answer)
    said_words = re.findall(r"\w+", text)
    yes, no = {"yes", YES[language]}, {"no", NO[language]}
    if not said_words:
        return None
    if said_words[0] in yes | no:
        return "Yes" if said_words[0] in yes else "No"
    if _stands_alone(text, said_words[0]) and said_words[0] in YES_ALONE.get(
        language, ()
    ):
        return "Yes"
    found = {word in yes for word in said_words if word in yes | no}
    return ("Yes" if found.pop() else "No") if len(found) == 1 else None


def _stands_alone(text: str, word: str) -> bool:
    """The word is all there is, or a mark follows it: `si, ...` but not `si vede`."""
    return re.match(rf"\W*{word}\W*($|[,.;:!\n])", text) is not None


# ---------------------------------------------------------------- letters


def letter_said(answer: str, options: Sequence[str]) -> str | None:
    """The letter that is named, else that of the only option whose text is given.

    >>> letter_said("(B)", ["red", "blue"]), letter_said("It is blue.", ["red", "blue"])
    ('B', 'B')
    >>> letter_said("A destra", ["A sinistra", "A destra"])
    'B'
    """
    letters = LETTERS[: len(options)]
    text = _squeezed(answer)
    alone = re.fullmatch(r"\W*([A-Za-z])\W*", text)
    if alone and alone[1].upper() in letters:
        return alone[1].upper()
    for place, option in enumerate(options):
        if _same(text, option):
            return letters[place]
    marked = re.match(r"\W*([A-Z])\W*[.:)\]]", text)
    if marked and marked[1] in letters:
        return marked[1]
    return _letter_before_its_text(text, options) or _only(
        _letters_in(text, letters) or _options_in(text, options)
    )


def _letter_before_its_text(text: str, options: Sequence[str]) -> str | None:
    """`B blue` names B, `A droite` names nothing but the option of that text."""
    for letter, option in zip(LETTERS, options, strict=False):
        if text.startswith(f"{letter} ") and _same(text[2:], option):
            return letter
    return None


def _letters_in(text: str, letters: str) -> set[str]:
    """Letters that stand alone, as in `The answer is B.` and `A or B`.

    At the very beginning `A` may be a word: there it counts beside another only.
    """
    beside = re.match(r"[A-Z]\W+(\w{1,4}\W+)?[A-Z](?!\w)", text)
    found = re.finditer(r"(?<![\w'’-])([A-Z])(?![\w'’-])", text)
    return {
        match[1] for match in found if match[1] in letters and (match.start() or beside)
    }


def _options_in(text: str, options: Sequence[str]) -> set[str]:
    """Letters of the options said in the text, but not as a part of a longer one."""
    folded = _plain(text)
    spans = {
        letter: [match.span() for match in _places(_plain(option), folded)]
        for letter, option in zip(LETTERS, options, strict=False)
    }
    every = [span for own in spans.values() for span in own]
    return {
        letter
        for letter, own in spans.items()
        if any(not _is_inside_longer(span, every) for span in own)
    }


def _places(option: str, text: str) -> list[re.Match[str]]:
    """Where the option is said as whole words."""
    if not option:
        return []
    return list(re.finditer(rf"(?<!\w){re.escape(option)}(?!\w)", text))


def _is_inside_longer(span: tuple[int, int], every: list[tuple[int, int]]) -> bool:
    start, end = span
    return any(a <= start and end <= b and b - a > end - start for a, b in every)


def _only(found: set[str]) -> str | None:
    return found.pop() if len(found) == 1 else None


def _same(text: str, option: str) -> bool:
    return _plain(text).strip(" .") == _plain(option).strip(" .")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip(" *_`\"'")


def _plain(text: str) -> str:
    """For comparing: case, and how blanks and accents are encoded, do not matter."""
    return _squeezed(text).casefold()


# ---------------------------------------------------------------- scores per row


def score(row: Mapping[str, Any], results: Sequence[str]) -> dict[str, Any]:
    """One row of a set that is scored row by row."""
    return {"accuracy": is_right(row, results[0])}


def score_circular(row: Mapping[str, Any], results: Sequence[str]) -> dict[str, Any]:
    """One row of MMBench: a question counts only if all its copies are right."""
    right = is_right(row, results[0])
    question = int(row["index"]) % 1_000_000
    return {"accuracy": right, "circular_accuracy": (question, right)}


def score_pope(row: Mapping[str, Any], results: Sequence[str]) -> dict[str, Any]:
    """One row of POPE: yes is what is looked for."""
    answer, want = said(row, results[0]), gold(row)
    names = ("precision", "recall", "f1")
    return {"accuracy": answer == want} | dict.fromkeys(names, (answer, want))


def score_mme(row: Mapping[str, Any], results: Sequence[str]) -> dict[str, Any]:
    """One row of MME: the two questions about a picture count together."""
    right = is_right(row, results[0])
    part = "perception" if row["category"] in PERCEPTION else "reasoning"
    return {"accuracy": right, part: (row["category"], row["question_id"], right)}


# ---------------------------------------------------------------- scores of a set


def share(found: Sequence[bool]) -> float:
    """How many of all are right, from 0 to 1."""
    return sum(found) / len(found) if found else 0.0


def circular(found: Sequence[tuple[int, bool]]) -> float:
    """The share of questions with every copy right."""
    questions: dict[int, list[bool]] = defaultdict(list)
    for question, right in found:
        questions[question].append(right)
    return share([all(copies) for copies in questions.values()])


def precision(found: Sequence[tuple[str | None, str]]) -> float:
    """The share of said yes that is right; 0 if yes is never said."""
    return share([want == "Yes" for answer, want in found if answer == "Yes"])


def recall(found: Sequence[tuple[str | None, str]]) -> float:
    """The share of right yes that is said."""
    return share([answer == "Yes" for answer, want in found if want == "Yes"])


def f1(found: Sequence[tuple[str | None, str]]) -> float:
    """The harmonic mean of precision and recall."""
    both = precision(found) + recall(found)
    return 2 * precision(found) * recall(found) / both if both else 0.0


def mme(found: Sequence[tuple[str, str, bool]]) -> float:
    """The MME score: for each category, percent of questions plus percent of pairs."""
    categories: dict[str, dict[str, list[bool]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for category, picture, right in found:
        categories[category][picture].append(right)
    total = 0.0
    for pairs in categories.values():
        rows = [right for pair in pairs.values() for right in pair]
        total += 100 * (share(rows) + share([all(pair) for pair in pairs.values()]))
    return total

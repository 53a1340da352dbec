"""A caption tells nothing that none of its sources tells."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.finding import NO_CONTEXT, Context, Finding
from corpus.checks.number_values import numbers
from corpus.checks.number_words import spelled_out
from corpus.checks.proper_names import abbreviations, folded, names
from corpus.checks.sought import Sought
from corpus.checks.spans import quotations
from corpus.checks.words.exonyms import EVERYDAY, EXONYMS
from corpus.content import Caption, Content

ID = "invented/1"

_NATIVE = tuple(
    {folded(stem) for stems in EXONYMS.values() for stem in stems if len(stem) > 2}
)


def check(
    source: Content, candidate: Content, language: str, context: Context = NO_CONTEXT
) -> Iterator[Finding]:
    """Warns of numbers, quotations and names without a source.

    `context["transcripts"]`, if there is one, lists what people said about the
    picture: a text written anew may have its facts from there.
    """
    if not isinstance(candidate, Caption) or not isinstance(source, Caption):
        return
    known = "\n".join([source.caption, *map(str, context.get("transcripts", ()))])
    text = candidate.caption
    for what, start, end in (
        *_numbers(text, known),
        *_quotations(text, known),
        *_names(text, known, language),
    ):
        message = f"No source has the {what} {text[start:end]}."
        yield Finding(ID, "warn", "caption", message, start, end)


Place = tuple[str, int, int]


def _numbers(text: str, known: str) -> Iterator[Place]:
    values = {value for number in numbers(known) for value in number.values}
    words = spelled_out(known, "en")
    for number in numbers(text):
        if not number.values & values and not any(v in words for v in number.values):
            yield "number", number.start, number.end


def _quotations(text: str, known: str) -> Iterator[Place]:
    plain = Sought(folded(known))
    for quotation, start, end in quotations(text):
        if folded(quotation) not in plain:
            yield "quotation", start, end


def _names(text: str, known: str, language: str) -> Iterator[Place]:
    plain = Sought(folded(known))
    # German nouns have capitals as names do: only abbreviations can be told there
    spans = () if language == "de" else tuple(names(text))
    for name in (*spans, *abbreviations(text)):
        words = [folded(word) for word in name.words]
        is_known = any(word[:4] in plain for word in words)
        is_native = any(word.startswith(_NATIVE) for word in words)
        if not (is_known or is_native or name.text in EVERYDAY):
            yield "name", name.start, name.end

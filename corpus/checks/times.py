"""Times of day are those of the source, morning and afternoon included."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.clock import times
from corpus.checks.finding import Finding, pairs
from corpus.checks.matching import unmatched
from corpus.content import Content

ID = "times/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of a time that is missing, or that has become another one."""
    for name, original, text in pairs(source, candidate):
        ours = list(times(original, half_open=True))
        if not ours:
            continue
        theirs = list(times(text, half_open=language == "en"))
        missing, new = unmatched(ours, theirs)
        # a time in words, such as noon, has no figures: only an exchange is certain
        for there, here in zip(missing, new, strict=False):
            message = (
                f"The source has {there.text} here: check hour, minutes, am and pm."
            )
            yield Finding(ID, "warn", name, message, here.start, here.end)

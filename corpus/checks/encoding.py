"""The text is free of the traces of a broken encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding, all_fields
from corpus.content import Content
from corpus.plain_text import normal_form

ID = "encoding/1"

_HIDDEN = (
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb"
)
_LOOK_ALIKE = re.compile(
    "[A-Za-zÀ-ɏ]{1,30}[\u0370-\u03ff\u0400-\u04ff]+"
    "|[\u0370-\u03ff\u0400-\u04ff]{1,30}[A-Za-zÀ-ɏ]+"
)
_EMOJI_JOINER = re.compile("(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d")

#: What to look for, what to say, and whether the source having it too excuses it.
_FAULTS: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (re.compile("\ufffd"), "A character was lost here (\ufffd).", False),
    (
        re.compile(
            "[ÃÂ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|â(?:€|\u0080)[\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2000-\u2122]?"
        ),
        "These characters come from a wrong encoding.",
        False,
    ),
    (
        re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"),
        "There is a control character here.",
        False,
    ),
    (re.compile(f"[{_HIDDEN}]"), "There is an invisible character here.", True),
    (_LOOK_ALIKE, "This word mixes Latin with Greek or Cyrillic letters.", True),
    (
        re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});"),
        "This is an HTML code, not the character it stands for.",
        True,
    ),
    (
        re.compile(r"(?<!\\)\\[nrt](?![A-Za-z])"),
        "A line break or tab was written out here.",
        True,
    ),
)


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks each trace; those that the source has too, only where they are broken."""
    for name, original, text in all_fields(source, candidate):
        if normal_form("NFC", text) != text:
            message = "Accents are stored apart from their letters (not NFC)."
            yield Finding(ID, "block", name, message)
        # the joiner inside one emoji is invisible and right
        joined = _EMOJI_JOINER.sub("-", text)
        for pattern, message, excused in _FAULTS:
            if excused and pattern.search(_EMOJI_JOINER.sub("-", original)):
                continue
            if match := pattern.search(joined):
                yield Finding(ID, "block", name, message, *match.span())

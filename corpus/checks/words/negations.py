"""Words that say no, and words that compare.

`FIRST` say no by themselves; `SECOND` do so only where none of the first stands in the
text, since Romance languages say `non ... nessuno` and mean one no. French counts
`ne`, which `pas` and `jamais` only complete; its `plus` may mean more.
"""

from __future__ import annotations

import re

from corpus.checks.lexicon import Lexicon


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.I)


FIRST = {
    "en": re.compile(
        r"\b(?:not|no|never|without|cannot|neither|nobody|nothing|none|nowhere)\b"
        r"|n['’]t\b",
        re.I,
    ),
    "fr": re.compile(r"\b(?:ne|sans|non|ni)\b|\bn['’]", re.I),
    "de": _words(
        *("nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie"),
        *("niemals", "ohne", "weder", "niemand", "niemanden", "nichts", "nirgends"),
    ),
    "it": _words("non", "senza", "né"),
    "es": _words("no", "sin", "ni"),
}
SECOND = {
    "fr": _words("pas", "jamais", "aucune?", "rien", "personne"),
    "it": _words("mai", "nessun[oa]?", "niente", "nulla"),
    "es": _words(
        "nunca", "jamás", "ningun[oa]s?", "ningún", "nada", "nadie", "tampoco"
    ),
}
#: Pairs of which both halves count as one no, and phrases that say none.
IDLE = {
    "en": re.compile(
        r"\byes or no\b|\bor not\b|\bno longer\b(?=.{0,500}?\bno longer\b)|\bno\.\s*(?=[0-9])",
        re.I,
    ),
    "fr": re.compile(r"\boui ou (?:par )?non\b|\bou (?:non|pas)\b|\bnon plus\b", re.I),
    "de": re.compile(r"\bja oder nein\b|\boder nicht\b", re.I),
    "it": re.compile(r"\bsì o (?:con )?(?:un )?no\b|\bo (?:no|non)\b", re.I),
    "es": re.compile(r"\bsí o (?:con )?(?:un )?no\b|\bo no\b", re.I),
}

COMPARISONS = Lexicon(
    {
        "en": {"more": "more", "less": "less, fewer"},
        "fr": {"more": "plus, davantage", "less": "moins"},
        "de": {"more": "mehr", "less": "weniger"},
        "it": {"more": "più, maggiore, maggiori", "less": "meno, minore, minori"},
        "es": {"more": "más, mayor, mayores", "less": "menos, menor, menores"},
    }
)

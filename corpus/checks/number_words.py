"""Number words from 0 to 20, and ordinals to 10, per language.

They only ever excuse a number: "3 cats" may become "trois chats", and "two dogs" may
become "2 chiens". That `un` is an article more often than a number does no harm here.
"""

from __future__ import annotations

import re

from corpus.plain_text import normal_form

_CARDINALS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    "fr": "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze "
    "treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt",
    "de": "null ein/eine/einen/einem/einer/eines/eins zwei/beide/beiden drei vier fünf "
    "sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn zwanzig",
    "it": "zero un/uno/una due tre quattro cinque sei sette otto nove dieci undici "
    "dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti",
    "es": "cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce "
    "trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte",
}
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth",
    "fr": "premier/première deuxième/second/seconde troisième quatrième cinquième "
    "sixième septième huitième neuvième dixième",
    "de": "erst zweit dritt viert fünft sechst siebt acht neunt zehnt",
    "it": "prim second terz quart quint sest settim ottav non decim",
    "es": "primer segund tercer cuart quint sext séptim octav noven décim",
}
_ENDINGS = {
    "en": ("", "s"),
    "fr": ("", "s"),
    "de": ("e", "er", "en", "es", "em", "ens"),
    "it": ("o", "a", "i", "e"),
    "es": ("", "o", "a", "os", "as"),
}


def _table(language: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for first, words in ((0, _CARDINALS[language]), (1, _ORDINALS[language])):
        endings = _ENDINGS[language] if first else ("",)
        for value, spellings in enumerate(words.split(), first):
            for spelling in spellings.split("/"):
                for ending in endings:
                    found.setdefault(spelling + ending, value)
    return found


WORDS: dict[str, dict[str, int]] = {
    language: _table(language) for language in _CARDINALS
}


def spelled_out(text: str, language: str) -> set[int]:
    """The values of the number words in a text; none for an unknown language.

    >>> sorted(spelled_out("Trois chats et deux chiens.", "fr"))
    [2, 3]
    """
    words = WORDS.get(language, {})
    plain = normal_form("NFC", text).casefold()
    found = {words[word] for word in re.findall(r"[^\W\d_]+", plain) if word in words}
    joined = re.findall(r"(?<![^\W\d_])[^\W\d_]+-[^\W\d_]+", plain)
    return found | {words[word] for word in joined if word in words}

"""Damage to a text as such: its characters, its language, its length, its wording."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import partial
from random import Random
from typing import Final

from benchmarks._carrier import Carrier
from benchmarks._carriers_facts import FACTS
from benchmarks._carriers_wording import WORDING
from benchmarks._clean_pairs import CleanPair
from benchmarks._damage import Damage, Made, in_longest, longest, with_text
from corpus.content import Caption

_REMARKS: Final = {
    "fr": "Bien sûr ! Voici la traduction :\n",
    "de": "Gerne! Hier ist die Übersetzung:\n",
    "it": "Certo! Ecco la traduzione:\n",
    "es": "¡Claro! Aquí tienes la traducción:\n",
}
_CYRILLIC: Final = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с"}
_COLOURS: Final = {
    "fr": {"rouge": "jaune", "rouges": "jaunes", "bleu": "vert", "bleue": "verte"}
    | {"vert": "bleu", "noir": "blanc", "noire": "blanche", "noirs": "blancs"}
    | {"blanc": "noir", "blanche": "noire", "jaune": "rouge", "bleus": "verts"},
    "de": {
        old + ending: new + ending
        for old, new in (("rot", "gelb"), ("blau", "grün"), ("schwarz", "weiß"))
        for ending in ("", "e", "en", "em", "er", "es")
    },
    "it": {"rosso": "giallo", "rossa": "gialla", "bianco": "nero", "bianca": "nera"}
    | {"blu": "verde", "giallo": "rosso", "arancione": "verde", "nera": "bianca"},
    "es": {"rojo": "amarillo", "roja": "amarilla", "blanco": "negro", "azul": "verde"}
    | {"blanca": "negra", "naranja": "verde", "negra": "blanca", "negro": "blanco"},
}
#: Language to word to what is put for it, and the English it must stand for.
_SIDES: Final = {
    "fr": {
        "gauche": ("droite", "left"),
        "droite": ("gauche", "right"),
        "devant": ("derrière", "front|outside|past"),
        "derrière": ("devant", "behind|back"),
    },
    "de": {
        "links": ("rechts", "left"),
        "rechts": ("links", "right"),
        "linken": ("rechten", "left"),
        "rechten": ("linken", "right"),
        "hinter": ("vor", "behind"),
        "vor": ("hinter", "front"),
        "oben": ("unten", "top|above|upper"),
    },
    "it": {
        "sinistra": ("destra", "left"),
        "destra": ("sinistra", "right"),
        "davanti": ("dietro", "front"),
    },
    "es": {
        "izquierda": ("derecha", "left"),
        "derecha": ("izquierda", "right"),
        "detrás": ("delante", "behind"),
    },
}
_WORD: Final = re.compile(r"[^\W\d_]+")


def _mojibake(text: str, language: str, random: Random) -> str:
    return text.encode().decode("cp1252", "replace").replace("\ufffd", "")


def _lost(text: str, language: str, random: Random) -> str:
    place = random.randrange(len(text))
    return text[:place] + "\ufffd" + text[place + 1 :]


def _hidden(text: str, language: str, random: Random) -> str:
    place = random.randrange(1, len(text))
    return text[:place] + random.choice("\u200b\u00ad\u2060\ufeff") + text[place:]


def _look_alike(text: str, language: str, random: Random) -> str:
    found = [m for m in _WORD.finditer(text) if {*m.group()[1:]} & {*_CYRILLIC}]
    if not found:
        return text
    word = random.choice(found)
    sign = next(sign for sign in word.group()[1:] if sign in _CYRILLIC)
    changed = word.group()[0] + word.group()[1:].replace(sign, _CYRILLIC[sign], 1)
    return text[: word.start()] + changed + text[word.end() :]


def _html(text: str, language: str, random: Random) -> str:
    return re.sub(r"[^\x00-\x7f]|'", lambda m: f"&#{ord(m.group())};", text, count=1)


def _written_out(text: str, language: str, random: Random) -> str:
    return text.replace(" ", "\\n ", 1)


def _decomposed(text: str, language: str, random: Random) -> str:
    return unicodedata.normalize("NFD", text)


def _cut(text: str, language: str, random: Random) -> str:
    if len(text) < 30 or not text.rstrip().endswith((".", "!", "?")):
        return text
    return text[: int(len(text) * random.uniform(0.55, 0.9))].rstrip(" .!?…")


def _circles(text: str, language: str, random: Random) -> str:
    words = text.rstrip(".!?").split()
    if len(words) < 6:
        return text
    count = random.randint(1, 5)
    return " ".join(words + words[-count:] * 30) + "."


def _thrice(text: str, language: str, random: Random) -> str:
    return " ".join([text] * 3) if len(text) > 50 else text


def _short(text: str, language: str, random: Random) -> str:
    return text[: len(text) // 5].rstrip() + "." if len(text) > 120 else text


def _exchanged(text: str, language: str, random: Random) -> str:
    table = _COLOURS[language]
    found = [match for match in _WORD.finditer(text) if match.group() in table]
    if not found:
        return text
    match = random.choice(found)
    return text[: match.start()] + table[match.group()] + text[match.end() :]


def _turned(pair: CleanPair, random: Random) -> Made:
    """Left for right and the like, where the source names the side."""
    name, text = longest(pair.candidate)
    source = dict(pair.source.texts()).get(name, "")
    table = _SIDES[pair.language]
    found = [
        match
        for match in _WORD.finditer(text)
        if match.group() in table
        and re.search(rf"\b(?:{table[match.group()][1]})\b", source, re.I)
    ]
    if not found:
        return None
    match = random.choice(found)
    changed = text[: match.start()] + table[match.group()][0] + text[match.end() :]
    return pair, pair.with_candidate(with_text(pair.candidate, name, changed))


def _tight(text: str, language: str, random: Random) -> str:
    if language == "fr":
        return re.sub(r"[ \u00a0\u202f]+(?=[?!;:](?:\s|$))", "", text, count=1)
    if language == "es":
        return text.replace("¿", "", 1).replace("¡", "", 1)
    return re.sub(r"(?<=\w)(?=[,?]\s|\?$)", " ", text, count=1)


def _carried(carriers: tuple[Carrier, ...], pair: CleanPair, random: Random) -> Made:
    if not isinstance(pair.source, Caption) or not isinstance(pair.candidate, Caption):
        return None
    carrier = random.choice(carriers)
    ours, theirs = pair.source.caption, pair.candidate.caption
    source = Caption(f"{ours} {carrier.sentences['en']}")
    clean = Caption(f"{theirs} {carrier.sentences[pair.language]}")
    damaged = Caption(f"{theirs} {carrier.damaged(pair.language)}")
    pair = replace(pair, source=source)
    return pair.with_candidate(clean), pair.with_candidate(damaged)


def _untranslated(pair: CleanPair, random: Random) -> Made:
    _, text = longest(pair.source)
    if len(text.split()) < 5:
        return None
    return pair, pair.with_candidate(pair.source)


def _english_sentence(pair: CleanPair, random: Random) -> Made:
    name, text = longest(pair.candidate)
    source = dict(pair.source.texts()).get(name, "")
    if len(source.split()) < 10 or not text.rstrip().endswith("."):
        return None
    changed = with_text(pair.candidate, name, f"{text} {source}")
    return pair, pair.with_candidate(changed)


def _invented(pair: CleanPair, random: Random) -> Made:
    if not isinstance(pair.candidate, Caption):
        return None
    addition = random.choice(["1987", '"Grand Palace"', "NASA", "(742)"])
    changed = Caption(f"{pair.candidate.caption} {addition}.")
    pair = replace(pair, relation="regenerated")
    return pair, pair.with_candidate(changed)


_ENCODING: Final = ("encoding/1",)
_CHATTER: Final = ("chatter/1",)
DAMAGES: Final = (
    in_longest("mojibake", _ENCODING, _mojibake),
    in_longest("lost character", _ENCODING, _lost),
    in_longest("invisible character", _ENCODING, _hidden),
    in_longest("look-alike letter", _ENCODING, _look_alike),
    in_longest("HTML code", _ENCODING, _html),
    in_longest("line break written out", _ENCODING, _written_out),
    in_longest("accents apart", _ENCODING, _decomposed),
    in_longest("remark in front", _CHATTER, lambda t, code, r: _REMARKS[code] + t),
    in_longest("thoughts in front", _CHATTER, lambda t, c, r: f"<think>?</think>{t}"),
    in_longest("all in quotation marks", _CHATTER, lambda t, c, r: f"“{t}”"),
    in_longest("all marked as code", _CHATTER, lambda t, c, r: f"```\n{t}\n```"),
    Damage("left in English", ("not-translated/1", "language/2"), _untranslated),
    Damage("one sentence in English", ("language/2",), _english_sentence),
    in_longest("broken off", ("cut-off/1", "length/1"), _cut),
    in_longest("running in circles", ("loops/1",), _circles),
    in_longest("said three times", ("length/1", "loops/1"), _thrice),
    in_longest("far too short", ("length/1",), _short),
    in_longest("colour exchanged in place", ("colours/1",), _exchanged),
    Damage("side exchanged in place", ("directions/1",), _turned),
    in_longest("signs set otherwise", ("typography/1",), _tight),
    in_longest(
        "two blanks", ("typography/1",), lambda t, code, r: t.replace(" ", "  ", 1)
    ),
    in_longest("left blank", ("empty/1",), lambda text, code, random: " "),
    Damage("fact invented", ("invented/1",), _invented),
    *(
        Damage(name, checks, partial(_carried, carriers))
        for name, (checks, carriers) in (FACTS | WORDING).items()
    ),
)

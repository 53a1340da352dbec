"""Months and days of the week."""

from __future__ import annotations

from corpus.checks.lexicon import Lexicon

MONTHS = {
    "en": "January February March April May June July August September October "
    "November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre "
    "novembre décembre",
    "de": "Januar/Jänner Februar/Feber März April Mai Juni Juli August September "
    "Oktober November Dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre "
    "ottobre novembre dicembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre "
    "octubre noviembre diciembre",
}
_DAYS = {
    "en": "Monday/Mondays Tuesday/Tuesdays Wednesday/Wednesdays Thursday/Thursdays "
    "Friday/Fridays Saturday/Saturdays Sunday/Sundays",
    "fr": "lundi/lundis mardi/mardis mercredi/mercredis jeudi/jeudis vendredi/vendredis "
    "samedi/samedis dimanche/dimanches",
    "de": "Montag/montags/montage Dienstag/dienstags Mittwoch/mittwochs "
    "Donnerstag/donnerstags Freitag/freitags Samstag/samstags/Sonnabend/sonnabends "
    "Sonntag/sonntags",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato/sabati domenica/domeniche",
    "es": "lunes martes miércoles jueves viernes sábado/sábados domingo/domingos",
}


def _rows(words: str) -> dict[str, str]:
    return {
        str(number): spellings.replace("/", ", ")
        for number, spellings in enumerate(words.split(), 1)
    }


#: English with its capitals: `may` and `march` are no months.
MONTH_NAMES_EN = Lexicon({"en": _rows(MONTHS["en"])}, cased=True)
MONTH_NAMES = Lexicon({code: _rows(words) for code, words in MONTHS.items()})
DAY_NAMES = Lexicon({code: _rows(words) for code, words in _DAYS.items()})

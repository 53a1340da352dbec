"""What each point of fluency looks like in each language. Data alone."""

from __future__ import annotations

from typing import Final

#: Point by point, the lowest first: language to a text that deserves it.
FLUENCY: Final[tuple[dict[str, str], ...]] = (
    {
        "fr": "Deux chien il jouer dans herbe.",
        "de": "Zwei Hund er spielen in Gras.",
        "it": "Due cane lui giocare in erba.",
        "es": "Dos perro él jugar en hierba.",
    },
    {
        "fr": "Deux chiens sont jouant dans l'herbe verte ensemble à l'extérieur.",
        "de": "Zwei Hunde sind spielend im grünen Gras zusammen draußen.",
        "it": "Due cani sono giocanti nell'erba verde insieme all'esterno.",
        "es": "Dos perros están jugando sobre la hierba verde juntos afuera de casa.",
    },
    {
        "fr": "Deux chiens jouent ensemble sur de l'herbe.",
        "de": "Zwei Hunde spielen gemeinsam auf Gras.",
        "it": "Due cani giocano insieme su dell'erba.",
        "es": "Dos perros juegan juntos sobre hierba.",
    },
    {
        "fr": "Deux chiens jouent dans l'herbe.",
        "de": "Zwei Hunde spielen auf der Wiese.",
        "it": "Due cani giocano sul prato.",
        "es": "Dos perros juegan en la hierba.",
    },
)

"""Colour words. Neighbouring shades share a name, since translators choose freely."""

from __future__ import annotations

from itertools import product

from corpus.checks.lexicon import Lexicon, spread

_ENGLISH = {
    "red": "red, reddish, crimson, scarlet, maroon, burgundy",
    "blue": "blue, bluish, navy, teal, turquoise, aqua, cyan, indigo",
    "green": "green, greenish, teal, turquoise, aqua, olive, khaki, lime",
    "yellow": "yellow, yellowish, golden, gold, mustard",
    "orange": "orange, orangish",
    "brown": "brown, brownish, tan, beige, khaki, maroon, bronze, golden, chestnut",
    "white": "white, whitish, cream, beige, tan, ivory",
    "black": "black, blackish",
    "grey": "grey, gray, greyish, grayish, silver, silvery",
    "pink": "pink, pinkish, rose, fuchsia, magenta",
    "purple": "purple, violet, lavender, lilac, magenta, indigo, burgundy, mauve",
}
_FRENCH = {
    "red": "rouge~, rougeâtre~, bordeaux, pourpre~, écarlate~",
    "blue": "bleu~, bleuté~, bleuâtre~, turquoise~, cyan",
    "green": "vert~, verdâtre~, turquoise~, kaki",
    "yellow": "jaune~, jaunâtre~, doré~",
    "orange": "orange~, orangé~",
    "brown": "brun~, marron~, beige~, kaki, châtain~, doré~, brunâtre~",
    "white": "blanc, blancs, blanche, blanches, beige~, crème, blanchâtre~",
    "black": "noir~",
    "grey": "gris, grise~, argenté~, grisâtre~",
    "pink": "rose~, rosé~, magenta, fuchsia",
    "purple": "violet, violets, violette, violettes, mauve~, lilas, pourpre~, lavande",
}
_GERMAN = {
    "red": "rot~, rötlich~, weinrot~, karmesinrot~, scharlachrot~",
    "blue": "blau~, bläulich~, türkis~, türkisfarben~, marineblau~, himmelblau~",
    "green": "grün~, grünlich~, türkis~, türkisfarben~, khaki, olivgrün~",
    "yellow": "gelb~, gelblich~, golden~, goldfarben~, gold",
    "orange": "orange~, orangen~, orangefarben~, orangefarbig~, orangerot~",
    "brown": "braun~, bräunlich~, beige~, beigefarben~, khaki, golden~, kastanienbraun~",
    "white": "weiß~, weiss~, weißlich~, beige~, beigefarben~, cremefarben~, schneeweiß~",
    "black": "schwarz~, pechschwarz~",
    "grey": "grau~, gräulich~, silbern~, silberfarben~, silber",
    "pink": "rosa, pink~, rosafarben~, pinkfarben~, rosarot~, magenta",
    "purple": "lila, lilafarben~, violett~, purpur, purpurfarben~, purpurn~",
}
_ITALIAN = {
    "red": "ross~, rossicci~, rossastr~, bordeaux, scarlatt~",
    "blue": "blu, azzurr~, celeste, celesti, turchese, turchesi, bluastr~",
    "green": "verde, verdi, verdastr~, turchese, turchesi",
    "yellow": "giall~, giallastr~, dorat~",
    "orange": "arancione, arancioni, arancio, aranciat~",
    "brown": "marrone, marroni, brun~, beige, castan~, castane, kaki, dorat~",
    "white": "bianco, bianca, bianchi, bianche, beige, biancastr~",
    "black": "ner~",
    "grey": "grigio, grigia, grigi, grigie, argentat~, argento",
    "pink": "rosa, rosat~, rosacee, magenta, fucsia",
    "purple": "viola, lilla, violacee, violaceo, porpora",
}
_SPANISH = {
    "red": "roj~, rojiz~, granate, escarlata",
    "blue": "azul, azules, celeste, celestes, turquesa, azulad~",
    "green": "verde, verdes, verdos~, turquesa, caqui",
    "yellow": "amarill~, amarillent~, dorad~",
    "orange": "naranja, naranjas, anaranjad~",
    "brown": "marrón, marrones, beis, beige, castañ~, pard~, caqui, dorad~",
    "white": "blanc~, beis, beige, blanquecin~",
    "black": "negr~",
    "grey": "gris, grises, platead~, grisáce~",
    "pink": "rosa, rosas, rosad~, magenta, fucsia",
    "purple": "morad~, violeta, violetas, púrpura, lila, lilas",
}
_SHADES = ("dunkel", "hell", "tief", "knall", "leuchtend", "blass", "zart", "grell")


def _compounds(rows: dict[str, str]) -> dict[str, str]:
    """German writes a shade and its colour as one word: `dunkelrot`, `rotbraun`."""
    bare = {colour: words.split(",")[0].strip("~ ") for colour, words in rows.items()}
    found = {colour: [words] for colour, words in rows.items()}
    for colour, words in rows.items():
        spelled = list(spread(words, "de"))
        found[colour] += [shade + word for shade in _SHADES for word in spelled]
    for (first, stem), (second, other) in product(bare.items(), repeat=2):
        if first != second:
            found[first].append(f"{stem}{other}~")
            found[second].append(f"{stem}{other}~")
    return {colour: ", ".join(words) for colour, words in found.items()}


COLOURS = Lexicon(
    {
        "en": _ENGLISH,
        "fr": _FRENCH,
        "de": _compounds(_GERMAN),
        "it": _ITALIAN,
        "es": _SPANISH,
    }
)

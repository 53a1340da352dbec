"""Words of direction: sides, heights, before and behind, in and out, compass.

Left out are words that mean something else more often: `est` in French and `este` in
Spanish alone, `over` and `high`, German `unter`. What is `outside` or `past` a house may
be said to be before it.
"""

from __future__ import annotations

from corpus.checks.lexicon import Lexicon

#: Meanings that can be taken for each other.
GROUPS = (
    ("left", "right"),
    ("up", "down"),
    ("front", "behind"),
    ("inside", "outside"),
    ("clockwise", "anticlockwise"),
    ("north", "south", "east", "west"),
)

DIRECTIONS = Lexicon(
    {
        "en": {
            "left": "left, leftmost, left-hand, lefthand, leftward, leftwards",
            "right": "right, rightmost, right-hand, righthand, rightward, rightwards",
            "up": "above, upper, upward, upwards, uppermost, top, overhead, upstairs",
            "down": "below, lower, downward, downwards, lowermost, bottom, beneath, "
            "underneath, under, downstairs",
            "front": "in front, before, front, past, outside",
            "behind": "behind, back, rear",
            "inside": "inside, indoors, indoor, inner, interior, within",
            "outside": "outside, outdoors, outdoor, outer, exterior",
            "clockwise": "clockwise",
            "anticlockwise": "anticlockwise, counterclockwise, anti-clockwise, "
            "counter-clockwise",
            "north": "north, northern, northward, northwards, northeast, northwest",
            "south": "south, southern, southward, southwards, southeast, southwest",
            "east": "east, eastern, eastward, eastwards, northeast, southeast",
            "west": "west, western, westward, westwards, northwest, southwest",
        },
        "fr": {
            "left": "gauche, gauches",
            "right": "droite, droites, droit",
            "up": "en haut, du haut, le haut, au-dessus, dessus, supérieur~, au dessus",
            "down": "en bas, du bas, le bas, au-dessous, en dessous, dessous, "
            "inférieur~, sous, au bas",
            "front": "devant, avant",
            "behind": "derrière, arrière",
            "inside": "intérieur~, dedans",
            "outside": "extérieur~, dehors, hors",
            "clockwise": "dans le sens des aiguilles, sens horaire",
            "anticlockwise": "sens inverse des aiguilles, sens antihoraire, "
            "sens contraire des aiguilles, sens anti-horaire",
            "north": "nord, nord-est, nord-ouest",
            "south": "sud, sud-est, sud-ouest",
            "east": "à l'est, l'est, vers l'est, nord-est, sud-est, côté est",
            "west": "ouest, nord-ouest, sud-ouest",
        },
        "de": {
            "left": "links, linke, linken, linker, linkes, linkem, linksherum",
            "right": "rechts, rechte, rechten, rechter, rechtes, rechtem, rechtsherum",
            "up": "oben, obere, oberen, oberer, oberes, oberem, oberste, obersten, "
            "oberhalb, darüber, aufwärts, nach oben",
            "down": "unten, untere, unteren, unterer, unteres, unterem, unterste, "
            "untersten, unterhalb, darunter, abwärts, nach unten",
            "front": "vorne, vorn, vordere, vorderen, vorderer, davor, vor, vordergrund",
            "behind": "hinten, hinter, dahinter, hintere, hinteren, hinterer, zurück",
            "inside": "innen, drinnen, innerhalb, darin, innere, inneren",
            "outside": "außen, draußen, außerhalb, äußere, äußeren, freien",
            "clockwise": "im Uhrzeigersinn",
            "anticlockwise": "gegen den Uhrzeigersinn, entgegen dem Uhrzeigersinn",
            "north": "norden, nördlich~, nordwärts, nord, nordost~, nordwest~, "
            "nordosten, nordwesten",
            "south": "süden, südlich~, südwärts, süd, südosten, südwesten",
            "east": "osten, östlich~, ostwärts, ost, nordosten, südosten",
            "west": "westen, westlich~, westwärts, west, nordwesten, südwesten",
        },
        "it": {
            "left": "sinistra, sinistro, sinistri, sinistre",
            "right": "destra, destro, destri, destre",
            "up": "sopra, in alto, superiore, superiori, verso l'alto, dall'alto",
            "down": "sotto, in basso, inferiore, inferiori, verso il basso, dal basso",
            "front": "davanti, di fronte, anteriore, anteriori",
            "behind": "dietro, alle spalle, posteriore, posteriori, indietro",
            "inside": "dentro, all'interno, interno, interna, interni, interne",
            "outside": "fuori, all'esterno, esterno, esterna, esterni, esterne, "
            "all'aperto",
            "clockwise": "in senso orario, senso orario",
            "anticlockwise": "in senso antiorario, senso antiorario",
            "north": "nord, settentrionale, nord-est, nord-ovest",
            "south": "sud, meridionale, sud-est, sud-ovest",
            "east": "est, orientale, nord-est, sud-est",
            "west": "ovest, occidentale, nord-ovest, sud-ovest",
        },
        "es": {
            "left": "izquierda, izquierdo, izquierdas, izquierdos",
            "right": "derecha, derecho, derechas, derechos",
            "up": "arriba, encima, superior, superiores, sobre",
            "down": "abajo, debajo, inferior, inferiores, bajo",
            "front": "delante, delantera, delantero, frente, enfrente, adelante",
            "behind": "detrás, trasera, trasero, atrás, tras",
            "inside": "dentro, interior, interiores, adentro",
            "outside": "fuera, exterior, exteriores, afuera, aire libre",
            "clockwise": "sentido horario, sentido de las agujas del reloj",
            "anticlockwise": "sentido antihorario, "
            "sentido contrario a las agujas del reloj",
            "north": "norte, noreste, noroeste",
            "south": "al sur, el sur, del sur, hacia el sur, sureste, suroeste",
            "east": "al este, del este, hacia el este, noreste, sureste, nordeste",
            "west": "oeste, noroeste, suroeste",
        },
    }
)

#: The English letters of the compass as the others write them, where they differ.
COMPASS_LETTERS = {
    "fr": {"W": "O"},
    "de": {"E": "O"},
    "it": {"W": "O"},
    "es": {"W": "O"},
}

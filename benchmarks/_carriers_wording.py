"""Sentences with marks for programs, quotations, names, colours, sides, address."""

from __future__ import annotations

from typing import Final

from benchmarks._carrier import Carriers, carrier, same

WORDING: Final[Carriers] = {
    "placeholder lost": (
        ("placeholders/1",),
        same(
            ("{name}", "{nome_it}"),
            ("<image>", "image"),
            ("%s", "s"),
            ("[MASK]", "[MASQUE]"),
            ("_____", "..."),
        ),
    ),
    "formula changed": (
        ("formulas/1",),
        same(
            (r"$\frac{1}{2} b h$", r"$\frac{1}{3} b h$"),
            (r"\(x^2 + 1\)", r"\(x^3 + 1\)"),
            ("$E = m c^2$", "E = m c^2"),
        ),
    ),
    "formula not closed": (
        ("formulas/1",),
        same(("$a + b$", "$a + b"), (r"$\sqrt{x}$", r"$\sqrt{x$")),
    ),
    "code changed": (
        ("code/1",),
        same(
            ("`print(total)`", "`imprimer(total)`"),
            ("photo_12.png", "foto_12.png"),
            ("#FF8800", "#FF8000"),
            ("CC(=O)Oc1ccccc1", "CC(=O)Oc1cccc1"),
            ("```\nx = 1\n```", "```\ny = 1\n```"),
        ),
    ),
    "address changed": (
        ("code/1",),
        same(
            ("https://example.org/a/long/way", "https://example.org/ein/weg"),
            ("ada@example.org", "ada@example.com"),
            ("www.example.net", "www.beispiel.net"),
        ),
    ),
    "layout lost": (
        ("markdown/1",),
        same(
            ("**this**", "this"),
            ("\n- one\n- two\n- three\n", "one, two, three"),
            ("\n## Part\n", "Part"),
            ("\n| a | b |\n| c | d |\n", "a b c d"),
        ),
    ),
    "visible words translated": (
        ("quoted/1",),
        (
            carrier(
                (
                    'The sign reads "OPEN".',
                    'Sur le panneau, on lit "OPEN".',
                    'Auf dem Schild steht "OPEN".',
                    'Sul cartello si legge "OPEN".',
                    'En el cartel se lee "OPEN".',
                ),
                ("OPEN", "OUVERT"),
                ("OPEN", "GEÖFFNET"),
                ("OPEN", "APERTO"),
                ("OPEN", "ABIERTO"),
            ),
            carrier(
                (
                    "The label says “fresh milk”.",
                    "L'étiquette indique « fresh milk ».",
                    "Auf dem Etikett steht „fresh milk“.",
                    "Sull'etichetta si legge «fresh milk».",
                    "En la etiqueta pone «fresh milk».",
                ),
                ("fresh milk", "lait frais"),
                ("fresh milk", "frische Milch"),
                ("fresh milk", "latte fresco"),
                ("fresh milk", "leche fresca"),
            ),
        ),
    ),
    "name replaced": (
        ("names/1",),
        (
            *same(("NASA", "ESA")),
            carrier(
                (
                    "It was painted by Clara Whitfield.",
                    "Il a été peint par Clara Whitfield.",
                    "Es wurde von Clara Whitfield gemalt.",
                    "È stato dipinto da Clara Whitfield.",
                    "Fue pintado por Clara Whitfield.",
                ),
                ("Clara Whitfield", "Nora Beckett"),
            ),
        ),
    ),
    "colour exchanged": (
        ("colours/1",),
        (
            carrier(
                (
                    "The door of the house is purple.",
                    "La porte de la maison est violette.",
                    "Die Tür des Hauses ist lila.",
                    "La porta della casa è viola.",
                    "La puerta de la casa es morada.",
                ),
                ("violette", "verte"),
                ("lila", "grün"),
                ("viola", "verde"),
                ("morada", "verde"),
            ),
        ),
    ),
    "side exchanged": (
        ("directions/1",),
        (
            carrier(
                (
                    "A tree stands on the left side.",
                    "Un arbre se dresse sur le côté gauche.",
                    "Auf der linken Seite steht ein Baum.",
                    "Sul lato sinistro c'è un albero.",
                    "En el lado izquierdo hay un árbol.",
                ),
                ("gauche", "droit"),
                ("linken", "rechten"),
                ("sinistro", "destro"),
                ("izquierdo", "derecho"),
            ),
            carrier(
                (
                    "A lamp hangs above the table.",
                    "Une lampe est suspendue au-dessus de la table.",
                    "Eine Lampe hängt oberhalb des Tisches.",
                    "Una lampada pende sopra il tavolo.",
                    "Una lámpara cuelga encima de la mesa.",
                ),
                ("au-dessus", "au-dessous"),
                ("oberhalb", "unterhalb"),
                ("sopra", "sotto"),
                ("encima", "debajo"),
            ),
            carrier(
                (
                    "The wind comes from the north.",
                    "Le vent vient du nord.",
                    "Der Wind kommt aus dem Norden.",
                    "Il vento viene da nord.",
                    "El viento viene del norte.",
                ),
                ("nord", "sud"),
                ("Norden", "Süden"),
                ("nord", "sud"),
                ("del norte", "del sur"),
            ),
        ),
    ),
    "bracket left open": (
        ("cut-off/1",),
        (
            carrier(
                (
                    "The second one (seen from behind) is smaller.",
                    "Le deuxième (vu de dos) est plus petit.",
                    "Der zweite (von hinten gesehen) ist kleiner.",
                    "Il secondo (visto da dietro) è più piccolo.",
                    "El segundo (visto desde atrás) es más pequeño.",
                ),
                (")", ""),
            ),
        ),
    ),
    "forms of address mixed": (
        ("register/1",),
        (
            carrier(
                (
                    "Look at your hand, and say what is in your bag.",
                    "Regarde ta main, et dis ce que tu as dans le sac.",
                    "Sieh auf deine Hand und sag, was in deiner Tasche ist.",
                    "Guarda la tua mano e di' che cosa c'è nella tua borsa.",
                    "Mira tu mano y di qué hay en tu bolsa.",
                ),
                ("dans le sac.", "dans votre sac."),
                ("in deiner Tasche", "in Ihrer Tasche"),
                ("nella tua borsa", "nella Sua borsa"),
                ("hay en tu bolsa", "hay en la bolsa de usted"),
            ),
        ),
    ),
}

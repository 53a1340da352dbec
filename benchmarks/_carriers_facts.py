"""Sentences with a number, a unit, a time, a date."""

from __future__ import annotations

from typing import Final

from benchmarks._carrier import Carriers, carrier, same

FACTS: Final[Carriers] = {
    "number changed": (
        ("numbers/1",),
        (
            carrier(
                (
                    "There are 48 chairs in the room.",
                    "Il y a 48 chaises dans la pièce.",
                    "Im Raum stehen 48 Stühle.",
                    "Nella stanza ci sono 48 sedie.",
                    "Hay 48 sillas en la sala.",
                ),
                ("48", "84"),
            ),
            carrier(
                (
                    "The sum is 1,250.5 in total.",
                    "La somme est de 1 250,5 au total.",
                    "Die Summe beträgt insgesamt 1.250,5.",
                    "La somma è 1.250,5 in totale.",
                    "La suma es 1.250,5 en total.",
                ),
                ("250,5", "205,5"),
            ),
        ),
    ),
    "number lost": (
        ("numbers/1",),
        (
            carrier(
                (
                    "There are 48 chairs in the room.",
                    "Il y a 48 chaises dans la pièce.",
                    "Im Raum stehen 48 Stühle.",
                    "Nella stanza ci sono 48 sedie.",
                    "Hay 48 sillas en la sala.",
                ),
                ("48 ", ""),
            ),
        ),
    ),
    "unit exchanged": (
        ("units/1",),
        (
            carrier(
                (
                    "The bridge is 90 meters long.",
                    "Le pont mesure 90 mètres de long.",
                    "Die Brücke ist 90 Meter lang.",
                    "Il ponte è lungo 90 metri.",
                    "El puente mide 90 metros de largo.",
                ),
                ("mètres", "pieds"),
                ("Meter", "Fuß"),
                ("metri", "piedi"),
                ("metros", "pies"),
            ),
            carrier(
                (
                    "A ticket costs $45 today.",
                    "Un billet coûte 45 $ aujourd'hui.",
                    "Eine Karte kostet heute 45 $.",
                    "Oggi un biglietto costa 45 $.",
                    "Hoy una entrada cuesta 45 $.",
                ),
                ("$", "€"),
            ),
            carrier(
                (
                    "It takes 3 hours to get there.",
                    "Il faut 3 heures pour y arriver.",
                    "Man braucht 3 Stunden bis dorthin.",
                    "Ci vogliono 3 ore per arrivarci.",
                    "Se tarda 3 horas en llegar.",
                ),
                ("heures", "jours"),
                ("Stunden", "Tage"),
                ("ore", "giorni"),
                ("horas", "días"),
            ),
            *same(("20 °C", "20 °F"), ("15 kg", "15 g"), ("12 km", "12 m")),
        ),
    ),
    "value converted": (
        ("units/1", "numbers/1"),
        (
            carrier(
                (
                    "The lake is 10 miles away.",
                    "Le lac est à 10 miles d'ici.",
                    "Der See ist 10 Meilen entfernt.",
                    "Il lago è a 10 miglia da qui.",
                    "El lago está a 10 millas de aquí.",
                ),
                ("10 miles", "16 kilomètres"),
                ("10 Meilen", "16 Kilometer"),
                ("10 miglia", "16 chilometri"),
                ("10 millas", "16 kilómetros"),
            ),
        ),
    ),
    "time moved": (
        ("times/1", "numbers/1"),
        (
            carrier(
                (
                    "The shop closes at 3:30 pm.",
                    "Le magasin ferme à 15 h 30.",
                    "Der Laden schließt um 15:30 Uhr.",
                    "Il negozio chiude alle 15:30.",
                    "La tienda cierra a las 15:30.",
                ),
                ("15 h 30", "3 h 30"),
                ("15:30", "3:30"),
                ("15:30", "3:30"),
                ("15:30", "3:30"),
            ),
            carrier(
                (
                    "The clock shows 10:15.",
                    "L'horloge indique 10:15.",
                    "Die Uhr zeigt 10:15.",
                    "L'orologio segna le 10:15.",
                    "El reloj marca las 10:15.",
                ),
                ("10:15", "11:15"),
            ),
            carrier(
                (
                    "He gets up at 7:00 in the morning.",
                    "Il se lève à 7:00 du matin.",
                    "Er steht um 7:00 Uhr morgens auf.",
                    "Si alza alle 7:00 di mattina.",
                    "Se levanta a las 7:00 de la mañana.",
                ),
                ("du matin", "du soir"),
                ("morgens", "abends"),
                ("di mattina", "di sera"),
                ("de la mañana", "de la tarde"),
            ),
        ),
    ),
    "date changed": (
        ("dates/1", "numbers/1"),
        (
            carrier(
                (
                    "It was taken on March 5, 2020.",
                    "Elle a été prise le 5 mars 2020.",
                    "Es wurde am 5. März 2020 aufgenommen.",
                    "È stata scattata il 5 marzo 2020.",
                    "Fue tomada el 5 de marzo de 2020.",
                ),
                ("5 mars", "3 mai"),
                ("5. März", "3. Mai"),
                ("5 marzo", "3 maggio"),
                ("5 de marzo", "3 de mayo"),
            ),
            carrier(
                (
                    "The market takes place on Tuesday.",
                    "Le marché a lieu le mardi.",
                    "Der Markt findet am Dienstag statt.",
                    "Il mercato si tiene il martedì.",
                    "El mercado se celebra el martes.",
                ),
                ("mardi", "jeudi"),
                ("Dienstag", "Donnerstag"),
                ("martedì", "giovedì"),
                ("martes", "jueves"),
            ),
            carrier(
                (
                    "It is warmest in August.",
                    "Il fait le plus chaud en août.",
                    "Am wärmsten ist es im August.",
                    "Il mese più caldo è agosto.",
                    "El mes más cálido es agosto.",
                ),
                ("août", "juillet"),
                ("August", "Juli"),
                ("agosto", "luglio"),
                ("agosto", "julio"),
            ),
        ),
    ),
}

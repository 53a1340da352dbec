"""Names and abbreviations that the languages write in their own way.

A name is known by any of its words, so a stem is enough: `vereinigt` for the States.
"""

from __future__ import annotations

#: English name or abbreviation, in small letters, to stems that may stand for it.
EXONYMS: dict[str, tuple[str, ...]] = {
    "usa": ("états-unis", "vereinigt", "stati", "estados", "ee", "ameri", "us"),
    "us": ("états-unis", "us-", "américain", "amerika", "stati", "americ", "ee", "usa"),
    "uk": ("royaume", "vereinigt", "regno", "reino", "großbrit", "britann"),
    "uae": ("émirats", "emirat", "eau"),
    "eu": ("ue", "union", "unión"),
    "un": ("onu", "nations", "vereint", "nazioni", "naciones", "uno"),
    "nato": ("otan",),
    "tv": ("télé", "fernseh", "tele", "écran", "bildschirm", "scherm", "pantalla"),
    "dna": ("adn", "dns"),
    "rna": ("arn", "rns"),
    "ufo": ("ovni",),
    "aids": ("sida",),
    "hiv": ("vih",),
    "bbq": ("barbe", "grill", "parrill"),
    "atm": ("geldautomat", "distributeur", "guichet", "bancomat", "cajero"),
    "suv": ("geländewagen", "4x4", "todoterreno", "fuoristrada"),
    "rv": ("wohnmobil", "camping", "caravan", "camper", "autocaravana"),
    "gdp": ("pib", "pil", "bip"),
    "ph": ("ph",),
    "ac": ("klima", "clim", "condizion", "acondicion"),
    "am": ("uhr", "h", "morgens", "matin"),
    "pm": ("uhr", "h", "soir", "midi", "sera", "tarde", "noche"),
    "new york": ("nueva york", "nuova york"),
    "united states": ("états-unis", "vereinigt", "stati", "estados", "usa"),
    "united kingdom": ("royaume", "vereinigt", "königreich", "regno", "reino"),
    "united nations": ("nations", "vereint", "nazioni", "naciones", "onu"),
    "new zealand": ("nouvelle-zélande", "neusee", "nuova", "nueva"),
    "south africa": ("afrique", "südafrika", "sudafric", "sudáfrica"),
    "north america": ("amérique", "nordamerika", "america", "norteamérica"),
    "south america": ("amérique", "südamerika", "america", "sudamérica"),
    "great britain": ("bretagne", "großbrit", "bretagna", "bretaña"),
    "middle east": ("moyen", "naher", "nahen", "medio", "oriente"),
    "european union": ("européenne", "europäisch", "europea"),
    "eiffel tower": ("eiffel",),
    "white house": ("maison", "weiß", "casa"),
    "red cross": ("croix", "rot", "croce", "cruz"),
    "santa claus": ("noël", "weihnachts", "nikolaus", "babbo", "noel"),
    "christmas eve": ("noël", "heilig", "vigilia", "nochebuena"),
    "christmas tree": ("sapin", "arbre", "baum", "albero", "árbol"),
    "new year": ("an", "neujahr", "capodanno", "año"),
    "roman catholic": ("catho", "kathol", "cattol", "catól"),
    "black sea": ("noire", "schwarz", "nero", "negro"),
    "red sea": ("rouge", "rot", "rosso", "rojo"),
    "pacific ocean": ("pacifique", "pazifi", "pacifico", "pacífico"),
    "atlantic ocean": ("atlanti", "atlántico"),
    "north pole": ("pôle", "nordpol", "polo"),
    "south pole": ("pôle", "südpol", "polo"),
    "milky way": ("voie", "milchstraße", "lattea", "láctea"),
    "big dipper": ("ourse", "wagen", "carro", "osa"),
}

#: Abbreviations that are everyday words, not names, in one of the languages.
EVERYDAY = frozenset(
    {
        "BD",
        "CD",
        "DJ",
        "DVD",
        "LKW",
        "OK",
        "PC",
        "PKW",
        "TV",
        "VTT",
        "WC",
        "UFO",
        "OVNI",
    }
)

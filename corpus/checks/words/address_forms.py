"""How a text addresses its reader: as one does friends, or politely.

German and Italian polite forms are told from `she` and `they` by their capital alone,
so they count only inside a sentence. French `ton` may be a tone: it is left out.
"""

from __future__ import annotations

import re

_INSIDE = r"(?<=[\w,;] )"

FAMILIAR = {
    "fr": re.compile(
        r"(?<![\w-])(?:tu|toi|tes|t['’](?:es|as))(?!\w)|-(?:tu|toi)\b", re.I
    ),
    "de": re.compile(
        r"\b(?:du|dich|dir|dein|deine|deinen|deinem|deiner|deines)\b", re.I
    ),
    "it": re.compile(r"\b(?:tu|tuo|tua|tuoi|tue)\b", re.I),
    "es": re.compile(r"\b(?:tú|tu|tus|ti|contigo|tuyo|tuya)\b", re.I),
}
POLITE = {
    "fr": re.compile(r"\b(?:vous|votre|vos)\b", re.I),
    "de": re.compile(
        rf"{_INSIDE}(?:Sie|Ihnen|Ihr|Ihre|Ihren|Ihrem|Ihrer|Ihres)\b"
        # an order with its verb in front: `Betrachten Sie`
        r"|(?:^|(?<=[.!?:] ))[A-ZÄÖÜ]\w+en Sie\b"
    ),
    "it": re.compile(rf"{_INSIDE}(?:Lei|Suo|Sua|Suoi|Sue|Voi|Vostro|Vostra)\b"),
    "es": re.compile(r"\b(?:usted|ustedes)\b", re.I),
}

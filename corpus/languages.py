"""The languages Concord knows, by ISO 639-1 code, with the words people read."""

from typing import Final

#: The language that everything is made from.
ENGLISH: Final = "en"

NAMES: Final[dict[str, str]] = {
    "en": "English",
    "fr": "French",
    "de": "German",
    "it": "Italian",
    "es": "Spanish",
}

# The yes/no words a reader of each language expects. The key of a benchmark item
# stays "Yes"/"No" in English: scorers compare with those two words only.
YES_NO_WORDS: Final[dict[str, tuple[str, str]]] = {
    "en": ("Yes", "No"),
    "fr": ("Oui", "Non"),
    "de": ("Ja", "Nein"),
    "it": ("Sì", "No"),
    "es": ("Sí", "No"),
}

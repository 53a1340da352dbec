"""`./run translate`: bring the catalogues up to what code and templates mark."""

from __future__ import annotations

import sys

from babel.messages.catalog import Catalog

from catalogues.finding import ROOT, wanted
from catalogues.keeping import LANGUAGES, brought_up, path_of, write

#: Named one by one, of each language.
SHOWN = 10


def main() -> int:
    """Write every catalogue; 1 if a message has no words in one of them."""
    messages = wanted()
    missing = 0
    for language in LANGUAGES:
        catalog = brought_up(language, messages)
        write(language, catalog)
        left = untranslated(catalog)
        missing += len(left)
        path = path_of(language).relative_to(ROOT)
        print(f"{path}: {len(catalog)} messages, {len(left)} to translate")
        for words in left[:SHOWN]:
            print(f"    {words}")
    return 1 if missing else 0


def untranslated(catalog: Catalog) -> list[str]:
    """The messages without words, or with a form that has none."""
    found = []
    for message in catalog:
        said = message.string
        forms = said if isinstance(said, tuple | list) else (said,)
        if message.id and not all(forms):
            found.append(str(message.id))
    return found


if __name__ == "__main__":
    sys.exit(main())

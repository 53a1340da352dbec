"""The catalogues as files: `.po` for people, `.mo` for the server."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from catalogues.finding import ROOT

LANGUAGES: Final = ("de", "es", "fr", "it")
#: The same catalogue is the same bytes, whenever it is written.
_NO_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
_COMMENT = re.compile(r"\A(?:#[^\n]*\n)+")


def path_of(language: str) -> Path:
    """Where the `.po` of a language lies; the `.mo` lies beside it."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue as it was written last; empty if it never was."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def brought_up(language: str, wanted: Catalog) -> Catalog:
    """The catalogue with the messages of `wanted`: what is gone goes, new ones are empty.

    A message that was reworded is a new one: nobody has translated it yet.
    """
    catalog = read(language)
    catalog.update(wanted, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def write(language: str, catalog: Catalog) -> None:
    """Write both files; the comment on top of the `.po`, its word list, stays."""
    path = path_of(language)
    comment = _COMMENT.match(path.read_text()) if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    text = BytesIO()
    write_po(
        text,
        catalog,
        omit_header=True,
        include_lineno=False,
        ignore_obsolete=True,
        sort_output=True,
        width=88,
    )
    top = comment[0] if comment else f"# Concord in {language}\n"
    path.write_text(f"{top}{_header(catalog)}\n{text.getvalue().decode()}")
    path.with_suffix(".mo").write_bytes(compiled(read(language)))


def _header(catalog: Catalog) -> str:
    lines = (
        f"Language: {catalog.locale_identifier}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalog.plural_forms}",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines)


def compiled(catalog: Catalog) -> bytes:
    """The bytes of the `.mo`."""
    catalog.creation_date = catalog.revision_date = _NO_TIME
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()

"""What templates and code mark for translation.

What `corpus` calls things, its languages, kinds and categories, is no marked string:
it is read from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from corpus.naming import names

ROOT: Final = Path(__file__).resolve().parent.parent
#: Where marked strings may stand.
ROOMS: Final = ("annotation", "quality")
TEMPLATES: Final = "templates"
#: The functions that mark, with the places of their strings; None is the first one.
KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {
    "_": None,
    "_lazy": None,
    "noop": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}

#: A string, or one and its plural.
Words = str | tuple[str, ...]


def wanted() -> Catalog:
    """Every message of the pages, with the files that it stands in, and no words."""
    catalog = Catalog(charset="utf-8")
    for words, place in sorted(_all(), key=str):
        catalog.add(words, locations=[(place, 1)])
    return catalog


def _all() -> Iterator[tuple[Words, str]]:
    for path in sorted((ROOT / TEMPLATES).rglob("*.html")):
        for words in in_template(path.read_text()):
            yield words, _place(path)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for words in in_code(path.read_text()):
                yield words, _place(path)
    for name in names():
        yield name, "corpus"


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def in_template(text: str) -> Iterator[Words]:
    """What the tags of a template mark."""
    # Blanks at the beginning of a line would be taken for the blocks of Python.
    lines = (line.lstrip() for line in templatize(text).splitlines())
    yield from in_code("\n".join(lines))


def in_code(text: str) -> Iterator[Words]:
    """What the calls in Python code mark."""
    file, encoding = BytesIO(text.encode()), {"encoding": "utf-8"}
    # Babel's own types leave out that one string comes alone.
    found: Iterator[Any] = extract_python(file, KEYWORDS, [], encoding)  # type: ignore[arg-type]
    for _line, function, messages, _comments in found:
        strings = (messages,) if isinstance(messages, str) else tuple(messages or ())
        count = len(KEYWORDS[str(function)] or "1")
        words = tuple(str(text) for text in strings[:count] if text)
        if len(words) == count:
            yield words if count > 1 else words[0]

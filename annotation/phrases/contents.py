"""The names of the texts of an item, and what is wrong with a text that is none."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

CONTENTS = (
    noop("answer"),
    noop("category"),
    noop("hint"),
    noop("key"),
    noop("question"),
    noop("answer %(n)s"),
    noop("explanation %(n)s"),
    noop("question %(n)s"),
    noop("option %(letter)s"),
    noop("%(field)s: holds a NUL character"),
    noop("%(field)s: holds half a surrogate pair"),
    noop("%(field)s: is empty"),
    noop("%(field)s: longer than %(most)s characters"),
    noop("%(field)s: no such field"),
)

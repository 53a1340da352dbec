"""What is wrong with a marked error."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

MARKING = (
    noop("An answer marks at most %(n)s errors."),
    noop("The mark “%(words)s”: %(why)s"),
    noop("this error is marked twice. Keep one of the two."),
    noop("choose one of the categories."),
    noop("choose one of the severities."),
    noop("there is no “%(field)s” in the source."),
    noop("there is no “%(field)s” in the candidate."),
    noop(
        "what is missing is marked in the source, as an omission; every other error in "
        "the candidate."
    ),
    noop("it does not lie inside the text."),
    noop("other words stand at that place of the text."),
    noop("blanks alone cannot be marked."),
    noop("a region is four numbers: left, top, width and height."),
    noop("its region must have a width and a height, and lie inside the image."),
)

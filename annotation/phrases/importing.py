"""What an import says of a file, beside its counts."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

IMPORTING = (
    noop(
        "One of the new rows shows a picture and a text that this dataset has under "
        "another key already. If this is the same set from another kind of file, people "
        "would judge it twice."
    ),
    noop(
        "%(n)s of the new rows show a picture and a text that this dataset has under "
        "another key already. If this is the same set from another kind of file, people "
        "would judge them twice."
    ),
    noop(
        "One row stands under another category here than when it first came in; that "
        "one was kept. To have the new one, import the file under a new revision."
    ),
    noop(
        "%(n)s rows stand under another category here than when they first came in; "
        "that one was kept. To have the new one, import the file under a new revision."
    ),
    noop(
        "One row has a picture whose bytes are not those that upstream names by their "
        "SHA-256. It went in with the bytes that were found."
    ),
    noop(
        "%(n)s rows have pictures whose bytes are not those that upstream names by "
        "their SHA-256. They went in with the bytes that were found."
    ),
    noop("There was no row to import, so there is no new dataset."),
    noop("pictures of another project are being fetched"),
    noop("mind"),
    noop("not as claimed"),
    noop("read"),
    noop("same as another"),
    noop("tried again later"),
    noop("waiting"),
)

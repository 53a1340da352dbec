"""What jobs and releases keep, where a page shows it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

#: Why an item is no part of a release.
LEFT_OUT = (
    noop("spoiled on purpose, as a control"),
    noop("its image or source is defective"),
    noop("a reported defect nobody has looked at"),
    noop("its image is not fetched yet"),
    noop("its image is gone"),
    noop("its image is held out for the benchmark"),
    noop("its image is trained on in %(release)s"),
    noop("not decided yet"),
    noop("decided under another policy"),
    noop("not in this arm"),
    noop("not accepted in every language of the release"),
    noop("contested"),
    noop("rejected"),
    noop("blocked: %(why)s"),
)
#: What happened to a text between two releases, and why.
CHANGES = (
    noop("Added"),
    noop("Changed"),
    noop("Removed"),
    noop("a text made from it is in this release, and was in none before"),
    noop("no text made from it is in this release"),
    noop("new since then"),
    noop("not looked at: another language, kind or dataset, or not there"),
    noop("for other reasons"),
    noop("left out before: %(why)s"),
    noop("%(what)s; now %(why)s"),
)
#: What a reader of a release should know of its data.
NOTES = (
    noop("%(language)s has no rows: %(why)s."),
    noop("nothing that could go out is accepted in it"),
    noop("there are few items, and the hash of each decides its language"),
    noop("nothing that a person wrote in it is accepted"),
    noop(
        "No picture fell into the test split of %(share)s: there are few pictures, and "
        "the hash of each decides."
    ),
    noop(
        "%(place)s: 1 item shows the picture and the text of an item that stands before. "
        "(%(names)s)"
    ),
    noop(
        "%(place)s: %(n)s items show the picture and the text of an item that stands "
        "before. (%(names)s)"
    ),
)
#: What a job is doing, and what it did.
STEPS = (
    noop("rows read"),
    noop("pictures fetched"),
    noop("measuring agreement"),
    noop("looking for what must stay behind"),
    noop("describing and packing"),
    noop("publishing"),
    noop("deciding"),
    noop("writing %(part)s"),
    noop("waiting for %(part)s"),
    noop("added"),
    noop("gone"),
    noop("items"),
    noop("looked at"),
    noop("slices"),
    noop("changed"),
    noop("rows"),
    noop("number"),
    noop("left"),
    noop("refused"),
    noop("stored"),
    noop("unchanged"),
)
RELEASING = (*LEFT_OUT, *CHANGES, *NOTES, *STEPS)

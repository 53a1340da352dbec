"""Why a picture could not be fetched, or not be taken in."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

PICTURES = (
    noop("no address of the internet"),
    noop("the address names a port other than 80 and 443"),
    noop("the address leads into a private network"),
    noop("this is no web address"),
    noop("this is no http or https address"),
    noop("the address holds a user name or password"),
    noop("its host does not exist any more"),
    noop("its host could not be looked up"),
    noop("its host has no valid name"),
    noop("looking up its host took too long"),
    noop("its host redirects more than %(n)s times"),
    noop("its host did not answer in time"),
    noop("the connection to its host broke"),
    noop("its host answers %(n)s"),
    noop("the picture is larger than %(n)s MiB"),
    noop("what its host sends is no JPEG, PNG or WebP picture"),
    noop("its host redirects to no web address"),
    noop("its host redirects away from TLS"),
    noop("its host shows a placeholder: the picture was taken away"),
    noop("other bytes than claimed"),
    noop("the picture cannot be decoded: it is cut off or damaged"),
    noop("this is no JPEG, PNG or WebP picture"),
    noop("the picture is made of too many parts"),
    noop("the picture is too large: %(width)s x %(height)s pixels"),
    noop("the picture is animated"),
    noop("the picture takes too long to decode"),
    noop("the picture breaks the decoder"),
    noop("tried %(n)s times; each time the work was cut short"),
    noop("tried %(n)s times; the last time: %(why)s"),
)

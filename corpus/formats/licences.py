"""The licence gate: what may be released, and under which licence a mix goes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.formats.release import ReleaseError


@dataclass(frozen=True, slots=True)
class Licence:
    """What matters about a licence. `hub_id` is its name on the Hugging Face hub.

    `exclusive`: its works go out alone or with works under the same licence.
    """

    spdx: str
    title: str
    url: str
    hub_id: str = ""
    exclusive: bool = False
    forbids: str = ""


_CC = "https://creativecommons.org/licenses"

_KNOWN = (
    Licence(
        "CC0-1.0",
        "Creative Commons Zero 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "cc0-1.0",
    ),
    Licence(
        "CC-BY-3.0", "Creative Commons Attribution 3.0", f"{_CC}/by/3.0/", "cc-by-3.0"
    ),
    Licence(
        "CC-BY-4.0", "Creative Commons Attribution 4.0", f"{_CC}/by/4.0/", "cc-by-4.0"
    ),
    Licence(
        "ODC-BY-1.0",
        "Open Data Commons Attribution 1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
        "odc-by",
    ),
    Licence("MIT", "MIT", "https://spdx.org/licenses/MIT.html", "mit"),
    Licence(
        "BSD-3-Clause",
        "BSD 3-Clause",
        "https://spdx.org/licenses/BSD-3-Clause.html",
        "bsd-3-clause",
    ),
    Licence(
        "Apache-2.0",
        "Apache 2.0",
        "https://www.apache.org/licenses/LICENSE-2.0",
        "apache-2.0",
    ),
    Licence(
        "CC-BY-SA-4.0",
        "Creative Commons Attribution-ShareAlike 4.0",
        f"{_CC}/by-sa/4.0/",
        "cc-by-sa-4.0",
    ),
    Licence(
        "CC-BY-NC-4.0",
        "Creative Commons Attribution-NonCommercial 4.0",
        f"{_CC}/by-nc/4.0/",
        "cc-by-nc-4.0",
        exclusive=True,
    ),
    Licence(
        "CC-BY-NC-SA-4.0",
        "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
        f"{_CC}/by-nc-sa/4.0/",
        "cc-by-nc-sa-4.0",
        exclusive=True,
    ),
    Licence(
        "CC-BY-ND-4.0",
        "Creative Commons Attribution-NoDerivatives 4.0",
        f"{_CC}/by-nd/4.0/",
        forbids="it allows no translation to be shared",
    ),
    Licence(
        "LicenseRef-MME",
        "MME, academic research only",
        "https://github.com/BradyFU/Awesome-Multimodal-Large-Language-Models",
        forbids="its authors must approve every redistribution",
    ),
)

LICENCES: dict[str, Licence] = {licence.spdx: licence for licence in _KNOWN}


def why_not(licences: Iterable[str]) -> str | None:
    """Why works under these licences (SPDX ids) must not be released together."""
    names = sorted(set(licences))
    if not names:
        return "There is no licence to release under."
    for name in names:
        if not name.strip():
            return "A dataset without a licence cannot be released."
        if name not in LICENCES:
            return (
                f"The licence {name!r} is not known, so nothing under it is released."
            )
        if forbids := LICENCES[name].forbids:
            return f"Works under {name} cannot be released: {forbids}."
    alone = [name for name in names if LICENCES[name].exclusive]
    if alone and len(names) > 1:
        others = ", ".join(name for name in names if name != alone[0])
        return f"Works under {alone[0]} cannot share a release with {others}."
    return None


def of_release(licences: Iterable[str]) -> str:
    """The SPDX expression of a release with works under these licences.

    Every work keeps its own licence, so a mix is a conjunction; public-domain works
    add no condition. Raises ReleaseError with the reason of `why_not`.

    >>> of_release(["ODC-BY-1.0", "CC0-1.0", "CC-BY-4.0"])
    'CC-BY-4.0 AND ODC-BY-1.0'
    """
    names = sorted(set(licences))
    if reason := why_not(names):
        raise ReleaseError(reason)
    return joined(names)


def joined(licences: Iterable[str]) -> str:
    """The SPDX expression of these licences, whether they may go out together or not."""
    names = sorted(set(licences))
    return " AND ".join([n for n in names if n != "CC0-1.0"] or names)


def hub_id(expression: str) -> str:
    """The hub's name for a single licence, "other" for a mix."""
    known = LICENCES.get(expression)
    return known.hub_id if known and known.hub_id else "other"

"""Whether the raters can be compared at all: a graph held together by shared units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quality.reliability.ratings import Index, Ratings

#: Fewer shared units than this do not tie a rater to the others.
THIN: Final = 20
#: Below this share of units with three ratings no vote can be told from a tie.
THREE_RATINGS: Final = 0.1
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Link:
    """The thinnest place: two sides that meet on no more than `units` units."""

    one: tuple[Any, ...]
    other: tuple[Any, ...]
    units: int


@dataclass(frozen=True, slots=True)
class Connectedness:
    """The raters' graph. Two are tied by the units both rated.

    `components`: the raters who can be compared with each other, largest first.
    `thinnest`: where the largest component would fall apart first, None if it is one
    rater. `thin`: raters with fewer than `THIN` shared units, and how many they have.
    `three_share`: the share of units with three ratings or more, None without units.
    """

    components: tuple[tuple[Any, ...], ...]
    thinnest: Link | None
    thin: tuple[tuple[Any, int], ...]
    three_share: float | None

    @property
    def connected(self) -> bool:
        return len(self.components) == 1

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a project lead should know, in plain words; () when all is well."""
        return tuple(
            filter(None, (_apart(self), _link(self), _few(self), _three(self)))
        )


def connectedness(ratings: Ratings) -> Connectedness:
    """The graph of `ratings`, its components and its thinnest places."""
    shared = overlaps(ratings)
    groups = _components(shared)
    names = ratings.rater_names
    with_others = ratings.per_unit[ratings.units] > 1
    held = np.bincount(ratings.raters[with_others], minlength=ratings.n_raters)
    thin = np.flatnonzero(held < THIN)
    three = float((ratings.per_unit > 2).mean()) if ratings.n_units else None
    return Connectedness(
        tuple(_named(names, group) for group in groups),
        _thinnest(ratings, shared, groups[0]) if groups else None,
        tuple(zip(_named(names, thin), held[thin].tolist(), strict=True)),
        three,
    )


def overlaps(ratings: Ratings) -> Index:
    """How many units each pair of raters both rated, (r, r); own units on the diagonal.

    Takes as many passes as a unit has ratings at most.
    """
    r = ratings.n_raters
    cell = np.unique(ratings.units * max(r, 1) + ratings.raters)
    units, raters = np.divmod(cell, max(r, 1))
    shared = np.diag(np.bincount(raters, minlength=r)).astype(np.intp)
    for step in range(1, len(units)):
        same = units[step:] == units[:-step]
        if not same.any():
            break
        pairs = raters[:-step][same] * r + raters[step:][same]
        found, counts = np.unique(pairs, return_counts=True)
        shared.ravel()[found] += counts
    return np.maximum(shared, shared.T)


def _components(shared: Index) -> list[Index]:
    """Groups of rater indices, the largest first, then by the first of them."""
    tied = shared > 0
    left = np.ones(len(shared), np.bool_)
    groups = []
    while left.any():
        group = np.zeros(len(shared), np.bool_)
        front = group.copy()
        front[left.argmax()] = True
        while front.any():
            group |= front
            front = tied[front].any(axis=0) & ~group
        left &= ~group
        groups.append(np.flatnonzero(group))
    return sorted(groups, key=lambda group: (-len(group), int(group[0])))


def _thinnest(ratings: Ratings, shared: Index, group: Index) -> Link | None:
    """Cut the widest tree (Prim 1957) at its thinnest edge, and count what is left."""
    if len(group) < 2:
        return None
    within = shared[np.ix_(group, group)]
    edges = _widest_tree(within)
    cut = min(range(len(edges)), key=lambda k: int(within[edges[k]]))
    tree = np.zeros_like(within)
    for k, (one, other) in enumerate(edges):
        tree[one, other] = tree[other, one] = int(k != cut)
    sides = [group[side] for side in _components(tree)]
    small, large = sides[1], sides[0]
    met = [_rated_by(ratings, side) for side in (small, large)]
    units = int((met[0] & met[1]).sum())
    names = ratings.rater_names
    return Link(_named(names, small), _named(names, large), units)


def _widest_tree(within: Index) -> list[tuple[int, int]]:
    m = len(within)
    inside = np.zeros(m, np.bool_)
    inside[0] = True
    width, nearest = within[0].copy(), np.zeros(m, np.intp)
    edges = []
    for _ in range(m - 1):
        joined = int(np.where(inside, -1, width).argmax())
        edges.append((int(nearest[joined]), joined))
        inside[joined] = True
        wider = within[joined] > width
        width[wider], nearest[wider] = within[joined][wider], joined
    return edges


def _rated_by(ratings: Ratings, raters: Index) -> NDArray[np.bool_]:
    units = ratings.units[np.isin(ratings.raters, raters)]
    return np.bincount(units, minlength=ratings.n_units) > 0


def _named(names: Any, group: Index) -> tuple[Any, ...]:
    return tuple(names[group].tolist())


def _apart(graph: Connectedness) -> str:
    if len(graph.components) < 2:
        return ""
    groups = "; ".join(_listed(group) for group in graph.components[:_NAMED])
    more = len(graph.components) - _NAMED
    rest = f"; and {more} more" if more > 0 else ""
    return (
        f"The raters fall into {len(graph.components)} groups that share no unit "
        f"({groups}{rest}): nothing compares one group with another."
    )


def _link(graph: Connectedness) -> str:
    link = graph.thinnest
    if link is None or link.units >= THIN:
        return ""
    return (
        f"Only {_units(link.units)} tie {_listed(link.one)} to {_listed(link.other)}: "
        f"below {THIN} the two sides are hardly comparable."
    )


def _few(graph: Connectedness) -> str:
    if not graph.thin:
        return ""
    told = [f"{name} ({n})" for name, n in graph.thin[:_NAMED]]
    more = len(graph.thin) - _NAMED
    return (
        f"Fewer than {THIN} units shared with anybody: {', '.join(told)}"
        + (f" and {more} more" if more > 0 else "")
        + "."
    )


def _three(graph: Connectedness) -> str:
    if graph.three_share is None or graph.three_share >= THREE_RATINGS:
        return ""
    return (
        f"{graph.three_share:.0%} of the units have three ratings or more: where two "
        "disagree, the ratings alone cannot say who is right."
    )


def _listed(names: tuple[Any, ...]) -> str:
    more = len(names) - _NAMED
    told = ", ".join(str(name) for name in names[:_NAMED])
    return f"{told} and {more} more" if more > 0 else told


def _units(n: int) -> str:
    return "1 unit" if n == 1 else f"{n} units"

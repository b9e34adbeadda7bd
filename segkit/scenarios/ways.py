"""How far it is from home to school: what changes at once when a school moves and nobody changes school."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from segkit.indices.space import great_circle
from segkit.scenarios.state import State
from segkit.words import number, say

ROUND = 10  # metres: the middle of a zone is not more exact than that


class Way(NamedTuple):
    """Metres from home to school, on average; None where there is nobody, and why where nothing is known."""

    focal: float | None
    others: float | None
    why: str = ""


def mean_way(state: State, year, level, grouping, focal) -> Way:
    """How far the pupils of a level have to school on average, the focal group and everyone else.

    From the middle of the zone where they live (`segkit.zones.centres`) to their school, in a straight line
    over the sphere.
    """
    block = state.flows.get((year, grouping))
    if block is None:
        return Way(None, None, say("scenario.way.no_flows"))
    of = [j for j in state.at.values() if state.schools[j].level == level]
    n, known = block.n[:, of], block.known[:, of]
    if not known.all():
        return Way(None, None, say("scenario.way.hidden"))
    both, there = n.sum(2), apart(state, of)
    lost = ~np.isfinite(there)
    if (both * lost).any():
        return Way(None, None, say("scenario.way.no_place"))
    total, k = both.sum(), state.groupings[grouping].index(focal)
    if not total:
        return Way(None, None, say("scenario.way.nobody"))
    metres = np.where(lost, 0.0, there)
    ours, mine, every = n[:, :, k], (n[:, :, k] * metres).sum(), (both * metres).sum()
    size = ours.sum()
    return Way(
        float(mine / size) if size else None,
        float((every - mine) / (total - size)) if total > size else None,
    )


def apart(state: State, of: list[int]) -> np.ndarray:
    """Metres from the middle of each zone to each of some schools; NaN where one of them has no place."""
    lat, lon = state.place.middles
    none = float("nan")
    places = [(none if s.lat is None else s.lat, none if s.lon is None else s.lon) for s in _of(state, of)]
    there = np.array(places, float).reshape(-1, 2).T
    every = great_circle(np.concatenate([lat, there[0]]), np.concatenate([lon, there[1]]))
    return every[: len(lat), len(lat) :]


def _of(state: State, of):
    return (state.schools[j] for j in of)


def written(metres: float | None) -> str:
    """A way as it is printed, to ten metres.

    >>> written(847.0), written(1236.0), written(None)
    ('850 m', '1.24 km', '–')
    """
    if metres is None:
        return say("scenario.none")
    whole = int(ROUND * round(metres / ROUND))
    if whole < 1000:
        return say("studio.metres", n=whole)
    return say("studio.kilometres", n=number(whole / 1000, ".2f"))


def longer(before: float | None, now: float | None) -> str:
    """How much longer a way has become, with its sign, so that the printed ways add up.

    >>> longer(847.0, 1236.0), longer(1236.0, 847.0), longer(847.0, 848.0)
    ('+390 m', '−390 m', '0 m')
    """
    if before is None or now is None:
        return say("scenario.none")
    by = ROUND * (round(now / ROUND) - round(before / ROUND))
    return ("+" if by > 0 else "−" if by < 0 else "") + written(abs(by))

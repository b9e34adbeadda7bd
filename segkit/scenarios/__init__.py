"""What if? A territory and a list of edits, each a plain value; undo is a shorter list.

>>> import segkit as sk
>>> start = Scenario(sk.sample("marenza"))
>>> less = start.after({"do": "mix", "year": 2024, "level": "primary", "grouping": "origin", "group": "far",
...                     "step": 0})
>>> before, after = (sk.dissimilarity(one.counts(2024, "primary"), 3) for one in (start, less))
>>> before > 0.3, after < 0.02
(True, True)
>>> rebuild(less.recipe).territory == less.territory
True
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from segkit.scenarios import links
from segkit.scenarios.comparing import Comparison, compared
from segkit.scenarios.edits import EDITS, Refused, after, refused
from segkit.scenarios.state import State, built, opened
from segkit.scenarios.story import Story
from segkit.territory import Territory

__all__ = ["EDITS", "Comparison", "Refused", "Scenario", "Story", "compare", "rebuild", "started"]


def started(base: Territory) -> State:
    """A territory as arrays, worked out once for each."""
    done = base.__dict__
    if "_opened" not in done:
        done["_opened"] = opened(base)
    return done["_opened"]


@dataclass(frozen=True, eq=False)
class Scenario:
    """A territory, what was changed in it, and what it has become.

    `edits` are plain values (see `segkit.scenarios.edits`); each is checked when it is made: `Refused` says
    what came and what was expected.
    """

    base: Territory
    edits: tuple[Mapping, ...] = ()

    def __post_init__(self):
        object.__setattr__(self, "edits", tuple(map(plain, self.edits)))
        self.state  # noqa: B018 - what cannot be done is said now, not later

    def after(self, *edits: Mapping) -> Scenario:
        """The scenario with these edits made as well."""
        state = self.state
        for edit in edits:
            state, _ = after(state, edit)
        return Scenario.of(self.base, (*self.edits, *map(plain, edits)), state)

    @classmethod
    def of(cls, base: Territory, edits: Iterable[Mapping], state: State) -> Scenario:
        """A scenario whose state is known already."""
        new = object.__new__(cls)
        new.__dict__.update(base=base, edits=tuple(edits), state=state)
        return new

    @cached_property
    def state(self) -> State:
        state = started(self.base)
        for edit in self.edits:
            state, _ = after(state, edit)
        return state

    @cached_property
    def territory(self) -> Territory:
        """What the territory has become; itself where nothing was changed."""
        return built(self.state, started(self.base), self.recipe)

    def counts(self, year=None, level=None, grouping=None) -> np.ndarray:
        """Units × groups, as `territory.counts`."""
        return self.territory.counts(year, level, grouping)

    @property
    def code(self) -> str:
        """Town, seed and edits as one word; "" for a territory that is not an invented one."""
        return links.told(self.base, self.edits)

    @property
    def recipe(self) -> str:
        """One line of Python that opens it again; "" for a territory that is not an invented one."""
        return links.line(self.code) if self.code else ""

    def __eq__(self, other):
        if not isinstance(other, Scenario):
            return NotImplemented
        return self.edits == other.edits and self.base == other.base

    __hash__ = None


def plain(edit: Mapping) -> dict:
    """An edit as JSON holds it: a copy nobody else writes in."""
    try:
        return json.loads(json.dumps(dict(edit)))
    except (TypeError, ValueError):
        raise refused("edit", came=edit) from None


def rebuild(text: str) -> Scenario:
    """The scenario a line, a link or a code stands for; of invented towns only.

    >>> rebuild("marenza.1.3.").edits
    ()
    """
    name, seed, ready, edits = links.read(text)
    return Scenario(links.town(name, seed, ready), edits)


def compare(left: Scenario, right: Scenario, year=None, level=None, grouping=None, focal=None) -> Comparison:
    """Two scenarios side by side: every index before and after, the difference, and a sentence."""
    return compared(left.state, right.state, year, level, grouping, focal)

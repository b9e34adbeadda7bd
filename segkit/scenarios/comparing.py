"""Two states of a territory side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segkit.indices.shelf import INDICES, CannotBeAssessed
from segkit.scenarios.state import State
from segkit.territory import WHOLE, Cells
from segkit.words import Said, number, say

MAIN = ("dissimilarity", "gorard", "isolation", "information")  # what a page shows first
SAME = 0.005  # a difference that two decimals do not show


@dataclass(frozen=True)
class Comparison(Said):
    """An index by index comparison: (name on the shelf, left, right); None where it cannot be assessed."""

    rows: tuple[tuple[str, float | None, float | None], ...]
    pupils: tuple[int, int]
    sentence: str

    @property
    def differences(self) -> dict[str, float | None]:
        """Right minus left, by index."""
        return {name: None if None in (a, b) else b - a for name, a, b in self.rows}

    def __str__(self):
        def text(value):
            return say("scenario.none") if value is None else number(value, ".2f")

        lines = []
        for name, a, b in self.rows:
            about = {"name": say(f"index.{name}"), "change": change(a, b)}
            lines.append(say("scenario.compared", left=text(a), right=text(b), **about))
        return "\n".join([*lines, self.sentence])


def change(a: float | None, b: float | None, digits: int = 2) -> str:
    """A difference as it is written, with its sign.

    >>> change(0.5, 0.42), change(0.5, 0.5), change(None, 0.5)
    ('−0.08', '0.00', '–')
    """
    if a is None or b is None:
        return say("scenario.none")
    written = round(b, digits) - round(a, digits)  # so that the written numbers add up
    text = number(abs(written), f".{digits}f")
    return text if not round(written, digits) else ("+" if written > 0 else "−") + text


def measured(cells: Cells, focal: str, names=INDICES) -> dict[str, tuple[float | None, str]]:
    """Each index of what is known, or why it cannot be assessed."""
    if not cells.known.all():
        why = say("territory.hidden", n=int((~cells.known).sum()), of=cells.known.size)
        return {name: (None, why) for name in names}
    if not len(cells.units):
        return {name: (None, say("refuse", why=say("refuse.no_pupils"))) for name in names}
    column, found = cells.groups.index(focal) if focal in cells.groups else 0, {}
    n = cells.n.astype(float)
    for name in names:
        try:
            found[name] = (float(INDICES[name](n, column)), "")
        except CannotBeAssessed as error:
            found[name] = (None, str(error))
    return found


def chosen(state: State, year=None, level=None, grouping=None, focal=None) -> tuple:
    """The year, level, grouping and focal group meant, where not all are said."""
    place = state.place
    year = place.years[-1] if year is None and place.years else year
    level = place.levels[0] if level is None else level
    if grouping not in state.groupings:
        grouping = next((one for one in state.groupings if one != WHOLE), WHOLE)
    if focal not in state.groupings[grouping]:
        focal = state.focal.get(grouping, state.groupings[grouping][0])
    return year, level, grouping, focal


def compared(left: State, right: State, year=None, level=None, grouping=None, focal=None) -> Comparison:
    found, pupils = [], []
    for state in (left, right):
        y, of, by, group = chosen(state, year, level, grouping, focal)
        cells = state.cells(y, of, by)
        found.append(measured(cells, group))
        pupils.append(int(np.where(cells.known, cells.n, 0).sum()))
    rows = tuple((name, found[0][name][0], found[1][name][0]) for name in INDICES)
    return Comparison(rows, tuple(pupils), sentence(rows, *pupils))


def sentence(rows, before: int, now: int) -> str:
    """What the comparison says, in plain words."""
    a, b = next((a, b) for name, a, b in rows if name == "dissimilarity")
    if a is None or b is None:
        said = say("scenario.sentence.none")
    else:
        key = "same" if abs(round(b, 2) - round(a, 2)) < SAME else "more" if b > a else "less"
        said = say(f"scenario.sentence.{key}", left=number(a, ".2f"), right=number(b, ".2f"))
    if before == now:
        return said
    return f"{said} {say('scenario.sentence.pupils', before=number(before, ','), now=number(now, ','))}"

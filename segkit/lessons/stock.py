"""What Unit 2.3 shows beside the territory a reader has chosen: a table with a hole in it, towns too poor to
be assessed, and what is hidden in the one they look at."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np

from segkit.words import per_language, say

SCHOOLS = ("North", "South", "East", "West")
GROUPS = ("local", "near", "far")
PUPILS = ((84, 12, 4), (61, 9, 20), (45, 30, 25), (70, 18, 12))
K = 5  # of these four schools, counts below it may not be printed
FIRST = ((0, 2),)  # the only count below five
WELL = ((0, 1), (0, 2), (1, 1), (1, 2))  # and three more, so that nobody can work it out


@dataclass(frozen=True)
class Hole:
    """A table of pupils of which some counts are hidden, all totals printed."""

    counts: tuple[tuple[int, ...], ...]
    hidden: tuple[tuple[int, int], ...]

    def cell(self, row: int, column: int) -> str:
        """What stands there: the number, or a dash."""
        return "–" if (row, column) in self.hidden else str(self.counts[row][column])

    def could_be(self, row: int, column: int) -> tuple[int, int]:
        """The smallest and the largest a count can be, for somebody who adds and subtracts.

        >>> Hole(PUPILS, FIRST).could_be(0, 2)
        (4, 4)
        """
        from scipy.optimize import linprog

        n = np.array(self.counts)
        at = {cell: i for i, cell in enumerate(self.hidden)}
        if (row, column) not in at:
            return int(n[row, column]), int(n[row, column])
        # what is left of each row's and each column's total once the printed counts are taken away
        lines = [[(i, j) for j in range(n.shape[1])] for i in range(n.shape[0])]
        lines += [[(i, j) for i in range(n.shape[0])] for j in range(n.shape[1])]
        ties = [[float(cell in line) for cell in at] for line in lines]
        left = [sum(n[cell] for cell in line if cell in at) for line in lines]
        aim = np.eye(len(at))[at[row, column]]
        low, high = (linprog(sign * aim, A_eq=ties, b_eq=left, bounds=(0, None)) for sign in (1, -1))
        return round(low.fun), round(-high.fun)

    def __str__(self) -> str:
        rows = [("", *GROUPS, say("stock.all")), *self._rows()]
        return "\n".join("  ".join(f"{cell:>8}" for cell in row) for row in rows)

    def _rows(self):
        n = np.array(self.counts)
        for i, name in enumerate(SCHOOLS):
            yield (name, *(self.cell(i, j) for j in range(n.shape[1])), str(n[i].sum()))
        yield (say("stock.all"), *map(str, n.sum(0)), str(n.sum()))

    def _repr_html_(self) -> str:
        heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in ("", *GROUPS, say("stock.all")))
        body = "".join(
            f"<tr><th scope='row'>{escape(row[0])}</th>"
            + "".join(f"<td{HIDDEN if cell == '–' else ''}>{cell}</td>" for cell in row[1:])
            + "</tr>"
            for row in self._rows()
        )
        return (
            f"<table style='font-size:1.05em;font-variant-numeric:tabular-nums'>"
            f"<caption style='text-align:left;caption-side:top'>{escape(say('stock.hole', k=K))}</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        )


HIDDEN = " style='background:repeating-linear-gradient(45deg,#fff 0 4px,#dcdcd6 4px 6px);text-align:right'"


def one_hidden() -> Hole:
    """Four schools, and the only count below five taken out."""
    return Hole(PUPILS, FIRST)


def well_hidden() -> Hole:
    """The same schools with three more counts taken out."""
    return Hole(PUPILS, WELL)


# --- towns too poor to be assessed


@per_language
def poor(ready: int = 1):
    """What can be said of a town's segregation where only this much is known: totals (1), or groups (2)."""
    from segkit.assessing import assess
    from segkit.privacy import protect
    from segkit.samples import sample

    return assess(protect(sample("marenza", ready=ready)), level="primary")


def lone_school():
    """A place with a single school, and what can be said of it."""
    import pandas as pd

    from segkit.assessing import assess
    from segkit.privacy import protect
    from segkit.territory import Territory

    schools = pd.DataFrame({"school": ["S1"], "name": [SCHOOLS[0]], "level": ["primary"]})
    rows = {"year": 2024, "school": "S1", "level": "primary", "grouping": "origin"}
    pupils = pd.DataFrame([{**rows, "group": g, "n": n} for g, n in zip(GROUPS, PUPILS[0], strict=True)])
    place = Territory(SCHOOLS[0], {"schools": schools, "enrolment": pupils}, invented=True)
    return assess(protect(place))


@dataclass(frozen=True)
class Refusals:
    """What cannot be said, why, and what to collect: one line for each dimension."""

    assessment: object
    keys: tuple[str, ...]

    def lines(self) -> list[tuple[str, str, str]]:
        found = [self.assessment.finding(key) for key in self.keys]
        return [(one.title, f"{one.why[:1].upper()}{one.why[1:]}.", one.collect) for one in found if one.why]

    def __str__(self) -> str:
        return "\n".join(
            " ".join(filter(None, [f"{title}:", why, more])) for title, why, more in self.lines()
        )

    def _repr_html_(self) -> str:
        each = "".join(
            f"<dt style='font-weight:650;margin-top:0.7em'>{escape(title)}</dt>"
            f"<dd style='margin:0.1em 0 0 1.2em'>{escape(why)}</dd>"
            + (f"<dd style='margin:0.1em 0 0 1.2em'>{escape(more)}</dd>" if more else "")
            for title, why, more in self.lines()
        )
        return f"<dl style='max-width:72ch;line-height:1.5'>{each}</dl>"


REFUSED = (
    "population.schools",
    "population.share",
    "supply.zones",
    "segregation.dissimilarity",
    "segregation.both_sides",
    "mobility.stay",
    "mobility.residential",
)


def only_totals() -> Refusals:
    """Marenza with nothing but the number of pupils in each school."""
    return Refusals(poor(1), REFUSED)


def only_groups() -> Refusals:
    """Marenza with groups by school, and no map."""
    return Refusals(poor(2), REFUSED)


def only_one_school() -> Refusals:
    """A place with one school."""
    return Refusals(lone_school(), REFUSED)


# --- what is hidden in the territory looked at


def what_is_hidden(view, **_) -> list:
    """How much is hidden in a view, and what its notice says: for `intake.show`."""
    if view.whole:
        return [{"kind": "text", "text": say("stock.whole")}, *(noticed(view))]
    lines = [say("stock.hidden", n=n, table=table) for table, n in view.hidden.items()]
    return [{"kind": "list", "head": say("stock.hidden.head", k=view.k), "items": lines}, *noticed(view)]


def noticed(view) -> list:
    items = list(view.notice)
    return [{"kind": "list", "head": say("stock.notice"), "items": items}] if items else []

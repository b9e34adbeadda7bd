"""Stories along one line: what happens to every index when one thing changes, step by step.

A score is such a story told in advance: a table of counts for each place of a slider, the indices of that
table, and a sentence. The shelf computes every number here; a film (`segkit.Film`) only plays them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from segkit.indices import INDICES
from segkit.indices.shelf import focal_column, table
from segkit.words import number, say


@dataclass(frozen=True, eq=False)
class Shelf:
    """One row of bars in a film's picture: units that stay where they stand, whatever becomes of them."""

    tables: tuple[np.ndarray, ...]  # (units, 2) for every step, the same units in the same order
    name: str = ""
    columns: tuple[int, ...] = ()  # how many of the units stand together, from left to right
    counted: tuple[np.ndarray, ...] = ()  # for every step, which units are counted; (): all of them
    hangs: bool = False  # its bars hang from the row above, as a reflection


@dataclass(frozen=True, eq=False)
class Spread:
    """A histogram over a film's bars, cut in two at another place at every step."""

    edges: np.ndarray  # of the boxes
    pupils: np.ndarray  # in each box
    cuts: np.ndarray  # where it is cut, for every step
    ticks: tuple[tuple[float, str], ...]
    x_title: str
    y_title: str

    @property
    def y(self) -> tuple[int, ...]:
        """The numbers written up its side: none, and a round one near the highest box."""
        most = int(self.pupils.max())
        return (0, most // 50 * 50 or most)


@dataclass(frozen=True, eq=False, repr=False)
class Score:
    """One story along a slider: a table for every step, the numbers of that table, and what to say."""

    title: str
    slider: str  # what the slider changes, as a sentence
    tables: tuple[np.ndarray, ...]  # (units, 2) for every step: the focal group, everyone else
    labels: tuple[str, ...]  # where the slider stands, in a few words
    sentences: tuple[str, ...]  # what has happened there
    lines: dict[str, np.ndarray]  # identifier -> its value at every step
    names: dict[str, str]  # identifier -> the name a reader sees
    symbols: dict[str, str]
    ticks: tuple[tuple[int, str], ...]  # the steps that are numbered under the chart
    x_title: str
    y_title: str
    groups: tuple[str, str]
    units: str = ""  # what one bar or tile is
    rows: int = 0  # 0: bars side by side; otherwise the rows of a square map, one unit a block
    shelves: tuple[Shelf, ...] = ()  # bars in rows and columns, where one row does not tell it all
    columns: tuple[str, ...] = ()  # what stands under each column of the shelves
    spread: Spread | None = None
    stops: tuple[int, ...] = ()  # steps worth a stop, marked on the chart
    joined: bool = True  # False: the steps are kinds, not amounts, and dots say more than a line
    cover: tuple[float, float] = (0.0, 0.1)  # numbers the chart must reach, whatever the lines do
    start: int = 0
    seconds: float = 8.0  # how long it plays

    def __len__(self) -> int:
        return len(self.tables)

    def __repr__(self) -> str:
        first, *_, last = self.labels
        return say("film.score", title=self.title, steps=len(self), first=first, last=last)

    @property
    def y(self) -> tuple[float, ...]:
        """The numbers written up the chart's side: round, and around every line."""
        values = np.concatenate([line for line in self.lines.values()])
        low, high = self.cover
        return round_numbers(min(low, values.min()), max(high, values.max()))


def score(
    name, tables, labels, sentences, *, indices=(), lines=None, names=None, symbols=None, **other
) -> Score:
    """A score whose lines are read off the shelf and whose words are called `lesson.<name>`."""
    tables = tuple(still(t) for t in tables)
    lines = lines or {
        i: np.array([INDICES[i](t, focal=0) if INDICES[i].groups == "two" else INDICES[i](t) for t in tables])
        for i in indices
    }
    return Score(
        title=say(f"lesson.{name}.title"),
        slider=say(f"lesson.{name}.slider"),
        tables=tables,
        labels=tuple(labels),
        sentences=tuple(sentences),
        lines={i: still(np.asarray(v, float)) for i, v in lines.items()},
        names=names or {i: say(f"index.{i}") for i in lines},
        symbols=symbols or {i: INDICES[i].symbol for i in lines},
        x_title=say(f"lesson.{name}.x"),
        y_title=other.pop("y_title", say("film.y")),
        groups=other.pop("groups", (say("film.focal"), say("film.others"))),
        units=say(f"lesson.{name}.units"),
        **other,
    )


# --- small words -------------------------------------------------------------------------------------------


def shown(value: float, places: int = 2) -> str:
    """A number as a film writes it: two decimals, and no minus before a zero.

    >>> shown(-0.0001), shown(0.6), shown(-0.6)
    ('0.00', '0.60', '−0.60')
    """
    written = number(round(float(value), places) + 0.0, f".{places}f")
    return written.replace("-", "−")  # a true minus: some screen readers leave a hyphen out


def round_numbers(low: float, high: float, most: int = 8) -> tuple[float, ...]:
    """Round numbers, evenly spaced, that reach from below `low` to above `high`.

    >>> round_numbers(0, 0.93)
    (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    """
    for gap in (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0):
        first, last = np.floor(low / gap + 1e-9), np.ceil(high / gap - 1e-9)
        if last - first <= most:
            break
    return tuple(round(float(k * gap), 10) + 0.0 for k in np.arange(first, last + 1))


def two(counts, focal=None) -> np.ndarray:
    """Any table as whole pupils in two columns: the focal group, everyone else.

    >>> two([[1, 2, 3], [4, 5, 6]], focal=1).tolist()
    [[2, 4], [5, 10]]
    """
    n = table(counts)
    if n.ndim != 2:
        raise ValueError(say("counts.shape", shape=n.shape))
    x = n[:, focal_column(counts, n, focal)]
    return np.column_stack([x, n.sum(1) - x]).astype(np.int64)


def called(counts) -> dict:
    """What the two groups are called, where the table says it."""
    focal, groups = getattr(counts, "focal", None), getattr(counts, "groups", ())
    if focal is None:
        return {}
    others = [group for group in groups if group != focal]
    return {"groups": (focal, others[0] if len(others) == 1 else say("film.others"))}


def still(array) -> np.ndarray:
    array = np.array(array)
    array.flags.writeable = False
    return array


def told_by_step(name: str, values: Sequence[dict], last: str = "last", start: int = 0) -> list[str]:
    """A sentence for every step: the one where the film starts and the last have one of their own."""
    kinds = [*["step"] * (len(values) - 1), last]
    kinds[start] = "first"
    return [say(f"lesson.{name}.{kind}", **told) for kind, told in zip(kinds, values, strict=True)]


def every(steps: int, texts: Sequence[str], apart: int) -> tuple[tuple[int, str], ...]:
    return tuple((step, texts[step]) for step in range(0, steps, apart))


def whole(values) -> np.ndarray:
    """Whole numbers next to these with the same sum: the largest remainders are rounded up.

    >>> whole([1.5, 1.25, 1.25]).tolist()
    [2, 1, 1]
    """
    values = np.round(np.asarray(values, float), 9)
    floor = np.floor(values).astype(np.int64)
    up = int(round(values.sum())) - floor.sum()
    floor[np.argsort(-(values - floor), kind="stable")[:up]] += 1
    return floor

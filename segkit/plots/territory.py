"""The pictures of a territory: who is in which school, how full the schools are, and how far apart.

Each takes a protected view and reads nothing else, so that no picture can show what the door has hidden.
Schools come in the order of the file: these are not league tables. Where counts are hidden a school shows a
class of shares instead of its share, or that it is not shown.

>>> import segkit as sk
>>> from segkit import plots
>>> view = sk.protect(sk.sample("marenza"))
>>> plots.composition(view, level="primary").alt[:35]
'Who is in which school, Marenza, pr'
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import NamedTuple

import numpy as np

from segkit.decompose import between_within
from segkit.estimate import exact_mean
from segkit.indices.shelf import INDICES, CannotBeAssessed
from segkit.plots.picture import COLOURS, FAINT, GRID, INK, Picture, label, new_axes
from segkit.privacy import Protected
from segkit.privacy.bounds import box
from segkit.territory import WHOLE, Territory
from segkit.words import listed, number, say, sector_name

MOST_ROWS = 40  # schools named one by one; a larger town is shown as how many schools are in each class
HATCHES = ("", "//", "..", "xx", "\\\\", "++")
NOT_SHOWN = {"facecolor": "#ffffff", "edgecolor": "#8a8a84", "hatch": "////", "linewidth": 0}
SECTOR_LOOKS = {
    "public": (COLOURS[1], "o", ""),
    "church": (COLOURS[3], "s", "//"),
    "subsidised": (COLOURS[5], "D", ".."),
    "private": (COLOURS[0], "^", "xx"),
    "other": (FAINT, "v", "\\\\"),
}


# --- what a picture may read


@dataclass(frozen=True)
class Seen:
    """One year, level and grouping of a protected view, ready to be drawn."""

    view: Protected
    year: int
    level: str | None
    grouping: str
    focal: str

    @property
    def territory(self) -> Territory:
        return self.view.territory

    def cells(self, of="schools", **where):
        """Counts of the units that may be seen; none of them is an error that says so."""
        level = self.level if of != "residents" else None
        cells = self.territory.cells(self.year, level, self.grouping, of=of, **where)
        if not cells.units:
            raise CannotBeAssessed(say("plots.place.nothing", year=self.year))
        return cells

    def shares(self, of="schools") -> dict[str, float]:
        """The focal group's share in each unit; not a number where a count that it needs is hidden."""
        cells = self.cells(of)
        at, n = cells.groups.index(self.focal), np.where(cells.known, cells.n, 0).sum(1).astype(float)
        rolls = self.territory.rolls(self.year, self.level) if of == "schools" else {}
        found = {}
        for i, unit in enumerate(cells.units):
            t = n[i] if cells.known[i].all() else rolls.get(unit, 0)
            found[unit] = cells.n[i, at] / t if cells.known[i, at] and t else float("nan")
        return found

    def names(self, of="schools") -> dict[str, str]:
        """What each unit is called; its code where it has no name."""
        table, key = (self.territory.schools, "school") if of == "schools" else (self.territory.zones, "zone")
        return {code: name or code for code, name in zip(table[key], table["name"], strict=True)}

    def title(self, key: str, year=True, **values) -> str:
        """The picture's title, with the place, the level and the year."""
        place = [self.territory.name, self.level, str(self.year) if year else ""]
        where = listed((plain(part) for part in place if part), most=99)
        return say(key, where=where, group=plain(self.focal), grouping=plain(self.grouping), **values)


def seen(view, year=None, level=None, grouping=None) -> Seen:
    """What a picture was asked for; anything but a protected view is refused."""
    if not isinstance(view, Protected):
        raise TypeError(say("privacy.raw"))
    territory = view.territory
    if grouping is None:
        grouping = next((one for one in territory.groupings if one != WHOLE), WHOLE)
    if grouping not in territory.groupings:
        territory.cells(grouping=grouping)  # says which groupings there are
    if year is None:
        year = territory.years[-1]
    groups = territory.groupings[grouping]
    return Seen(view, year, level, grouping, territory.focal.get(grouping, groups[0]))


def grouped(view, year=None, level=None, grouping=None) -> Seen:
    """The same, where a picture needs at least two groups."""
    one = seen(view, year, level, grouping)
    if len(one.territory.groupings[one.grouping]) < 2:
        raise CannotBeAssessed(say("plots.place.no_groups"))
    return one


def plain(text) -> str:
    """A code as one reads it: free_meals is free meals."""
    return str(text).replace("_", " ")


def short(name: str, most=26) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


# --- classes of shares: against the whole, so that a colour means the same for a small group and a large one


@dataclass(frozen=True)
class Classes:
    """Five classes of a share, by how it stands to the whole's: far less, less, about, more, far more.

    Where hidden counts leave the whole's share open (low < high), the classes are plain shares.
    """

    low: float  # the whole's share, at least and at most
    high: float
    breaks: tuple[float, ...]  # below the first: far less; from the last on: far more

    @property
    def sure(self) -> bool:
        return self.high - self.low < 0.01

    def of(self, share: float) -> int:
        """−2, −1, 0, 1 or 2."""
        return int(np.searchsorted(self.breaks, share + 1e-12, side="right")) - 2

    def ends(self, k: int) -> tuple[float, float]:
        edges = (0.0, *self.breaks, 1.0)
        return edges[k + 2], edges[k + 3]

    def text(self, k: int) -> str:
        """The class in words, with its ends in per cent."""
        low, high = (per_cent(end) for end in self.ends(k))
        key = "first" if k == -2 else "last" if k == 2 else "between"
        ends = say(f"plots.place.ends.{key}", low=low, high=high)
        return say(f"plots.place.class.{k}", ends=ends) if self.sure else ends

    @property
    def there(self) -> list[int]:
        """The classes that a share can fall in at all."""
        return [k for k in range(-2, 3) if self.ends(k)[0] < self.ends(k)[1]]

    @property
    def said(self) -> str:
        """The whole's share in words."""
        low, high = np.floor(100 * self.low + 1e-9) / 100, np.ceil(100 * self.high - 1e-9) / 100
        if self.sure:
            return per_cent(round(self.low, 2))
        return say("plots.place.ends.between", low=per_cent(low), high=per_cent(high))


PLAIN = (0.05, 0.1, 0.2, 0.4)  # where the whole's share is not known


def classes(one: Seen, of="schools") -> Classes:
    """The classes of a territory: half the whole's share, four fifths, five quarters and double."""
    low, high = whole_share(one, of)
    if high - low >= 0.01:
        return Classes(low, high, PLAIN)
    step = 0.01 if low >= 0.08 else 0.001
    edges = (min(round(low * by / step) * step, 1.0) for by in (0.5, 0.8, 1.25, 2.0))
    return Classes(low, low, tuple(round(edge, 3) for edge in edges))


def whole_share(one: Seen, of="schools") -> tuple[float, float]:
    """The focal group's share of everyone, at least and at most, as hidden counts leave it."""
    cells = one.cells(of)
    column, n = cells.groups.index(one.focal), np.where(cells.known, cells.n, 0)
    if cells.known.all():
        share = float(n[:, column].sum() / max(n.sum(), 1))
        return share, share
    level = one.level if of == "schools" else None
    rolls = one.territory.rolls(one.year, one.level) if of == "schools" else {}
    full = cells.known.all(1)
    t = [n[i].sum() if full[i] else rolls.get(unit, -1) for i, unit in enumerate(cells.units)]
    if min(t) < 0 or not sum(t):
        return 0.0, 1.0
    total = one.view.total(one.focal, one.year, level, one.grouping, of=of)
    if total is not None:
        return total / sum(t), total / sum(t)
    low, high = box(cells.n, cells.known, np.array(t), column)
    return float(low.sum() / sum(t)), float(np.maximum(low, high).sum() / sum(t))


SIGNS = {-2: "− −", -1: "−", 0: "=", 1: "+", 2: "+ +"}
FILLS = {-2: "#3b8cc0", -1: "#a9cfe6", 0: "#f4f1e8", 1: "#f5bd90", 2: "#dd7a2f"}
DOTS = {-2: ("#0072B2", "v", 17), -1: ("#a9cfe6", "v", 13), 0: ("#f4f1e8", "o", 12), 1: ("#f5bd90", "^", 13)}
DOTS[2] = ("#D55E00", "^", 17)


def per_cent(share: float) -> str:
    value = 100 * share
    return number(share, ".0%" if abs(value - round(value)) < 1e-9 else ".1%")


# --- the school population


def composition(view, year=None, level=None, grouping=None, ax=None) -> Picture:
    """Who is in each school: a bar for each, in the order of the file, and the whole's share as a line.

    Where something is hidden, a school shows the class its share lies in, and a hatched bar where even that
    is not known. A town of many schools is shown as how many schools there are in each class.
    """
    one = grouped(view, year, level, grouping)
    shares, kinds = one.shares(), classes(one)
    if len(shares) > MOST_ROWS:
        return schools_by_class(one, shares, kinds, ax)
    figure, ax = rows_of(len(shares), ax)
    if view.whole:
        said = stacked(ax, one)
    else:
        said = spans(ax, one, shares, kinds)
    if kinds.sure:
        ax.axvline(kinds.low, color=INK, linewidth=2, linestyle="--", label=whole_said(one, kinds))
    else:
        ax.axvspan(kinds.low, kinds.high, color=GRID, zorder=0, label=whole_said(one, kinds))
    named_rows(ax, one, shares)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda v, _: number(v, ".0%"))
    label(ax, one.title("plots.place.composition.title"), say("plots.place.composition.x"), "")
    legend_below(ax)
    return Picture(
        figure,
        say(
            "plots.place.composition.alt",
            group=plain(one.focal),
            where=one.title("plots.place.where"),
            whole=kinds.said,
            said="; ".join(said),
        ),
    )


def stacked(ax, one: Seen) -> list[str]:
    cells = one.cells()
    order = [one.focal, *(group for group in cells.groups if group != one.focal)]
    t, left = np.maximum(cells.n.sum(1), 1), np.zeros(len(cells.units))
    at = np.arange(len(cells.units))
    for k, group in enumerate(order):
        part = cells.n[:, cells.groups.index(group)] / t
        ax.barh(
            at,
            part,
            left=left,
            height=0.8,
            color=COLOURS[k % 6],
            hatch=HATCHES[k % 6],
            edgecolor="white",
            linewidth=0.6,
            label=plain(group),
        )
        left += part
    names = one.names()
    share = cells.n[:, cells.groups.index(one.focal)] / t
    return [f"{names[unit]} {number(value, '.0%')}" for unit, value in zip(cells.units, share, strict=True)]


def spans(ax, one: Seen, shares, kinds: Classes) -> list[str]:
    names, said = one.names(), []
    for i, (unit, share) in enumerate(shares.items()):
        if np.isnan(share):
            ax.barh(i, 1, height=0.7, **NOT_SHOWN)
            said.append(f"{names[unit]} {say('plots.place.not_shown')}")
            continue
        k = kinds.of(share)
        low, high = kinds.ends(k)
        ax.barh(i, high - low, left=low, height=0.7, color=FILLS[k], edgecolor=INK, linewidth=1)
        ax.text(
            (low + high) / 2, i, SIGNS[k], ha="center", va="center", fontsize=13, weight="bold", color=INK
        )
        said.append(f"{names[unit]} {kinds.text(k)}")
    ax.barh([], [], label=say("plots.place.class.span"), color=FILLS[1], edgecolor=INK, linewidth=1)
    if np.isnan(list(shares.values())).any():
        ax.barh([0], [0], label=say("plots.place.not_shown.few"), **NOT_SHOWN)
    return said


def schools_by_class(one: Seen, shares, kinds: Classes, ax) -> Picture:
    """How many schools there are in each class."""
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(10, 4.6)
    where = [kinds.of(share) for share in shares.values() if not np.isnan(share)]
    bars = [(kinds.text(k), where.count(k), FILLS[k], SIGNS[k]) for k in kinds.there]
    hidden = len(shares) - len(where)
    for i, (_, n, colour, sign) in enumerate(bars):
        ax.barh(i, n, color=colour, edgecolor=INK, linewidth=1)
        ax.text(n, i, f"  {n}   {sign}", va="center", fontsize=14, color=INK)
    if hidden:
        ax.barh(len(bars), hidden, **NOT_SHOWN)
        ax.text(hidden, len(bars), f"  {hidden}", va="center", fontsize=14, color=INK)
        bars.append((say("plots.place.not_shown.few"), hidden, "", ""))
    ax.set_yticks(range(len(bars)), [fill(text, 30) for text, *_ in bars], fontsize=13)
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ax.set_xlim(0, 1.12 * max(n for _, n, *_ in bars))
    ax.xaxis.get_major_locator().set_params(integer=True)
    label(ax, one.title("plots.place.many.title"), say("plots.place.many.x"), "")
    said = "; ".join(f"{text}: {n}" for text, n, *_ in bars)
    where_said = one.title("plots.place.where")
    return Picture(
        figure,
        say(
            "plots.place.many.alt",
            group=plain(one.focal),
            where=where_said,
            whole=kinds.said,
            said=said,
        ),
    )


def whole_said(one: Seen, kinds: Classes) -> str:
    return say("plots.place.whole", group=plain(one.focal), share=kinds.said)


def rows_of(n: int, ax):
    """Axes as tall as so many rows ask for."""
    if ax is not None:
        return ax.figure, ax
    figure, (ax,) = new_axes(10, 2.4 + 0.34 * max(n, 3))
    return figure, ax


def named_rows(ax, one: Seen, units) -> None:
    names = one.names()
    ax.set_yticks(range(len(units)), [short(names[unit]) for unit in units], fontsize=13)
    ax.set_ylim(len(units) - 0.4, -0.6)
    ax.grid(axis="y", visible=False)


def legend_below(ax, columns=3, **options) -> None:
    ax.figure.legend(
        *ax.get_legend_handles_labels(),
        fontsize=13,
        frameon=False,
        loc="outside lower center",
        ncols=columns,
        **options,
    )


# --- the supply: how full the schools are

FULLNESS = (0.7, 0.85, 1.0)  # of the places; where something is hidden, only which of these a roll is under


def capacity(view, year=None, level=None, grouping=None, ax=None) -> Picture:
    """How full each school is: its pupils, of every hundred places; the look of a bar is its sector's."""
    one = seen(view, year, level, grouping)
    schools = one.territory.schools.set_index("school")
    rolls = one.territory.rolls(one.year, one.level)
    room = {s: float(schools.at[s, "capacity"]) for s in rolls if schools["capacity"].notna()[s]}
    room = {s: places for s, places in room.items() if places > 0}
    if not room:
        raise CannotBeAssessed(say("plots.place.no_capacity"))
    full = {s: rolls[s] / places for s, places in room.items()}
    if len(full) > MOST_ROWS:
        return schools_by_fullness(one, full, schools, ax)
    figure, ax = rows_of(len(full), ax)
    names, said, widest = one.names(), [], 1.1
    for i, (school, part) in enumerate(full.items()):
        colour, _, hatch = SECTOR_LOOKS[schools.at[school, "sector"] or "other"]
        text = number(part, ".0%") if view.whole else fullness(part)
        width = part if view.whole else drawn_to(part)
        ax.barh(i, width, height=0.75, color=colour, hatch=hatch, edgecolor="white", linewidth=0.6)
        halo = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1}
        ax.annotate(
            text,
            (1 if 0.9 < width < 1 else width, i),  # beside the line of full schools, not across it
            (7, 0),
            textcoords="offset points",
            va="center",
            fontsize=13,
            color=INK,
            bbox=halo,
        )
        widest = max(widest, width)
        said.append(f"{names[school]} {text}")
    ax.axvline(1, color=INK, linewidth=2, linestyle="--", label=say("plots.place.capacity.full"))
    sector_legend(ax, one)
    named_rows(ax, one, full)
    ax.set_xlim(0, 1.25 * widest)
    ax.xaxis.set_major_formatter(lambda v, _: number(v, ".0%"))
    label(ax, one.title("plots.place.capacity.title"), say("plots.place.capacity.x"), "")
    legend_below(ax)
    alt = say("plots.place.capacity.alt", where=one.title("plots.place.where"), said="; ".join(said))
    return Picture(figure, alt)


def schools_by_fullness(one: Seen, full, schools, ax) -> Picture:
    """How many schools of each sector are how full."""
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(10, 4.6)
    steps = [*FULLNESS, np.inf]
    texts = [fullness(step - 0.001) for step in FULLNESS] + [fullness(2.0)]
    counts = np.zeros((len(texts), len(one.territory.sectors)), int)
    for school, part in full.items():
        row = next(k for k, step in enumerate(steps) if part < step or step == np.inf)
        if schools.at[school, "sector"] in one.territory.sectors:
            counts[row, one.territory.sectors.index(schools.at[school, "sector"])] += 1
    left = np.zeros(len(texts))
    for column, sector in enumerate(one.territory.sectors):
        colour, _, hatch = SECTOR_LOOKS[sector]
        look = {"color": colour, "hatch": hatch, "edgecolor": "white", "label": sector_name(sector)}
        ax.barh(range(len(texts)), counts[:, column], left=left, **look)
        left += counts[:, column]
    for row, n in enumerate(left):
        ax.text(n, row, f"  {number(n, '.0f')}", va="center", fontsize=14, color=INK)
    ax.set_yticks(range(len(texts)), texts, fontsize=13)
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    label(ax, one.title("plots.place.capacity.title"), say("plots.place.many.x"), "")
    legend_below(ax)
    said = "; ".join(f"{text}: {number(n, '.0f')}" for text, n in zip(texts, left, strict=True))
    alt = say("plots.place.capacity.many", where=one.title("plots.place.where"), said=said)
    return Picture(figure, alt)


def fullness(part: float) -> str:
    """How full a school is, as a class."""
    under = next((step for step in FULLNESS if part < step), None)
    if under is None:
        return say("plots.place.capacity.over")
    k = FULLNESS.index(under)
    low = per_cent(FULLNESS[k - 1]) if k else ""
    key = "between" if k else "first"
    return say(f"plots.place.ends.{key}", low=low, high=per_cent(under))


def drawn_to(part: float) -> float:
    """Where the bar of a class ends: at its upper end, so that a bar tells no more than its words."""
    return next((step for step in FULLNESS if part < step), 1.1)


def sector_legend(ax, one: Seen) -> None:
    for sector in one.territory.sectors:
        colour, _, hatch = SECTOR_LOOKS[sector]
        ax.barh([0], [0], color=colour, hatch=hatch, edgecolor="white", label=sector_name(sector))


# --- segregation: where they live and where they learn, between sectors, over the years


def bounds(one: Seen, index="dissimilarity", of="schools", year=None, sector=None):
    """The index as it may be shown: two decimals, and from–to where counts are hidden."""
    level = one.level if of != "residents" else None
    year = one.year if year is None else year
    found = one.view.interval(index, year, level, one.grouping, one.focal, of=of, sector=sector)
    return found.outward() if hasattr(found, "outward") else found


def by_chance(one: Seen, of="schools", year=None) -> float | None:
    """D where pupils are placed by lot; nothing where hidden counts leave it open."""
    level = one.level if of != "residents" else None
    cells = one.territory.cells(one.year if year is None else year, level, one.grouping, of=of)
    if not cells.known.all() or not cells.units:
        return None
    column = cells.groups.index(one.focal)
    return round(exact_mean(cells.n.astype(float), INDICES["dissimilarity"], column), 2)


SIDES = ("residents", "homes", "schools")


def both_sides(view, year=None, level=None, grouping=None, ax=None) -> Picture:
    """A group where it lives, where it would learn if each school took its zone, and where it learns."""
    one = grouped(view, year, level, grouping)
    found, why = [], say("plots.place.no_homes")
    for of in SIDES:
        try:
            found.append((of, bounds(one, of=of), by_chance(one, of)))
        except (CannotBeAssessed, ValueError) as error:
            why = str(error) if one.territory.has("residents") or one.territory.has("flows") else why
    if {of for of, *_ in found} <= {"schools"}:
        raise CannotBeAssessed(why)
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(10, 1.9 + 1.0 * len(found))
    looks = {"residents": ("#a9cfe6", "//"), "homes": ("#56B4E9", ".."), "schools": (COLOURS[0], "")}
    said = []
    for i, (of, (low, high, _), chance) in enumerate(found):
        colour, hatch = looks[of]
        ax.barh(i, low, height=0.62, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.8)
        if high > low:
            ax.barh(i, high - low, left=low, height=0.62, **NOT_SHOWN)
        if chance is not None:
            ax.plot([chance, chance], [i - 0.4, i + 0.4], color=INK, linewidth=3)
        value = from_to(low, high)
        ax.text(high, i, f"  {value}", va="center", fontsize=16, weight="bold", color=INK)
        lot = "" if chance is None else " " + say("plots.place.lot", chance=chance)
        said.append(f"{say(f'plots.place.sides.{of}')} {value}{lot}")
    ax.plot([], [], color=INK, linewidth=3, label=say("plots.chance"))
    if any(high > low for _, (low, high, _), _ in found):
        ax.barh([0], [0], label=say("plots.place.open"), **NOT_SHOWN)
    texts = [fill(say(f"plots.place.sides.{of}"), 26) for of, *_ in found]
    ax.set_yticks(range(len(found)), texts, fontsize=14)
    ax.set_ylim(len(found) - 0.5, -0.5)
    ax.set_xlim(0, min(1.0, max(0.3, 1.35 * max(high for _, (_, high, _), _ in found))))
    ax.grid(axis="y", visible=False)
    label(ax, one.title("plots.place.sides.title"), say("index.dissimilarity") + " D", "")
    legend_below(ax)
    alt = say("plots.place.sides.alt", title=one.title("plots.place.sides.title"), said="; ".join(said))
    return Picture(figure, alt)


def from_to(low: float, high: float) -> str:
    return number(low, ".2f") if high - low < 0.005 else say("plots.place.from_to", low=low, high=high)


def sectors(view, year=None, level=None, grouping=None, ax=None) -> Picture:
    """How much of H lies between the sectors, and how much within each, year by year."""
    one = grouped(view, year, level, grouping)
    if len(one.territory.sectors) < 2:
        raise CannotBeAssessed(say("plots.place.one_sector"))
    splits = {}
    for when in one.territory.years:
        try:
            table = one.territory.table(when, one.level, one.grouping)
            splits[when] = between_within(table, table.extras["sector"], "information")
        except CannotBeAssessed as error:
            why = error
    if not splits:
        raise CannotBeAssessed(str(why))
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(10, 5)
    at = np.arange(len(splits))
    between = [round(split.between, 3) for split in splits.values()]
    parts = [("", between)]
    for sector in one.territory.sectors:
        values = [sum(s.part for s in split.sectors if s.name == sector) for split in splits.values()]
        parts.append((sector, [round(value, 3) for value in values]))
    bottom = np.zeros(len(splits))
    for sector, values in parts:
        colour, _, hatch = SECTOR_LOOKS[sector] if sector else (INK, "", "--")
        text = say("plots.place.within", sector=sector_name(sector)) if sector else say("plots.place.between")
        look = {"color": colour, "hatch": hatch, "edgecolor": "white", "label": text}
        ax.bar(at, values, 0.62, bottom=bottom, **look)
        bottom += values
    for x, total in zip(at, bottom, strict=True):
        ax.text(x, total, number(total, ".2f"), ha="center", va="bottom", fontsize=14, color=INK)
    ax.set_xticks(at, [str(when) for when in splits], fontsize=13)
    ax.set_ylim(0, 1.2 * max(bottom.max(), 0.01))
    ax.grid(axis="x", visible=False)
    label(ax, one.title("plots.place.sectors.title", year=False), say("plots.year"), say("index.information"))
    legend_below(ax, columns=2)
    last = max(splits)
    said = "; ".join(
        (say("plots.place.within", sector=sector_name(name)) if name else say("plots.place.between"))
        + f" {number(v[-1], '.2f')}"
        for name, v in parts
    )
    alt = say(
        "plots.place.sectors.alt",
        title=one.title("plots.place.sectors.title", year=False),
        year=last,
        said=said,
    )
    return Picture(figure, alt)


def years(view, year=None, level=None, grouping=None, ax=None) -> Picture:
    """D year by year next to what chance would give; a year with hidden counts as a stretch from–to."""
    one = grouped(view, year, level, grouping)
    found, chance = {}, {}
    for when in one.territory.years:
        try:
            found[when] = bounds(one, year=when)
            chance[when] = by_chance(one, year=when)
        except (CannotBeAssessed, ValueError):
            continue
    if not found:
        raise CannotBeAssessed(say("plots.place.nothing", year=one.year))
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(10, 5)
    when = list(found)
    low, high = (np.array([found[y][k] for y in when]) for k in (0, 1))
    lots = [np.nan if chance[y] is None else chance[y] for y in when]
    open_ = high - low > 0.005
    text = {} if open_.all() else {"label": say("index.dissimilarity")}
    ax.plot(when, np.where(open_, np.nan, low), "-o", color=COLOURS[0], linewidth=3, markersize=10, **text)
    if open_.any():
        ax.bar(
            when,
            high - low,
            0.16,
            bottom=low,
            color=COLOURS[0],
            hatch="//",
            edgecolor="white",
            label=say("plots.place.open"),
        )
    for x, a, b in zip(when, low, high, strict=True):
        ax.annotate(
            from_to(a, b), (x, b), (0, 11), textcoords="offset points", fontsize=13, ha="center", color=INK
        )
    if not np.isnan(lots).all():
        ax.plot(when, lots, "--s", color=FAINT, linewidth=2, markersize=7, label=say("plots.chance"))
    ax.set_xticks(when, [str(y) for y in when])
    ax.set_xlim(when[0] - 0.5, when[-1] + 0.5)
    ax.set_ylim(0, min(1.08, max(0.2, 1.3 * high.max())))
    label(
        ax,
        one.title("plots.place.years.title", year=False),
        say("plots.year"),
        say("index.dissimilarity") + " D",
    )
    legend_below(ax)
    said = "; ".join(
        f"{y} {from_to(a, b)}" + ("" if np.isnan(c) else " " + say("plots.place.lot", chance=c))
        for y, a, b, c in zip(when, low, high, lots, strict=True)
    )
    alt = say("plots.place.years.alt", title=one.title("plots.place.years.title", year=False), said=said)
    return Picture(figure, alt)


# --- results


def outcomes(view, year=None, level=None, grouping=None, ax=None) -> Picture:
    """For each outcome, how many of each group's pupils, with the interval that chance leaves open.

    Where numbers are hidden a group has a stretch instead: no rate is worked out from what is left over.
    """
    one = grouped(view, year, level, grouping)
    found = outcome_rates(one)
    if not found:
        raise CannotBeAssessed(say("plots.place.no_outcomes"))
    groups = list(dict.fromkeys(group for _, group, *_ in found))
    names = list(dict.fromkeys(name for name, *_ in found))
    tall = 1.8 + 0.45 * len(found) + 0.3 * len(names)
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(10, tall)
    at, ticks, said, shown = 0.0, [], [], set()
    for name in names:
        rows = [row for row in found if row[0] == name]
        ticks.append((at + (len(rows) - 1) / 2, name))
        for row in rows:
            text = {} if row.group in shown else {"label": plain(row.group)}
            shown.add(row.group)
            said.append(rate_drawn(ax, at, row, groups.index(row.group), text))
            at += 1
        at += 0.8
    ax.set_yticks([y for y, _ in ticks], [fill(plain(name), 20) for _, name in ticks], fontsize=14)
    ax.set_ylim(at - 0.9, -0.8)
    ax.set_xlim(0, 1.06)
    ax.xaxis.set_major_formatter(lambda v, _: number(v, ".0%"))
    ax.grid(axis="y", visible=False)
    hidden = sum(row.hidden for row in found)
    if hidden:
        ax.barh([0], [0], label=say("plots.place.open"), **NOT_SHOWN)
    label(ax, one.title("plots.place.outcomes.title"), say("plots.place.outcomes.x"), "")
    legend_below(ax)
    title = one.title("plots.place.outcomes.title")
    return Picture(figure, say("plots.place.outcomes.alt", title=title, said="; ".join(said)))


def rate_drawn(ax, at, row, k, text) -> str:
    """One group's rate in one outcome, as a point with its interval, or as the stretch that is left open."""
    colour, mark = COLOURS[k % 6], "os^DvP"[k % 6]
    names = {"name": plain(row.name), "group": plain(row.group)}
    if row.hidden:
        low, high = np.floor(100 * row.least / row.out_of) / 100, np.ceil(100 * row.most / row.out_of) / 100
        ax.barh(at, high - low, left=low, height=0.45, **NOT_SHOWN)
        ax.plot([low, high], [at, at], mark, color=colour, markersize=8, **text)
        said = say("plots.place.rate.open", low=low, high=high)
        ax.text(high + 0.02, at, said, va="center", fontsize=13, color=INK)
        return say("plots.place.rate.hidden", **names, said=said)
    rate, (low, high) = round(row.least / row.out_of, 2), (round(v, 2) for v in wilson(row.least, row.out_of))
    ax.plot([low, high], [at, at], color=colour, linewidth=5, alpha=0.55)
    ax.plot(rate, at, mark, color=colour, markersize=12, **text)
    ax.text(max(high + 0.012, rate + 0.022), at, number(rate, ".0%"), va="center", fontsize=13, color=INK)
    return say("plots.place.rate", **names, rate=rate, low=low, high=high)


class Rate(NamedTuple):
    """How many of a group have an outcome: at least and at most, as hidden rows leave it open."""

    name: str
    group: str
    least: int
    most: int
    out_of: int
    hidden: int  # rows whose number is hidden


def outcome_rates(one: Seen) -> list[Rate]:
    """Each outcome and group of the whole territory, in the order of the file, the focal group first.

    A hidden number lies between 0 and everyone it is out of; a group that has rows without even that is left
    out, because what remains would not be the group.
    """
    rows = one.territory.indicators
    rows = rows[(rows["year"] == one.year) & (rows["grouping"] == one.grouping)]
    if one.level is not None:
        schools = one.territory.schools
        rows = rows[rows["school"].isin(schools.loc[schools["level"].isin(("", one.level)), "school"])]
    found = []
    for name in dict.fromkeys(rows["indicator"]):
        groups = one.territory.groupings[one.grouping]
        for group in sorted(groups, key=lambda group: group != one.focal):  # the focal group comes first
            those = rows[(rows["indicator"] == name) & (rows["group"] == group)]
            those = those[those["n_status"] != "not_applicable"]
            if not len(those) or those["out_of"].isna().any():
                continue
            hidden = those["n"].isna()
            least, out_of = int(those["n"].fillna(0).sum()), int(those["out_of"].sum())
            if out_of:
                most = least + int(those.loc[hidden, "out_of"].sum())
                found.append(Rate(name, group, least, most, out_of, int(hidden.sum())))
    return found


def wilson(n: int, out_of: int, z=1.96) -> tuple[float, float]:
    """Between which rates the truth may lie, from so many of so many (Wilson's 95 % interval).

    >>> [round(end, 2) for end in wilson(5, 10)]
    [0.24, 0.76]
    """
    p, a = n / out_of, z * z / out_of
    middle, half = (p + a / 2) / (1 + a), z * np.sqrt(p * (1 - p) / out_of + a / (4 * out_of)) / (1 + a)
    return float(max(middle - half, 0)), float(min(middle + half, 1))

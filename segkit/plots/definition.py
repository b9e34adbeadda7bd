"""The pictures of Unit 2.1: two centuries of schooling, who is private, and one series read twice."""

from textwrap import fill

import numpy as np

from segkit import facts
from segkit.plots.picture import (
    COLOURS,
    FAINT,
    GRID,
    INK,
    Picture,
    label,
    new_axes,
    source_line,
    style,
)
from segkit.words import listed, number, say

NATION = {"norway": (COLOURS[1], "s"), "italy": (COLOURS[2], "^"), "spain": (COLOURS[0], "o")}
OTHER_NATION = (INK, "D")


def enrolment(countries=tuple(facts.ENROLMENT)) -> Picture:
    """Two centuries on the way to school, and below, on the same years, what the law said.

    Nothing is smoothed: where the source jumps, so does the line, and a note stands beside the jump.
    """
    from matplotlib.figure import Figure

    series = [facts.enrolment(country) for country in countries]
    figure = Figure(figsize=(9.8, 7.3), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(4.7, 2.3))
    for ax in (above, below):
        style(ax)
    for one in series:
        enrolment_line(above, one)
    odd = [note for one in series for note in enrolment_notes(above, one)]
    above.plot([], [], color=INK, linewidth=1.5, linestyle=(0, (4, 2)), label=say("plots.enrolment.male"))
    above.legend(fontsize=13, frameon=False, loc="lower right", handlelength=2.6)
    above.set(ylim=(0, 109), xlim=(1816, 2013), yticks=range(0, 101, 25))
    label(above, say("plots.enrolment.title"), "", say("plots.enrolment.y"))
    laws(below)
    source = say("plots.enrolment.source", series=series[0].source, laws=facts.LAWS[0].source)
    source_line(figure, fill(source, 105))
    shares = [[f"{year} {number(one.at(year), '.1f')}" for year in one.years[::3]] for one in series]
    said = [f"{one.name}: " + listed(share, most=99) for one, share in zip(series, shares, strict=True)]
    alt = say(
        "plots.enrolment.alt",
        first=series[0].years[0],
        last=series[0].years[-1],
        said="; ".join(said),
        odd="; ".join(odd),
        laws="; ".join(map(str, facts.LAWS)),
        source=source,
    )
    return Picture(figure, alt)


NAMED_AT = {"norway": (1834, 72), "italy": (1897, 79.5), "spain": (1972, 58)}  # where no other line passes


def enrolment_line(ax, one) -> None:
    colour, mark = NATION[one.country]
    male = [np.nan if value is None else value for value in one.male]
    ax.plot(one.years, male, color=colour, linewidth=1.6, linestyle=(0, (4, 2)))
    ax.plot(one.years, one.total, color=colour, linewidth=3, marker=mark, markersize=6)
    ax.text(
        *NAMED_AT[one.country], one.name, color=colour, fontsize=17, weight="bold", ha="center", va="center"
    )


NOTES_AT = {"spain": (1880, 27), "norway": (1976, 74), "italy": (1929, 76)}


def enrolment_notes(ax, one) -> list[str]:
    """A note beside what looks odd in a series, and a ring around it; returns what the notes say."""
    odd = []  # a year, a value, and what is said of it
    for start, end in one.falls():
        values = {"name": one.name, "start": start, "end": end, "first": one.at(start), "last": one.at(end)}
        if end - start > 10:
            odd.append((end, one.at(end), say("plots.enrolment.fell", **values)))
        else:
            odd.append((end, one.at(end), say("plots.enrolment.dip", **values, male=one.males_at(end))))
    for year in () if odd else one.males_below():
        values = {"name": one.name, "year": year, "male": one.males_at(year), "total": one.at(year)}
        odd.append((year, one.males_at(year), say("plots.enrolment.below", **values)))
    for year, value, note in odd:
        ax.annotate(
            note,
            (year, value),
            NOTES_AT[one.country],
            fontsize=13,
            color=INK,
            va="center",
            linespacing=1.15,
            arrowprops={"arrowstyle": "-", "color": FAINT, "linewidth": 1.2, "shrinkB": 7},
        )
        ax.plot(
            year, value, "o", markersize=15, markerfacecolor="none", markeredgecolor=INK, markeredgewidth=1.5
        )
    return [note.replace("\n", " ") for _, _, note in odd]


def laws(ax) -> None:
    """A lane for each country, a mark for each law, and its few words on the side where there is room."""
    lanes = list(dict.fromkeys(law.country for law in facts.LAWS))
    free = dict.fromkeys(lanes, 1817.0)  # up to which year a lane is full
    for law in facts.LAWS:
        colour, mark = NATION.get(law.country, OTHER_NATION)
        row, said = lanes.index(law.country), f"{law.when} {law.text}"
        wide = 2.1 * len(said)  # years: a letter is about two of them wide
        left = law.year - free[law.country] > wide + 2
        free[law.country] = law.year if left else law.year + wide
        if law.decade:
            ax.plot([law.year, law.until], [row, row], color=colour, linewidth=8, solid_capstyle="butt")
        else:
            ax.plot(law.year, row, mark, color=colour, markersize=11)
        ax.annotate(
            said,
            (law.year, row),
            (-10 if left else 10, 0),
            textcoords="offset points",
            fontsize=13,
            color=INK,
            ha="right" if left else "left",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    for row, country in enumerate(lanes):
        colour = NATION.get(country, OTHER_NATION)[0]
        ax.axhline(row, color=GRID, linewidth=1.5, zorder=0)
        ax.text(
            2012,
            row,
            facts.place(country),
            color=colour,
            fontsize=14,
            weight="bold",
            ha="right",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    ax.set(ylim=(len(lanes) - 0.5, -0.6), yticks=[])
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    fewest, most = facts.YEARS_TODAY
    label(ax, say("plots.enrolment.laws", fewest=fewest, most=most))


def private_share(ax=None) -> Picture:
    """Who goes to a private school? Bars by country, longest first, and the trap in the word."""
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(9.8, 7.1)
    bars = sorted(facts.PRIVATE.items(), key=lambda item: -item[1])
    for row, (country, value) in enumerate(bars):
        trap = country in facts.COUNTED_AS_PUBLIC
        above = value > facts.EURO_AREA
        drawn = ax.barh(
            row,
            value,
            0.74,
            color=COLOURS[0] if trap else COLOURS[1] if above else "#a9cfe6",
            hatch="" if above or trap else "//",
            edgecolor="white",
        )
        ax.bar_label(
            drawn,
            [number(value, ".1f")],
            fontsize=14,
            padding=5,
            weight="bold" if trap else "normal",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},  # it may lie on the dashed line
        )
    ax.axvline(facts.EURO_AREA, color=INK, linewidth=2, linestyle="--")
    ax.text(
        facts.EURO_AREA + 0.7,
        len(bars) - 0.6,
        say("plots.private.mean", mean=facts.EURO_AREA),
        fontsize=14,
        va="center",
    )
    rows = [row for row, (country, _) in enumerate(bars) if country in facts.COUNTED_AS_PUBLIC]
    middle = sum(rows) / len(rows)
    ax.annotate(
        say("plots.private.trap"),
        (4.5, middle),
        (22, middle - 2.2),
        fontsize=15,
        va="center",
        color=INK,
        bbox={"boxstyle": "round,pad=0.6", "facecolor": "#fff1e0", "edgecolor": COLOURS[0], "linewidth": 1.8},
        arrowprops={"arrowstyle": "-|>", "color": COLOURS[0], "linewidth": 2},
    )
    ax.set_yticks(range(len(bars)), [facts.place(country) for country, _ in bars], fontsize=14)
    for tick, (country, _) in zip(ax.get_yticklabels(), bars, strict=True):
        tick.set_weight("bold" if country in facts.COUNTED_AS_PUBLIC else "normal")
    ax.tick_params(axis="y", length=0)
    ax.set(ylim=(len(bars) - 0.1, -0.6), xlim=(0, 60))
    ax.grid(axis="y", visible=False)
    label(ax, say("plots.private.title", year=facts.PRIVATE_YEAR), say("plots.private.x"))
    source = say("plots.source", source=facts.PRIVATE_SOURCE)
    source_line(figure, source)
    alt = say(
        "plots.private.alt",
        year=facts.PRIVATE_YEAR,
        said=listed((f"{facts.place(country)} {number(value, '.1f')}" for country, value in bars), most=99),
        mean=facts.EURO_AREA,
        trap=listed(facts.place(country) for country in facts.COUNTED_AS_PUBLIC),
        source=source,
    )
    return Picture(figure, alt)


def two_readings(readings) -> Picture:
    """One series read twice: where each line ends, and by how much it moved compared with chance.

    readings : what `segkit.surveys.two_readings` gives.
    """
    from matplotlib.ticker import MultipleLocator

    figure, (left, right) = new_axes(9.8, 6.4, columns=2)
    waves, n = np.arange(1, readings.values.shape[1] + 1), len(readings.names)
    rising, falling = (COLOURS[0], "-", "o"), (COLOURS[1], (0, (5, 2)), "s")
    names_at = apart(readings.values[:, -1], 0.02)
    for name, values, up, at in zip(readings.names, readings.values, readings.up, names_at, strict=True):
        colour, dash, mark = rising if up else falling
        left.plot(waves, values, color=colour, linestyle=dash, linewidth=2.2)
        left.plot(waves[[0, -1]], values[[0, -1]], mark, color=colour, markersize=7)
        left.annotate(
            name,
            (waves[-1] + 0.18, at),
            fontsize=14,
            va="center",
            color=colour,
            weight="bold",
        )
    for (colour, dash, mark), word in ((rising, "up"), (falling, "down")):
        left.plot(
            [], [], mark, color=colour, linestyle=dash, linewidth=2.2, label=say(f"plots.readings.{word}")
        )
    left.set(xticks=waves, xlim=(0.8, waves[-1] + 0.6), ylim=(0, None))
    counted = {"up": len(readings.rose), "moved": len(readings.moved), "n": n}
    label(left, say("plots.readings.first", **counted), say("plots.readings.survey"), say("plots.readings.y"))
    left.legend(fontsize=13, frameon=False, loc="lower left")

    order = np.argsort(-readings.change)
    for row, i in enumerate(order):
        colour, _, mark = rising if readings.up[i] else falling
        sure = readings.more_than_chance[i]
        right.plot([readings.low[i], readings.high[i]], [row, row], color=colour, linewidth=5 if sure else 2)
        right.plot(
            readings.change[i],
            row,
            mark,
            color=colour,
            markersize=11,
            markerfacecolor=colour if sure else "white",
            markeredgewidth=2,
        )
    for word, fill_, width in (("sure", FAINT, 5), ("unsure", "white", 2)):
        right.plot(
            [],
            [],
            "o-",
            color=FAINT,
            markerfacecolor=fill_,
            markersize=10,
            linewidth=width,
            markeredgewidth=2,
            label=say(f"plots.readings.{word}"),
        )
    right.axvline(0, color=INK, linewidth=2)
    right.set_yticks(range(n), [readings.names[i] for i in order], fontsize=13)
    right.set_ylim(n + 1.1, -0.6)  # room for the key below the last country
    right.xaxis.set_major_locator(MultipleLocator(0.05))
    right.xaxis.set_major_formatter(lambda v, _: number(v, "+.2f").replace("-", "−") if v else "0")
    label(right, say("plots.readings.second", **counted), say("plots.readings.x"), "")
    right.legend(fontsize=13, facecolor="white", edgecolor="none", framealpha=1, loc="lower right")
    figure.suptitle(say("plots.readings.invented"), fontsize=15, weight="bold", color=INK, x=0.01, ha="left")
    rows = zip(readings.names, readings.values, readings.low, readings.high, strict=True)
    said = [
        say("plots.readings.said", name=name, first=values[0], last=values[-1], low=low, high=high)
        for name, values, low, high in rows
    ]
    alt = say(
        "plots.readings.alt",
        **counted,
        waves=len(waves),
        rose=listed(readings.rose, most=n),
        names=listed(readings.moved, most=n),
        said="; ".join(said),
    )
    return Picture(figure, alt)


def apart(values, gap: float) -> np.ndarray:
    """Where to write names beside values so that none lies on another: at least `gap` between two.

    >>> apart([0.50, 0.51, 0.80], 0.02).round(3).tolist()
    [0.495, 0.515, 0.8]
    """
    order, at = np.argsort(values, kind="stable"), np.array(values, float)
    for _ in range(100):
        short = gap - np.diff(at[order])
        if short.max() <= 1e-9:
            break
        push = np.maximum(short, 0) / 2
        at[order[:-1]] -= push
        at[order[1:]] += push
    return at


def housing_and_choice(ax=None) -> Picture:
    """What housing brings and what choice adds, in three Dutch cities: one bar each, in two parts."""
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(9.8, 3.8)
    parts = facts.housing_and_choice()
    looks = {"housing": ("#a9cfe6", "//"), "choice": (COLOURS[0], "")}
    before = np.zeros(len(parts))
    for k, (part, (colour, hatch)) in enumerate(looks.items()):
        values = np.array([both[k] for both in parts.values()])
        drawn = ax.barh(
            range(len(parts)),
            values,
            0.68,
            before,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=say(f"plots.housing.{part}"),
        )
        ax.bar_label(
            drawn,
            values,
            label_type="center",
            fontsize=15,
            color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2.5, "alpha": 0.9},
        )
        before = before + values
    ax.set_yticks(range(len(parts)), [facts.place(city) for city in parts], fontsize=14)
    ax.tick_params(axis="y", length=0)
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    label(ax, say("plots.housing.title"), say("plots.housing.x"))
    ax.legend(fontsize=14, frameon=False, loc="lower right")
    source = say("plots.source", source=facts.fact("netherlands").source)
    source_line(figure, source)
    said = [
        say("plots.housing.said", name=facts.place(city), housing=one, choice=other)
        for city, (one, other) in parts.items()
    ]
    return Picture(figure, say("plots.housing.alt", said="; ".join(said), source=source))

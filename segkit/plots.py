"""The fuller pictures: one function for each, drawn on the axes it is given, computing nothing but where the
ink goes.

Every function returns a `Picture`: a figure with the sentence that says what it shows, for those who cannot
see it. Colours are told apart by everyone (Okabe & Ito), and nothing is said by colour alone."""

import base64
import io
from dataclasses import dataclass
from html import escape
from textwrap import fill

import numpy as np

from segkit import facts
from segkit.decompose import segregation_curve
from segkit.indices import contribution
from segkit.indices.shelf import INDICES, focal_column, table
from segkit.sweeps import written
from segkit.words import listed, say

INK, FAINT, GRID = "#1b1b1b", "#6b6b6b", "#d9d9d9"
COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
MARKS = ("o", "s", "^", "D", "v", "P")
COMPARED = ("dissimilarity", "gini", "information", "hutchens", "atkinson", "correlation_ratio")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (1, 1)))


@dataclass(frozen=True)
class Picture:
    """A figure and what it shows in words; a notebook shows both."""

    figure: object
    alt: str

    def svg(self) -> str:
        """The figure as SVG text."""
        import matplotlib

        out = io.StringIO()
        with matplotlib.rc_context({"svg.hashsalt": "segkit", "svg.fonttype": "path"}):
            self.figure.savefig(
                out, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None}
            )
        return out.getvalue()

    def save(self, path) -> None:
        """Write the figure to a file; the ending says in which format."""
        self.figure.savefig(path, bbox_inches="tight", dpi=150)

    def _repr_html_(self):
        data = base64.b64encode(self.svg().encode()).decode()
        alt = escape(self.alt)
        width = self.figure.get_size_inches()[0] * 6.2  # rem: as large as its own letters need, and no larger
        return (
            f'<figure style="margin:0;background:#fff;color:{FAINT}">'
            f'<img alt="{alt}" style="width:100%;max-width:{width:.0f}rem" '
            f'src="data:image/svg+xml;base64,{data}">'
            f"<details><summary>{escape(say('plots.words'))}</summary><figcaption>{alt}</figcaption></details>"
            f"</figure>"
        )


def new_axes(width=9.0, height=5.0, columns=1, **options):
    """A figure and its axes, outside pyplot so that nothing is shown twice or kept in memory."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots(1, columns, squeeze=False, **options)[0]
    for ax in axes:
        style(ax)
    return figure, axes


def style(ax) -> None:
    """Large, plain and quiet: readable from the back of a room."""
    ax.tick_params(labelsize=13, colors=INK)
    ax.grid(color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)


def label(ax, title="", x="", y="") -> None:
    ax.set_title(title, fontsize=16, loc="left", color=INK)
    ax.set_xlabel(x, fontsize=14, color=INK)
    ax.set_ylabel(y, fontsize=14, color=INK)


def segregation_curves(tables: dict, focal=None, ax=None) -> Picture:
    """The segregation curve of one or more tables, the greatest gap (D) marked on each.

    tables : name → counts. focal : as for `dissimilarity`.
    """
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(7.5, 6.5)
    ax.plot([0, 1], [0, 1], color=FAINT, linewidth=1.5)
    ax.annotate(
        say("plots.curve.even"),
        (0.30, 0.30),
        (0.27, 0.34),
        rotation=45,
        fontsize=13,
        color=FAINT,
        rotation_mode="anchor",
    )
    said = []
    for i, (name, counts) in enumerate(tables.items()):
        curve = segregation_curve(counts, focal)
        colour = COLOURS[i % len(COLOURS)]
        ax.plot(
            curve.others,
            curve.focal,
            color=colour,
            linewidth=3,
            linestyle=DASHES[i % 6],
            marker=MARKS[i % 6],
            markersize=7,
            label=say("plots.curve.label", name=name, d=curve.dissimilarity, g=curve.gini),
        )
        at = int((curve.others - curve.focal).argmax())
        ax.plot(
            [curve.others[at]] * 2,
            [curve.focal[at], curve.others[at]],
            color=colour,
            linewidth=2,
            linestyle=":",
        )
        said.append(say("plots.curve.label", name=name, d=curve.dissimilarity, g=curve.gini))
    label(ax, say("plots.curve.title"), say("plots.curve.x"), say("plots.curve.y"))
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.legend(fontsize=13, frameon=False, loc="upper left")
    return Picture(figure, say("plots.curve.alt", said="; ".join(said)))


def towns_compared(tables: dict, indices=COMPARED, focal=None, ax=None) -> Picture:
    """Several indices of several tables side by side, so that one sees where they part."""
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(9.5, 5)
    width, said = 0.8 / len(tables), []
    for i, (name, counts) in enumerate(tables.items()):
        values = [INDICES[index](counts, focal) for index in indices]
        at = np.arange(len(indices)) + (i - (len(tables) - 1) / 2) * width
        bars = ax.bar(
            at,
            values,
            width * 0.92,
            color=COLOURS[i % len(COLOURS)],
            label=name,
            hatch=("", "//", "..", "xx")[i % 4],
            edgecolor="white",
        )
        ax.bar_label(bars, [f"{v:.2f}" for v in values], fontsize=13, padding=2)
        said.append(
            name
            + ": "
            + ", ".join(f"{say('index.' + k)} {v:.2f}" for k, v in zip(indices, values, strict=True))
        )
    names = [f"{INDICES[i].symbol}\n{fill(say('index.' + i), 14)}" for i in indices]
    ax.set_xticks(range(len(indices)), names, fontsize=12)
    ax.grid(axis="x", visible=False)
    label(ax, say("plots.towns.title"), "", say("plots.value"))
    ax.set_ylim(0, 1.08)
    ax.legend(fontsize=13, frameon=False)
    return Picture(figure, say("plots.towns.alt", said="; ".join(said)))


def over_time(series: dict, years, title="", chance: dict | None = None, ax=None) -> Picture:
    """Numbers year by year, one line for each name; `chance`, where given, is what chance alone would give,
    in grey."""
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(9, 5)
    years, said = list(years), []
    for i, (name, values) in enumerate(series.items()):
        ax.plot(
            years,
            values,
            color=COLOURS[i % len(COLOURS)],
            linewidth=3,
            linestyle=DASHES[i % 6],
            marker=MARKS[i % 6],
            markersize=9,
            label=name,
        )
        ax.annotate(
            f"{values[-1]:.2f}",
            (years[-1], values[-1]),
            (8, 0),
            textcoords="offset points",
            fontsize=13,
            va="center",
        )
        said.append(say("plots.time.said", name=name, first=values[0], last=values[-1]))
        if chance and name in chance:
            ax.plot(years, chance[name], color=FAINT, linewidth=1.5, linestyle=DASHES[i % 6])
    if chance:
        ax.plot([], [], color=FAINT, linewidth=1.5, label=say("plots.chance"))
    ax.set_xticks(years, [str(y) for y in years])
    label(ax, title, say("plots.year"), say("plots.value"))
    ax.set_ylim(0, 1.15 * ax.get_ylim()[1])
    ax.legend(fontsize=13, frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)
    return Picture(
        figure, say("plots.time.alt", title=title, first=years[0], last=years[-1], said="; ".join(said))
    )


def contributions(counts, units=None, focal=None, most=12, title="", ax=None) -> Picture:
    """Each school's part of D, the largest first: schools with more of the group than the whole, and with
    less; the rest of the schools together as one bar."""
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(9.5, 6)
    n = table(counts)
    x, t = n[:, focal_column(counts, n, focal)], n.sum(1)
    parts = contribution(counts, focal)
    names = [str(i + 1) for i in range(len(t))] if units is None else [str(u) for u in units]
    order = np.argsort(-parts, kind="stable")
    more = x * t.sum() > t * x.sum()
    bars = [(names[i], parts[i], "more" if more[i] else "less") for i in order[:most]]
    if len(parts) > most:
        bars.append((say("plots.rest", n=len(parts) - most), parts[order[most:]].sum(), "rest"))
    looks = {"more": (COLOURS[0], ""), "less": (COLOURS[1], "//"), "rest": (FAINT, "")}
    for kind, (colour, hatch) in looks.items():
        at = [k for k, bar in enumerate(bars) if bar[2] == kind]
        values = [bars[k][1] for k in at]
        said = {"label": say(f"plots.contributions.{kind}")} if kind != "rest" else {}
        drawn = ax.barh(at, values, color=colour, hatch=hatch, edgecolor="white", **said)
        ax.bar_label(drawn, [f"{v:.0%}" for v in values], fontsize=13, padding=3)
    ax.set_yticks(range(len(bars)), [bar[0] for bar in bars], fontsize=13)
    ax.invert_yaxis()
    ax.xaxis.set_major_formatter(lambda v, _: f"{v:.0%}")
    ax.grid(axis="y", visible=False)
    label(ax, title or say("plots.contributions.title"), say("plots.contributions.x"), "")
    ax.legend(fontsize=13, frameon=False, loc="lower right")
    said = ", ".join(f"{name} {v:.0%} ({say(f'plots.contributions.{kind}')})" for name, v, kind in bars)
    return Picture(figure, say("plots.contributions.alt", said=said))


def shares(counts, units=None, focal=None, title="", ax=None) -> Picture:
    """The focal group's share in each school, each bar as wide as the school is large; the town's share as a
    line."""
    figure, (ax,) = (ax.figure, [ax]) if ax is not None else new_axes(9, 4.5)
    n = table(counts)
    x, t = n[:, focal_column(counts, n, focal)], n.sum(1)
    order = np.argsort(-x / np.maximum(t, 1), kind="stable")
    left = np.concatenate([[0], t[order].cumsum()[:-1]])
    p = x[order] / np.maximum(t[order], 1)
    bar = {"align": "edge", "edgecolor": "white", "linewidth": 1}
    ax.bar(left, p, t[order], color=COLOURS[0], label=say("plots.shares.group"), **bar)
    ax.bar(
        left, 1 - p, t[order], bottom=p, color="#a9cfe6", hatch="//", label=say("plots.shares.others"), **bar
    )
    P = x.sum() / t.sum()
    ax.axhline(P, color=INK, linewidth=2, linestyle="--")
    ax.annotate(
        say("plots.shares.whole", share=P),
        (t.sum(), P),
        (-6, 6),
        textcoords="offset points",
        ha="right",
        fontsize=13,
        color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 2},
    )
    ax.yaxis.set_major_formatter(lambda v, _: f"{v:.0%}")
    ax.set(ylim=(0, 1), xlim=(0, t.sum()))
    label(ax, title, say("plots.shares.x"), say("plots.shares.y"))
    names = [str(i + 1) for i in range(len(t))] if units is None else [str(u) for u in units]
    for i, start in zip(order, left, strict=True):
        if t[i] > 0.035 * t.sum():  # narrower bars have no room for a name
            ax.text(
                start + t[i] / 2, 0.97, names[i], rotation=90, ha="center", va="top", fontsize=11, color=INK
            )
    ax.legend(fontsize=13, frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2)
    said = ", ".join(f"{names[i]} {x[i] / max(t[i], 1):.0%}" for i in order[:12])
    return Picture(figure, say("plots.shares.alt", share=P, said=said))


# ── pictures of facts ───────────────────────────────────────────────────────────────────────────────

NATION = {"norway": (COLOURS[1], "s"), "italy": (COLOURS[2], "^"), "spain": (COLOURS[0], "o")}
OTHER_NATION = (INK, "D")
SMALL = 12.5  # points, for sources: a figure is shown half as large again as its points say


def source_line(figure, text: str) -> None:
    """Who says so, small, under the whole figure."""
    figure.supxlabel(text, fontsize=SMALL, color=FAINT, x=0.01, ha="left")


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
    said = [
        f"{one.name}: " + ", ".join(f"{year} {one.at(year):.1f}" for year in one.years[::3]) for one in series
    ]
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
            [f"{value:.1f}"],
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
        said=", ".join(f"{facts.place(country)} {value:.1f}" for country, value in bars),
        mean=facts.EURO_AREA,
        trap=listed(facts.place(country) for country in facts.COUNTED_AS_PUBLIC),
        source=source,
    )
    return Picture(figure, alt)


def two_readings(readings) -> Picture:
    """One series read twice: where each line ends, and by how much it moved compared with chance.

    readings : what `segkit.surveys.two_readings` gives.
    """
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
    right.xaxis.set_major_formatter(lambda v, _: f"{v:+.2f}".replace("-", "−") if v else "0")
    label(right, say("plots.readings.second", **counted), say("plots.readings.x"), "")
    right.legend(fontsize=13, frameon=False, loc="lower right")
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


def tipping(sweep, show="index") -> Picture:
    """Where it tips: a heat map of a sweep, the wish across and the share of empty cells up.

    show : "index", "alike", "dissimilarity", "settled" or "moves". Several compositions stand side by side;
    with one fullness only, they go up instead. Settings where no run settled are hatched: what they show is where
    they were stopped.
    """
    plan, values, settled = sweep.plan, sweep.mean(show), sweep.mean("settled")
    if len(plan.full) == 1 < len(plan.composition):
        upward, heights = "composition", plan.composition
        panels = [(None, values[:, 0].T, settled[:, 0].T)]
    else:  # emptiness grows upwards, fullness was counted from the least
        upward, heights = "empty", [1 - full for full in reversed(plan.full)]
        mixes = plan.composition if len(plan.composition) > 1 else [None]
        panels = [(mix, values[:, ::-1, k].T, settled[:, ::-1, k].T) for k, mix in enumerate(mixes)]
    figure, axes = new_axes(2.6 + 6.4 * len(panels), 5.2, len(panels), sharey=True)
    shade, few = heat(show, values), len(plan.least) <= 18 and len(heights) <= 12
    for ax, (mix, z, ended) in zip(axes, panels, strict=True):
        drawn = ax.pcolormesh(np.ma.masked_invalid(z), edgecolors="white", linewidth=0.5, **shade)
        hatch(ax, ended == 0)
        for axis, there in ((ax.xaxis, plan.least), (ax.yaxis, heights)):
            every = max(1, -(-len(there) // 12))
            axis.set_ticks(np.arange(len(there))[::every] + 0.5, [written(s) for s in there[::every]])
        ax.tick_params(length=0)
        title = "" if mix is None else say("plots.tipping.mix", mix=written(mix))
        label(ax, title, say("plots.tipping.x"), say(f"plots.tipping.y.{upward}") if ax is axes[0] else "")
        if few:
            write_cells(ax, z, ended == 0, drawn.norm, show)
    bar = figure.colorbar(drawn, ax=list(axes), pad=0.02)
    bar.set_label(say(f"plots.tipping.{show}"), fontsize=13, color=INK)
    bar.ax.tick_params(labelsize=12)
    figure.suptitle(say(f"plots.tipping.title.{show}"), fontsize=16, x=0.01, ha="left", color=INK)
    notes = [say("plots.tipping.boards", repeats=plan.repeats, rows=plan.size[0], columns=plan.size[1])]
    if (settled == 0).any():
        notes.append(say("plots.tipping.hatched", moves=plan.max_moves))
    if sweep.stopped:
        notes.append(say("plots.tipping.stopped", n=int(sweep.played.sum()), all=len(plan)))
    figure.supxlabel("  ".join(notes), fontsize=12, x=0.01, ha="left", color=FAINT)
    return Picture(figure, tipping_said(panels, plan.least, heights, show, upward, notes))


def hatch(ax, where) -> None:
    """Strokes over some cells of a heat map, so that they are told apart without colour."""
    from matplotlib.patches import Rectangle

    ax.grid(visible=False)
    for i, j in np.argwhere(where):
        ax.add_patch(Rectangle((j, i), 1, 1, fill=False, hatch="////", edgecolor=INK, linewidth=0))


def write_cells(ax, z, hatched, norm, show) -> None:
    """Each cell's number in it, readable on its colour."""
    for (i, j), value in np.ndenumerate(z):
        if np.isfinite(value):
            text = f"{value:,.0f}" if show == "moves" else f"{value:.2f}"
            size = 12 if z.shape[1] <= 12 else 9 if show == "moves" else 11
            look = {"fontsize": size, "ha": "center", "va": "center"}
            if hatched[i, j]:
                look["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1}
            light = norm(value) > 0.5 or hatched[i, j]
            ax.text(j + 0.5, i + 0.5, text, color=INK if light else "white", **look)


def heat(show: str, values) -> dict:
    """How a number becomes a colour: cividis, which everybody sees alike; moves by powers of ten."""
    from matplotlib.colors import LogNorm, Normalize

    there = values[np.isfinite(values)]
    if show == "moves":
        return {"cmap": "cividis", "norm": LogNorm(1, max(10.0, there.max(initial=10.0)))}
    return {"cmap": "cividis", "norm": Normalize(min(0.0, there.min(initial=0.0)), 1)}


def tipping_said(panels, wishes, heights, show, upward, notes) -> str:
    """A heat map in words: its lowest, middle and highest row, some nine wishes of each."""
    rows = sorted({0, len(heights) // 2, len(heights) - 1})
    across = sorted({round(j) for j in np.linspace(0, len(wishes) - 1, min(9, len(wishes)))})
    said = []
    for mix, z, ended in panels:
        said += [] if mix is None else [say("plots.tipping.mix", mix=written(mix)) + "."]
        for i in rows:
            row = [f"{written(wishes[j])}: {cell_said(z[i, j], ended[i, j])}" for j in across]
            row = listed(row, most=9)
            said.append(say(f"plots.tipping.row.{upward}", share=written(heights[i]), row=row))
    about = {"title": say(f"plots.tipping.title.{show}"), "what": say(f"plots.tipping.{show}")}
    return say("plots.tipping.alt", said=" ".join(said), notes=" ".join(notes), **about)


def cell_said(value, settled) -> str:
    """A cell of a heat map, read aloud."""
    said = say("plots.tipping.nothing") if value != value else f"{value:,.2f}".rstrip("0").rstrip(".")
    return say("plots.tipping.never", value=said) if settled == 0 else said

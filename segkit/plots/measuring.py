"""The pictures of Unit 2.2: curves, indices side by side, years, and each school's part."""

from textwrap import fill

import numpy as np

from segkit.decompose import segregation_curve
from segkit.indices import contribution
from segkit.indices.shelf import INDICES, focal_column, table
from segkit.plots.picture import COLOURS, DASHES, FAINT, INK, MARKS, Picture, label, new_axes
from segkit.words import listed, number, say

COMPARED = ("dissimilarity", "gini", "information", "hutchens", "atkinson", "correlation_ratio")


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
            clip_on=False,  # along the edges, too, a line is as wide as it is
            zorder=3,
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
        ax.bar_label(bars, [number(v, ".2f") for v in values], fontsize=13, padding=2)
        said.append(
            name
            + ": "
            + listed(
                (f"{say('index.' + k)} {number(v, '.2f')}" for k, v in zip(indices, values, strict=True)),
                most=99,
            )
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
            number(values[-1], ".2f"),
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
        ax.bar_label(drawn, [number(v, ".0%") for v in values], fontsize=13, padding=3)
    ax.set_yticks(range(len(bars)), [bar[0] for bar in bars], fontsize=13)
    ax.invert_yaxis()
    ax.xaxis.set_major_formatter(lambda v, _: number(v, ".0%"))
    ax.grid(axis="y", visible=False)
    label(ax, title or say("plots.contributions.title"), say("plots.contributions.x"), "")
    ax.legend(fontsize=13, frameon=False, loc="lower right")
    said = listed(
        (f"{name} {number(v, '.0%')} ({say(f'plots.contributions.{kind}')})" for name, v, kind in bars),
        most=99,
    )
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
    ax.yaxis.set_major_formatter(lambda v, _: number(v, ".0%"))
    ax.set(ylim=(0, 1), xlim=(0, t.sum()))
    label(ax, title, say("plots.shares.x"), say("plots.shares.y"))
    names = [str(i + 1) for i in range(len(t))] if units is None else [str(u) for u in units]
    for i, start in zip(order, left, strict=True):
        if t[i] > 0.035 * t.sum():  # narrower bars have no room for a name
            ax.text(
                start + t[i] / 2, 0.97, names[i], rotation=90, ha="center", va="top", fontsize=11, color=INK
            )
    ax.legend(fontsize=13, frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2)
    said = listed((f"{names[i]} {number(x[i] / max(t[i], 1), '.0%')}" for i in order), most=12)
    return Picture(figure, say("plots.shares.alt", share=P, said=said))

"""The picture of a sweep: where a board tips from mixed to apart."""

import numpy as np

from segkit.plots.picture import FAINT, INK, Picture, label, new_axes
from segkit.sweeps import written
from segkit.words import listed, say


def tipping(sweep, show="index") -> Picture:
    """Where it tips: a heat map of a sweep, the wish across and the share of empty cells up.

    show : "index", "alike", "dissimilarity", "settled" or "moves". Several compositions stand side by side;
    with one fullness only, they go up instead. Settings where no run settled are hatched: what they show is
    where they were stopped.
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

"""The picture of a sweep: where a board tips from mixed to apart."""

import numpy as np

from segkit.plots.picture import FAINT, INK, Picture, label, new_axes
from segkit.sweeps import left, written
from segkit.words import listed, number, say


def tipping(sweep, show="index") -> Picture:
    """Where it tips: a heat map of a sweep, the wish across and the share of empty cells up.

    show : "index", "alike", "dissimilarity", "settled" or "moves". Several compositions stand side by side;
    with one fullness only, they go up instead. Settings where no run settled are striped, those where
    only some did have a dot: what they show is, wholly or in part, where boards were stopped.
    """
    plan, values, settled = sweep.plan, sweep.mean(show), sweep.mean("settled")
    if len(plan.full) == 1 < len(plan.composition):
        upward, heights = "composition", plan.composition
        panels = [(None, values[:, 0].T, settled[:, 0].T)]
    else:  # emptiness grows upwards, fullness was counted from the least
        upward, heights = "empty", [1 - full for full in reversed(plan.full)]
        mixes = plan.composition if len(plan.composition) > 1 else [None]
        panels = [(mix, values[:, ::-1, k].T, settled[:, ::-1, k].T) for k, mix in enumerate(mixes)]
    notes = [say("plots.tipping.boards", repeats=plan.repeats, rows=plan.size[0], columns=plan.size[1])]
    if (settled == 0).any():
        why = left(sweep.ended[settled == 0][sweep.played[settled == 0]])
        notes.append(say(f"plots.tipping.none.{why}", moves=plan.max_moves))
    if ((settled > 0) & (settled < 1)).any():
        notes.append(say("plots.tipping.some.moves" if show == "moves" else "plots.tipping.some"))
    if sweep.stopped:
        notes.append(say("plots.tipping.stopped", n=int(sweep.played.sum()), all=len(plan)))
    figure, axes = new_axes(2.6 + 6.4 * len(panels), 5 + 0.22 * len(notes), len(panels), sharey=True)
    shade, few = heat(show, values), len(plan.least) <= 18 and len(heights) <= 12
    for ax, (mix, z, ended) in zip(axes, panels, strict=True):
        drawn = ax.pcolormesh(np.ma.masked_invalid(z), edgecolors="white", linewidth=0.5, **shade)
        stripe(ax, ended == 0)
        dot(ax, (ended > 0) & (ended < 1))
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
    figure.supxlabel("\n".join(notes), fontsize=12, x=0.01, ha="left", color=FAINT)
    return Picture(figure, tipping_said(panels, plan.least, heights, show, upward, notes))


def stripe(ax, where) -> None:
    """Strokes over some cells of a heat map, so that they are told apart without colour.

    Each is dark within white: it is seen on every colour.
    """
    from matplotlib.collections import LineCollection

    ax.grid(visible=False)
    ends = np.array([[(0, 0.5), (0.5, 0)], [(0, 1), (1, 0)], [(0.5, 1), (1, 0.5)]])
    lines = (np.argwhere(where)[:, None, None, ::-1] + ends).reshape(-1, 2, 2)
    for width, colour in ((2.6, "white"), (1.0, INK)):
        ax.add_collection(LineCollection(lines, linewidths=width, colors=colour, capstyle="butt"))


def dot(ax, where) -> None:
    """A dot in the corner of some cells, dark within white, and never larger than the corner."""
    i, j = np.nonzero(where)
    across, up = CELLS_IN_POINTS / np.array(where.shape[::-1])
    side = min(8.0, 0.3 * min(across, up))
    right, high = j + 1 - side / across, i + 1 - side / up
    edge = side / 6
    ax.scatter(right, high, s=(side - edge) ** 2, color=INK, edgecolors="white", linewidths=edge, zorder=3)


CELLS_IN_POINTS = np.array([450, 280])  # about how wide and how high the cells of one panel are, together


def write_cells(ax, z, striped, norm, show) -> None:
    """Each cell's number in it, readable on its colour."""
    texts = {
        at: number(value, ",.0f") if show == "moves" else signed(value)
        for at, value in np.ndenumerate(z)
        if np.isfinite(value)
    }
    longest = max(map(len, texts.values()), default=4)
    size = min(12.0, CELLS_IN_POINTS[0] / z.shape[1] / longest / 0.55)
    for (i, j), text in texts.items():
        look = {"fontsize": size, "ha": "center", "va": "center"}
        if striped[i, j]:
            look["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        light = norm(z[i, j]) > 0.5 or striped[i, j]
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
    """A cell of a heat map, read aloud; where not all settled, how many did."""
    said = say("plots.tipping.nothing") if value != value else trimmed(value)
    if settled == 0:
        return say("plots.tipping.cell.none", value=said)
    return say("plots.tipping.cell.some", value=said, share=settled) if settled < 1 else said


def trimmed(value: float) -> str:
    """A number without the zeros it can do without.

    >>> trimmed(1416.5), trimmed(0.2), trimmed(-0.03)
    ('1,416.5', '0.2', '−0.03')
    """
    return signed(value).rstrip("0").rstrip(".")


def signed(value: float) -> str:
    """Two decimals, and a minus as long as a plus.

    >>> signed(-0.031), signed(-0.001)
    ('−0.03', '0.00')
    """
    return number(round(value, 2) + 0, ",.2f").replace("-", "−")

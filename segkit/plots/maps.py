"""The maps of a territory: zones, schools and the ways between them, in classes, with scale and north.

The zones come as GeoJSON geometries in degrees; a map is drawn in kilometres around its own middle, which is
true to a hair for a town. No tiles and no network: only the outlines of the file.
"""

from __future__ import annotations

from textwrap import fill

import numpy as np

from segkit.indices.shelf import CannotBeAssessed
from segkit.plots.picture import COLOURS, FAINT, INK, Picture, label, new_axes, style
from segkit.plots.territory import (
    DOTS,
    FILLS,
    NOT_SHOWN,
    SECTOR_LOOKS,
    SIGNS,
    Classes,
    Seen,
    classes,
    grouped,
    legend_below,
    per_cent,
    plain,
    seen,
    short,
)
from segkit.territory import WHOLE
from segkit.words import number, say, sector_name

KM = 111.32  # kilometres in a degree of latitude
MOST_ARROWS = 24  # the largest ways; more would hide each other
PALE, EDGE = "#f1efe8", "#77756b"
WAYS = (10, 25, 50, 100)  # pupils: the classes of the ways between zones; fewer are not drawn


# --- outlines


def outlines(frame) -> dict[str, list]:
    """From each zone that has an outline to its rings, in degrees: the first of each part is its outside."""
    found = {}
    for zone, geometry in zip(frame["zone"], frame["geometry"], strict=True):
        if geometry is None:
            continue
        parts = geometry.get("coordinates") or []
        parts = [parts] if geometry.get("type") == "Polygon" else parts
        rings = [[np.asarray(ring, float)[:, :2] for ring in part] for part in parts if part]
        if rings:
            found[zone] = rings
    if not found:
        raise CannotBeAssessed(say("plots.place.no_map"))
    return found


class Ground:
    """From degrees to kilometres around the middle of the map."""

    def __init__(self, rings):
        every = np.concatenate([part[0] for parts in rings.values() for part in parts])
        self.low, self.high = every.min(0), every.max(0)
        self.middle = (self.low + self.high) / 2
        self.squeeze = np.cos(np.radians(self.middle[1]))

    def km(self, points) -> np.ndarray:
        points = np.asarray(points, float).reshape(-1, 2)
        return (points - self.middle) * KM * [self.squeeze, 1]

    @property
    def width(self) -> float:
        return float((self.high - self.low)[0] * KM * self.squeeze)

    @property
    def height(self) -> float:
        return float((self.high - self.low)[1] * KM)


def middle_of(parts, ground, away=()) -> np.ndarray:
    """A point inside the zone's largest part, away from its edges and from these points: room to write."""
    import shapely

    kilometres = [[ground.km(ring) for ring in part] for part in parts]
    shapes = [shapely.Polygon(part[0], part[1:]).buffer(0) for part in kilometres]
    largest = max(shapes, key=lambda shape: shape.area)
    x0, y0, x1, y1 = largest.bounds
    across, up = np.meshgrid(np.linspace(x0, x1, 23)[1:-1], np.linspace(y0, y1, 23)[1:-1])
    points = shapely.points(across.ravel(), up.ravel())
    points = points[shapely.contains(largest, points)]
    if not len(points):
        return np.asarray(largest.representative_point().coords[0])
    room = shapely.distance(points, largest.exterior)
    if len(away):
        room = np.minimum(room, 0.8 * shapely.distance(points, shapely.MultiPoint(ground.km(away))))
    return np.asarray(points[int(room.argmax())].coords[0])


def draw_zone(ax, parts, ground, **look) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for part in parts:
        paths = [Path(ground.km(ring), closed=True) for ring in part]
        ax.add_patch(PathPatch(Path.make_compound_path(*paths), clip_on=False, **look))


def map_axes(ground, columns=1, ax=None):
    """Axes as wide and high as the ground asks for."""
    if ax is not None:
        figure, axes = ax.figure, [ax]
    else:
        tall = float(np.clip(ground.height / max(ground.width, 1e-9), 0.45, 1.3))
        if columns == 2 and tall < 0.62:  # a long and low town: one map below the other
            figure, axes = one_below_the_other(9.2, 2 * 9.2 * tall + 2.2)
        else:
            wide = 10.2 if columns == 2 else min(9.0, 5.6 / tall + 1.5)
            figure, axes = new_axes(wide, min(wide / columns * tall, 6.4) + 1.9, columns)
    for one in axes:
        one.set_aspect("equal")
        one.set(xticks=[], yticks=[])
        one.grid(False)
        for side in one.spines.values():
            side.set_visible(False)
        w, h = max(ground.width, 0.1), max(ground.height, 0.1)
        one.set_xlim(-0.53 * w, 0.53 * w)
        one.set_ylim(-0.62 * h, 0.53 * h)
    return figure, axes


def one_below_the_other(width, height):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, list(figure.subplots(2, 1))


def scale_and_north(ax, ground) -> None:
    """A bar of a round length and an arrow towards the north, below the map."""
    w, h = max(ground.width, 0.1), max(ground.height, 0.1)
    power = 10.0 ** np.floor(np.log10(w / 4))
    length = max(step * power for step in (1, 2, 5) if step * power <= w / 4)
    text = say("plots.place.map.scale", km=length)
    if length < 1:
        text = say("plots.place.map.scale.m", m=round(1000 * length))
    x, y = -0.5 * w, -0.58 * h
    ax.plot([x, x + length], [y, y], color=INK, linewidth=4, solid_capstyle="butt")
    ax.text(x + length, y, f"  {text}", fontsize=13, va="center", color=INK)
    ax.annotate(
        "",
        (0.5 * w, -0.52 * h),
        (0.5 * w, -0.61 * h),
        arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 2},
    )
    ax.text(0.48 * w, y, say("plots.place.map.north"), fontsize=14, ha="right", va="center", color=INK)


def written(ax, at, sign, name, size) -> None:
    """What is written in a zone: its class as a sign, its name under it."""
    from matplotlib.patheffects import withStroke

    text = "\n".join(filter(None, [sign, fill(short(name, 24), 13)]))
    look = {"fontsize": size, "ha": "center", "va": "center", "color": INK, "linespacing": 1.0}
    ax.annotate(text, at, **look, path_effects=[withStroke(linewidth=3.5, foreground="white")], zorder=4)


# --- where they live, where they learn


def zone_map(view, year=None, level=None, grouping=None, of="both", ax=None) -> Picture:
    """A map of the zones and the schools, in classes against the whole's share.

    of : "residents" (zones filled by who lives there), "schools" (a mark for each school, by who learns
    there), "both" of them side by side, or "supply" (schools by sector and size).
    """
    if of == "supply":
        return supply_map(view, year, level, grouping, ax)
    one = grouped(view, year, level, grouping)
    rings = outlines(one.territory.zones)
    ground = Ground(rings)
    sides = {"both": ("residents", "schools")}.get(of, (of,))
    if of == "both" and not one.territory.has("residents"):
        sides = ("schools",)
    figure, axes = map_axes(ground, len(sides), ax)
    said, whole = [], None
    for side, panel in zip(sides, axes, strict=True):
        draw = live_on if side == "residents" else learn_on
        kinds, words = draw(panel, one, rings, ground)
        whole = kinds.said
        title = say(f"plots.place.map.{side}", group=plain(one.focal))
        label(panel, title)
        scale_and_north(panel, ground)
        said.append(f"{title}: {'; '.join(words)}")
    class_legend(figure, kinds, one)
    title = one.title("plots.place.where")
    if ax is None:
        figure.suptitle(title, fontsize=16, x=0.01, ha="left", color=INK)
    return Picture(figure, say("plots.place.map.alt", title=title, said=". ".join(said), whole=whole))


def live_on(ax, one: Seen, rings, ground) -> tuple[Classes, list[str]]:
    """Zones filled by the class of the group's share among the children who live there."""
    shares, kinds, names = one.shares("residents"), classes(one, "residents"), one.names("residents")
    said, size = [], letters(rings)
    for zone, parts in rings.items():
        share = shares.get(zone, float("nan"))
        if np.isnan(share):
            draw_zone(ax, parts, ground, facecolor="white", edgecolor="#8a8a84", hatch="///", linewidth=1)
            written(ax, middle_of(parts, ground), "", names[zone], size)
            said.append(f"{names[zone]} {say('plots.place.not_shown')}")
            continue
        k = kinds.of(share)
        draw_zone(ax, parts, ground, facecolor=FILLS[k], edgecolor=EDGE, linewidth=1.2)
        written(ax, middle_of(parts, ground), SIGNS[k], names[zone], size)
        said.append(f"{names[zone]} {kinds.text(k)}")
    return kinds, said


def learn_on(ax, one: Seen, rings, ground) -> tuple[Classes, list[str]]:
    """A mark for each school by the class of the group's share among its pupils."""
    shares, kinds, names = one.shares(), classes(one), one.names()
    for parts in rings.values():
        draw_zone(ax, parts, ground, facecolor=PALE, edgecolor=EDGE, linewidth=1)
    places, said = places_of(one), []
    for school, share in shares.items():
        if np.isnan(share):
            look = {"marker": "X", "s": 90, "facecolor": "white", "edgecolor": INK}
            said.append(f"{names[school]} {say('plots.place.not_shown')}")
        else:
            colour, mark, wide = DOTS[kinds.of(share)]
            look = {"marker": mark, "s": wide**2, "facecolor": colour, "edgecolor": INK}
            said.append(f"{names[school]} {kinds.text(kinds.of(share))}")
        if school in places:
            ax.scatter(*ground.km(places[school])[0], linewidth=1.2, zorder=5, **look)
    return kinds, said


def places_of(one: Seen) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of the schools that have them."""
    schools = one.territory.schools
    here = schools["lat"].notna() & schools["lon"].notna()
    found = schools[here]
    if not len(found):
        raise CannotBeAssessed(say("plots.place.no_places"))
    return {s: (x, y) for s, x, y in zip(found["school"], found["lon"], found["lat"], strict=True)}


def letters(rings) -> float:
    return float(np.clip(14.5 - 0.2 * len(rings), 11, 13))


def class_legend(figure, kinds: Classes, one: Seen) -> None:
    """The classes: as a zone is filled, as a school is marked, and in words."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = []
    for k in kinds.there:
        colour, mark, wide = DOTS[k]
        zone = Patch(facecolor=FILLS[k], edgecolor=EDGE)
        dot = Line2D([], [], marker=mark, color="none", markerfacecolor=colour, markeredgecolor=INK)
        dot.set_markersize(wide * 0.8)
        handles.append(((zone, dot), f"{SIGNS[k]}   {kinds.text(k)}"))
    no_zone = Patch(facecolor="white", edgecolor="#8a8a84", hatch="////")
    no_dot = Line2D(
        [], [], marker="X", color="none", markerfacecolor="white", markeredgecolor=INK, markersize=9
    )
    if not one.view.whole:
        handles.append(((no_zone, no_dot), say("plots.place.not_shown.few")))
    pairs_legend(figure, handles, say("plots.place.map.key", group=plain(one.focal), whole=kinds.said))


def pairs_legend(figure, handles, title, columns=2) -> None:
    from matplotlib.legend_handler import HandlerTuple

    figure.legend(
        [pair for pair, _ in handles],
        [text for _, text in handles],
        handler_map={tuple: HandlerTuple(ndivide=None)},
        title=title,
        title_fontsize=14,
        alignment="left",
        fontsize=13,
        frameon=False,
        handlelength=4,
        loc="outside lower center",
        ncols=columns,
    )


# --- which schools are where


def supply_map(view, year=None, level=None, grouping=None, ax=None) -> Picture:
    """Schools by sector, a larger mark for more places, on the outlines of the zones."""
    one = seen(view, year, level, grouping)
    rings, places, names = outlines(one.territory.zones), places_of(one), one.names("residents")
    ground = Ground(rings)
    figure, (ax,) = map_axes(ground, ax=ax)
    schools = one.territory.schools
    here = set(one.territory.cells(one.year, one.level, one.grouping).units)
    schools = schools[schools["school"].isin(here)]
    marks = [places[code] for code in schools["school"] if code in places]
    for zone, parts in rings.items():
        draw_zone(ax, parts, ground, facecolor=PALE, edgecolor=EDGE, linewidth=1)
        written(ax, middle_of(parts, ground, marks), "", names[zone], letters(rings) - 0.5)
    room = schools["capacity"].astype("float").fillna(0).to_numpy()
    most = max(room.max(initial=0), 1)
    for code, sector, size in zip(schools["school"], schools["sector"], room, strict=True):
        if code in places:
            colour, mark, _ = SECTOR_LOOKS[sector or "other"]
            area = 60 + 340 * size / most
            look = {"marker": mark, "s": area, "color": colour, "edgecolor": "white", "linewidth": 1.2}
            ax.scatter(*ground.km(places[code])[0], alpha=0.9, zorder=5, **look)
    for sector in one.territory.sectors:
        colour, mark, _ = SECTOR_LOOKS[sector]
        ax.scatter([], [], marker=mark, s=170, color=colour, edgecolor="white", label=sector_name(sector))
    if room.any():
        for size in sorted({int(-(-most / 4 // 10) * 10), int(most // 10 * 10)}):
            text = say("plots.place.map.places", n=size)
            ax.scatter([], [], marker="o", s=60 + 340 * size / most, color="white", edgecolor=INK, label=text)
    label(ax, one.title("plots.place.map.supply"))
    scale_and_north(ax, ground)
    legend_below(ax, columns=4)
    by_zone = schools.groupby(["zone", "sector"], sort=False).size()
    said = "; ".join(
        say("plots.place.map.supply.of", zone=names.get(zone, zone), n=str(n), sector=sector_name(sector))
        for (zone, sector), n in by_zone.items()
    )
    title = one.title("plots.place.map.supply")
    return Picture(figure, say("plots.place.map.supply.alt", title=title, said=said))


# --- from home to school


def flows(view, year=None, level=None, grouping=None, ax=None) -> Picture:
    """From home to school: arrows between zones on the map, and how many of each zone stay.

    Only ways of at least ten pupils are drawn, in classes; a zone of which a way is hidden has no bar.
    """
    one = seen(view, year, level, grouping)
    ways, hidden, dark = ways_of(one)
    if ways.empty and not hidden:
        raise CannotBeAssessed(say("plots.place.no_flows"))
    try:
        rings = outlines(one.territory.zones) if ax is None else {}
    except CannotBeAssessed:
        rings = {}
    bars = bool(set(ways["zone"]) - set(hidden))  # else every zone has a way that is hidden
    if not (rings or bars):
        raise CannotBeAssessed(say("plots.place.flows.hidden"))
    right, undrawn = None, set()
    if rings:
        ground = Ground(rings)
        figure, (left, *rest) = map_axes(ground, 2 if bars else 1)
        drawn, undrawn = arrows(left, one, ways, rings, ground)
        right = rest[0] if rest else None
        if right is not None:
            style(right)
            bare_axes(right)
    else:
        drawn = named_ways(one, ways)
        if ax is None:
            figure, (right,) = new_axes(10, 2.2 + 0.42 * ways["zone"].nunique())
        else:
            figure, right = ax.figure, ax
    said = [say("plots.place.flows.hidden")] if right is None else staying(right, one, ways, hidden)
    figure.suptitle(one.title("plots.place.flows.title"), fontsize=16, x=0.01, ha="left", color=INK)
    handles, texts = [], []
    for panel in figure.axes:
        h, t = panel.get_legend_handles_labels()
        handles, texts = handles + h, texts + t
    if undrawn := undrawn | dark if rings else dark:
        handles.append(left_out())
        texts.append(say("plots.place.flows.small", n=len(undrawn)))
    figure.legend(handles, texts, fontsize=13, frameon=False, loc="outside lower center", ncols=2)
    alt = say(
        "plots.place.flows.alt",
        title=one.title("plots.place.flows.title"),
        said="; ".join(said),
        ways="; ".join(drawn[:6]) or "–",
    )
    return Picture(figure, alt)


def left_out():
    """A line of a legend without a mark."""
    from matplotlib.lines import Line2D

    return Line2D([], [], color="none")


def ways_of(one: Seen):
    """Pupils by zone of home and school, all groups together; how many ways of each zone are hidden; and
    between which zones all that is known is hidden.

    A way of which one group's number is hidden is hidden: what is left of it would not be the way.
    """
    rows = one.territory.flows
    rows = rows[rows["year"] == one.year]
    by = one.grouping if (rows["grouping"] == one.grouping).any() else WHOLE  # of everyone, if not by group
    rows = rows[rows["grouping"] == by]
    schools = one.territory.schools.set_index("school")
    if one.level is not None:
        levels = schools["level"].reindex(rows["school"]).to_numpy()
        rows = rows[np.isin(levels, ["", one.level])]
    rows = rows.assign(unknown=rows["n"].isna(), n=rows["n"].fillna(0).astype(int))
    ways = rows.groupby(["zone", "school"], sort=False, as_index=False)[["n", "unknown"]].sum()
    ways["to"] = schools["zone"].reindex(ways["school"]).fillna("").to_numpy()
    ways["sector"] = schools["sector"].reindex(ways["school"]).fillna("").to_numpy()
    hidden = ways[ways["unknown"] > 0].groupby("zone", sort=False).size().to_dict()
    known, dark = ways[ways["unknown"] == 0], ways[ways["unknown"] > 0]
    told = pairs_of(known[known["n"] > 0])
    return known, hidden, pairs_of(dark) - told


def pairs_of(ways) -> set:
    """From which zone to which other zone they lead."""
    apart = ways[(ways["zone"] != ways["to"]) & (ways["to"] != "")]
    return set(zip(apart["zone"], apart["to"], strict=True))


def between_zones(ways):
    moved = ways[(ways["zone"] != ways["to"]) & (ways["to"] != "")]
    moved = moved.groupby(["zone", "to"], sort=False, as_index=False)["n"].sum()
    return moved.sort_values("n", ascending=False, kind="stable")


def way_class(n: int, whole=True) -> str:
    """How many pupils go a way, as a class; only at least so many, where parts of ways may be hidden.

    >>> way_class(30)
    '25 to 49 pupils'
    """
    k = int(np.searchsorted(WAYS, n, side="right")) - 1
    if k == len(WAYS) - 1 or not whole:
        return say("plots.place.flows.class.last", low=WAYS[k])
    return say("plots.place.flows.class", low=WAYS[k], high=WAYS[k + 1] - 1)


def named_ways(one: Seen, ways) -> list[str]:
    names = one.names("residents")
    moved = between_zones(ways)
    return [
        say(
            "plots.place.flows.way",
            home=names.get(a, a),
            school=names.get(b, b),
            n=way_class(n, one.view.whole),
        )
        for a, b, n in moved.itertuples(index=False)
        if n >= WAYS[0]
    ]


def arrows(ax, one: Seen, ways, rings, ground) -> tuple[list[str], set]:
    """Arrows for the ways between zones, thicker for more pupils; in words, and the pairs left out."""
    middles = {zone: middle_of(parts, ground) for zone, parts in rings.items()}
    names, moved = one.names("residents"), between_zones(ways)
    for parts in rings.values():
        draw_zone(ax, parts, ground, facecolor=PALE, edgecolor=EDGE, linewidth=1)
    used = set()
    undrawn = set()
    for home, to, n in moved.itertuples(index=False):
        if n < WAYS[0] or home not in middles or to not in middles or len(used) >= MOST_ARROWS:
            if n:
                undrawn.add((home, to))
            continue
        k = int(np.searchsorted(WAYS, n, side="right")) - 1
        used.add((home, to, k))
        look = {"arrowstyle": f"-|>,head_length={0.5 + 0.12 * k},head_width={0.25 + 0.08 * k}"}
        look |= {"linewidth": (0.9, 2.2, 4.2, 6.8)[k], "connectionstyle": "arc3,rad=0.18"}
        look |= {"color": ("#9aa3a8", "#56B4E9", "#0072B2", "#D55E00")[k], "alpha": 0.85}
        look |= {"shrinkA": 9, "shrinkB": 9, "mutation_scale": 13}
        ax.annotate("", middles[to], middles[home], arrowprops=look, zorder=2 + k)
    for zone in rings:
        written(ax, middles[zone], "", names[zone], letters(rings) - 1)
    for k in sorted({k for *_, k in used}):
        look = {
            "linewidth": (0.9, 2.2, 4.2, 6.8)[k],
            "color": ("#9aa3a8", "#56B4E9", "#0072B2", "#D55E00")[k],
        }
        ax.plot([], [], label=way_class(WAYS[k], one.view.whole), **look)
    label(ax, say("plots.place.flows.arrows", most=MOST_ARROWS))
    ax.title.set_fontsize(13)
    scale_and_north(ax, ground)
    return named_ways(one, ways), undrawn


def bare_axes(ax) -> None:
    """A panel for bars beside a map."""
    from matplotlib.ticker import AutoLocator

    ax.set_aspect("auto")
    ax.tick_params(bottom=True, left=True)
    ax.spines["bottom"].set_visible(True)
    ax.spines["left"].set_visible(True)
    ax.xaxis.set_major_locator(AutoLocator())
    ax.grid(True, axis="x")


def staying(ax, one: Seen, ways, hidden) -> list[str]:
    """Of the pupils who live in each zone: how many learn in it, and where the others go.

    A zone with a hidden way has no bar: what is shown of it would not add up to the zone.
    """
    names = one.names("residents")
    there = {*hidden, *ways["zone"]}
    zones = [*(zone for zone in names if zone in there), *sorted(there - set(names))]
    ways = ways[~ways["zone"].isin(list(hidden))]
    kinds = np.select(
        [ways["to"] == "", ways["to"] == ways["zone"], ways["sector"].isin(("public", ""))],
        ["unknown", "stay", "other"],
        "away",
    )
    looks = {
        "stay": ("#0072B2", ""),
        "other": ("#a9cfe6", "//"),
        "away": (COLOURS[0], "xx"),
        "unknown": (FAINT, ".."),
    }
    totals = ways.groupby("zone")["n"].sum().reindex(zones).fillna(0).to_numpy(float)
    left, stay = np.zeros(len(zones)), None
    for kind, (colour, hatch) in looks.items():
        part = ways[kinds == kind].groupby("zone")["n"].sum().reindex(zones).fillna(0).to_numpy(float)
        part = part / np.maximum(totals, 1)
        part = (
            part if one.view.whole else np.round(part * 20) / 20
        )  # to five in a hundred: classes, not values
        stay = part if kind == "stay" else stay
        if not part.any():
            continue
        look = {
            "color": colour,
            "hatch": hatch,
            "edgecolor": "white",
            "label": say(f"plots.place.flows.{kind}"),
        }
        ax.barh(range(len(zones)), part, left=left, **look)
        left += part
    closed = [i for i, zone in enumerate(zones) if zone in hidden]
    if closed:
        ax.barh(closed, 1, label=say("plots.place.not_shown.few"), **NOT_SHOWN)
    ax.set_yticks(range(len(zones)), [short(names.get(zone, zone), 16) for zone in zones], fontsize=12)
    ax.set_ylim(len(zones) - 0.4, -0.6)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda v, _: number(v, ".0%"))
    ax.grid(axis="y", visible=False)
    label(ax, "", say("plots.place.flows.x"))
    return [
        f"{names.get(zone, zone)} {say('plots.place.not_shown')}"
        if zone in hidden
        else say(
            "plots.place.flows.staying", name=names.get(zone, zone), stay=per_cent(round(float(part), 2))
        )
        for zone, part in zip(zones, stay, strict=True)
    ]

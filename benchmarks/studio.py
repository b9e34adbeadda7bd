"""The studio with 120 schools: how long one edit takes until the whole page is answered, and what stays."""

import resource
import statistics

import numpy as np
import pandas as pd
from timing import Found, findings, machine, seconds, work

from segkit.territory import Territory
from segkit.widgets.studio import Studio

SCHOOLS, ZONES, EDITS = 120, 24, 10_000
GROUPS = {
    "origin": ("far", "near", "local", "mixed"),
    "meals": ("free", "paid"),
    "sex": ("girls", "boys"),
    "language": ("at school", "another"),
}


def town(schools: int = SCHOOLS, zones: int = ZONES, seed: int = 1) -> Territory:
    """An invented town of that many schools on a grid of zones: five years, four groupings, all flows."""
    rng = np.random.default_rng(seed)
    zone, rolls = rng.integers(0, zones, schools), rng.integers(60, 700, schools)
    weights = np.full((schools, zones), 0.02)
    weights[np.arange(schools), zone] = 1
    weights /= weights.sum(1, keepdims=True)
    enrolment, flows, residents = [], [], []
    for year in range(2020, 2025):
        for grouping, groups in GROUPS.items():
            n = rng.multinomial(rolls, rng.dirichlet(np.full(len(groups), 2.0), schools))
            ways = rng.multinomial(n.T, weights).transpose(2, 1, 0)  # zones × schools × groups
            about = {"year": year, "grouping": grouping}
            enrolment.append(long(n, ("school", "group"), groups) | about | {"level": "primary"})
            flows.append(long(ways, ("zone", "school", "group"), groups) | about)
            residents.append(long(ways.sum(1), ("zone", "group"), groups) | about)
    west, south = 160 + 0.01 * (np.arange(zones) % 6), 35 + 0.01 * (np.arange(zones) // 6)
    outlines = [square(x, y) for x, y in zip(west, south, strict=True)]
    places = {"lat": south[zone] + 0.005, "lon": west[zone] + 0.005, "capacity": rolls + 50}
    tables = {
        "schools": pd.DataFrame(
            {"school": [f"S{j}" for j in range(schools)], "zone": [f"Z{z}" for z in zone]}
        ).assign(name=[f"School {j}" for j in range(schools)], sector="public", level="primary", **places),
        "zones": pd.DataFrame({"zone": [f"Z{z}" for z in range(zones)], "name": "", "geometry": outlines}),
    }
    for name, parts in (("enrolment", enrolment), ("flows", flows), ("residents", residents)):
        tables[name] = pd.concat([pd.DataFrame(part) for part in parts])
    return Territory("Grid", tables, invented=True, groupings=GROUPS, focal={"origin": "far"})


def long(n: np.ndarray, axes, groups) -> dict:
    """An array as the columns of a table."""
    letters = {"school": "S", "zone": "Z"}
    cells = np.nonzero(n)
    told = {axis: [f"{letters[axis]}{i}" for i in at] for axis, at in zip(axes[:-1], cells, strict=False)}
    return told | {"group": np.array(groups)[cells[-1]], "n": n[cells]}


def square(x: float, y: float) -> dict:
    ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def gestures(times: int, schools: int, seed: int = 2):
    """What a restless reader does: mostly counts, now and then a drag, a slider, a whole plan."""
    rng = np.random.default_rng(seed)
    for i in range(times):
        school, kind = f"S{rng.integers(schools)}", rng.random()
        if kind < 0.8:
            yield {"do": "count", "school": school, "group": "far", "text": str(rng.integers(0, 300))}
        elif kind < 0.9:
            yield {"do": "move", "school": school, "x": float(rng.integers(60, 940)), "y": 300.0}
        elif kind < 0.97:
            yield {"do": "share", "group": "far", "percent": float(rng.integers(5, 60)), "visit": str(i // 5)}
        elif kind < 0.99:
            yield {"do": "capacity", "school": school, "text": str(rng.integers(100, 900))}
        else:
            yield {"do": "catchments"}


def studio(quick: bool) -> list[str]:
    """One edit at a time, each answered with the whole page; then everything undone."""
    schools, edits = (30, 200) if quick else (SCHOOLS, EDITS)
    widget = quiet(Studio(town(schools)))

    def tell(gesture, to=widget):
        to._hear(to, {"do": "edit", "view": "v", "seq": 0, "edits": [gesture]}, [])

    told = list(gestures(edits, schools))
    for gesture in told[:20]:
        tell(gesture)
    times, worked = [], []
    early = most_memory()
    for i, gesture in enumerate(told[20:]):
        if i == edits // 10:
            early = most_memory()
        start = work(lambda: None)
        worked.append(work(lambda g=gesture: times.append(seconds(lambda: tell(g)))) - start)
    grown = most_memory() - early
    undo = [work(widget._sitting.undo) for _ in range(200 if not quick else 20)]
    score = work(
        lambda: widget._hear(widget, {"do": "score", "view": "v", "key": widget._sitting.mix_key()}, [])
    )
    made = work(lambda: widget.territory)
    fresh, pairs = quiet(Studio(widget.territory)), []
    for gesture in [one for one in gestures(60, schools, seed=3) if one["do"] == "count"]:
        pairs.append([work(lambda to=to, g=gesture: tell(g, to)) for to in (widget, fresh)])
    older = float(np.divide(*np.median(pairs, axis=0)))
    rows = [
        Found("one edit, answered: the median", 1000 * statistics.median(times), "ms", 100),
        Found("… 99 of 100 edits", 1000 * float(np.quantile(times, 0.99)), "ms", 100, note="on the clock"),
        Found("… 99 of 100 edits, work alone", 1000 * float(np.quantile(worked, 0.99)), "ms", 100),
        Found("the same edit in a fresh studio: ours takes", older, "times as long", 1.3),
        Found("memory, from the first tenth of the edits to the last", grown, "MB more", 80),
        Found("states held, of as many as there were edits", len(widget._sitting.story._states), "", 250),
        Found("undo, without the page: the worst", 1000 * max(undo), "ms", 500),
        Found("the score of the slider, 101 tables", 1000 * score, "ms", 100),
        Found(
            "the territory for the next cell",
            1000 * made,
            "ms",
            note=f"{len(widget.territory.flows):,} flows",
        ),
    ]
    title = f"{schools} schools, {edits:,} edits"
    return [*findings(rows, title), "", machine("numpy", "pandas", "anywidget")]


def quiet(widget: Studio) -> Studio:
    """A studio whose answers go nowhere."""
    widget.send = lambda content, buffers=None: None
    return widget


def most_memory() -> float:
    """The most this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000

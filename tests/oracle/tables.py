"""The tables every program is asked about: written once to tables.json, read by all.

python tests/oracle/tables.py
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def tables() -> dict:
    """Name -> rows of counts (schools by groups)."""
    chosen = {
        "smallest": [[2, 1], [1, 3]],
        "four schools": [[100, 0], [60, 40], [40, 60], [0, 100]],
        "two and two": [[80, 20], [80, 20], [20, 80], [20, 80]],
        "even": [[10, 30], [5, 15], [20, 60]],
        "complete": [[30, 0], [0, 10], [12, 0], [0, 50]],
        "empty schools": [[12, 30], [0, 0], [7, 3], [0, 0], [25, 60], [1, 0]],
        "one pupil each": [[1, 0], [0, 1], [0, 1], [1, 0], [0, 1]],
        "three groups": [[30, 12, 3], [5, 25, 8], [14, 14, 14], [0, 9, 31], [22, 0, 1]],
        "six groups": [[9, 8, 7, 1, 0, 2], [20, 3, 1, 4, 6, 0], [2, 2, 15, 3, 1, 1], [11, 0, 4, 9, 0, 7]],
    }
    # towns drawn by lot: schools, groups, mean size, how alike the schools are (the larger the more)
    for seed, (schools, groups, size, alike) in enumerate(
        [(30, 2, 300, 5), (60, 2, 9, 8), (40, 3, 120, 4), (50, 4, 25, 1), (35, 5, 200, 12), (45, 6, 14, 2)], 1
    ):
        rng = np.random.default_rng(seed)
        shares = rng.dirichlet(alike * np.geomspace(1, 0.2, groups), schools)
        sizes = 1 + rng.poisson(size * rng.gamma(3, 1 / 3, schools))
        town = [rng.multinomial(t, p).tolist() for t, p in zip(sizes, shares, strict=True)]
        chosen[f"town {seed}, {schools} by {groups}"] = town
    return chosen


def maps() -> dict:
    """Name -> counts, and for each unit a square: centre x and y in metres, area in square metres."""
    made = {}
    for seed, (side, groups, metres) in enumerate([(4, 2, 600), (6, 3, 250)], 21):
        rng = np.random.default_rng(seed)
        y, x = np.divmod(np.arange(side * side), side)
        edge = metres * rng.uniform(0.4, 0.95, side * side)  # smaller than the grid: no two squares overlap
        x = (
            5000 + metres * x + rng.uniform(-0.02, 0.02, side * side) * metres
        )  # no two as far from the centre
        y = 7000 + metres * y + rng.uniform(-0.02, 0.02, side * side) * metres
        slope = np.exp(-np.hypot(x - x.mean(), y - y.mean()) / (side * metres / 3))
        shares = np.array([rng.dirichlet(3 * np.r_[0.2 + 2 * s, np.ones(groups - 1)]) for s in slope])
        counts = [
            rng.multinomial(t, p).tolist() for t, p in zip(rng.poisson(90, side * side), shares, strict=True)
        ]
        made[f"{side} by {side}, {groups} groups"] = {
            "counts": counts,
            "x": x.round(2).tolist(),
            "y": y.round(2).tolist(),
            "area": (edge**2).round(1).tolist(),
            "centre": [float(x.mean().round(2)) + 17.0, float(y.mean().round(2)) - 11.0],
            "reach": 1.7 * metres,
        }
    return made


def write(name: str, content: dict) -> None:
    """A JSON file next to this one: one line for each table, so that a change can be read."""
    lines = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    (HERE / name).write_text("{\n" + ",\n".join(lines) + "\n}\n")


def read(name: str) -> dict:
    return json.loads((HERE / name).read_text())


if __name__ == "__main__":
    write(
        "tables.json", {"made by": "tables.py", "numpy": np.__version__, "tables": tables(), "maps": maps()}
    )

"""The formulas of the textbooks, read aloud: one loop for each sum, every pair of schools a pair.

    python tests/oracle/naive.py

No numpy and nothing of segkit: slow, and hard to get wrong. Sums are exact to the last bit (math.fsum).
"""

import platform
from math import dist, exp, fsum, log, sqrt

from tables import read, write


def drop_empty(n):
    n = [row for row in n if sum(row)]
    kept = [k for k in range(len(n[0])) if sum(row[k] for row in n)]
    return [[row[k] for k in kept] for row in n]


def two_groups(n, focal=0, b=(0.1, 0.5, 0.9)) -> dict:
    """Every index of a focal group against everyone else."""
    x, t = [row[focal] for row in n], [sum(row) for row in n]
    y = [tj - xj for xj, tj in zip(x, t, strict=True)]
    X, Y, N = sum(x), sum(y), sum(t)
    P, J = X / N, range(len(n))
    p = [x[j] / t[j] for j in J]
    xPx = fsum(x[j] / X * x[j] / t[j] for j in J)

    def atkinson(b):
        inner = fsum((1 - p[j]) ** (1 - b) * p[j] ** b * t[j] / (P * N) for j in J)
        return 1 - P / (1 - P) * inner ** (1 / (1 - b))

    return {
        "dissimilarity": fsum(abs(x[j] / X - y[j] / Y) for j in J) / 2,
        "gorard": fsum(abs(x[j] / X - t[j] / N) for j in J) / 2,
        "gini": fsum(t[i] * t[j] * abs(p[i] - p[j]) for i in J for j in J) / (2 * N**2 * P * (1 - P)),
        "hutchens": 1 - fsum(sqrt(x[j] * y[j] / (X * Y)) for j in J),
        "atkinson": atkinson(0.5),
        **{f"atkinson b={each}": atkinson(each) for each in b},
        "isolation": xPx,
        "interaction": fsum(x[j] / X * y[j] / t[j] for j in J),
        "correlation_ratio": (xPx - P) / (1 - P),
    }


def many_groups(n) -> dict:
    """Every index of any number of groups."""
    t, X = [sum(row) for row in n], [sum(column) for column in zip(*n, strict=True)]
    N, J, K = sum(t), range(len(n)), range(len(n[0]))
    P, p = [X[k] / N for k in K], [[n[j][k] / t[j] for k in K] for j in J]
    M = fsum(n[j][k] / N * log(p[j][k] / P[k]) for j in J for k in K if n[j][k])
    E, S = -fsum(P[k] * log(P[k]) for k in K), fsum(P[k] * (1 - P[k]) for k in K)

    def squares(over):
        return fsum(t[j] / N * (p[j][k] - P[k]) ** 2 / over(k) for j in J for k in K)

    return {
        "mutual_information": M,
        "information": M / E,
        "multigroup_dissimilarity": fsum(t[j] * abs(p[j][k] - P[k]) for j in J for k in K) / (2 * N * S),
        "multigroup_gini": fsum(t[i] * t[j] * abs(p[i][k] - p[j][k]) for k in K for i in J for j in J)
        / (2 * N**2 * S),
        "normalized_exposure": squares(lambda k: 1 - P[k]),
        "relative_diversity": squares(lambda k: S),
        "squared_variation": squares(lambda k: (len(K) - 1) * P[k]),
    }


def each_school(n) -> dict:
    """Every number of a school."""
    t, X = [sum(row) for row in n], [sum(column) for column in zip(*n, strict=True)]
    N, J, K = sum(t), range(len(n)), range(len(n[0]))
    P, p = [X[k] / N for k in K], [[n[j][k] / t[j] for k in K] for j in J]
    gaps = [abs(n[j][0] / X[0] - (t[j] - n[j][0]) / (N - X[0])) for j in J]
    return {
        "location_quotient": [[p[j][k] / P[k] for k in K] for j in J],
        "local_segregation": [fsum(p[j][k] * log(p[j][k] / P[k]) for k in K if n[j][k]) for j in J],
        "entropy": [-fsum(p[j][k] * log(p[j][k]) for k in K if n[j][k]) for j in J],
        "simpson": [fsum(p[j][k] * (1 - p[j][k]) for k in K) for j in J],
        "contribution": [gap / fsum(gaps) if fsum(gaps) else 0.0 for gap in gaps],
    }


# --- with space -----------------------------------------------------------------------------------


def on_map(n, x, y, area, centre, reach) -> dict:
    """Every index of a table and a map, the focal group being the first."""
    J, K = range(len(n)), range(len(n[0]))
    t, X = [sum(row) for row in n], [sum(column) for column in zip(*n, strict=True)]
    f, N, A = [row[0] for row in n], sum(t), sum(area)
    o = [t[j] - f[j] for j in J]
    d = [[0.6 * sqrt(area[i]) if i == j else dist((x[i], y[i]), (x[j], y[j])) for j in J] for i in J]
    near = [[exp(-d[i][j] / reach) for j in J] for i in J]
    soft = [[(1 - (d[i][j] / reach) ** 2) ** 2 if d[i][j] < reach else 0.0 for j in J] for i in J]
    outwards = sorted(J, key=lambda j: dist((x[j], y[j]), centre))
    P = [X[k] / N for k in K]
    E, S = -fsum(P[k] * log(P[k]) for k in K), fsum(P[k] * (1 - P[k]) for k in K)
    around = []
    for j in J:
        met = [fsum(soft[j][q] * n[q][k] for q in J) for k in K]
        around.append([m / fsum(met) for m in met])
    return {
        "delta": fsum(abs(f[j] / X[0] - area[j] / A) for j in J) / 2,
        "absolute_concentration": concentration(f, t, area),
        "spatial_proximity": (together(f, near) + together(o, near)) / together(t, near),
        "distance_decay_isolation": fsum(
            f[i]
            / X[0]
            * fsum(near[i][j] * t[j] / fsum(near[i][q] * t[q] for q in J) * f[j] / t[j] for j in J if t[j])
            for i in J
        ),
        "absolute_centralisation": centralisation([f[j] for j in outwards], [area[j] for j in outwards]),
        "relative_centralisation": centralisation([f[j] for j in outwards], [o[j] for j in outwards]),
        "spatial_information": 1
        - fsum(t[j] / N * -fsum(around[j][k] * log(around[j][k]) for k in K if around[j][k]) / E for j in J),
        "spatial_relative_diversity": 1
        - fsum(t[j] / N * fsum(around[j][k] * (1 - around[j][k]) for k in K) / S for j in J),
        "spatial_dissimilarity": fsum(t[j] * abs(around[j][k] - P[k]) for j in J for k in K) / (2 * N * S),
        "spatial_isolation": fsum(f[j] / X[0] * around[j][0] for j in J),
        "spatial_exposure": fsum(f[j] / X[0] * around[j][1] for j in J),
    }


def together(a, near) -> float:
    """A · P_aa: how near two members of a group are, times the group's size."""
    return fsum(a[i] * a[j] * near[i][j] for i in range(len(a)) for j in range(len(a))) / sum(a)


def concentration(f, t, area) -> float:
    """Massey and Denton's ACO: whole units are filled, smallest or largest first, until they hold X."""

    def filled(order):
        people = land = 0
        for j in order:
            people, land = people + t[j], land + t[j] * area[j]
            if people >= sum(f):
                return land / people

    by_size = sorted(range(len(t)), key=lambda j: area[j])
    least, most = filled(by_size), filled(by_size[::-1])
    return 1 - (fsum(fj * aj for fj, aj in zip(f, area, strict=True)) / sum(f) - least) / (most - least)


def centralisation(a, b) -> float:
    """Σ A_{j−1}B_j − Σ A_jB_{j−1}, units from the centre outwards."""
    total = up_a = up_b = 0.0
    for aj, bj in zip(a, b, strict=True):
        next_a, next_b = up_a + aj / sum(a), up_b + bj / sum(b)
        total += up_a * next_b - next_a * up_b
        up_a, up_b = next_a, next_b
    return total


def values(asked: dict) -> dict:
    """All of it, for the tables and maps of tables.json."""
    full = {name: drop_empty(n) for name, n in asked["tables"].items()}
    return {
        **{f"{name} | group {k}": two_groups(n, k) for name, n in full.items() for k in range(len(n[0]))},
        **{f"{name} | all": many_groups(n) for name, n in full.items()},
        **{f"{name} | each school": each_school(n) for name, n in full.items()},
        **{
            f"{name} | map": on_map(m["counts"], m["x"], m["y"], m["area"], m["centre"], m["reach"])
            for name, m in asked["maps"].items()
        },
    }


if __name__ == "__main__":
    made = {"made by": "naive.py", "program": f"Python {platform.python_version()}, no library"}
    write("naive.json", made | values(read("tables.json")))

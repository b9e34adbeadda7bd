"""Chance, by trying everything: all ways to place the pupils of a small town into its schools.

    python tests/oracle/every_placement.py

Each table with the margins of the observed one is weighed by the number of placements that give it, Π_k X_k!
/ Π_jk n_jk!: the mean of an index is its exact expectation, and the weight of the tables with at least as
much of it, over the weight of all, is the exact p-value.
"""

import platform
from fractions import Fraction
from itertools import product
from math import factorial, prod

from naive import many_groups, two_groups
from tables import write

TOWNS = {
    "three schools": [[3, 1], [2, 3], [1, 4]],
    "four schools, three groups": [[3, 0, 1], [1, 2, 0], [0, 1, 2], [2, 0, 1]],
    "unequal schools": [[5, 1], [1, 0], [0, 2], [1, 3]],
    "a rare group": [[1, 4], [1, 3], [0, 6], [0, 5]],
}


def placements(rows, columns):
    """Every table with these sizes of schools (rows) and groups (columns)."""
    if len(rows) == 1:
        yield [list(columns)]
        return
    for first in product(*(range(min(rows[0], c) + 1) for c in columns)):
        if sum(first) == rows[0]:
            left = [c - f for c, f in zip(columns, first, strict=True)]
            for rest in placements(rows[1:], left):
                yield [list(first), *rest]


def weigh(n) -> dict:
    observed = {**two_groups(n), **many_groups(n)}
    total, mean, as_much = 0, dict.fromkeys(observed, Fraction(0)), dict.fromkeys(observed, 0)
    columns = [sum(c) for c in zip(*n, strict=True)]
    all_ways = prod(map(factorial, columns))
    for table in placements([sum(row) for row in n], columns):
        ways = Fraction(all_ways, prod(factorial(c) for row in table for c in row))
        total += ways
        for name, value in {**two_groups(table), **many_groups(table)}.items():
            mean[name] += ways * Fraction(value)
            low = name == "interaction"  # less of it is more segregation
            as_much[name] += ways * (
                (value <= observed[name] + 1e-9) if low else (value >= observed[name] - 1e-9)
            )
    return {
        "counts": n,
        "tables": sum(1 for _ in placements([sum(row) for row in n], columns)),
        "expected": {name: float(sum_ / total) for name, sum_ in mean.items()},
        "p": {name: float(ways / total) for name, ways in as_much.items()},
    }


def values() -> dict:
    return {name: weigh(n) for name, n in TOWNS.items()}


if __name__ == "__main__":
    made = {"made by": "every_placement.py", "program": f"Python {platform.python_version()}, fractions"}
    write("every_placement.json", made | values())

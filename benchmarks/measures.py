"""The shelf of measures beside PySAL's `segregation`, on the same invented towns."""

import io
import resource
import statistics
import subprocess
import sys
import tracemalloc
import warnings
from contextlib import redirect_stderr

import numpy as np
import pandas as pd
from timing import Row, in_turns, machine, seconds, table

import segkit as sk
from segkit import estimate

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from segregation import multigroup, singlegroup
    from segregation.inference import SingleValueTest

# our name -> PySAL's class
OF_TWO = {
    "dissimilarity": "Dissim",
    "gini": "Gini",
    "atkinson": "Atkinson",
    "isolation": "Isolation",
    "interaction": "Interaction",
    "correlation_ratio": "CorrelationR",
    "information": "Entropy",
}
OF_MANY = {
    "mutual_information": "MultiDivergence",
    "information": "MultiInfoTheory",
    "multigroup_dissimilarity": "MultiDissim",
    "multigroup_gini": "MultiGini",
    "normalized_exposure": "MultiNormExposure",
    "relative_diversity": "MultiRelativeDiversity",
    "squared_variation": "MultiSquaredCoefVar",
}


def town(schools: int, groups: int) -> np.ndarray:
    """An invented town: 50 to 800 pupils a school, groups of unequal size, moderately segregated."""
    rng = np.random.default_rng(schools + groups)
    sizes = rng.integers(50, 801, schools)
    shares = rng.dirichlet(
        5 * np.geomspace(1, 0.2, groups) / np.geomspace(1, 0.2, groups).sum() * groups, schools
    )
    return rng.multinomial(sizes, shares[:, ::-1])


def quiet(task):
    """The task with PySAL's progress bars and warnings out of sight."""

    def run():
        with redirect_stderr(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return task()

    return run


# --- the comparisons ------------------------------------------------------------------------------


def point_estimates(two, many, times: int):
    n = np.c_[two["x"], two["t"] - two["x"]]
    for name, cls in OF_TWO.items():
        index, peer = getattr(sk, name), getattr(singlegroup, cls)
        took = in_turns(lambda f=index: f(n), lambda f=peer: f(two, "x", "t"), times, 3)
        yield Row(f"`{name}`, 2 groups", *took, 1)
    n, groups = many.to_numpy(), list(many)
    for name, cls in OF_MANY.items():
        index, peer = getattr(sk, name), getattr(multigroup, cls)
        took = in_turns(lambda f=index: f(n), lambda f=peer: f(many, groups), times, 3)
        yield Row(f"`{name}`, 5 groups", *took, 50 if name == "multigroup_gini" else 1)


def chance(two, times: int, draws: int):
    n = np.c_[two["x"], two["t"] - two["x"]]
    took = in_turns(
        lambda: sk.expected(n),
        quiet(lambda: singlegroup.ModifiedDissim(two, "x", "t", iterations=draws)),
        times,
        25,
    )
    note = f"PySAL: `ModifiedDissim`, its {draws} draws; ours is exact"
    yield Row("D expected by chance", *took, 1000, note)

    few, D = max(2, draws // 100), singlegroup.Dissim(two, "x", "t")
    ours, theirs = in_turns(
        lambda: sk.expected(n), quiet(lambda: null(D, "person_permutation", few, jobs=1)), min(times, 3), 25
    )
    note = f"PySAL: `person_permutation`, which like ours keeps both margins; {few} draws, scaled to {draws}"
    yield Row("D expected by chance", ours, theirs * draws / few, 1000, note)


def null(index, approach: str, draws: int, jobs: int):
    return SingleValueTest(index, iterations_under_null=draws, null_approach=approach, n_jobs=jobs)


def tests(two, many, times: int, draws: int):
    n, D = np.c_[two["x"], two["t"] - two["x"]], singlegroup.Dissim(two, "x", "t")

    def ours():
        return estimate.chance(n, shuffles=draws, rng=1)

    null(D, "systematic", 2, jobs=-1)  # its workers start once, and are not counted
    for jobs in (-1, 1):
        took = in_turns(ours, quiet(lambda jobs=jobs: null(D, "systematic", draws, jobs)), times, 3)
        note = f"PySAL: `SingleValueTest`, `systematic` (its default; margins vary), n_jobs={jobs}"
        yield Row(f"{draws:,} shuffles of D and a p-value", *took, 15, note)
    few = max(2, draws // 100)
    mine, yours = in_turns(ours, quiet(lambda: null(D, "person_permutation", few, jobs=1)), min(times, 3))
    note = f"PySAL: `person_permutation`, the same test as ours; n_jobs=1, {few} draws, scaled"
    yield Row(f"{draws:,} shuffles of D and a p-value", mine, yours * draws / few, 15, note)

    n, H = many.to_numpy(), multigroup.MultiInfoTheory(many, list(many))
    for jobs in (-1, 1):
        took = in_turns(
            lambda: estimate.bootstrap(n, "information", rng=1, times=draws, target="schools"),
            quiet(lambda jobs=jobs: null(H, "bootstrap", draws, jobs)),
            times,
            3,
        )
        note = f"both draw schools again; PySAL: `SingleValueTest`, `bootstrap`, n_jobs={jobs}"
        yield Row(f"{draws:,} bootstraps of H, 5 groups", *took, 5, note)
    alone = statistics.median(
        seconds(lambda: estimate.bootstrap(n, "information", rng=1, times=draws)) for _ in range(times)
    )
    yield Row(
        f"{draws:,} bootstraps of H, 5 groups",
        alone,
        None,
        None,
        "pupils drawn again (our default); PySAL has none",
    )


def corrections(two, times: int):
    n = np.c_[two["x"], two["t"] - two["x"]]
    took = in_turns(
        lambda: estimate.density_corrected(n),
        quiet(lambda: singlegroup.DensityCorrectedDissim(two, "x", "t")),
        min(times, 3),
        9,
    )
    yield Row("density-corrected D", *took, 500)


# --- ourselves ------------------------------------------------------------------------------------


def large(schools: int) -> list[str]:
    """All point estimates of a territory of many schools: time and memory."""
    n = town(schools, 5)

    def all_of_them():
        return {name: index(n, 0) for name, index in sk.INDICES.items()}

    all_of_them()
    took = statistics.median(seconds(all_of_them) for _ in range(5))
    tracemalloc.start()
    all_of_them()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        2**20 if sys.platform == "darwin" else 2**10
    )
    return [
        f"All {len(sk.INDICES)} point estimates of {schools:,} schools × 5 groups: **{took:.2f} s** together "
        "(target: under 1 s).",
        f"Their arrays take at most {peak:.0f} MiB, next to a table of {n.nbytes / 2**20:.0f} MiB; "
        f"this whole process, PySAL and all, at most {whole:.0f} MiB.",
    ]


def imports(times: int) -> list[str]:
    def took(module):
        command = [sys.executable, "-c", f"import {module}"]
        return statistics.median(seconds(lambda: subprocess.run(command, check=True)) for _ in range(times))

    return [
        ", ".join(
            f"`import {name}` {1000 * took(name):.0f} ms" for name in ("numpy", "segkit", "segregation")
        )
        + " (each with the start of Python)."
    ]


def measures(quick: bool) -> list[str]:
    schools, times, draws = (60, 1, 20) if quick else (2000, 5, 1000)
    n = town(schools, 2)
    two = pd.DataFrame({"x": n[:, 0], "t": n.sum(1)})
    many = pd.DataFrame(town(schools, 5), columns=list("abcde"))
    singlegroup.Gini(two, "x", "t")  # compiled at its first call, which is not counted
    rows = [
        *point_estimates(two, many, 3 if quick else 21),
        *chance(two, times, max(2, draws // 2)),
        *tests(two, many, times, draws),
        *corrections(two, times),
    ]
    return [
        *table(rows, f"{schools:,} schools", "segkit", "PySAL"),
        "",
        *large(1000 if quick else 100_000),
        "",
        *imports(1 if quick else 5),
        "",
        machine("numpy", "pandas", "segregation"),
    ]

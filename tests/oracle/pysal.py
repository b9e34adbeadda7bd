"""PySAL's segregation, asked the same questions.

    python tests/oracle/pysal.py

Where it answers another question (README.md says why), the answer is kept under that question's name.
"""

import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
from tables import read, write

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from segregation import local, multigroup, singlegroup
    from segregation.singlegroup.atkinson import _atkinson

SINGLE = {
    "dissimilarity": "Dissim",
    "gini": "Gini",
    "atkinson": "Atkinson",
    "isolation": "Isolation",
    "interaction": "Interaction",
    "correlation_ratio": "CorrelationR",
    "information of two": "Entropy",
    "density_corrected": "DensityCorrectedDissim",
}
MULTI = {
    "mutual_information": "MultiDivergence",
    "information": "MultiInfoTheory",
    "multigroup_dissimilarity": "MultiDissim",
    "multigroup_gini": "MultiGini",
    "normalized_exposure": "MultiNormExposure",
    "relative_diversity": "MultiRelativeDiversity",
    "squared_variation": "MultiSquaredCoefVar",
}
LOCAL = {
    "location_quotient": "MultiLocationQuotient",
    "entropy over log K": "MultiLocalEntropy",
    "simpson": "MultiLocalSimpsonInteraction",
}
SPATIAL = {
    "delta": "Delta",
    "absolute_concentration": "AbsoluteConcentration",
    "spatial_proximity": "SpatialProximity",
    "distance_decay_isolation": "DistanceDecayIsolation",
}


def two_groups(n, focal) -> dict:
    data = pd.DataFrame({"x": n[:, focal], "t": n.sum(1)})
    found = {name: getattr(singlegroup, cls)(data, "x", "t").statistic for name, cls in SINGLE.items()}
    for b in (0.1, 0.9):
        found[f"atkinson b={b}"] = _atkinson(data, "x", "t", b)[0]
        found[f"Atkinson(b={b})"] = singlegroup.Atkinson(data, "x", "t", b=b).statistic
    return found


def many_groups(n) -> dict:
    groups = [f"g{k}" for k in range(n.shape[1])]
    data = pd.DataFrame(n, columns=groups)
    return {name: getattr(multigroup, cls)(data, groups).statistic for name, cls in MULTI.items()}


def each_school(n) -> dict:
    groups = [f"g{k}" for k in range(n.shape[1])]
    data = pd.DataFrame(n[n.sum(1) > 0], columns=groups)
    return {
        name: np.asarray(getattr(local, cls)(data, groups).statistics).tolist() for name, cls in LOCAL.items()
    }


def on_map(m) -> dict:
    import geopandas as gpd
    from libpysal.weights.distance import Kernel
    from shapely.geometry import box

    n, half = np.array(m["counts"]), np.sqrt(m["area"]) / 2
    groups = [f"g{k}" for k in range(n.shape[1])]
    squares = [box(x - h, y - h, x + h, y + h) for x, y, h in zip(m["x"], m["y"], half, strict=True)]
    data = gpd.GeoDataFrame(pd.DataFrame(n, columns=groups), geometry=squares, crs="EPSG:3857")
    data["t"] = n.sum(1)
    found = {name: getattr(singlegroup, cls)(data, "g0", "t").statistic for name, cls in SPATIAL.items()}
    for name, cls in (("absolute", "AbsoluteCentralization"), ("relative", "RelativeCentralization")):
        index = getattr(singlegroup, cls)(data, "g0", "t", center=tuple(m["centre"]))
        found[f"{name}_centralisation"] = index.statistic
    w = Kernel.from_dataframe(data, bandwidth=m["reach"], function="quartic")
    for name in ("information", "relative_diversity", "multigroup_dissimilarity"):
        found[f"{name} of surroundings"] = getattr(multigroup, MULTI[name])(
            data, groups, w=w, function="quartic"
        ).statistic
    found["isolation of surroundings"] = singlegroup.Isolation(
        data, "g0", "t", w=w, function="quartic"
    ).statistic
    return found


def values(asked: dict) -> dict:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        full = {name: np.array(n) for name, n in asked["tables"].items()}
        floats = {
            **{
                f"{name} | group {k}": two_groups(n, k) for name, n in full.items() for k in range(n.shape[1])
            },
            **{f"{name} | all": many_groups(n) for name, n in full.items()},
            **{f"{name} | map": on_map(m) for name, m in asked["maps"].items()},
        }
        return {
            **{name: {k: float(v) for k, v in found.items()} for name, found in floats.items()},
            **{f"{name} | each school": each_school(n) for name, n in full.items()},
        }


if __name__ == "__main__":
    made = {
        "made by": "pysal.py",
        **{name: version(name) for name in ("segregation", "libpysal", "geopandas")},
    }
    write("pysal.json", made | values(read("tables.json")))

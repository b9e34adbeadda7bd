"""The numbers are right: every index against programs that know nothing of segkit.

`tests/oracle` holds what they answered and the scripts that asked. Here the stored answers are compared with
ours, and the programs are asked again, so that neither they nor we can drift in silence.
"""

import inspect
import json
import sys
from pathlib import Path

import numpy as np
import pytest

import segkit as sk
from segkit import estimate
from segkit.indices import INDICES, SPATIAL, distances

ORACLE = Path(__file__).parent / "oracle"
ASKED = json.loads((ORACLE / "tables.json").read_text())
TABLES = {name: np.array(n) for name, n in ASKED["tables"].items()}
MAPS = ASKED["maps"]
SOURCES = ("naive", "statistics_of_pupils", "pysal")
CLOSE = 1e-12


def stored(source: str) -> dict:
    return json.loads((ORACLE / f"{source}.json").read_text())


def asked_again(source: str):
    """The oracle's script as a module."""
    sys.path.insert(0, str(ORACLE))
    try:
        return __import__(source)
    finally:
        sys.path.remove(str(ORACLE))


def questions(source: str, kind: str) -> list:
    """The questions of one kind (group, all, each school, map) a program was asked."""
    return [
        pytest.param(key.split(" | ")[0], key.split(" | ")[1], found, id=f"{source}: {key}")
        for key, found in stored(source).items()
        if " | " in key and key.split(" | ")[1].startswith(kind)
    ]


def every(kind: str, sources=SOURCES) -> list:
    return [question for source in sources for question in questions(source, kind)]


# --- a table --------------------------------------------------------------------------------------


def ours_of_two(n, focal) -> dict:
    bs = {f"atkinson b={b}": sk.atkinson(n, focal, b=b) for b in (0.1, 0.5, 0.9)}
    against_rest = np.c_[n[:, focal], n.sum(1) - n[:, focal]]
    return {
        **{name: index(n, focal) for name, index in INDICES.items() if index.groups == "two"},
        **bs,
        "information of two": sk.information(against_rest),
    }


@pytest.mark.parametrize("name, group, found", every("group"))
def test_a_focal_group_against_everyone_else(name, group, found):
    ours = ours_of_two(TABLES[name], int(group.split()[1]))
    compared = {key: value for key, value in found.items() if key in ours}
    assert len(compared) >= 6
    for key, value in compared.items():
        assert ours[key] == pytest.approx(value, abs=CLOSE), key


@pytest.mark.parametrize("name, _, found", every("all"))
def test_any_number_of_groups(name, _, found):
    n = TABLES[name]
    ours = {key: index(n) for key, index in INDICES.items() if index.groups == "many"}
    ours["cramer"] = sk.squared_variation(n)
    assert len(found) >= 7
    for key, value in found.items():
        assert ours[key] == pytest.approx(value, abs=CLOSE), key


@pytest.mark.parametrize("name, _, found", every("each"))
def test_each_school(name, _, found):
    n = TABLES[name][TABLES[name].sum(1) > 0]
    ours = {key: getattr(sk, key)(n) for key in found if hasattr(sk, key) and key != "contribution"}
    ours["contribution"] = sk.contribution(n, 0)
    ours["entropy over log K"] = sk.entropy(n) / np.log(n.shape[1])
    for key, value in found.items():
        np.testing.assert_allclose(ours[key], value, atol=CLOSE, err_msg=key)


@pytest.mark.parametrize("name, group, found", every("group", ["pysal"]))
def test_the_density_correction_to_what_pysals_optimiser_reaches(name, group, found):
    ours = estimate.density_corrected(TABLES[name], int(group.split()[1]))
    assert ours == pytest.approx(found["density_corrected"], abs=5e-6)  # its simplex stops at 1e-5 a school


@pytest.mark.parametrize("name, group, found", every("group", ["pysal"]))
def test_pysals_atkinson_does_not_hear_b(name, group, found):
    """Its class does not; the function behind it does, and agrees with ours (`atkinson b=0.1` above)."""
    assert found["Atkinson(b=0.1)"] == found["Atkinson(b=0.9)"] == found["atkinson"]


# --- a table and a map ----------------------------------------------------------------------------


def our_places(m, **overrides) -> dict:
    """Every spatial index of a map, each given what it asks for."""
    x, y, area = (np.array(m[key]) for key in ("x", "y", "area"))
    has = {
        "area": area,
        "distance": distances(x, y, area),
        "to_centre": np.hypot(x - m["centre"][0], y - m["centre"][1]),
        "reach": m["reach"],
        "focal": 0,
        "toward": 1,
        **overrides,
    }
    return {
        name: index.function(
            m["counts"], **{k: v for k, v in has.items() if k in inspect.signature(index.function).parameters}
        )
        for name, index in SPATIAL.items()
    }


@pytest.mark.parametrize("name, _, found", every("map", ["naive"]))
def test_a_table_and_a_map(name, _, found):
    ours = our_places(MAPS[name])
    assert found.keys() == ours.keys() == SPATIAL.keys()
    for key, value in found.items():
        assert ours[key] == pytest.approx(value, abs=CLOSE), key


AGREED = (
    "delta",
    "absolute_concentration",
    "absolute_centralisation",
    "relative_centralisation",
)


@pytest.mark.parametrize("name, _, found", every("map", ["pysal"]))
def test_land_and_centre_as_pysal_has_them(name, _, found):
    ours = our_places(MAPS[name])
    for key in AGREED:
        assert ours[key] == pytest.approx(found[key], abs=CLOSE), key


@pytest.mark.parametrize("name, _, found", every("map", ["pysal"]))
def test_pysals_clustering_is_ours_with_a_nearness_that_grows_with_distance(name, _, found):
    """Its c is 1 − exp(−share of the row's distances): far counts as near. With that c, we agree."""
    m = MAPS[name]
    d = distances(m["x"], m["y"])
    c = 1 - np.exp(-d / d.sum(1))
    np.fill_diagonal(c, 1 - np.exp(-np.sqrt(0.6 * np.array(m["area"]))))
    theirs = our_places(m, kernel=lambda distance, reach: c)
    assert theirs["spatial_proximity"] == pytest.approx(found["spatial_proximity"], abs=CLOSE)
    # in the decay of isolation, it divides unit i's weights by unit j's sum: they do not add up to 1
    n = np.array(m["counts"], float)
    x, t = n[:, 0], n.sum(1)
    weights = c * t / (c * t).sum(1)
    assert not np.allclose(weights.sum(1), 1)
    slip = (x / x.sum() * (weights * x / t).sum(1)).sum()
    assert slip == pytest.approx(found["distance_decay_isolation"], abs=CLOSE)


@pytest.mark.parametrize("name, _, found", every("map", ["pysal"]))
def test_pysals_spatial_indices_are_plain_ones_of_rounded_surroundings(name, _, found):
    """It counts a person once for every unit that sees them; Reardon and O'Sullivan, once."""
    m = MAPS[name]
    z = distances(m["x"], m["y"]) / m["reach"]
    c = np.where(z < 1, 15 / 16 * (1 - z**2) ** 2, 0.0)
    np.fill_diagonal(c, 1.0)
    n = np.array(m["counts"])
    surroundings = (c @ n).round()
    for key in ("information", "relative_diversity", "multigroup_dissimilarity"):
        assert INDICES[key](surroundings) == pytest.approx(found[f"{key} of surroundings"], abs=CLOSE), key
    total = (c @ n.sum(1)).round()  # rounded on its own, so parts may not add up to it
    x = surroundings[:, 0]
    isolation = (x / x.sum() * x / total).sum()
    assert isolation == pytest.approx(found["isolation of surroundings"], abs=CLOSE)


# --- chance, by trying everything -----------------------------------------------------------------

PLACED = {key: town for key, town in stored("every_placement").items() if isinstance(town, dict)}


@pytest.mark.parametrize("name", INDICES)
@pytest.mark.parametrize("town", PLACED)
def test_expected_by_chance_is_the_mean_over_all_placements(town, name):
    town, index = PLACED[town], INDICES[name]
    focal = 0 if index.groups == "two" else None
    if not index.additive:
        with pytest.raises(ValueError, match="must be drawn"):
            sk.expected(town["counts"], name, focal)
        return
    assert sk.expected(town["counts"], name, focal) == pytest.approx(town["expected"][name], abs=CLOSE)


@pytest.mark.parametrize("name", INDICES)
@pytest.mark.parametrize("town", PLACED)
def test_p_values_are_the_share_of_placements_with_as_much(town, name):
    town, shuffles = PLACED[town], 4000
    focal = 0 if INDICES[name].groups == "two" else None
    p = estimate.chance(town["counts"], name, focal, shuffles=shuffles, rng=7).p
    exact = town["p"][name]
    assert p == pytest.approx(
        exact, abs=4 * np.sqrt(max(exact * (1 - exact), 1e-3) / shuffles) + 1 / shuffles
    )


# --- published ------------------------------------------------------------------------------------


def test_two_towns_every_textbook_shows():
    """R's segregation tests its own D on these two: 0.6 for both. Their H is 0.51 and 0.28."""
    assert sk.dissimilarity(TABLES["four schools"]) == pytest.approx(0.6, abs=CLOSE)
    assert sk.dissimilarity(TABLES["two and two"]) == pytest.approx(0.6, abs=CLOSE)
    assert round(sk.information(TABLES["four schools"]), 2) == 0.51
    assert round(sk.information(TABLES["two and two"]), 2) == 0.28


# --- asked again ----------------------------------------------------------------------------------


def same(again, before, path=""):
    if isinstance(before, dict):
        assert again.keys() == before.keys(), path
        for key in before:
            same(again[key], before[key], f"{path} {key}")
    else:
        np.testing.assert_allclose(
            again, before, rtol=1e-9, atol=1e-6 if "density" in path else CLOSE, err_msg=path
        )


@pytest.mark.parametrize("source", ["naive", "statistics_of_pupils", "pysal"])
def test_the_programs_still_say_so(source):
    if source == "pysal":
        pytest.importorskip("segregation")
    elif source == "statistics_of_pupils":
        pytest.importorskip("sklearn")
    answers = {key: found for key, found in stored(source).items() if " | " in key}
    same(asked_again(source).values(ASKED), answers)


def test_every_placement_is_tried_again():
    same(asked_again("every_placement").values(), PLACED)


def test_every_index_of_the_shelf_has_at_least_two_witnesses():
    witnesses = {name: set() for name in [*INDICES, *SPATIAL]}
    for source in SOURCES:
        for found in stored(source).values():
            for name in found if isinstance(found, dict) else ():
                if name in witnesses:
                    witnesses[name].add(source)
    # the spatial ones that PySAL does otherwise are explained above
    alone = {name for name, sources in witnesses.items() if len(sources) < 2}
    assert alone == {name for name in SPATIAL if name.startswith("spatial_")} - {"spatial_proximity"}

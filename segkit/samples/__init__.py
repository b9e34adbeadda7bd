"""Towns that do not exist, so that everything about them may be shown.

A recipe says how many children live where, which schools their families choose and which schools open, close
or merge (`towns`); every child draws its lots (`growing`); the neighbourhoods get a map (`mapping`); what is
kept is only the counts, as a Territory, which `segkit sample` writes (`writing`). The same name and seed give
the same town on every machine.
"""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from segkit.samples import writing
from segkit.samples.growing import Grown, grow
from segkit.samples.mapping import outlines, sheet, sites
from segkit.samples.recipe import Recipe, School, Zone
from segkit.samples.towns import MARENZA, RECIPES
from segkit.words import ENGLISH, language, listed, say

if TYPE_CHECKING:
    import pandas as pd

    from segkit.territory import Territory

__all__ = [
    "MARENZA",
    "RECIPES",
    "Recipe",
    "SampleError",
    "School",
    "Zone",
    "names",
    "sample",
    "write",
    "write_all",
]

BUILDINGS = 13  # a stream of its own: another window in a school moves no child
READY = (1, 2, 3)


class SampleError(ValueError):
    """What stood in the way of inventing or writing a town, in words for the person who asked."""


def names() -> tuple[str, ...]:
    """The towns there are."""
    return tuple(RECIPES)


def sample(name: str | Recipe = "marenza", *, seed: int = 1, ready: int = 3) -> Territory:
    """A town that does not exist; the same name and seed give the same town on every machine.

    ready : how much is known of it: 1 how many pupils each school has, 2 also of which groups, 3 also the
    neighbourhoods, who lives there, who goes where, and what becomes of them. Pass a recipe of your own to
    vary a town: `sample(dataclasses.replace(MARENZA, by_address=(92, 0)))`. Lots are drawn in the same order
    whatever the numbers say, so only the children a change concerns differ.

    >>> town = sample("marenza")
    >>> town
    Marenza, an invented town: 30 schools, 7 zones, 2020 to 2024; groupings: ...
    >>> town.counts(year=2024, level="primary").shape  # schools × groups
    (19, 4)
    """
    recipe = name if isinstance(name, Recipe) else _recipe(name)
    if not isinstance(seed, int) or seed < 0:
        raise SampleError(say("sample.seed", seed=seed))
    if ready not in READY:
        raise SampleError(say("sample.ready", ready=ready))
    return _town(recipe, seed, ready, language())


def write(name: str | Recipe, path: str | Path, *, seed: int = 1, ready: int = 3, replace: bool = False):
    """Put a town into a folder, a .zip or one .xlsx, through the privacy door; the paths written."""
    recipe = name if isinstance(name, Recipe) else _recipe(name)
    return writing.write(recipe, sample(recipe, seed=seed, ready=ready), path, seed=seed, replace=replace)


def write_all(folder: str | Path, *, seed: int = 1, ready: int = 3, replace: bool = False):
    """Every town in a folder of its own, and a README that says what the tables hold."""
    towns = {recipe: sample(recipe, seed=seed, ready=ready) for recipe in RECIPES.values()}
    return writing.write_all(towns, folder, seed=seed, replace=replace)


# ── the tables of a town ────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=4)
def _grown(recipe: Recipe, seed: int) -> Grown:
    return grow(recipe, seed)


@lru_cache(maxsize=8)
def _town(recipe: Recipe, seed: int, ready: int, lang: str) -> Territory:
    """The tables, which are the same in every language, and what is told about them, which is not."""
    from segkit.territory import WHOLE, Territory

    grown = _grown(recipe, seed)
    tables = {"schools": _schools(recipe, seed, grown)}
    if ready == 3:
        tables |= {
            "zones": _zones(recipe, seed),
            "enrolment": _enrolment(recipe, grown),
            "residents": _residents(recipe, grown),
            "flows": _flows(recipe, grown),
            "indicators": _indicators(recipe, grown),
        }
    else:
        tables["schools"]["zone"] = ""  # whoever has no map has no neighbourhoods either
        tables["enrolment"] = _enrolment(recipe, grown, whole=WHOLE if ready == 1 else "")
    ours = RECIPES.get(recipe.name) == recipe
    asked = f'"{recipe.name}", seed={seed}' + (f", ready={ready}" if ready < 3 else "")
    return Territory(
        name=title(recipe),
        tables=tables,
        country=say("sample.country", lang),
        language=recipe.language,
        invented=True,
        mode="public",
        groupings={WHOLE: (WHOLE,)} if ready == 1 else recipe.groupings,
        focal={} if ready == 1 else recipe.focals,
        story=say(f"sample.{recipe.name}.story", lang) if ours else "",  # a varied recipe tells its own
        recipe=f"sk.sample({asked})" if ours else "",
    )


def title(recipe: Recipe) -> str:
    """The town's name as it is written on a sign."""
    return recipe.name.capitalize()


def _ids(recipe: Recipe) -> np.ndarray:
    """S01, S02 … in the order of the recipe: an S in front, so that no spreadsheet eats the zero."""
    wide = len(str(len(recipe.schools)))
    return np.array([f"S{n:0{max(wide, 2)}d}" for n in range(1, len(recipe.schools) + 1)], dtype=object)


def _zone_ids(recipe: Recipe) -> np.ndarray:
    wide = len(str(len(recipe.zones)))
    return np.array([f"Z{n:0{wide}d}" for n in range(1, len(recipe.zones) + 1)], dtype=object)


def _zones(recipe: Recipe, seed: int) -> pd.DataFrame:
    import pandas as pd

    shapes = outlines(recipe, seed, sheet(recipe, seed))
    called = [zone.name for zone in recipe.zones]
    geometry = pd.Series(shapes, dtype=object)
    return pd.DataFrame({"zone": _zone_ids(recipe), "name": called, "geometry": geometry})


def _schools(recipe: Recipe, seed: int, grown: Grown) -> pd.DataFrame:
    import pandas as pd

    at = {zone.name: code for zone, code in zip(recipe.zones, _zone_ids(recipe), strict=True)}
    places = sites(recipe, seed, sheet(recipe, seed))
    built = _buildings(recipe, seed, grown)
    return pd.DataFrame(
        {
            "school": _ids(recipe),
            "name": [school.name for school in recipe.schools],
            "sector": [school.sector for school in recipe.schools],
            "level": [school.level for school in recipe.schools],
            "zone": [at[school.zone] for school in recipe.schools],
            "lat": [lat for lat, _ in places],
            "lon": [lon for _, lon in places],
        }
        | built
        | ({recipe.about_streams: [one.stream for one in recipe.schools]} if recipe.streams else {})
        | {"x_note": [_note(school) for school in recipe.schools]}
    )


def _buildings(recipe: Recipe, seed: int, grown: Grown) -> dict[str, list]:
    """What each school has: room for its fullest year and a little more, and what families ask after.

    Fees and well-off neighbourhoods buy laboratories, gyms and afternoons, and keep their teachers.
    """
    fullest = grown.enrolment("free_meals").sum(axis=2).max(axis=0).tolist()
    means = {zone.name: -zone.meals for zone in recipe.zones}
    rows = []
    for number, (school, roll) in enumerate(zip(recipe.schools, fullest, strict=True)):
        rng = np.random.Generator(np.random.PCG64([seed, BUILDINGS, number]))
        spare = int(rng.integers(2, 21))  # per cent
        room = -(-roll * (100 + spare) // 500) * 5  # up to the next five, as buildings are counted
        lots = rng.integers(0, 100, size=5).tolist()
        better = means[school.zone] + {"public": 0, "church": 8}.get(school.sector, 18)
        small = -35 if roll < 60 else 0  # what a village school has no room for
        rows.append(
            {
                "capacity": room,
                "library": _yes(lots[0] < 78 + better + small),
                "laboratory": _yes(lots[1] < (40 if school.level == "primary" else 75) + 2 * better + small),
                "gym": _yes(lots[2] < 70 + 2 * better + small),
                # per cent of the teachers have taught for five years or more
                "experienced_teachers": str(min(58 + better + lots[3] // 5, 96)),
                "afternoon_classes": _yes(lots[4] < 55 + better),
            }
        )
    return {column: [row[column] for row in rows] for column in rows[0]}


def _yes(there_is: bool) -> str:
    return "yes" if there_is else "no"


def _note(school: School) -> str:
    if school.into:
        return say("sample.note.merged", ENGLISH, year=school.closes, into=school.into)
    if school.closes:
        return say("sample.note.closed", ENGLISH, year=school.closes)
    return say("sample.note.opened", ENGLISH, year=school.opens) if school.opens else ""


def _rows(recipe: Recipe, grouping: str, counts: np.ndarray, axes: str, keep: np.ndarray) -> dict:
    """The cells to keep of an array, as columns: one for each axis, and the grouping."""
    groups = recipe.groupings[grouping]
    labels = {
        "year": np.array(recipe.years),
        "zone": _zone_ids(recipe),
        "school": _ids(recipe),
        "group": np.array(groups, dtype=object),
    }
    where = np.nonzero(keep)
    named = {axis: labels[axis][at] for axis, at in zip(axes.split(), where, strict=True)}
    return named | {"grouping": grouping, "n": counts[where]}


def _together(parts: list[dict]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([pd.DataFrame(part) for part in parts], ignore_index=True)


def _enrolment(recipe: Recipe, grown: Grown, whole: str = "") -> pd.DataFrame:
    """A row for each group of each school that has pupils in that year, or one row for all of them."""
    levels = dict(zip(_ids(recipe), (school.level for school in recipe.schools), strict=True))
    parts = []
    for grouping in recipe.groupings:
        counts = grown.enrolment(grouping)
        there = counts.any(axis=2, keepdims=True)
        if whole:
            rows = _rows(recipe, grouping, counts.sum(axis=2), "year school", there[..., 0])
            parts = [rows | {"grouping": whole, "group": whole}]
        else:
            rows = _rows(recipe, grouping, counts, "year school group", np.broadcast_to(there, counts.shape))
            parts.append(rows)
    frame = _together(parts)
    return frame.assign(level=frame["school"].map(levels))


def _residents(recipe: Recipe, grown: Grown) -> pd.DataFrame:
    parts = [(grouping, grown.residents(grouping)) for grouping in recipe.groupings]
    return _together(
        [_rows(recipe, one, counts, "year zone group", np.ones_like(counts, bool)) for one, counts in parts]
    )


def _flows(recipe: Recipe, grown: Grown) -> pd.DataFrame:
    """Only where somebody goes: most neighbourhoods send nobody to most schools."""
    parts = [(grouping, grown.flows(grouping)) for grouping in recipe.groupings]
    return _together(
        [_rows(recipe, one, counts, "year zone school group", counts > 0) for one, counts in parts]
    )


def _indicators(recipe: Recipe, grown: Grown) -> pd.DataFrame:
    parts = []
    for (outcome, grouping), counts in grown.outcomes.items():
        out_of = counts[..., 1]
        rows = _rows(recipe, grouping, counts[..., 0], "year school group", out_of > 0)
        parts.append(rows | {"indicator": outcome, "out_of": out_of[out_of > 0]})
    return _together(parts)


# ── asking for what is not there ────────────────────────────────────────────────────────────────────


def _recipe(name: str) -> Recipe:
    if name not in RECIPES:
        raise SampleError(_unknown("town", name, RECIPES))
    return RECIPES[name]


def _unknown(what: str, value: object, known) -> str:
    known = [str(one) for one in known]
    close = difflib.get_close_matches(str(value).lower(), known, n=1)
    there_are = say("sample.there_are", names=listed(known))
    hint = say("sample.did_you_mean", name=close[0]) if close else there_are
    return f"{say(f'sample.unknown.{what}', name=value)}; {hint}"

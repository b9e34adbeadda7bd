"""Every child draws its lots: where it lives, what it is, which school it goes to, what becomes of it.

One class after another grows up, and what is kept is only the counts. All arithmetic is on whole numbers: a
logarithm may differ in its last digit between two machines, and a child would then sit in another school.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from segkit.samples.recipe import OUTSIDE, SEX, Recipe, School

_LOT = 31  # a lot is a whole number below 2**31: times a total below 2**32 it still fits in 64 bits


class Grown(NamedTuple):
    """What the children of a town were counted as."""

    homes: dict[str, np.ndarray]  # grouping -> (years, zones, schools and one more for outside, groups)
    outcomes: dict[tuple[str, str], np.ndarray]  # outcome, grouping -> (years, schools, groups, n and out of)

    def residents(self, grouping: str) -> np.ndarray:
        """(years, zones, groups): all children of school age, wherever they go to school."""
        return self.homes[grouping].sum(axis=2)

    def flows(self, grouping: str) -> np.ndarray:
        """(years, zones, schools, groups): from home to school, for the town's own schools."""
        return self.homes[grouping][:, :, :-1]

    def enrolment(self, grouping: str) -> np.ndarray:
        """(years, schools, groups): who sits where, wherever they live."""
        return self.flows(grouping).sum(axis=1)


def grow(recipe: Recipe, seed: int) -> Grown:
    """Let one class after another grow up, and count who lives and sits where in each year."""
    years, zones, schools = len(recipe.years), len(recipe.zones), len(recipe.schools)
    groupings = recipe.groupings
    homes = {
        one: np.zeros((years, zones, schools + 1, len(groups)), int) for one, groups in groupings.items()
    }
    became = {
        (outcome.name, one): np.zeros((years, schools, len(groups), 2), int)
        for outcome in recipe.outcomes
        for one, groups in groupings.items()
    }
    for number, (level, grades) in enumerate(recipe.grades):
        for entry in range(recipe.years[0] - grades + 1, recipe.years[-1] + 1):
            # a stream for each class: touch one year of the recipe and the other classes stay as they were;
            # a stream of its own for what was thought of later: it moves no child to another school
            lots, more, fates = (_stream(seed, number, entry, what) for what in range(3))
            children = recipe.children + recipe.more * _steps(recipe, entry)
            children += int(lots.integers(-recipe.spread, recipe.spread + 1))
            lots = lots.integers(0, 2**_LOT, size=(5, children))
            more = more.integers(0, 2**_LOT, size=(len(recipe.traits), children))
            fates = fates.integers(0, 2**_LOT, size=(len(recipe.outcomes), grades, children))
            zone, group = _home(recipe, entry, lots[0])
            meals = _meals(recipe, zone, group, lots[1])
            choice = _choice(recipe, entry, level, zone, group, meals, lots[2])
            school = _school(recipe, entry, level, zone, group, choice, lots[3])
            is_a = {recipe.grouping: group, "free_meals": meals}
            for trait, lot in zip(recipe.traits, more, strict=True):
                is_a[trait.name] = _pick(np.array(trait.shares)[group], lot)
            for grade, year in enumerate(range(entry, entry + grades)):
                school = _moved(recipe, year, level, zone, group, choice, school, lots[4])
                if year in recipe.years:
                    when = recipe.years.index(year)
                    for one, its in is_a.items():
                        np.add.at(homes[one], (when, zone, school, its), 1)
                    last = grade == grades - 1
                    for outcome, fate in zip(recipe.outcomes, fates[:, grade], strict=True):
                        if outcome.level in ("", level) and (last or not outcome.last):
                            _became(became, outcome, when, school, is_a, recipe.grouping, fate)
    return Grown(homes, became)


def _stream(seed: int, *where: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([seed, *where]))


def _steps(recipe: Recipe, entry: int) -> int:
    """How many classes into the story this one is: the oldest pupils of the first year are class 0."""
    return entry - (recipe.years[0] - max(grades for _, grades in recipe.grades) + 1)


def _at(tendency: tuple[int, int], steps: int) -> int:
    """A tendency (start, step) when so many classes have passed; a share never falls below nothing."""
    start, step = tendency
    return max(start + step * steps, 0)


def _home(recipe: Recipe, entry: int, lots: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each child lives, and of which group it is."""
    none = (0,) * len(recipe.groups)
    here = np.array([zone.growth or none for zone in recipe.zones])
    growth = np.maximum(1000 + _steps(recipe, entry) * (np.array(recipe.growth) + here), 0)
    weights = np.array([zone.children for zone in recipe.zones]) * growth
    return np.divmod(_one_of(weights.ravel(), lots), len(recipe.groups))


def _meals(recipe: Recipe, zone: np.ndarray, group: np.ndarray, lots: np.ndarray) -> np.ndarray:
    """0 for a child who has free meals, 1 for all others: their places in MEALS."""
    here = np.array([zone.meals for zone in recipe.zones])[zone]
    share = np.clip(np.array(recipe.free_meals)[group] + here, 0, 100)
    return _pick(np.stack([share, 100 - share], axis=1), lots)


def _choice(recipe, entry, level, zone, group, meals, lots) -> np.ndarray:
    """0 for the public school, or else which of the recipe's choices: by group, neighbourhood and purse."""
    steps = _steps(recipe, entry)
    ready = np.array([zone.leave for zone in recipe.zones])[zone]

    def leaving(choice):
        wish = np.array([_at(share, steps) for share in choice.wish])[group] * ready // 100
        wish = np.where(meals == 0, wish // choice.one_in, wish)
        there = any(one.sector == choice.sector and _open(one, entry, level) for one in recipe.schools)
        return wish * ((there or choice.sector == OUTSIDE) and choice.level in ("", level))

    left = [leaving(choice) for choice in recipe.choices]
    public = np.maximum(1000 - sum(left), 0)
    return _pick(np.stack([public, *left], axis=1), lots)


def _school(recipe, entry, level, zone, group, choice, lots) -> np.ndarray:
    """Public places go by address or over the whole town; other families look first near their home."""
    places = np.array([school.places * _open(school, entry, level) for school in recipe.schools])
    streams = dict(recipe.streams)
    alike = (1,) * len(recipe.groups)
    draw = places * np.array([streams.get(school.stream, alike) for school in recipe.schools]).T
    home = np.array([[school.zone == zone.name for school in recipe.schools] for zone in recipe.zones])
    sectors = ["public", *(choice.sector for choice in recipe.choices)]
    public, *others = (
        draw * np.array([school.sector == one for school in recipe.schools]) for one in sectors
    )  # group × school
    near = public * home[:, None]  # zone × group × school
    in_town, in_zone = public.sum(axis=1, keepdims=True), near.sum(axis=2, keepdims=True)
    stay = min(_at(recipe.by_address, _steps(recipe, entry)), 100)
    # of every hundred, `stay` go by address and the rest over the town; where the zone has no school, all do
    given = np.where(in_zone, stay * near * in_town + (100 - stay) * public * in_zone, public)
    sought = np.where(home, recipe.nearby, 1)[:, None]
    weights = np.stack([given, *(sought * other for other in others)])
    which = np.ravel_multi_index((choice, zone, group), weights.shape[:3])
    school = _pick(weights.reshape(-1, weights.shape[3]), lots, which)
    outside = [number for number, sector in enumerate(sectors) if sector == OUTSIDE]
    return np.where(np.isin(choice, outside), -1, school)


def _moved(recipe, year, level, zone, group, choice, school, lots) -> np.ndarray:
    """When a school closes its pupils go where it merges, or their families choose again."""
    names = [one.name for one in recipe.schools]
    for number, one in enumerate(recipe.schools):
        leaving = (school == number) & (one.closes == year)
        if leaving.any():
            again = _school(recipe, year, level, zone, group, choice, lots)
            school = np.where(leaving, names.index(one.into) if one.into else again, school)
    return school


def _open(school: School, year: int, level: str) -> bool:
    return school.level == level and (school.opens or year) <= year < (school.closes or year + 1)


def _became(became, outcome, when, school, is_a, first, lots):
    """Count one outcome of one class in one year, in every grouping."""
    here = school >= 0
    chance = np.array(outcome.base)[is_a[first]] + outcome.step * when
    chance = chance + outcome.meals * (is_a["free_meals"] == 0)
    if SEX in is_a:
        chance = chance + outcome.boys * (is_a[SEX] == 1)
    has = (lots * 1000 >> _LOT) < chance
    for one, its in is_a.items():
        counts = became[outcome.name, one]
        np.add.at(counts, (when, school[here], its[here], 1), 1)
        np.add.at(counts, (when, school[here & has], its[here & has], 0), 1)


def _pick(weights: np.ndarray, lots: np.ndarray, which: np.ndarray | None = None) -> np.ndarray:
    """One choice per lot, in proportion to a row of whole-number weights; the lot says where along it falls.

    which : the row of each lot, where the rows are fewer than the lots.
    """
    ends = np.cumsum(weights, axis=1, dtype=np.int64)
    if ends.shape[0] and ends[:, -1].max() >= 2**32:
        raise OverflowError("the weights of the recipe are too large to be drawn from")
    ends = ends if which is None else ends[which]
    point = lots * ends[:, -1] >> _LOT
    return (ends <= point[:, None]).sum(axis=1)


def _one_of(weights: np.ndarray, lots: np.ndarray) -> np.ndarray:
    """As `_pick`, where every lot has the same weights."""
    ends = np.cumsum(weights, dtype=np.int64)
    return np.searchsorted(ends, lots * ends[-1] >> _LOT, side="right")

"""What a recipe for a town is made of: change a number and you have another town.

Shares are whole numbers, per 1,000 or per 100 children as each line says. A pair (start, step) is the value
for the first class of the story and what is added for each later class: tendencies are slow, because a school
holds several classes at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

MEALS = ("free_meals", "not free_meals")  # named as `read` names a part of a total, and the rest of it
OUTSIDE = "outside"  # the choice of families whose children go to school in another town


class Zone(NamedTuple):
    """A neighbourhood: who grows up there, and how ready its families are to leave the public school."""

    name: str
    children: tuple[int, ...]  # of every 1,000 children of the town: how many live here, by group
    leave: int  # readiness to leave for another school than the public one, in per cent of the town's
    meals: int  # free meals: percentage points more (or fewer) than the town's families of the same group
    at: tuple[int, int]  # north and east of the town's corner, in hundred-thousandths of a degree
    growth: tuple[int, ...] = ()  # how fast it grows beside the town, by group, per 1,000 a year


class School(NamedTuple):
    """A school: what it is, how many it takes each year, and when it opened or closed."""

    name: str
    sector: str
    level: str
    zone: str
    places: int  # new pupils a year it is built for: a school twice as large attracts twice as many
    opens: int | None = None  # first year with pupils, one class a year; None: it was always there
    closes: int | None = None  # first year without pupils
    into: str | None = None  # where its pupils go all together (a merger); None: each family chooses again
    stream: str = ""  # one of the recipe's streams; "": it draws every group alike


class Choice(NamedTuple):
    """A way to leave the public school: of every 1,000 families of each group, how many take it."""

    sector: str  # or OUTSIDE
    wish: tuple[tuple[int, int], ...]  # by group: (start, step)
    one_in: int  # of those with free meals who would choose it, one in this many does
    level: str = ""  # open at this level only; "": at every level


class Trait(NamedTuple):
    """Another grouping of the same children: of every 100 of each first group, how many are in each group."""

    name: str
    groups: tuple[str, ...]
    shares: tuple[tuple[int, ...], ...]  # first group × group
    focal: str


class Outcome(NamedTuple):
    """Something that becomes of pupils: of every 1,000, how many."""

    name: str
    level: str  # counted at this level only; "": at every level
    last: bool  # counted once, in the last year of the level; else every year anew
    base: tuple[int, ...]  # by first group
    meals: int  # more (or fewer) where the family has free meals
    boys: int = 0  # more (or fewer) among boys
    step: int = 0  # more (or fewer) with every year


# Of the pupils of every first group alike; a recipe says what its own groups add.
def outcomes(reads=(0, 0, 0, 0), absent=(0, 0, 0, 0), excluded=(0, 0, 0, 0)) -> tuple[Outcome, ...]:
    """The three outcomes every town counts: who reads well, who is often absent, who is excluded."""

    def around(middle, more):
        return tuple(middle + one for one in more)

    return (
        Outcome("reads well at 11", "primary", True, around(760, reads), -170, boys=-50, step=4),
        Outcome("reads well at 14", "lower-secondary", True, around(720, reads), -190, boys=-70, step=3),
        Outcome("often absent", "", False, around(85, absent), 95, step=5),
        Outcome("excluded for a day or more", "", False, around(9, excluded), 16, boys=12),
    )


SEX = "sex"
GIRLS_AND_BOYS = ("girls", "boys")


@dataclass(frozen=True)
class Recipe:
    """Everything that makes a town what it is."""

    name: str
    zones: tuple[Zone, ...]
    schools: tuple[School, ...]
    choices: tuple[Choice, ...]
    growth: tuple[int, ...]  # by group: how fast its share grows, per 1,000 a year
    free_meals: tuple[int, ...]  # by group, per cent
    land: tuple[tuple[int, int], ...]  # the outline of the town, roughly: north and east of its corner
    corner: tuple[int, int]  # in hundred-thousandths of a degree: open ocean, days from any town
    grouping: str = "origin"  # the first grouping: where a child lives goes by it
    groups: tuple[str, ...] = ("local", "mixed", "near", "far")
    focal: str = "far"
    traits: tuple[Trait, ...] = ()  # further groupings, after free meals
    outcomes: tuple[Outcome, ...] = outcomes()
    years: tuple[int, ...] = (2020, 2021, 2022, 2023, 2024)  # the autumn in which the school year begins
    grades: tuple[tuple[str, int], ...] = (("primary", 5), ("lower-secondary", 3))  # years a pupil stays
    children: int = 800  # children who start each level every year, about
    spread: int = 25  # that number, more or fewer
    more: int = 0  # so many more with each later class
    by_address: tuple[int, int] = (92, -5)  # public places given by address, per cent: the rest over the town
    nearby: int = 3  # any other school in one's own neighbourhood counts this many times
    # How strongly the schools of a stream draw each group; a school without a stream draws all groups once.
    streams: tuple[tuple[str, tuple[int, ...]], ...] = ()
    about_streams: str = "x_stream"  # the column of schools.csv that says it
    grain: int = 80  # how fine the map is drawn: the side of its hexagons, in hundred-thousandths of a degree
    language: str = "en"

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(level for level, _ in self.grades)

    @property
    def groupings(self) -> dict[str, tuple[str, ...]]:
        """Every grouping with its groups, in order: the first one, free meals, and the traits."""
        first = {self.grouping: self.groups, "free_meals": MEALS}
        return first | {trait.name: trait.groups for trait in self.traits}

    @property
    def focals(self) -> dict[str, str]:
        """The group of each grouping that is measured against all others."""
        first = {self.grouping: self.focal, "free_meals": MEALS[0]}
        return first | {trait.name: trait.focal for trait in self.traits}


def girls_and_boys(groups: int = 4) -> Trait:
    """Sex, which goes by nothing else: what chance alone does between schools."""
    return Trait(SEX, GIRLS_AND_BOYS, ((49, 51),) * groups, "girls")

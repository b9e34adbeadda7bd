"""Ten countries that do not exist, surveyed six times: one series, two honest readings.

A survey sees some schools and some pupils in each, so its D would have been another one with other schools.
Whoever asks on which side of its first point a line ends, and whoever asks whether it moved by more than
that, read the same numbers and may write opposite headlines. The countries are invented because the values
of real ones are not ours to print; what is true of them is known, because it was put there.

>>> seen = two_readings()
>>> len(seen.rose), len(seen.moved)
(8, 2)
>>> seen.moved == tuple(n for n, growth in zip(seen.names, GROWTH, strict=True) if growth > 0.1)
True
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from segkit.estimate import bootstrap
from segkit.indices import dissimilarity
from segkit.words import say

COUNTRIES = tuple("ABCDEFGHJK")  # no I, which looks like a line
SPREAD = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4)  # how far the schools of each lie apart, at first
# What time does to that: a little more nearly everywhere, a real change in two places.
GROWTH = (0.25, 0.06, 0.06, 0.06, 0.06, 0.25, -0.03, 0.06, 0.06, 0.06)
WAVES, SCHOOLS, PUPILS = 6, 300, 30  # about the size of a large international survey


@dataclass(frozen=True)
class Readings:
    """D of each country in each survey, and the range of its change from the first to the last."""

    names: tuple[str, ...]
    values: np.ndarray  # (countries, waves)
    low: np.ndarray  # of the change, first to last
    high: np.ndarray

    @property
    def change(self) -> np.ndarray:
        """From the first survey to the last."""
        return self.values[:, -1] - self.values[:, 0]

    @property
    def up(self) -> np.ndarray:
        """The first reading: does the line end higher than it began?"""
        return self.change > 0

    @property
    def more_than_chance(self) -> np.ndarray:
        """The second reading: does the range of the change leave out 0?"""
        return (self.low > 0) | (self.high < 0)

    @property
    def rose(self) -> tuple[str, ...]:
        """The countries whose line ends higher than it began."""
        return tuple(name for name, up in zip(self.names, self.up, strict=True) if up)

    @property
    def moved(self) -> tuple[str, ...]:
        """The countries that changed by more than chance would."""
        return tuple(name for name, more in zip(self.names, self.more_than_chance, strict=True) if more)


def surveyed(spread: float, rng) -> np.ndarray:
    """One survey of one country: of each school some pupils, those of the poorer half and the others.

    >>> surveyed(0.5, np.random.default_rng(1)).sum(1)[:3].tolist()
    [30, 30, 30]
    """
    share = 1 / (1 + np.exp(-rng.normal(0, spread, SCHOOLS)))
    poorer = rng.binomial(PUPILS, share)
    return np.column_stack([poorer, PUPILS - poorer])


def change_between(first, last, rng, times: int = 400, level: float = 0.95) -> tuple[float, float]:
    """The range of the change in D between two surveys, each of which could have met other schools.

    Schools are drawn again in both, and the differences reflected at the one observed: the small samples
    lift D in both surveys alike, so their difference is not lifted.
    """
    one, other = (bootstrap(n, focal=0, rng=rng, times=times, target="schools") for n in (first, last))
    ends = np.quantile(other.draws - one.draws, [(1 + level) / 2, (1 - level) / 2])
    low, high = 2 * (other.value - one.value) - ends
    return float(low), float(high)


def two_readings(seed: int = 2, growth: Sequence[float] = GROWTH) -> Readings:
    """Ten invented countries over six surveys; the same seed, the same story.

    growth : how much farther apart each country's schools are in the last survey than in the first. Over
    many seeds nearly eight of the ten lines end higher than they began, and two or three by more than
    chance; seed 2 is such a draw, and finds the two countries where the change is real.
    """
    growth = tuple(growth)
    if len(growth) != len(COUNTRIES):
        raise ValueError(say("surveys.growth", came=len(growth), n=len(COUNTRIES)))
    return drawn(seed, growth)


@cache
def drawn(seed: int, growth: tuple[float, ...]) -> Readings:
    """The series themselves; asked for again, they are not computed again."""
    rng = np.random.default_rng(seed)
    values, ends = [], []
    for spread, more in zip(SPREAD, growth, strict=True):
        waves = [surveyed(spread * (1 + more * k / (WAVES - 1)), rng) for k in range(WAVES)]
        values.append([dissimilarity(n, 0) for n in waves])
        ends.append(change_between(waves[0], waves[-1], rng))
    arrays = np.array(values), *np.array(ends).T
    for array in arrays:
        array.setflags(write=False)
    return Readings(COUNTRIES, *arrays)

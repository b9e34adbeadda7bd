"""Shares in words: a percentage with a decimal and a school's roll give the count back, a band does not.

>>> share_text(37, 120)
'about 30 to 35 %'
>>> share_text(371, 1200)  # twelve counts round to 31 %
'31 %'
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from segkit.words import number, say

ALIKE = 3  # counts that must look the same: with two, whoever knows the one knows the other
WIDTHS = (1, 2, 5, 10, 20, 25, 50)  # per cent; 1 is a whole per cent, rounded
BREAKS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)  # of the classes on a map


def rounds_to(percent: int, of: int) -> int:
    """How many counts of a total round to this whole per cent.

    >>> rounds_to(31, 1200), rounds_to(31, 120)
    (12, 1)
    """
    low, high = max(-(-(2 * percent - 1) * of // 200), 0), -(-(2 * percent + 1) * of // 200)
    return max(min(high, of + 1) - low, 0)


@cache
def width_of(of: int) -> int | None:
    """How wide bands must be, so that each holds at least three counts of this total; 1 is a whole per cent.

    The width depends on the total alone: a band chosen for one count would tell of it. None where even half
    of the scale would say too much.
    >>> [width_of(of) for of in (3, 5, 20, 120, 1200)]
    [None, 50, 20, 5, 1]
    """
    if all(rounds_to(percent, of) >= ALIKE for percent in range(101)):
        return 1
    for width in WIDTHS[1:]:
        ends = [-(-low * of // 100) for low in range(0, 100, width)] + [of + 1]
        if all(high - low >= ALIKE for low, high in pairwise(ends)):
            return width
    return None


def band(n: int, of: int) -> tuple[int, int] | None:
    """The per cents between which a share lies; (31, 31) is 31 %. A band holds its lower end, the last both.

    >>> band(37, 120), band(371, 1200), band(2, 3)
    ((30, 35), (31, 31), None)
    """
    width = width_of(of) if of > 0 and 0 <= n <= of else None
    if width is None:
        return None
    if width == 1:
        percent = (200 * n + of) // (2 * of)  # half up, in whole numbers
        return percent, percent
    low = min(100 * n // (of * width) * width, 100 - width)
    return low, low + width


def share_text(n: int, of: int) -> str:
    """A share in words that does not give the count away."""
    found = band(n, of)
    if found is None:
        return say("privacy.share.none")
    low, high = found
    return (
        say("privacy.share.whole", low=low) if low == high else say("privacy.share.band", low=low, high=high)
    )


def class_of(low: float, high: float | None = None, breaks=BREAKS) -> int | None:
    """The class of a map in which a share lies, if all it can be lies in one; None is hidden.

    A class holds its lower end, the last one both.
    >>> class_of(0.31), class_of(0.31, 0.39), class_of(0.31, 0.41), class_of(1.0)
    (3, 3, None, 6)
    """
    from bisect import bisect_right

    last = len(breaks) - 2
    ends = [
        min(max(bisect_right(breaks, value) - 1, 0), last) for value in (low, low if high is None else high)
    ]
    return ends[0] if ends[0] == ends[1] else None


def class_text(which: int | None, breaks=BREAKS) -> str:
    """A class in words, for a legend or a tip; hidden where there is none.

    >>> class_text(3), class_text(None)
    ('30 to 40 %', 'hidden')
    """
    if which is None:
        return say("privacy.class.hidden")
    low, high = (number(100 * value, "g") for value in breaks[which : which + 2])
    return say("privacy.class.share", low=low, high=high)


def smallest_move(territory) -> int:
    """How many pupils may be moved in thought at once: one in an invented town, k where children are real.

    What changes by one pupil tells of one pupil.
    """
    return 1 if territory.invented else max(territory.k, 1)


def what_if(value: float) -> float:
    """The result of moving pupils in thought: two decimals."""
    return round(float(value), 2)

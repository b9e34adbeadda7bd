"""Shares in words: a percentage with a decimal and a school's roll give the count back, a band does not.

>>> share_text(37, 120)
'about 30 to 32 %'
>>> share_text(371, 1200)  # twelve counts round to 31 %
'31 %'
"""

from __future__ import annotations

from segkit.words import say

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


def band(n: int, of: int) -> tuple[int, int] | None:
    """The narrowest band of per cents that holds this share and at least three counts; (31, 31) is 31 %.

    None where the total is so small that even a half of the scale would say too much.
    >>> band(37, 120), band(371, 1200), band(2, 3)
    ((30, 32), (31, 31), None)
    """
    if of <= 0 or not 0 <= n <= of:
        return None
    percent = (200 * n + of) // (2 * of)  # half up, in whole numbers
    if rounds_to(percent, of) >= ALIKE:
        return percent, percent
    for width in WIDTHS[1:]:
        low = min(100 * n // (of * width) * width, 100 - width)
        last = of + 1 if low + width == 100 else -(-(low + width) * of // 100)
        if last - -(-low * of // 100) >= ALIKE:
            return low, low + width
    return None


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
    low, high = (f"{100 * value:g}" for value in breaks[which : which + 2])
    return say("privacy.class.share", low=low, high=high)


def smallest_move(territory) -> int:
    """How many pupils may be moved in thought at once: one in an invented town, k where children are real.

    What changes by one pupil tells of one pupil.
    """
    return 1 if territory.invented else max(territory.k, 1)


def what_if(value: float) -> float:
    """The result of moving pupils in thought: two decimals."""
    return round(float(value), 2)

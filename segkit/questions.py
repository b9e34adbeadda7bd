"""The questions of the units: what is asked, and how the right answer is computed.

The sentences live in `segkit.words`: `ask.<name>` is the question, `ask.<name>.a`, `.b` … its choices and
`ask.<name>.a.why` … what a reader hears after picking one. Nothing here types an answer: each is worked out
by the shelf when it is asked."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from segkit import indices as shelf
from segkit.estimate import expected
from segkit.indices.shelf import INDICES, SPATIAL
from segkit.lessons import SCHOOLS, classes, same_d

FOUR = ((100, 0), (60, 40), (40, 60), (0, 100))  # the four schools everything begins with
TWO = ((30, 10), (10, 30))  # small enough for the back of an envelope


@dataclass(frozen=True)
class Question:
    """One question: its kind, how to compute the answer, and the numbers its sentences need."""

    kind: str  # "choice" among letters, "number" typed, "guess" on a slider
    answer: Callable
    choices: str = ""  # the letters of the choices
    low: float = 0.0
    high: float = 1.0
    places: int = 2
    values: Callable = dict  # numbers for the blanks in its sentences


def one_of(letters: str, *true: bool) -> str:
    """The letter of the one sentence that is true; an error where none or several are.

    >>> one_of("abc", False, True, False)
    'b'
    """
    (right,) = [letter for letter, holds in zip(letters, true, strict=True) if holds]
    return right


def matching(value: float, letters: str, *names: str) -> str:
    """The letter of the index that gives this value on the four schools with a fifth, uneven one."""
    return one_of(letters, *(abs(value - INDICES[name](UNEVEN)) < 1e-12 for name in names))


UNEVEN = (*FOUR, (30, 150))
x, y = np.array(UNEVEN, float).T
t, X, Y, N = x + y, x.sum(), y.sum(), (x + y).sum()


def grown(name: str) -> bool:
    """Does the index change when the focal group doubles in every school?"""
    n = np.array(UNEVEN)
    return abs(INDICES[name](n * [2, 1]) - INDICES[name](n)) > 1e-12


def to_swap(counts) -> float:
    """How many of the focal group must swap places for every school to have its fair share, sizes kept:
    those above it."""
    n = np.asarray(counts, float)
    fair = n.sum(1) * n[:, 0].sum() / n.sum()
    return float(np.maximum(n[:, 0] - fair, 0).sum())


def by_lot(size: int = 8, pupils: int = 2400, share: float = 0.2) -> float:
    """D to expect where pupils are placed by lot into schools of one size."""
    schools = pupils // size
    focal = np.diff(np.linspace(0, pupils * share, schools + 1).astype(int))
    return expected(np.c_[focal, size - focal])


def four_values() -> dict:
    n = np.array(FOUR)
    return {"D": shelf.dissimilarity(n), "GS": shelf.gorard(n), "X": int(n[:, 0].sum()), "N": int(n.sum())}


def swap_values() -> dict:
    n = np.array(UNEVEN)
    D, GS = shelf.dissimilarity(n), shelf.gorard(n)
    return {"DN": D * N, "DX": D * X, "GSX": GS * X, "D": D, "GS": GS, "X": int(X), "N": int(N)}


def same_values() -> dict:
    a, b = same_d()
    return {"D": shelf.dissimilarity(a), "Ha": shelf.information(a), "Hb": shelf.information(b)}


QUESTIONS = {
    # --- predict first
    "four_schools": Question("guess", lambda: 100 * shelf.dissimilarity(FOUR), high=100, places=0),
    "larger_group": Question(
        "guess",
        lambda: shelf.dissimilarity(np.array(SCHOOLS) * [2, 1]),
        values=lambda: {
            "before": shelf.dissimilarity(SCHOOLS),
            "isolation": shelf.isolation(SCHOOLS),
            "isolation_after": shelf.isolation(np.array(SCHOOLS) * [2, 1]),
        },
    ),
    "by_lot": Question("guess", by_lot),
    "districts": Question(
        "guess",
        lambda: shelf.dissimilarity(classes().reshape(4, -1, 2).sum(1)),
        values=lambda: {"before": shelf.dissimilarity(classes())},
    ),
    # --- spot the mistake
    "slip_isolation": Question(
        "choice",
        lambda: matching((x / X * y / t).sum(), "abc", "isolation", "interaction", "dissimilarity"),
        "abc",
    ),
    "slip_gorard": Question(
        "choice",
        lambda: matching(abs(x / X - t / N).sum() / 2, "ab", "dissimilarity", "gorard"),
        "ab",
        values=four_values,
    ),
    "slip_size": Question(
        "choice",
        lambda: one_of(
            "abcd",
            grown("dissimilarity") and not grown("isolation"),
            grown("isolation") and not grown("dissimilarity"),
            grown("dissimilarity") and grown("isolation"),
            not grown("dissimilarity") and not grown("isolation"),
        ),
        "abcd",
    ),
    "slip_move": Question(
        "choice",
        lambda: one_of(
            "abc",
            *(
                abs(to_swap(UNEVEN) - n) < 1e-9
                for n in (swap_values()["DN"], swap_values()["DX"], swap_values()["GSX"])
            ),
        ),
        "abc",
        values=swap_values,
    ),
    "slip_names": Question(
        "choice",
        lambda: one_of(
            "abc",
            *(
                name in SPATIAL["absolute_concentration"].source
                for name in ("Massey & Duncan", "Massey & Denton", "Casato")
            ),
        ),
        "abc",
    ),
    # --- check yourself
    "zero": Question(
        "choice",
        lambda: one_of(
            "abc",
            *(
                shelf.dissimilarity(n) == 0
                for n in ([[50, 50], [20, 180]], [[20, 80], [10, 40]], [[60, 40], [40, 60]])
            ),
        ),
        "abc",
    ),
    "by_hand_d": Question("number", lambda: shelf.dissimilarity(TWO)),
    "by_hand_isolation": Question("number", lambda: shelf.isolation(TWO), places=3),
    "which_index": Question(
        "choice",
        lambda: one_of(
            "abc",
            *(
                INDICES[name].dimension == "exposure"
                for name in ("dissimilarity", "isolation", "information")
            ),
        ),
        "abc",
    ),
    "stays": Question(
        "choice",
        lambda: one_of(
            "abc",
            *("composition" in INDICES[name].obeys for name in ("isolation", "dissimilarity", "information")),
        ),
        "abc",
    ),
    "same_d": Question(
        "choice",
        lambda: one_of(
            "abc",
            False,
            shelf.information(same_d()[0]) > shelf.information(same_d()[1]),
            shelf.information(same_d()[0]) < shelf.information(same_d()[1]),
        ),
        "abc",
        values=same_values,
    ),
    "entry_year": Question(
        "choice",
        lambda: one_of("abc", False, by_lot(8) > by_lot(200), by_lot(8) <= by_lot(200)),
        "abc",
        values=lambda: {"small": by_lot(8), "large": by_lot(200)},
    ),
    "why": Question(
        "choice",
        lambda: one_of("abc", False, False, shelf.dissimilarity(FOUR) == shelf.dissimilarity(FOUR[::-1])),
        "abc",
    ),
}

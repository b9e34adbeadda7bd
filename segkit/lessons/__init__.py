"""The stories that films tell, each a `Score` computed beforehand; the shelf computes every number.

>>> import segkit as sk
>>> from segkit import lessons
>>> film = sk.Film(lessons.merge())
"""

from segkit.lessons.measuring import (
    DIMENSIONS,
    SCHOOLS,
    along,
    classes,
    cut_points,
    dimension,
    disagreement,
    even_to_complete,
    larger_group,
    merge,
    ranks,
    same_d,
    side_by_side,
    small_schools,
    tiles,
)
from segkit.lessons.score import Score, round_numbers, score, shown, two, whole

__all__ = [
    "DIMENSIONS",
    "SCHOOLS",
    "Score",
    "along",
    "classes",
    "cut_points",
    "dimension",
    "disagreement",
    "even_to_complete",
    "larger_group",
    "merge",
    "ranks",
    "round_numbers",
    "same_d",
    "score",
    "shown",
    "side_by_side",
    "small_schools",
    "tiles",
    "two",
    "whole",
]

"""The stories that films tell, each a `Score` computed beforehand; the shelf computes every number.

>>> import segkit as sk
>>> from segkit import lessons
>>> film = sk.Film(lessons.merge())
"""

from segkit.lessons.definition import (
    avenue,
    by_catchment,
    choice_amplifies,
    choosing,
    how_mild,
    incomes,
    leaving,
    mirror,
    opting_out,
    region,
    scale,
    status,
)
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
from segkit.lessons.score import Score, Shelf, Spread, round_numbers, score, shown, two, whole
from segkit.lessons.start import LOTTERY, lots
from segkit.lessons.stock import (
    one_hidden,
    only_groups,
    only_one_school,
    only_totals,
    well_hidden,
    what_is_hidden,
)

__all__ = [
    "DIMENSIONS",
    "LOTTERY",
    "SCHOOLS",
    "Score",
    "Shelf",
    "Spread",
    "along",
    "avenue",
    "by_catchment",
    "choice_amplifies",
    "choosing",
    "classes",
    "cut_points",
    "dimension",
    "disagreement",
    "even_to_complete",
    "how_mild",
    "incomes",
    "larger_group",
    "leaving",
    "lots",
    "merge",
    "mirror",
    "one_hidden",
    "only_groups",
    "only_one_school",
    "only_totals",
    "opting_out",
    "ranks",
    "region",
    "round_numbers",
    "same_d",
    "scale",
    "score",
    "shown",
    "side_by_side",
    "small_schools",
    "status",
    "tiles",
    "two",
    "well_hidden",
    "what_is_hidden",
    "whole",
]

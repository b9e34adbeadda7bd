"""The fuller pictures: one function for each, drawn on the axes it is given, computing nothing but where the
ink goes.

Every function returns a `Picture`: a figure with the sentence that says what it shows, for those who cannot
see it.

>>> from segkit import plots
>>> plots.shares([[30, 10], [10, 30]]).alt
'Share of the focal group in each school, against 50% in the whole: 1 75%, 2 25%.'
"""

from segkit.plots.definition import apart, enrolment, housing_and_choice, private_share, two_readings
from segkit.plots.maps import flows, zone_map
from segkit.plots.measuring import (
    COMPARED,
    contributions,
    over_time,
    segregation_curves,
    shares,
    towns_compared,
)
from segkit.plots.picture import COLOURS, DASHES, FAINT, GRID, INK, MARKS, Picture, label, new_axes, style
from segkit.plots.sweeping import tipping
from segkit.plots.territory import both_sides, capacity, composition, outcomes, sectors, years

__all__ = [
    "COLOURS",
    "COMPARED",
    "DASHES",
    "FAINT",
    "GRID",
    "INK",
    "MARKS",
    "Picture",
    "apart",
    "both_sides",
    "capacity",
    "composition",
    "contributions",
    "enrolment",
    "flows",
    "housing_and_choice",
    "label",
    "new_axes",
    "outcomes",
    "over_time",
    "private_share",
    "sectors",
    "segregation_curves",
    "shares",
    "style",
    "tipping",
    "towns_compared",
    "two_readings",
    "years",
    "zone_map",
]

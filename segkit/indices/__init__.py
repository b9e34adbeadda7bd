"""The shelf of indices: counts in, a number out. Rows are units (schools), columns are groups.

`INDICES` reads a table, `SPATIAL` a table and a map; each entry declares what it is, so loop over them
rather than list names.
"""

from segkit.indices.evenness import atkinson, dissimilarity, gini, gorard, hutchens
from segkit.indices.exposure import correlation_ratio, interaction, isolation
from segkit.indices.local import contribution, entropy, local_segregation, location_quotient, simpson
from segkit.indices.multigroup import (
    information,
    multigroup_dissimilarity,
    multigroup_gini,
    mutual_information,
    normalized_exposure,
    relative_diversity,
    squared_variation,
)
from segkit.indices.shelf import INDICES, SPATIAL, CannotBeAssessed, Index
from segkit.indices.space import (
    absolute_centralisation,
    absolute_concentration,
    biweight,
    delta,
    distance_decay_isolation,
    distances,
    exponential,
    great_circle,
    relative_centralisation,
    spatial_dissimilarity,
    spatial_exposure,
    spatial_information,
    spatial_isolation,
    spatial_proximity,
    spatial_relative_diversity,
    uniform,
)

__all__ = [
    "CannotBeAssessed",
    "INDICES",
    "Index",
    "SPATIAL",
    "absolute_centralisation",
    "absolute_concentration",
    "atkinson",
    "biweight",
    "contribution",
    "correlation_ratio",
    "delta",
    "dissimilarity",
    "distance_decay_isolation",
    "distances",
    "entropy",
    "exponential",
    "gini",
    "gorard",
    "great_circle",
    "hutchens",
    "information",
    "interaction",
    "isolation",
    "local_segregation",
    "location_quotient",
    "multigroup_dissimilarity",
    "multigroup_gini",
    "mutual_information",
    "normalized_exposure",
    "relative_centralisation",
    "relative_diversity",
    "simpson",
    "spatial_dissimilarity",
    "spatial_exposure",
    "spatial_information",
    "spatial_isolation",
    "spatial_proximity",
    "spatial_relative_diversity",
    "squared_variation",
    "uniform",
]

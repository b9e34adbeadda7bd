"""A territory on a page: degrees to map units and back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from segkit.indices.space import EARTH_M
from segkit.territory import Territory

WIDTH = 1000  # map units from the left edge to the right
MARGIN = 0.05
TALLEST, LOWEST = 1100, 380


@dataclass(frozen=True)
class Plane:
    """A flat map of a small place: as many units to the metre in every direction, north at the top."""

    lon: float  # of the left edge
    lat: float  # of the upper edge
    unit: float  # degrees of latitude in one map unit
    squeeze: float  # a degree of longitude, in degrees of latitude
    height: float

    def to(self, lat, lon) -> tuple[float, float]:
        """Degrees in map units, x to the right and y down."""
        return round((lon - self.lon) * self.squeeze / self.unit, 1), round((self.lat - lat) / self.unit, 1)

    def back(self, x, y) -> tuple[float, float]:
        """Map units in degrees: latitude, longitude."""
        x, y = (float(v) if isinstance(v, int | float) and math.isfinite(v) else math.inf for v in (x, y))
        if not (math.isfinite(x) and math.isfinite(y)):
            return math.nan, math.nan
        return self.lat - y * self.unit, self.lon + x * self.unit / self.squeeze

    @property
    def metres(self) -> float:
        """Metres in one map unit."""
        return math.radians(self.unit) * EARTH_M

    def scale(self) -> tuple[float, int]:
        """A round number of metres for the bar under the map: its length in map units, and the metres."""
        most = 0.25 * WIDTH * self.metres
        power = 10 ** math.floor(math.log10(most))
        metres = max(step * power for step in (1, 2, 5) if step * power <= most)
        return round(metres / self.metres, 1), int(metres)


def rings(geometry) -> list[list[tuple[float, float]]]:
    """All rings of an outline as (longitude, latitude): outer ones and holes alike."""
    if not geometry:
        return []
    parts = geometry.get("coordinates") or []
    parts = parts if geometry.get("type") == "MultiPolygon" else [parts]
    return [[(point[0], point[1]) for point in ring] for part in parts for ring in part]


def plane(territory: Territory) -> Plane | None:
    """The plane that holds all zones and schools; None where nothing has a place."""
    points = [point for shape in territory.zones["geometry"] for ring in rings(shape) for point in ring]
    schools = territory.schools[["lon", "lat"]].dropna()
    points += list(schools.itertuples(index=False, name=None))
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.01)
    wide, high = max((east - west) * squeeze, 1e-4), max(north - south, 1e-4)
    unit = wide * (1 + 2 * MARGIN) / WIDTH
    height = high * (1 + 2 * MARGIN) / unit
    if height > TALLEST:  # a long valley: its height decides
        unit, height = high * (1 + 2 * MARGIN) / TALLEST, TALLEST
    height = max(height, LOWEST)
    left = (west + east) / 2 - WIDTH * unit / squeeze / 2
    return Plane(left, (south + north) / 2 + height * unit / 2, unit, squeeze, round(height, 1))

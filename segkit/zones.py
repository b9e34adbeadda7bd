"""Outlines become numbers here, once: areas, centres and distances in metres, and who stands inside what.

Zones are the frame `territory.zones`: zone, name, and geometry as GeoJSON has it (longitude first, WGS84).
What is in degrees goes in, what is in metres comes out; the spatial indices take arrays and know no outline.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from segkit.indices.space import EARTH_M, great_circle
from segkit.words import say

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "areas_m2",
    "catchments",
    "centres",
    "distance_m",
    "faults_of",
    "from_geojson",
    "shapes",
    "to_geojson",
    "zone_of",
]

FAULTS = ("unreadable", "not_an_area", "empty", "in_metres", "swapped", "outside_world", "self_crossing")
AREAS = ("Polygon", "MultiPolygon")
MOST_DEGREES = 360  # whoever counts longitude from 0 to 360 still counts degrees; beyond, they are metres
FAR_M, NEAR_M = 1_000_000, 200_000  # a town lies within 200 km of its schools, and never 1,000 km away


# ── outlines ────────────────────────────────────────────────────────────────────────────────────────


def shapes(zones: pd.DataFrame) -> dict:
    """The outline of each zone that has one, as a shapely geometry in degrees.

    >>> import pandas as pd
    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    >>> shapes(pd.DataFrame({"zone": ["Z1", "Z2"], "name": ["", ""], "geometry": [square, None]}))["Z1"].area
    1.0
    """
    from shapely.geometry import shape

    pairs = zip(zones["zone"], zones["geometry"], strict=True)
    return {zone: shape(geometry) for zone, geometry in pairs if isinstance(geometry, Mapping)}


def areas_m2(zones: pd.DataFrame) -> np.ndarray:
    """The area of each zone in square metres, one per row; NaN for a zone without an outline.

    On a cylinder that keeps areas (Lambert 1772), around a sphere of the earth's mean radius.

    >>> import pandas as pd
    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    >>> (areas_m2(pd.DataFrame({"zone": ["Z1"], "geometry": [square]})) / 1e6).round()  # square kilometres
    array([12364.])
    """
    flat = {zone: _flat(outline) for zone, outline in shapes(zones).items()}
    return np.array([flat[zone].area if zone in flat else np.nan for zone in zones["zone"]], dtype=float)


def centres(zones: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude of the middle of each zone, one per row; NaN for a zone without an outline.

    The middle is the point on which the outline would balance; where that lies outside (a zone around a
    bay), a point well inside is taken instead.
    """
    found = {}
    for zone, outline in shapes(zones).items():
        flat = _flat(outline)
        middle = flat.centroid if flat.contains(flat.centroid) else flat.representative_point()
        if not middle.is_empty:
            found[zone] = (np.degrees(np.arcsin(np.clip(middle.y / EARTH_M, -1, 1))), middle.x)
    nowhere = (np.nan, np.nan)
    lat, x = np.array([found.get(zone, nowhere) for zone in zones["zone"]], dtype=float).reshape(-1, 2).T
    return lat, np.degrees(x / EARTH_M)


def zone_of(zones: pd.DataFrame, lat, lon) -> list[str]:
    """The zone each point lies in, "" where it lies in none; on a border, the zone that comes first.

    >>> import pandas as pd
    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    >>> zone_of(pd.DataFrame({"zone": ["Z1"], "geometry": [square]}), [0.5, 40], [0.5, 0.5])
    ['Z1', '']
    """
    import shapely

    outlines = shapes(zones)
    points = shapely.points(np.asarray(lon, float), np.asarray(lat, float))
    names, found = list(outlines), np.full(points.shape, len(outlines))
    if names:
        tree = shapely.STRtree(list(outlines.values()))
        which, where = tree.query(np.atleast_1d(points), predicate="intersects")
        np.minimum.at(found, which, where)
    return [(*names, "")[at] for at in found.tolist()]


def distance_m(zones: pd.DataFrame, lat, lon) -> np.ndarray:
    """Metres over the sphere from the middle of each zone to each point, shape (zones, points)."""
    here, there = centres(zones), (np.asarray(lat, float), np.asarray(lon, float))
    both = great_circle(*(np.concatenate(pair) for pair in zip(here, there, strict=True)))
    return both[: len(zones), len(zones) :]


def catchments(zones, standing, public, far=None) -> dict[str, list[int]]:
    """The schools that are those of each zone, as positions: whom a child of the zone would meet there.

    The public schools that stand in the zone; where it has none, the others that stand there. A zone without
    any school shares those of the zone of the nearest public school (the nearest of any kind where none is
    public); if it stands in no zone, that school alone. Nothing ([]) where no distance is known.

    zones : their codes. standing : of each school, the code of its zone or "". public : of each school, yes
    or no. far : metres, zones by schools, NaN where unknown. It is our convention: by address a child has a
    place in a public school, and the others are chosen.

    >>> catchments(["A", "B", "C"], ["A", "A", "B"], [True, False, False], [[0, 0, 9], [9, 9, 0], [5, 4, 1]])
    {'A': [0], 'B': [2], 'C': [0]}
    """
    standing, public = list(standing), np.asarray(public, dtype=bool)

    def own(zone) -> list[int]:
        here = [j for j, one in enumerate(standing) if one == zone]
        return [j for j in here if public[j]] or here

    found = {}
    usable = public if public.any() else ~public
    for i, zone in enumerate(zones):
        found[zone] = own(zone)
        if not found[zone] and far is not None:
            metres = np.where(usable, np.asarray(far, float)[i], np.nan)
            if np.isfinite(metres).any():
                nearest = int(np.nanargmin(metres))
                found[zone] = own(standing[nearest]) if standing[nearest] else [nearest]
    return found


def _flat(outline):
    """An outline on the cylinder, in metres: x = R·longitude, y = R·sin(latitude); areas are kept."""
    import shapely

    def cylinder(degrees):
        lon, lat = np.radians(degrees).T
        return np.column_stack([EARTH_M * lon, EARTH_M * np.sin(lat)])

    return shapely.transform(shapely.force_2d(outline), cylinder)


# ── what can be wrong with one ──────────────────────────────────────────────────────────────────────


def faults_of(geometry, near: tuple[float, float] | None = None) -> str:
    """What is wrong with an outline, as one word of FAULTS, or "" where nothing is.

    near : latitude and longitude of the town's schools, to see that an outline was drawn with the two
    swapped where either order would be a place on earth.

    >>> faults_of({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]})
    'self_crossing'
    >>> faults_of({"type": "Polygon", "coordinates": [[[35, 160], [36, 160], [36, 161], [35, 160]]]})
    'swapped'
    """
    import shapely
    from shapely.geometry import shape

    if not isinstance(geometry, Mapping) or "type" not in geometry:
        return "unreadable" if geometry else "empty"
    if geometry["type"] not in AREAS:
        return "not_an_area"
    if not geometry.get("coordinates"):
        return "empty"
    try:
        outline = shape(geometry)
        points = shapely.get_coordinates(outline)
    except Exception:  # shapely says in many ways that a ring is no ring
        return "unreadable"
    if outline.is_empty or not len(points):
        return "empty"
    if not np.isfinite(points).all():
        return "unreadable"
    return _misplaced(*points.T, near) or ("" if outline.is_valid and outline.area else _broken(outline))


def _misplaced(lon: np.ndarray, lat: np.ndarray, near) -> str:
    east, north = np.abs(lon).max(), np.abs(lat).max()
    if max(east, north) > MOST_DEGREES:
        return "in_metres"
    if north > 90 and north <= 180 and east <= 90:
        return "swapped"
    if east > 180 or north > 90:
        return "outside_world"
    if near is not None and np.isfinite(near).all():
        as_it_is, the_other_way = (float(np.median(a)) for a in (lat, lon))
        lats, lons = [near[0], as_it_is, the_other_way], [near[1], the_other_way, as_it_is]
        away, back = great_circle(lats, lons)[0, 1:]
        if away > FAR_M and back < NEAR_M:
            return "swapped"
    return ""


def _broken(outline) -> str:
    return "self_crossing" if outline.convex_hull.area else "empty"  # a line there and back holds nothing


# ── GeoJSON ─────────────────────────────────────────────────────────────────────────────────────────


def from_geojson(content: bytes | str) -> pd.DataFrame:
    """The zones of a GeoJSON file, one row per feature: its properties, and the geometry as it stands.

    Nothing is mended and nothing is guessed: a zone "001" stays "001", and an outline that is broken comes
    back broken, for `faults_of` to name it. A ValueError, in words, where the
    content is not a collection of features.
    """
    import pandas as pd

    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        features = json.loads(text)["features"]
        rows = [dict(feature.get("properties") or {}) for feature in features]
        outlines = [feature.get("geometry") for feature in features]
    except (UnicodeDecodeError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(say("zones.not_geojson")) from error
    frame = pd.DataFrame(rows, index=range(len(rows)), dtype=object)
    frame["geometry"] = pd.Series(outlines, dtype=object, index=frame.index)
    first = [name for name in ("zone", "name", "geometry") if name in frame]
    return frame[first + [name for name in frame if name not in first]]


def to_geojson(zones: pd.DataFrame) -> bytes:
    """The zones as a GeoJSON file, one zone a line, always the same bytes for the same zones."""
    import geopandas
    from shapely.geometry import shape

    outlines = [shape(one) if isinstance(one, Mapping) else None for one in zones["geometry"]]
    frame = geopandas.GeoDataFrame(zones.drop(columns="geometry"), geometry=outlines, crs="EPSG:4326")
    lines = [
        json.dumps(
            {key: feature[key] for key in ("type", "properties", "geometry")},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for feature in frame.iterfeatures(na="null", drop_id=True)
    ]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()

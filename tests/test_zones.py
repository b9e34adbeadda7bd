"""Outlines become numbers in metres, and an outline that cannot be one is named."""

import json

import numpy as np
import pandas as pd
import pytest

from segkit import zones
from segkit.indices.space import EARTH_M


def ring(*points):
    return {"type": "Polygon", "coordinates": [[list(point) for point in (*points, points[0])]]}


def square(lon, lat, side=1.0):
    return ring((lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side))


def frame(*outlines):
    names = [f"Z{number}" for number in range(1, len(outlines) + 1)]
    return pd.DataFrame({"zone": names, "name": names, "geometry": list(outlines)})


@pytest.mark.parametrize("lat", [-60, 0, 35, 70])
def test_an_area_is_what_the_sphere_says(lat):
    """A square of degrees: R² · Δlon · (sin north − sin south)."""
    exact = EARTH_M**2 * np.radians(1) * (np.sin(np.radians(lat + 1)) - np.sin(np.radians(lat)))
    assert zones.areas_m2(frame(square(10, lat))) == pytest.approx([exact], rel=1e-9)


def test_cutting_a_zone_in_two_loses_no_area():
    whole, parts = frame(square(0, 40, 2)), [square(x, y) for x in (0, 1) for y in (40, 41)]
    assert zones.areas_m2(frame(*parts)).sum() == pytest.approx(zones.areas_m2(whole)[0], rel=1e-9)


def test_one_degree_along_a_meridian_is_111_km_everywhere():
    for lat in (0, 50):
        middle = zones.centres(frame(square(-0.05, lat - 0.05, 0.1)))
        assert np.allclose(middle, [[lat], [0]], atol=1e-4)
        metres = zones.distance_m(frame(square(-0.05, lat - 0.05, 0.1)), [lat + 1], [0])
        assert metres.shape == (1, 1) and metres[0, 0] == pytest.approx(111_195, abs=20)


def test_the_middle_of_a_zone_around_a_bay_is_on_land():
    bay = ring((0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3))
    (lat,), (lon,) = zones.centres(frame(bay))
    assert zones.zone_of(frame(bay), [lat], [lon]) == ["Z1"]


def test_a_zone_without_an_outline_has_no_area_no_middle_and_nobody_in_it():
    both = frame(square(0, 0), None)
    assert np.isnan(zones.areas_m2(both)).tolist() == [False, True]
    assert np.isnan(zones.centres(both)[0]).tolist() == [False, True]
    assert list(zones.shapes(both)) == ["Z1"]
    assert np.isnan(zones.distance_m(both, [0], [0])).ravel().tolist() == [False, True]
    assert zones.zone_of(frame(None), [0], [0]) == [""]


def test_who_stands_on_a_border_is_counted_once_and_a_point_without_a_place_nowhere():
    both = frame(square(0, 0), square(1, 0))
    lat, lon = [0.5, 0.5, 0.5, 9, np.nan], [0.5, 1.0, 1.5, 9, 0.5]
    assert zones.zone_of(both, lat, lon) == ["Z1", "Z1", "Z2", "", ""]


WRONG = [
    ("", square(160, 35)),
    ("", {"type": "MultiPolygon", "coordinates": [square(0, 0)["coordinates"], square(5, 5)["coordinates"]]}),
    ("empty", None),
    ("empty", {"type": "Polygon", "coordinates": []}),
    ("empty", ring((0, 0), (1, 1), (2, 2))),
    ("self_crossing", ring((0, 0), (1, 1), (1, 0), (0, 1))),
    ("self_crossing", ring((0, 0), (4, 0), (0, 3), (4, 4))),
    ("in_metres", square(430_000, 4_581_000, 500)),
    ("swapped", ring((35, 160), (36, 160), (36, 161))),
    ("outside_world", square(200, 10)),
    ("not_an_area", {"type": "Point", "coordinates": [1, 2]}),
    ("unreadable", {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}),
    ("unreadable", {"type": "Polygon", "coordinates": "here"}),
    ("unreadable", {"type": "Polygon", "coordinates": [[[0, 0], [1, "x"], [1, 1], [0, 0]]]}),
    ("unreadable", "somewhere"),
]


@pytest.mark.parametrize(("kind", "geometry"), WRONG)
def test_an_outline_that_cannot_be_one_is_named(kind, geometry):
    assert zones.faults_of(geometry) == kind
    assert kind == "" or kind in zones.FAULTS


def test_an_outline_drawn_the_wrong_way_round_is_seen_where_its_schools_are_known():
    drawn = square(41.3, 2.1, 0.1)  # meant: 41.3 north, 2.1 east
    assert zones.faults_of(drawn) == ""  # a place on earth
    assert zones.faults_of(drawn, near=(41.35, 2.15)) == "swapped"
    assert zones.faults_of(square(2.1, 41.3, 0.1), near=(41.35, 2.15)) == ""
    assert zones.faults_of(drawn, near=(np.nan, np.nan)) == ""


def test_a_file_of_zones_comes_back_as_it_was():
    there = frame(square(160.1, 35.00001), square(161.1, 35.00001))
    there["zone"] = ["001", "NA"]
    there["x_note"] = ["2024-01-01", "3-4"]  # a date to some programs
    back = zones.from_geojson(zones.to_geojson(there))
    assert back.equals(there[["zone", "name", "geometry", "x_note"]].astype(object))
    assert zones.to_geojson(back) == zones.to_geojson(there)


def test_a_broken_outline_is_read_as_it_stands():
    broken = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}
    text = json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"zone": "Z1"}, "geometry": broken},
        {"type": "Feature", "properties": None, "geometry": None},
    ]})  # fmt: skip
    assert zones.from_geojson("\ufeff".encode() + text.encode())["geometry"].tolist() == [broken, None]


@pytest.mark.parametrize("content", [b"", b"[1, 2]", b"zone,name\n", b"\xff\xfe", b'{"type": "Polygon"}'])
def test_what_is_no_geojson_is_said_in_words(content):
    with pytest.raises(ValueError, match="not GeoJSON"):
        zones.from_geojson(content)

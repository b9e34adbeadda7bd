"""Who sees colours otherwise still tells our colours apart, and is never told anything by colour alone.

Some 8 in 100 men and 1 in 200 women see red and green less well than others, or blue and yellow. How they see
a colour: Machado, Oliveira & Fernandes (2009), "A physiologically-based model for simulation of color vision
deficiency", IEEE TVCG 15(6), 1291-1298, table 1 (severity 1.0, on linear RGB). How far two colours are apart:
CIEDE2000, as in Sharma, Wu & Dalal (2005), Color Research & Application 30(1), 21-30.
"""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgba

import segkit as sk
import segkit.widgets
from segkit import plots, surveys
from segkit.plots import COLOURS, territory

WIDGETS = Path(segkit.widgets.__file__).parent
EYES = {
    "everybody": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colour: str) -> np.ndarray:
    v = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def lab(rgb) -> np.ndarray:
    """A colour of a screen in CIELAB, under daylight (D65): lightness, red-green, yellow-blue."""
    to_xyz = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
    x = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.95047, 1.0, 1.08883]
    x, y, z = np.where(x > (6 / 29) ** 3, np.cbrt(x), x / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one, other) -> float:
    """CIEDE2000 between two colours in CIELAB."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    a1, a2 = (a * (1.5 - 0.5 * np.sqrt(c**7 / (c**7 + 25.0**7))) for a in (a1, a2))
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.arctan2(b1, a1) % (2 * np.pi), np.arctan2(b2, a2) % (2 * np.pi)
    dh = (h2 - h1 + np.pi) % (2 * np.pi) - np.pi if c1 * c2 else 0.0
    h = (h1 + dh / 2) % (2 * np.pi) if c1 * c2 else h1 + h2
    l, c = (l1 + l2) / 2, (c1 + c2) / 2  # noqa: E741
    t = 1 - 0.17 * np.cos(h - np.pi / 6) + 0.24 * np.cos(2 * h) + 0.32 * np.cos(3 * h + np.radians(6))
    t -= 0.20 * np.cos(4 * h - np.radians(63))
    sl = 1 + 0.015 * (l - 50) ** 2 / np.sqrt(20 + (l - 50) ** 2)
    dl, dc, dh = (
        (l2 - l1) / sl,
        (c2 - c1) / (1 + 0.045 * c),
        2 * np.sqrt(c1 * c2) * np.sin(dh / 2) / (1 + 0.015 * c * t),
    )
    turn = np.radians(30) * np.exp(-(((np.degrees(h) - 275) / 25) ** 2))
    r = -2 * np.sqrt(c**7 / (c**7 + 25.0**7)) * np.sin(2 * turn)
    return float(np.sqrt(dl**2 + dc**2 + dh**2 + r * dc * dh))


# Table 1 of Sharma, Wu & Dalal (2005), pairs 1, 7, 10, 13, 16, 17, 20, 25 and 34.
SHARMA = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, -0.001, 2.49), (50, 0.0009, -2.49), 4.8045),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize("one, other, distance", SHARMA)
def test_the_distance_is_that_of_its_authors(one, other, distance):
    assert apart(one, other) == pytest.approx(distance, abs=1e-4)
    assert apart(other, one) == pytest.approx(distance, abs=1e-4)


# Ten times what one can just see side by side: what is compared here is small, and lies apart on the page.
FAR = 10
# Neighbours on a scale lie side by side in its legend, and each has its own pattern or sign.
NEXT = 9

# colours of which each means something, by widget
GROUPS = {
    "parable": [
        "triangle square lot",
        "triangle-pale square-pale lot",
        "triangle triangle-pale",
        "square square-pale",
    ],
    "film": ["focal others lot", "others stripe"],
    "calculator": ["focal others"],
    "quiz": ["good warn ink"],
    "alive": ["good warn ink"],
    "intake": ["good warn ink"],
}
LINES = " ".join(f"line-{k}" for k in range(5))
GROUPS["parable"].append(LINES)
GROUPS["film"].append(LINES)


def too_near(named: dict, least=FAR, pairs=None) -> dict[str, float]:
    """Which of these colours somebody could take for one another, and how far they are apart then."""
    pairs = list(pairs or itertools.combinations(named, 2))
    found = {}
    for eyes, matrix in EYES.items():
        seen = {name: lab(np.array(matrix) @ linear(colour)) for name, colour in named.items()}
        for one, other in pairs:
            if (distance := apart(seen[one], seen[other])) < least:
                found[f"{eyes}: {one}, {other}"] = round(distance, 1)
    return found


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("widget", GROUPS)
def test_everybody_tells_the_colours_of_a_widget_apart(colours, widget, theme):
    there = colours(widget)[theme]
    wrong = [too_near({name: there[name] for name in group.split()}) for group in GROUPS[widget]]
    assert not any(wrong), wrong


def test_everybody_tells_the_colours_of_pictures_apart():
    assert too_near(dict(enumerate(COLOURS))) == {}


# --- scales


def from_js(widget: str, name: str) -> list[str]:
    """The colours of a list in a widget's JavaScript, in order."""
    script = (WIDGETS / f"{widget}.js").read_text("utf-8")
    return re.findall("#[0-9a-f]{6}", re.search(rf"const {name} = \[(.*?)\];", script, re.S)[1])


SCALES = {
    "the studio's map": from_js("studio", "SHADES"),
    "maps and bars": [territory.FILLS[k] for k in sorted(territory.FILLS)],
}


@pytest.mark.parametrize("scale", SCALES)
def test_everybody_tells_a_class_from_the_next(scale):
    named = dict(enumerate(SCALES[scale]))
    assert too_near(named, NEXT, itertools.pairwise(named)) == {}


def test_everybody_sees_which_of_two_is_more():
    """Lighter or darker is a difference that all eyes see."""
    for scale in (SCALES["the studio's map"], from_js("tipping", "RAMP")[::-1]):
        for matrix in EYES.values():
            light = [lab(np.array(matrix) @ linear(colour))[0] for colour in scale]
            assert light == sorted(light, reverse=True)


# --- never by colour alone


def test_every_line_has_its_own_dashes_and_every_class_its_own_pattern():
    film = (WIDGETS / "film.css").read_text("utf-8")
    dashes = re.findall(r"\.segkit-line\.line-(\d) {[^}]*?(?:stroke-dasharray: ([\d ]+))?; }", film)
    assert len(dashes) == len(dict(dashes)) == len({dash for _, dash in dashes}) == 5
    board = (WIDGETS / "parable.js").read_text("utf-8")
    board = re.search(r"DASHES = \[(.*)\];", board)[1].split("], [")
    assert len(board) == len(set(board)) == 5
    studio = (WIDGETS / "studio.js").read_text("utf-8")
    marks = re.findall(r'{ fill: "#\w+", mark: "(\w+)" }', studio)
    assert len(marks) == len(set(marks)) == len(SCALES["the studio's map"]) + 1  # and one for nobody
    assert len(set(territory.SIGNS.values())) == len(territory.FILLS) == len(territory.SIGNS)


def sign(handle) -> tuple:
    """What an entry of a legend looks like to somebody who sees no colour."""
    if hasattr(handle, "get_hatch") and not hasattr(handle, "get_sizes"):
        filled = to_rgba(handle.get_facecolor())[3] > 0
        return "area", handle.get_hatch() or "", filled
    if hasattr(handle, "get_marker"):
        return "line", str(handle.get_marker()), str(handle._dash_pattern), handle.get_linewidth()
    return "marks", handle.get_paths()[0].vertices.tobytes()


def drawn():
    """Every picture that has a legend, by name."""
    view = sk.protect(sk.sample("marenza"))
    for draw in (plots.composition, plots.sectors, plots.capacity, plots.years, plots.both_sides):
        yield draw.__name__, draw(view)
    for draw in (plots.zone_map, plots.flows, plots.outcomes):
        yield draw.__name__, draw(view)
    for draw in (plots.enrolment, plots.private_share, plots.housing_and_choice):
        yield draw.__name__, draw()
    yield "two_readings", plots.two_readings(surveys.two_readings())
    table = view.territory.table(2024, "primary", "origin")
    yield "contributions", plots.contributions(table)
    yield "shares", plots.shares(table)
    lines = {name: [k, k] for k, name in enumerate("ABCDEF")}
    yield "over_time", plots.over_time(lines, [2023, 2024])


def test_no_legend_tells_two_things_apart_by_colour_alone():
    seen = []
    for name, picture in drawn():
        figure = picture.figure
        for legend in filter(None, [*figure.legends, *(ax.get_legend() for ax in figure.axes)]):
            texts = [text.get_text() for text in legend.get_texts()]
            written = [re.match("[−=+ ]*", text)[0] for text in texts]  # as on the map itself
            signs = [(*sign(one), text) for one, text in zip(legend.legend_handles, written, strict=True)]
            assert len(signs) == len(set(signs)), (name, dict(zip(texts, signs, strict=True)))
            seen.append(name)
    assert len(seen) >= 14, seen

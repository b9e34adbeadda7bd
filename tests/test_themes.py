"""In the light and in the dark: what is drawn is told from its ground, and what is written can be read."""

import re
from pathlib import Path

import pytest

import segkit.widgets

LOOKS = Path(segkit.widgets.__file__).parent
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2: 1.4.3, 1.4.11

# what lies on what, and how much they must differ
EVERYWHERE = [("ink", "paper", TEXT), ("ink", "shade", TEXT), ("quiet", "paper", TEXT)]
EVERYWHERE += [(name, "paper", SHAPE) for name in ("edge", "hair", "blue")]
LINES = [(f"line-{k}", "paper", TEXT) for k in range(5)]
KINDS = ("triangle", "square")
PAIRS = {
    "parable": [
        *EVERYWHERE,
        *LINES,
        ("fill", "track", SHAPE),
        ("ink", "good-ground", TEXT),
        ("outline", "lot", SHAPE),
        ("open-edge", "open", SHAPE),
        *[(kind, "lot", SHAPE) for kind in KINDS],
        *[(f"{kind}-edge", "lot", SHAPE) for kind in KINDS],  # around those who are pale
        *[("face", kind, SHAPE) for kind in KINDS],
        *[("pale-face", f"{kind}-pale", SHAPE) for kind in KINDS],
        *[("pupil", kind, SHAPE) for kind in KINDS],
        *[("heart", kind, SHAPE) for kind in KINDS],
        *[(f"{kind}-dot", "lot", SHAPE) for kind in KINDS],
    ],
    "film": [
        *EVERYWHERE,
        *LINES,
        ("fill", "track", SHAPE),
        *[(who, "paper", SHAPE) for who in ("focal", "others")],
    ],
    "tipping": EVERYWHERE,
}


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 to 21, as WCAG 2 counts it.

    >>> contrast("#ffffff", "#000000")
    21.0
    """
    bright = []
    for colour in (one, other):
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
        bright.append(0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    return max(bright) / min(bright)


@pytest.mark.parametrize("widget", PAIRS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_everything_is_told_from_what_it_lies_on(colours, widget, theme):
    there = colours(widget)[theme]
    poor = {
        f"{one} on {other}": round(contrast(there[one], there[other]), 2)
        for one, other, least in PAIRS[widget]
        if contrast(there[one], there[other]) < least
    }
    assert poor == {}


@pytest.mark.parametrize("widget", PAIRS)
def test_no_colour_stands_beside_the_two_sets(widget):
    css = (LOOKS / f"{widget}.css").read_text("utf-8")
    body = css[css.index(f".segkit-{widget}-frame {{") :]
    found = set(re.findall(r"(?<!\w)#[0-9a-fA-F]{3,8}\b", body))
    marks = {"#fff", "#1b1b1b", "#2a3f6d"} if widget == "tipping" else set()  # upon the colours of its scale
    assert found <= marks

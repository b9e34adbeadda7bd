"""Pictures: each with a sentence for those who cannot see it, and nothing in it but what it shows."""

import xml.etree.ElementTree as ET
from html import unescape

import numpy as np
import pytest

from segkit import plots, surveys

A, B = [[100, 0], [60, 40], [40, 60], [0, 100]], [[80, 20], [80, 20], [20, 80], [20, 80]]
MANY = np.c_[np.arange(1, 31), np.arange(31, 1, -1)]

PICTURES = {
    "curves": lambda: plots.segregation_curves({"A": A, "B": B}),
    "towns": lambda: plots.towns_compared({"A": A, "B": B}),
    "time": lambda: plots.over_time({"D": [0.4, 0.3]}, [2020, 2021], "D", chance={"D": [0.1, 0.1]}),
    "contributions": lambda: plots.contributions(MANY, [f"S{i}" for i in range(30)]),
    "shares": lambda: plots.shares(A),
    "enrolment": plots.enrolment,
    "private": plots.private_share,
    "readings": lambda: plots.two_readings(surveys.two_readings()),
    "housing": plots.housing_and_choice,
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_svg_with_words_and_the_same_each_time(name):
    drawn, again = PICTURES[name]().svg(), PICTURES[name]().svg()
    assert ET.fromstring(drawn).tag.endswith("svg")
    assert drawn == again
    picture = PICTURES[name]()
    assert len(picture.alt) > 30 and picture.alt in unescape(picture._repr_html_())


def test_the_words_of_a_picture_hold_its_numbers():
    assert "A: D = 0.60, G = 0.80" in PICTURES["curves"]().alt
    assert "18 other schools" in PICTURES["contributions"]().alt
    assert plots.shares(MANY).alt.endswith("and 18 more.")


def test_names_never_become_markup():
    html = plots.contributions([[3, 1], [1, 4]], ["<script>alert(1)</script>", "b"])._repr_html_()
    assert "<script" not in html and "&lt;script" in html


def test_a_picture_is_drawn_on_the_axes_it_is_given():
    _, axes = plots.new_axes(columns=2)
    picture = plots.shares(A, ax=axes[1])
    assert picture.figure is axes[0].figure and axes[1].patches and not axes[0].patches


def test_drawing_leaves_nothing_in_pyplot():
    import matplotlib.pyplot as plt

    PICTURES["curves"]()
    assert plt.get_fignums() == []

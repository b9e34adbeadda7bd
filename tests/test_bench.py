"""The benchmark runs: its numbers are for quiet machines, its code for every day."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent / "benchmarks"
CLAIMS = {
    "measures": (
        "multigroup_gini",
        "expected by chance",
        "shuffles of D",
        "bootstraps of H",
        "density-corrected",
    ),
    "parable": ("small: 40×40", "large: 100×100", "Both do the same", "20×20", "10,000 boards"),
    "checker": ("nothing wrong; frictionless", "one check"),
    "privacy": ("schools, 5 years", "one integer program", "every table tried"),
    "frames": ("150 ms: frames a second", "first move after the click", "while dragged", "boards playing"),
    "room": ("the board, ready: until the first widget", "the calculator, ready", "one person's program"),
    "soak": ("the page's JavaScript", "the kernel"),
}


def quickly(part):
    """What a smoke test of a part writes; it leaves the last real run as it was."""
    before = (HERE / "last.md").read_text()
    run = subprocess.run(
        [sys.executable, HERE / "bench.py", part, "--quick"], capture_output=True, text=True, timeout=600
    )
    assert run.returncode == 0, run.stderr
    assert (HERE / "last.md").read_text() == before  # a smoke test is no measurement
    return run.stdout


def test_the_measures_are_still_compared_as_we_claim():
    pytest.importorskip("segregation")
    said = quickly("measures")
    assert all(claim in said for claim in CLAIMS["measures"])


def test_the_parable_plays_mesas_model_and_is_timed_beside_it():
    pytest.importorskip("mesa")
    said = quickly("parable")
    assert all(claim in said for claim in (*CLAIMS["parable"][:1], *CLAIMS["parable"][2:]))


@pytest.mark.parametrize("part", ["checker", "privacy"])
def test_what_a_territory_costs_is_timed(part):
    said = quickly(part)
    assert all(claim in said for claim in CLAIMS[part])


def test_a_sitting_in_the_studio_is_timed():
    assert "99 of 100 edits, work alone" in quickly("studio")


def test_a_room_full_of_people_is_timed():
    said = quickly("room")
    assert all(claim in said for claim in CLAIMS["room"]) and "errors | **0**" in said


@pytest.mark.browser
def test_a_board_on_a_slow_line_is_counted_frame_by_frame():
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        pytest.skip("no Chromium was found, so no frames were counted (set CHROMIUM, or install it)")
    said = quickly("frames")
    assert all(claim in said for claim in CLAIMS["frames"])


def test_the_last_run_met_every_target_and_names_no_machine():
    last = (HERE / "last.md").read_text()
    assert [claim for claims in CLAIMS.values() for claim in claims if claim not in last] == []
    assert "missed" not in last
    assert "cores" in last and not re.search(r"(^|[\s`])/\w+/", last)

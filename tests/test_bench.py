"""The benchmark runs: its numbers are for quiet machines, its code for every day."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent / "benchmarks"


def test_the_benchmark_still_compares_everything_it_claims():
    pytest.importorskip("segregation")
    before = (HERE / "last.md").read_text()
    run = subprocess.run(
        [sys.executable, HERE / "bench.py", "--quick"], capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stderr
    for claim in (
        "multigroup_gini",
        "expected by chance",
        "shuffles of D",
        "bootstraps of H",
        "density-corrected",
    ):
        assert claim in run.stdout
        assert claim in before
    assert (HERE / "last.md").read_text() == before  # a smoke test is no measurement


def test_the_last_run_met_every_target_and_names_no_machine():
    last = (HERE / "last.md").read_text()
    assert "missed" not in last
    assert "cores" in last and "/" not in last.split("Python 3")[-1]

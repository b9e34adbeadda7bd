"""The pure helpers of the widgets' JavaScript, tried with bare node."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_helpers_of_a_widget_do_what_their_tests_say(script):
    if not (node := shutil.which("node")):
        pytest.skip("node was not found, so the widgets' JavaScript was not tried alone")
    ran = subprocess.run([node, "--test", script], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr

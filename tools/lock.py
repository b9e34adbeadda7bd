"""Writes the lock files and the conda environments from pyproject.toml: `make lock`.

The lock names versions only: no address and no hash, so it says the same whatever mirror it is installed
from. It is universal: one version of each package for Python 3.11 and newer, on every system.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON = "3.11"  # the oldest Python we promise, the one our tests run with, and so Binder's

LOCK_HEAD = """\
# {what}
# Written by `make lock` from pyproject.toml. Do not edit by hand.
"""

ENVIRONMENT_HEAD = """\
# {what}
# Written by `make lock` with the versions of requirements.lock. Do not edit by hand.
name: segkit
channels:
  - conda-forge
dependencies:
  - python={python}
  - pip
  - pip:
"""


def resolve(extras, constraints=None):
    """The versions that fit together, one `name==version` a line."""
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--fork-strategy", "fewest",
        "--python-version", PYTHON, "--no-header", "--no-annotate", "pyproject.toml",
    ]  # fmt: skip
    command += [word for extra in extras for word in ("--extra", extra)]
    if constraints:
        command += ["--constraint", str(constraints)]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [line for line in lines if "==" in line]


def locked(what, pins):
    return LOCK_HEAD.format(what=what) + "\n".join(pins) + "\n"


def environment(what, pins, here=None):
    """A conda environment with the same pins; `here` installs segkit itself from that folder."""
    lines = [*pins, *([here] if here else [])]
    head = ENVIRONMENT_HEAD.format(what=what, python=PYTHON)
    return head + "".join(f'      - "{line}"\n' for line in lines)


def main():
    lock, test_lock = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
    pins = resolve(["notebooks", "build"])
    lock.write_text(locked("What `make run` and Binder install.", pins))
    tests = resolve(["notebooks", "build", "test"], constraints=lock)
    test_lock.write_text(locked("What `make test` installs: the same, and what only the tests need.", tests))
    people = "For conda: `conda env create -f environment.yml && conda activate segkit`."
    (ROOT / "environment.yml").write_text(environment(people, pins, "-e ."))
    binder = resolve(["notebooks", "build", "binder"], constraints=lock)
    (ROOT / "binder" / "environment.yml").write_text(
        environment("What Binder reads (binder/postBuild then installs segkit itself).", binder)
    )


if __name__ == "__main__":
    main()

"""What we claim about speed, beside the peers, in one run on the same data.

    make bench                   everything but the soak, some minutes; writes benchmarks/last.md
    make bench ARGS=parable      one part of these: measures, parable, checker, privacy,
                                 studio, frames, room, and soak (ten minutes)
    make bench ARGS=--quick      a smoke test in seconds; writes nothing

A part that is run replaces its own section of last.md and leaves the others.
"""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
LAST = HERE / "last.md"
TITLE = "# The last run of `make bench`"

# name -> the heading of its section. Each is a function of that name: part(quick) -> lines.
PARTS = {
    "measures": "Measures, beside PySAL",
    "parable": "The parable's engine, beside Mesa",
    "checker": "The checker, beside frictionless",
    "privacy": "Hiding small counts, beside a plain program",
    "studio": "The studio: an edit, and ten thousand",
    "frames": "The board on a page, on a slow line",
    "room": "Thirty people in a room",
    "soak": "Ten minutes of play",
}
ROOMS = {"soak": "frames"}  # where a part lives, if not in a file of its own name
USUAL = ("measures", "parable", "checker", "privacy", "studio", "frames", "room")


def part(name: str) -> Callable[[bool], list[str]]:
    return getattr(import_module(ROOMS.get(name, name)), name)


def sections(text: str) -> dict[str, str]:
    """What stands under each heading of the second level.

    >>> sections("# T\\n\\n## A\\n\\none\\n\\n## B\\n\\ntwo\\n")
    {'A': 'one', 'B': 'two'}
    """
    pieces = [piece.partition("\n") for piece in text.split("\n## ")[1:]]
    return {heading.strip(): body.strip() for heading, _, body in pieces}


def main(arguments=None):
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    options.add_argument("--quick", action="store_true", help="a smoke test: small, once, nothing written")
    asked = options.parse_args(arguments)
    if unknown := [name for name in asked.parts if name not in PARTS]:
        options.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    sys.path.append(str(HERE.parent))  # the pages are opened as the tests open them

    for name in asked.parts or USUAL:
        found = "\n".join(part(name)(asked.quick))
        print(f"## {PARTS[name]}\n\n{found}\n", flush=True)
        if asked.quick:
            continue
        told = sections(LAST.read_text() if LAST.exists() else "") | {PARTS[name]: found}
        kept = [f"## {heading}\n\n{told[heading]}\n" for heading in PARTS.values() if heading in told]
        LAST.write_text("\n".join([f"{TITLE}\n", *kept]))


if __name__ == "__main__":
    main()

"""A page that says whether it is alive: does the browser reach the program behind it, and can that count?"""

import sys
from importlib.metadata import PackageNotFoundError, version

import traitlets

from segkit.indices import dissimilarity
from segkit.widgets.code import code, look
from segkit.widgets.known import Known
from segkit.words import say

PARTS = ("segkit", "numpy", "anywidget", "jupyterlab", "voila")  # what somebody who helps will ask about


class Alive(Known):
    """“Everything works”, or what to do: the browser asks, Python answers, the page says how long it took.

    Where no widget is drawn at all, its text says what to do instead.

    >>> Alive().answer()["kind"]
    'works'
    """

    kind = "alive"
    _esm, _css = code("alive"), look("alive")
    words = traitlets.Dict().tag(sync=True)  # what to say when Python does not answer; nobody's data

    def __init__(self, **options):
        said = {key: say(f"alive.{key}") for key in ("waiting", "works", "slow", "wrong", "silent", "again")}
        super().__init__(words=said, **options)
        self.on_msg(self._hear)

    def answer(self) -> dict:
        """What Python says when it is asked: a number worked out anew, and which versions are in use."""
        d = dissimilarity([[100, 0], [60, 40], [40, 60], [0, 100]])
        return {
            "do": "answer",
            "kind": "works" if abs(d - 0.6) < 1e-12 else "wrong",
            "versions": say("alive.versions", listed=", ".join(versions())),
        }

    def _hear(self, _, message, __):
        if isinstance(message, dict) and message.get("do") == "ask":
            self.send(self.answer() | {"n": message.get("n")})

    def __repr__(self) -> str:
        return say("alive.text")


def versions() -> list[str]:
    """Python and what the pages need, each with its version.

    >>> versions()[0].startswith("Python 3.")
    True
    """
    found = [f"Python {sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"]
    for part in PARTS:
        try:
            found.append(f"{part} {version(part)}")
        except PackageNotFoundError:  # Voila alone needs no JupyterLab
            continue
    return found

"""A widget's JavaScript and CSS: in its state, as anywidget does it; in a room, as files fetched once.

A page of forty widgets sends its seven modules forty times, two megabytes for each visitor. `segkit present`
serves them as files and says where in SEGKIT_WIDGETS_AT; then a widget's state holds only a few lines that
fetch them.
"""

import os
from pathlib import Path

_HERE = Path(__file__).parent
AT = "SEGKIT_WIDGETS_AT"

# Two widgets of a kind share one module and one sheet of style; a widget is drawn when both are there.
FETCH = """\
const here = (name) => `${location.origin}@AT@${name}?v=@VERSION@`;
const looks = (globalThis.segkitLooks ??= {});
looks["@NAME@"] ??= new Promise((done) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.onload = link.onerror = done;
  link.href = here("@NAME@.css");
  document.head.append(link);
});
export default async () => {
  const [code] = await Promise.all([import(here("@NAME@.js")), looks["@NAME@"]]);
  return code.default;
};
"""


def code(name: str) -> Path | str:
    """The JavaScript of the widget called `name`: its file, or where a room serves it, what fetches it."""
    if not (at := os.environ.get(AT)):
        return _HERE / f"{name}.js"
    from segkit import __version__

    newest = max((_HERE / f"{name}.{kind}").stat().st_mtime_ns for kind in ("js", "css"))
    return FETCH.replace("@AT@", at).replace("@NAME@", name).replace("@VERSION@", f"{__version__}-{newest}")


def look(name: str) -> Path | str:
    """The CSS of the widget called `name`: its file, or nothing where its JavaScript fetches it."""
    return "" if os.environ.get(AT) else _HERE / f"{name}.css"

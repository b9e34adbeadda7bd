"""Cells that follow a territory: pictures and sentences drawn again whenever another one is looked at.

What they show travels by messages from a protected view; nothing of it is in a trait, so nothing of it is
saved into a notebook. Text reaches the page as text, pictures as images.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from segkit.indices.shelf import CannotBeAssessed
from segkit.widgets.code import code, look
from segkit.widgets.known import Known
from segkit.words import number, say


class Live(Known):
    """A cell that follows an intake: `draw(intake)` gives pictures, a dimension, findings or text."""

    kind = "live"
    _esm, _css = code("live"), look("live")

    def __init__(self, intake, draw: Callable, title: str = ""):
        super().__init__()
        self._intake, self._draw, self.title = intake, draw, title
        self._views: set[str] = set()
        self._near: set[str] = set()  # the views in which it is in sight, or about to be
        self._drawn = Kept()
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return say("live.text", title=self.title)

    @property
    def seen(self) -> bool:
        """Is it on a page at this moment?"""
        return bool(self._views)

    @property
    def near(self) -> bool:
        """Is somebody looking at it, or about to?"""
        return bool(self._near)

    def blocks(self) -> list[dict]:
        """What it shows, one block below the other; pictures hold their SVG under "svg"."""
        return self._drawn.made(self._intake.looked_at, lambda: blocks_of(self._draw, self._intake))

    def stale(self) -> None:
        """Say that what is shown is being drawn again."""
        if self._views:
            self.send({"kind": "stale", "said": say("live.drawing")})

    def draw(self) -> None:
        """Send what there is to show to every page it is on."""
        if not self._views:
            return
        plain, buffers = [], []
        for block in self.blocks():
            if "svg" in block:
                buffers.append(block["svg"])
                block = {**block, "svg": len(buffers) - 1}
            plain.append(block)
        self.send({"kind": "blocks", "blocks": plain, "title": self.title}, buffers=buffers)

    def _hear(self, _, message, __) -> None:
        if not isinstance(message, dict):
            return
        view = str(message.get("view", ""))
        if message.get("do") == "hello":
            self._views.add(view)
            self._intake.draw_soon(self)
        elif message.get("do") == "near" and view in self._views:
            (self._near.add if message.get("near") is True else self._near.discard)(view)
        elif message.get("do") == "bye":
            self._views.discard(view)
            self._near.discard(view)


class Kept:
    """What was made for the last few territories looked at: who goes back and forth does not wait again.

    Only invented towns are kept; of a file of the reader's own, what is being looked at and nothing else.
    """

    MOST = 6  # a town's pictures are two megabytes

    def __init__(self):
        self._made: dict = {}

    def made(self, looked_at, make: Callable):
        """What was made for it, made now if need be."""
        if looked_at not in self._made:
            self._made = {key: made for key, made in self._made.items() if key.town}
            thing = make()
            for key in list(self._made)[: max(0, len(self._made) + 1 - self.MOST)]:
                del self._made[key]
            self._made[looked_at] = thing
        return self._made[looked_at]


# --- what things look like as blocks


def blocks_of(draw: Callable, intake) -> list[dict]:
    """What a cell shows; where it cannot, why."""
    try:
        return list(as_blocks(draw(intake)))
    except CannotBeAssessed as why:
        return [cannot(str(why))]
    except ValueError as why:
        return [cannot(say("refuse", why=why))]
    except Exception as error:  # a page without code must say something rather than stay as it was
        return [cannot(say("live.failed", why=type(error).__name__))]


def cannot(text: str, collect: str = "") -> dict:
    return {"kind": "cannot", "text": f"{text[:1].upper()}{text[1:]}", "collect": collect}


def as_blocks(thing):
    """A picture, a dimension, a finding, text, or several of them, as blocks for the page."""
    if thing is None:
        return
    if isinstance(thing, list | tuple):
        for each in thing:
            yield from as_blocks(each)
    elif hasattr(thing, "svg") and hasattr(thing, "alt"):
        wide = thing.figure.get_size_inches()[0] * 6.2  # as in Picture
        svg = thing.svg().encode()
        yield {"kind": "picture", "alt": thing.alt, "words": say("plots.words"), "wide": wide, "svg": svg}
    elif hasattr(thing, "findings") and hasattr(thing, "question"):
        yield from of_dimension(thing)
    elif hasattr(thing, "assessed") and hasattr(thing, "key"):
        yield of_finding(thing)
    elif isinstance(thing, dict):
        yield thing
    else:
        for line in str(thing).splitlines():
            yield {"kind": "text", "text": line}


def of_dimension(dimension):
    """What the dimension needs and whether it is there, what was found, and what is missing."""
    yield from needed(dimension)
    yield from map(of_finding, dimension.findings)
    yield from lacking(dimension)


def needed(dimension):
    if dimension.needs:
        items = [{"there": need.there, "text": need.what} for need in dimension.needs]
        marks = {"yes": say("live.there"), "no": say("live.not_there")}
        yield {"kind": "needs", "head": say("live.needs"), "items": items, "marks": marks}


def lacking(dimension):
    if dimension.missing:
        yield {"kind": "missing", "head": say("live.missing"), "items": list(dimension.missing)}


def of_finding(finding) -> dict:
    """A number, large, what it is next to, and its sentence; or why there is none."""
    block = {"kind": "finding", "key": finding.key, "title": finding.title}
    if not finding.assessed:
        why = say("refuse", why=finding.why)
        return block | {"why": f"{why[:1].upper()}{why[1:]}", "collect": finding.collect}
    expected = getattr(finding, "expected", None)
    beside = []
    if finding.chance is not None:
        beside.append(say("live.chance", value=finding.chance))
    elif expected is not None:
        beside.append(say("live.chance.range", low=expected[0], high=expected[1]))
    if finding.interval is not None:
        low, high = finding.interval
        beside.append(say("live.interval", low=low, high=high))
    block |= {
        "big": number_of(finding),
        "beside": beside,
        "text": finding.text,
        "caution": getattr(finding, "caution", ""),
        "rows": table_of(finding.rows),
        "more": {
            "head": say("live.how"),
            "source": finding.source,
            "command": finding.command,
            "again": say("live.again"),
        },
    }
    return block


def number_of(finding) -> str:
    """The number as it is read, large: 0.31, or from what to what hidden counts leave it.

    It is written as its sentence writes it; a number that the sentence does not say is not shown at all. Nor
    is a span of shares, which the sentence gives by its two ends; and a ratio of rates is no per cent.
    """
    if finding.key == "population.spread":
        return ""
    if finding.low is not None and finding.high is not None and finding.low != finding.high:
        low, high = number(finding.low, ".0%"), number(finding.high, ".0%")
        if low in finding.text and high in finding.text:
            return say("live.from_to", low=low, high=high)
        return say("plots.place.from_to", low=finding.low, high=finding.high)
    if not isinstance(finding.value, float):
        return ""
    ratio = finding.key.startswith("results.")
    written = (number(finding.value, ".2f"), *([] if ratio else [number(finding.value, ".0%")]))
    return next((one for one in written if re.search(rf"(?<![\d.,−-]){re.escape(one)}", finding.text)), "")


AMOUNT = re.compile(r"[+−-]?[\d.,\u00a0\u202f]+ ?(%|m)?|–")  # texts that stand in a column of numbers


def table_of(rows) -> dict | None:
    """A small table as texts."""
    if rows is None:
        return None
    year = say("assess.head.year")  # the one whole number that is written without a sign for thousands
    write = [str if name == year else cell_text for name in rows.head]
    return {
        "label": say("live.table"),
        "head": [str(name) for name in rows.head],
        "body": [[as_text(cell) for as_text, cell in zip(write, row, strict=True)] for row in rows.body],
        "numbers": [all(is_amount(row[i]) for row in rows.body) for i in range(len(rows.head))],
    }


def is_amount(cell) -> bool:
    """Does a cell hold a number, or a text that stands for one?

    >>> is_amount(12), is_amount("under 1%"), is_amount("1,700 m"), is_amount("S01")
    (True, True, True, False)
    """
    instead = (None, "", say("assess.share.under"))
    return isinstance(cell, int | float) or cell in instead or bool(AMOUNT.fullmatch(str(cell)))


def cell_text(value) -> str:
    """A cell as one reads it.

    >>> cell_text(0.314), cell_text(2462), cell_text("-0.015"), cell_text("S-01"), cell_text(None)
    ('0.31', '2,462', '−0.015', 'S-01', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return number(value, ".2f")
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value, ",")
    text = str(value)
    return text.replace("-", "−", 1) if text[:1] == "-" and AMOUNT.fullmatch(text) else text

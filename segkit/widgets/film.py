"""A film plays a score: one slider, a whole story computed beforehand."""

import re

import anywidget
import numpy as np
import traitlets

from segkit.lessons import Score, Shelf, shown
from segkit.widgets import numbered
from segkit.widgets.code import code, look
from segkit.words import language, listed, number, say


class Film(anywidget.AnyWidget):
    """A slider that tells a story. Python computed every step beforehand, so it answers at once on any line.

    score : one of `segkit.lessons`, or your own `Score`. Where the reader stops comes back: `film.step`, and
    `film.counts`, the table there. A link may ask for a step (?step=7); so does a page that had to be loaded
    again, and the film stands where it stood.

    >>> from segkit.lessons import merge
    >>> film = Film(merge())
    >>> film.step = 2
    >>> film.counts.shape
    (4, 2)
    """

    _esm, _css = code("film"), look("film")
    step = traitlets.Int(0).tag(
        sync=True
    )  # where the slider stands; the score itself travels by message, never as a trait

    def __init__(self, score: Score, **options):
        self.score, self.ident = score, numbered("film")
        options.setdefault("step", score.start)
        super().__init__(**options)
        self.on_msg(self._hear)

    @property
    def counts(self) -> np.ndarray:
        """The table of the step where the slider stands: the focal group, everyone else."""
        return self.score.tables[self.step]

    @traitlets.validate("step")
    def _on_the_slider(self, proposal):
        return min(max(0, proposal["value"]), len(self.score) - 1)

    def _hear(self, _, message, __):
        if isinstance(message, dict) and message.get("do") == "hello":
            words, buffers = packed(self.score)
            self.send({"do": "score", "score": words | {"id": self.ident}}, buffers=buffers)
        elif isinstance(message, dict) and message.get("do") == "go":
            came, last = str(message.get("step"))[:40], len(self.score) - 1
            if re.fullmatch(r"\d{1,9}", came) and int(came) <= last:
                self.step = int(came)
            else:
                self.send({"do": "said", "text": say("film.no_step", came=came, last=last)})


def packed(score: Score) -> tuple[dict, list[bytes]]:
    """A score as it travels: words and written numbers, and the buffers: units per step, counts, lines; then
    for each shelf its counts and which of its units are counted."""
    lines = list(score.lines)
    written = {i: [shown(v) for v in values] for i, values in score.lines.items()}
    words = {
        "lang": language(),
        "title": score.title,
        "slider": score.slider,
        "labels": score.labels,
        "sentences": score.sentences,
        "pictures": pictures(score),
        "charts": [
            say("film.chart", x=score.x_title, values=", ".join(
                say("film.value", name=score.names[i], value=written[i][step]) for i in lines))
            for step in range(len(score))
        ],
        "lines": [
            {
                "name": score.names[i],
                "symbol": score.symbols[i],
                "before": "" if score.names[i].endswith(score.symbols[i]) else score.symbols[i],
                "start": say("film.at_start", value=written[i][score.start]),
            }
            for i in lines
        ],
        "readouts": [written[i] for i in lines],
        "x_title": score.x_title,
        "y_title": score.y_title,
        "y": [(value, number(value, "g").replace("-", "−")) for value in score.y],
        "ticks": [(step, text.split("\n")) for step, text in score.ticks],
        "stops": score.stops,
        "start": score.start,
        "joined": score.joined,
        "shares": [(0, "0"), (0.5, say("film.half")), (1, "1")],
        "groups": score.groups,
        "marks": marks(score),
        "rows": score.rows,
        "shelves": [
            {"name": s.name, "columns": s.columns or (len(s.tables[0]),), "hangs": s.hangs}
            for s in score.shelves
        ],
        "columns": score.columns,
        "spread": score.spread
        and {
            "edges": score.spread.edges.tolist(),
            "pupils": score.spread.pupils.tolist(),
            "cuts": score.spread.cuts.tolist(),
            "ticks": score.spread.ticks,
            "y": [(value, number(value, "g")) for value in score.spread.y],
            "x_title": score.spread.x_title,
            "y_title": score.spread.y_title,
        },
        "seconds": score.seconds,
        "words": {key: say(f"film.{key}") for key in ("play", "pause", "again")},
    }  # fmt: skip
    buffers = [
        np.array([len(t) for t in score.tables], "<u2").tobytes(),
        cells(score.tables),
        np.array([score.lines[i] for i in lines], "<f4").tobytes(),
    ]
    for shelf in score.shelves:
        buffers += [cells(shelf.tables), np.array(counted(shelf), "u1").tobytes()]
    return words, buffers


def cells(tables) -> bytes:
    """Tables one after the other: of each unit the focal group and all, in two bytes or, if need be, four."""
    flat = np.concatenate([np.column_stack([t[:, 0], t.sum(1)]) for t in tables])
    return flat.astype("<u2" if flat.max() < 2**16 else "<u4").tobytes()


def counted(shelf: Shelf) -> list[np.ndarray]:
    """For every step, which units of a shelf are counted."""
    return list(shelf.counted) or [np.ones(len(table), bool) for table in shelf.tables]


def pictures(score: Score) -> list[str]:
    """What the picture shows at every step, row by row where it has several."""
    if len(score.shelves) < 2:
        return [picture(table) for table in score.tables]
    rows = [
        [
            say("film.picture.row", name=shelf.name, picture=picture(table[mask]) if mask.any()
                else say("film.picture.none"))
            for table, mask in zip(shelf.tables, counted(shelf), strict=True)
        ]
        for shelf in score.shelves
    ]  # fmt: skip
    return [" ".join(row) for row in zip(*rows, strict=True)]


def marks(score: Score) -> list[tuple[str, str]]:
    """What else the picture's key explains: what one shape is, a map's centre and land, the town's share."""
    if not score.rows:
        ghosts = any(shelf.counted for shelf in score.shelves)
        return [
            *([("line", say("film.line"))] if score.spread else []),
            ("bar", say("film.bars", units=score.units)),
            ("town", say("film.town")),
            *([("ghost", say("film.uncounted"))] if ghosts else []),
        ]
    empty = any((table.sum(1) == 0).any() for table in score.tables)
    land = [("lot", say("film.empty"))] if empty else []
    return [("block", say("film.map", units=score.units)), ("centre", say("film.centre")), *land]


def picture(table: np.ndarray) -> str:
    """What the picture shows, in a sentence for those who do not see it.

    >>> picture(np.array([[60, 40], [20, 80]]))
    "2 units with 200 pupils, the group's share in the whole is 0.40. In the units its share goes from
    0.20 to 0.60: 0.60, 0.20."
    """
    n = table[table.sum(1) > 0]
    p = n[:, 0] / n.sum(1)
    whole = n[:, 0].sum() / n.sum()
    said = {
        "n": len(n),
        "pupils": int(n.sum()),
        "share": shown(whole),
        "low": shown(p.min()),
        "high": shown(p.max()),
    }
    if len(n) <= 16:
        return say("film.picture", listed=listed(map(shown, p), most=16), **said)
    over = int((p > whole + 0.005).sum())
    none = int((n[:, 0] == 0).sum())
    under = int((p < whole - 0.005).sum()) - none
    return say("film.picture.many", above=over, below=under, none=none, **said)

"""A table as text, each different text looked at once: 200,000 rows have a few hundred different cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from segkit.checks.told import order
from segkit.packages import Raw
from segkit.sheets import HANDFUL, cell_text, shown
from segkit.territory import TABLES
from segkit.words import listed, say

UNSEEN = " \t\r\n\f\v\u00a0\u2007\u202f\u200b\ufeff"  # blanks of every width, and none


@dataclass(frozen=True)
class Text:
    """A column: its different texts, and which of them stands in each row."""

    codes: np.ndarray
    values: tuple[str, ...]  # as they came

    @cached_property
    def clean(self) -> tuple[str, ...]:
        """The same without blanks around them."""
        return tuple(value.strip(UNSEEN) for value in self.values)

    @cached_property
    def names(self) -> tuple[np.ndarray, tuple[str, ...]]:
        """Codes and different texts once blanks around them are taken off."""
        import pandas as pd

        again, values = pd.factorize(np.array(self.clean, dtype=object))
        return (again[self.codes] if len(again) else self.codes), tuple(map(str, values))

    def where(self, test) -> np.ndarray:
        """The rows whose text passes a test: each different text is asked once."""
        return self.of([bool(test(value)) for value in self.clean], bool)

    def of(self, values, dtype=None) -> np.ndarray:
        """One value for each different text becomes one for each row."""
        return np.array(values, dtype=dtype)[self.codes] if len(values) else np.zeros(0, dtype=dtype or bool)


@dataclass(eq=False)
class Page:
    """A table while it is checked: which rows count, and which cells are known to be wrong already."""

    raw: Raw
    place: str = "line"  # "line" in a file, "row" in a table in Python, "shape" in a map
    keep: np.ndarray = field(default=None)
    bad: dict[str, np.ndarray] = field(default_factory=dict)

    def __post_init__(self):
        self.table, self.file = self.raw.table, self.raw.file
        self.header = tuple(name.strip(UNSEEN) for name in self.raw.header)
        self.declared = {column.name: column for column in TABLES.get(self.table, ())}
        self.rename({})
        self.texts: dict[str, Text] = {}
        self.keep = np.ones(len(self), dtype=bool)
        self.twice = np.zeros(len(self), dtype=bool)  # rows left out because another has the same key

    def __len__(self) -> int:
        return len(self.raw.lines)

    def rename(self, names: Mapping[str, str]):
        """Other names for some columns; of two with one name the first is read."""
        self.header = tuple(names.get(name, name) for name in self.header)
        self.position = {name: j for j, name in reversed(list(enumerate(self.header)))}
        self.bad = {names.get(name, name): wrong for name, wrong in self.bad.items()}

    def has(self, column: str) -> bool:
        return column in self.position

    def text(self, column: str) -> Text:
        """A column; blank from top to bottom where it is not there."""
        if column not in self.texts:
            if not self.has(column):
                self.texts[column] = Text(np.zeros(len(self), dtype=np.int64), ("",))
            else:
                import pandas as pd

                cells = self.raw.columns[self.position[column]]
                codes, values = pd.factorize(np.asarray(cells, dtype=object))
                self.texts[column] = Text(codes, tuple(values))
        return self.texts[column]

    def refuse(self, column: str):
        """From here on this column is blank: nothing of it is repeated, nothing of it is kept."""
        self.texts[column] = Text(np.zeros(len(self), dtype=np.int64), ("",))
        self.bad[column] = np.ones(len(self), dtype=bool)

    def values(self, column: str) -> tuple[str, ...]:
        return self.text(column).values

    def cell(self, row: int, column: str) -> str:
        if not column:
            return ""
        text = self.text(column)
        return text.values[text.codes[row]]

    def blank(self, column: str) -> np.ndarray:
        """The rows where nothing stands in this column."""
        return self.text(column).where(lambda value: not value)

    def mark(self, column: str, rows):
        """These cells are wrong: whoever comes later need not say so again."""
        self.bad.setdefault(column, np.zeros(len(self), dtype=bool))[rows] = True

    def fine(self, column: str) -> np.ndarray:
        """The rows that count and have something in this column that is not wrong."""
        fine = self.keep & ~self.blank(column)
        return fine & ~self.bad[column] if column in self.bad else fine

    def open(self, column: str) -> np.ndarray:
        """The rows that count and of whose cell nothing has been said."""
        return self.keep & ~self.bad[column] if column in self.bad else self.keep.copy()

    # --- places

    def line(self, row: int) -> int:
        return int(self.raw.lines[row])

    def at(self, row: int) -> str:
        return say(f"check.at.{self.place}", file=shown(self.file, 200), at=self.line(row))

    def gathered(self, rows, column: str) -> tuple[list[int], dict[int, np.ndarray]]:
        """The first of these rows for each cell that came, and the other rows with the same cell."""
        rows = np.sort(np.asarray(rows, dtype=np.int64))
        codes = self.text(column).names[0][rows]
        by = np.argsort(codes, kind="stable")
        ends = np.flatnonzero(np.diff(codes[by])) + 1
        parts = [rows[part] for part in np.split(by, ends)] if len(rows) else []
        first = sorted((int(part[0]), part[1:]) for part in parts)
        return [row for row, _ in first], {row: more for row, more in first if len(more)}

    def also(self, rows) -> str:
        """ " Also in lines 5, 6.", for a message that has named the first line."""
        lines = listed([str(self.line(row)) for row in rows[:HANDFUL]])
        kind = "one" if len(rows) == 1 else "all" if len(rows) <= HANDFUL else "some"
        return " " + say(f"check.also.{kind}", n=len(rows), lines=lines, at=say(f"check.also.{self.place}"))

    def place_of(self, row: int, column: str) -> tuple:
        return order(self.table), self.line(row), self.position.get(column, -1)


def page_of(raw: Raw) -> Page:
    return Page(raw, getattr(raw, "place", "line"))


def page_from(table: str, frame) -> Page:
    """A table that is already in Python, as the text its owner would have typed."""
    import pandas as pd

    frame = pd.DataFrame(frame)
    header = tuple(map(str, frame.columns))
    columns = tuple(_typed_out(frame.iloc[:, j]) for j in range(len(header)))
    file = say("check.table", table=table)
    return Page(Raw(table, file, header, columns, np.arange(1, len(frame) + 1)), "row")


def _typed_out(series) -> np.ndarray:
    import pandas as pd

    if any(isinstance(value, Mapping) for value in series.head(50)):
        return np.array([_json(value) for value in series], dtype=object)
    codes, values = pd.factorize(series, use_na_sentinel=True)
    values = [value if isinstance(value, str) else cell_text(value) for value in values]
    return np.array([*values, ""], dtype=object)[codes]


def _json(value) -> str:
    import json

    return json.dumps(value) if isinstance(value, Mapping) else ""


def joined(*codes: np.ndarray) -> np.ndarray:
    """Several columns of codes as one: the same number where all of them are the same.

    >>> joined(np.array([0, 0, 1]), np.array([5, 5, 5])).tolist()
    [0, 0, 1]
    """
    import pandas as pd

    out = np.zeros(len(codes[0]), dtype=np.int64)
    for code in codes:
        code = np.asarray(code, dtype=np.int64)
        low = code.min(initial=0)
        out = pd.factorize(out * (code.max(initial=0) - low + 1) + (code - low))[0]
    return out

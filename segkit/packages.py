"""A territory's files become tables of text, and tables become files: a folder, a zip, one workbook.

Nothing is judged here but what stops a file from being read (`segkit.checks` judges the rest), and nothing
is repaired: cells come as they were typed, with the blanks around them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from segkit.sheets import shown
from segkit.words import say

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Fault",
    "Package",
    "Raw",
    "declared_markdown",
    "open_package",
    "template",
    "texts",
    "write_package",
]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a file, said to its owner."""

    kind: str
    file: str
    line: int | None = None
    column: str = ""
    came: str = ""
    message: str = ""
    severity: str = "error"  # or "warning"

    def __str__(self):
        return self.message


@dataclass(frozen=True, eq=False)
class Raw:
    """A table as it stands in its file: text, with the blanks around it, and the line of each row.

    Rows that are blank from end to end are left out (a fault says so); cells are "" where nothing stands.
    `formulas` are the positions (row, column) of formulas nobody saved a value for: their text is the
    formula. A date a spreadsheet made of a cell is its day, 2024-04-03.
    """

    table: str
    file: str  # "enrolment.csv", or "town.xlsx, sheet 'enrolment'"
    header: tuple[str, ...]
    columns: tuple[np.ndarray, ...]  # an object array of str for each name in the header
    lines: np.ndarray  # as the spreadsheet shows them; in a map, the number of the shape
    formulas: tuple[tuple[int, int], ...] = ()
    place: str = "line"  # or "shape", in zones.geojson

    def __len__(self):
        return len(self.lines)

    def at(self, row: int) -> str:
        """The place of a row: "enrolment.csv, line 7"."""
        return say(f"package.at.{self.place}", file=shown(self.file, 200), at=int(self.lines[row]))


@dataclass(frozen=True, eq=False)
class Package:
    """What was found: the tables as text, what is said of the territory, and what could not be read.

    `about` is the row of the territory as found: name, country, language, invented, mode, k are text (or
    what JSON makes of them); groupings {grouping: [group, …]} and focal {grouping: group} where given.
    """

    name: str
    about: dict = field(default_factory=dict)
    tables: dict[str, Raw] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    about_file: str = ""  # where the row of the territory stands: "datapackage.json"


def open_package(source, name: str | None = None) -> Package:
    """The tables in a folder, a zip, a workbook, a datapackage.json, in bytes with a name, or in several files.

    `source` may be {file name: bytes} as well: files somebody chose together.
    """
    raise NotImplementedError


def write_package(
    tables: Mapping[str, pd.DataFrame], about: Mapping, path, *, replace: bool = False
) -> tuple:
    """Write a territory as a folder, a .zip or an .xlsx, all of it or nothing; the paths that were written."""
    raise NotImplementedError


def texts(tables: Mapping[str, pd.DataFrame], about: Mapping) -> dict[str, str | bytes]:
    """Every file of the folder by name."""
    raise NotImplementedError


def template(path, *, replace: bool = False):
    """Write the workbook to fill in."""
    raise NotImplementedError


def declared_markdown() -> str:
    """The tables and their columns as a page."""
    raise NotImplementedError

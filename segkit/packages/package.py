"""What was found in a territory's files, before anybody has judged it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from segkit.sheets import shown
from segkit.words import say


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
        return at(self.file, self.lines[row], self.place)


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
    about_lines: dict[tuple[str, str], int] = field(default_factory=dict)  # in a sheet; see lines_of


class PackageError(ValueError):
    """Why a territory could not be written, in words for the person who asked."""


def at(file: str, line, place: str = "line") -> str:
    """The place of a row: "enrolment.csv, line 7"."""
    return say(f"package.at.{place}", file=shown(file, 200), at=int(line))


def fault(kind: str, file: str, line=None, *, column="", came="", severity="error", place="line", **values):
    """One fault; its sentence is "package.fault.<kind>"."""
    where = shown(file, 200) if line is None else at(file, line, place)
    said = say(f"package.fault.{kind}", where=where, column=shown(column), came=shown(came), **values)
    line = None if line is None else int(line)
    return Fault(kind, file, line, str(column), str(came), said, severity)

"""A block of cells copied from elsewhere: where its rows and cells end, and which of them are words.

Only words make names. What is almost a number ("1,204", "<5", "12%") is a slip in a number, and stays one.
What the columns of a block hold is found by the same rules as for a file (`segkit.tables`).
"""

import csv
import io
import re
from functools import lru_cache

import numpy as np

from segkit.roles import USUAL, Roles, tokens
from segkit.sheets import Sheet, TableError, columns_of, doubled_header, joined_header, sheet_of
from segkit.tables import Finder, Table, refuse_personal, row_of_totals, total_rows, verdict
from segkit.tables import read as read_table
from segkit.words import in_quotes, say

Block = list[list[str]]
TITLES = 6  # lines above the names of the columns that may be a title or blank
CALLED_SCHOOL = (USUAL["unit"] | USUAL["name"] | USUAL["code"]) - {"centre", "centro"}  # places, too


class Unequal(ValueError):
    """Rows separated by commas that do not have the same number of cells."""


# --- cells


@lru_cache(4096)
def kind(text: str) -> str:
    """What a cell is: "words", "number" (also one with a slip in it), "blank", or "sign" (n/a, x).

    >>> [kind(text) for text in ("St Anne", "1,204", "<5", "12%", "-3", "12.5", "n/a", "")]
    ['words', 'number', 'number', 'number', 'number', 'number', 'sign', 'blank']
    """
    found = verdict(text.strip())[0]
    if found in ("words", "blank"):
        return found
    return "number" if any(map(str.isdigit, text)) else "sign"


def year(text: str) -> int | None:
    return int(text) if re.fullmatch("(19|20)[0-9]{2}", text) else None


# --- from text to rows


def blocks(text: str) -> Block:
    """Text copied from a spreadsheet as rows of cells, all equally long; rows left blank stay where they are.

    >>> blocks("3\\t7\\n\\n6\\t4\\n")
    [['3', '7'], ['', ''], ['6', '4']]
    >>> blocks('"St\\nAnne"\\t3')
    [['St Anne', '3']]
    """
    text = str(text).replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows = split(text, "\t") if "\t" in text else separated(text)
    rows = [[re.sub(r"\s*\n\s*", " ", cell.strip()) for cell in row] for row in rows]
    if not any(map(any, rows)):
        return []
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def split(text: str, separator: str) -> Block:
    """The cells of a text; a cell in quotes may hold line breaks."""
    lines = io.StringIO(text + "\n", newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        return list(reader)
    except csv.Error:  # a quotation mark that is only a letter like any other
        return [line.split(separator) for line in text.split("\n")]


def separated(text: str) -> Block:
    """Rows separated by semicolons or commas, where that is what they are; else a cell in each line."""
    lines = split(text, "\t")
    for separator in ";,":
        rows = split(text, separator)
        filled = [row for row in rows if any(row)]
        while len(filled) > 1 and len(filled[0]) == 1:  # titles
            filled = filled[1:]
        numbers = sum(any(kind(cell) == "number" for cell in row[1:]) for row in filled)
        # "1,204" and "12,5" are one number each, and nobody can know that they are not
        single = any(len(line) == 1 and kind(line[0]) == "number" for line in lines)
        if single and separator == "," or len(filled) < 2 or 2 * numbers < len(filled):
            continue
        if len(set(map(len, filled))) > 1:
            raise Unequal
        return rows
    return lines


# --- headings and names


def heading_at(block: Block) -> int | None:
    """The line of a block that names its columns, titles above it left aside; None where there is none."""
    for i, line in enumerate(block[:TITLES]):
        filled = [cell for cell in line if cell]
        if not filled or len(filled) == 1 < len(line):  # blank, or perhaps a title
            continue
        below = [row for row in block[i + 1 :] if any(row)]
        return i if below and _names_columns(line, below) else None
    return None


def _names_columns(line: list[str], below: Block) -> bool:
    first, *others = line
    if len(line) == 1:
        numbers = all(kind(row[0]) != "words" for row in below)
        return kind(first) == "words" and (numbers or _school_word(first))
    if all(map(str.isdecimal, others)):  # School, 2023, 2024: years and grades are names too
        steps = {int(b) - int(a) for a, b in zip(others, others[1:], strict=False)}
        years = all(map(year, others)) and (steps <= {1, -1} or _school_word(first) or not first)
        grades = int(others[0]) in (0, 1) and steps == {1} and _school_word(first)
        return kind(first) in ("words", "blank") and (years or grades)
    if _school_word(first):
        return True
    if any(kind(cell) == "number" and year(cell) is None for cell in line):
        return False
    words = [j for j, cell in enumerate(line) if j and kind(cell) == "words"]
    return bool(words) and any(kind(row[j]) == "number" for row in below for j in words)


def _school_word(text: str) -> bool:
    """
    >>> [_school_word(text) for text in ("School name", "Scuola", "School 1", "")]
    [True, True, False, False]
    """
    return bool(tokens(text)) and tokens(text) <= CALLED_SCHOOL


def has_names(lines: Block) -> bool:
    """Is the first column a column of names? A single slip in a column of counts does not make it one."""
    kinds = [kind(line[0]) for line in lines]
    return len(lines[0]) > 1 and kinds.count("words") > kinds.count("number")


def two_lines(header: list[str], lines: Block) -> tuple[list[str], Block]:
    """Names that stand in two lines (merged cells above) made one line."""
    if len(lines) > 1 and doubled_header(header, lines[0], lines[1:4]):
        return joined_header(header, lines[0], say("calculator.block"), 1), lines[1:]
    return header, lines


# --- what the columns hold, found as in a file


def source(header: list[str], lines: Block, at: int = 0) -> Sheet:
    """A block as a sheet; `at` is the line of its heading."""
    numbered = list(range(at + 2, at + 2 + len(lines)))
    return sheet_of(header, columns_of(lines, len(header)), numbered, say("calculator.block"), at + 1)


def refuse(header: list[str]) -> None:
    """A block about single children is refused whole."""
    refuse_personal(Sheet(say("calculator.block"), tuple(header), (), []))


def taken(header: list[str], lines: Block, at: int = 0) -> Table:
    """The table in a block, or a TableError with everything that is wrong with it."""
    sheet = source(header, lines, at)
    table = read_table(sheet)
    if say("table.took.no_unit.row") not in table.took:
        return table
    units = tuple(say("calculator.new_school", n=i + 1) for i in range(len(table.units)))
    return Table(units, table.groups, table.counts, table.focal, table.extras, table.took)


def not_mentioned(header, took) -> list[str]:
    """Columns that no sentence about what was taken speaks of."""
    told = " ".join(took)
    return [name for name in header if in_quotes(name) not in told]


def unit_column(header: list[str], lines: Block) -> int | None:
    """The column that names the schools, as far as it can be found."""
    try:
        sheet = source(header, lines)
        return Finder(sheet, None, None, None, None, None, None).find_unit()
    except TableError:
        return 0 if has_names(lines) else None


def trouble(groups, rows, sure, clean: bool) -> tuple[int, str] | None:
    """A column that is no group of pupils, by the rules for a file: its number and what is said about it.

    `sure`: columns of which the reader has said that they are groups; `clean`: every cell is a number.
    """
    school, columns, finder = say("calculator.school"), range(1, len(groups) + 1), None
    try:
        sheet = source([school, *groups], [list(row) for row in rows])
        finder = Finder(sheet, school, None, None, None, None, None)
        roles = finder.roles()
        others = [j for j in columns if j not in roles.counts]
        took = roles.took[1:]  # what names the schools is no question here
        if not others and clean and not sure:
            table = read_table(sheet, unit=school)
            others = [j for j, name in enumerate(groups, 1) if name.strip() not in table.groups]
            took = table.took[1:]
        says = say("calculator.read_otherwise", took=" · ".join(took))
    except TableError as error:
        likely = getattr(finder, "likely", ())
        others, says = [j for j in columns if j not in likely] or list(columns), beside(error.on_page)
    others = [j for j in others if j not in sure]
    return (others[0], says) if others else None


def beside(faults) -> str:
    """Faults as they are said of a block: there is no list of columns to choose from, as a file has."""
    sentences = [part for fault in faults for part in re.split(r"(?<=[.?!])\s+(?=[A-ZÀ-Þ])", fault)]
    kept = [part for part in sentences if say("calculator.columns") not in part]
    hint = [say("calculator.paste_mend")] if len(kept) < len(sentences) else []
    return " ".join([*kept, *hint])


class _Rows(dict):
    """The rows in which something was found, and what."""

    def add(self, kind, row, *_):
        self[row] = kind


def rows_of_totals(names, counts, as_it_came: bool = False) -> dict[int, str]:
    """Rows that only add up others, and the key of the fault: called a total, or their exact sum.

    In a block as it came every sum of other rows is asked about, as in a file. In a table that is being typed
    small numbers often add up: there only the exact sum of all others, of six at least, is.

    >>> rows_of_totals(["North", "South", "Total"], np.array([[3, 7], [6, 4], [9, 11]]))
    {2: 'total_row'}
    """
    found = _Rows()
    if as_it_came:
        sheet = Sheet("", (), (), [])
        total_rows(sheet, Roles(0, None, ()), list(names), counts, found)
        return dict(found)
    alone = (2 * counts == counts.sum(axis=0)).all(axis=1) & (np.count_nonzero(counts, axis=1) > 1)
    likely = len(counts) > 6 and np.count_nonzero(counts.any(axis=1)) > 2
    return {i: "total_row" for i, name in enumerate(names) if row_of_totals(name) or likely and alone[i]}

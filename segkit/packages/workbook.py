"""Workbooks as text: what each cell shows, never what its formula would do."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from dataclasses import dataclass

import numpy as np

from segkit.packages.cells import unspelt
from segkit.packages.package import Fault, fault
from segkit.sheets import TableError, hidden_rows, sheet_rows, shown
from segkit.words import listed, say


@dataclass(frozen=True, eq=False)
class SheetText:
    """One sheet of a workbook as columns of text."""

    title: str
    visible: bool
    columns: list[np.ndarray]
    formulas: tuple = ()  # (row, column) of formulas without a saved value
    hidden: tuple = ()  # lines a spreadsheet does not show
    merges: tuple = ()  # "A1:C1"

    def notes(self, file: str) -> list[str]:
        said = [] if self.visible else [say("package.took.hidden_sheet", file=shown(file, 200))]
        if self.hidden:
            lines = listed(self.hidden)
            said.append(say("package.took.hidden", file=shown(file, 200), n=len(self.hidden), lines=lines))
        return said

    def merged(self, file: str) -> list[Fault]:
        """Merged cells hold one value for many rows or columns; a table needs a value in each."""
        out = []
        for ref in self.merges:
            found = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", ref)
            if not found:
                continue
            line = int(found[2])
            filled = sum(bool(column[line - 1].strip()) for column in self.columns if line <= len(column))
            wide = found[1] != found[3]
            if filled > 1 or (filled == 1 and not wide):  # one wide cell alone in its line is a title
                out.append(fault("merged", file, line, column=found[1], came=ref))
        return out


def sheets_of(data: bytes, name: str, wanted) -> list[SheetText]:
    """Every sheet of a workbook; those whose title is not `wanted` without their cells."""
    try:
        return _sheets(data, name, wanted)
    except TableError:
        raise
    except Exception as error:  # a broken workbook can fail anywhere in the library; say it in one sentence
        why = shown(f"{type(error).__name__}: {error}", 120)
        raise TableError(say("table.broken_workbook", file=shown(name), why=why)) from None


def _sheets(data: bytes, name: str, wanted) -> list[SheetText]:
    from openpyxl import load_workbook  # 0.2 s: only when a workbook is opened

    with zipfile.ZipFile(io.BytesIO(data)) as box:
        parts = set(box.namelist())
        styles = box.read("xl/styles.xml") if "xl/styles.xml" in parts else b""
    padded = bool(re.search(rb'formatCode="0{2,}"', styles))  # 1 that is shown as 001
    out = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                visible = sheet.sheet_state == "visible"
                if not wanted(sheet.title) or not hasattr(sheet, "reset_dimensions"):
                    out.append(SheetText(sheet.title, visible, []))
                    continue
                out.append(_sheet(sheet, data, name, visible, padded))
        finally:
            book.close()
    return out


def _sheet(sheet, data: bytes, name: str, visible: bool, padded: bool) -> SheetText:
    rows = sheet_rows(sheet, name)
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        xml = box.read(sheet._worksheet_path)
    text = [[cell_text(cell) for cell in row] for row in rows]
    if padded:
        _with_zeros(sheet, text)
    formulas = _formulas(sheet.title, data, name, text) if re.search(rb"<(\w+:)?f[\s>/]", xml) else ()
    while text and not any(text[-1]):
        text.pop()
    width = max(map(len, text), default=0)
    square = np.full((len(text), width), "", dtype=object)
    for i, row in enumerate(text):
        square[i, : len(row)] = row
    columns = [np.ascontiguousarray(square[:, j]) for j in range(width)]
    hidden = tuple(sorted(line for line in hidden_rows(data, sheet) if line <= len(text)))
    merges = tuple(ref.decode() for ref in re.findall(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z0-9:]+)"', xml))
    return SheetText(sheet.title, visible, columns, formulas, hidden, merges)


def _formulas(title: str, data: bytes, name: str, text: list[list[str]]) -> tuple:
    """Put the formulas nobody saved a value for into their empty cells; their positions."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    found = []
    try:
        for i, row in enumerate(sheet_rows(book[title], name)):
            for j, formula in enumerate(row):
                if formula is None or (i < len(text) and j < len(text[i]) and text[i][j]):
                    continue
                shows = formula if isinstance(formula, str) else "=" + getattr(formula, "text", "…")
                if not str(shows).startswith("="):
                    continue
                while len(text) <= i:
                    text.append([])
                text[i] += [""] * (j + 1 - len(text[i]))
                text[i][j] = str(shows)
                found.append((i, j))
    finally:
        book.close()
    return tuple(found)


def _with_zeros(sheet, text: list[list[str]]):
    """Numbers that are shown with zeros in front, as they are shown."""
    for i, row in enumerate(sheet.iter_rows()):
        for j, cell in enumerate(row):
            shape = getattr(cell, "number_format", "")
            if shape and not shape.strip("0") and len(shape) > 1 and isinstance(cell.value, int):
                text[i][j] = str(cell.value).zfill(len(shape))


def cell_text(value) -> str:
    """A value as the spreadsheet shows it; a date as its day.

    >>> [cell_text(v) for v in (12.0, 0.5, "007 ", None, True, dt.datetime(2024, 4, 3))]
    ['12', '0.5', '007 ', '', 'TRUE', '2024-04-03']
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return unspelt(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return str(value)

"""Whatever a reader brings becomes one plain sheet: names of columns, text below them, the line of each row.

This is the only room that opens files. It understands no roles and no counts (`segkit.tables` does);
it writes nothing, runs nothing and asks nobody.
"""

import csv
import io
import math
import os
import re
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from segkit.words import in_quotes, listed, say, words

HANDFUL = 5  # faults of one kind shown before "and 37 more"
WIDEST = 2_000  # columns; more is a mistake or an attack, and costs memory row by row
LARGEST = 50_000_000  # bytes of a file; 200,000 rows of school data are about 10 MB
UNPACKED = 300_000_000  # bytes of a workbook once unpacked (an xlsx is a zip)
LONGEST = 1_048_576  # rows, as many as a spreadsheet has
DELIMITERS = ",;\t|"
LONG_TEXT = 60  # characters of a cell repeated in a message

KINDS = (  # the first bytes of files that are not tables, and the word for each
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\xd0\xcf\x11\xe0", "old_excel"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"PAR1", "parquet"),
    (b"SQLite format", "database"),
    (b"{\\rtf", "document"),
)


class TableError(ValueError):
    """What is wrong with a table, all of it at once, said to the person who can correct it.

    >>> TableError(["a.csv, line 2: ...", "a.csv, line 9: ..."]).faults
    ('a.csv, line 2: ...', 'a.csv, line 9: ...')
    """

    def __init__(self, faults, choose=None):
        self.faults = (faults,) if isinstance(faults, str) else tuple(faults)
        self.choose = choose  # (column, value) where the rows with one value make one table; else None
        super().__init__("\n".join(self.faults))

    @property
    def on_page(self) -> tuple:
        """The same faults as a page says them, where nobody can write an option."""
        return tuple(getattr(fault, "on_page", fault) for fault in self.faults)


class Advice(str):
    """A fault that ends in what to write on a command line; `on_page` ends in what to choose on a page.

    >>> advice("table.none.unit", file="a.csv", columns="'n'").on_page
    "a.csv: no column names the schools. The columns are: 'n'."
    """

    on_page: str


def advice(key: str, **values) -> Advice:
    """The sentence called `key`, and beside it the one for a page."""
    said = Advice(say(key, **values))
    said.on_page = say(f"{key}.page" if f"{key}.page" in words() else key, **values)
    return said


@dataclass(frozen=True)
class Sheet:
    """A sheet of text: the names of its columns, its columns, and where each row stands in the source."""

    name: str
    header: tuple
    columns: tuple  # of lists of str, one per column
    lines: list  # the line (or row label) of each row, as its owner sees it
    place: str = "line"  # "line" in a file, "row" in a table that is already in Python
    notes: tuple = ()  # what was decided while opening it, in words
    named: bool = True  # False: the columns came without names (a list of lists)
    blanked: tuple = ()  # positions of columns whose name was blank

    def __len__(self):
        return len(self.lines)

    def at(self, i) -> str:
        """The place of row i: "towns.csv, line 7"."""
        return say(f"table.at.{self.place}", file=shown(self.name), at=shown(self.lines[i]))

    def keep(self, rows) -> "Sheet":
        """The same sheet with only these rows, their lines remembered."""
        columns = tuple([column[i] for i in rows] for column in self.columns)
        return replace(self, columns=columns, lines=[self.lines[i] for i in rows])


def shown(text, most: int = LONG_TEXT) -> str:
    """Text from a file made safe to print: nothing invisible, nothing endless.

    >>> shown("two\\nlines")
    'two\\\\nlines'
    """
    text = str(text)
    cut = text[:most]
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)
    return safe + "…" if len(text) > most else safe


def letter(i: int) -> str:
    """The letter a spreadsheet gives to column i.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    return (letter(i // 26 - 1) if i >= 26 else "") + chr(65 + i % 26)


def open_sheet(source, name: str | None = None, sheet: str | None = None) -> Sheet:
    """The sheet in a file, in bytes, in a DataFrame, in a dict of columns or in a list of lists.

    `sheet` is the name of a sheet of a workbook.
    """
    if isinstance(source, (str, os.PathLike)):
        if not os.fspath(source):
            raise TableError(say("table.no_file"))
        path = Path(source)
        return from_bytes(file_bytes(path), name or path.name or str(path), sheet)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return from_bytes(bytes(source), name or say("table.bytes"), sheet)
    name = name or say("table.given")
    if sheet is not None:
        raise TableError(say("table.no_sheets", file=shown(name), sheet=shown(sheet)))
    if isinstance(source, Sheet):
        return source
    if hasattr(source, "unstack") and getattr(getattr(source, "index", None), "nlevels", 1) > 1:
        if not hasattr(source, "columns"):
            raise TableError(say("table.unstack", file=shown(name)))
    if hasattr(source, "columns") and hasattr(source, "iloc"):
        return from_frame(source, name)
    if hasattr(source, "to_dict") and hasattr(source, "columns"):
        source = {column: list(source[column]) for column in source.columns}
    if isinstance(source, dict):
        return from_dict(source, name)
    return from_lists(source, name)


# ---------------------------------------------------------------- files


def file_bytes(path: Path) -> bytes:
    """The bytes of a file, or in plain words why they cannot be had."""
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise TableError(say("table.missing_file", file=shown(path, 200)) + neighbours(path)) from None
    except IsADirectoryError:
        raise TableError(say("table.folder", file=shown(path, 200))) from None
    except PermissionError:
        key = "table.folder" if path.is_dir() else "table.permission"
        raise TableError(say(key, file=shown(path, 200))) from None
    except (OSError, ValueError) as error:
        raise TableError(say("table.unreadable", file=shown(path, 200), why=shown(error, 200))) from None
    return data


def neighbours(path: Path) -> str:
    """ "did you mean" for a file's name, from the files beside it."""
    from difflib import get_close_matches

    try:
        beside = [p.name for p in path.parent.iterdir()][:5000]
    except (OSError, ValueError):
        return ""
    near = get_close_matches(path.name, beside, n=1)
    return " " + say("table.did_you_mean", name=shown(near[0], 200)) if near else ""


def from_bytes(data: bytes, name: str, sheet: str | None = None) -> Sheet:
    """The sheet in the bytes of a CSV or XLSX file."""
    if len(data) > LARGEST:
        raise TableError(say("table.too_big", file=shown(name), most=LARGEST // 1_000_000))
    if not data.strip(b" \t\r\n\0,;|\xef\xbb\xbf"):
        raise TableError(say("table.empty", file=shown(name)))
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return from_xlsx(data, name, sheet)
    if sheet is not None:
        raise TableError(say("table.no_sheets", file=shown(name), sheet=shown(sheet)))
    for start, kind in KINDS:
        if data.startswith(start):
            raise TableError(say("table.not_a_table", file=shown(name), what=say(f"table.kind.{kind}")))
    return from_text(*decoded(data, name), name)


def decoded(data: bytes, name: str) -> tuple[str, tuple]:
    """The text of a file and what was decided about its letters."""
    notes = ()
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
            notes = (say("table.took.cp1252"),)
        except UnicodeDecodeError:
            raise not_text(name) from None
    if re.search(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]", text):
        raise not_text(name)
    start = text[:200].lstrip().casefold()
    if start.startswith(("<!doctype", "<html", "<?xml", "<table", "<svg")):
        raise TableError(say("table.not_a_table", file=shown(name), what=say("table.kind.page")))
    if start.startswith("{") or re.match(r"\[\s*[\[{]", start):
        raise TableError(say("table.not_a_table", file=shown(name), what=say("table.kind.json")))
    return text, notes


def not_text(name: str) -> TableError:
    return TableError(say("table.not_a_table", file=shown(name), what=say("table.kind.binary")))


# ---------------------------------------------------------------- CSV


def from_text(text: str, notes: tuple, name: str) -> Sheet:
    """The sheet in the text of a CSV file, whatever separates its cells."""
    skipped = 0
    announced = re.match(r"sep=([,;\t|])\r?\n?", text)  # Excel's own first line
    if announced:
        delimiter, skipped = announced[1], 1
        text = text[announced.end() :]
    else:
        delimiter = separator(text)
    if delimiter is None:
        # nothing separates: a fault, and a little of the text is enough to show it
        start = text.lstrip()
        skipped += text[: len(text) - len(start)].count("\n")
        return grid([[line] for line in start[:10_000].splitlines()], name, notes, skipped)
    return grid(cells(text, delimiter, name), name, notes, skipped)


def cells(text: str, delimiter: str, name: str, most: int | None = None) -> list[list[str]]:
    """The rows of a CSV text; a quote that is never closed is a fault, not a swallowed file."""
    rows = []
    lines = io.StringIO(text, newline="")
    # of a first look at the text the end may be cut off in the middle of a quotation
    reader = csv.reader(lines, delimiter=delimiter, strict=most is None, skipinitialspace=True)
    try:
        rows.extend(islice(reader, most or LONGEST + 1))
    except csv.Error:
        raise TableError(say("table.quotes", file=shown(name), at=len(rows) + 1)) from None
    if len(rows) > LONGEST:
        raise TableError(say("table.too_long", file=shown(name), most=LONGEST))
    return rows


def separator(text: str) -> str | None:
    """The separator with which the first lines have the same number of cells; None when nothing separates."""
    best, found = 0.0, None
    for delimiter in DELIMITERS:
        try:
            rows = [row for row in cells(text[:100_000], delimiter, "", most=60) if any(row)]
        except TableError:
            rows = [line.split(delimiter) for line in text[:20_000].splitlines()[:60] if line.strip()]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, times = widths.most_common(1)[0]
        # the names of the columns decide between "A;12,0;3,5" read by ";" and by ","
        named = sum(1 for row in rows[:3] if len(row) == width)
        score = times / len(rows) + 0.5 * bool(named) + 0.001 * width / (width + 1)
        if score > best:
            best, found = score, delimiter
    return found


# ---------------------------------------------------------------- XLSX


def from_xlsx(data: bytes, name: str, wanted: str | None = None) -> Sheet:
    """The sheet somebody named, or the first of a workbook that holds a table."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            inside = box.infolist()
            names = {item.filename for item in inside}
            if "mimetype" in names or "content.xml" in names:
                raise TableError(say("table.not_a_table", file=shown(name), what=say("table.kind.ods")))
            if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
                raise TableError(say("table.not_a_table", file=shown(name), what=say("table.kind.packed")))
            if sum(item.file_size for item in inside) > UNPACKED or len(inside) > 10_000:
                raise TableError(say("table.bomb", file=shown(name), most=UNPACKED // 1_000_000))
        return workbook(data, name, wanted)
    except TableError:
        raise
    except Exception as error:  # a broken workbook can fail anywhere in the library; say it in one sentence
        why = shown(f"{type(error).__name__}: {error}", 120)
        raise TableError(say("table.broken_workbook", file=shown(name), why=why)) from None


def workbook(data: bytes, name: str, wanted: str | None = None) -> Sheet:
    """The sheet that is wanted, or the first with a table in it, its values; a formula without a saved value
    is kept as its text."""
    from openpyxl import load_workbook  # 0.2 s: only when a workbook is opened

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets]
            found, titles = None, [sheet.title for sheet in sheets]
            if wanted is not None and wanted not in titles:
                raise TableError(unknown_sheet(wanted, titles, name))
            for sheet in sorted(sheets, key=lambda s: s.sheet_state != "visible"):  # hidden sheets last
                if wanted is not None and sheet.title != wanted:
                    continue
                rows = sheet_rows(sheet, name)
                if rows and found is None or has_numbers(rows):
                    found = sheet, rows
                if has_numbers(rows):
                    break
            if found is None:
                raise TableError(say("table.empty", file=shown(name)))
            title, (sheet, rows) = found[0].title, found
            if any(cell is None for row in rows for cell in row):
                rows = with_formulas(rows, data, title, name)
            notes = ()
            if len(sheets) > 1:
                others = listed(in_quotes(shown(other)) for other in titles if other != title)
                key = "table.took.sheet" if wanted is None else "table.took.sheet_named"
                notes = (say(key, sheet=shown(title), others=others),)
                name = say("table.sheet", file=name, sheet=title)
            hidden = hidden_rows(data, sheet)
            if sheet.sheet_state != "visible":
                notes += (say("table.took.hidden_sheet", sheet=shown(title)),)
            read = grid([[cell_text(cell) for cell in row] for row in rows], name, notes, padded=True)
            hidden = [line for line in read.lines if line in hidden]
            if hidden:
                said = say("table.took.hidden", n=len(hidden), lines=listed(hidden))
                read = replace(read, notes=(*read.notes, said))
            return read
        finally:
            book.close()


def unknown_sheet(wanted: str, titles, name: str) -> str:
    """No such sheet: which there are, and what was probably meant."""
    from difflib import get_close_matches

    sheets = listed(in_quotes(shown(title)) for title in titles)
    said = say("table.unknown_sheet", file=shown(name), sheet=shown(wanted), sheets=sheets)
    near = get_close_matches(str(wanted), titles, n=1)
    return said + (" " + say("table.did_you_mean", name=shown(near[0])) if near else "")


def hidden_rows(data: bytes, sheet) -> set:
    """The rows of a sheet that a spreadsheet program hides; the library that reads it does not tell."""
    path = getattr(sheet, "_worksheet_path", None)
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        if path not in box.namelist():
            return set()
        text = box.read(path)
    rows = re.findall(rb"<(?:\w+:)?row\b([^>]*\shidden=[\"'](?:1|true)[\"'][^>]*)>", text)
    numbers = (re.search(rb"\sr=[\"'](\d{1,7})[\"']", row) for row in rows)
    return {int(number[1]) for number in numbers if number}


def has_numbers(rows: list[list]) -> bool:
    """Is there a number beside something else below the first row? (notes and read-me sheets have none)"""
    return any(
        sum(cell is not None for cell in row) > 1 and any(number_like(cell_text(cell)) for cell in row)
        for row in rows[1:]
    )


def sheet_rows(sheet, name: str) -> list[list]:
    """The rows of one sheet, blank ends cut off, within what a spreadsheet can hold."""
    if not hasattr(sheet, "reset_dimensions"):
        return []  # a sheet that is only a chart
    sheet.reset_dimensions()  # the size written in the file is often wrong
    rows = []
    for row in sheet.iter_rows(values_only=True):
        if len(row) > WIDEST:
            raise TableError(say("table.too_wide", file=shown(name), n=len(row), most=WIDEST))
        row = list(row)
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
        if len(rows) > LONGEST:
            raise TableError(say("table.too_long", file=shown(name), most=LONGEST))
    while rows and not rows[-1]:
        rows.pop()
    return rows


def with_formulas(rows: list[list], data: bytes, title: str, name: str) -> list[list]:
    """Blank cells that are really formulas nobody has saved a value for show their formula."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        formulas = sheet_rows(book[title], name)
    finally:
        book.close()
    out = []
    for i, formula_row in enumerate(formulas):
        row = list(rows[i]) if i < len(rows) else []
        row += [None] * (len(formula_row) - len(row))
        for j, formula in enumerate(formula_row):
            if row[j] is None and formula is not None:
                row[j] = formula if isinstance(formula, str) else "=" + getattr(formula, "text", "…")
        out.append(row)
    return out


# ---------------------------------------------------------------- from rows to a sheet


def grid(rows: list[list[str]], name: str, notes=(), skipped: int = 0, padded: bool = False) -> Sheet:
    """Rows of text become a sheet: titles told, two lines of names made one, blank lines left out."""
    top = next((i for i, row in enumerate(rows) if sum(map(bool, trimmed(row))) > 1), None)
    if top is None:
        top = next((i for i, row in enumerate(rows) if trimmed(row)), None)
        if top is None:
            raise TableError(say("table.empty", file=shown(name)))
        came = next(filter(None, trimmed(rows[top])))
        raise TableError(say("table.one_column", file=shown(name), at=top + 1 + skipped, came=shown(came)))
    notes = list(notes)
    for i, row in enumerate(rows[: min(top, HANDFUL)]):
        if trimmed(row):
            title = next(filter(None, trimmed(row)))
            notes.append(say("table.took.title", at=i + 1 + skipped, text=shown(title)))
    header, first = trimmed(rows[top]), top + 1
    second = trimmed(rows[first]) if first < len(rows) else []
    width = max(len(header), len(second))
    if width > WIDEST:
        raise TableError(say("table.too_wide", file=shown(name), n=width, most=WIDEST))
    if doubled_header(header, second, [trimmed(row) for row in rows[first + 1 : first + 4]]):
        header = joined_header(header, second, name, first + skipped)
        notes.append(say("table.took.two_lines", at=first + skipped, below=first + 1 + skipped))
        first += 1
    body, width = rows[first:], len(header)
    lines = range(first + 1 + skipped, first + 1 + skipped + len(body))
    if set(map(len, body)) != {width}:
        body, lines = evened(body, lines, width, name, padded)
    header, kept, blanked = named_columns(header, body, name, top + 1 + skipped)
    # column by column: zip(*body) would hold 200,000 iterators at once
    columns = tuple([row[j].strip() for row in body] for j in kept) if body else ()
    if columns and "" in columns[0]:
        filled = [i for i, row in enumerate(zip(*columns, strict=True)) if any(row)]
        columns = tuple([column[i] for i in filled] for column in columns)
        lines = [lines[i] for i in filled]
    if not columns or not lines:
        raise TableError(say("table.header_only", file=shown(name), names=listed(map(shown, header))))
    return Sheet(name, header, columns, list(lines), notes=tuple(notes), blanked=blanked)


def trimmed(row: list[str]) -> list[str]:
    """A row without the blank cells at its end, nor blanks around its cells."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return [cell.strip() for cell in row[:end]]


def evened(body, lines, width: int, name: str, padded: bool):
    """Rows as wide as the names above them; a row with more or fewer cells is a fault, a blank line is not.

    `padded`: a workbook leaves out the blank cells at the end of a row, so there a short row is whole.
    """
    out, kept, wrong = [], [], []
    for row, line in zip(body, lines, strict=True):
        cut = trimmed(row)
        if not cut:
            continue
        if len(cut) > width or (len(row) < width and not padded):
            wrong.append((line, row))
            continue
        out.append(cut + [""] * (width - len(cut)))
        kept.append(line)
    faults = []
    for line, row in wrong[:HANDFUL]:
        where = say("table.at.line", file=shown(name), at=line)
        if padded:  # in a workbook nothing separates cells: something stands beside the table
            j = next(j for j in range(width, len(row)) if row[j].strip())
            faults.append(say("table.beside", where=where, cell=f"{letter(j)}{line}", text=shown(row[j])))
            continue
        key = "table.note" if len(trimmed(row)) == 1 else "table.ragged"
        faults.append(say(key, where=where, came=len(row), expected=width, text=shown(row[0])))
    if len(wrong) > HANDFUL:
        faults.append(say("table.more", n=len(wrong) - HANDFUL))
    if faults:
        raise TableError(faults)
    return out, kept


def doubled_header(header: list[str], second: list[str], below: list[list[str]]) -> bool:
    """Do the names stand in two lines? (merged cells above, names below, numbers only further down)"""
    names = [cell for cell in header if cell]
    gaps = len(names) < max(len(header), len(second)) or len(set(names)) < len(names)
    if not gaps or sum(map(bool, second)) < 2 or any(map(number_like, second)):
        return False
    under = [row for row in below if any(row)]
    return bool(under) and all(any(map(number_like, row)) for row in under)


def joined_header(header: list[str], second: list[str], name: str, at: int) -> list[str]:
    """One line of names out of two: the lower one, and the upper one where the lower is blank."""
    width = max(len(header), len(second))
    header, second = header + [""] * (width - len(header)), second + [""] * (width - len(second))
    names = [low or high for high, low in zip(header, second, strict=True)]
    twice = [n for n, times in Counter(filter(None, names)).items() if times > 1]
    if twice:
        raise TableError(say("table.two_lines", file=shown(name), at=at, below=at + 1, name=shown(twice[0])))
    return names


def number_like(text: str) -> bool:
    """
    >>> [number_like(t) for t in ("12", "3,5", "-1", "1e5", "class 1", "")]
    [True, True, True, True, False, False]
    """
    return bool(re.fullmatch(r"[-+−]?[\d][\d.,'  ]*(e[-+]?\d+)?%?", text.strip(), re.I))


def named_columns(header, body, name: str, at: int, place: str = "line"):
    """The names of the columns, each once; columns blank from top to bottom are left out."""
    where = say(f"table.at.{place}", file=shown(name), at=at)
    numbers = [cell for cell in header if number_like(cell)]
    if place == "line" and len(numbers) * 2 >= len(header) and len(numbers) >= 1:
        raise TableError(say("table.no_names", where=where, came=listed(map(shown, header))))
    kept, names, blanked = [], [], []
    for j, cell in enumerate(header):
        if not cell:
            if not any(row[j].strip() for row in body):
                continue
            blanked.append(len(kept))
            cell = say("table.column", letter=letter(j))
        kept.append(j)
        names.append(cell)
    twice = [n for n, times in Counter(names).items() if times > 1]
    faults = []
    for n in twice[:HANDFUL]:
        letters = listed(letter(j) for j, cell in zip(kept, names, strict=True) if cell == n)
        faults.append(say("table.doubled", where=where, name=shown(n), letters=letters))
    if len(twice) > HANDFUL:
        faults.append(say("table.more", n=len(twice) - HANDFUL))
    if faults:
        raise TableError(faults)
    return tuple(names), kept, tuple(blanked)


# ---------------------------------------------------------------- tables that are already in Python


def cell_text(value) -> str:
    """A value as its owner would type it: 7.0 is 7, nothing is blank, text stays as it is.

    >>> [cell_text(v) for v in ("007", 7.0, 12.5, None, float("nan"))]
    ['007', '7', '12.5', '', '']
    """
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if hasattr(value, "item") and getattr(value, "ndim", 0) == 0:  # a number of numpy's
        value = value.item()
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    text = str(value).strip()
    if text in ("<NA>", "NaT"):
        return ""
    return text.removesuffix(" 00:00:00")


def from_frame(frame, name: str) -> Sheet:
    """A DataFrame; an index that carries names or labels is a column too."""
    index = list(frame.index)
    columns = [list(frame.iloc[:, j]) for j in range(len(frame.columns))]
    header = [" ".join(map(str, c)) if isinstance(c, tuple) else str(c) for c in frame.columns]
    names = list(getattr(frame.index, "names", [None]))
    if any(n is not None for n in names) or not plain_index(index):
        parts = list(zip(*index, strict=True)) if len(names) > 1 else [index]
        labels = [say("table.index") if n is None else str(n) for n in names]
        header, columns = labels + header, [list(part) for part in parts] + columns
    lines = [" ".join(map(str, i)) if isinstance(i, tuple) else i for i in index]
    return sheet_of(header, columns, lines, name)


def plain_index(index: list) -> bool:
    """Are these the labels a DataFrame has when nobody gave it any? (also after some rows were left out)"""
    numbers = all(isinstance(i, int) or hasattr(i, "item") and isinstance(i.item(), int) for i in index)
    return numbers and len(set(index)) == len(index)


def from_dict(source: dict, name: str) -> Sheet:
    """A dict of columns, all of one length."""
    try:
        columns = [None if isinstance(c, (str, bytes)) else list(c) for c in source.values()]
    except TypeError:
        columns = [None]
    if None in columns or len(set(map(len, columns))) > 1:
        raise TableError(say("table.uneven", file=shown(name)))
    rows = len(columns[0]) if columns else 0
    return sheet_of([str(key) for key in source], columns, list(range(1, rows + 1)), name)


def from_lists(source, name: str) -> Sheet:
    """A list of lists or an array: rows of units, with or without a first row of names."""
    if not isinstance(source, (list, tuple)) and not hasattr(source, "__array__"):
        raise TableError(say("table.strange", file=shown(name), what=shown(type(source).__name__)))
    if hasattr(source, "__array__") and getattr(source, "ndim", 2) != 2:
        raise TableError(say("table.not_two_way", file=shown(name), n=source.ndim))
    rows = source.tolist() if hasattr(source, "tolist") else list(source)
    if rows and all(isinstance(row, dict) for row in rows):
        columns = list(dict.fromkeys(key for row in rows for key in row))
        return from_dict({key: [row.get(key) for row in rows] for key in columns}, name)
    if not all(isinstance(row, (list, tuple)) or hasattr(row, "tolist") for row in rows):
        raise TableError(say("table.not_two_way", file=shown(name), n=1))
    rows = [list(row) for row in rows]
    if not rows or not any(rows):
        raise TableError(say("table.empty", file=shown(name)))
    if len({len(row) for row in rows}) > 1:
        at = next(i for i, row in enumerate(rows) if len(row) != len(rows[0]))
        where = say("table.at.row", file=shown(name), at=at + 1)
        raise TableError(say("table.ragged", where=where, came=len(rows[at]), expected=len(rows[0]), text=""))
    first = rows[0]
    if all(isinstance(cell, str) for cell in first) and not any(map(number_like, first)):
        lines = list(range(2, len(rows) + 1))
        return sheet_of(first, columns_of(rows[1:], len(first)), lines, name, header_at=1)
    header = [say("table.group", n=j + 1) for j in range(len(first))]
    ids = [row[0] for row in rows]
    all_text = all(isinstance(cell, str) for row in rows for cell in row)
    if all(isinstance(i, str) for i in ids) and (not all_text or not all(map(number_like, ids))):
        header = [say("table.unit")] + header[:-1]
    sheet = sheet_of(header, columns_of(rows, len(first)), list(range(1, len(rows) + 1)), name)
    return replace(sheet, named=False)


def columns_of(rows, width):
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def sheet_of(header, columns, lines, name: str, header_at: int = 0) -> Sheet:
    """Columns of values become a sheet of text."""
    if not columns:
        raise TableError(say("table.empty", file=shown(name)))
    if len(header) > WIDEST:
        raise TableError(say("table.too_wide", file=shown(name), n=len(header), most=WIDEST))
    if not lines:
        raise TableError(say("table.header_only", file=shown(name), names=listed(map(shown, header))))
    columns = [[cell_text(value) for value in column] for column in columns]
    header = [cell.strip() for cell in header]
    body = list(zip(*columns, strict=True)) if "" in header else ()
    header, kept, blanked = named_columns(header, body, name, header_at or 1, place="row")
    return Sheet(name, header, tuple(columns[j] for j in kept), list(lines), place="row", blanked=blanked)

"""Ugly files, written from a recipe each: what people, programs and attackers hand over instead of a table.

`UGLY` maps a name to (bytes, words its message must have); `FINE` maps a name to bytes that look odd and are
read.
Every file in `FINE` is the same town: A has 10 native and 2 foreign pupils, B has 20 and 3.
"""

import io
import zipfile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter


def book(*sheets, hidden=(), merge=()):
    """A workbook with these sheets, each a list of rows."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for i, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"Sheet{i + 1}")
        for row in rows:
            sheet.append(row)
        if i in hidden:
            sheet.sheet_state = "hidden"
        for cells in merge:
            sheet.merge_cells(cells)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def packed(**files):
    """A zip with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in files.items():
            box.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def bomb():
    """A small workbook that says its sheet unpacks to 400 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("[Content_Types].xml", "<Types/>")
        box.writestr("xl/worksheets/sheet1.xml", b" " * 1000)
        box.filelist[-1].file_size = 400_000_000
    return out.getvalue()


def rewritten(data, **changes):
    """A workbook with some of its files changed by hand."""
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for item in source.infolist():
            text = source.read(item)
            for name, change in changes.items():
                if item.filename.endswith(name + ".xml"):
                    text = change(text)
            box.writestr(item.filename, text)
    return out.getvalue()


TOWN = [["school", "native", "foreign"], ["A", 10, 2], ["B", 20, 3]]
TEXT = "school,native,foreign\nA,10,2\nB,20,3\n"
FAR = f'<row r="9999999999"><c r="{get_column_letter(1)}9999999999"><v>1</v></c></row></sheetData>'.encode()
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

UGLY = {
    "empty.csv": (b"", "the file is empty"),
    "spaces.csv": (b" \n\n \r\n", "the file is empty"),
    "separators.csv": (b",,,\n,,,\n", "the file is empty"),
    "header only.csv": (b"school,native,foreign\n", "only names of columns came (school, native, foreign)"),
    "no names.csv": (
        b"A,10,2\nB,20,3\n",
        "line 1: numbers came (A, 10, 2) where names of columns were expected",
    ),
    "one column.csv": (b"school\nA\nB\n", "line 1: only one column came ('school')"),
    "ragged.csv": (b"school,native,foreign\nA,10,2\nB,1,234,3\n", "line 3: 4 cells came, 3 were expected"),
    "short.csv": (b"school,native,foreign\nA,10\nB,20,3\n", "line 2: 2 cells came, 3 were expected"),
    "footnote.csv": (TEXT.encode() + b"Source: the town\n", "line 4: only 'Source: the town' came"),
    "quote.csv": (b'school,native,foreign\nA,10,2\n"B,20,3\nC,1,1\n', "line 3: a quotation mark"),
    "long quote.csv": (b'school,native,foreign\n"' + b"x" * 200_000, "line 2: a quotation mark"),
    "doubled.csv": (b"school,native,native\nA,10,2\n", "line 1: the name 'native' stands above columns B, C"),
    "names again.csv": (
        TEXT.encode() + TEXT.encode(),
        "line 4, column 'native': the names of the columns came again",
    ),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(50), "this is a picture"),
    "photo.csv": (b"\xff\xd8\xff\xe0" + bytes(50), "this is a picture"),
    "paper.csv": (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF document"),
    "page.xls": (b"<html><table><tr><td>school</td></tr></table></html>", "this is a web page or XML"),
    "data.json": (b'[{"school": "A", "native": 10}]', "this is JSON"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Excel file (.xls)"),
    "squeezed.csv.gz": (b"\x1f\x8b\x08\x00" + bytes(20), "this is an archive"),
    "archive.xlsx": (packed(towns_dot_csv=TEXT), "this is an archive"),
    "sheet.ods": (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument file"),
    "nul.csv": (b"school,native\nA,1\x000\n", "not text in UTF-8"),
    "random.bin": (bytes(range(256)) * 4, "not text in UTF-8"),
    "utf-16 without mark.csv": (TEXT.encode("utf-16-le"), "not text in UTF-8"),
    "half a workbook.xlsx": (book(TOWN)[:2000], "the workbook is damaged"),
    "bomb.xlsx": (bomb(), "unpacks to more than 300 MB"),
    "far row.xlsx": (
        rewritten(book(TOWN), sheet1=lambda text: text.replace(b"</sheetData>", FAR)),
        "more than 1048576 rows came",
    ),
    "entities.xlsx": (
        rewritten(book(TOWN), sheet1=lambda text: ENTITIES + text.split(b"?>")[-1]),
        "the workbook is damaged",
    ),
    "wide.xlsx": (
        book([["school"] + [f"g{i}" for i in range(2500)], ["A"] + [1] * 2500]),
        "2501 columns came",
    ),
    "blank.xlsx": (book([]), "the file is empty"),
    "formula.xlsx": (
        book([["school", "native", "foreign"], ["A", 10, 2], ["B", "=B2*2", 3]]),
        "line 3, column 'native': a formula without a saved value came (=B2*2)",
    ),
    "total row.xlsx": (
        book([*TOWN, ["Total", 30, 5]]),
        "line 4, column 'school': 'Total' looks like a total",
    ),
    "two lines of names.xlsx": (
        book(
            [["school", "2019", None, "2020", None], [None, "native", "foreign", "native", "foreign"]]
            + [["A", 1, 2, 3, 4], ["B", 1, 2, 3, 4]]
        ),
        "lines 1 and 2: the names of the columns stand in two lines, and 'native' is there more than once",
    ),
    "children.csv": (
        b"school,surname,native\nA,Rossi,1\n",
        "'surname' looks like it is about single children",
    ),
    "births.csv": (b"school,date of birth,n\nA,2015-01-01,1\n", "Only counts belong here"),
}

FINE = {
    "comma.csv": TEXT.encode(),
    "semicolon.csv": TEXT.replace(",", ";").encode(),
    "tab.tsv": TEXT.replace(",", "\t").encode(),
    "bar.txt": TEXT.replace(",", "|").encode(),
    "announced.csv": b"sep=;\r\n" + TEXT.replace(",", ";").encode(),
    "mark.csv": TEXT.encode("utf-8-sig"),
    "utf-16.txt": TEXT.replace(",", "\t").encode("utf-16"),
    "windows.csv": TEXT.replace("\n", "\r\n").encode(),
    "old mac.csv": TEXT.replace("\n", "\r").encode(),
    "decimal comma.csv": b"school;native;foreign\nA;10,0;2,0\nB;20,00;3\n",
    "points.csv": b"school,native,foreign\nA,10.0,2.\nB,20.0,3.0\n".replace(b"2.\n", b"2\n"),
    "quoted.csv": b'"school","native","foreign"\n"A","10","2"\n"B","20","3"\n',
    "blanks.csv": b"\n\nschool,native,foreign\n\nA , 10,2\n,,\nB,20 ,3\n\n,,\n",
    "more blanks.csv": b"school,native,foreign,,\nA,10,2,,\nB,20,3,,\n",
    "title.csv": b"Pupils by origin\n\nschool,native,foreign\nA,10,2\nB,20,3\n",
    "ids left blank.csv": b",native,foreign\nA,10,2\nB,20,3\n",
    "sheet.xlsx": book(TOWN),
    "floats.xlsx": book([["school", "native", "foreign"], ["A", 10.0, 2.0], ["B", 20.0, 3.0]]),
    "text.xlsx": book([["school", "native", "foreign"], ["A", "10", "2"], ["B", "20", "3"]]),
    "second sheet.xlsx": book([["Read me"], ["first"]], TOWN),
    "hidden sheet.xlsx": book([["a", "b"], ["x", 1], ["y", 2]], TOWN, hidden=[0]),
    "title.xlsx": book(
        [["Pupils by origin", None, None], [], *TOWN, [], [None, None, None]], merge=["A1:C1"]
    ),
    "two lines of names.xlsx": book([["school", "origin", None], [None, "native", "foreign"], *TOWN[1:]]),
}

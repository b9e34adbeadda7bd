"""A territory's files open as they are, say what is wrong with them, and come back the same."""

import io
import json
import os
import stat
import struct
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segkit.packages import PackageError, declared_markdown, open_package, template, texts, write_package
from segkit.packages.cells import armed, disarmed, spelt, unspelt
from segkit.sheets import TableError
from segkit.territory import TABLES, normal

ABOUT = {
    "name": "Marenza",
    "country": "Nowhere",
    "language": "en",
    "invented": True,
    "mode": "public",
    "k": 5,
    "groupings": {"origin": ["local", "far"], "all": ["all"]},
    "focal": {"origin": "far"},
    "story": "A port.",
}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0.5, 0], [0.5, 0.5], [0, 0.5], [0, 0]]]}
SCHOOLS = "school,name,sector,level,zone,lat,lon,capacity\nS01,Cormorant,public,primary,Z1,0.1,0.1,100\n"
ENROLMENT = (
    "year,school,level,grouping,group,n,n_status\n"
    "2024,S01,primary,origin,local,12,ok\n2024,S01,primary,origin,far,,suppressed\n"
)
FORMS = ("folder", "town.zip", "town.xlsx")


def town(**more) -> dict:
    """A town so small that one sees what changed."""
    tables = {
        "schools": pd.DataFrame(
            {"school": ["S01", "002"], "name": ["Cormorant", ""], "sector": ["public", "other"],
             "level": "primary", "zone": ["Z1", "NA"], "lat": [-33.5, np.nan], "lon": [151.20001, 0.0],
             "capacity": [100, None], "library": ["yes", ""], "x_note": ["1E5", "-5"]}
        ),
        "zones": pd.DataFrame(
            {"zone": ["Z1", "NA"], "name": ["Harbour", ""], "geometry": [SQUARE, None], "x_of": ["a", ""]}
        ),
        "enrolment": pd.DataFrame(
            {"year": 2024, "school": ["S01", "S01", "002"], "level": "primary", "grouping": "origin",
             "group": ["local", "far", "far"], "n": [12, None, 0], "n_status": ["ok", "suppressed", "ok"]}
        ),
    }  # fmt: skip
    return tables | more


def folder(path, **files):
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        data = text.encode() if isinstance(text, str) else text
        (path / (name if "." in name else f"{name}.csv")).write_bytes(data)
    return path


def zipped(files: dict) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, text in files.items():
            box.writestr(name, text)
    return out.getvalue()


def column(package, table, name) -> list:
    raw = package.tables[table]
    return raw.columns[raw.header.index(name)].tolist()


def frames(package) -> dict:
    """The tables of a package in normal form, as they were before they were written."""
    out = {}
    for table, raw in package.tables.items():
        frame = pd.DataFrame(dict(zip(raw.header, raw.columns, strict=True)))
        if table == "zones":
            frame["geometry"] = [json.loads(text) if text else None for text in frame["geometry"]]
        blank = {"": None}
        typed = {one.name: one.type for one in TABLES[table]}
        for name in frame:
            if typed.get(name) in ("integer", "number", "year"):
                frame[name] = frame[name].replace(blank)
        out[table] = normal(table, frame)
    return out


def kinds(package) -> list:
    return [fault.kind for fault in package.faults]


# --- round trips


@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_comes_back_the_same(tmp_path, form):
    tables = town()
    write_package(tables, ABOUT, tmp_path / form)
    package = open_package(tmp_path / form)
    assert (package.faults, package.notes, package.about, package.name) == ((), (), ABOUT, "Marenza")
    back = frames(package)
    assert list(back) == ["schools", "zones", "enrolment"]
    for table, frame in tables.items():
        pd.testing.assert_frame_equal(back[table], normal(table, frame))


@pytest.mark.parametrize("form", FORMS)
def test_the_same_territory_is_the_same_bytes(tmp_path, form, monkeypatch):
    def everything(path):
        return {one.name: one.read_bytes() for one in (path.iterdir() if path.is_dir() else [path])}

    write_package(town(), ABOUT, tmp_path / form)
    (tmp_path / "again").mkdir()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    write_package(town(), ABOUT, tmp_path / "again" / form)
    assert everything(tmp_path / form) == everything(tmp_path / "again" / form)
    if form != "folder":
        inside = zipfile.ZipFile(tmp_path / form).infolist()
        assert {one.date_time[0] for one in inside} == {1980}
    if form == "town.xlsx":
        assert b"1980-01-01T00:00:00Z" in zipfile.ZipFile(tmp_path / form).read("docProps/core.xml")


odd = st.one_of(
    st.text(alphabet="='+-@\t\r\n;, \"|5.a＝_x0Dé名", max_size=8),
    st.sampled_from(
        ["=1+1", "001", "1E5", "NA", "null", "TRUE", "#N/A", "#REF!", "-5", "+5", "2024-01-01", "'=x",
         "a\r\nb", " ", "\ufeffx", "_x000D_", "<script>", "e.g. x", "1,5", '"', '""', "'", "\u2028", "sep=,"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@given(values=st.lists(odd, min_size=1, max_size=4), name=st.text(alphabet="=+@-;\"', ab", max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_of_the_owners_own_comes_back_the_same(tmp_path, form, values, name):
    size = len(values)
    schools = pd.DataFrame(
        {"school": [f"S{i}" for i in range(size)], "name": values, "x_" + name: values, "=" + name: values}
    )
    zones = pd.DataFrame({"zone": values, "geometry": [SQUARE] * size})
    about = {"name": "A", "story": values[0]} if values[0].strip() else {"name": "A"}
    write_package({"schools": schools, "zones": zones}, about, tmp_path / form, replace=True)
    package = open_package(tmp_path / form)
    assert package.about == about
    for one in ("name", "x_" + name, "=" + name):
        assert column(package, "schools", one) == values, one
    if form == "folder" or all(value.strip() for value in values):  # a row with no code is still a shape
        assert column(package, "zones", "zone") == values


@given(text=st.text(alphabet="='+-@\t\r\n;, \"|5.a＝_x0D", max_size=10))
def test_arming_can_always_be_undone(text):
    assert disarmed(armed(text)) == text
    assert unspelt(spelt(text)) == text


def test_an_outline_too_long_for_one_cell_comes_back_whole(tmp_path):
    ring = [[i / 10_000, (i * i % 97) / 100_000] for i in range(6_000)]
    long = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    zones = pd.DataFrame({"zone": ["Z1", "Z2"], "geometry": [long, SQUARE]})
    write_package(town(zones=zones), ABOUT, tmp_path / "town.xlsx")
    back = frames(open_package(tmp_path / "town.xlsx"))["zones"]
    assert back["geometry"].tolist() == [long, SQUARE] and list(back) == ["zone", "name", "geometry"]


def test_whatever_is_said_of_a_territory_comes_back_from_a_workbook(tmp_path):
    about = ABOUT | {
        "totals": {"enrolment": {str(i): [i, None, "é"] for i in range(5_000)}},
        "log": ["a", "=b"],
    }
    about |= {"story": '["no list"', "other": "x" * 70_000, "empty": {}}
    write_package(town(), about, tmp_path / "town.xlsx")
    assert open_package(tmp_path / "town.xlsx").about == about


def test_geopandas_reads_the_map(tmp_path):
    geopandas = pytest.importorskip("geopandas")
    write_package(town(), ABOUT, tmp_path / "town")
    frame = geopandas.read_file(tmp_path / "town" / "zones.geojson")
    assert frame.crs.to_epsg() == 4326 and frame["zone"].tolist() == ["Z1", "NA"]
    assert frame.geometry[0].area == 0.25 and frame.geometry[1] is None


def test_a_text_no_cell_can_hold_is_not_cut_off_in_silence(tmp_path):
    schools = pd.DataFrame({"school": ["S01"], "x_long": ["a" * 40_000]})
    with pytest.raises(PackageError, match="x_long"):
        write_package({"schools": schools}, ABOUT, tmp_path / "town.xlsx")
    assert not (tmp_path / "town.xlsx").exists()


# --- formulas


EVIL = [
    "=HYPERLINK(\"http://evil\")", "+1+cmd", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1",
    "x;=1+1", "x\t=1", "x\n@cmd", 'x";=cmd|', "x; -2+3",
]  # fmt: skip


def test_no_cell_of_a_csv_can_run(tmp_path):
    tables = {"schools": pd.DataFrame({"school": EVIL, "name": EVIL, "=cmd()": EVIL})}
    text = texts(tables, ABOUT)["schools.csv"]
    import csv

    for delimiter in ",;\t|":  # whatever the spreadsheet of the reader takes for the separator
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠")), (delimiter, cell)
                assert delimiter != "," or not cell.startswith(("\t", "\r", "\n")), cell


def test_a_negative_number_is_no_formula():
    text = texts(town(), ABOUT)["schools.csv"]
    assert ",-33.5," in text and text.rstrip().endswith(",-5")


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    tables = {"schools": pd.DataFrame({"school": EVIL, "name": EVIL, "=cmd()": EVIL})}
    groupings = {"groupings": {"=1+1": ["@a", "+b"]}, "focal": {"=1+1": "@a"}}
    write_package(tables, ABOUT | groupings | {"name": "=cmd()"}, tmp_path / "town.xlsx")
    book = openpyxl.load_workbook(tmp_path / "town.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    dangerous = [c for c in cells if isinstance(c.value, str) and c.value.startswith(tuple("=+-@\t\n"))]
    assert len(dangerous) > 20 and all(cell.quotePrefix for cell in dangerous if cell.row > 1)
    xml = zipfile.ZipFile(tmp_path / "town.xlsx").read("xl/worksheets/sheet3.xml")
    assert b"<f>" not in xml


def test_what_is_said_of_a_territory_makes_no_html_in_its_readme():
    about = ABOUT | {"name": "<script>alert(1)</script>", "story": "[x](http://evil) ![y](z)"}
    page = texts(town(), about)["README.md"]
    assert "<script" not in page.replace("\\<", "") and "](http" not in page.replace("\\]", "")


# --- Frictionless


@pytest.mark.parametrize("armed_too", [False, True])
def test_the_datapackage_is_valid_for_frictionless(tmp_path, monkeypatch, armed_too):
    from frictionless import validate

    tables = town()
    if armed_too:
        tables["schools"]["name"] = ["=1+1", 'a "b", c\nd']
        tables["schools"]["=x"] = ["\t", "é"]
        tables["schools"]["school"] = ["=S", "002"]
        tables["enrolment"]["school"] = ["=S", "=S", "002"]
    write_package(tables, ABOUT, tmp_path / "town")
    monkeypatch.chdir(tmp_path / "town")
    report = validate("datapackage.json")
    assert report.valid, report.flatten(["title", "type", "message"])
    assert {task.name for task in report.tasks} == {"schools", "zones", "enrolment"}


def test_frictionless_sees_what_we_declare(tmp_path, monkeypatch):
    from frictionless import validate

    tables = town()
    tables["enrolment"]["school"] = ["S01", "S01", "S99"]
    tables["enrolment"]["n_status"] = ["ok", "hidden", "ok"]
    tables["schools"]["school"] = ["S01", "S01"]
    write_package(tables, ABOUT, tmp_path / "town")
    monkeypatch.chdir(tmp_path / "town")
    found = {row[0] for row in validate("datapackage.json").flatten(["type"])}
    assert {"foreign-key", "constraint-error", "primary-key"} <= found


def test_the_datapackage_says_it_is_version_2_and_carries_the_territory():
    said = json.loads(texts(town(), ABOUT)["datapackage.json"])
    assert "/2.0/" in said["$schema"] and said["name"] == "marenza" and said["segkit"] == ABOUT
    status = said["resources"][2]["schema"]["fields"][-1]
    assert status["constraints"]["enum"][:2] == ["ok", "suppressed"]


# --- whatever people bring


def test_the_same_tables_open_in_every_form(tmp_path):
    files = {"schools.csv": SCHOOLS, "enrolment.csv": ENROLMENT}
    one = open_package(folder(tmp_path / "town", schools=SCHOOLS, enrolment=ENROLMENT))
    others = [
        open_package(zipped(files), "town.zip"),
        open_package(zipped({f"deep/{name}": text for name, text in files.items()}), "town.zip"),
        open_package({name: text.encode() for name, text in files.items()}, "town"),
        open_package(zipped(files | {"__MACOSX/._schools.csv": "x", ".DS_Store": "x"}), "town.zip"),
    ]
    for other in others:
        assert other.faults == () and other.notes == () and other.name == "town"
        for table, raw in one.tables.items():
            assert other.tables[table].header == raw.header
            assert [c.tolist() for c in other.tables[table].columns] == [c.tolist() for c in raw.columns]


@pytest.mark.parametrize(
    "name", ["Schools.csv", "school.csv", "SCHOOLS .csv", "schools (2).csv", "schools.tsv", "schools.txt"]
)
def test_a_table_is_found_by_the_name_of_its_file(tmp_path, name):
    text = SCHOOLS.replace(",", "\t") if name.endswith("tsv") else SCHOOLS
    package = open_package({name: text.encode(), "notes.csv": b"a,b\n1,2\n"}, "town")
    assert column(package, "schools", "school") == ["S01"]
    assert any("notes.csv" in note for note in package.notes)
    stem = name.rsplit(".")[0]
    assert (stem == "schools") == (not any("read as the table" in note for note in package.notes))


def test_a_name_nearly_right_is_asked_about():
    package = open_package({"schools.csv": SCHOOLS.encode(), "enrolmnet.csv": ENROLMENT.encode()}, "town")
    assert (
        "'enrolmnet.csv' was left alone; if it is the table 'enrolment', give it that name" in package.notes
    )


def test_two_files_for_one_table_are_a_fault():
    package = open_package({"schools.csv": SCHOOLS.encode(), "School.csv": SCHOOLS.encode()}, "town")
    assert kinds(package) == ["table.twice"]
    assert package.faults[0].message == (
        "School.csv: the table 'schools' was found in schools.csv already. Keep one of the two"
    )


def test_nothing_to_read_at_all_is_said_plainly(tmp_path):
    with pytest.raises(TableError, match="no table of a territory is in it"):
        open_package(folder(tmp_path / "empty"))
    with pytest.raises(TableError):
        open_package(tmp_path / "nowhere")
    with pytest.raises(TableError):
        open_package("")
    with pytest.raises(TableError, match="OpenDocument"):
        open_package(zipped({"mimetype": "", "content.xml": ""}), "town.ods")
    assert open_package(b"a,b\n1,2\n", "town.csv").tables == {}  # one file may still be a table of counts


@pytest.mark.parametrize("path", ["https://example.org/schools.csv", "//host/schools.csv", "file:///etc/x"])
def test_a_datapackage_never_sends_for_a_file(tmp_path, path):
    said = {"resources": [{"name": "schools", "path": path}]}
    package = open_package(folder(tmp_path / "town", **{"datapackage.json": json.dumps(said)}))
    assert kinds(package) == ["json.url"] and package.tables == {}


@pytest.mark.parametrize(
    "path", ["../schools.csv", "/etc/schools.csv", "a/../../schools.csv", "..\\schools.csv"]
)
def test_a_datapackage_never_leaves_its_folder(tmp_path, path):
    (tmp_path / "schools.csv").write_text(SCHOOLS)
    said = {"resources": [{"name": "schools", "path": path}]}
    package = open_package(folder(tmp_path / "town", **{"datapackage.json": json.dumps(said)}))
    assert kinds(package) == ["json.outside"] and package.tables == {}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.csv").write_text(SCHOOLS)
    town = folder(tmp_path / "town", enrolment=ENROLMENT)
    (town / "schools.csv").symlink_to(tmp_path / "secret.csv")
    package = open_package(town)
    assert kinds(package) == ["link"] and list(package.tables) == ["enrolment"]


def test_a_datapackage_names_its_files_as_it_likes(tmp_path):
    said = {
        "title": "Elsewhere",
        "resources": [{"name": "schools", "path": "data/a.csv"}, {"name": "flows", "path": "gone.csv"}],
    }
    town = folder(tmp_path / "town", **{"datapackage.json": json.dumps(said)})
    folder(town / "data", a=SCHOOLS)
    for source in (town, town / "datapackage.json"):
        package = open_package(source)
        assert package.name == "Elsewhere" and package.tables["schools"].file == "data/a.csv"
        assert kinds(package) == ["json.missing"]


@pytest.mark.parametrize("text", ["{", "[1]", "[" * 100_000, "\xff", '{"resources": 5, "segkit": []}'])
def test_a_broken_datapackage_is_a_fault_and_the_tables_are_read_all_the_same(tmp_path, text):
    package = open_package(
        folder(tmp_path / "town", schools=SCHOOLS, **{"datapackage.json": text.encode("latin-1")})
    )
    assert set(kinds(package)) <= {"json"} and "schools" in package.tables


# --- zips nobody should open


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        about = zipfile.ZipInfo("schools.csv")
        about.external_attr = (stat.S_IFLNK | 0o777) << 16
        box.writestr(about, "/etc/passwd")
    return out.getvalue()


def bomb(size=400_000_000) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("schools.csv", SCHOOLS)
    data = bytearray(out.getvalue())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", size)  # what it says it unpacks to
    return bytes(data)


def liar() -> bytes:
    """A zip that says it holds ten bytes, and holds a million."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("schools.csv", SCHOOLS + "x" * 1_000_000)
    data = bytearray(out.getvalue())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


@pytest.mark.parametrize(
    "data, kind",
    [
        (zipped({"../schools.csv": SCHOOLS}), "zip.path"),
        (zipped({"/schools.csv": SCHOOLS}), "zip.path"),
        (zipped({"a/../../schools.csv": SCHOOLS}), "zip.path"),
        (zipped({"..\\schools.csv": SCHOOLS}), "zip.path"),
        (zipped({"C:\\schools.csv": SCHOOLS}), "zip.path"),
        (link(), "zip.link"),
        (bomb(), "zip.big"),
        (zipped({f"{i}.txt": "" for i in range(10_001)}), "zip.big"),
        (b"PK\x03\x04 and then nothing", "zip.broken"),
        (liar(), "zip.broken"),
    ],
)
def test_a_zip_nobody_should_open_is_refused(tmp_path, monkeypatch, data, kind):
    monkeypatch.chdir(tmp_path)
    for source in (data, tmp_path / "town.zip"):
        if source is not data:
            source.write_bytes(data)
        package = open_package(source, "town.zip")
        assert kinds(package)[0] == kind and package.tables == {}
        assert package.faults[0].message.startswith(("town.zip: ", "schools.csv: "))
    assert os.listdir(tmp_path) == ["town.zip"]  # nothing was unpacked


def test_a_damaged_workbook_is_not_called_a_zip():
    package = open_package(b"PK\x03\x04 and then nothing", "Town.XLSX")
    assert kinds(package) == ["zip.workbook"]
    assert "zip" not in package.faults[0].message and "save it again" in package.faults[0].message


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("segkit.packages.reading.LARGEST", 50)
    package = open_package({"schools.csv": SCHOOLS.encode()}, "town")
    assert kinds(package) == ["unreadable"] and "MB" in package.faults[0].message


def test_a_small_file_that_would_fill_the_memory_is_refused():
    text = ("school,name" + ",x" * 1_900 + "\n" + "a\n" * 100_000).encode()
    assert open_package(text, "schools.csv").faults[0].message.startswith("schools.csv: more than 30 million")
    out = openpyxl.Workbook()
    out.active.title = "schools"
    out.active["A1"], out.active["A1048576"], out.active["BXX2"] = "school", "x", "y"
    with pytest.raises(TableError, match="more than 30 million cells"):
        open_package(saved(out), "town.xlsx")


def test_a_map_nested_without_end_is_told():
    deep = '{"features": [{"geometry": ' + "[" * 900 + "]" * 900 + "}]}"
    package = open_package({"zones.geojson": deep.encode()}, "town")
    assert set(kinds(package)) <= {"json"}


# --- CSV as it comes


@pytest.mark.parametrize(
    "data, note",
    [
        (SCHOOLS.encode("utf-8-sig"), "byte order mark"),
        (SCHOOLS.replace(",", ";").encode(), "a semicolon separates"),
        (SCHOOLS.replace(",", "\t").encode(), "a tab separates"),
        (("sep=;\r\n" + SCHOOLS.replace(",", ";")).encode(), "a semicolon separates"),
        (SCHOOLS.replace("\n", "\r\n").encode(), ""),
        (SCHOOLS.replace("\n", "\r").encode(), ""),
        (SCHOOLS.encode("utf-16"), ""),
        (SCHOOLS.replace("Cormorant", '"Cormorant"').encode(), ""),
        (SCHOOLS.replace(",Cormorant", ', "Cormorant"').encode(), ""),
    ],
)
def test_a_csv_opens_as_it_comes(data, note):
    package = open_package(data, "schools.csv")
    assert package.faults == ()
    assert [one.tolist() for one in package.tables["schools"].columns] == [
        ["S01"], ["Cormorant"], ["public"], ["primary"], ["Z1"], ["0.1"], ["0.1"], ["100"]
    ]  # fmt: skip
    assert package.tables["schools"].lines.tolist() == [2]
    assert any(note in one for one in package.notes) if note else package.notes == ()


def test_letters_of_windows_are_read_and_said():
    package = open_package(SCHOOLS.replace("Cormorant", "Àger").encode("cp1252"), "schools.csv")
    assert column(package, "schools", "name") == ["Àger"] and kinds(package) == ["cp1252"]
    assert package.faults[0].severity == "warning"


def test_cells_come_as_they_were_typed():
    text = "year,school,level,grouping,group,n,n_status\n2024, S01 ,NA,null,None,<5,\n2024,001,,,,nan,ok\n"
    package = open_package(text.encode(), "enrolment.csv")
    short = open_package((text + "2024\n").encode(), "enrolment.csv")  # a row that needs a closer look
    assert kinds(short) == ["row.short"]
    assert column(short, "enrolment", "school") == [" S01 ", "001", ""]
    assert column(package, "enrolment", "school") == [" S01 ", "001"]
    assert column(package, "enrolment", "level") == ["NA", ""]
    assert column(package, "enrolment", "n") == ["<5", "nan"]
    assert all(isinstance(one, str) for values in package.tables["enrolment"].columns for one in values)


def test_lines_are_those_a_spreadsheet_shows():
    text = 'school,name\nS01,"two\nlines"\n\nS02,b\n,\nS03,c\n'  # a cell of two lines is one row
    package = open_package(text.encode(), "schools.csv")
    assert package.tables["schools"].lines.tolist() == [2, 4, 6]
    assert package.tables["schools"].at(1) == "schools.csv, line 4"
    assert column(package, "schools", "name") == ["two\nlines", "b", "c"]
    (fault,) = package.faults
    assert (fault.kind, fault.severity, fault.line) == ("blank.inside", "warning", 3)
    assert "lines 3, 5" in fault.message


def test_blank_rows_at_the_end_are_told_once():
    package = open_package((ENROLMENT + ",,,,,,\n" * 3).encode(), "enrolment.csv")
    assert kinds(package) == ["blank.end"] and len(package.tables["enrolment"]) == 2
    assert package.faults[0].message.startswith(
        "enrolment.csv, line 4: 3 blank rows stand after the last one"
    )


def test_rows_with_too_many_or_too_few_cells_are_told_by_line():
    text = ENROLMENT + "2024,S01,primary,origin,near,1,200,ok\n2024,S01,primary\n"
    package = open_package(text.encode(), "enrolment.csv")
    assert [(fault.kind, fault.line) for fault in package.faults] == [("row.short", 5), ("row.long", 4)]
    assert package.tables["enrolment"].lines.tolist() == [2, 3, 5]
    assert "8 cells came ('2024' …), and 7 were expected" in package.faults[1].message


@pytest.mark.parametrize(
    "text, kind, line",
    [
        ("a,b,,,pupils,,\n" + ENROLMENT, "header.two_lines", 1),
        (ENROLMENT.replace("\n", "\nautumn,code,,,,count,why\n", 1), "header.two_lines", 1),
        (ENROLMENT + ENROLMENT, "header.again", 4),
        (ENROLMENT.replace("n_status", "n"), "column.twice", 1),
        (ENROLMENT.replace("n_status", ""), "column.unnamed", 2),
    ],
)
def test_names_of_columns_that_are_not_one_line_are_told(text, kind, line):
    package = open_package(text.encode(), "enrolment.csv")
    assert [(fault.kind, fault.line) for fault in package.faults] == [(kind, line)]
    assert package.faults[0].message.startswith(f"enrolment.csv, line {line}: ")
    assert set(column(package, "enrolment", "year")) == {"2024"}


def test_a_title_above_the_names_is_only_noted():
    package = open_package(("Schools of the town\n\n" + ENROLMENT).encode(), "enrolment.csv")
    assert package.faults == () and package.tables["enrolment"].lines.tolist() == [4, 5]
    assert package.notes == ("enrolment.csv: line 1 is a title: 'Schools of the town'",)


def test_a_table_without_rows_is_a_fault_only_where_it_is_needed():
    flows = ",".join(one.name for one in TABLES["flows"]) + "\n"
    package = open_package(
        {"schools.csv": SCHOOLS.splitlines()[0].encode(), "flows.csv": flows.encode()}, "town"
    )
    assert kinds(package) == ["empty"] and package.faults[0].file == "schools.csv"
    assert any("flows.csv" in note for note in package.notes)


def test_a_quotation_that_never_ends_is_told():
    package = open_package((SCHOOLS + '"S02,x\n').encode(), "schools.csv")
    assert kinds(package) == ["unreadable"] and package.faults[0].message.startswith("schools.csv, line 3")


def test_two_hundred_thousand_rows_open_at_once():
    import time

    row = "2024,S{:03d},primary,origin,far,{},ok\n"
    text = ENROLMENT.splitlines(keepends=True)[0] + "".join(
        row.format(i % 400, i % 97) for i in range(200_000)
    )
    open_package(ENROLMENT.encode(), "enrolment.csv")
    start = time.perf_counter()
    package = open_package(text.encode(), "enrolment.csv")
    took = time.perf_counter() - start
    assert len(package.tables["enrolment"]) == 200_000 and package.tables["enrolment"].lines[-1] == 200_001
    assert took < 2, f"{took:.2f} s; a quarter of a second on a quiet machine"


# --- workbooks as they come


def book(sheets: dict) -> openpyxl.Workbook:
    out = openpyxl.Workbook()
    out.remove(out.active)
    for title, rows in sheets.items():
        sheet = out.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return out


def saved(out) -> bytes:
    data = io.BytesIO()
    out.save(data)
    return data.getvalue()


HEAD = [one.name for one in TABLES["enrolment"]]
BASE = {
    "Schools": [["school", "name"], ["S01", "Cormorant"]],
    "enrolment": [HEAD, [2024, "S01", "primary", "origin", "far", 12.0, "ok"]],
}


def test_a_workbook_has_a_sheet_for_each_table():
    package = open_package(saved(book(BASE | {"Notes": [["hello"]]})), "town.xlsx")
    assert package.faults == () and column(package, "enrolment", "n") == ["12"]
    assert package.tables["enrolment"].at(0) == "town.xlsx, sheet 'enrolment', line 2"
    assert package.notes == (
        "sheet 'Schools' was read as the table 'schools'",
        "sheets left alone, because no table of a territory has such a name: Notes",
    )


def test_cells_of_a_workbook_are_what_it_shows():
    import datetime as dt

    rows = [[2024, dt.datetime(2024, 4, 3), True, 0.5, "NA", dt.date(2024, 3, 4), "001"], [2024] + [None] * 6]
    out = book({"enrolment": [HEAD, *rows]})
    out["enrolment"]["B3"] = 7
    out["enrolment"]["B3"].number_format = "000"
    package = open_package(saved(out), "town.xlsx")
    assert [values.tolist() for values in package.tables["enrolment"].columns] == [
        ["2024", "2024"], ["2024-04-03", "007"], ["TRUE", ""], ["0.5", ""], ["NA", ""],
        ["2024-03-04", ""], ["001", ""],
    ]  # fmt: skip


def test_a_workbook_is_read_as_openpyxl_reads_it(tmp_path):
    import datetime as dt

    rows = [
        [2024, "S 1 ", None, dt.date(1999, 12, 31), 0.1 + 0.2, True, "x" * 40],
        [None] * 7,
        [1e-7, "é\n名", "1E5", dt.datetime(2024, 4, 3, 12, 30), -3, False, "#N/A"],
        [123456789012345678, "", " ", dt.time(8, 5), 1e20, None, "last"],
    ]
    out = book({"enrolment": [HEAD, *rows]})
    out["enrolment"]["J9"] = "far"
    data = saved(out)
    raw = open_package(data, "town.xlsx").tables["enrolment"]
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["enrolment"]
    for row, line in enumerate(raw.lines.tolist()):
        for values, cell in zip(raw.columns, sheet[line], strict=False):
            if isinstance(cell.value, bool):
                assert values[row] == str(cell.value).upper()
            elif isinstance(cell.value, (int, float)):
                assert float(values[row]) == float(cell.value)
            else:
                assert values[row] == str(cell.value or "").removesuffix(" 00:00:00")
    assert raw.lines.tolist() == [2, 4, 5, 9]


def test_a_workbook_of_another_make_is_read(tmp_path):
    """Shared texts in pieces, cells without places, rows that are missing, as other programs write them."""
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>'
        '<x:row r="4"><x:c r="A4" t="str"><x:f>"S"&amp;1</x:f><x:v>S1</x:v></x:c>'
        '<x:c r="B4"><x:f>1+1</x:f><x:v></x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>sch</t></r><r><t>ool'
        "</t></r><rPh><t>no</t></rPh></si><si><t>name</t></si></sst>"
    )
    workbook = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="schools" sheetId="1" r:id="q"/></sheets></workbook>'
    )
    rels = '<Relationships><Relationship Id="q" Target="/xl/worksheets/a.xml"/></Relationships>'
    files = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": rels,
        "xl/sharedStrings.xml": shared,
        "xl/worksheets/a.xml": sheet,
    }
    raw = open_package(zipped(files), "town.xlsx").tables["schools"]
    assert raw.header == ("school", "name") and raw.lines.tolist() == [4]
    assert [values.tolist() for values in raw.columns] == [["S1"], ["=1+1"]] and raw.formulas == ((0, 1),)
    files["xl/workbook.xml"] = '<!DOCTYPE x [<!ENTITY a "a">]>' + workbook
    with pytest.raises(TableError, match="town.xlsx"):
        open_package(zipped(files), "town.xlsx")


def test_a_formula_nobody_saved_a_value_for_is_marked_and_never_run():
    out = book({"enrolment": [["title"], HEAD, [2024, "S01", "primary", "origin", "far", "=5+7", "ok"]]})
    raw = open_package(saved(out), "town.xlsx").tables["enrolment"]
    assert raw.formulas == ((0, 5),) and raw.columns[5].tolist() == ["=5+7"]


def test_text_that_looks_like_a_formula_is_not_marked(tmp_path):
    write_package({"schools": pd.DataFrame({"school": ["=1+1"]})}, ABOUT, tmp_path / "town.xlsx")
    raw = open_package(tmp_path / "town.xlsx").tables["schools"]
    assert raw.formulas == () and raw.columns[0].tolist() == ["=1+1"]


def test_merged_cells_are_told():
    out = book({"enrolment": [["Pupils of the town"], HEAD, *[[2024, "S01", "p", "o", "far", 1, "ok"]] * 3]})
    out["enrolment"].merge_cells("A1:G1")  # a title across the table does no harm
    out["enrolment"].merge_cells("B3:B5")
    package = open_package(saved(out), "town.xlsx")
    assert [(fault.kind, fault.line, fault.came) for fault in package.faults] == [("merged", 3, "B3:B5")]


def test_hidden_rows_and_sheets_are_read_and_noted():
    out = book(BASE)
    out["enrolment"].sheet_state = "hidden"
    out["enrolment"].row_dimensions[2].hidden = True
    notes = open_package(saved(out), "town.xlsx").notes
    assert "town.xlsx, sheet 'enrolment' is hidden in the workbook; it was read too" in notes
    assert "town.xlsx, sheet 'enrolment': rows that are hidden were read too: 1 (lines 2)" in notes


def test_two_sheets_of_one_table_are_a_fault():
    package = open_package(saved(book(BASE | {"school": BASE["Schools"]})), "town.xlsx")
    assert kinds(package) == ["table.twice"]


def test_a_broken_workbook_is_said_in_one_sentence():
    data = saved(book(BASE))
    box = zipfile.ZipFile(io.BytesIO(data))
    files = {name: box.read(name) for name in box.namelist()} | {"xl/workbook.xml": b"<workbook"}
    with pytest.raises(TableError, match="town.xlsx"):
        open_package(zipped(files), "town.xlsx")


def test_outlines_lie_beside_a_workbook(tmp_path):
    zones = {"zones": [["zone", "name"], ["Z2", "Hill"], ["Z1", "Harbour"]]}
    (tmp_path / "town.xlsx").write_bytes(saved(book(BASE | zones)))
    shapes = [
        {"type": "Feature", "properties": {"zone": code}, "geometry": SQUARE} for code in ("Z1", "Z2", "Z9")
    ]
    text = json.dumps({"type": "FeatureCollection", "features": shapes})
    (tmp_path / "zones.geojson").write_text(text)
    package = open_package(tmp_path / "town.xlsx")
    assert column(package, "zones", "name") == ["Hill", "Harbour"]
    assert [json.loads(one) for one in column(package, "zones", "geometry")] == [SQUARE, SQUARE]
    assert [str(fault) for fault in package.faults] == [
        "zones.geojson, shape 3: a shape of zone 'Z9', which is not in town.xlsx, sheet 'zones'"
    ]
    both = zipped({"town.xlsx": (tmp_path / "town.xlsx").read_bytes(), "zones.geojson": text})
    again = open_package(both, "both.zip")
    assert column(again, "zones", "geometry") == column(package, "zones", "geometry")


# --- maps


def test_a_map_becomes_a_table_of_shapes():
    shapes = [
        {"type": "Feature", "properties": {"zone": "NA", "x_n": 3, "x_b": None}, "geometry": SQUARE},
        {"type": "Feature", "properties": None, "geometry": None},
    ]
    text = json.dumps({"type": "FeatureCollection", "features": shapes}).encode()
    package = open_package({"zones.geojson": text}, "town")
    raw = package.tables["zones"]
    assert raw.header == ("zone", "x_n", "x_b", "geometry") and raw.place == "shape"
    assert [values.tolist() for values in raw.columns[:3]] == [["NA", ""], ["3", ""], ["", ""]]
    assert raw.at(1) == "zones.geojson, shape 2"


@pytest.mark.parametrize(
    "said, kind",
    [
        ({"type": "Feature"}, "geojson"),
        ({"type": "FeatureCollection", "features": [1]}, "geojson"),
        ({"type": "FeatureCollection", "features": []}, "geojson"),
        ([], "geojson"),
        ({"features": [{}], "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::25831"}}}, "crs"),
    ],
)
def test_a_map_that_is_none_is_told(said, kind):
    package = open_package({"zones.geojson": json.dumps(said).encode(), "schools.csv": SCHOOLS.encode()}, "t")
    assert kinds(package) == [kind]


def test_a_map_in_wgs84_may_say_so():
    said = {"features": [{}], "crs": {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}
    assert open_package({"zones.geojson": json.dumps(said).encode()}, "town").faults == ()


# --- the template


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    return template(tmp_path_factory.mktemp("form") / "form.xlsx")


def test_an_untouched_template_gets_a_kind_word(form):
    package = open_package(form)
    assert kinds(package) == ["template.untouched"] and package.tables == {}
    assert "as the template made it" in str(package.faults[0])


def test_the_template_helps_while_typing(form):
    out = openpyxl.load_workbook(form)
    assert out.sheetnames == ["read me", "territory", *TABLES]
    for table, columns in TABLES.items():
        sheet = out[table]
        assert [cell.value for cell in sheet[1]] == [one.name for one in columns]
        assert all(cell.comment and one.example in cell.comment.text for cell, one in
                   zip(sheet[1], columns, strict=True) if one.type != "geometry")  # fmt: skip
        assert all(cell.value.startswith("e.g. ") for cell in sheet[2])
        assert sheet.freeze_panes == "A3"
    rules = {
        (sheet.title, str(rule.sqref).split(":")[0]): rule
        for sheet in out
        for rule in sheet.data_validations.dataValidation
    }
    assert rules["schools", "C3"].formula1 == '"public,church,subsidised,private,other"'
    assert "suppressed" in rules["enrolment", "G3"].formula1
    assert "schools!$A$3" in rules["enrolment", "B3"].formula1
    assert "zones!$A$3" in rules["schools", "E3"].formula1
    assert "territory!" in rules["enrolment", "E3"].formula1
    assert rules["enrolment", "F3"].type == "whole" and rules["schools", "F3"].type == "decimal"
    assert all(len(rule.formula1) < 255 for rule in rules.values())  # more than that Excel does not take


def test_what_is_typed_below_the_examples_is_read(form, tmp_path):
    out = openpyxl.load_workbook(form)
    for at, value in enumerate(
        ["Vall", "Nowhere", "ca", "false", "private", 7, "origin", "far", "near", "far"]
    ):
        out["territory"].cell(3, at + 1, value)
    for at, value in enumerate(["001", "Cormorant", "public", "primary"]):
        out["schools"].cell(3, at + 1, value)
    for at, value in enumerate([2024, "001", "primary", "origin", "far", 12, "ok"]):
        out["enrolment"].cell(3, at + 1, value)
    out.save(tmp_path / "filled.xlsx")
    package = open_package(tmp_path / "filled.xlsx")
    assert package.faults == () and package.name == "Vall"
    assert package.about == {
        "name": "Vall", "country": "Nowhere", "language": "ca", "invented": False, "mode": "private", "k": 7,
        "groupings": {"origin": ["near", "far"]}, "focal": {"origin": "far"},
    }  # fmt: skip
    assert column(package, "schools", "school") == ["001"]
    assert package.tables["enrolment"].lines.tolist() == [3]


def test_an_example_partly_typed_over_is_not_lost(form, tmp_path):
    out = openpyxl.load_workbook(form)
    out["schools"]["A2"] = "S01"
    out.save(tmp_path / "filled.xlsx")
    raw = open_package(tmp_path / "filled.xlsx").tables["schools"]
    assert raw.lines.tolist() == [2] and raw.columns[2].tolist() == ["e.g. public"]


# --- writing


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_somebody_elses_is_written_over(tmp_path, form):
    write_package(town(), ABOUT, tmp_path / form)
    write_package(town(), ABOUT, tmp_path / form)  # the same again is no harm
    other = town(enrolment=town()["enrolment"].assign(n=1, n_status="ok"))
    with pytest.raises(PackageError, match="enrolment.csv" if form == "folder" else form):
        write_package(other, ABOUT, tmp_path / form)
    write_package(other, ABOUT, tmp_path / form, replace=True)
    assert column(open_package(tmp_path / form), "enrolment", "n") == ["1", "1", "1"]
    left = [name for _, folders, names in os.walk(tmp_path) for name in folders + names if "writing" in name]
    assert left == []


def test_tables_of_an_earlier_territory_do_not_stay_behind(tmp_path):
    write_package(town(), ABOUT, tmp_path / "town")
    (tmp_path / "town" / "letter.txt").write_text("mine")
    fewer = {name: frame for name, frame in town().items() if name != "zones"}
    with pytest.raises(PackageError, match="zones.geojson"):
        write_package(fewer, ABOUT, tmp_path / "town")
    assert (tmp_path / "town" / "zones.geojson").exists()
    write_package(fewer, ABOUT, tmp_path / "town", replace=True)
    (tmp_path / "town" / "flows.csv").write_text(
        "year\n"
    )  # nothing of ours is in the way, but it would be read
    with pytest.raises(PackageError, match="flows.csv"):
        write_package(fewer, ABOUT, tmp_path / "town")
    assert not (tmp_path / "town" / "zones.geojson").exists() and (tmp_path / "town" / "letter.txt").exists()


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    from pathlib import Path

    write_package(town(), ABOUT, tmp_path / "town")
    before = {one.name: one.read_bytes() for one in (tmp_path / "town").iterdir()}
    write = Path.write_bytes
    monkeypatch.setattr(
        Path, "write_bytes", lambda self, data: write(self, data) if self.name < "2" else full()
    )

    def full():
        raise OSError(28, "No space left on device")

    with pytest.raises(PackageError, match="No space left"):
        write_package(town(), ABOUT | {"name": "Other"}, tmp_path / "town", replace=True)
    with pytest.raises(PackageError):
        write_package(town(), ABOUT, tmp_path / "new")
    assert {one.name: one.read_bytes() for one in (tmp_path / "town").iterdir()} == before
    assert not (tmp_path / "new").exists()


def test_the_declaration_is_a_page():
    page = declared_markdown()
    for table, columns in TABLES.items():
        assert f"## {'zones.geojson' if table == 'zones' else table + '.csv'}" in page
        assert all(f"{one.name}" in page for one in columns)
    assert all(f"- `{sector}`: " in page for sector in ("public", "church", "subsidised", "private", "other"))


def test_the_first_sheet_has_rows_as_high_as_their_sentences(tmp_path):
    from openpyxl import load_workbook

    template(tmp_path / "town.xlsx")
    sheet = load_workbook(tmp_path / "town.xlsx").worksheets[0]
    room = sheet.column_dimensions["A"].width
    long = [cell for cell in sheet["A"] if len(str(cell.value or "")) > room]
    assert len(long) >= 5
    for cell in long:
        assert sheet.row_dimensions[cell.row].height >= 15 * len(cell.value) / room

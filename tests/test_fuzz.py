"""Whatever the bytes are: a table of whole numbers, or words; never anything else."""

import io
import json
import runpy
import warnings
import zipfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from segkit import cli
from segkit.sheets import TableError
from segkit.tables import read

UGLY_FILES = runpy.run_path(str(Path(__file__).parent / "ugly" / "files.py"))
UGLY, FINE, book = (UGLY_FILES[name] for name in ("UGLY", "FINE", "book"))
SEEDS = [*FINE.values(), *(data for data, _ in UGLY.values() if len(data) < 100_000)]
SEEDS.append(
    b"school,year,group,n,lat\nA,2023,x,1,45.1\nA,2023,y,2,45.1\nB,2023,x,3,45.2\nB,2023,Total,4,45.2\n"
)
SEEDS.append(b"schoolId;level;roll;free\n01;1;100;10\n01;2;50;5\n02;1;30;c\n")
PIECES = """-1 1,5 1.234 99999999999999999999 nan =1+1 Total <5 { } {where} PK\x03\x04 school group total id
    é \udce9 \udcff\udcfe \ufeff \u0663\u00b2 1e999 inf 2023 45.1 % x \0 " , ;""".split(" ")
PIECES = [piece.strip().encode("utf-8", "surrogateescape") for piece in [*PIECES, ""]]
PIECES += [b"\n", b"\r", b"\t", b"12 000"]
CELLS = (
    """1 12 0 007 A B x y Total 12,0 2.5 -1 <5 nan 2023 45.1 school group n total year level {} =A1""".split()
)
CELLS += ["", "a b", "  3 ", "\x85", "1\n2", '"']
CELLS = st.one_of(st.sampled_from(CELLS), st.text(max_size=6), st.integers(-3, 10**18).map(str))
VALUES = st.one_of(
    CELLS, st.integers(), st.floats(), st.none(), st.booleans(), st.dates(), st.binary(max_size=3)
)
QUICK = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def table_or_words(source, **roles):
    """A table of whole numbers, or a TableError with messages one can print."""
    try:
        table = read(source, **roles)
    except TableError as refused:
        assert refused.faults and all(fault and fault.isprintable() for fault in refused.faults)
        assert len(str(refused)) < 60_000
        return None
    assert table.counts.dtype == np.int64 and (table.counts >= 0).all()
    assert table.counts.shape == (len(table.units), len(table.groups)) and len(table.groups) > 0
    assert len(set(table.groups)) == len(table.groups) and table.focal in table.groups
    assert all(len(values) == len(table.units) for values in table.extras.values())
    assert all(line.isprintable() for line in table.took) and str(table)
    return table


def mutated(data, edits):
    """Bytes with some pieces put in, taken out or doubled."""
    for where, length, piece in edits:
        at = where % (len(data) + 1)
        data = data[:at] + piece + data[at + length :]
    return data


EDITS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 8), st.sampled_from(PIECES) | st.binary(max_size=4)),
    max_size=6,
)


@QUICK
@given(st.binary(max_size=400))
@example(b"a,b\n1,2")
@example(b"\xff\xfe")
@example(b"PK\x03\x04")
def test_any_bytes(data):
    table_or_words(data)


@QUICK
@given(st.text(max_size=400))
def test_any_text(text):
    table_or_words(text.encode("utf-8", "surrogatepass"))


@QUICK
@given(st.sampled_from(SEEDS), EDITS)
def test_a_file_with_some_bytes_changed(data, edits):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table_or_words(mutated(data, edits))


@QUICK
@given(st.sampled_from([name for name in FINE if name.endswith("xlsx")]), st.integers(0, 20), EDITS)
def test_a_workbook_with_something_inside_changed(name, which, edits):
    source = zipfile.ZipFile(io.BytesIO(FINE[name]))
    names = source.namelist()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for i, item in enumerate(names):
            data = source.read(item)
            box.writestr(item, mutated(data, edits) if i == which % len(names) else data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table_or_words(out.getvalue())


@QUICK
@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), max_size=6))
def test_any_list_of_lists(rows):
    table_or_words(rows)


@QUICK
@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_any_cells_in_a_file(rows, delimiter):
    table_or_words("\n".join(delimiter.join(row) for row in rows).encode())


@QUICK
@given(
    st.dictionaries(CELLS, st.lists(VALUES, min_size=3, max_size=3), max_size=5),
    st.fixed_dictionaries(
        {}, optional={role: CELLS for role in ("unit", "group", "count", "total", "focal", "by", "name")}
    ),
    st.none() | st.dictionaries(CELLS, VALUES, max_size=2),
)
def test_any_columns_and_any_roles(columns, roles, where):
    table_or_words(columns, where=where, **roles)


@QUICK
@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=12
    ).filter(lambda rows: not np.any([np.sum(rows, 0) == 2 * np.array(row) for row in rows], axis=1).any()),
    st.permutations(range(4)),
    st.randoms(),
)
def test_long_and_wide_are_one_table_in_any_order(rows, order, random):
    names = ["school", "a", "b", "c"]
    wide = [[f"s{i}", *row] for i, row in enumerate(rows)]
    random.shuffle(wide)
    table = read(
        [[names[j] for j in order]] + [[row[j] for j in order] for row in wide],
        unit="school",
        count=["a", "b", "c"],
    )
    long = [(row[0], group, n) for row in wide for group, n in zip("abc", row[1:], strict=True)]
    random.shuffle(long)
    other = read([["school", "group", "n"], *long], group="group", count="n")
    assert cells(table) == cells(other) == {(u, g): n for u, g, n in long}
    assert table.focal == other.focal


def cells(table):
    """The table as a dict, in which nothing has an order."""
    return {
        (unit, group): n
        for unit, row in zip(table.units, table.counts.tolist(), strict=True)
        for group, n in zip(table.groups, row, strict=True)
    }


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SEEDS), EDITS, st.sampled_from(["table", "csv", "json"]))
def test_the_command_line_ends_in_zero_or_two(tmp_path_factory, capsys, data, edits, form):
    path = tmp_path_factory.getbasetemp() / "fuzzed.csv"
    path.write_bytes(mutated(data, edits))
    code = cli.main(["measure", str(path), "--format", form, "--index", "dissimilarity", "--schools"])
    out, err = capsys.readouterr()
    assert code in (0, 2) and "Traceback" not in out + err and "should not have happened" not in err
    assert bool(out) == (code == 0)
    if out and form == "json":
        json.loads(out, parse_constant=lambda word: 1 / 0)  # no NaN, no Infinity

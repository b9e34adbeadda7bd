"""A terminal gives the same numbers, or one message; never a traceback."""

import csv
import io
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import segkit as sk
from segkit import cli

UGLY_FILES = runpy.run_path(str(Path(__file__).parent / "ugly" / "files.py"))
UGLY, FINE, book = (UGLY_FILES[name] for name in ("UGLY", "FINE", "book"))
TOWN = (
    "school,level,sector,native,foreign\n"
    "A,1,public,90,10\nB,1,church,60,40\nC,1,public,40,60\n"
    "A,2,public,30,10\nD,2,church,20,25\nE,2,public,0,0\n"
)
COLUMNS = ["--count", "native", "--count", "foreign"]


@pytest.fixture
def town(tmp_path):
    path = tmp_path / "town.csv"
    path.write_text(TOWN)
    return str(path)


def outside(*words, **options):
    """Run a command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "segkit.cli", *words], capture_output=True, **options)


def test_json_has_the_keys_and_the_numbers_of_the_package(segkit, town):
    code, out, _ = segkit("measure", town, *COLUMNS, "--where", "level=1", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert list(found) == "units groups pupils focal dropped values chance interval unavailable".split()
    assert (found["units"], found["groups"], found["pupils"], found["focal"]) == (
        3,
        ["native", "foreign"],
        300,
        "foreign",
    )
    assert found["values"]["dissimilarity"] == sk.dissimilarity([[10, 90], [40, 60], [60, 40]])
    assert set(found["chance"]["dissimilarity"]) == {"expected", "p", "corrected"}
    assert found["interval"] == {} and found["unavailable"] == {}


def test_schools_and_by_are_added_when_asked(segkit, town):
    code, out, _ = segkit("measure", town, *COLUMNS, "--by", "level", "--schools", "--format", "json")
    found = json.loads(out)
    assert code == 0 and found["units"] == 5 and found["dropped"]["units"] == ["E"]
    keys = ["unit", "pupils", "share", "location_quotient", "local_segregation", "contribution"]
    assert list(found["schools"][0]) == keys and len(found["schools"]) == 5
    assert [part["units"] for part in found["by"].values()] == [3, 2] and list(found["by"]) == ["1", "2"]
    split = found["split"]["information"]
    assert split["between"] + split["within"] == pytest.approx(found["values"]["information"], abs=1e-12)


def test_intervals_come_with_bootstrap_and_the_seed_repeats_them(segkit, town):
    def interval(seed):
        words = (
            "measure",
            town,
            *COLUMNS,
            "--where",
            "level=1",
            "--format",
            "json",
            "--index",
            "dissimilarity",
        )
        return json.loads(segkit(*words, "--bootstrap", 50, "--seed", seed)[1])["interval"]["dissimilarity"]

    assert interval(1) == interval(1) != interval(2)
    assert 0 <= interval(1)["low"] < interval(1)["high"] <= 1


def test_a_school_twice_points_to_the_column_that_tells_them_apart(segkit, town):
    code, out, err = segkit("measure", town, *COLUMNS)
    assert (code, out) == (2, "")
    assert err.startswith(
        "segkit: town.csv, line 5, column 'school': 'A' came again, it is already in line 2"
    )
    assert "--where level=1" in err and "--by level" in err


def test_a_table_says_what_was_taken_and_a_sentence(segkit, town):
    code, out, err = segkit("measure", town, *COLUMNS, "--where", "level=1")
    assert (code, err) == (0, "")
    assert "rows: 3 of 6" in out and "groups: columns 'native', 'foreign'" in out
    assert "Dissimilarity is 0.383: the share of the focal group that would have to change school" in out
    head = next(line for line in out.splitlines() if line.startswith("index"))
    assert head.split() == ["index", "value", "by", "chance", "p"]


def test_machine_formats_say_what_was_taken_elsewhere(segkit, town):
    _, out, err = segkit("measure", town, *COLUMNS, "--where", "level=1", "--format", "csv")
    assert "units: column 'school'" in err and "units: column" not in out


def test_csv_has_a_row_for_each_index_value_and_school(segkit, town):
    words = ("measure", town, *COLUMNS, "--by", "level", "--schools", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(segkit(*words)[1])))
    whole = {row["index"]: row for row in rows if not row["by"] and not row["unit"] and not row["part"]}
    assert list(whole) == list(sk.INDICES)
    assert (
        float(whole["dissimilarity"]["value"])
        == sk.measure(town, by="level", count=["native", "foreign"], shuffles=0)["dissimilarity"]
    )
    assert {row["by"] for row in rows} == {"", "1", "2"} and {row["part"] for row in rows} == {
        "",
        "between",
        "within",
    }
    assert {row["unit"] for row in rows if row["index"] == "contribution" and row["by"] == "2"} == {"A", "D"}


def test_a_name_never_runs_as_a_formula_in_the_answer(segkit, tmp_path):
    (tmp_path / "a.csv").write_text("school,native,foreign\n=1+1,10,2\n@SUM(A1),20,3\n-x,1,1\n")
    rows = list(
        csv.reader(io.StringIO(segkit("measure", tmp_path / "a.csv", "--schools", "--format", "csv")[1]))
    )
    assert {row[0] for row in rows[1:] if row[0]} == {"'=1+1", "'@SUM(A1)", "'-x"}


def test_what_cannot_be_assessed_has_its_reason_and_is_no_failure(segkit, tmp_path):
    (tmp_path / "a.csv").write_text("school,native,foreign\nA,10,2\n")
    code, out, _ = segkit("measure", tmp_path / "a.csv", "--format", "json")
    found = json.loads(out)
    assert code == 0 and found["values"] == {} and "only one unit" in found["unavailable"]["dissimilarity"]
    code, out, _ = segkit("measure", tmp_path / "a.csv")
    assert code == 0 and out.count("there is only one unit") == 1


@pytest.mark.parametrize("name", UGLY)
def test_an_ugly_file_ends_in_two_and_words(segkit, tmp_path, name):
    (tmp_path / name).write_bytes(UGLY[name][0])
    code, out, err = segkit("measure", tmp_path / name)
    assert (code, out) == (2, "") and UGLY[name][1] in err


@pytest.mark.parametrize("name", FINE)
def test_an_odd_file_ends_in_zero(segkit, tmp_path, name):
    (tmp_path / name).write_bytes(FINE[name])
    code, out, err = segkit("measure", tmp_path / name, "--format", "json", "--index", "dissimilarity")
    assert code == 0 and json.loads(out)["pupils"] == 35


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--index", "disimilarity"], "Did you mean 'dissimilarity'?"),
        (["--count", "natve", "--count", "foreign"], "Did you mean 'native'?"),
        (["--where", "levl=1"], "Did you mean 'level'?"),
        (["--where", "level=9"], "'9' never occurs. There is: '1', '2'."),
        (["--where", "level"], "COLUMN=VALUE was expected"),
        (["--focal", "foriegn", "--by", "level"], "Did you mean 'foreign'?"),
        (["--by", "levle"], "Did you mean 'level'?"),
        (["--bootstrap", "-1"], "a whole number from 0 on was expected"),
        (["--bootstrap", "100001"], "at most 100,000 draws were expected"),
        (["--unit", "school", "--unit", "level"], "--unit came twice"),
        (["--sheet", "Sheet2"], "only an Excel workbook has sheets"),
        (["--seed", "x"], "a whole number from 0 on was expected"),
        (["--format", "xml"], "invalid choice"),
        (["--colour", "red"], "unrecognized arguments"),
    ],
)
def test_a_wrong_option_is_said_with_what_was_meant(segkit, town, words, said):
    code, out, err = segkit("measure", town, *words)
    assert (code, out) == (2, "") and said in err


def test_no_verb_no_file_and_a_missing_file_end_in_two(segkit, tmp_path):
    assert segkit()[0] == segkit("measure")[0] == segkit("dance")[0] == 2
    code, _, err = segkit("measure", tmp_path / "none.csv")
    assert code == 2 and "there is no such file" in err


def test_help_has_an_example_and_the_version_a_number(segkit):
    code, out, _ = segkit("measure", "--help")
    assert code == 0 and "segkit measure schools.csv --unit school" in out
    assert segkit("--version")[1] == f"segkit {sk.__version__}\n"
    assert "measure" in segkit("--help")[1]


def test_standard_input_is_a_file_too():
    done = outside("measure", "-", "--format", "json", input=b"school,native,foreign\nA,10,2\nB,2,3\n")
    assert done.returncode == 0 and json.loads(done.stdout)["pupils"] == 17
    done = outside("measure", "-", input=b"")
    assert done.returncode == 2 and b"standard input: the file is empty" in done.stderr


def test_a_terminal_without_accents_gets_escapes(tmp_path):
    (tmp_path / "a.csv").write_text("school,però,città\nÀ,10,2\nB,3,4\n", encoding="utf-8")
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    for form in ("table", "csv", "json"):
        done = outside("measure", str(tmp_path / "a.csv"), "--schools", "--format", form, env=plain)
        assert done.returncode == 0 and done.stdout.isascii() and b"Traceback" not in done.stderr
    assert json.loads(done.stdout)["groups"] == ["però", "città"]


def test_a_reader_who_leaves_early_is_no_failure(town):
    command = (
        f'"{sys.executable}" -m segkit.cli measure "{town}" --by level --schools --format json | head -c 5'
    )
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True)
    assert done.returncode == 0 and b"Traceback" not in done.stderr and b"Exception" not in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_an_answer_that_cannot_be_written_is_said(town):
    with open("/dev/full", "w") as full:
        words = [sys.executable, "-m", "segkit.cli", "measure", town, "--by", "level"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2 and b"the answer cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr


def test_a_closed_output_is_said(town):
    command = f'"{sys.executable}" -m segkit.cli measure "{town}" --by level >&-'
    done = subprocess.run(["bash", "-c", command], capture_output=True)
    assert done.returncode == 2 and b"Traceback" not in done.stderr


def test_stopping_by_hand_is_one_word(segkit, town, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("segkit.measuring.measure", stopped)
    assert segkit("measure", town) == (2, "", "segkit: stopped.\n")


def test_a_fault_of_ours_is_a_sentence(segkit, town, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("segkit.measuring.measure", broken)
    code, out, err = segkit("measure", town)
    assert (code, out) == (2, "") and "this should not have happened (ZeroDivisionError" in err


def test_the_words_of_other_libraries_are_not_given_as_ours(segkit, town, monkeypatch):
    def broken(*_, **__):
        raise ValueError("operands could not be broadcast together")

    monkeypatch.setattr("segkit.measuring.measure", broken)
    code, out, err = segkit("measure", town)
    assert (code, out) == (2, "") and "this should not have happened (ValueError" in err


def test_no_name_at_all_is_said(segkit):
    assert segkit("measure", "") == (2, "", "segkit: no file was named: the path is empty.\n")


def test_one_school_is_said_in_words_that_fit(segkit, tmp_path):
    (tmp_path / "a.csv").write_text("school,native,foreign\nA,10,2\n")
    assert "schools: 1; pupils: 12;" in segkit("measure", tmp_path / "a.csv")[1]


def test_schools_in_several_years_are_said_in_the_first_lines(segkit, town):
    _, out, _ = segkit("measure", town, *COLUMNS, "--by", "level")
    lines = out.split("schools: ")[1].splitlines()
    assert lines[0].startswith("5;") and "its 5 rows are 4 schools" in lines[1]


def test_a_terminal_that_waits_is_told_and_a_file_is_not(town, monkeypatch, capsys):
    import time

    monkeypatch.setattr(cli.terminal, "PATIENCE", 0.01)
    for watched in (True, False):
        monkeypatch.setattr(sys.stderr, "isatty", lambda watched=watched: watched, raising=False)
        with cli.terminal.patience():
            time.sleep(0.1)
        assert ("Measuring:" in capsys.readouterr().err) == watched


def test_json_never_holds_what_is_not_a_number(segkit, town, monkeypatch):
    whole = sk.measure(town, by="level", count=["native", "foreign"], shuffles=0)
    monkeypatch.setattr("segkit.measuring.measure", lambda *_, **__: whole)
    whole.values["dissimilarity"] = float("nan")
    code, out, _ = segkit("measure", town, "--format", "json")
    assert (code, out) == (2, "")


def test_importing_the_command_line_loads_nothing_heavy():
    code = "import sys, segkit.cli; print([m for m in ('numpy', 'pandas', 'openpyxl') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"

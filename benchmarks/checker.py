"""The checker beside `frictionless validate` and a loop over the rows, on the same folder of files."""

import csv
import json
import resource
import sys
import tempfile
from contextlib import chdir
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from timing import Found, Row, findings, in_turns, machine, table, work

from segkit.checks import check
from segkit.packages import open_package, write_package
from segkit.territory import SECTORS

GROUPS = tuple("abcdefgh")
FILES = {"schools": "schools.csv", "enrolment": "enrolment.csv"}


def tables(rows: int) -> dict[str, pd.DataFrame]:
    """Schools, and so many rows of enrolment: ten years, eight groups, some counts hidden."""
    rng = np.random.default_rng(rows)
    schools = [f"{i:05d}" for i in range(max(1, rows // (10 * len(GROUPS))))]
    index = pd.MultiIndex.from_product([range(2015, 2025), schools, ["primary"], ["origin"], GROUPS])
    frame = index.to_frame(index=False, name=["year", "school", "level", "grouping", "group"])
    frame["n"] = n = pd.array(rng.integers(0, 120, len(frame)), dtype="Int64")
    frame["n_status"] = np.where(n < 3, "suppressed", "ok")
    frame.loc[frame["n_status"] == "suppressed", "n"] = pd.NA
    about = {"school": schools, "name": [f"School {one}" for one in schools], "level": "primary"}
    sectors = [SECTORS[i % 3] for i in range(len(schools))]
    return {"schools": pd.DataFrame(about | {"sector": sectors, "capacity": 9000}), "enrolment": frame}


def spoilt(folder: Path, every: int):
    """Every so manieth row of enrolment gets a mistake of its own."""
    path = folder / FILES["enrolment"]
    lines = path.read_text("utf-8").splitlines()
    mistakes = ("{},two hundred,ok", "{},12.5,ok", "{},-3,ok", "{} ,3,ok", "{},1.234,ok")
    for k, i in enumerate(range(1, len(lines), every)):
        lines[i] = mistakes[k % len(mistakes)].format(",".join(lines[i].split(",")[:5]))
    path.write_text("\n".join(lines) + "\n", "utf-8")


# --- the peers


def frictionless(folder: Path):
    """What the library says of the package: types, values, keys and references of its own schema."""
    from frictionless import validate

    with chdir(folder):  # it opens nothing outside of the place it stands in
        report = validate("datapackage.json")
    assert report.valid


def loop(folder: Path) -> list[str]:
    """What an office would write: one pass over the rows, and only the six plainest mistakes."""
    said, seen = [], set()
    with (folder / FILES["schools"]).open(encoding="utf-8", newline="") as file:
        schools = {row["school"] for row in csv.DictReader(file)}
    with (folder / FILES["enrolment"]).open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            key = tuple(row[name] for name in ("year", "school", "level", "grouping", "group"))
            if any(part != part.strip() or not part for part in key):
                said.append(f"line {line}: a blank")
            if key in seen:
                said.append(f"line {line}: twice")
            seen.add(key)
            if row["school"] not in schools:
                said.append(f"line {line}: no such school")
            if not (row["year"].isdecimal() and len(row["year"]) == 4):
                said.append(f"line {line}: no year")
            if row["n_status"] == "ok" and not row["n"].isdecimal():
                said.append(f"line {line}: no count")
            if row["n_status"] != "ok" and row["n"]:
                said.append(f"line {line}: a count that is hidden")
    return said


def pandas_loop(folder: Path) -> list[str]:
    """The same six mistakes with pandas, a column at a time: no messages but line numbers."""
    schools = pd.read_csv(folder / FILES["schools"], dtype=str, keep_default_na=False)
    frame = pd.read_csv(folder / FILES["enrolment"], dtype=str, keep_default_na=False)
    key = ["year", "school", "level", "grouping", "group"]
    blank = (frame[key].apply(lambda column: column.str.strip() != column) | (frame[key] == "")).any(axis=1)
    ok = frame["n_status"] == "ok"
    wrong = (
        blank
        | frame.duplicated(key)
        | ~frame["school"].isin(schools["school"])
        | ~frame["year"].str.fullmatch(r"\d{4}")
        | (ok & ~frame["n"].str.isdecimal())
        | (~ok & (frame["n"] != ""))
    )
    return [f"line {i + 2}" for i in np.flatnonzero(wrong)]


# --- in one run


def checker(quick: bool) -> list[str]:
    rows, times = (2_000, 1) if quick else (200_000, 5)
    with tempfile.TemporaryDirectory() as place:
        good, bad = Path(place) / "good", Path(place) / "bad"
        about = {"name": "Long Town", "invented": True}
        for folder in (good, bad):
            write_package(tables(rows), about, folder)
        spoilt(bad, 50)
        import frictionless as _  # noqa: F401  not counted

        assert check(good).faults == ()
        found = check(bad)
        assert found.count() == len(loop(bad)) == len(pandas_loop(bad)) == -(-rows // 50)
        comparison = list(compared(good, bad, times))
        own = list(ourselves(good, times))
    size = f"{rows:,} rows of enrolment, reading included"
    tables_ = [*table(comparison, size, "segkit", "peer"), "", *findings(own, size), ""]
    return [*tables_, *said_of(found), machine("pandas", "frictionless")]


def compared(good: Path, bad: Path, times: int):
    """Our checker beside each peer, theirs once between several of ours."""
    took = in_turns(lambda: check(good), lambda: frictionless(good), 1, times)
    note = "`validate` of the same `datapackage.json`; it knows no sums, places or people"
    yield Row("nothing wrong; frictionless", *took, 5, note)
    took = in_turns(lambda: check(good), lambda: loop(good), times)
    note = "`csv`, row by row, six kinds of mistakes of our some eighty"
    yield Row("nothing wrong; a plain loop", *took, None, note)
    took = in_turns(lambda: check(good), lambda: pandas_loop(good), times)
    yield Row("nothing wrong; pandas", *took, None, "`read_csv`, column by column, the same six, no messages")
    took = in_turns(lambda: check(bad), lambda: loop(bad), times)
    note = "a mistake in every fiftieth row, each told with its line"
    yield Row("many mistakes; a plain loop", *took, None, note)


def ourselves(good: Path, times: int):
    """The time of one whole check, of its reading, and the memory it took."""
    whole = median(work(lambda: check(good)) for _ in range(times))
    reading = median(work(lambda: open_package(good)) for _ in range(times))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    yield Found("one check, a Territory at its end", whole, "s", 1.0, note="time of the processor")
    yield Found("of this, reading the files", reading, "s")
    yield Found("memory of this process at most", peak, "MiB", note="frictionless and all")


def said_of(found) -> list[str]:
    told = len(json.dumps(found.as_dict()))
    return [
        f"{found.count():,} mistakes are told in {len(found.said())} lines ({told / 1000:,.0f} kB as JSON).",
        "",
    ]

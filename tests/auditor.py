"""An attacker who has only what was published, and tries to find the counts that are not there.

Nothing of segkit is imported here: whoever downloads a package has csv, zip, json and a spreadsheet, linear
programs, and knows how children add up. `Attack(read(path)).ranges()` gives for each hidden count the least
and the most it can be, in whole children; `traces(path, needles)` looks for planted numbers and words in
every corner of a file: attributes, metadata, hidden sheets, base64 arrays, boxes within boxes.
"""

from __future__ import annotations

import base64
import csv
import html
import io
import itertools
import json
import re
import struct
import urllib.parse
import zipfile
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

ALL = "all"
COLUMNS = {
    "enrolment": ("year", "school", "level", "grouping", "group"),
    "residents": ("year", "zone", "grouping", "group"),
    "flows": ("year", "zone", "school", "grouping", "group"),
    "indicators": ("year", "school", "grouping", "group", "indicator"),
}
MOST = 10**6  # pupils: more than any school has
EPS = 1e-6


# ── reading what was published ──────────────────────────────────────────────────────────────────────


@dataclass
class Published:
    """Counts by key (None: hidden), totals by (table, year, level, grouping, group), outcomes of the town by
    (year, level, indicator, grouping, group, what), and what is said."""

    cells: dict = field(default_factory=dict)
    totals: dict = field(default_factory=dict)
    about: dict = field(default_factory=dict)
    outcomes: dict = field(default_factory=dict)
    level_of: dict = field(default_factory=dict)  # of each school
    k: int = 5

    @property
    def hidden(self):
        return [key for key, n in self.cells.items() if n is None]


def read(path) -> Published:
    """A folder, a zip or a workbook, as anybody can read it."""
    path = Path(path)
    if path.is_dir():
        return from_files({p.name: p.read_bytes() for p in path.iterdir() if p.is_file()})
    if path.suffix == ".xlsx":
        return from_workbook(path)
    with zipfile.ZipFile(path) as box:
        return from_files({Path(name).name: box.read(name) for name in box.namelist()})


def from_files(files: dict[str, bytes]) -> Published:
    about = json.loads(files["datapackage.json"])["segkit"]
    tables = {}
    for table in (*COLUMNS, "schools"):
        if f"{table}.csv" in files:
            tables[table] = list(csv.DictReader(io.StringIO(files[f"{table}.csv"].decode("utf-8-sig"))))
    return publish(tables, about, about.get("totals", {}), about.get("outcomes", {}))


def from_workbook(path) -> Published:
    from openpyxl import load_workbook

    book = load_workbook(path)
    tables = {}
    for table in (*COLUMNS, "schools"):
        if table in book.sheetnames:
            head, *rows = book[table].iter_rows(values_only=True)
            tables[table] = [
                {name: "" if value is None else str(value) for name, value in zip(head, row, strict=True)}
                for row in rows
                if any(value is not None for value in row)
            ]
    head, first, *_ = book["territory"].iter_rows(values_only=True)
    about = dict(zip(head, first, strict=True))
    told = ["".join(about[name] or "" for name in about if str(name).startswith(one)) for one in
            ("totals", "outcomes")]  # fmt: skip
    return publish(tables, about, *(json.loads(text) if text else {} for text in told))


def publish(tables, about, totals, outcomes) -> Published:
    found = Published(about=about, k=int(about["k"]))
    found.level_of = {row["school"]: row.get("level", "") for row in tables.pop("schools", ())}
    for year, levels in outcomes.items():
        for level, indicators in levels.items():
            for indicator, groupings in indicators.items():
                for grouping, groups in groupings.items():
                    for group, pair in groups.items():
                        for what, n in (pair or {}).items():
                            found.outcomes[year, level, indicator, grouping, group, what] = n
    for table, rows in tables.items():
        for row in rows:
            key = (table, *(row[column].removeprefix("'") for column in COLUMNS[table]))
            for what in ("n", "out_of") if table == "indicators" else ("n",):
                at = (*key, what) if table == "indicators" else key
                found.cells[at] = int(float(row[what])) if row[what] != "" else None
    for table, years in totals.items():
        for year, levels in years.items():
            for level, groupings in levels.items():
                for grouping, groups in groupings.items():
                    for group, n in groups.items():
                        found.totals[table, year, level, grouping, group] = n
    return found


# ── what adds up ────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Sum:
    """Terms that add up to a number: exactly ("="), or to no more ("<")."""

    terms: dict
    to: int = 0
    how: str = "="
    why: str = ""


class Attack:
    """Every sum that can be known of one or several publications of the same territory.

    means : {(grouping, group): (grouping, groups)} for groups that are others taken together, as an attacker
    who understands the words knows. bold : believe that nobody goes to school elsewhere, and that everybody
    was asked, as long as nothing shown speaks against it. Several publications: a count that each has, or
    hides, is one unknown.
    """

    def __init__(self, *published: Published, means=None, bold=True):
        self.bold = bold
        self.value: dict = {}
        self.sums: list[Sum] = []
        self.means = means or {}
        self.k = max(one.k for one in published)
        for number, one in enumerate(published):
            self.take(one, number, several=len(published) > 1)

    def take(self, one: Published, number: int, several: bool):
        """Its counts and sums. A count that differs between publications is two; a hidden one is the same."""
        name = {}
        for key, n in one.cells.items():
            name[key] = at = key if self.value.get(key, n) in (n, None) or n is None else ("new", number, key)
            if self.value.get(at) is None:
                self.value[at] = n
        before = len(self.sums)
        self.rows(one)
        self.columns(one, number)
        self.ways(one, number)
        self.outcomes(one)
        for each in self.sums[before:]:
            each.terms = {name.get(key, key): weight for key, weight in each.terms.items()}
        for key in list(one.cells):
            self.value.setdefault(name[key], one.cells[key])

    def add(self, terms, to=0, how="=", why=""):
        self.sums.append(Sum(dict(terms), to, how, why))

    def rows(self, one: Published):
        """The groups of a grouping add up to everyone, in each school and each zone."""
        parts = defaultdict(list)
        for key in one.cells:
            if key[0] in ("enrolment", "residents") and key[-2] != ALL:
                parts[key[:-1]].append(key)
        short = set()  # groupings that plainly do not hold everyone
        for at, keys in parts.items():
            roll = one.cells.get((*at[:-1], ALL, ALL))
            said = [one.cells[key] for key in keys]
            if roll is not None and None not in said and sum(said) != roll:
                short.add((at[0], at[-1]))
        for at, keys in parts.items():
            roll = (*at[:-1], ALL, ALL)
            if roll in one.cells:
                how = "<" if (at[0], at[-1]) in short else "="
                self.add(dict.fromkeys(keys, 1) | {roll: -1}, how=how, why="groups of a roll")
        for (coarse, group), (fine, groups) in self.means.items():
            for at in parts:
                if at[-1] == coarse and (*at[:-1], fine) in parts:
                    some = {(*at[:-1], fine, one_): 1 for one_ in groups}
                    terms = {key: 1 for key in some if key in one.cells}
                    self.add(terms | {(*at, group): -1}, why="groups taken together")

    def columns(self, one: Published, number: int):
        """Schools add up to the town, at home and at school; a total that is hidden is an unknown too."""
        members, total = defaultdict(list), {}
        for key in one.cells:
            if key[0] == "enrolment":
                members["enrolment", key[1], key[3], key[4], key[5]].append(key)
            elif key[0] == "residents":
                members["residents", key[1], "", key[3], key[4]].append(key)
        for at, keys in members.items():
            total[at] = ("total", number, *at)
            self.value[total[at]] = one.totals.get(at)
            self.add(dict.fromkeys(keys, 1) | {total[at]: -1}, why="schools of a total")
        for table, year, level, grouping in {at[:4] for at in total if at[3] != ALL}:
            groups = {n: 1 for at, n in total.items() if at[:4] == (table, year, level, grouping)}
            whole = total.get((table, year, level, ALL, ALL))
            covers = [one.totals.get(at) for at in total if at[:4] == (table, year, level, grouping)]
            everyone = one.totals.get((table, year, level, ALL, ALL))
            if whole and (None in covers or everyone is None or sum(covers) == everyone):
                self.add(groups | {whole: -1}, why="groups of the town")
        at_home = defaultdict(dict)
        for at, n in total.items():
            at_home[at[1], at[3], at[4]][n] = 1 if at[0] == "residents" else -1
        for terms in at_home.values():
            if len(set(terms.values())) == 2:
                self.plausible(terms, "as many live here as go to school here", sure=False)

    def ways(self, one: Published, number: int):
        """Who lives in a zone goes to some school; who goes to a school lives in some zone."""
        by_zone, by_school, rolls = defaultdict(dict), defaultdict(dict), defaultdict(dict)
        for key in one.cells:
            if key[0] == "flows":
                _, year, zone, school, grouping, group = key
                by_zone[year, zone, grouping, group][key] = 1
                by_school[year, school, grouping, group][key] = 1
            elif key[0] == "enrolment":
                rolls[key[1], key[2], key[4], key[5]][key] = -1
        for (year, zone, grouping, group), terms in by_zone.items():
            home = ("residents", year, zone, grouping, group)
            if home in one.cells:
                self.plausible(terms | {home: -1}, "children of a zone", sure=False)
        for at, terms in by_school.items():
            if at in rolls:
                self.plausible(terms | rolls[at], "children of a school")

    def outcomes(self, one: Published):
        """No more have an outcome than there are; a school adds up the same in every grouping."""
        there, rolls = defaultdict(lambda: defaultdict(dict)), defaultdict(dict)
        for key in one.cells:
            if key[0] == "enrolment":
                rolls[key[1], key[2], key[4], key[5]][key] = -1
            if key[0] == "indicators":
                _, year, school, grouping, group, indicator, what = key
                there[year, school, indicator, what][grouping][key] = 1
                if what == "n":
                    self.add({key: 1, (*key[:-1], "out_of"): -1}, how="<", why="no more than there are")
        town = defaultdict(dict)
        for (year, school, indicator, what), groupings in there.items():
            for grouping, terms in groupings.items():
                for key in terms:
                    at = (year, one.level_of.get(school, ""), indicator, grouping, key[4], what)
                    town[at][key] = 1
        for at, n in one.outcomes.items():
            self.add(town[at], n, why="schools of the town's outcome")
        asked = Counter()
        for (year, school, _, what), groupings in there.items():
            if what == "out_of":
                for grouping, terms in groupings.items():
                    for key in terms:
                        same = {key: 1} | rolls.get((year, school, grouping, key[4]), {})
                        left = self.rest(same)
                        asked[key[5], "same" if left == 0 else "none" if left is None else "other"] += 1
        for (year, level, indicator, grouping, group, what), n in one.outcomes.items():
            there_are = one.totals.get(("enrolment", year, level, grouping, group))
            if what == "out_of" and there_are is not None:
                asked[indicator, "same" if n == there_are else "other"] += 1
        for (year, school, indicator, what), groupings in there.items():
            every = asked[indicator, "other"] <= asked[indicator, "same"] // 10
            for grouping, terms in groupings.items():
                for key in terms:
                    roll = rolls.get((year, school, grouping, key[4]))
                    if what == "out_of" and roll and self.rest({key: 1} | roll) is None:
                        how = "=" if every and self.bold else "<"
                        self.add({key: 1} | roll, how=how, why="everyone was asked")
            for a, b in itertools.pairwise(groupings.values()):
                self.plausible(a | dict.fromkeys(b, -1), "one school, counted twice")

    def rest(self, terms):
        """What known terms add up to; None where one is not known."""
        known = [self.value.get(key) for key in terms]
        return None if None in known else sum(w * n for w, n in zip(terms.values(), known, strict=True))

    def plausible(self, terms, why, sure=True):
        """An equation that most towns obey: left out where what is shown contradicts it."""
        if (sure or self.bold) and self.rest(terms) in (None, 0):
            self.add(terms, why=why)

    # --- solving

    def pieces(self):
        """Unknowns that have something to do with each other, and the sums between them."""
        self.unknown = [key for key, n in self.value.items() if n is None]
        mother = {key: key for key in self.unknown}

        def find(key):
            while mother[key] != key:
                mother[key] = mother[mother[key]]
                key = mother[key]
            return key

        open_sums = []
        for one in self.sums:
            terms = {key: w for key, w in one.terms.items() if self.value.get(key) is None}
            unknown = [key for key in terms if key in mother]
            if unknown:
                to = one.to - sum(w * self.value[k] for k, w in one.terms.items() if k not in terms)
                open_sums.append(Sum({key: terms[key] for key in unknown}, to, one.how, one.why))
                for key in unknown[1:]:
                    mother[find(key)] = find(unknown[0])
        found = defaultdict(lambda: ([], []))
        for key in self.unknown:
            found[find(key)][0].append(key)
        for one in open_sums:
            found[find(next(iter(one.terms)))][1].append(one)
        return list(found.values())

    def ranges(self, wanted=None, enough=None) -> dict:
        """For each hidden count (or those `wanted`) the least and the most it can be.

        enough : {key: (low, high)}: no need to look further once a count is seen to reach both.
        """
        out = {}
        for keys, sums in self.pieces():
            asked = [key for key in keys if key[0] != "total" and (wanted is None or key in wanted)]
            if asked:
                out |= Piece(keys, sums).ranges(asked, enough or {})
        return out


class Piece:
    """Unknowns with their sums, as a program in whole numbers."""

    def __init__(self, keys, sums):
        self.at = {key: i for i, key in enumerate(keys)}
        r, c, w = [], [], []
        for row, one in enumerate(sums):
            for key, weight in one.terms.items():
                r.append(row), c.append(self.at[key]), w.append(weight)
        self.limits = None
        if sums:
            low = np.array([one.to if one.how == "=" else -np.inf for one in sums], float)
            high = np.array([one.to for one in sums], float)
            matrix = csr_array((w, (r, c)), shape=(len(sums), len(keys)))
            self.limits = LinearConstraint(matrix, low, high)
        self.least = np.full(len(keys), np.inf)
        self.most = np.full(len(keys), -np.inf)

    def solve(self, aim):
        """The best whole numbers for an aim. Nearly always those of the plain program are whole already."""
        for whole, presolve in ((False, True), (True, True), (True, False)):
            found = milp(
                aim,
                integrality=np.full(len(self.at), int(whole)),
                bounds=Bounds(np.zeros(len(self.at)), np.full(len(self.at), MOST)),
                constraints=self.limits,
                options={"time_limit": 20, "presolve": presolve},
            )
            if found.x is not None and np.abs(found.x - np.round(found.x)).max() < EPS:
                x = np.round(found.x)
                self.least, self.most = np.minimum(self.least, x), np.maximum(self.most, x)
                return x
        return None

    def ranges(self, asked, enough):
        out = {}
        for key in asked:
            i, (low, high) = self.at[key], enough.get(key, (-1, np.inf))
            for sign in (1, -1):
                if self.least[i] > low if sign == 1 else self.most[i] < high:
                    aim = np.zeros(len(self.at))
                    aim[i] = sign
                    if self.solve(aim) is None:
                        raise Contradiction(key)
        for key in asked:
            i = self.at[key]
            out[key] = (int(self.least[i]), int(self.most[i]))
        return out


class Contradiction(AssertionError):
    """What was published cannot all be true at once."""


# ── planted numbers and words ───────────────────────────────────────────────────────────────────────


def traces(data, needles, name="") -> list[tuple[str, object]]:
    """Where planted numbers and words turn up in a file or folder, however they are packed."""
    if isinstance(data, (str, Path)) and not isinstance(data, bytes):
        path = Path(data)
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        named = [(str(p), needle) for p in files for needle in needles if written(str(p.name), needle)]
        return named + [one for p in files for one in traces(p.read_bytes(), needles, p.name)]
    found = [(name, needle) for needle in needles if within(data, needle)]
    for inner, part in unpacked(data):
        found += traces(part, needles, f"{name}/{inner}")
    return found


def written(text: str, needle) -> bool:
    """Is a word, or a number as people write numbers, in a text?"""
    if isinstance(needle, str):
        return needle.casefold() in text.casefold()
    thousands, rest = divmod(needle, 1000)
    spelt = [str(needle)]
    if thousands:
        marks = (",", ".", " ", "'", "\u2009", "\u202f", "\u00a0")
        spelt += [f"{thousands}{mark}{rest:03d}" for mark in marks]
    return any(re.search(rf"(?<![\d.,])0*{re.escape(one)}(\.0+)?(?![\d]|[.,]\d)", text) for one in spelt)


def within(data: bytes, needle) -> bool:
    for coding in ("utf-8", "utf-16-le"):
        text = data.decode(coding, errors="replace")
        if written(text, needle) or written(html.unescape(urllib.parse.unquote(text)), needle):
            return True
    return False


def unpacked(data: bytes):
    """What is packed in a file: members of boxes and their comments, pictures, base64, compressed streams."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            yield "comment", box.comment
            for info in box.infolist():
                yield "name", info.filename.encode() + b" " + info.comment + b" " + info.extra
                yield info.filename, box.read(info)
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        at = 8
        while at + 8 <= len(data):
            (size,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
            chunk = data[at + 8 : at + 8 + size]
            if kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf"):
                yield kind.decode(), chunk
                if kind == b"zTXt":
                    yield "zTXt", zlib.decompress(chunk.split(b"\0", 1)[1][1:])
            at += 12 + size
    else:
        for found in re.finditer(rb"[A-Za-z0-9+/]{16,}={0,2}", data):
            text = found.group()
            try:
                plain = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
            except ValueError:
                continue
            yield "base64", plain
            if plain[:2] in (b"x\x9c", b"x\xda", b"\x1f\x8b"):
                try:
                    yield "compressed", zlib.decompress(plain, 47)
                except zlib.error:
                    continue
            for kind in ("<i4", "<i8", "<f4", "<f8", "<u2"):
                if len(plain) >= 16 and len(plain) % np.dtype(kind).itemsize == 0:
                    with np.errstate(all="ignore"):
                        numbers = np.frombuffer(plain, kind).astype(float)
                        whole = numbers[np.isfinite(numbers) & (numbers == np.round(numbers))]
                    if len(whole) and len(whole) > len(numbers) / 4:
                        yield kind, " ".join(f"{n:.0f}" for n in whole if abs(n) < 1e9).encode()

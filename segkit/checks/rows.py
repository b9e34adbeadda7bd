"""One table by itself: its columns, its keys, what stands in its cells."""

from __future__ import annotations

from difflib import get_close_matches

import numpy as np

from segkit.checks import cells
from segkit.checks.pages import Page, joined
from segkit.checks.personal import personal, title
from segkit.checks.told import WARNING, Findings
from segkit.roles import USUAL, plain, tokens
from segkit.sheets import shown
from segkit.tables import row_of_totals
from segkit.territory import COUNTED, NOT_AVAILABLE, OK, OWN, STATUSES, keys
from segkit.words import listed, say

NEARS = 200  # names that are compared with all others; a file of rubbish must not take minutes


class Near:
    """Finds what was probably meant, as often as that is worth it."""

    def __init__(self):
        self.left, self.known = NEARS, {}

    def __call__(self, text: str, there, cutoff: float = 0.6) -> str:
        """The nearest of several names, or ""; never the same one."""
        key = (text, len(there), cutoff)
        if key not in self.known and self.left > 0:
            self.left -= 1
            small = {plain(name): name for name in list(there)[:5000]}
            found = [plain(text)] if plain(text) in small else []
            found = found or get_close_matches(plain(text), list(small), n=1, cutoff=cutoff)
            self.known[key] = small[found[0]] if found else ""
        return self.known.get(key, "")

    def say(self, text: str, there, cutoff: float = 0.6) -> str:
        """ " Did you mean 'far'?", or nothing."""
        name = self(text, there, cutoff)
        return " " + say("table.did_you_mean", name=shown(name)) if name else ""


def needed(table: str) -> tuple[str, ...]:
    """The columns without which a table says nothing."""
    more = ("n",) if table in COUNTED else ()
    return keys(table) + more + (("out_of",) if table == "indicators" else ())


# ---------------------------------------------------------------- the names of the columns


def header_is_there(page: Page, found: Findings, near: Near) -> bool:
    """Are the columns called as declared? Where no name fits, no row can be read either."""
    known = [name for name in page.header if name in page.declared]
    below = _names_below(page)
    if below is not None and not set(needed(page.table)) <= set(known):
        found.whole(
            "names_below", page.file, table=page.table, line=page.line(below), at=page.line(below),
            names=listed(page.declared), came=page.header[0],
        )  # fmt: skip
        return False
    twice = {name for name in page.header if name and page.header.count(name) > 1}
    for name in sorted(twice, key=page.header.index):
        found.whole("doubled", page.file, table=page.table, column=name, came=name)
    spare = [name for name in dict.fromkeys(page.header) if name and name not in page.declared]
    spare = [name for name in spare if name not in page.bad]  # refused already
    missing = [name for name in page.declared if name not in known]
    meant = {}
    for name in spare:
        if name.startswith(OWN):
            continue
        close = near(name, missing, 0.75) or _usual(name, missing)
        if close:
            missing.remove(close)
            meant[close] = name
        if not known and not close:
            continue
        if close in needed(page.table) or close and plain(name) == plain(close):
            found.whole("column_name", page.file, table=page.table, column=name, came=name, expected=close)
        elif close:
            found.whole(
                "column_meant", page.file, table=page.table, column=name, came=name, expected=close,
                severity=WARNING,
            )  # fmt: skip
        elif page.table != "schools":
            found.whole(
                "column_unknown", page.file, table=page.table, column=name, came=name, severity=WARNING,
                columns=listed(page.declared, most=9),
            )  # fmt: skip
    if not known and not meant:
        found.whole("no_names", page.file, table=page.table, names=listed(page.declared, most=9))
        return False
    for name in missing:
        if name in needed(page.table):
            found.whole(
                "column_missing", page.file, table=page.table, column=name, expected=name,
                header=listed(page.header, most=12), meaning=_meaning(page.table, name),
            )  # fmt: skip
    return True


# A column called as such columns usually are, in one language or another, is told the name it has here.
ROLES = {"school": ("unit", "code"), "year": ("time",), "zone": ("place", "code"), "n": ("count",)}
ROLES |= {"group": ("group", "name"), "level": ("level",), "grouping": ("grouping",)}


def _usual(name: str, missing) -> str:
    """The missing column that usually has such a name.

    >>> _usual("Anno", ["year", "n"]), _usual("school code", ["school"]), _usual("cost", ["n"])
    ('year', 'school', '')
    """
    words = tokens(name)
    for column, (role, *more) in ROLES.items():
        usual = USUAL[role].union(*(USUAL[one] for one in more))
        if column in missing and words & USUAL[role] and words <= usual:
            return column
    return ""


def _meaning(table: str, column: str) -> str:
    from segkit.territory import meaning

    return meaning(table, column)


def _names_below(page: Page) -> int | None:
    """The row in which the names of the columns stand, if that is not the first."""
    wanted = set(needed(page.table))
    for row in range(min(len(page), 4)):
        there = {page.cell(row, name).strip() for name in set(page.header)}
        if len(wanted & there) * 2 > len(wanted) and len(wanted & there) > len(wanted & set(page.header)):
            return row
    return None


def refuse_personal(page: Page, found: Findings):
    """A column about single children is refused, before anything of it is repeated."""
    refused = personal(page)
    for name in refused:
        page.refuse(name)
    if refused:
        found.hush(page.file)
    for name in refused:
        found.whole("personal", page.file, table=page.table, column=title(name, page.header))
    page.rename({name: title(name, page.header) for name in page.header})


# ---------------------------------------------------------------- rows that are no rows


def strange_rows(page: Page, found: Findings, known: frozenset = frozenset()):
    """Totals typed by hand, notes below the table, names that come again: each said once, and left aside."""
    own = [name for name in page.header if name]
    filled = {name: ~page.blank(name) for name in dict.fromkeys(own)}
    many = sum(filled.values()) if filled else np.zeros(len(page), dtype=int)
    empty = many == 0
    if empty.any():
        page.keep &= ~empty
        found.notes.append(say("check.note.blank", file=shown(page.file), n=int(empty.sum())))
    named = [name for name in filled if name in page.declared]
    again = sum(page.text(name).where(lambda text, name=name: text == name) for name in named)
    rows = np.flatnonzero(page.keep & (again >= 2)) if named else []
    _aside("names_again", page, found, rows, own[0] if own else "")
    _totals(page, found, known)
    key = [name for name in keys(page.table) if page.has(name)]
    if len(own) > 2 and key:
        without = page.keep & ~np.any([filled[name] for name in key], axis=0)
        if page.has("n"):
            _aside("total_unnamed", page, found, np.flatnonzero(without & filled["n"]), "n")
        for name in filled:
            if page.text(name).values == ("",):
                continue
            lone = page.keep & (many == 1) & filled[name] & ~page.bad.get(name, np.zeros(len(page), bool))
            if [name] == key:  # a school of which only the code is known is a row; a sentence below is not
                sentence = page.text(name).where(lambda text: " " in text.strip())
                lone &= sentence & (2 * lone.sum() < page.keep.sum())
            _aside("note_row", page, found, np.flatnonzero(lone), name)


def _aside(kind: str, page: Page, found: Findings, rows, column: str, told=None):
    if len(rows):
        found.add(kind, page, rows, column, told=told)
        page.keep[rows] = False


def _totals(page: Page, found: Findings, known: frozenset):
    """A row whose school, zone or year is called "Total" would count every pupil twice."""
    for name in ("school", "zone", "name", "year"):
        if name == "name" and page.table != "schools" or not page.has(name):
            continue
        if name not in page.declared or page.table == "schools" and name == "zone":
            continue
        total = page.text(name).where(lambda text: text not in known and row_of_totals(text))
        _aside("total_row", page, found, np.flatnonzero(page.keep & total), name)


# ---------------------------------------------------------------- cells


def formulas(page: Page, found: Findings):
    """Formulas nobody saved a value for."""
    for row, j in getattr(page.raw, "formulas", ()):
        name = page.header[j]
        if page.keep[row] and not page.bad.get(name, np.zeros(len(page), bool))[row]:
            found.add("formula", page, [row], name)
            page.mark(name, [row])


def texts(page: Page, found: Findings, near: Near):
    """Codes and names: there where they must be, without blanks around them, not changed into dates."""
    for name, column in page.declared.items():
        if column.type != "string" or not page.has(name) or name == "n_status":
            continue
        if column.key:
            rows = np.flatnonzero(page.open(name) & page.blank(name))
            if len(rows):
                found.add("missing_id", page, rows, name, told=lambda row, t=page.table: _told_missing(t))
                page.mark(name, rows)
        text = page.text(name)
        spaced = text.of([a != b and bool(b) for a, b in zip(text.values, text.clean, strict=True)], bool)
        rows = np.flatnonzero(page.open(name) & spaced)
        if len(rows):
            found.add("spaces", page, rows, name, told=lambda row, p=page, c=name: _spaced(p, row, c))
            page.mark(name, rows)
        if name == "name":
            continue
        rows = np.flatnonzero(page.open(name) & text.where(cells.date_like))
        if len(rows):
            found.add("date_text", page, rows, name)
            page.mark(name, rows)
    if page.has("sector"):
        _one_of(page, found, near, "sector", page.declared["sector"].values)


def _told_missing(table: str) -> dict:
    return {"keys": listed(keys(table))}


def _spaced(page: Page, row: int, column: str) -> dict:
    came = page.cell(row, column)
    visible = came.replace("\u00a0", "␣").replace("\u200b", "␣").replace("\ufeff", "␣").replace("\t", "␣")
    stripped = page.text(column).clean[page.text(column).codes[row]]
    start = came.index(stripped)
    end = len(came) - start - len(stripped)
    return {"came": "␣" * start + stripped + "␣" * end if visible else came, "expected": stripped}


def _one_of(page: Page, found: Findings, near: Near, name: str, values, kind: str = ""):
    wrong = page.fine(name) & page.text(name).where(lambda text: bool(text) and text not in values)
    rows = np.flatnonzero(wrong)
    if len(rows):
        told = lambda row: {  # noqa: E731
            "values": listed(values),
            "mean": near.say(page.cell(row, name), values),
        }
        found.add(kind or name, page, rows, name, told=told)
        page.mark(name, rows)


def years(page: Page, found: Findings) -> np.ndarray:
    """The years of a table, 0 where there is none."""
    if not page.has("year"):
        return np.zeros(len(page), dtype=np.int64)
    text = page.text("year")
    read = [cells.year(value) or 0 for value in text.clean]
    rows = np.flatnonzero(page.open("year") & page.blank("year"))
    if len(rows):
        found.add("missing_id", page, rows, "year", told=lambda row: _told_missing(page.table))
        page.mark("year", rows)
    out = text.of(read, np.int64)
    rows = np.flatnonzero(page.fine("year") & (out == 0))
    if len(rows):
        found.add("year", page, rows, "year", once=True)
        page.mark("year", rows)
    return out


def duplicates(page: Page, found: Findings, year: np.ndarray):
    """Two rows with one key: which of them is meant?"""
    names = keys(page.table)
    if not all(page.has(name) for name in names) or not len(page):
        return
    fine = np.all([page.fine(name) for name in names], axis=0)
    rows = np.flatnonzero(fine)
    codes = [year if name == "year" else page.text(name).names[0] for name in names]
    key = joined(*(code[rows] for code in codes)) if len(rows) else np.zeros(0, int)
    _, first = np.unique(key, return_index=True)
    again = np.ones(len(rows), dtype=bool)
    again[first] = False
    if again.any():
        first_row = rows[first]
        place = dict(zip(rows[again].tolist(), first_row[key[again]].tolist(), strict=True))
        told = lambda row: _told_twice(page, names, row, place[row])  # noqa: E731
        found.add("duplicate", page, rows[again], names[-1], told=told)
        page.keep[rows[again]], page.twice[rows[again]] = False, True


def _told_twice(page: Page, names, row: int, first: int) -> dict:
    key = listed(f"{name} '{shown(page.cell(row, name).strip(), 30)}'" for name in names)
    return {"same": key, "first": page.line(first)}


# ---------------------------------------------------------------- counts


def counts(page: Page, found: Findings, near: Near) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """n, its status (a position in STATUSES) and whether the two could be read."""
    n_text, s_text = page.text("n"), page.text("n_status")
    read = [cells.count(value) for value in n_text.clean]
    _cells_wrong(page, found, "n", read)
    n = n_text.of([number for _, number in read], np.int64)
    here = n_text.of([_code(kind) for kind, _ in read], np.int64)
    blank = page.blank("n")
    statuses = [cells.status_of(value) if value else None for value in s_text.clean]
    pairs = zip(s_text.clean, statuses, strict=True)
    unknown = s_text.of([value != "" and status is None for value, status in pairs], bool)
    rows = np.flatnonzero(page.fine("n_status") & unknown)
    if len(rows):
        told = lambda row: {  # noqa: E731
            "values": listed(STATUSES),
            "mean": near.say(page.cell(row, "n_status"), STATUSES),
        }
        found.add("n_status", page, rows, "n_status", told=told)
        page.mark("n_status", rows)
    there = s_text.of([-1 if status is None else STATUSES.index(status) for status in statuses], np.int64)
    may = page.open("n") & page.open("n_status")
    number, said = (here == 0) & ~blank, there >= 0
    given = np.isin(there, (STATUSES.index(OK), STATUSES.index("rounded")))
    _contradictions(page, found, may, number, blank, said, given, here, there)
    status = np.where(said, there, np.where(blank, STATUSES.index(NOT_AVAILABLE), here))
    fine = page.open("n") & page.open("n_status")
    n = np.where(fine & number, n, 0)
    _note_statuses(page, found, fine, number, status)
    return n, status, fine


def _code(kind: str) -> int:
    return STATUSES.index(kind) if kind in STATUSES else -1


def _contradictions(page, found, may, number, blank, said, given, here, there):
    """A number that is said to be hidden, a blank that is said to be a number, two signs that disagree."""

    def told(row):
        status = STATUSES[there[row]]
        meant = STATUSES[here[row]] if here[row] >= 0 else ""
        hush = {"came": ""} if number[row] else {}  # a number that was to be hidden is not repeated
        return {"status": status, "meant": meant} | hush

    symbol = ~number & ~blank
    for kind, wrong in (
        ("hidden_shown", number & said & ~given),
        ("blank_ok", blank & given & page.has("n")),
        ("status_other", symbol & said & (here != there)),
    ):
        rows = np.flatnonzero(may & wrong)
        if len(rows):
            found.add(kind, page, rows, "n", told=told)
            page.mark("n", rows)


def _cells_wrong(page: Page, found: Findings, name: str, read):
    """The cells of a column of whole numbers that are none."""
    text, kinds = page.text(name), [kind for kind, _ in read]
    for kind in sorted(set(kinds) - set(STATUSES) - {"ok", "blank"}):
        rows = np.flatnonzero(page.open(name) & text.of([one == kind for one in kinds], bool))
        if len(rows):
            told = lambda row: _number_told(page, row, name)  # noqa: E731
            found.add(kind, page, rows, name, told=told)
            page.mark(name, rows)


def _number_told(page: Page, row: int, name: str) -> dict:
    came = page.cell(row, name).strip()
    digits = "".join(c for c in came if c.isdigit())
    return {"digits": digits, "point": came.replace(",", ".", 1)}


def _note_statuses(page: Page, found: Findings, fine, number, status):
    """How many counts are not there: said once, for they are never read as 0."""
    hidden = np.bincount(status[fine & ~number & page.keep], minlength=len(STATUSES))
    said = [f"{say('check.status.' + STATUSES[i])}: {n}" for i, n in enumerate(hidden.tolist()) if n]
    if said:
        found.notes.append(say("check.note.hidden", file=shown(page.file), said=listed(said)))


def whole_numbers(page: Page, found: Findings, name: str) -> tuple[np.ndarray, np.ndarray]:
    """A column of whole numbers that may be blank (capacity, out_of), and where it is there."""
    text = page.text(name)
    read = []
    for value in text.clean:
        kind, number = cells.count(value)
        if kind in STATUSES and kind != OK:
            kind = "blank" if not value or name == "out_of" else "no_number"
        elif kind == "words":
            kind = "no_number"
        read.append((kind, number))
    _cells_wrong(page, found, name, read)
    n = text.of([number for _, number in read], np.int64)
    there = text.of([kind == "ok" for kind, _ in read], bool) & page.open(name)
    return n, there


def out_of(page: Page, found: Findings, n, status, fine) -> tuple[np.ndarray, np.ndarray]:
    """How many there are in all, of whom n have the outcome."""
    whole, there = whole_numbers(page, found, "out_of")
    number = np.isin(status, (STATUSES.index(OK), STATUSES.index("rounded"))) & fine & page.keep
    rows = np.flatnonzero(number & ~there & page.open("out_of")) if page.has("out_of") else []
    if len(rows):
        found.add("out_of_missing", page, rows, "out_of", told=lambda row: {"n": int(n[row])})
    rows = np.flatnonzero(number & there & (n > whole))
    if len(rows):
        found.add("out_of_less", page, rows, "n", told=lambda row: {"out_of": int(whole[row])})
    return whole, there


# ---------------------------------------------------------------- places on the map


def coordinates(page: Page, found: Findings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """lat, lon, and where both could be read."""
    place = {}
    for name in ("lat", "lon"):
        text = page.text(name)
        read = [cells.degrees(value) for value in text.clean]
        for kind in ("comma", "words", "formula"):
            wrong = page.open(name) & text.of([one == kind for one, _ in read], bool)
            rows = np.flatnonzero(wrong)
            if len(rows):
                told = lambda row, c=name: {"point": page.cell(row, c).strip().replace(",", ".")}  # noqa: E731
                found.add("formula" if kind == "formula" else f"degrees_{kind}", page, rows, name, told=told)
                page.mark(name, rows)
        place[name] = text.of([number for _, number in read], float)
    half = page.open("lat") & page.open("lon") & (page.blank("lat") != page.blank("lon"))
    rows = np.flatnonzero(half) if page.has("lat") and page.has("lon") else []
    if len(rows):
        found.add("half_place", page, rows, "lat")
    fine = page.fine("lat") & page.fine("lon")
    return place["lat"], place["lon"], _in_the_world(page, found, place["lat"], place["lon"], fine)


def _in_the_world(page: Page, found: Findings, lat, lon, fine) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        metres = fine & ((np.abs(lat) > 1000) | (np.abs(lon) > 1000))
        swapped = fine & ~metres & (np.abs(lat) > 90) & (np.abs(lon) <= 90) & (np.abs(lat) <= 180)
        outside = fine & ~metres & ~swapped & ((np.abs(lat) > 90) | (np.abs(lon) > 180))
        nowhere = fine & (lat == 0) & (lon == 0)
    told = lambda row: {"lat": page.cell(row, "lat"), "lon": page.cell(row, "lon")}  # noqa: E731
    for kind, wrong in (
        ("in_metres", metres),
        ("swapped", swapped),
        ("outside_world", outside),
        ("zero_place", nowhere),
    ):
        rows = np.flatnonzero(wrong)
        if len(rows):
            found.add(kind, page, rows, "lat", told=told)
            page.mark("lat", rows)
    return fine & page.open("lat")

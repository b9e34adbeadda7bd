"""A file of schools becomes one table of counts, or a list of what is wrong with it.

>>> table = read({"school": ["A", "B"], "native": [90, 10], "foreign": [10, 40]})
>>> print(table)
unit | native | foreign
A    |     90 |      10
B    |     10 |      40
>>> table.focal
'foreign'

Nothing is guessed in silence: what was taken for what is said in `table.took`; where two readings are
possible, the error names them and the very option that chooses.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np

from segkit.roles import (
    BIGGEST,
    USUAL,
    Finder,
    Roles,
    as_number,
    did_you_mean,
    in_order,
    plain,
    position,
    quoted,
    tokens,
    unknown,
    verdict,
)
from segkit.sheets import HANDFUL, Sheet, TableError, advice, cell_text, open_sheet, shown
from segkit.words import in_every_language, in_quotes, listed, say

__all__ = ["Table", "TableError", "read"]

MOST_GROUPS = 500  # more different values than this are not groups of pupils
MOST_CELLS = 20_000_000  # units x groups; 160 MB

# Where these words are the name of a column, it is about single children: it is refused.
PERSONAL = (
    {"surname"}, {"forename"}, {"firstname"}, {"lastname"}, {"first", "name"}, {"last", "name"},
    {"given", "name"}, {"family", "name"}, {"name", "pupil"}, {"name", "student"}, {"child", "name"},
    {"birthdate"}, {"birthday"}, {"dob"}, {"birth", "date"}, {"born", "on"}, {"ssn"}, {"nino"},
    {"passport"}, {"cognome"}, {"apellido"}, {"apellidos"}, {"cognoms"}, {"etternavn"}, {"nachname"},
    {"vorname"}, {"prenom"}, {"codice", "fiscale"}, {"data", "nascita"}, {"fecha", "nacimiento"},
    {"data", "naixement"}, {"fodselsdato"}, {"fodselsnummer"}, {"geburtsdatum"}, {"date", "naissance"},
)  # fmt: skip
WHOLE = {word[:3] for word in USUAL["whole"] | {"grand"}}
# How the name of a row of totals or averages begins or ends, and what else may stand in it.
SUMS = frozenset(
    "total totals subtotal subtotals totale totali totaal totalen subtotaal subtotale subtotales totaux "
    "totalt totales totalsumme summe insgesamt gesamt zusammen sottototale somme".split()
)
MEANS = frozenset(
    "sum average averages avg mean means media medie mitte mittelwert durchschnitt promedio moyenne mitjana "
    "gemiddelde gjennomsnitt gesamtsumme suma somma sommario overall ensemble all".split()
)
AROUND = frozenset(
    "grand sub general generale general of the per for in schools school pupils pupil town city municipality "
    "district county region comune ciudad gemeente gemeinde ville commune municipio scuola scuole escuela "
    "escuelas schule schulen ecole ecoles pro por par di de del della des size".split()
)
A_SCHOOL = frozenset("academy college institute high elementary primary lycee liceo gymnasium".split())
A_SCHOOL |= USUAL["unit"] - {
    "schools",
    "scuole",
    "escuelas",
    "escoles",
    "skoler",
    "ecoles",
    "schulen",
    "units",
}


@dataclass(frozen=True, eq=False)
class Table:
    """Units and groups of pupils, and how many pupils of each group are in each unit.

    `counts` is a read-only array (units, groups) of whole numbers; `extras` holds the other columns of the
    source, a text per unit; `took` says what was taken for what. Any index takes a Table as it is.
    Where `by` told rows apart, a unit's name can occur more than once.
    """

    units: tuple
    groups: tuple
    counts: np.ndarray
    focal: str | None = None
    extras: dict = field(default_factory=dict)
    took: tuple = ()

    def __post_init__(self):
        counts = np.array(self.counts, dtype=np.int64).reshape(len(self.units), len(self.groups))
        counts.setflags(write=False)
        object.__setattr__(self, "counts", counts)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.counts, dtype=dtype) if copy or dtype else self.counts

    def __eq__(self, other):
        if not isinstance(other, Table):
            return NotImplemented
        same = (self.units, self.groups, self.focal) == (other.units, other.groups, other.focal)
        return same and np.array_equal(self.counts, other.counts)

    __hash__ = None

    def __len__(self):
        return len(self.units)

    def __str__(self):
        rows = [[say("table.unit"), *(shown(group, 30) for group in self.groups)]]
        for unit, counts in zip(self.units[:12], self.counts[:12].tolist(), strict=True):
            rows.append([shown(unit, 30), *map(str, counts)])
        first, *widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = []
        for unit, *counts in rows:
            cells = [cell.rjust(width) for cell, width in zip(counts, widths, strict=True)]
            lines.append(" | ".join([unit.ljust(first), *cells]))
        if len(self.units) > 12:
            lines.append(say("table.more_units", n=len(self.units) - 12))
        return "\n".join(lines)

    def keep(self, rows) -> "Table":
        """The same table with only these units."""
        extras = {name: tuple(values[i] for i in rows) for name, values in self.extras.items()}
        units = tuple(self.units[i] for i in rows)
        return replace(self, units=units, counts=self.counts[list(rows)], extras=extras)

    def split(self, column: str) -> dict:
        """One table for each value of a column: each sector, each year; groups and focal group stay the same.

        >>> table = read({"school": ["A", "B"], "n1": [1, 2], "n2": [3, 4], "sector": ["public", "private"]})
        >>> [(value, part.units) for value, part in table.split("sector").items()]
        [('private', ('B',)), ('public', ('A',))]
        """
        column = str(column)
        if column not in self.extras:
            raise TableError(unknown(column, tuple(self.extras), say("table.given")))
        rows = {}
        for i, value in enumerate(self.extras[column]):
            rows.setdefault(value, []).append(i)
        return {value: self.keep(rows[value]) for value in sorted(rows, key=in_order)}


def read(
    source,
    *,
    unit=None,
    group=None,
    count=None,
    total=None,
    focal=None,
    where=None,
    by=None,
    name=None,
    sheet=None,
) -> Table:
    """The table of counts in a file, bytes, a DataFrame, a dict of columns, a list of lists or an array.

    Three shapes are understood: *long* (unit, group, n; a row that is missing is 0 pupils), *wide* (a column
    per group), and *a total and a part* (the roll, and how many of them). Name a column to choose it: `unit`,
    `group`, `count` (one, or a list of them), `total`. `where={"level": "1"}` keeps only those rows;
    `by="year"` lets a unit appear once a year. `focal` is the group measured against everyone else; otherwise
    it is the smallest. `sheet` is the sheet of a workbook, otherwise the first with a table in it. Wrong
    tables raise a TableError that lists every fault with its line.

    >>> read({"school": ["A", "B"], "roll": [100, 50], "free meals": [10, 40]}).groups
    ('free meals', 'not free meals')
    """
    if isinstance(source, Table):
        return again(source, (unit, group, count, total), focal, where, by)
    sheet = open_sheet(source, name, sheet)
    refuse_personal(sheet)
    if where:
        sheet = filtered(sheet, where)
    roles = Finder(sheet, unit, group, count, total, focal, by).roles()
    return long_table(sheet, roles, focal) if roles.group is not None else wide_table(sheet, roles, focal)


def again(table: Table, roles, focal, where, by) -> Table:
    """A Table read once more: other rows, another focal group."""
    name = say("table.given")
    if any(role is not None for role in roles):
        raise TableError(say("table.has_roles"))
    if by is not None and by not in table.extras:
        raise TableError(unknown(by, tuple(table.extras), name))
    if where:
        columns = tuple(list(values) for values in table.extras.values())
        sheet = Sheet(name, tuple(table.extras), columns, list(range(len(table))), place="row")
        sheet = filtered(sheet, where)
        table = replace(table.keep(sheet.lines), took=table.took + sheet.notes)
    if focal is not None:
        focal = focal_group(focal, table.groups, name)
        table = replace(table, focal=focal, took=table.took + (say("table.took.focal", group=shown(focal)),))
    return table


class Faults:
    """Everything that is wrong, a handful of each kind, then how many more."""

    def __init__(self, sheet: Sheet):
        self.sheet, self.kinds, self.hints, self.choose = sheet, {}, [], None

    def add(self, kind, row, column=None, came="", **values):
        """One fault in one row."""
        self.kinds.setdefault(kind, []).append((row, column, came, values))

    def advise(self, column: int | None):
        """Say at the end which column tells the rows apart, or that none does."""
        if column is None:
            self.hints.append(say("table.twice_do"))
        else:
            self.hints.append(choice(self.sheet, column))
            self.choose = (self.sheet.header[column], latest(self.sheet, column))

    def __bool__(self):
        return bool(self.kinds)

    def settle(self):
        """Raise everything at once, if there is anything."""
        if not self.kinds:
            return
        messages = []
        for kind, found in self.kinds.items():
            for row, column, came, values in found[:HANDFUL]:
                name = "" if column is None else shown(self.sheet.header[column])
                place = {"where": self.sheet.at(row), "column": name, "came": shown(came)}
                messages.append(say(f"table.{kind}", **place, **values))
            if len(found) > HANDFUL:
                messages.append(say("table.more", n=len(found) - HANDFUL))
        raise TableError(messages + self.hints, self.choose)


def numbers(sheet: Sheet, column: int, faults: Faults) -> np.ndarray:
    """The counts of one column; what is not a count becomes a fault."""
    cells = sheet.columns[column]
    joined = "".join(cells)
    if joined.isascii() and joined.isdigit() and all(cells) and max(map(len, cells)) <= 15:
        return np.array(list(map(int, cells)), dtype=np.int64)
    out = np.zeros(len(cells), dtype=np.int64)
    known = {}
    for i, cell in enumerate(cells):
        if cell not in known:
            known[cell] = verdict(cell)
        kind, number = known[cell]
        if kind == "count":
            out[i] = number
        elif kind == "thousands":
            joined = re.sub(r"\D", "", cell)
            faults.add(kind, i, column, cell, joined=joined, split=re.sub(r"\D", ".", cell, count=1))
        elif kind == "words" and cell.casefold() == sheet.header[column].casefold():
            faults.add("names_again", i, column, cell)
        else:
            faults.add(kind, i, column, cell)
    return out


# ---------------------------------------------------------------- the table


def wide_table(sheet: Sheet, roles: Roles, focal) -> Table:
    """A column per group, or a total and its parts, as one table."""
    faults, took = Faults(sheet), list(roles.took)
    names = [sheet.header[j] for j in roles.counts]
    columns = [numbers(sheet, j, faults) for j in roles.counts]
    whole = None
    if roles.total is not None:
        rest = numbers(sheet, roles.total, faults)
        if not faults:
            rest = remainder(sheet, roles, columns, rest, faults)
        if len(columns) == 1 or rest.any():
            columns, names = [*columns, rest], [*names, say("table.not", group=" + ".join(names))]
        if len(roles.counts) == 1:
            focal = names[0] if focal is None else focal
    elif roles.whole is not None:
        whole = numbers(sheet, roles.whole, faults)
    counts = np.column_stack(columns)
    labels = unit_labels(sheet, roles.unit)
    total_rows(sheet, roles, labels, counts, faults)
    if roles.free:
        two_groupings(sheet, names, counts, faults)
    keys = unit_keys(sheet, roles, labels, faults)
    repeated_rows(sheet, roles, keys, faults)
    faults.settle()
    if whole is not None:
        check_whole(sheet, roles, counts, whole)
        took.append(say("table.took.whole", column=shown(sheet.header[roles.whole])))
    elif roles.free:
        counts, names, took = without_sum(sheet, counts, names, took)
    taken = {roles.unit, roles.total, *(j for j in roles.counts if sheet.header[j] in names)}
    spare = [j for j in range(len(sheet.header)) if j not in taken]
    extras = {sheet.header[j]: tuple(sheet.columns[j]) for j in spare}
    return finished(sheet, labels, names, counts, focal, extras, took, roles.by)


def remainder(sheet: Sheet, roles: Roles, columns, total, faults) -> np.ndarray:
    """Everyone who is in the total and in no part; a part larger than its total is a fault."""
    rest = total - np.sum(columns, axis=0)
    part = listed(in_quotes(shown(sheet.header[j])) for j in roles.counts)
    for i in np.flatnonzero(rest < 0):
        came = " + ".join(str(column[i]) for column in columns)
        faults.add("part_above_total", int(i), roles.total, came, part=part, total=int(total[i]))
    return rest


def long_table(sheet: Sheet, roles: Roles, focal) -> Table:
    """Rows of unit, group and n as one table; a row that is missing is 0 pupils."""
    faults, took = Faults(sheet), list(roles.took)
    n = numbers(sheet, roles.counts[0], faults)
    labels, group_of = unit_labels(sheet, roles.unit), sheet.columns[roles.group]
    if "" in group_of:
        for i in [i for i, cell in enumerate(group_of) if not cell]:
            faults.add("blank_group", i, roles.group)
    keys = unit_keys(sheet, roles, labels, faults)
    places, names = dict.fromkeys(keys), list(dict.fromkeys(group_of))
    if len(names) > MOST_GROUPS or len(names) * len(places) > MOST_CELLS:
        column = shown(sheet.header[roles.group])
        raise TableError(advice("table.many_groups", file=shown(sheet.name), column=column, n=len(names)))
    row = {key: i for i, key in enumerate(places)}
    rows = np.array([row[key] for key in keys])
    column = {name: i for i, name in enumerate(names)}
    cells = rows * len(names) + np.array([column[cell] for cell in group_of])
    total_lines(sheet, roles, labels, faults)
    repeated_cells(sheet, roles, cells, faults)
    several_tables(sheet, roles, rows, faults)
    first = np.zeros(len(places), dtype=np.int64)
    first[rows[::-1]] = np.arange(len(rows))[::-1]
    counts = np.zeros(len(places) * len(names), dtype=np.int64)
    counts[cells] = n
    counts = counts.reshape(len(places), len(names))
    for k in [] if faults else sums_of_rows(counts, [False] * len(counts)):
        faults.add("total_sum", int(first[k]), roles.unit, labels[first[k]])
    faults.settle()
    counts, names, took = without_sum(sheet, counts, names, took, roles.group)
    spare = [j for j in range(len(sheet.header)) if j not in (roles.unit, roles.group, *roles.counts)]
    extras = {}
    for j in spare:  # a column belongs to the unit where it says the same in all of the unit's rows
        cells = np.array(sheet.columns[j], dtype=object)
        if (cells == cells[first][rows]).all():
            extras[sheet.header[j]] = tuple(cells[first])
    units = [labels[i] for i in first]
    return finished(sheet, units, names, counts, focal, extras, took, roles.by)


def finished(sheet, units, names, counts, focal, extras, took, by=None) -> Table:
    """The table, its focal group chosen and said."""
    if counts.astype(float).sum() > BIGGEST:
        raise TableError(say("table.too_many_pupils", file=shown(sheet.name)))
    if focal is None:
        focal = smallest(names, counts.sum(axis=0))
        took.append(say("table.took.smallest", group=shown(focal)))
    else:
        focal = focal_group(focal, names, sheet.name)
        took.append(say("table.took.focal", group=shown(focal)))
    table = Table(tuple(units), tuple(names), counts, focal, extras, tuple(took))
    return table if by is None else replace(table, took=table.took + repeated(table, sheet.header[by]))


def repeated(table: Table, by: str) -> tuple:
    """Where units stand in several values of a column (the same schools in three years), a sentence that says
    so; nothing where each stands in one."""
    peopled = np.flatnonzero(table.counts.any(axis=1)).tolist()
    units = {table.units[i] for i in peopled}
    if by not in table.extras or len(units) == len(peopled):
        return ()
    values = len({table.extras[by][i] for i in peopled})
    said = {"column": shown(by), "n": len(peopled), "units": len(units), "values": values}
    return (say("table.took.repeated", **said),)


def smallest(names, sizes) -> str:
    """The smallest group that has anybody in it; among equals the first by name."""
    return min(zip(names, sizes.tolist(), strict=True), key=lambda pair: (pair[1] == 0, pair[1], pair[0]))[0]


def focal_group(focal, names, file) -> str:
    """The group somebody asked for."""
    text = str(focal)
    if text in names:
        return text
    if isinstance(focal, int) and 0 <= focal < len(names):
        return names[focal]
    # names we gave ourselves are known in every language: code goes from one country to another
    given = [("table.group", {"n": n}) for n in range(1, len(names) + 1)]
    for key, values in [("table.not", {"group": " + ".join(names[:-1])}), *given]:
        if text in in_every_language(key, **values) and say(key, **values) in names:
            return say(key, **values)
    groups = listed(in_quotes(shown(name)) for name in names)
    message = say("table.unknown_group", file=shown(file), group=shown(text), groups=groups)
    raise TableError(message + did_you_mean(text, names))


def unit_labels(sheet: Sheet, unit) -> list:
    """The name of each row's unit; the row itself where nothing names it."""
    if unit is not None:
        return sheet.columns[unit]
    return [say(f"table.unit_at.{sheet.place}", at=shown(line)) for line in sheet.lines]


def unit_keys(sheet: Sheet, roles: Roles, labels, faults) -> list:
    """What makes a row's unit different from others: its name, and its year where `by` says so."""
    if "" in labels:
        totals = {row for row, *_ in faults.kinds.get("total_unnamed", ())}
        for i in [i for i, label in enumerate(labels) if not label]:
            if i not in totals:
                faults.add("blank_unit", i, roles.unit)
    if roles.by is None:
        return labels
    values = sheet.columns[roles.by]
    if "" in values:
        for i in [i for i, value in enumerate(values) if not value]:
            faults.add("blank_by", i, roles.by)
    return list(zip(labels, values, strict=True))


# ---------------------------------------------------------------- totals that must not be counted


def total_word(text: str) -> bool:
    """Is this the name of a total, and of nothing else?

    >>> [total_word(t) for t in ("Total", "GRAND TOTAL:", "Total Learning Academy")]
    [True, True, False]
    """
    if text[:3].casefold() not in WHOLE:  # a quick look first: 200,000 schools have names
        return False
    words = tokens(text) - {"grand", "schools", "pupils", "of", "the"}
    return bool(words) and words <= USUAL["whole"]


def row_of_totals(text: str) -> bool:
    """Does the name of a row say that it holds a total, a subtotal or an average, and is no school's name?

    >>> [row_of_totals(t) for t in ("Subtotal North", "Town total", "Average per school", "Moyenne")]
    [True, True, True, True]
    >>> [row_of_totals(t) for t in ("Total Learning Academy", "Media Luna", "Summerhill", "All Saints")]
    [False, False, False, False]
    """
    if not A_TOTAL.search(text):  # a quick look first: 200,000 schools have names
        return False
    words = re.findall(r"[^\W\d_]+", plain(text))
    known = set(words) - AROUND
    if known and known <= SUMS | MEANS | USUAL["whole"]:
        return set(words) != {"all", "school"}
    edge = words[:1] + words[-1:] + ["total"] * (words[:2] == ["sub", "total"])
    return bool(set(edge) & SUMS) and not set(words) & A_SCHOOL


A_TOTAL = re.compile(rf"\b({'|'.join(sorted({word[:3] for word in SUMS | MEANS | USUAL['whole']}))})", re.I)


def total_rows(sheet: Sheet, roles: Roles, labels, counts, faults):
    """A total typed below, above or between the units would count every pupil twice."""
    wanted = {label for label in set(labels) if row_of_totals(label)} if roles.unit is not None else ()
    named = [label in wanted for label in labels]
    found = [i for i, is_total in enumerate(named) if is_total]
    if not faults and (sheet.named or len(counts) > 6):
        found += sums_of_rows(counts, named)
    for i in sorted(found):
        if roles.unit is None or not labels[i]:
            faults.add("total_unnamed", i)
        else:
            faults.add("total_row" if named[i] else "total_sum", i, roles.unit, labels[i])


def sums_of_rows(counts, named) -> list:
    """The rows that are the sum of all others, or of the rows since the last such row: of two rows and two
    groups at least, for one number repeated may be chance. `named`: rows that say they are totals."""
    if len(counts) < 3 or counts.shape[1] < 2:
        return []
    sizes, groups = counts.sum(axis=1).tolist(), np.count_nonzero(counts, axis=1).tolist()
    alone = np.flatnonzero((2 * counts == counts.sum(axis=0)).all(axis=1)).tolist()
    found = [i for i in alone[:1] if groups[i] > 1 and np.count_nonzero(sizes) > 2]
    plain_rows, block = [], []  # rows of schools: all so far, and those since the last total
    block_size = whole_size = 0
    for i, size in enumerate(sizes):
        total = named[i] or i in found
        if not total and groups[i] > 1:
            total = size == block_size and is_sum(counts, i, block)
            total = (
                total or len(block) < len(plain_rows) and size == whole_size and is_sum(counts, i, plain_rows)
            )
            if total:
                found.append(i)
        if total:
            block, block_size = [], 0
        elif size:
            block.append(i)
            plain_rows.append(i)
            block_size, whole_size = block_size + size, whole_size + size
    return sorted(found)


def is_sum(counts, i: int, rows) -> bool:
    """Is row i the sum of these rows, two at least?"""
    return len(rows) > 1 and bool((counts[rows].sum(axis=0) == counts[i]).all())


def two_groupings(sheet: Sheet, names, counts, faults):
    """Columns nobody named that fall into sets with the same sum in every row: ask which grouping."""
    columns = [k for k in range(counts.shape[1]) if counts[:, k].any()]
    n = counts[:, columns]
    if faults or len(n) < 3 or n.shape[1] < 4 or (n == n[:, :1]).all():
        return
    sets = [[names[columns[k]] for k in found] for found in side_by_side(n) or halves(n)]
    if not sets:
        return
    several = [listed([in_quotes(shown(name)) for name in found], most=HANDFUL) for found in sets]
    option = " ".join(f"--count {quoted(name)}" for name in sets[0])
    words = {"file": shown(sheet.name), "option": option}
    raise TableError(
        advice("table.two_groupings", sets=say("table.two_groupings.and").join(several), **words)
    )


def side_by_side(n) -> list:
    """Blocks of neighbouring columns, two or more in each, with the same sum in every row."""
    upto = np.cumsum(n, axis=1)
    for width in range(2, n.shape[1] // 2 + 1):
        blocks = [(0, width)]
        while blocks[-1][1] < n.shape[1]:
            start = blocks[-1][1]
            wanted = upto[:, start - 1] + upto[:, width - 1]
            ends = range(start + 2, n.shape[1] + 1)
            end = next((end for end in ends if (upto[:, end - 1] == wanted).all()), None)
            if end is None:
                break
            blocks.append((start, end))
        else:
            return [list(range(*block)) for block in blocks]
    return []


def halves(n) -> list:
    """The one way in which columns fall into two sets with the same sum in every row; nothing where there is
    none, or more than one."""
    k = n.shape[1]
    if k > 14 or (n.sum(axis=1) % 2).any():
        return []
    sets = (np.arange(1, 2 ** (k - 1))[:, None] >> np.arange(k)) & 1  # the last column is always in the other
    sets = sets[(sets.sum(axis=1) > 1) & (sets.sum(axis=1) < k - 1)]
    for some in (n[:1], n[:50], n):  # few rows leave few ways
        if len(sets) * len(some) > MOST_CELLS:
            return []
        sets = sets[(2 * (sets @ some.T) == some.sum(axis=1)).all(axis=1)]
    return (
        [np.flatnonzero(sets[0] == side).tolist() for side in (sets[0][0], 1 - sets[0][0])]
        if len(sets) == 1
        else []
    )


def total_lines(sheet: Sheet, roles: Roles, labels, faults):
    """The rows of a long table whose unit is called "Total"."""
    wanted = {label for label in set(labels) if row_of_totals(label)}
    for i, label in enumerate(labels) if wanted else ():
        if label in wanted:
            faults.add("total_row", i, roles.unit, label)


def without_sum(sheet: Sheet, counts, names, took, group=None):
    """The groups without one that is only the sum of the others."""
    found = [k for k, name in enumerate(names) if group is not None and total_word(name)]
    sure = found
    if not found and len(names) > 2 and len(counts) > 2:
        whole = counts.sum(axis=1)
        found = [k for k in range(len(names)) if (2 * counts[:, k] == whole).all()]
        # in a town that is even everywhere, half is always "the sum of the others": that is no total
        found = [k for k in found if counts.any(axis=0).sum() > 2 and not even(counts)]
    if len(found) != 1 or len(names) < 3:
        return counts, names, took
    k = found[0]
    others = np.delete(counts, k, axis=1)
    if sure and (others.sum(axis=1) != counts[:, k]).any():
        bad = int(np.flatnonzero(others.sum(axis=1) != counts[:, k])[0])
        raise TableError(say("table.total_group", file=shown(sheet.name), group=shown(names[k]), n=bad + 1))
    key = "table.took.whole" if group is None else "table.took.whole_group"
    took = [*took, say(key, column=shown(names[k]))]
    return others, [name for name in names if name != names[k]], took


def even(counts) -> bool:
    """Has every unit the same composition?"""
    sizes, groups = counts.sum(axis=1).astype(object), counts.sum(axis=0).astype(object)
    return bool((counts * sum(groups) == np.outer(sizes, groups)).all())


def check_whole(sheet: Sheet, roles: Roles, counts, whole):
    """A column called "total" beside several groups must be their sum; if not, its owner says what it is."""
    sums = counts.sum(axis=1)
    wrong = np.flatnonzero(sums != whole)
    if not len(wrong):
        return
    i, column = int(wrong[0]), sheet.header[roles.whole]
    parts = [sheet.header[j] for j in roles.counts]
    raise TableError(
        advice(
            "table.not_the_sum",
            where=sheet.at(i),
            column=shown(column),
            came=int(whole[i]),
            sum=int(sums[i]),
            groups=listed(in_quotes(shown(part)) for part in parts),
            n=len(wrong),
            counts=" ".join(f"--count {quoted(part)}" for part in parts[:HANDFUL]),
            total=f"--total {quoted(column)}",
        )
    )


# ---------------------------------------------------------------- the same thing twice


def repeated_rows(sheet: Sheet, roles: Roles, keys, faults):
    """A unit stands in one row of a wide table."""
    if len(set(keys)) == len(keys):
        return
    first = {}
    for i, key in enumerate(keys):
        came = key if isinstance(key, str) else key[0]
        if key in first and came:  # without a name it has its own fault already
            faults.add("twice", i, roles.unit, came, first=shown(sheet.lines[first[key]]))
        first.setdefault(key, i)
    if "twice" in faults.kinds:
        faults.advise(told_apart(sheet, roles, keys))


def repeated_cells(sheet: Sheet, roles: Roles, cells, faults):
    """A unit and a group meet in one row of a long table."""
    order = np.argsort(cells, kind="stable")
    again = order[1:][cells[order][1:] == cells[order][:-1]]
    if not len(again):
        return
    first = {}
    for i in order.tolist():
        first.setdefault(int(cells[i]), i)
    for i in np.sort(again).tolist():
        unit, group = sheet.columns[roles.unit][i], sheet.columns[roles.group][i]
        line = shown(sheet.lines[first[int(cells[i])]])
        if unit:  # without a name it has its own fault already
            faults.add("twice_group", i, roles.unit, unit, group=shown(group), first=line)
    if "twice_group" in faults.kinds:
        faults.advise(told_apart(sheet, roles, cells.tolist()))


def several_tables(sheet: Sheet, roles: Roles, rows, faults):
    """Years or groupings mixed in one unit without a single row twice: still not one table."""
    if faults:
        return
    for j, name in enumerate(sheet.header):
        if j in (roles.unit, roles.group, roles.by, *roles.counts):
            continue
        if not tokens(name) & (USUAL["time"] | USUAL["grouping"]):
            continue
        values = np.array(sheet.columns[j], dtype=object)
        first = np.zeros(rows.max() + 1, dtype=np.int64)
        first[rows[::-1]] = np.arange(len(rows))[::-1]
        other = np.flatnonzero(values != values[first][rows])
        if len(other):
            i = int(other[0])
            came = {"column": j, "came": values[i], "first": shown(values[first[rows[i]]])}
            faults.add("mixed", i, unit=shown(sheet.columns[roles.unit][i]), **came)
            faults.advise(j)
            return


def told_apart(sheet: Sheet, roles: Roles, keys) -> int | None:
    """The column that tells repeated rows apart, if there is one."""
    taken = {roles.unit, roles.group, roles.by, roles.total, *roles.counts}
    found = []
    for j, column in enumerate(sheet.columns):
        values = set(column)
        if j in taken or not 1 < len(values) <= max(2, min(60, len(column) // 4)) or "" in values:
            continue
        if len(set(zip(keys, column, strict=True))) == len(column):
            usual = tokens(sheet.header[j]) & (USUAL["time"] | USUAL["level"] | USUAL["grouping"])
            found.append((not usual, len(values), j))
    return min(found)[2] if found else None


def latest(sheet: Sheet, j: int) -> str:
    """The value to begin with: the latest year, the commonest of anything else."""
    times = Counter(sheet.columns[j])
    if over_time(sheet.header[j]):
        return max(times, key=in_order)
    return min(times, key=lambda v: (-times[v], in_order(v)))


def over_time(name: str) -> bool:
    """Is this the name of a column of years?"""
    return bool(tokens(name) & USUAL["time"])


def choice(sheet: Sheet, j: int) -> str:
    """--where level=1, or --by level."""
    name, value = sheet.header[j], latest(sheet, j)
    values = listed(in_quotes(shown(v, 20)) for v in sorted(set(sheet.columns[j]), key=in_order))
    option, by = f"--where {quoted(f'{name}={value}')}", f"--by {quoted(name)}"
    return advice("table.told_apart", column=shown(name), values=values, where=option, by=by)


# ---------------------------------------------------------------- only some rows, and helpers


def filtered(sheet: Sheet, where: dict) -> Sheet:
    """Only the rows where a column has a value; the line of each row is remembered."""
    rows, notes = range(len(sheet)), []
    if not isinstance(where, dict):
        raise TableError(say("table.where_form", came=shown(where)))
    for wanted, values in where.items():
        j = position(sheet, wanted, "where")
        column = sheet.columns[j]
        several = values if isinstance(values, (list, tuple, set, frozenset)) else [values]
        keep = set()
        for value in several:
            keep |= matching(value, column, sheet, j)
        rows = [i for i in rows if column[i] in keep]
        said = listed(in_quotes(shown(v)) for v in sorted(keep, key=in_order))
        notes.append(say("table.took.where", column=shown(sheet.header[j]), values=said))
    if not rows:
        raise TableError(say("table.where_nothing", file=shown(sheet.name)))
    notes.append(say("table.took.rows", n=len(rows), of=len(sheet)))
    return replace(sheet.keep(rows), notes=sheet.notes + tuple(notes))


def matching(value, column, sheet: Sheet, j: int) -> set:
    """The texts in a column that are this value: as written, or as the same number."""
    text, there = cell_text(value), set(column)
    if text in there:
        return {text}
    number = as_number(text)
    if number is not None:
        same = {other for other in there if as_number(other) == number}
        if same:
            return same
    some = listed(in_quotes(shown(v, 30)) for v in sorted(there, key=in_order))
    words = {"file": shown(sheet.name), "column": shown(sheet.header[j]), "value": shown(text), "some": some}
    raise TableError(say("table.where_never", **words) + did_you_mean(text, there))


def refuse_personal(sheet: Sheet):
    """A column about single children is refused before anything of it is read or repeated."""
    if not sheet.named:
        return
    found = [name for name in sheet.header if any(about <= tokens(name) for about in PERSONAL)]
    if found:
        columns = listed(in_quotes(shown(name)) for name in found)
        raise TableError(say("table.personal", file=shown(sheet.name), columns=columns))

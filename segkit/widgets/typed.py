"""The table under the calculator: what is typed, letter by letter, and what each gesture makes of it.

A `Typed` holds text, never numbers, so that a half-typed or mistaken entry stays exactly as it was typed.
`edit` turns it and a gesture into the next one; a `Story` remembers the earlier ones, so that everything can
be undone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np

from segkit.filling import apart, by_chance, evenly
from segkit.sheets import TableError, shown
from segkit.tables import Table, verdict
from segkit.widgets import pasted
from segkit.words import in_quotes, listed, say

FEWEST_GROUPS, MOST_GROUPS = 2, 6  # six columns is what a page can show; a file may bring more
MOST_SCHOOLS = 600  # beyond this a page of inputs is slow; the numbers are not

Row = tuple[str, ...]  # a school's name, then what is typed for each group


@dataclass(frozen=True)
class Typed:
    """What stands in the table just now, as text."""

    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    focal: int = 0
    origin: str = "yours"  # where it came from: a preset's name, "yours" or "file"
    seed: int | None = None  # the draw, when chance filled it
    said: str = field(default="", compare=False)  # what the last gesture has to tell
    took: tuple[str, ...] = ()  # what was taken for what, where a file or a block was read
    as_it_came: bool = False  # a block nobody could read as a table: are all its columns groups?
    own: bool = field(default=False, compare=False)  # holds what came from a file: no browser keeps it
    sure: tuple[int, ...] = ()  # columns of such a block that the reader has named anew: groups after all

    @property
    def counts(self) -> tuple[Row, ...]:
        return tuple(row[1:] for row in self.rows)


# --- from a table to a sheet and back

LONGEST_KEPT = 100_000  # letters of a table that a browser has kept for one reload


def kept(state) -> Typed | None:
    """The table a browser has kept, which may send anything; None where it is none.

    >>> kept({"groups": ["a", "b"], "rows": [["North", "3", "x"]], "focal": 1}).rows
    (('North', '3', 'x'),)
    >>> kept({"groups": ["a"], "rows": [["North"]]}) is None
    True
    """
    state = state if isinstance(state, dict) else {}
    groups, rows, focal = state.get("groups"), state.get("rows"), state.get("focal")
    lists = [groups, *rows] if isinstance(rows, list) else [None]
    if not all(isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in lists):
        return None
    fits = FEWEST_GROUPS <= len(groups) <= MOST_GROUPS and 1 <= len(rows) <= MOST_SCHOOLS
    if not fits or any(len(row) != len(groups) + 1 for row in rows):
        return None
    if sum(len(cell) for row in lists for cell in row) > LONGEST_KEPT:
        return None
    focal = focal if isinstance(focal, int) and 0 <= focal < len(groups) else 0
    said = say("calculator.resumed")
    return Typed(tuple(groups), tuple(map(tuple, rows)), focal, said=said)


def typed_from(table: Table, **about) -> Typed:
    """A table written out as one would type it.

    >>> typed_from(Table(("North", "South"), ("free meals", "others"), [[3, 7], [6, 4]])).rows
    (('North', '3', '7'), ('South', '6', '4'))
    """
    rows = tuple(
        (str(unit), *map(str, row)) for unit, row in zip(table.units, np.asarray(table).tolist(), strict=True)
    )
    groups = tuple(map(str, table.groups))
    return Typed(groups, rows, groups.index(table.focal) if table.focal in groups else 0, **about)


@dataclass(frozen=True)
class Fault:
    """One entry that cannot be counted: where it stands (row −1: heading, column 0: names) and why."""

    row: int
    column: int
    says: str


@dataclass(frozen=True)
class Reading:
    """What a sheet says once read: a table, or the faults that keep it from being one."""

    table: Table | None
    faults: tuple[Fault, ...] = ()
    numbers: tuple[tuple[int | None, ...], ...] = ()  # every count that could be read


def read(sheet: Typed) -> Reading:
    """The table a sheet spells out, or everything that is wrong with it at once."""
    faults = [*_same_names(sheet.groups, "group")]
    named = not faults
    faults += _same_names([row[0] for row in sheet.rows], "school")
    numbers = []
    for r, (name, *texts) in enumerate(sheet.rows):
        numbers.append(tuple(pupils(text) for text in texts))
        for c, (group, text) in enumerate(zip(sheet.groups, texts, strict=True), start=1):
            if numbers[r][c - 1] is None:
                faults.append(Fault(r, c, wrong(name, group, text)))
    faults += _totals(sheet, None if faults else np.array(numbers, np.int64))
    if sheet.as_it_came and named:
        found = pasted.trouble(sheet.groups, sheet.rows, sheet.sure, clean=not faults)
        faults += [] if found is None else [Fault(-1, *found)]
    faults.sort(key=lambda fault: (fault.row, fault.column))
    if faults:
        return Reading(None, tuple(faults), tuple(numbers))
    groups = tuple(name.strip() for name in sheet.groups)
    units = tuple(row[0].strip() for row in sheet.rows)
    return Reading(Table(units, groups, np.array(numbers, np.int64), groups[sheet.focal]), (), tuple(numbers))


def pupils(text: str) -> int | None:
    """The number of pupils a cell says, by the same rules as in a file; None where it says none.

    >>> pupils(" 12 "), pupils("12.5")
    (12, None)
    """
    return verdict(text.strip())[1]


def wrong(school: str, group: str, text: str) -> str:
    """What is wrong with a cell, in the words that a file of the same content would get."""
    came = text.strip()
    kind, _ = verdict(came)
    digits = re.sub(r"\D", "", came)
    about = {"joined": digits, "split": re.sub(r"\D", ".", came, count=1)} if kind == "thousands" else {}
    return say(
        f"table.{kind}", where=shown(school.strip()), column=shown(group.strip()), came=shown(came), **about
    )


def _totals(sheet: Typed, counts: np.ndarray | None) -> list[Fault]:
    """Rows that only add up the others would count every pupil twice."""
    names = [row[0].strip() for row in sheet.rows]
    counts = np.zeros((len(names), len(sheet.groups)), np.int64) if counts is None else counts
    about = {"column": shown(say("calculator.school"))}
    return [
        Fault(r, 0, say(f"table.{kind}", where=shown(names[r]), came=shown(names[r]), **about))
        for r, kind in pasted.rows_of_totals(names, counts, sheet.as_it_came).items()
    ]


def _same_names(names, kind: str):
    """Names must be there and differ: a name listed twice is two schools to one reader, one to another."""
    seen: dict[str, int] = {}
    for i, name in enumerate(name.strip() for name in names):
        at = (-1, i + 1) if kind == "group" else (i, 0)
        if not name:
            yield Fault(*at, say(f"calculator.{kind}_unnamed"))
        elif name in seen:
            yield Fault(*at, say(f"calculator.{kind}_twice", name=name))
        seen.setdefault(name, i)


# --- gestures


def edit(sheet: Typed, gesture: dict) -> Typed:
    """The sheet after one gesture; one that makes no sense here (a row already gone) leaves it as it is.

    >>> sheet = Typed(("a", "b"), (("North", "3", "7"), ("South", "6", "4")))
    >>> edit(sheet, {"do": "cell", "row": 0, "column": 1, "text": "12"}).rows[0]
    ('North', '12', '7')
    """
    known = GESTURES.get(gesture.get("do"))
    if known is None:
        return sheet
    arguments = {key: value for key, value in gesture.items() if key not in ("do", "visit")}
    try:
        after = known(sheet, **arguments)
    except (
        TypeError,
        ValueError,
        IndexError,
        KeyError,
    ):  # a browser may send anything; the sheet must survive it
        return sheet
    return after


def type_cell(sheet: Typed, row: int, column: int, text: str) -> Typed:
    """Write in one cell; row −1 is the heading."""
    text = str(text)
    if row == -1 and 1 <= column <= len(sheet.groups):
        sure = tuple({*sheet.sure, column}) if sheet.as_it_came else ()
        return replace(sheet, groups=_put(sheet.groups, column - 1, text), sure=sure, said="")
    if not (0 <= row < len(sheet.rows) and 0 <= column <= len(sheet.groups)):
        return sheet
    return replace(sheet, rows=_put(sheet.rows, row, _put(sheet.rows[row], column, text)), said="")


def add_school(sheet: Typed) -> Typed:
    """One more school, nobody in it yet."""
    if len(sheet.rows) >= MOST_SCHOOLS:
        return replace(sheet, said=say("calculator.too_many_schools", most=MOST_SCHOOLS))
    name = next(_new_names("calculator.new_school", [row[0] for row in sheet.rows]))
    return replace(
        sheet,
        rows=(*sheet.rows, (name, *("0" for _ in sheet.groups))),
        said=say("calculator.added", name=name),
    )


def remove_school(sheet: Typed, row: int) -> Typed:
    if not 0 <= row < len(sheet.rows) or len(sheet.rows) == 1:
        return sheet
    name = sheet.rows[row][0]
    return replace(sheet, rows=_drop(sheet.rows, row), said=say("calculator.removed", name=name))


def add_group(sheet: Typed) -> Typed:
    """One more group, nobody in it yet."""
    if len(sheet.groups) >= MOST_GROUPS:
        return replace(sheet, said=say("calculator.too_many_groups", most=MOST_GROUPS))
    name = next(_new_names("calculator.new_group", sheet.groups))
    return replace(
        sheet,
        groups=(*sheet.groups, name),
        rows=tuple((*row, "0") for row in sheet.rows),
        said=say("calculator.added", name=name),
    )


def remove_group(sheet: Typed, column: int) -> Typed:
    """Take out a group and its pupils; the focal group stays what it was where it can."""
    k = column - 1
    if not 0 <= k < len(sheet.groups) or len(sheet.groups) <= FEWEST_GROUPS:
        return sheet
    focal = 0 if sheet.focal == k else sheet.focal - (sheet.focal > k)
    return replace(
        sheet,
        groups=_drop(sheet.groups, k),
        rows=tuple(_drop(row, column) for row in sheet.rows),
        focal=focal,
        sure=tuple(c - (c > column) for c in sheet.sure if c != column),
        said=say("calculator.removed", name=sheet.groups[k]),
    )


def choose_focal(sheet: Typed, column: int) -> Typed:
    if not 1 <= column <= len(sheet.groups):
        return sheet
    return replace(sheet, focal=int(column) - 1, said="")


def double(sheet: Typed) -> Typed:
    """Twice as many pupils of the focal group in every school, everyone else as before.

    >>> double(Typed(("a", "b"), (("North", "3", "7"), ("South", "6", "4")))).counts
    (('6', '7'), ('12', '4'))
    """
    column = sheet.focal + 1
    numbers = [pupils(row[column]) for row in sheet.rows]
    if None in numbers:
        return replace(sheet, said=say("calculator.correct_first"))
    rows = tuple(_put(row, column, str(2 * n)) for row, n in zip(sheet.rows, numbers, strict=True))
    return replace(sheet, rows=rows, said=say("calculator.doubled", group=sheet.groups[sheet.focal].strip()))


def fill(sheet: Typed, name: str, counts=None, seed: int | None = None) -> Typed:
    """Fill the same schools anew: evenly, completely apart, or by chance; or take the invented town."""
    if name == "real":
        return typed_from(town(), origin="real", said=say("calculator.filled.real"))
    if counts is None or np.shape(counts) != (len(sheet.rows), len(sheet.groups)):
        return replace(sheet, said=say("calculator.correct_first"))
    counts = np.asarray(counts, np.int64)
    filled = FILLINGS[name](counts, seed)
    rows = tuple(
        (row[0], *map(str, numbers)) for row, numbers in zip(sheet.rows, filled.tolist(), strict=True)
    )
    said = (
        say(f"calculator.filled.{name}", seed=seed) if seed is not None else say(f"calculator.filled.{name}")
    )
    return replace(sheet, rows=rows, origin=name, seed=seed if name == "chance" else None, said=said)


def become(sheet: Typed, to: Typed) -> Typed:
    """Everything replaced at once: a file was opened, or the reader goes back to the start."""
    return to


# --- pasting


def paste(sheet: Typed, row: int, column: int, text: str) -> Typed:
    """Lay a block from a spreadsheet over the table, from this cell on; the table grows to hold it.

    A block that brings its own heading, or the names of several schools pasted at the first of them, is a
    table of its own and takes the place of the whole; its columns are told apart as in a file. Other names in
    the first column go to the names, wherever the reader clicked.
    """
    try:
        block = pasted.blocks(text)
    except pasted.Unequal:
        return replace(sheet, said=say("calculator.paste_unequal"))
    if not block or not (-1 <= row <= len(sheet.rows) and 0 <= column <= len(sheet.groups)):
        return sheet
    at, names = pasted.heading_at(block), pasted.has_names(block)
    if at is None and row == -1:
        at, row = (0, row) if any(pasted.kind(cell) == "words" for cell in block[0]) else (None, 0)
    if at is not None and len(block[0]) > 1:
        return _paste_table(sheet, block, at)
    if at is not None and column == 0:  # a column of names under its heading
        return _lay(sheet, block[at + 1 :], max(row, 0), 0) if len(block) > at + 1 else sheet
    if at is not None:
        return replace(sheet, said=say("calculator.paste_one_group"))
    if names and row == 0 and sum(map(any, block)) > 1:
        return _paste_schools(sheet, block)
    if names:
        return _lay(sheet, block, row, 0)
    if column == 0 and (len(block[0]) == len(sheet.groups) or _slips(block)):
        column = 1  # as many numbers as there are groups, or almost numbers: these are counts, not names
    return _lay(sheet, block, row, column)


def _slips(block: pasted.Block) -> bool:
    """Is there something in the first column that is neither a name nor a number that could be one?"""
    kinds = [pasted.kind(line[0]) for line in block]
    slip = any(pasted.kind(line[0]) == "number" and not _countable(line[0]) for line in block)
    return slip and kinds.count("words") <= kinds.count("number")


def _paste_table(sheet: Typed, block: pasted.Block, at: int) -> Typed:
    """A block with a heading becomes the table."""
    header, lines = block[at], block[at + 1 :]
    while lines and not any(lines[-1]):
        lines = lines[:-1]
    if not lines:
        return sheet
    if pasted.has_names(lines):
        lines = [line for line in lines if any(line)]  # every number keeps its name: nothing can shift
    try:
        header, lines = pasted.two_lines(header, lines)
    except TableError:
        pass  # two names are the same: it will be marked
    return _become(sheet, header, lines, at)


def _paste_schools(sheet: Typed, block: pasted.Block) -> Typed:
    """Several schools with their names become the table; the groups keep their names where they can."""
    lines = [line for line in block if any(line)]
    width = len(lines[0]) - 1
    if width < FEWEST_GROUPS:
        return _paste_one_group(sheet, lines)
    names = _new_names("calculator.new_group", sheet.groups)
    groups = [*sheet.groups, *names_for(names, width - len(sheet.groups))][:width]
    after = _become(sheet, [say("calculator.school"), *map(str.strip, groups)], lines, -1)
    focal = sheet.groups[sheet.focal].strip()
    if focal not in after.groups or focal == after.groups[after.focal]:
        return after
    took = (*after.took[:-1], say("table.took.focal", group=shown(focal))) if after.took else ()
    return replace(after, focal=after.groups.index(focal), took=took)


def _paste_one_group(sheet: Typed, lines: pasted.Block) -> Typed:
    """Names and the numbers of one group: what other schools had of the other groups goes."""
    old = [row[0].strip() for row in sheet.rows]
    if [line[0] for line in lines] == old[: len(lines)]:
        return _lay(sheet, lines, 0, 0)
    rows = tuple((name, number, *("" for _ in sheet.groups[1:])) for name, number in lines)
    return replace(sheet, rows=rows, took=(), said=_pasted(len(rows), 1, 0))


def _become(sheet: Typed, header: list[str], lines: pasted.Block, at: int) -> Typed:
    """A block as the table: read as a file would be; if it cannot be, as it came, with what is wrong."""
    try:
        pasted.refuse(header)
    except TableError as error:
        return replace(sheet, said=" ".join(error.on_page))
    try:
        table = pasted.taken(header, lines, at)
    except TableError:
        return _as_it_came(sheet, header, lines)
    left = pasted.not_mentioned([name for name in header if name], table.took)
    took = list(table.took)
    if left:
        took.append(say("calculator.left_out", columns=listed(in_quotes(shown(name)) for name in left)))
    said = say("calculator.pasted_table", schools=len(table.units), groups=len(table.groups))
    return typed_from(table, said=said, took=tuple(took))


def _as_it_came(sheet: Typed, header: list[str], lines: pasted.Block) -> Typed:
    """Every column of a block in the cells as it was written."""
    unit = pasted.unit_column(header, lines)
    columns = [j for j in range(len(header)) if j != unit and (header[j] or any(line[j] for line in lines))]
    if len(columns) < FEWEST_GROUPS:
        return replace(sheet, said=say("calculator.paste_one_group"))
    numbered = [say("calculator.new_school", n=i + 1) for i in range(len(lines))]
    names = numbered if unit is None else [line[unit] for line in lines]
    rows = tuple((name, *(line[j] for j in columns)) for name, line in zip(names, lines, strict=True))
    said = say("calculator.pasted_as_it_came")
    return Typed(tuple(header[j] for j in columns), rows, said=said, as_it_came=True)


def _lay(sheet: Typed, block: pasted.Block, row: int, column: int) -> Typed:
    while not any(block[-1]) and row + len(block) > len(sheet.rows):
        block = block[:-1]  # blank lines below the table
    most = max(len(sheet.groups), MOST_GROUPS) + 1 - column
    width = min(len(block[0]), most)
    groups = list(sheet.groups)
    names = _new_names("calculator.new_group", groups)
    groups += names_for(names, column + width - 1 - len(groups))
    rows = [[*line, *("0" for _ in range(len(groups) + 1 - len(line)))] for line in sheet.rows]
    names = _new_names("calculator.new_school", [line[0] for line in rows])
    rows += [[next(names), *("0" for _ in groups)] for _ in range(row + len(block) - len(rows))]
    for r, line in enumerate(block, start=row):
        rows[r][column : column + width] = line[:width]
    said = _pasted(len(block), width - (column == 0), len(block[0]) - width)
    if column == 0 and width > 1 and len(block) > 1 and len(rows) > len(block):
        said = f"{said} {say('calculator.paste_beside', n=len(rows) - len(block))}"
    return replace(sheet, groups=tuple(groups), rows=tuple(map(tuple, rows)), said=said)


def _pasted(rows: int, columns: int, left_out: int) -> str:
    said = say("calculator.pasted", rows=rows, columns=columns)
    return (
        said if left_out <= 0 else f"{said} {say('calculator.paste_left_out', n=left_out, most=MOST_GROUPS)}"
    )


def _countable(text: str) -> bool:
    return pupils(text) is not None


# --- the presets


def town() -> Table:
    """An invented town: eight schools, three pupils in ten on free meals, unevenly spread."""
    # 600 of 2,000 pupils and sizes in twenties: this town can be made exactly even and exactly apart
    free = [146, 52, 118, 81, 31, 94, 22, 56]
    size = [240, 400, 320, 180, 260, 300, 200, 100]
    units = tuple(name.strip() for name in say("calculator.town.schools").split(","))
    groups = (say("calculator.town.focal"), say("calculator.town.others"))
    return Table(units, groups, np.array([free, np.subtract(size, free)], np.int64).T, groups[0])


FILLINGS: dict[str, Callable] = {"even": evenly, "complete": apart, "chance": by_chance}
PRESETS = ("even", "complete", "chance", "real")

GESTURES: dict[str, Callable] = {
    "cell": type_cell,
    "add school": add_school,
    "remove school": remove_school,
    "add group": add_group,
    "remove group": remove_group,
    "focal": choose_focal,
    "paste": paste,
    "fill": fill,
    "double": double,
    "become": become,
}


# --- the story: undo and redo


@dataclass(frozen=True)
class Story:
    """The sheet now, every sheet before it, and those undone."""

    now: Typed
    past: tuple[Typed, ...] = ()
    future: tuple[Typed, ...] = ()
    visit: object = None  # letters typed in one visit to one cell are undone together
    good: Table | None = None  # the last table that could be read
    draws: int = 0  # how often chance was asked: each press draws anew
    reading: Reading = field(default=Reading(None), compare=False)


def story(sheet: Typed) -> Story:
    return _told(Story(sheet, draws=sheet.seed or 0), sheet)


def play(now: Story, gesture: dict) -> Story:
    """The story after one gesture, undo and redo among them."""
    do = gesture.get("do")
    if do == "undo":
        return _back(now)
    if do == "redo":
        return _forth(now)
    if do == "fill":
        gesture, now = _with_base(now, gesture)
    after = edit(now.now, gesture)
    if after == now.now:
        return replace(now, now=after)
    if do in ("cell", "paste", "double") and after.origin == now.now.origin:
        after = replace(after, origin="yours", seed=None)
    visit = _visit(gesture)
    past = now.past if visit is not None and visit == now.visit else (*now.past, now.now)
    return _told(replace(now, past=past, future=(), visit=visit), after)


def _with_base(now: Story, gesture: dict) -> tuple[dict, Story]:
    """What a filling starts from: the counts as they stand, or as they last stood without a mistake."""
    base = now.reading.table or now.good
    gesture = {
        "do": "fill",
        "name": gesture.get("name"),
        "counts": None if base is None else np.asarray(base),
    }
    if gesture["name"] != "chance":
        return gesture, now
    return gesture | {"seed": now.draws + 1}, replace(now, draws=now.draws + 1)


def _visit(gesture: dict):
    if gesture.get("do") != "cell" or gesture.get("visit") is None:
        return None
    return gesture.get("row"), gesture.get("column"), gesture["visit"]


def _back(now: Story) -> Story:
    if not now.past:
        return now
    *past, before = now.past
    before = replace(before, said=say("calculator.undone"))
    return _told(replace(now, past=tuple(past), future=(now.now, *now.future), visit=None), before)


def _forth(now: Story) -> Story:
    if not now.future:
        return now
    after, *future = now.future
    after = replace(after, said=say("calculator.redone"))
    return _told(replace(now, past=(*now.past, now.now), future=tuple(future), visit=None), after)


def _told(now: Story, sheet: Typed) -> Story:
    reading = read(sheet)
    return replace(now, now=sheet, reading=reading, good=reading.table or now.good)


# --- small words


def _put(row: tuple, at: int, value) -> tuple:
    return (*row[:at], value, *row[at + 1 :])


def _drop(row: tuple, at: int) -> tuple:
    return (*row[:at], *row[at + 1 :])


def names_for(names: Iterator[str], n: int) -> list[str]:
    return [next(names) for _ in range(n)]


def _new_names(key: str, taken) -> Iterator[str]:
    """Numbered names nobody has yet."""
    taken = set(taken)
    return (name for n in count(len(taken) + 1) if (name := say(key, n=n)) not in taken)

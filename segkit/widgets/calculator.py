"""A table of schools one can type in, and every index answering as one types.

The browser says what was typed; Python says what it means, and writes every number, sentence and file.
Nothing a reader brings is ever in a synced trait (those are saved into notebooks): tables and files travel by
custom messages only, and nothing is written to disk.
"""

import csv
import io
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import traitlets as t

from segkit.sheets import Sheet, open_sheet, shown
from segkit.tables import Finder, Table, TableError, filtered, in_order, over_time, refuse_personal
from segkit.tables import read as read_table
from segkit.widgets import pasted, typed
from segkit.widgets.code import code, look
from segkit.widgets.known import Known
from segkit.widgets.page import numbers_of, table_of
from segkit.words import in_quotes, language, pattern, say
from segkit.words import listed as said_in_a_row
from segkit.words import number as in_words

LARGEST = 5_000_000  # bytes of a reader's own file: it must pass through one message of the browser's
FROM_BROWSER = {*typed.GESTURES, "undo", "redo"} - {"become"}
LABELS = (
    "placeholder slow presets steps undo redo school all share focal remove town add_school add_group "
    "faults own_file own_file_hint columns read_again keys downloads downloads_hint save_table save_numbers "
    "save_svg save_png drop_here double double_hint group_label focal_label school_label cell_label "
    "remove_label role_label where_label"
).split()
ROLES = ("out", "unit", "count", "group", "total", "where")


class Calculator(Known):
    """A table of schools to type in; every index, and every picture of it, follows.

    `counts` is anything segkit reads (a list of lists, a Table, a file); without it an invented town, or the
    preset named. `show` names the two indices worked out term by term; all others are listed below them, or
    wait there behind their title where `folded`. `.counts` and `.table` hand the last good table to the next
    cell.
    """

    kind = "calculator"
    _esm, _css = code("calculator"), look("calculator")

    words = t.Dict(read_only=True).tag(sync=True)  # the fixed sentences, never a reader's
    presets = t.List(read_only=True).tag(sync=True)  # what the buttons are called
    folded = t.Bool(False).tag(sync=True)  # does the list of all other indices wait behind its title?

    def __init__(self, counts=None, show=("dissimilarity", "gorard"), preset="real", **kwargs):
        super().__init__(**kwargs)
        self._show = (show,) if isinstance(show, str) else tuple(show)
        check_shown(self._show)
        self.set_trait("words", labels() | {"region": region(self._show)})
        self.set_trait("presets", presets(own=counts is not None))
        self._story = self._start = typed.story(first(counts, preset))
        if self._story.good is None:
            raise TableError(fault.says for fault in self._story.reading.faults)
        self._version = 0
        self._heard: dict[str, int] = {}  # the newest gesture heard from each view
        self._file: OwnFile | None = None
        self._listeners: list = []
        self._page_for: tuple = ()
        self.on_msg(self._hear)

    # --- for the next cell

    @property
    def table(self) -> Table:
        """The last table without a mistake, its focal group named."""
        return self._story.good

    @property
    def counts(self) -> np.ndarray:
        """The numbers of the last table without a mistake: a row per school, a column per group."""
        return np.array(self._story.good.counts)

    def on_change(self, call) -> None:
        """Call this with the calculator whenever there is a new good table."""
        self._listeners.append(call)

    def play(self, gesture: dict) -> None:
        """Do what a gesture on the page does: `play({"do": "cell", "row": 0, "column": 1, "text": "12"})`."""
        self._tell(gesture)
        self._answer()

    # --- the conversation with the page

    def _hear(self, _, message, buffers) -> None:
        answers = {
            "edit": self._edit,
            "offer": self._offer,
            "file": self._receive,
            "columns": self._assign,
            "download": self._download,
            "resume": self._resume,
        }
        if not isinstance(message, dict):
            return
        try:
            answers.get(message.get("do"), lambda *_: None)(str(message.get("view", "")), message, buffers)
        finally:  # whatever happened, the page must not wait for ever
            self._answer()

    def _edit(self, view, message, _) -> None:
        self._heard[view] = max(self._heard.get(view, 0), number(message.get("seq")))
        for gesture in listed(message.get("gestures")):
            if gesture.get("do") == "start":
                gesture = {"do": "become", "to": self._start.now}
            elif gesture.get("do") not in FROM_BROWSER:
                continue
            self._tell(gesture)

    def _resume(self, view, message, _) -> None:
        """What was typed before the program behind the page ended and began anew."""
        if sheet := typed.kept(message.get("state")):
            self._tell({"do": "become", "to": sheet})

    def _tell(self, gesture: dict) -> None:
        before = self._story.good
        self._story = typed.play(self._story, gesture)
        if self._story.good is not before:
            for call in self._listeners:
                call(self)

    def _answer(self) -> None:
        self._version += 1
        self.send(self._page())

    def _page(self) -> dict:
        """Everything the page shows; sent to every view, so that two views of one calculator stay in step."""
        story, own = self._story, self._file
        return {
            "kind": "page",
            "version": self._version,
            "heard": dict(self._heard),
            "origin": story.now.origin,
            "said": story.now.said,
            "took": " · ".join(story.now.took),
            "own": story.now.own,
            "undo": bool(story.past),
            "redo": bool(story.future),
            "table": table_of(story),
            "numbers": self._numbers(),
            "live": self._live(),
            "file_trouble": own.trouble() if own else "",
            "file_faults": list(own.faults) if own else [],
            "columns": own.columns if own else None,
            "file_stem": say("calculator.file_stem"),
        }

    def _numbers(self) -> dict:
        """The numbers of the last good table: worked out once for each table."""
        good = self._story.good
        if not self._page_for or self._page_for[0] is not good:
            self._page_for = (good, numbers_of(good, self._show) | {"of": self._version})
        stale = self._story.reading.table is None
        return self._page_for[1] | {"stale": stale, "note": say("calculator.stale") if stale else ""}

    def _live(self) -> str:
        """What a screen reader is told after an edit."""
        numbers, faults = self._numbers(), self._story.reading.faults
        if faults:
            return f"{say('calculator.live_faults', n=len(faults))} {numbers['note']}"
        return f"{self._story.now.said} {numbers['live']}".strip()

    # --- the reader's own file

    def _offer(self, view, message, _) -> None:
        size = number(message.get("size"))
        name = str(message.get("name", ""))
        if size > LARGEST:
            self._file = OwnFile(name, b"", faults=(too_large(name, size),))
        else:
            self.send({"kind": "send", "view": view})

    def _receive(self, view, message, buffers) -> None:
        data = bytes(buffers[0]) if buffers else b""
        name = str(message.get("name", ""))
        if len(data) > LARGEST:
            self._file = OwnFile(name, b"", faults=(too_large(name, len(data)),))
        else:
            self._open(OwnFile(name, data))

    def _assign(self, view, message, _) -> None:
        if self._file:
            self._open(self._file.with_roles(listed(message.get("roles"))))

    def _open(self, file: "OwnFile") -> None:
        self._file, table = file.opened()
        if table is None:
            return
        said = say("calculator.opened", name=file.name, schools=len(table.units), groups=len(table.groups))
        said = f"{said} {self._file.note()}".strip()
        if len(table.units) > typed.MOST_SCHOOLS:
            said = f"{said} {say('calculator.too_long_to_edit', most=typed.MOST_SCHOOLS)}"
        about = {"origin": "file", "said": said, "took": self._file.taken(), "own": True}
        self._tell({"do": "become", "to": typed.typed_from(table, **about)})

    # --- what may be taken home

    def _download(self, view, message, _) -> None:
        what = message.get("what")
        text = {"table": self._table_csv, "numbers": self._numbers_csv}.get(what)
        if text:
            name = f"{say('calculator.file_stem')}-{what}.csv"
            # a byte order mark, or spreadsheets take the letters for others
            self.send(
                {
                    "kind": "save",
                    "view": view,
                    "name": name,
                    "type": "text/csv;charset=utf-8",
                    "text": "\ufeff" + text(),
                }
            )

    def _table_csv(self) -> str:
        """The table as it is typed, mistakes and all."""
        now = self._story.now
        return csv_text([[say("calculator.school"), *now.groups], *now.rows])

    def _numbers_csv(self) -> str:
        numbers = self._numbers()
        rows = [
            [other["name"], other["exact"], other["exact_expected"], other["reason"]]
            for other in numbers["all"]
        ]
        heads = [say(f"calculator.numbers_{name}") for name in ("index", "value", "expected", "reason")]
        stale = [[numbers["note"]]] if numbers["stale"] else []  # these are not the numbers of what is typed
        return csv_text([*stale, heads, *rows])


# --- the reader's own file, and which of its columns is what

VALUES = 40  # values of a column offered under "only the rows where"
# what is said of a column of numbers that was not taken
ASIDE = ("table.took.aside", "table.took.aside.numbered", "table.took.aside.years")


@dataclass(frozen=True)
class OwnFile:
    """A file a reader opened, kept in the kernel's memory so that its columns can be read another way."""

    name: str
    data: bytes
    sheet: Sheet | None = None
    given: tuple[tuple[str, str, str], ...] = ()  # column, role, value: what the reader said
    only: tuple[tuple[str, str], ...] = ()  # column, value: what was chosen for a reader who said nothing
    faults: tuple[str, ...] = ()
    took: tuple[str, ...] = ()
    groups: int = 0  # how many were found

    def opened(self) -> tuple["OwnFile", Table | None]:
        """The file with what was found in it, and its table; or with its faults, and none."""
        sheet = self.sheet
        try:
            if sheet is None:
                sheet = open_sheet(self.data, self.name)
                refuse_personal(sheet)
        except TableError as error:  # nothing of such a file is shown
            return replace(self, data=b"", sheet=None, faults=error.on_page), None
        return replace(self, data=b"", sheet=sheet, faults=(), took=())._read()

    def _read(self) -> tuple["OwnFile", Table | None]:
        """The table; where one column tells several tables apart (years, levels), the latest of them."""
        if unfit := unfit_roles(self.given):
            return replace(self, faults=unfit), None
        try:
            table = read_table(self.sheet, **self.options())
        except TableError as error:
            chosen = {column for column, _ in self.only}
            if self.given or error.choose is None or error.choose[0] in chosen:
                return replace(self, faults=error.on_page), None
            return replace(self, only=(*self.only, error.choose))._read()
        return replace(self, took=table.took, groups=len(table.groups)), table

    def with_roles(self, roles) -> "OwnFile":
        given = tuple(
            (str(r.get("column", "")), str(r.get("role", "out")), str(r.get("where", ""))) for r in roles
        )
        return replace(self, given=given, only=())

    def taken(self) -> tuple[str, ...]:
        """What was taken for what, and every column that was not taken at all."""
        left = pasted.not_mentioned(self.sheet.header, self.took)
        names = said_in_a_row(in_quotes(shown(name)) for name in left)
        return (*self.took, say("calculator.left_out", columns=names)) if left else self.took

    def unclear(self) -> bool:
        """Could the reader mean something else? (columns of numbers left aside, more groups than two)"""
        return self.groups > 2 or any(
            pattern(key, language()).fullmatch(line) for line in self.took for key in ASIDE
        )

    def trouble(self) -> str:
        """What comes above the faults: what can be done here, if anything can."""
        if not self.faults:
            return ""
        return say("calculator.file_closed" if self.sheet is None else "calculator.file_trouble")

    def note(self) -> str:
        """What was chosen where a file holds several tables: the year shown, and where the others are."""
        return " ".join(only_said(self.sheet, *chosen) for chosen in self.only)

    def options(self) -> dict:
        """What the reader said about the columns, as `segkit.read` wants it; nothing said, nothing given."""
        named = {role: [column for column, r, _ in self.given if r == role] for role in ROLES}
        where = dict(self.only) | {column: value for column, role, value in self.given if role == "where"}
        first = {role: named[role][0] if named[role] else None for role in ("unit", "group", "total")}
        return first | {"count": named["count"] or None, "where": where or None}

    @cached_property  # asked for at every keystroke, and a file can be long
    def columns(self) -> dict | None:
        """Every column with its first values and its role, for "Which columns?"."""
        if self.sheet is None:
            return None
        roles, wheres = self.roles(), dict(self.only) | {column: value for column, _, value in self.given}
        told = []
        for name, column in zip(self.sheet.header, self.sheet.columns, strict=True):
            values = sorted(set(column), key=in_order)
            about = {"role": roles.get(name, "out"), "where": wheres.get(name, "")}
            about |= {"values": values[:VALUES], "all": len(values) <= VALUES}
            told.append({"name": name, "sample": shown(", ".join(column[:3]), 40), **about})
        asks = bool(self.faults or self.only or not self.given and self.unclear())
        return {"list": told, "took": " · ".join(self.took), "open": asks, "note": self.note()}

    def roles(self) -> dict[str, str]:
        """Each column's role: as the reader said, else as it was found."""
        if self.given:
            return {column: role for column, role, _ in self.given}
        finder = None
        try:
            rows = filtered(self.sheet, dict(self.only)) if self.only else self.sheet
            finder = Finder(rows, None, None, None, None, None, None)
            found = finder.roles()
        except TableError:  # not all could be found: what was found so far is a start
            found = None
        header = self.sheet.header
        where = {column: "where" for column, _ in self.only}
        if found is None:
            return ({header[finder.unit]: "unit"} if finder and finder.unit is not None else {}) | where
        single = {role: getattr(found, role) for role in ("unit", "group", "total")}
        return (
            {header[j]: "count" for j in found.counts}
            | {header[j]: role for role, j in single.items() if j is not None}
            | where
        )


def unfit_roles(given) -> tuple[str, ...]:
    """Why what a reader chose for the columns cannot be read, if it cannot."""
    named = {role: [column for column, r, _ in given if r == role] for role in ROLES}
    names = {role: say(f"calculator.role.{role}") for role in ROLES}
    told = {role: said_in_a_row(in_quotes(shown(column)) for column in named[role]) for role in ROLES}
    faults = [
        say("calculator.roles.twice", role=names[role], columns=told[role])
        for role in ("unit", "group", "total")
        if len(named[role]) > 1
    ]
    if given and len(named["out"]) == len(given):
        faults.append(say("calculator.roles.none"))
    elif named["group"] and named["total"]:
        faults.append(say("calculator.roles.group_and_total", **names))
    elif named["group"] and not named["count"]:
        faults.append(say("calculator.roles.group_alone", columns=told["group"], **names))
    elif given and not named["count"]:
        faults.append(say("calculator.roles.no_count", **names))
    return tuple(faults)


def only_said(sheet: Sheet, column: str, value: str) -> str:
    """Which rows of a file are shown, said so plainly that nobody takes them for all of it."""
    values = sorted(set(sheet.columns[sheet.header.index(column)]), key=in_order)
    about = {"column": shown(column), "value": shown(value, 20), "n": len(values)}
    key = "calculator.only_year" if over_time(column) else "calculator.only"
    return say(key, values=said_in_a_row(shown(v, 20) for v in values), **about)


# --- helpers


def number(came) -> int:
    """A number from a browser, which may send anything."""
    return came if isinstance(came, int) else 0


def listed(came) -> list[dict]:
    """A list of objects from a browser, which may send anything."""
    return [item for item in came if isinstance(item, dict)] if isinstance(came, list | tuple) else []


def first(counts, preset: str) -> typed.Typed:
    """The table a calculator opens with."""
    if counts is not None:
        own = not isinstance(counts, list | tuple | np.ndarray)  # it may come from a file
        return typed.typed_from(named(counts if isinstance(counts, Table) else read_table(counts)), own=own)
    if preset not in typed.PRESETS:
        raise ValueError(say("calculator.no_preset", came=preset, known=", ".join(typed.PRESETS)))
    town = typed.typed_from(typed.town(), origin="real")
    if preset == "real":
        return town
    return typed.fill(town, preset, np.asarray(typed.town()), 1 if preset == "chance" else None)


def named(table: Table) -> Table:
    """Rows that came without names are called School 1, School 2: easier to talk about than a number."""
    numbers = [str(i + 1) for i in range(len(table.units))]
    if list(map(str, table.units)) != numbers:
        return table
    return replace(table, units=tuple(say("calculator.new_school", n=n) for n in numbers))


def check_shown(show) -> None:
    from segkit.indices import INDICES

    for name in show:
        if name not in INDICES:
            raise ValueError(say("calculator.no_index", came=name, known=", ".join(INDICES)))


def labels() -> dict:
    """The sentences that never change while one types."""
    roles = [[role, say(f"calculator.role.{role}")] for role in ROLES]
    return {name: say(f"calculator.{name}") for name in LABELS} | {"roles": roles}


def region(shown: tuple[str, ...]) -> str:
    """What tells a calculator from the others of its page, for those who go from part to part by ear."""
    names = said_in_a_row(say(f"index.{name}") for name in shown)
    return say("calculator.named", title=say("calculator.title"), shown=names)


def presets(own: bool) -> list[dict]:
    names = (*(["start"] if own else []), *typed.PRESETS)
    return [
        {"name": n, "text": say(f"calculator.preset.{n}"), "hint": say(f"calculator.preset.{n}.hint")}
        for n in names
    ]


def too_large(name: str, size: int) -> str:
    return say("calculator.too_large", name=name, size=in_words(size / 1e6, ".1f"), most=LARGEST // 1_000_000)


def csv_text(rows) -> str:
    """Rows as CSV; what a spreadsheet would run as a formula stays text.

    >>> csv_text([["=1+1", "12", "-3"]])
    "'=1+1,12,'-3\\r\\n"
    """
    text = io.StringIO()
    csv.writer(text).writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue()


def harmless(cell) -> str:
    cell = "" if cell is None else str(cell)
    return f"'{cell}" if cell.lstrip()[:1] in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r") else cell

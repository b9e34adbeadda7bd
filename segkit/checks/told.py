"""What a check found: every fault with its place, a handful of each kind said, and how many more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from segkit.packages import Fault
from segkit.sheets import HANDFUL, shown
from segkit.territory import TABLES, Territory
from segkit.words import say

KEPT = 1_000  # faults of one kind in one column that are kept; the others are counted
ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, eq=False, repr=False)
class Checked:
    """A territory, or all that keeps it from being one, said to its owner.

    `territory` is None where there are errors; warnings do not stop it. `faults` come in the order of the
    tables and their lines; of a mistake that stands in thousands of cells the first thousand are kept.

    >>> from segkit.checks import check
    >>> check({"schools": {"school": ["S1"]}, "enrolment": {"school": ["S1"], "n": [-3]}}).ok
    False
    """

    source: str
    faults: tuple[Fault, ...]
    territory: Territory | None
    notes: tuple[str, ...] = ()
    totals: Mapping[tuple[str, str, str], int] = field(default_factory=dict)  # severity, kind, file: how many

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity == ERROR)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity == WARNING)

    @property
    def ok(self) -> bool:
        """Is there a territory to work with?"""
        return self.territory is not None

    def count(self, severity: str = ERROR) -> int:
        """How many there are, those that are only counted included."""
        return sum(n for (of, _, _), n in self.totals.items() if of == severity)

    def said(self, most: int = HANDFUL) -> list[str]:
        """Every message, a handful of each kind in each file, then how many more."""
        return self._told(ERROR, most) + self._told(WARNING, most)

    def _told(self, severity: str, most: int) -> list[str]:
        lines, done = [], Counter()
        for fault in self.faults:
            key = (fault.severity, fault.kind, fault.file)
            if fault.severity != severity or done[key] > most:
                continue
            done[key] += 1
            more = self.totals.get(key, 0) - most
            lines.append(fault.message if done[key] <= most else say("table.more", n=more))
        return lines

    def headline(self) -> str:
        """One sentence on top: may it be used?"""
        errors, warnings = self.count(ERROR), self.count(WARNING)
        file = shown(self.source, 200)
        if errors:
            return say("check.bad", file=file, n=errors, warnings=_warnings(warnings))
        return say("check.good" if not warnings else "check.fair", file=file, warnings=_warnings(warnings))

    def _ready(self) -> str:
        """What can be done with it; a table of blanks is no table of groups."""
        blank = self.territory.enrolment["n"].isna().all()
        return say(f"check.ready.{0 if blank else self.territory.readiness}")

    def __str__(self):
        lines = [self.headline()]
        if self.territory is not None:
            lines.append(say("check.is", territory=shown(self.territory, 500)))
            lines.append(self._ready())
        for severity in (ERROR, WARNING):
            told = self._told(severity, HANDFUL)
            if told:
                lines += ["", say(f"check.head.{severity}"), *(f"  {line}" for line in told)]
        if self.notes:
            lines += ["", say("check.head.notes"), *(f"  {note}" for note in self.notes)]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self):
        parts = [f"<p><strong>{escape(self.headline())}</strong></p>"]
        if self.territory is not None:
            parts.append(f"<p>{escape(say('check.is', territory=shown(self.territory, 500)))}<br>")
            parts.append(f"{escape(self._ready())}</p>")
        told = {say(f"check.head.{one}"): self._told(one, HANDFUL) for one in (ERROR, WARNING)}
        for head, lines in (told | {say("check.head.notes"): self.notes}).items():
            if lines:
                items = "".join(f"<li>{escape(line)}</li>" for line in lines)
                parts.append(f"<p>{escape(head)}</p><ul>{items}</ul>")
        return "\n".join(parts)

    def as_dict(self) -> dict:
        """The same for a machine: plain values, ready for JSON."""
        town = self.territory
        names = ("kind", "severity", "file", "line", "column", "came", "message")
        return {
            "source": self.source,
            "ok": self.ok,
            "errors": self.count(ERROR),
            "warnings": self.count(WARNING),
            "faults": [{name: getattr(fault, name) for name in names} for fault in self.faults],
            "kinds": [
                {"kind": kind, "severity": severity, "file": file, "n": n}
                for (severity, kind, file), n in self.totals.items()
            ],
            "notes": list(self.notes),
            "territory": None
            if town is None
            else {
                "name": town.name,
                "readiness": town.readiness,
                "schools": len(town.schools),
                "zones": len(town.zones),
                "years": [int(one) for one in town.years],
                "levels": list(town.levels),
                "groupings": {one: list(groups) for one, groups in town.groupings.items()},
            },
        }


def _warnings(n: int) -> str:
    if not n:
        return say("check.warnings.none")
    return say("check.warnings.one") if n == 1 else say("check.warnings", n=n)


class TerritoryError(ValueError):
    """Why a file is no territory yet, all of it at once; `.faults` holds each by itself."""

    def __init__(self, checked: Checked):
        self.checked, self.faults = checked, checked.faults
        super().__init__("\n".join([checked.headline(), *checked._told(ERROR, HANDFUL)]))


class Findings:
    """Collects faults while tables are checked, and puts them in the order in which their owner reads."""

    def __init__(self):
        self.found: list[tuple[tuple, Fault]] = []
        self.totals: Counter = Counter()
        self.notes: list[str] = []

    def add(
        self, kind: str, page, rows, column: str = "", *, severity=ERROR, told: Callable | None = None,
        once: bool = False,
    ):  # fmt: skip
        """The same fault in these rows of a table; `told(row)` gives what else its message says.

        Nothing of what came is repeated where `told` gives "came" as "". With `once` a cell that came in many
        rows is one fault, told where it stands first.
        """
        again = {}
        if once:
            rows, again = page.gathered(rows, column)
        rows = [int(row) for row in rows]
        self.totals[severity, kind, page.file] += len(rows)
        for row in rows[:KEPT]:
            values = {"came": page.cell(row, column)} | (told(row) if told else {})
            came = str(values["came"])
            blanks = {name: shown(value, 200) for name, value in values.items()}
            message = say(f"check.{kind}", **(blanks | {"where": page.at(row), "column": shown(column)}))
            message += page.also(again[row]) if row in again else ""
            fault = Fault(kind, page.file, page.line(row), column, shown(came), message, severity)
            self.found.append((page.place_of(row, column), fault))

    def whole(
        self, kind: str, file: str, *, table="", column="", severity=ERROR, line=None, came="", **values
    ):
        """A fault of a whole table, or of the territory."""
        self.totals[severity, kind, file] += 1
        blanks = {name: shown(value, 300) for name, value in values.items()}
        blanks |= {"file": shown(file, 200), "column": shown(column), "came": shown(came), "line": line}
        message = say(f"check.{kind}", **blanks)
        fault = Fault(kind, file, line, column, shown(came), message, severity)
        self.found.append(((order(table), line or 0, 0), fault))

    def take(self, fault: Fault, table: str = ""):
        """A fault somebody else has found."""
        self.totals[fault.severity, fault.kind, fault.file] += 1
        self.found.append(((order(table), fault.line or 0, 0), fault))

    def hush(self, file: str):
        """What others repeat of a file in which a column about single children was found."""
        for i, (place, fault) in enumerate(self.found):
            if fault.file == file and fault.came:
                message = fault.message.replace(shown(fault.came), "…")
                self.found[i] = place, replace(fault, came="", message=message)

    def any_error(self) -> bool:
        return any(severity == ERROR and n for (severity, _, _), n in self.totals.items())

    def faults(self) -> tuple[Fault, ...]:
        """All of them, by table, then line, then column."""
        return tuple(fault for _, fault in sorted(self.found, key=lambda pair: pair[0]))


def order(table: str) -> int:
    """The place of a table in the declaration; what is said of all of them comes first."""
    names = list(TABLES)
    return names.index(table) + 1 if table in names else 0

"""What was made public before: two exports side by side must not say more than each of them.

Each public export leaves a small record in the session folder: what was published, and what was hidden. A new
export hides whatever an earlier one hid, and is refused where it differs from an earlier one by fewer than k
pupils, for the difference would be a count of those pupils.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from segkit.territory import COUNTED, SUPPRESSED, WHOLE
from segkit.words import listed, say

ROOM = "releases"
OUTCOMES = ("indicators", "outcomes")  # of schools, of the town
ALIKE, COMPARED = 0.5, 10  # a record is of the same town if half of ten counts or more are the same
FORM = 1  # of the record


class ReleaseError(ValueError):
    """This export and an earlier one together would give something away; the words say what to do."""


@dataclass(frozen=True)
class Releases:
    """The records of one territory, in a folder."""

    name: str
    folder: Path | None = None  # the session folder's, where nothing is said
    also: tuple[str, ...] = ()  # what the same town was called before

    @staticmethod
    def of(name: str, releases=None, territory=None) -> Releases:
        """Of a territory: in a folder that is named, or else in the session folder.

        A town that goes by another name now is known by its schools and counts.
        """
        found = Releases(name, None if releases is None else Path(releases))
        return found if territory is None else found.known_by(counts_of(territory))

    def known_by(self, counts: dict) -> Releases:
        """The same, with the records of other names that have these counts."""
        also = {record["name"] for record in self.every if akin(record, counts)} - {self.name}
        return Releases(self.name, self.folder, tuple(sorted({*self.also, *also})))

    @cached_property
    def records(self) -> tuple[dict, ...]:
        """What was published before, oldest first."""
        return tuple(record for record in self.every if record["name"] in (self.name, *self.also))

    @cached_property
    def every(self) -> tuple[dict, ...]:
        """The records of all territories, oldest first."""
        folder = self.where()
        if not folder.is_dir():
            return ()
        found = []
        for path in sorted(folder.glob("*-*.json")):
            try:
                record = json.loads(path.read_text("utf-8"))
            except (OSError, ValueError) as error:
                raise ReleaseError(say("privacy.release.unreadable", path=path.name)) from error
            if record.get("form") != FORM:
                raise ReleaseError(say("privacy.release.unreadable", path=path.name))
            found.append(record)
        return tuple(sorted(found, key=lambda record: record["number"]))

    def where(self) -> Path:
        from segkit.privacy.folder import home

        return self.folder if self.folder is not None else home() / ROOM

    def hidden(self) -> set[tuple]:
        """Every count that an earlier export hid and no earlier one showed."""
        return {tuple(key) for record in self.records for key in record["hidden"]} - self.shown()

    def shown(self) -> set[tuple]:
        """Every count that an earlier export showed."""
        return {key for record in self.records for key in shown_in(record)}

    def add(self, view) -> Path | None:
        """Write down what is published now, unless it gives something away beside an earlier export."""
        new = record_of(view, self.name)
        fresh = Releases(self.name, self.folder, self.also).known_by(shown_in(new))
        for old in fresh.records:
            if (old["name"], old["digest"]) == (new["name"], new["digest"]):
                return None
            if lost := strangers(old, new):
                raise ReleaseError(say("privacy.release.strangers", groupings=listed(lost)))
            told = differences(old, new)
            if told:
                raise ReleaseError(
                    say("privacy.release.refused", k=max(old["k"], new["k"]), where=listed(told))
                )
        if self.folder is None:
            from segkit.privacy.folder import room

            folder = room(ROOM)
        else:
            folder = self.folder
            folder.mkdir(parents=True, exist_ok=True)
        number = 1 + max((record["number"] for record in fresh.records), default=0)
        path = folder / f"{stem(self.name)}-{number:04d}.json"
        path.write_text(json.dumps(new | {"number": number}, ensure_ascii=False), "utf-8")
        return path


def stem(name: str) -> str:
    """A territory's name as a file may be called: no letters of it, because a name may be anything."""
    return hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:16]


def record_of(view, name) -> dict:
    """What a view shows, and which counts it hides."""
    shown, hidden = [], []
    for table in COUNTED:
        frame = view.territory.tables[table]
        at = {"residents": ["zone"], "flows": ["zone", "school"]}.get(table, ["school"])
        extra = {"enrolment": ["level"], "residents": [], "flows": [], "indicators": []}[table]
        last = ["indicator"] if table == "indicators" else []
        columns = [frame[c].tolist() for c in ("year", *extra, *at, "grouping", "group", *last)]
        gap = [] if table != "residents" else [[""] * len(frame)]
        keys = zip([table] * len(frame), columns[0], *gap, *columns[1:], strict=True)
        outs = frame["out_of"] if table == "indicators" else frame["n"]
        for key, n, out_of, status in zip(keys, frame["n"], outs, frame["n_status"], strict=True):
            if status == SUPPRESSED:
                hidden.append(list(key))
            elif n == n and n is not None and not _missing(n):
                shown.append([*key, int(n)] if table != "indicators" else [*key, int(n), int(out_of)])
    for (year, level, indicator, grouping), groups in view.outcomes.items():
        for group, pair in groups.items():
            key = ["outcomes", year, level, grouping, group, indicator]
            hidden.append(key) if pair is None else shown.append([*key, *map(int, pair)])
    for (table, year, level, grouping), groups in view.totals.items():
        for group, n in groups.items():
            key = [table, year, level, "", grouping, group]
            hidden.append(key) if n is None else shown.append([*key, n])
    schools = view.territory.schools
    found = {
        "form": FORM,
        "name": name,
        "k": view.k,
        "sensitive": view.rule.sensitive,
        "special": list(view.rule.special),
        "levels": dict(zip(schools["school"], schools["level"], strict=True)),
    }
    text = json.dumps([shown, hidden], ensure_ascii=False)
    return found | {"shown": shown, "hidden": hidden, "digest": hashlib.sha256(text.encode()).hexdigest()}


def _missing(value) -> bool:
    import pandas as pd

    return bool(pd.isna(value))


def shown_in(record) -> dict[tuple, tuple[int, ...]]:
    """The published counts of a record by their key; of an outcome, how many and out of how many."""
    width = {"indicators": 6}
    return {tuple(row[: width.get(row[0], 6)]): tuple(row[width.get(row[0], 6) :]) for row in record["shown"]}


def differences(old: dict, new: dict) -> list[str]:
    """Where two exports differ by fewer than k pupils: tables and years, in words."""
    k = max(old["k"], new["k"])
    sensitive = max(old["sensitive"], new["sensitive"])
    special = {*old["special"], *new["special"]}
    before, after = shown_in(old), shown_in(new)
    told: dict[str, None] = {}
    for key in before.keys() & after.keys():
        table, year = key[:2]
        grouping = key[3] if table in OUTCOMES else key[4]
        least = sensitive if table in OUTCOMES or grouping in special else k
        pair = before[key], after[key]
        if len(pair[0]) == 2:  # with the outcome, without it, and both
            pair = tuple((n, out_of - n, out_of) for n, out_of in pair)
        if any(0 < abs(a - b) < least for a, b in zip(*pair, strict=True)):
            told[say("privacy.release.where", table=table, year=year, grouping=grouping)] = None
    close = leftovers(before, after, k, sensitive, special)
    close |= below(old, new, before, after, k, sensitive, special)
    close |= behind(old, new, before, after, sensitive)
    for table, year, grouping in close:
        told[say("privacy.release.where", table=table, year=year, grouping=grouping)] = None
    return sorted(told)


def strangers(old: dict, new: dict) -> list[str]:
    """Groupings that an old export hid counts of and that are not here any more, beside new ones here.

    A new grouping may take groups of the old one together, and so say what was hidden; whether it does can
    be seen only where both are there.
    """
    gone: dict[str, None] = {}
    there, here = groupings_of(old["shown"], old["hidden"]), groupings_of(new["shown"], new["hidden"])
    hidden = groupings_of((), old["hidden"])
    for at, before in hidden.items():
        if here.get(at, set()) - there.get(at, set()):
            gone |= dict.fromkeys(before - here[at])
    return sorted(gone)


def groupings_of(*rows) -> dict[tuple, set[str]]:
    """Which groupings there are of each table and year."""
    found: dict[tuple, set[str]] = {}
    for some in rows:
        for row in some:
            if row[0] in ("enrolment", "residents") and row[4] != WHOLE:
                found.setdefault((row[0], row[1]), set()).add(row[4])
    return found


def leftovers(before, after, k, sensitive, special) -> set[tuple]:
    """Where what is left of a roll, for all its hidden counts together, differs by fewer than k."""
    a, b = left_of(before), left_of(after)
    close = (
        at for at in a.keys() & b.keys() if 0 < abs(a[at] - b[at]) < (sensitive if at[4] in special else k)
    )
    return {(table, year, grouping) for table, year, _, _, grouping in close}


def left_of(shown) -> dict[tuple, int]:
    """Each roll without the counts shown of one grouping."""
    shown = {key: n[0] for key, n in shown.items() if key[0] in ("enrolment", "residents") and key[3] != ""}
    rolls = {key[:4]: n for key, n in shown.items() if key[4] == WHOLE}
    left: dict[tuple, int] = {}
    for key, n in shown.items():
        if key[4] != WHOLE and key[:4] in rolls:
            left[key[:5]] = left.get(key[:5], rolls[key[:4]]) - n
    return left


def below(old, new, before, after, k, sensitive, special) -> set[tuple]:
    """Where what is left of a total, for all its hidden counts together, differs by fewer than k.

    A school that is there no more, or new, changes the total by its pupils: by those that were hidden too. A
    count that only one of the two exports shows is known all the same.
    """
    a, b = ({tuple(key) for key in record["hidden"]} | shown.keys() for record, shown in
            ((old, before), (new, after)))  # fmt: skip
    told = after | before, before | after
    lefts = [left_below(*each) for each in ((a, before, told[0]), (b, after, told[1]))]
    close = set()
    for at in lefts[0].keys() & lefts[1].keys():
        table, year, _, grouping, _ = at
        least = sensitive if grouping in special or (grouping == WHOLE and special) else k
        if 0 < abs(lefts[0][at] - lefts[1][at]) < least:
            close.add((table, year, grouping))
    return close


def left_below(there, shown, told) -> dict[tuple, int]:
    """Each total without the counts that are known of its schools or zones."""
    totals = {
        (*key[:3], *key[4:]): n[0]
        for key, n in shown.items()
        if key[0] in ("enrolment", "residents") and key[3] == ""
    }
    for key in there:
        at = (*key[:3], *key[4:])
        if key[0] in ("enrolment", "residents") and key[3] != "" and at in totals and key in told:
            totals[at] -= told[key][0]
    return totals


def behind(old, new, before, after, least) -> set[tuple]:
    """Where what the hidden schools behind an outcome of the town have together differs by fewer than k."""
    told = after | before, before | after
    a, b = (
        left_behind(record, shown, all_)
        for record, shown, all_ in ((old, before, told[0]), (new, after, told[1]))
    )
    return {
        ("indicators", at[1], at[3])
        for at in a.keys() & b.keys()
        if any(0 < abs(x - y) < least for x, y in zip(a[at], b[at], strict=True))
    }


def left_behind(record, shown, told) -> dict[tuple, tuple[int, int, int]]:
    """Each outcome of the town without the schools that are known: with it, without it, both."""
    levels = record.get("levels", {})
    left = {key: list(pair) for key, pair in shown.items() if key[0] == "outcomes"}
    there = {tuple(key) for key in record["hidden"]} | shown.keys()
    for key in there & told.keys():
        if key[0] == "indicators":
            at = ("outcomes", key[1], levels.get(key[2], ""), *key[3:])
            if at in left:
                left[at] = [x - y for x, y in zip(left[at], told[key], strict=True)]
    return {at: (n, out_of - n, out_of) for at, (n, out_of) in left.items()}


# ── a town under another name ───────────────────────────────────────────────────────────────────────


def counts_of(territory) -> dict[tuple, tuple[int]]:
    """The pupils of a territory by the key of a record."""
    frame = territory.enrolment
    columns = [frame[c].tolist() for c in ("year", "level", "school", "grouping", "group", "n")]
    return {("enrolment", *key): (n,) for *key, n in zip(*columns, strict=True) if not _missing(n)}


def akin(record, counts) -> bool:
    """Are most of the schools' counts of a record the same here, whatever the town is called?"""
    both = [
        (n, counts[key])
        for key, n in shown_in(record).items()
        if key[0] == "enrolment" and key[3] != "" and key in counts
    ]
    return len(both) >= COMPARED and sum(a == b for a, b in both) >= ALIKE * len(both)

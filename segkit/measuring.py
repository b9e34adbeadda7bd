"""A table measured: every index, next to chance, with its interval and the reason where there is none."""

from contextlib import suppress
from dataclasses import dataclass, field
from html import escape

import numpy as np

from segkit.decompose import WEIGHTS, Split, between_within
from segkit.estimate import (
    SHUFFLED,
    Chance,
    Interval,
    against_chance,
    entry,
    interval_of,
    resampled,
    shuffled,
    whole,
)
from segkit.indices import contribution, local_segregation, location_quotient
from segkit.indices.shelf import INDICES, CannotBeAssessed, assessable, ratio, reason
from segkit.tables import Table, read
from segkit.words import listed, number, say

SHUFFLES = 999  # the smallest p is then 0.001; fewer for large tables, where draws are slow
BUDGET = 20_000_000  # cells of shuffled tables that are worth a reader's wait


@dataclass(frozen=True)
class Measurement:
    """Everything the shelf says about one table."""

    units: int
    groups: tuple[str, ...]
    pupils: int
    focal: str | None
    dropped: dict[str, tuple[str, ...]]
    values: dict[str, float]
    chance: dict[str, Chance]
    interval: dict[str, Interval]
    unavailable: dict[str, str]
    took: tuple[str, ...] = ()
    schools: tuple[dict, ...] | None = None
    by: dict[str, "Measurement"] | None = None
    split: dict[str, Split] | None = None
    table: Table = field(default=None, repr=False, compare=False)

    def __getitem__(self, index: str) -> float:
        return self.values[index]

    def as_dict(self) -> dict:
        """Plain numbers and names, ready for JSON, in full precision."""
        out = {
            "units": self.units,
            "groups": list(self.groups),
            "pupils": self.pupils,
            "focal": self.focal,
            "dropped": {kind: list(names) for kind, names in self.dropped.items()},
            "values": dict(self.values),
            "chance": {
                k: {"expected": c.expected, "p": c.p, "corrected": c.corrected}
                for k, c in self.chance.items()
            },
            "interval": {k: {"low": i.low, "high": i.high} for k, i in self.interval.items()},
            "unavailable": dict(self.unavailable),
        }
        if self.schools is not None:
            out["schools"] = [dict(school) for school in self.schools]
        if self.by is not None:
            out["by"] = {value: part.as_dict() for value, part in self.by.items()}
            out["split"] = {
                k: {
                    "total": s.total,
                    "between": s.between,
                    "within": s.within,
                    "parts": {p.name: p.part for p in s.sectors},
                }
                for k, s in self.split.items()
            }
        return out

    def frame(self):
        """The numbers as a pandas DataFrame, one row per index."""
        import pandas as pd

        rows = {
            name: {
                "value": value,
                "expected": self.chance[name].expected if name in self.chance else None,
                "p": self.chance[name].p if name in self.chance else None,
                "low": self.interval[name].low if name in self.interval else None,
                "high": self.interval[name].high if name in self.interval else None,
            }
            for name, value in self.values.items()
        }
        return pd.DataFrame.from_dict(rows, orient="index", columns=["value", "expected", "p", "low", "high"])

    def _repr_html_(self):
        """The same, as a table for a notebook; names from a file stay text."""
        cells = [[say(f"measure.column.{c}") for c in ("index", "value", "chance", "p", "interval")]]
        for name, value in self.values.items():
            c, i = self.chance.get(name), self.interval.get(name)
            cells.append(
                [
                    f"{INDICES[name].symbol} · {say(f'index.{name}')}",
                    number(value, ".3f"),
                    ("" if c.exact else "≈\u00a0") + number(c.expected, ".3f") if c else "",
                    c.p_said.removeprefix("= ").replace(" ", "\u00a0") if c else "",
                    f"{number(i.low, '.3f')} – {number(i.high, '.3f')}" if i else "",
                ]
            )
        used = [k for k in range(5) if any(row[k] for row in cells[1:])]
        rows = "".join(
            "<tr>"
            + "".join(
                f"<{tag} style='text-align:{'right' if k else 'left'}'>{escape(row[k])}</{tag}>" for k in used
            )
            + "</tr>"
            for tag, row in zip(["th", *["td"] * len(cells)], cells, strict=False)
        )
        head, *rest = self.summary()
        notes = "".join(f"<p>{escape(line)}</p>" for line in (*rest, *self.refused()))
        parts = "".join(
            f"<h4>{escape(say('measure.by', value=value))}</h4>{part._repr_html_()}"
            for value, part in (self.by or {}).items()
        )
        splits = "".join(f"<pre>{escape(str(split))}</pre>" for split in (self.split or {}).values())
        table = f"<table style='font-variant-numeric:tabular-nums'>{rows}</table>"
        return f"<p>{escape(head)}</p>{table}{notes}{parts}{splits}"

    def summary(self) -> list[str]:
        """What was measured: how many schools and pupils, which groups, who is focal, what was left out."""
        said = [say("measure.table", units=self.units, pupils=self.pupils, groups=listed(self.groups))]
        if self.focal is not None:
            said.append(say("measure.focal", focal=self.focal))
        return said + [
            say(f"measure.dropped.{kind}", names=listed(names))
            for kind, names in self.dropped.items()
            if names
        ]

    def refused(self) -> list[str]:
        """What cannot be assessed, and why."""
        return [
            say("measure.unavailable", name=say(f"index.{name}"), why=why)
            for name, why in self.unavailable.items()
        ]

    def __str__(self):
        said = [*self.summary(), ""]
        for name, value in self.values.items():
            line = say("measure.value", name=say(f"index.{name}"), value=value)
            if name in self.chance:
                c = self.chance[name]
                line += say("measure.chance", expected=c.expected)
                line += say("measure.p", p=c.p_said) if c.p is not None else ""
            if name in self.interval:
                line += say("measure.interval", low=self.interval[name].low, high=self.interval[name].high)
            said.append(line)
        said += self.refused()
        for value, part in (self.by or {}).items():
            said += ["", say("measure.by", value=value), *("  " + line for line in str(part).splitlines())]
        said += [str(split) for split in (self.split or {}).values()]
        return "\n".join(said)


def measure(
    source, *, focal=None, index=None, by=None, bootstrap=0, seed=1, schools=False, shuffles=None, **roles
) -> Measurement:
    """Every index of one table, each next to what chance would give.

    source : anything `read` takes: a file, a DataFrame, a list of lists, a Table. focal : the focal group;
    the smallest where nothing is said. index : a name or names from the shelf; all where nothing is said. by
    : a column; everything again for each of its values, and the between/within split. bootstrap : how many
    draws for intervals (0: none). shuffles : how many for p-values and for what chance gives to Gini and
    Atkinson (999, fewer for large tables, 0 for none). seed : the same seed, the same draws. schools : add
    the list of schools. roles : which column is what, as `read` takes it.

    Returns a Measurement: it prints as a teacher would say it, `.values["dissimilarity"]` and `.as_dict()`
    hold the numbers. What cannot be assessed is in `.unavailable` with its reason, never a made-up 0.
    Errors: TableError for a table that cannot be read, ValueError for options that are off.

    >>> measure([[100, 0], [60, 40], [40, 60], [0, 100]], shuffles=0).values["dissimilarity"]
    0.6
    """
    table = read(source, focal=focal, by=by, **roles)
    chosen = [entry(name) for name in ([index] if isinstance(index, str) else index or INDICES)]
    focal = smallest(table) if table.focal is None else table.focal
    n, kept, dropped = peopled(table)
    found = numbers(n, kept, focal, chosen, bootstrap=bootstrap, seed=seed, shuffles=shuffles)
    parts = splits = None
    if by is not None:
        by = str(by)
        again = {
            "index": chosen,
            "bootstrap": bootstrap,
            "seed": seed,
            "schools": schools,
            "shuffles": shuffles,
        }
        parts = {value: measure(part, focal=focal, **again) for value, part in table.split(by).items()}
        splits = split_by(table, by, focal, chosen)
    return Measurement(
        units=len(n),
        groups=kept,
        pupils=int(n.sum()),
        focal=focal if focal in kept else None,
        dropped=dropped,
        **found,
        took=table.took,
        schools=each_school(table, n, focal) if schools else None,
        by=parts,
        split=splits,
        table=table,
    )


def smallest(table: Table) -> str:
    """The group with the fewest members, the first by name where several have as few."""
    return min(zip(np.asarray(table.counts).sum(0), table.groups, strict=True))[1]


def peopled(table: Table):
    """The counts without empty schools and groups, the groups kept, and the names of what was dropped."""
    n = np.asarray(table.counts, float)
    rows, columns = n.sum(1) > 0, n.sum(0) > 0
    dropped = {
        "units": tuple(name for name, keep in zip(table.units, rows, strict=True) if not keep),
        "groups": tuple(name for name, keep in zip(table.groups, columns, strict=True) if not keep),
    }
    kept = tuple(name for name, keep in zip(table.groups, columns, strict=True) if keep)
    return n[np.ix_(rows, columns)], kept, dropped


def numbers(n, groups, focal, chosen, *, bootstrap, seed, shuffles) -> dict:
    """Values, chance, intervals and reasons; shuffles and bootstrap draws are made once and read by every
    index."""
    column = groups.index(focal) if focal in groups else None
    values, why, good = {}, {}, []
    for index in chosen:
        two = index.groups == "two"
        if two and column is None:
            why[index.name] = say("refuse.no_focal") if n.size else say("refuse.no_pupils")
        elif not n.size or not assessable(n, column if two else None):
            why[index.name] = reason(n, column if two else None) if n.size else say("refuse.no_pupils")
        else:
            values[index.name] = float(index.evaluate(n, column))
            good.append(index)
    shuffle_rng, bootstrap_rng = np.random.default_rng(seed).spawn(2)
    times = affordable(n) if shuffles is None else whole("shuffles", shuffles, 0)
    bootstrap = whole("bootstrap", bootstrap, 0)

    def all_of(stack):
        return [index.evaluate(stack, column) for index in good]

    def drawn(kind, times, rng) -> dict[str, np.ndarray]:
        """Every index of every table drawn: each table is drawn once and read by all, on all cores."""
        found = (
            np.concatenate([np.array(s) for s in kind(n, times, rng=rng, then=all_of)], 1)
            if times and good
            else ()
        )
        return dict(zip((index.name for index in good), found, strict=False))

    shuffle_draws, bootstrap_draws = (
        drawn(shuffled, times, shuffle_rng),
        drawn(resampled, bootstrap, bootstrap_rng),
    )
    chance = {
        i.name: against_chance(
            n, i, column if i.groups == "two" else None, values[i.name], shuffle_draws.get(i.name)
        )
        for i in good
        if i.additive or times
    }
    interval = {}
    for index in good:
        if index.name in bootstrap_draws:
            with suppress(CannotBeAssessed):  # draws that do not vary give no interval
                interval[index.name] = interval_of(index, column, n, bootstrap_draws[index.name])
    return {"values": values, "chance": chance, "interval": interval, "unavailable": why}


def affordable(n) -> int:
    """How many shuffles a table gets: 999 up to 20,000 cells, then fewer, but 99; none from a thousand
    million pupils."""
    return 0 if n.sum() >= SHUFFLED else int(min(SHUFFLES, max(99, BUDGET // max(n.size, 1))))


def split_by(table: Table, by: str, focal, chosen) -> dict[str, Split]:
    """Between and within the values of a column, for every chosen index that splits; none where nothing can
    be assessed."""
    split = {}
    for index in chosen:
        two = index.groups == "two"
        column = table.groups.index(focal) if two and focal in table.groups else None
        if (
            index.name in WEIGHTS
            and (not two or column is not None)
            and assessable(np.asarray(table.counts, float), column)
        ):
            split[index.name] = between_within(table.counts, table.extras[by], index, column)
    return split


def each_school(table: Table, n, focal) -> tuple[dict, ...]:
    """One record per school with pupils: its size, the focal group's share, and its place in the whole."""
    counts = np.asarray(table.counts, float)
    rows = np.flatnonzero(counts.sum(1) > 0)
    column = table.groups.index(focal) if focal in table.groups else None
    if column is None or not assessable(counts, column):
        return ()
    counts = counts[rows]
    quotient, local = location_quotient(counts)[:, column], local_segregation(counts)
    part = contribution(counts, column)
    t = counts.sum(1)
    return tuple(
        {
            "unit": table.units[row],
            "pupils": int(t[i]),
            "share": float(ratio(counts[i, column], t[i])),
            "location_quotient": float(quotient[i]),
            "local_segregation": float(local[i]),
            "contribution": float(part[i]),
        }
        for i, row in enumerate(rows)
    )

"""Taking stock of a territory: five dimensions, as data.

>>> import segkit as sk
>>> stock = assess(sk.protect(sk.sample("marenza")), level="primary")
>>> [dimension.key for dimension in stock.dimensions]
['population', 'supply', 'segregation', 'mobility', 'results']

Each dimension asks a question, says what it needs, answers with numbers next to chance, and says what is
missing. There is no total score, no order of schools by merit and no advice: whoever lives there decides
what the numbers mean.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from html import escape

from segkit.assessing.mobility import mobility
from segkit.assessing.population import population
from segkit.assessing.results import results
from segkit.assessing.segregation import segregation
from segkit.assessing.stock import EVERY, Dimension, Finding, Need, Rows, Stock, named
from segkit.assessing.supply import supply
from segkit.estimate import whole as whole_number
from segkit.privacy import Protected
from segkit.territory import WHOLE
from segkit.words import language, listed, number, say

__all__ = ["Assessment", "Dimension", "Finding", "Need", "Rows", "assess"]

DIMENSIONS = (population, supply, segregation, mobility, results)
RECIPE = re.compile(r'sk\.sample\("(\w+)"(?:, seed=(\d+))?\)')  # of an invented town as it comes
LEADING = (  # the findings that are told first
    "population.share",
    "supply.sectors",
    "segregation.dissimilarity",
    "mobility.stay",
    "mobility.residential",
)


@dataclass(frozen=True, eq=False, repr=False)
class Assessment:
    """A territory in five dimensions, for a year, a level of schooling and a grouping.

    `assessment["segregation"]` is a dimension, `.finding("segregation.dissimilarity")` one of its findings;
    `.frame()` has all numbers, `.as_dict()` is ready for JSON. `.start` holds the lines of Python that come
    before any finding's `command`.
    """

    view: Protected
    year: int
    level: str | None
    grouping: str
    seed: int
    start: str
    dimensions: tuple[Dimension, ...]
    lang: str  # of its sentences

    def again(self) -> Assessment:
        """The same, said in the language that is spoken now."""
        level = EVERY if self.level is None else self.level
        return assess(self.view, year=self.year or None, level=level, grouping=self.grouping, seed=self.seed)

    def __getitem__(self, key: str) -> Dimension:
        found = {dimension.key: dimension for dimension in self.dimensions}
        if key not in found:
            raise KeyError(say("assess.unknown.dimension", came=key, there=listed(found)))
        return found[key]

    @property
    def findings(self) -> dict[str, Finding]:
        """Every finding, by its key."""
        return {finding.key: finding for dimension in self.dimensions for finding in dimension.findings}

    def finding(self, key: str) -> Finding:
        """One finding, by its key."""
        found = self.findings
        if key not in found:
            raise KeyError(say("assess.unknown.finding", came=key, there=listed(found, most=99)))
        return found[key]

    @property
    def about(self) -> str:
        """What was assessed, in a sentence."""
        t = self.view.territory
        focal = t.focal.get(self.grouping)
        key = "assess.about" + (".alone" if focal is None else "" if self.level else ".levels")
        said = {"level": self.level, "grouping": named(self.grouping), "focal": named(focal)}
        text = say(key, name=t.name, year=self.year, **said)
        return text + (" " + say("assess.about.left", levels=listed(self.left)) if self.left else "")

    @property
    def left(self) -> tuple[str, ...]:
        """The levels of schooling whose pupils are not counted here."""
        t = self.view.territory
        return tuple(named(one) for one in t.levels if one and one != self.level) if self.level else ()

    @property
    def shell(self) -> str:
        """The line for a terminal that gives all numbers again."""
        t = self.view.territory
        lines = []
        path = say("assess.file")
        if t.invented and (town := RECIPE.fullmatch(t.recipe)):
            path = town[1]
            lines.append(f"segkit sample {town[1]} {path}" + (f" --seed {town[2]}" if town[2] else ""))
        level = EVERY if self.level is None and len(t.levels) > 1 else self.level
        choice = [
            ("--year", self.year),
            ("--level", level),
            ("--grouping", self.grouping),
            ("--seed", self.seed),
        ]
        choice += [] if t.invented else [("-k", self.view.k)]
        words = [f"{name} {shlex.quote(str(value))}" for name, value in choice if value]
        return "\n".join([*lines, " ".join(["segkit assess", path, *words, "--format json"])])

    def summary(self) -> tuple[str, ...]:
        """The first things to know, one sentence or two for each dimension."""
        found = self.findings
        said = [found[key].text for key in LEADING if key in found and found[key].assessed]
        outcomes = [one for one in self["results"].findings if one.assessed]
        said += [outcomes[0].text] if outcomes else []
        lacking = [
            dimension.title
            for dimension in self.dimensions
            if not any(f.assessed for f in dimension.findings)
        ]
        if lacking:
            said.append(say("assess.summary.lacking", names=listed(lacking)))
        return tuple(said)

    def as_dict(self) -> dict:
        """Plain numbers and names, ready for JSON: only what may be shown."""
        t = self.view.territory
        return {
            "territory": t.name,
            "invented": t.invented,
            "year": self.year,
            "level": self.level,
            "grouping": self.grouping,
            "focal": t.focal.get(self.grouping),
            "seed": self.seed,
            "readiness": t.readiness,
            "privacy": {
                "mode": self.view.mode,
                "k": self.view.k,
                "whole": self.view.whole,
                "hidden": {table: int(n) for table, n in dict(self.view.hidden).items()},
                "notice": [str(line) for line in self.view.notice],
            },
            "start": self.start,
            "dimensions": {dimension.key: dimension.as_dict() for dimension in self.dimensions},
        }

    def frame(self):
        """All numbers as a pandas DataFrame, one row per finding."""
        import pandas as pd

        names = (
            "title",
            "value",
            "low",
            "high",
            "chance",
            "p",
            "interval",
            "text",
            "why",
            "collect",
            "command",
        )
        rows = {
            finding.key: [dimension.key, *(getattr(finding, name) for name in names)]
            for dimension in self.dimensions
            for finding in dimension.findings
        }
        return pd.DataFrame.from_dict(rows, orient="index", columns=["dimension", *names])

    def __str__(self):
        lines = [self.about, *self.view.notice]
        for n, dimension in enumerate(self.dimensions, 1):
            lines += [
                "",
                say("assess.heading", number=n, title=dimension.title),
                f"   {dimension.question}",
            ]
            for finding in dimension.findings:
                lines.append(f" - {said(finding)}")
            if dimension.missing:
                lines.append("   " + say("assess.missing"))
                lines += [f"   · {line}" for line in dimension.missing]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self):
        out = [
            f"<p>{escape(self.about)}</p>",
            *(f"<p><small>{escape(line)}</small></p>" for line in self.view.notice),
        ]
        for n, dimension in enumerate(self.dimensions, 1):
            title = say("assess.heading", number=n, title=dimension.title)
            out.append(f"<h3>{escape(title)}</h3><p><em>{escape(dimension.question)}</em></p>")
            for finding in dimension.findings:
                out.append(f"<p>{escape(said(finding))}</p>")
                if finding.rows is not None:
                    out.append(_details(finding))
            if dimension.missing:
                lines = "".join(f"<li>{escape(line)}</li>" for line in dimension.missing)
                out.append(f"<p><b>{escape(say('assess.missing'))}</b></p><ul>{lines}</ul>")
        return "".join(out)


def said(finding: Finding) -> str:
    """A finding in a line: its sentence, or why there is none and what to collect."""
    if finding.assessed:
        return say("assess.finding", title=finding.title, text=finding.text)
    return say("assess.cannot", title=finding.title, why=finding.why, collect=finding.collect).strip()


def _details(finding: Finding) -> str:
    head = "".join(
        f"<th scope='col' style='text-align:left'>{escape(str(cell))}</th>" for cell in finding.rows.head
    )
    body = "".join(
        "<tr>" + "".join(f"<td style='text-align:left'>{escape(shown(cell))}</td>" for cell in row) + "</tr>"
        for row in finding.rows.body
    )
    return (
        f"<details><summary>{escape(say('assess.table', title=finding.title))}</summary>"
        f"<table style='font-variant-numeric:tabular-nums'><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></details>"
    )


def shown(cell) -> str:
    """A cell of a small table as a reader sees it."""
    return number(cell, ",") if isinstance(cell, int) and not isinstance(cell, bool) else str(cell)


def assess(view: Protected, *, year=None, level=None, grouping=None, seed=1) -> Assessment:
    """Take stock of a territory in five dimensions.

    view : what `protect` gives; a raw territory is a TypeError, because what is assessed is shown. year : the
    last one where nothing is said. level : the first one; "all" for all levels together. grouping : the
    first one. seed : the same seed, the same draws. Returns an Assessment; what cannot be assessed says why
    and what to collect, and is never an error.
    """
    if not isinstance(view, Protected):
        raise TypeError(say("privacy.raw"))
    t = view.territory
    year, level = _year(t, year), _level(t, level)
    grouping = _first_grouping(t) if grouping is None else t._grouping(grouping)
    stock = Stock(view, year, level, grouping, whole_number("seed", seed, 0))
    dimensions = tuple(make(stock) for make in DIMENSIONS)
    return Assessment(view, year, level, stock.grouping, stock.seed, stock.start, dimensions, language())


def _year(territory, year) -> int:
    if year is None:
        return territory.years[-1] if territory.years else 0
    if year not in territory.years:
        raise ValueError(say("territory.unknown.year", came=year, there=listed(territory.years)))
    return int(year)


def _first_grouping(territory) -> str:
    """The first criterion by which the pupils of schools are counted; everyone together if there is none."""
    there = set(territory.enrolment["grouping"])
    return next((one for one in territory.groupings if one != WHOLE and one in there), WHOLE)


def _level(territory, level) -> str | None:
    there = territory.levels
    if level is None:
        return there[0] if len(there) > 1 else None
    if level in there:
        return level
    if level != EVERY:
        raise ValueError(say("assess.unknown.level", came=level, there=listed(there)))
    return None

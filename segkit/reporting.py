"""An assessment as one page that a council can read: it prints, needs no network, and holds nothing that is
not shown.

>>> import segkit as sk
>>> page = report(sk.protect(sk.sample("marenza")), level="primary", problem="Who decides who goes where?")
>>> page.startswith("<!doctype html>"), "Who decides who goes where?" in page
(True, True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from segkit.assessing import Assessment, Dimension, Finding, assess, shown
from segkit.assessing.stock import p_text
from segkit.indices.shelf import INDICES, CannotBeAssessed
from segkit.privacy import Protected
from segkit.terms import glossary
from segkit.territory import WHOLE
from segkit.words import language, listed, number, pattern, say, speaking, words

__all__ = ["report"]

TOLD = ("dissimilarity", "gorard", "isolation", "information")  # with a paragraph; all are in the table
LONG = 15  # rows; a longer table goes to the end
TERMS = (  # of the glossary, beside the indices
    "segregation residential_segregation school_segregation unit group focal_group share sector catchment "
    "evenness exposure by_chance p interval between_within threshold"
).split()
# dimension -> the pictures that go with it: what they are called in the plots, after which finding, options
PICTURES = (
    ("population.schools", "composition", {}),
    ("supply.zones", "zone_map", {"of": "supply"}),
    ("supply.capacity", "capacity", {}),
    ("segregation.years", "years", {}),
    ("segregation.sectors", "sectors", {}),
    ("segregation.both_sides", "zone_map", {"of": "both"}),
    ("mobility.residential", "both_sides", {}),
    ("mobility.where", "flows", {}),
)
OUTCOMES = "outcomes"  # the picture after the last finding of the results


@dataclass(frozen=True)
class Drawn:
    """A picture on the page: its drawing, what it shows in words, and its number."""

    number: int
    svg: str
    alt: str
    caption: str


def report(source, path=None, *, problem="", place="", lang=None, **choice) -> str:
    """One self-contained page of HTML about a territory: five dimensions, method, sources, notice.

    source : an Assessment, or a protected view (then year, level, grouping and seed as for `assess`). path :
    a file to write. problem : the reader's own words on the problem of practice. place : a line under the
    title, such as who reports to whom, and when. lang : the language of the page, where it is not the one
    that is spoken. Returns the page. A raw territory is a TypeError.
    """
    with speaking(lang or language()):
        if isinstance(source, Protected):
            source = assess(source, **choice)
        elif not isinstance(source, Assessment):
            raise TypeError(say("privacy.raw"))
        elif choice:
            raise TypeError(say("report.choice", came=listed(choice)))
        elif source.lang != language():
            source = source.again()
        text = page(source, str(problem).strip(), str(place).strip())
    source.view.release()  # a page that leaves is a publication, and is remembered as one
    if path is not None:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    return text


def page(found: Assessment, problem: str, place: str) -> str:
    """The assessment, its pictures and its apparatus, poured into the template."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from segkit import __version__

    rooms = PackageLoader("segkit", "templates")
    made = Environment(
        loader=rooms, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"say": lambda key, **values: say(f"report.{key}", **values), "svg": Markup}
    drawn = pictures(found)
    return (
        made.get_template("report.html").render(
            found=found,
            town=found.view.territory,
            view=found.view,
            lang=language(),
            problem=problem,
            place=place,
            version=__version__,
            dimensions=[of_dimension(dimension, drawn) for dimension in found.dimensions],
            shelf=shelf(found),
            annex=[table_of(one) for one in found.findings.values() if is_long(one)],
            formulas=[
                (say(f"index.{one.name}"), one.symbol, formula(one.name), one.source)
                for one in INDICES.values()
            ],
            stated=stated(found),
            conventions=conventions(found),
            sources=sources(found),
            terms=terms(found),
            again=[(one.title, one.command) for one in found.findings.values() if one.assessed],
            notice=[str(line) for line in found.view.notice],
            hidden=sum(dict(found.view.hidden).values()),
            file=say("assess.file"),
        )
        + "\n"
    )


# --- the five


def of_dimension(dimension: Dimension, drawn: dict[str, list[Drawn]]) -> dict:
    """A dimension as the template takes it."""
    indices = {f"segregation.{name}" for name in INDICES}
    told = {f"segregation.{name}" for name in TOLD}
    findings = [
        {
            "found": finding,
            "table": None if is_long(finding) or finding.key in indices else table_of(finding),
            "long": is_long(finding),
            "pictures": drawn.get(finding.key, []),
            "anchor": anchor(finding.key),
        }
        for finding in dimension.findings
        if finding.assessed and (finding.key not in indices or finding.key in told)
    ]
    refused = [one for one in dimension.findings if not one.assessed and one.key not in indices]
    if dimension.key == "segregation" and not any(f["found"].key in told for f in findings):
        refused = [one for one in dimension.findings if one.key == "segregation.dissimilarity"] + refused
    return {
        "key": dimension.key,
        "title": dimension.title,
        "question": dimension.question,
        "needs": dimension.needs,
        "findings": findings,
        "refused": reasons(refused),
        "pictures": drawn.get(dimension.key, []),
        "missing": dimension.missing,
    }


def reasons(findings) -> list[tuple[str, str, str]]:
    """What could not be assessed, those of one reason together: titles, why, what to collect."""
    together: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        together.setdefault((one.why, one.collect), []).append(one.title)
    return [("; ".join(titles), why, collect) for (why, collect), titles in together.items()]


def anchor(key: str) -> str:
    """The name of a place on the page."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def is_long(finding: Finding) -> bool:
    return finding.assessed and finding.rows is not None and len(finding.rows.body) > LONG


def table_of(finding: Finding) -> dict | None:
    """A finding's table: caption, heads, rows, and which columns are numbers."""
    if finding.rows is None or not finding.rows.body:
        return None
    body = [[shown(cell) for cell in row] for row in finding.rows.body]
    numeric = [all(is_number(row[i]) for row in body) for i in range(len(finding.rows.head))]
    return {
        "caption": finding.title,
        "anchor": anchor(finding.key),
        "head": list(zip(finding.rows.head, numeric, strict=True)),
        "body": [list(zip(row, numeric, strict=True)) for row in body],
        "wide": len(finding.rows.head) > 6,
    }


NUMBER = re.compile(r"[-+−–]?[\d.,’\u00a0\u202f]*\s?(%|m)?")
ENDS = ("assess.range", "assess.count.range", "assess.share.range", "assess.at_least")
INSTEAD = (  # what stands where a number would
    "assess.hidden assess.few assess.nothing assess.hidden.no assess.share.under assess.share.over".split()
)


def is_number(cell: str) -> bool:
    """Does a cell hold a number, two ends of one, or what is said in place of a number?

    >>> [is_number(cell) for cell in ("1,204", "0.2 to 0.4", "hidden", "S01")]
    [True, True, True, False]
    """
    if NUMBER.fullmatch(cell) or cell in map(say, INSTEAD):
        return True
    found = (pattern(key, language()).fullmatch(cell) for key in ENDS)
    return any(all(map(NUMBER.fullmatch, one.groups())) for one in found if one)


def shelf(found: Assessment) -> dict | None:
    """Every index in one table: value, chance, interval, or why there is none."""
    body = []
    for name, index in INDICES.items():
        one = found.finding(f"segregation.{name}")
        if not one.assessed:
            continue
        body.append(
            [
                (f"{say(f'index.{name}')} ({index.symbol})" + pooled(one, index), False),
                (stated_as(one.value, one.low, one.high), True),
                (stated_as(one.chance, *(one.expected or (None, None))), True),
                ("–" if one.p is None else p_text(one.p, found.view.whole), True),
                ("–" if one.interval is None else stated_as(None, *one.interval), True),
            ]
        )
    if not body:
        return None
    heads = ("index", "value", "chance", "p", "interval")
    used = [i for i in range(len(heads)) if any(row[i][0] != "–" for row in body)]
    heads, body = [heads[i] for i in used], [[row[i] for i in used] for row in body]
    return {
        "caption": say("report.shelf"),
        "anchor": "shelf",
        "head": [(say(f"report.head.{name}"), i > 0) for i, name in enumerate(heads)],
        "body": body,
        "about": say("report.shelf.about") if "interval" in heads else say("report.shelf.hidden"),
        "wide": False,
    }


def pooled(one: Finding, index) -> str:
    """Said after an index of all groups that could only be had for two."""
    return " " + say("report.two_groups") if index.groups == "many" and one.caution else ""


def stated_as(value, low=None, high=None) -> str:
    """A number with two decimals, or the two it lies between."""
    if value is not None:
        return number(value, ".2f")
    return "–" if low is None else say("assess.range", low=number(low, ".2f"), high=number(high, ".2f"))


# --- pictures


def pictures(found: Assessment) -> dict[str, list[Drawn]]:
    """The pictures there can be, by the finding they follow, numbered in the order of the page."""
    from segkit import plots

    where = {"year": found.year, "level": found.level, "grouping": found.grouping}
    wanted = [(key, name, options) for key, name, options in PICTURES] + [("results", OUTCOMES, {})]
    order = [*found.findings, "results"]
    out: dict[str, list[Drawn]] = {}
    n = 0
    for key, name, options in sorted(wanted, key=lambda one: order.index(one[0])):
        if key in found.findings and not found.finding(key).assessed:
            continue
        try:
            picture = getattr(plots, name)(found.view, **where, **options)
        except (CannotBeAssessed, ValueError):  # what cannot be drawn is said in words already
            continue
        n += 1
        title = found.finding(key).title if key in found.findings else found[key].title
        caption = say("report.caption", title=title, name=found.view.territory.name, year=found.year)
        out.setdefault(key, []).append(Drawn(n, inline(picture.svg(), f"p{n}-"), picture.alt, caption))
    return out


def inline(svg: str, prefix: str) -> str:
    """A drawing that can stand inside a page: no prologue, no comments, no metadata, and names of its own."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r'(\sid=")', rf"\1{prefix}", svg)
    svg = re.sub(r'(href="#|url\(#)', rf"\1{prefix}", svg)
    svg = re.sub(
        r'^<svg [^>]*?(viewBox="[^"]*")[^>]*>',
        r'<svg \1 aria-hidden="true" focusable="false">',
        svg,
        flags=re.S,
    )
    svg = re.sub(r"(\d\d\.\d\d)\d+", r"\1", svg)  # a hundredth of a point is finer than print
    return re.sub(r"\s*\n\s*", " ", svg).strip().replace("xlink:href", "href")


# --- the apparatus


def formula(name: str) -> str:
    """An index's formula, in plain letters."""
    key = f"report.formula.{name}"
    return say(key) if key in words() else ""


def stated(found: Assessment) -> list[str]:
    """Which indices are stated where counts are hidden, and which are not; nothing where none is hidden."""
    if found.view.whole or found.grouping == WHOLE:
        return []
    held = [one for one in INDICES.values() if one.additive]
    rest = [one for one in INDICES.values() if not one.additive]
    return [
        say(f"report.method.{key}", names=listed((say(f"index.{one.name}") for one in some), most=20))
        for key, some in (("held", held), ("silent", rest))
        if some
    ]


def conventions(found: Assessment) -> list[str]:
    """Every convention that was used, once."""
    said = [one.caution for one in found.findings.values() if one.assessed and one.caution]
    return list(dict.fromkeys([*said, say("report.convention.rows"), say("report.convention.chance")]))


def sources(found: Assessment) -> list[str]:
    """Whoever proposed what was used, once, in the order of the alphabet."""
    used = [
        part
        for one in found.findings.values()
        if one.assessed and one.source
        for part in one.source.split("; ")
    ]
    return sorted(dict.fromkeys([*used, *say("report.sources").split("; ")]), key=str.casefold)


def terms(found: Assessment) -> list:
    """The words a reader may want to look up: those of the page, then its indices."""
    there = [f"segregation.{name}" for name in INDICES]
    used = [key.split(".")[1] for key in there if found.finding(key).assessed]
    by_key = {term.key: term for term in glossary()}
    return [by_key[key] for key in (*TERMS, *used) if key in by_key]

"""Dimension 1: who goes to which school?"""

import numpy as np

from segkit.assessing.stock import Dimension, Hidden, Need, Rows, Stock, asked, heads, missing, named, percent
from segkit.indices.shelf import CannotBeAssessed
from segkit.privacy.bounds import Bounds
from segkit.territory import WHOLE
from segkit.words import listed, say, sector_name

SMALL = 100  # in a smaller school one child is more than one percentage point: our convention
CLASSES = (0, 5, 10, 20, 30, 50, 100)  # per cent: where a class of shares begins and ends; our convention


def population(stock: Stock) -> Dimension:
    """Composition of each school and of the system, by each criterion, and over the years."""
    findings = (
        asked(stock, "population.share", share, "groups"),
        asked(stock, "population.groupings", groupings, "groupings"),
        asked(stock, "population.schools", schools, "enrolment"),
        asked(stock, "population.spread", spread, "groups"),
        asked(stock, "population.small", small, "enrolment"),
        asked(stock, "population.years", years, "years"),
    )
    t = stock.territory
    several = len(t.years) > 1
    rounded = bool((t.enrolment["n_status"] == "rounded").any())
    needs = (
        Need(say("assess.need.rolls"), bool(stock.rolls)),
        Need(say("assess.need.groups"), bool(stock.groupings)),
        Need(say("assess.need.groupings"), len(stock.groupings) > 1),
        Need(say("assess.need.years"), several),
    )
    lacking = missing(
        (stock.groupings, "groups"), (len(stock.groupings) > 1, "groupings"), (several, "years")
    )
    return Dimension(
        "population",
        say("assess.population"),
        say("assess.population.question"),
        needs,
        findings,
        (*lacking, *([say("assess.rounded")] if rounded else []), say("assess.population.never")),
    )


def share(stock: Stock) -> dict:
    """How many of all pupils belong to the focal group."""
    found = stock.reach()
    part = stock.share_of(found)
    groups = stock.territory.groupings[stock.grouping]
    body = []
    for group in groups:
        one = stock.reach(group)
        body.append((group, stock.count(*one.ends), stock.share_of(one).text))
    told, all_ = int(found.t.sum()), sum(stock.rolls.values())
    some = stock.cells().known.all() and all_ > told  # the criterion is not known of everybody
    said = {"share": part.text, "focal": named(stock.focal), "grouping": named(stock.grouping)}
    return {
        "value": part.value,
        "low": part.low,
        "high": part.high,
        "text": say(
            "assess.population.share." + ("some" if some else "text"),
            year=stock.year,
            pupils=all_ if some else told,
            schools=len(stock.rolls) if some else len(found.units),
            told=told,
            level=of_level(stock),
            **said,
        ),
        "rows": Rows(heads("group", "pupils", "share"), tuple(body)),
    }


def of_level(stock: Stock) -> str:
    """Of which level the pupils are; nothing where all are looked at."""
    level = stock.level
    return "" if level is None else say("assess.population.share.level", level=named(level))


def groupings(stock: Stock) -> dict:
    """The same by every other criterion there is."""
    others = [one for one in stock.groupings if one != stock.grouping]
    if not others:
        raise CannotBeAssessed(say("assess.one_grouping"))
    body = []
    for grouping in others:
        for group in stock.territory.groupings[grouping]:
            try:
                one = stock.reach(group, grouping)
            except CannotBeAssessed:
                body.append((grouping, group, say("assess.hidden"), say("assess.hidden")))
                continue
            body.append((grouping, group, stock.count(*one.ends), stock.share_of(one).text))
    names = listed(named(one) for one in others)
    return {
        "value": len(others),
        "text": say("assess.population.groupings.text", names=names),
        "rows": Rows(heads("grouping", "group", "pupils", "share"), tuple(body)),
    }


def schools(stock: Stock) -> dict:
    """Each school's pupils and the share of each group, in the order of the file."""
    stock.some_schools()
    groups = [] if stock.grouping == WHOLE else list(stock.territory.groupings[stock.grouping])
    cells = stock.cells() if groups else None
    at = {} if cells is None else {unit: i for i, unit in enumerate(cells.units)}
    body = []
    for school, row in stock.schools.iterrows():
        roll = stock.rolls.get(school)
        shares = []
        for column in range(len(groups)):
            i = at.get(school)
            if i is None:  # nobody there is told apart by this
                shares.append("–")
                continue
            of = int(cells.n[i].sum()) if cells.known[i].all() else roll
            there = cells.known[i, column] and of
            shares.append(stock.part(cells.n[i, column], of).text if there else say("assess.hidden"))
        pupils = say("assess.hidden") if roll is None else roll
        body.append((school, row["name"], sector_name(row["sector"]), pupils, *shares))
    hidden = 0 if cells is None else int((~cells.known).sum())
    key = "assess.population.schools.text" + ("" if not hidden else ".hidden")
    head = (*heads("school", "name", "sector", "pupils"), *groups)
    return {
        "value": len(body),
        "text": say(key, n=len(body), hidden=hidden),
        "rows": Rows(head, tuple(body)),
    }


def spread(stock: Stock) -> dict:
    """How far apart the schools' shares of the focal group lie."""
    found = stock.reach()
    low, high = found.low / found.t, found.high / found.t
    ends = [np.quantile(low, q) for q in (0, 0.25)] + [np.quantile(high, q) for q in (0.75, 1)]
    least, quarter, three, most = (percent(float(end), 1) for end in ends)
    exact = found.exact
    span = float(ends[3] - ends[0])
    between = Bounds(max(0.0, float(low.max() - high.min())), span, False).outward()
    counted = []
    for a, b in zip(CLASSES, CLASSES[1:], strict=False):
        inside = [
            class_of(x, t) == class_of(y, t) == (a, b)
            for x, y, t in zip(found.low, found.high, found.t, strict=True)
        ]
        key = "assess.class" + (".last" if b == CLASSES[-1] else "")
        counted.append((say(key, low=a, high=b), sum(inside)))
    unsure = len(found.units) - sum(n for _, n in counted)
    if unsure:
        counted.append((say("assess.class.hidden"), unsure))
    said = {
        "least": least,
        "most": most,
        "quarter": quarter,
        "three": three,
        "focal": named(stock.focal),
        "n": len(found.units),
    }
    return {
        "value": stock.rounded(span) if exact else None,
        "low": None if exact else between.low,
        "high": None if exact else between.high,
        "text": say("assess.population.spread.text" + ("" if exact else ".hidden"), **said),
        "rows": Rows(heads("class", "schools"), tuple(counted)),
        "caution": say("assess.population.spread.convention"),
    }


def class_of(n, of) -> tuple[int, int]:
    """The class of shares a school is in: from the first number up to, but without, the second."""
    for a, b in zip(CLASSES, CLASSES[1:], strict=False):
        if 100 * n < b * of:
            return a, b
    return CLASSES[-2:]


def small(stock: Stock) -> dict:
    """How many schools are so small that one child shows in a percentage."""
    stock.some_schools()
    rolls = [stock.rolls.get(school) for school in stock.units]
    unknown = sum(roll is None for roll in rolls)
    few = sum(roll is not None and roll < SMALL for roll in rolls)
    known = [roll for roll in rolls if roll is not None]
    if not known:
        raise CannotBeAssessed(say("bounds.no_rolls", n=unknown, of=len(rolls)))
    return {
        "value": None if unknown else few,
        "low": few if unknown else None,
        "high": few + unknown if unknown else None,
        "text": say(
            "assess.population.small.text",
            few=stock.count(few, few + unknown),
            n=len(rolls),
            small=SMALL,
            median=int(np.median(known)),
        ),
        "caution": say("assess.population.small.convention", small=SMALL),
    }


def years(stock: Stock) -> dict:
    """The focal group's share, year by year."""
    if len(stock.territory.years) < 2:
        raise CannotBeAssessed(say("assess.one_year"))
    if stock.grouping == WHOLE:
        return totals(stock)
    body, parts = [], []
    for year in stock.territory.years:
        try:
            one = stock.reach(year=year)
        except CannotBeAssessed:
            body.append((str(year), say("assess.hidden"), say("assess.hidden"), say("assess.hidden")))
            continue
        part = stock.share_of(one)
        parts.append((year, part, one))
        body.append((str(year), len(one.units), int(one.t.sum()), part.text))
    if len(parts) < 2:
        raise Hidden(say("assess.one_year.known"))
    (first, a, _), (last, b, _) = parts[0], parts[-1]
    value = None if a.value is None or b.value is None else stock.rounded(b.value - a.value)
    return {
        "value": value,
        "text": say(
            "assess.population.years.text",
            first=first,
            last=last,
            focal=named(stock.focal),
            before=a.text,
            after=b.text,
        ),
        "rows": Rows(heads("year", "schools", "pupils", "share"), tuple(body)),
    }


def totals(stock: Stock) -> dict:
    """How many pupils there were, year by year: of everyone together there is no share."""
    found = {}
    for year in stock.territory.years:
        n = stock.view.total(WHOLE, year, stock.level, WHOLE)
        if n is not None:
            found[year] = n
    if len(found) < 2:
        raise Hidden(say("assess.one_year.known"))
    told = [say("assess.population.years.total", year=year, n=n) for year, n in found.items()]
    first, *_, last = found.values()
    return {
        "value": last - first,
        "text": say("assess.population.years.totals", told=listed(told, most=20)),
        "rows": Rows(heads("year", "pupils"), tuple((str(year), n) for year, n in found.items())),
    }

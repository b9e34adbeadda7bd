"""Dimension 3: how unevenly are the groups spread over the schools, and would chance do the same?"""

from contextlib import suppress

import numpy as np

from segkit.assessing.stock import (
    Dimension,
    Finding,
    Hidden,
    Lacking,
    Need,
    Reach,
    Rows,
    Stock,
    asked,
    heads,
    in_areas,
    missing,
    named,
    p_text,
    reason_of,
)
from segkit.decompose import WEIGHTS, between_within, change
from segkit.estimate import compare, exact_mean
from segkit.indices import contribution
from segkit.indices.shelf import INDICES, CannotBeAssessed, assessable, reason
from segkit.measuring import measure
from segkit.privacy.bounds import Bounds, box, span
from segkit.words import listed, number, say, sector_name

LEADING = ("dissimilarity", "gorard", "isolation", "information")  # told year by year, beside the whole shelf
POOLED = ("mutual_information", "information")  # of two groups where the counts of several are hidden
DRAWS = 400  # of pupils anew, for the intervals
LEVEL = 0.05  # a larger p is called chance: a convention, and said to be one
TRIED = 25  # totals of the focal group that are tried for the range of chance, where its total is hidden
MASSEY_DENTON = ("low", "moderate", "high")  # below 0.3, up to 0.6, above; p. 20; for D, where people live
SMALL = 50  # pupils a school; with fewer, an interval of the indices that are sums of gaps is too narrow
GAPS = ("dissimilarity", "gorard", "gini", "multigroup_dissimilarity", "multigroup_gini")


def segregation(stock: Stock) -> Dimension:
    """The shelf of indices next to chance, over time, by sector and zone, school by school, and the
    residential side next to it."""
    t = stock.territory
    findings = [index_finding(stock, name) for name in INDICES]
    findings += [
        asked(stock, "segregation.years", years, "years"),
        asked(stock, "segregation.change", what_changed, "years", source="Elbers (2021)"),
        asked(stock, "segregation.sectors", lambda s: split(s, "sector"), "sectors", source=split_source()),
        asked(stock, "segregation.zones", lambda s: split(s, "zone"), "school_zones", source=split_source()),
        asked(
            stock,
            "segregation.contributions",
            contributions,
            "groups",
            source=INDICES["dissimilarity"].source,
        ),
        asked(stock, "segregation.both_sides", both_sides, "flows", source=INDICES["dissimilarity"].source),
        asked(stock, "segregation.groupings", groupings, "groups", source=INDICES["dissimilarity"].source),
        asked(stock, "segregation.levels", levels, "levels", source=INDICES["dissimilarity"].source),
    ]
    needs = (
        Need(say("assess.need.groups"), bool(stock.groupings)),
        Need(say("assess.need.schools"), len(stock.units) > 1),
        Need(say("assess.need.years"), len(t.years) > 1),
        Need(say("assess.need.residents"), t.has("residents")),
        Need(say("assess.need.flows"), t.has("flows")),
    )
    lacking = missing(
        (stock.groupings, "groups"),
        (len(stock.units) > 1, "schools"),
        (len(t.years) > 1, "years"),
        (t.has("residents"), "residents"),
        (t.has("flows"), "flows"),
    )
    return Dimension(
        "segregation",
        say("assess.segregation"),
        say("assess.segregation.question"),
        needs,
        tuple(findings),
        (*lacking, say("assess.segregation.many"), say("assess.segregation.never")),
    )


def split_source() -> str:
    return say("assess.segregation.split.source")


# --- the shelf


def measured(stock: Stock):
    """Every index of the schools' table, with chance and interval: drawn once and read by all."""
    cells = stock.cells()
    if not cells.known.all():
        return None
    table = stock.table()
    focal = stock.focal
    n = np.asarray(table.counts, float)
    if not assessable(n, table.groups.index(focal)):
        raise CannotBeAssessed(say("refuse", why=reason(n, table.groups.index(focal))))
    return measure(table, focal=focal, bootstrap=DRAWS, seed=stock.seed)


def index_finding(stock: Stock, name: str) -> Finding:
    """One index: next to chance where the counts are known, an interval where some are hidden."""
    index = INDICES[name]
    key = f"segregation.{name}"
    line = f"sk.{name}({stock.table_line()})"
    title = say("assess.segregation.index", name=say(f"index.{name}"), symbol=index.symbol)
    said = {"title": title, "source": index.source}

    def make(stock):
        stock.focal  # noqa: B018  a grouping of everyone has none, and is refused
        found = stock.once("measured", lambda: measured(stock))
        return known(stock, name, found) if found is not None else hidden(stock, name)

    try:
        command = (
            line
            if stock.once("measured", lambda: measured(stock)) is not None
            else interval_line(stock, name)
        )
    except CannotBeAssessed:
        command = line
    return asked(stock, key, make, "groups" if not stock.groupings else "schools", command=command, **said)


def interval_line(stock: Stock, name: str, of="schools") -> str:
    where = f"{stock.year}, {stock.level!r}, {stock.grouping!r}"
    more = "" if of == "schools" else f", of={of!r}"
    return f"view.interval({name!r}, {where}{more})"


def known(stock: Stock, name: str, found) -> dict:
    """An index of counts that are all known."""
    if name in found.unavailable:
        raise CannotBeAssessed(say("refuse", why=found.unavailable[name]))
    value, chance, drawn = found.values[name], found.chance.get(name), found.interval.get(name)
    text = say(
        "assess.segregation.index.text",
        name=say(f"index.{name}"),
        value=value,
        means=say(f"index.{name}.means"),
    )
    if chance is not None:
        text += " " + say("assess.segregation.chance", expected=chance.expected)
        if chance.p is not None:
            text += " " + said_of_p(stock, name, chance, found)
    if drawn is not None:
        even = ends_of(stock, name, found)[0]
        lost = chance is not None and (chance.p or 0) > LEVEL and not drawn.low <= even <= drawn.high
        key = "assess.segregation.interval" + (".chance" if lost else "")
        text += " " + say(key, low=drawn.low, high=drawn.high)
        if name in GAPS and found.pupils < SMALL * found.units:
            text += " " + say("assess.segregation.interval.narrow")
    return {
        "value": stock.rounded(value),
        "chance": None if chance is None else stock.rounded(chance.expected),
        "p": None if chance is None else stock.rounded_p(chance.p),
        "interval": None if drawn is None else (stock.rounded(drawn.low), stock.rounded(drawn.high)),
        "text": text,
        "caution": reading(name, value, value),
    }


def ends_of(stock: Stock, name: str, found) -> tuple[float, float]:
    """The index of these groups where every school mirrors the whole, and where no school is mixed."""
    n = np.asarray(found.table.counts, float)
    return tuple(float(end) for end in INDICES[name].ends(n, found.table.groups.index(stock.focal)))


def said_of_p(stock: Stock, name: str, chance, found) -> str:
    """Whether chance could have done it, in a sentence; of meeting others, less is more segregated."""
    times = round(chance.p * (1 + chance.shuffles) - 1)
    key = "often" if chance.p > LEVEL else "rare" if times else "none"
    even, complete = ends_of(stock, name, found)
    much = say("assess.segregation.p." + ("much" if complete > even else "little"))
    return say(f"assess.segregation.p.{key}", times=times, shuffles=chance.shuffles, much=much)


def hidden(stock: Stock, name: str) -> dict:
    """An index over hidden counts: the interval it must lie in, and the range of chance."""
    pooled = INDICES[name].groups == "many" and len(stock.territory.groupings[stock.grouping]) > 2
    if pooled and name not in POOLED:
        raise Hidden(say("bounds.no_interval", name=say(f"index.{name}")))
    bounds = two_groups(stock, name) if pooled else interval(stock, name)
    if bounds.exact:
        return {
            "value": bounds.low,
            "text": say(
                "assess.segregation.index.text",
                name=say(f"index.{name}"),
                value=bounds.low,
                means=say(f"index.{name}.means"),
            ),
        }
    text = say(
        "assess.segregation.index.hidden",
        name=say(f"index.{name}"),
        low=bounds.low,
        high=bounds.high,
        means=say(f"index.{name}.means"),
    )
    out = {"low": bounds.low, "high": bounds.high, "caution": reading(name, bounds.low, bounds.high)}
    if pooled:
        out |= {"caution": say("assess.segregation.pooled"), "command": stock.again(f"segregation.{name}")}
    expected = chance_range(stock, name)
    if expected is not None:
        low, high = expected
        out["expected"] = expected
        out["chance"] = low if low == high else None
        text += " " + say(
            "assess.segregation.chance" + ("" if low == high else ".range"), expected=low, high=high
        )
    return out | {"text": text}


def interval(
    stock: Stock, name: str, year=None, grouping=None, *, of="schools", level=None, **where
) -> Bounds:
    """The interval an index must lie in, with two decimals where counts are hidden or the place is real."""
    level = stock.level if level is None else level
    year = stock.year if year is None else year
    grouping = stock.grouping if grouping is None else grouping
    focal = stock.focal_of(grouping)
    cells = stock.cells(grouping, of=of, year=year, level=level, **where)
    if not cells.known.all():
        stock.must_cover(grouping, of)
    try:
        if cells.known.all() and stock.whole:  # the door rounds
            value = INDICES[name](cells.n, cells.groups.index(focal))
            bounds = Bounds(value, value, True)
        else:
            bounds = Bounds(*stock.view.interval(name, year, level, grouping, focal, of=of, **where))
    except CannotBeAssessed as no:
        raise (no if cells.known.all() else Hidden(reason_of(no))) from no
    if np.isnan([bounds.low, bounds.high]).any():
        raise CannotBeAssessed(say("refuse", why=say("refuse.no_focal")))
    return bounds if bounds.exact and stock.whole else bounds.outward()


def two_groups(stock: Stock, name: str) -> Bounds:
    """An index of all groups, of the focal group and everyone else: all that can be bounded exactly."""
    found = stock.reach()
    keep = found.t > 0
    return span(INDICES[name], found.low[keep], found.high[keep], found.t[keep], found.total).outward()


def chance_range(stock: Stock, name: str, year=None, grouping=None):
    """What chance alone gives, for the totals the focal group can have: from and to, with two decimals."""
    index = INDICES[name]
    if index.groups != "two" or not index.additive:
        return None
    try:
        found = stock.reach(year=year, grouping=grouping)
    except CannotBeAssessed:
        return None
    t, N = found.t[found.t > 0], int(found.t.sum())
    least, most = max(found.ends[0], 1), min(found.ends[1], N - 1)
    if least > most or len(t) < 2:
        return None
    means = [
        exact_mean(margins_of(t, X), index, 0) for X in np.unique(np.linspace(least, most, TRIED).astype(int))
    ]
    return Bounds(min(means), max(means), least == most).outward()[:2]


def margins_of(t, X: int) -> np.ndarray:
    """Any table of these school sizes in which X pupils are of the focal group: chance reads only margins."""
    x = np.diff(np.minimum(np.r_[0, np.cumsum(t)], X))
    return np.stack([x, t - x], axis=1).astype(float)


def reading(name: str, low: float, high: float) -> str:
    """What others call a D of this size, and that this is a convention."""
    if name != "dissimilarity":
        return ""
    first, last = (0 if value < 0.3 - 1e-9 else 1 if value <= 0.6 + 1e-9 else 2 for value in (low, high))
    called = say("assess.or").join(
        say(f"assess.threshold.{word}") for word in MASSEY_DENTON[first : last + 1]
    )
    return say("assess.threshold", called=called)


# --- over time


def years(stock: Stock) -> dict:
    """The leading indices year by year, next to chance."""
    there = stock.territory.years
    if len(there) < 2:
        raise CannotBeAssessed(say("assess.one_year"))
    stock.focal  # noqa: B018
    body, D = [], {}
    for year in there:
        row, count = [str(year)], "–"
        for name in LEADING:
            try:
                found = interval(stock, name, year)
            except CannotBeAssessed:
                row.append(say("assess.hidden.no"))
                continue
            row.append(between(found))
            if name == "dissimilarity":
                D[year] = found
        try:
            count = len(stock.cells(year=year).units)
        except CannotBeAssessed:
            pass
        expected = chance_range(stock, "dissimilarity", year)
        by_lot = "–" if expected is None else between(Bounds(*expected, exact=expected[0] == expected[1]))
        body.append((row[0], count, *row[1:], by_lot))
    if len(D) < 2:
        raise CannotBeAssessed(say("assess.one_year.known"))
    (first, a), *_, (last, b) = D.items()
    out = {
        "rows": Rows(
            (*heads("year", "schools"), *(INDICES[name].symbol for name in LEADING), *heads("d_chance")),
            tuple(body),
        )
    }
    if not (a.exact and b.exact):
        text = say(
            "assess.segregation.years.text", first=first, last=last, before=between(a), after=between(b)
        )
        low, high = stock.gap(a, b)
        return out | {"low": low, "high": high, "text": text}
    tables = [stock.table(year) for year in (first, last)]
    tested = compare(*tables, "dissimilarity", stock.focal, rng=stock.seed)
    key = "assess.segregation.years.p." + ("rare" if tested.p <= LEVEL else "often")
    if tested.matched and any(len(table.units) > tested.units for table in tables):
        key += ".common"  # schools opened or closed: what is tested is another D than that of each year
    text = say("assess.segregation.years.text", first=first, last=last, before=between(a), after=between(b))
    said = {"p": p_text(tested.p, stock.whole), "n": tested.units}
    text += " " + say(key, before=number(tested.before, ".2f"), after=number(tested.after, ".2f"), **said)
    if not tested.matched:
        text += " " + tested.caution
    return out | {"value": stock.rounded(b.low - a.low), "p": stock.rounded_p(tested.p), "text": text.strip()}


def between(bounds: Bounds) -> str:
    """A value with two decimals, or the two it lies between."""
    if bounds.exact:
        return number(bounds.low, ".2f")
    return say("assess.range", low=number(bounds.low, ".2f"), high=number(bounds.high, ".2f"))


def what_changed(stock: Stock) -> dict:
    """What made M change between the first year and this one."""
    if len(stock.territory.years) < 2:
        raise CannotBeAssessed(say("assess.one_year"))
    first = stock.territory.years[0]
    if first == stock.year:
        raise CannotBeAssessed(say("assess.first_year", year=first))
    stock.focal  # noqa: B018
    before, after = stock.table(first), stock.table()
    found = change(before, after)
    parts = ("additions", "removals", "group_margins", "school_margins", "structure")
    body = [(say(f"assess.change.{part}"), number(getattr(found, part) + 0.0, "+.3f")) for part in parts]
    body.append((say("assess.change.together"), number(found.difference, "+.3f")))
    digits = 3 if stock.whole else 2
    if not stock.whole:
        body = [(name, number(float(value), "+.2f")) for name, value in body]
    largest = max(parts, key=lambda part: abs(getattr(found, part)))
    return {
        "value": stock.rounded(found.difference),
        "text": say(
            "assess.segregation.change.text",
            first=first,
            last=stock.year,
            before=number(found.before, f".{digits}f"),
            after=number(found.after, f".{digits}f"),
            largest=say(f"assess.change.{largest}"),
        ),
        "rows": Rows(heads("part", "change_in_m"), tuple(body)),
        "command": f"sk.change({stock.table_line(year=first)}, {stock.table_line()})",
    }


# --- where it sits


def split(stock: Stock, column: str) -> dict:
    """How much lies between sectors (or zones) and how much within each."""
    focal = stock.focal
    labels_of = stock.schools[column]
    cells = stock.cells()
    called = sector_name if column == "sector" else str
    labels = [called(labels_of.get(unit, "")) or say("assess.not_said") for unit in cells.units]
    if len(set(labels)) < 2:
        one = say(f"assess.one_{column}")
        if say("assess.not_said") in labels:
            raise CannotBeAssessed(one)
        raise Lacking(one, "nothing")
    table = stock.table()
    shown, _ = in_areas(stock, groups_of(labels, cells.units))
    body = []
    splits = {name: between_within(table, labels, name, focal) for name in WEIGHTS}
    main = splits["information"]
    if stock.whole:
        for part in main.sectors:
            called = stock.zone_names.get(part.name, part.name) if column == "zone" else part.name
            own = "–" if part.value is None else number(part.value, ".2f")
            body.append((called, number(part.share, ".0%"), own, number(part.part, ".3f")))
    else:
        for name in shown:
            inside = [part for part in main.sectors if part.name == name]
            called = stock.zone_names.get(name, name) if column == "zone" else name
            if inside:
                own = "–" if inside[0].value is None else number(inside[0].value, ".2f")
                body.append((called, number(inside[0].share, ".0%"), own, number(inside[0].part, ".2f")))
            else:
                rest = sum(p.part for p in main.sectors if p.name not in shown)
                body.append((called, "–", "–", number(rest, ".2f")))
    share = main.between / main.total if main.total > 1e-12 else 0.0
    others = listed(
        say("assess.segregation.split.also", symbol=INDICES[name].symbol, share=s.between / s.total)
        for name, s in splits.items()
        if name != "information" and s.total > 1e-12
    )
    said = {"total": main.total, "between": main.between, "within": main.within, "share": share}
    if main.total > 1e-12:
        text = say(f"assess.segregation.split.{column}", others=others, **said)
    else:
        text = say("assess.segregation.split.even")
    return {
        "value": stock.rounded(min(share, 1.0)) if main.total > 1e-12 else None,
        "text": text,
        "rows": Rows(heads(column, "share_pupils", "own_h", "part_h"), tuple(body)),
        "command": f"sk.between_within({stock.table_line()}, {stock.table_line()}.extras[{column!r}])",
    }


def groups_of(labels, units) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label, unit in zip(labels, units, strict=True):
        found.setdefault(label, []).append(unit)
    return found


def contributions(stock: Stock) -> dict:
    """Each school's part of D, in the order of the file: where it sits, not who is to blame."""
    focal = stock.focal
    table = stock.table()
    parts = contribution(table, focal)
    n, column = np.asarray(table.counts), table.groups.index(focal)
    x, t = n[:, column], n.sum(1)
    more = x * t.sum() > t * x.sum()
    body = []
    for unit, name, part, above, a, b in zip(
        table.units, table.extras["name"], parts, more, x, t, strict=True
    ):
        side = say("assess.same" if part <= 1e-12 else "assess.more" if above else "assess.less")
        body.append((unit, name, stock.part(a, b).text, side, number(part, ".0%")))
    even = not parts.sum() > 0
    half = 0 if even else int((np.cumsum(np.sort(parts)[::-1]) < 0.5 - 1e-12).sum()) + 1
    key = "assess.segregation.contributions." + ("even" if even else "text")
    return {
        "value": half,
        "text": say(key, half=half, n=len(parts)),
        "caution": say("assess.segregation.contributions.caution"),
        "rows": Rows(heads("school", "name", "share_focal", "more_or_less", "part_d"), tuple(body)),
        "command": f"sk.contribution({stock.table_line()})",
    }


# --- the residential side


def both_sides(stock: Stock) -> dict:
    """D of the neighbourhoods, D if everyone went to school in their zone, and D of the schools."""
    sides = sides_of(stock)
    body = []
    for side, (bounds, units, expected) in sides.items():
        if bounds is not None:
            told = between(expected) if expected else "–"
            body.append((say(f"assess.side.{side}"), units, between(bounds), told))
    at = "residents" if sides["residents"][0] else "homes"
    living, schools = sides[at][0], sides["schools"][0]
    if living is None:
        collect = stock.flows_to_ask if stock.flows_of_all(stock.year) else "flows"
        raise Lacking(say("assess.no.homes"), collect)
    exact = living.exact and schools.exact
    low, high = (None, None) if exact else stock.gap(living, schools)
    return {
        "value": stock.rounded(schools.low - living.low) if exact else None,
        "low": low,
        "high": high,
        "text": say(
            "assess.segregation.both_sides.text",
            living=between(living),
            schools=between(schools),
            more=say(compared(living, schools, sides[at][2], sides["schools"][2])),
        ),
        "rows": Rows(heads("side", "units", "d", "d_chance"), tuple(body)),
        "caution": say("assess.segregation.both_sides.caution"),
    }


def compared(a: Bounds, b: Bounds, chance_a: Bounds | None = None, chance_b: Bounds | None = None) -> str:
    """Which of two is larger, where that can be told from two decimals, where the larger is above what chance
    gives, and where chance alone would not make as much of a difference (of small units it makes more)."""
    ca, cb = (chance or Bounds(0.0, 0.0, True) for chance in (chance_a, chance_b))
    if b.low > a.high + 0.005:
        above = b.low > cb.high and b.low - cb.high > a.high - ca.low
        return "assess.side.more" if above else "assess.side.chance"
    if b.high < a.low - 0.005:
        above = a.low > ca.high and a.low - ca.high > b.high - cb.low
        return "assess.side.less" if above else "assess.side.chance"
    return "assess.side.alike" if a.exact and b.exact else "assess.side.unsure"


def sides_of(stock: Stock) -> dict:
    """D of residents, of homes, of the counterfactual and of schools, each with how many units and what
    chance gives; None for what is not there."""
    return stock.once("sides", lambda: _sides_of(stock))


def _sides_of(stock: Stock) -> dict:
    out = {}
    for side in ("residents", "homes", "own_zone", "schools"):
        try:
            out[side] = side_of(stock, side)
        except CannotBeAssessed as no:
            if side == "schools":
                raise
            out[side] = (None, 0, str(no))
    return out


def side_of(stock: Stock, side: str) -> tuple:
    index = INDICES["dissimilarity"]
    if side == "own_zone":
        found = in_own_zone(stock)
    else:
        found = stock.reach(of=side)
    if side == "schools":
        bounds = interval(stock, index.name)
    else:
        keep = found.t > 0
        if keep.sum() < 2:
            raise CannotBeAssessed(say("refuse", why=say("refuse.one_unit")))
        if found.exact:
            value = float(index.evaluate(np.stack([found.low, found.t - found.low], 1).astype(float), 0))
            if np.isnan(value):
                raise CannotBeAssessed(say("refuse", why=say("refuse.no_focal")))
            bounds = Bounds(value, value, True)
        else:
            bounds = span(index, found.low[keep], found.high[keep], found.t[keep], found.total)
        bounds = bounds if bounds.exact and stock.whole else bounds.outward()
    t = found.t[found.t > 0]
    X = found.ends
    means = [exact_mean(margins_of(t, int(x)), index, 0) for x in X if 0 < x < t.sum()]
    expected = Bounds(min(means), max(means), X[0] == X[1]).outward() if means else None
    return bounds, len(t), expected


def in_own_zone(stock: Stock):
    """Everyone at the school of their zone: who would sit together then.

    The public schools of one zone would share its pupils in proportion, so they have its mix, and D of the
    schools is D of the zones. A zone without a school goes where `segkit.zones.catchments` says, where there
    is a map; else it stays by itself.
    """
    cells = stock.cells(of="homes")
    t = stock.rolls_of(cells, of="homes")
    low, high = box(cells.n, cells.known, t, cells.groups.index(stock.focal))
    goes = school_zone(stock, cells.units)
    names = list(dict.fromkeys(goes))
    at = np.array([names.index(one) for one in goes])
    together = [np.bincount(at, one, len(names)).astype(np.int64) for one in (low, np.maximum(low, high), t)]
    return Reach(tuple(names), *together)


def school_zone(stock: Stock, zones) -> list[str]:
    """The zone in whose schools the children of each zone would be."""
    from segkit.assessing.supply import distances
    from segkit.zones import catchments

    frame = stock.schools
    far = np.full((len(zones), len(frame)), np.nan)
    with suppress(CannotBeAssessed):
        names, placed, metres = stock.once("distances", lambda: distances(stock))
        row = {zone: i for i, zone in enumerate(names)}
        column = frame.index.get_indexer(placed.index)
        for i, zone in enumerate(zones):
            if zone in row:
                far[i, column] = metres[row[zone]]
    goes = catchments(zones, frame["zone"], frame["sector"] == "public", far)
    first: dict[tuple, str] = {}  # zones of the same schools are one
    return [first.setdefault(tuple(schools), zone) if schools else zone for zone, schools in goes.items()]


# --- by other groupings and levels


def groupings(stock: Stock) -> dict:
    """The same index by every criterion: they rarely agree."""
    if not stock.groupings:
        raise CannotBeAssessed(say("refuse.one_group"))
    body, found = [], []
    for grouping in stock.groupings:
        row = [grouping, stock.focal_of(grouping)]
        told, d = leading(stock, grouping=grouping)
        row += told
        if d:
            found.append(say("assess.segregation.groupings.one", d=d, focal=named(row[1])))
        expected = chance_range(stock, "dissimilarity", grouping=grouping)
        by_lot = "–" if expected is None else between(Bounds(*expected, exact=expected[0] == expected[1]))
        body.append((*(name.replace("_", " ") for name in row[:2]), *row[2:], by_lot))
    if not found:
        raise CannotBeAssessed(say("assess.hidden.all"))
    head = (*heads("grouping", "focal"), *(INDICES[name].symbol for name in LEADING), *heads("d_chance"))
    return {
        "value": len(found),
        "text": say("assess.segregation.groupings.text", said=listed(found)),
        "rows": Rows(head, tuple(body)),
    }


def leading(stock: Stock, **where) -> tuple[list[str], str]:
    """The leading indices of one grouping or level, as text; and D once more, "" where it cannot be had."""
    told, d = [], ""
    for name in LEADING:
        try:
            text = between(interval(stock, name, **where))
        except CannotBeAssessed:
            told.append(say("assess.hidden.no"))
            continue
        told.append(text)
        d = text if name == "dissimilarity" else d
    return told, d


def levels(stock: Stock) -> dict:
    """The same indices for each level of schooling."""
    there = [level for level in stock.territory.levels if level]
    if len(there) < 2:
        raise CannotBeAssessed(say("assess.one_level"))
    stock.focal  # noqa: B018
    body, found = [], []
    for level in there:
        told, d = leading(stock, level=level)
        body.append((level, *told))
        if d:
            found.append(say("assess.segregation.levels.one", d=d, level=level))
    if not found:
        raise CannotBeAssessed(say("assess.hidden.all"))
    return {
        "value": len(found),
        "text": say("assess.segregation.levels.text", said=listed(found)),
        "rows": Rows((*heads("level"), *(INDICES[name].symbol for name in LEADING)), tuple(body)),
    }

"""Dimension 4: who goes to school in their own neighbourhood, and who goes where instead?"""

from typing import NamedTuple

import numpy as np

from segkit.assessing.segregation import between, compared, sides_of
from segkit.assessing.stock import (
    Dimension,
    Hidden,
    Lacking,
    Need,
    Part,
    Rows,
    Stock,
    asked,
    heads,
    missing,
    named,
)
from segkit.assessing.supply import distances, share_range
from segkit.indices.shelf import CannotBeAssessed
from segkit.territory import UNKNOWN, WHOLE
from segkit.words import listed, say, sector_name


def mobility(stock: Stock) -> Dimension:
    """Who stays, where the others go, leaving for private schools, and what choice adds to housing."""
    t = stock.territory
    findings = (
        asked(stock, "mobility.stay", stay, "flows"),
        asked(stock, "mobility.groups", groups, "flows"),
        asked(stock, "mobility.where", where, "flows"),
        asked(stock, "mobility.outside", outside, "sectors"),
        asked(stock, "mobility.residential", residential, "flows"),
        asked(stock, "mobility.attraction", attraction, "flows"),
        asked(stock, "mobility.distance", distance, "zones"),
    )
    there = t.has("flows")
    needs = (
        Need(say("assess.need.flows"), there),
        Need(
            say("assess.need.sectors"),
            bool(len(stock.schools)) and bool((stock.schools["sector"] != "").all()),
        ),
        Need(
            say("assess.need.school_zones"),
            bool(len(stock.schools)) and bool((stock.schools["zone"] != "").all()),
        ),
        Need(say("assess.need.zones"), t.has("zones")),
    )
    lacking = missing(
        (there, "flows"),
        (needs[1].there, "sectors"),
        (needs[2].there, "school_zones"),
        (t.has("zones"), "zones"),
    )
    return Dimension(
        "mobility",
        say("assess.mobility"),
        say("assess.mobility.question"),
        needs,
        findings,
        (*lacking, say("assess.mobility.never")),
    )


# --- the flows


class Flow(NamedTuple):
    """The pupils who live in a zone and go to a school; `known` is False where their number is hidden."""

    zone: str
    school: str
    n: int
    known: bool


def flows_of(stock: Stock, group=None) -> list[Flow]:
    """From each zone to each school of this level, for a group or for everyone."""
    return stock.once(("flows", group), lambda: _flows_of(stock, group))


def _flows_of(stock: Stock, group) -> list[Flow]:
    t = stock.territory
    if not t.has("flows"):
        raise Lacking(say("assess.no.flows"), "flows")
    rows = t.flows[t.flows["year"] == stock.year]
    grouping = stock.grouping
    if group is None and (rows["grouping"] == WHOLE).any():
        grouping = WHOLE
    rows = rows[(rows["grouping"] == grouping) & rows["school"].isin(stock.units)]
    if group is not None:
        rows = rows[rows["group"] == group]
    if not len(rows):
        if group is not None and stock.flows_of_all(stock.year):
            raise Lacking(say("assess.no.flows.group", grouping=named(grouping)), stock.flows_to_ask)
        raise CannotBeAssessed(say("assess.no.rows", table="flows", grouping=grouping, year=stock.year))
    n = rows["n"].fillna(0).astype("int64")
    hidden = rows["n_status"].isin(UNKNOWN)
    found = rows.assign(n=n.where(~hidden, 0), hidden=hidden).groupby(["zone", "school"], sort=False)
    added = found.agg({"n": "sum", "hidden": "any"}).reset_index()
    return [
        Flow(zone, school, int(n), not hidden)
        for zone, school, n, hidden in added[["zone", "school", "n", "hidden"]].itertuples(index=False)
    ]


def homes(stock: Stock) -> dict[str, str]:
    """The zone in which each school stands; only those of which it is known."""
    zones = stock.schools["zone"]
    if not (zones != "").any():
        raise Lacking(say("assess.no.school_zones"), "school_zones")
    return dict(zones[zones != ""])


class Stay(NamedTuple):
    """How few and how many pupils go to school in their own zone, and how many do not."""

    stays: tuple[int, int]
    leaves: tuple[int, int]

    def part(self, stock: Stock) -> Part:
        (a, b), (c, d) = self
        if a == b and c == d:
            return stock.part(a, a + c)
        low, high = a / max(a + d, 1), b / max(b + c, 1)
        return stock.part(low, 1, high)


def staying(stock: Stock, group=None, only=None) -> Stay:
    """The pupils who go to school in their own zone, and those who do not; `only` : of these zones.

    A hidden flow holds at most those pupils of the school whose home is not known from the other flows.
    """
    zone_of = homes(stock)
    flows = [flow for flow in flows_of(stock, group) if flow.school in zone_of]
    if only is not None:
        flows = [flow for flow in flows if flow.zone in only]
    stays, leaves = [0, 0], [0, 0]
    for school in dict.fromkeys(flow.school for flow in flows):
        here = [flow for flow in flows if flow.school == school]
        stay = sum(flow.n for flow in here if flow.zone == zone_of[school])
        leave = sum(flow.n for flow in here) - stay
        at_home = any(not flow.known for flow in here if flow.zone == zone_of[school])
        away = any(not flow.known for flow in here if flow.zone != zone_of[school])
        least = most = 0
        if at_home or away:
            low, high = roll_of(stock, school, group)
            most = max(high - stay - leave, 0)
            least = 0 if only is not None or at_home and away else max(low - stay - leave, 0)
        for ends, value, open_ in ((stays, stay, at_home), (leaves, leave, away)):
            ends[0] += value + (least if open_ else 0)
            ends[1] += value + (most if open_ else 0)
    if not stays[1] + leaves[1]:
        raise CannotBeAssessed(say("refuse.no_focal" if group else "refuse.no_pupils"))
    return Stay(tuple(stays), tuple(leaves))


def roll_of(stock: Stock, school: str, group) -> tuple[int, int]:
    """How few and how many pupils (of a group) the school has."""
    if group is not None:
        found = stock.reach(group)
        if school not in found.units:  # pupils come to it who are not on its roll: the tables disagree
            raise CannotBeAssessed(say("assess.flows.disagree"))
        at = found.units.index(school)
        return int(found.low[at]), int(found.high[at])
    if school not in stock.rolls:
        raise CannotBeAssessed(say("bounds.no_rolls", n=1, of=len(stock.units)))
    return (stock.rolls[school],) * 2


def stay(stock: Stock) -> dict:
    """How many go to a school of the neighbourhood they live in."""
    found = staying(stock)
    part = found.part(stock)
    zone_of = homes(stock)
    able = set(zone_of.values())
    text = say("assess.mobility.stay.text", share=part.text)
    living = {flow.zone for flow in flows_of(stock)}
    if living - able:
        could = staying(stock, only=able & living).part(stock)
        names = listed((stock.zone_names.get(one, one) for one in sorted(living - able)), most=4)
        text += " " + say("assess.mobility.stay.could", share=could.text, names=names)
    return {"value": part.value, "low": part.low, "high": part.high, "text": text}


def groups(stock: Stock) -> dict:
    """The same, group by group."""
    focal = stock.focal
    flows_of(stock, focal), homes(stock)
    body, parts = [], {}
    for group in stock.territory.groupings[stock.grouping]:
        try:
            found = staying(stock, group)
        except CannotBeAssessed:
            body.append((group, say("assess.hidden"), say("assess.hidden")))
            continue
        parts[group] = found.part(stock)
        total = stock.count(found.stays[0] + found.leaves[0], found.stays[1] + found.leaves[1])
        if found.stays[0] != found.stays[1]:
            total = "–"  # what is hidden at home and away is one number, and was counted for both
        body.append((group, total, parts[group].text))
    if focal not in parts:
        raise CannotBeAssessed(say("refuse.no_focal"))
    part = parts[focal]
    others = "; ".join(
        say("assess.mobility.one", group=named(g), share=p.text) for g, p in parts.items() if g != focal
    )
    return {
        "value": part.value,
        "low": part.low,
        "high": part.high,
        "text": say("assess.mobility.groups.text", focal=named(focal), share=part.text, others=others or "–"),
        "rows": Rows(heads("group", "pupils", "staying"), tuple(body)),
    }


def where(stock: Stock) -> dict:
    """Neighbourhood by neighbourhood: who stays, and to which kind of school elsewhere the others go."""
    zone_of, sector = homes(stock), stock.schools["sector"]
    flows = [flow for flow in flows_of(stock) if flow.school in zone_of]
    kinds = [one for one in stock.territory.sectors if (sector == one).any()]
    order = [zone for zone in stock.zone_names if any(flow.zone == zone for flow in flows)]
    body, away_public, away, unsure, not_said = [], 0, 0, False, False
    for zone in order:
        here = [flow for flow in flows if flow.zone == zone]
        own = [flow for flow in here if zone_of[flow.school] == zone]
        rest = [flow for flow in here if zone_of[flow.school] != zone]
        by_kind = [[flow for flow in rest if sector[flow.school] == kind] for kind in kinds]
        towards: dict[str, list[Flow]] = {}
        for flow in rest:
            towards.setdefault(zone_of[flow.school], []).append(flow)
        known = all(flow.known for flow in here)
        sums = {one: sum(flow.n for flow in towards[one]) for one in towards}
        most = max(sums.values(), default=0)
        usual = listed(stock.zone_names.get(one, one) for one, n in sums.items() if n == most)
        usual = usual if known and most else "–"
        body.append((stock.zone_names[zone], added(own), *(added(part) for part in by_kind), usual))
        unsure |= not known
        away += sum(flow.n for flow in rest)
        away_public += sum(flow.n for flow in rest if sector[flow.school] == "public")
        not_said |= any(sector[flow.school] == "" for flow in rest)
    if unsure or not away:
        text = say("assess.mobility.where.hidden" if unsure else "assess.mobility.where.nobody")
        part = Part(None, None, None, "")
    elif not_said:  # a school of which nobody says who runs it is neither public nor not
        text, part = say("assess.mobility.where.away", away=away), Part(None, None, None, "")
    else:
        part = stock.part(away - away_public, away)
        text = say("assess.mobility.where.text", away=away, share=part.text)
    return {
        "value": part.value,
        "low": part.low,
        "high": part.high,
        "text": text,
        "rows": Rows(
            (
                *heads("lives", "own_zone"),
                *(say("assess.head.elsewhere", sector=sector_name(kind)) for kind in kinds),
                *heads("most_to"),
            ),
            tuple(body),
        ),
    }


def added(flows) -> int | str:
    """Their pupils together; at least so many where some are hidden."""
    n = sum(flow.n for flow in flows)
    if all(flow.known for flow in flows):
        return n
    return say("assess.at_least", n=n) if n else say("assess.hidden")


def outside(stock: Stock) -> dict:
    """Of each group, how many are at schools that are not public."""
    stock.some_schools()
    focal = stock.focal
    sector = stock.schools["sector"]
    if (sector == "").any():
        raise CannotBeAssessed(say("assess.no.sectors"))
    kinds = [one for one in stock.territory.sectors if (sector == one).any()]
    if kinds == ["public"]:
        raise Lacking(say("assess.all_public"), "nothing")
    body, parts = [], {}
    for group in stock.territory.groupings[stock.grouping]:
        found = stock.reach(group)
        of = np.array([sector[unit] for unit in found.units])
        if not found.high.sum():
            continue
        parts[group] = share_in(stock, of != "public", found.low, found.high)
        body.append((group, *(share_in(stock, of == kind, found.low, found.high).text for kind in kinds)))
    if focal not in parts:
        raise CannotBeAssessed(say("refuse.no_focal"))
    found = stock.reach()
    of = np.array([sector[unit] for unit in found.units])
    others = share_in(stock, of != "public", found.t - found.high, found.t - found.low)
    part = parts[focal]
    return {
        "value": part.value,
        "low": part.low,
        "high": part.high,
        "text": say("assess.mobility.outside.text", focal=named(focal), share=part.text, others=others.text),
        "rows": Rows((*heads("group"), *map(sector_name, kinds)), tuple(body)),
        "caution": say("assess.supply.sectors.convention"),
    }


def share_in(stock: Stock, yes, low, high) -> Part:
    """The share of a group that is in some of the schools."""
    if (low == high).all():
        return stock.part(low[yes].sum(), low.sum())
    least, most = share_range(yes.astype(float), low, high)
    return stock.part(least, 1, most)


def residential(stock: Stock) -> dict:
    """What segregation would be if everyone went to school in their zone, and what choice adds to it."""
    sides = sides_of(stock)
    own, units, expected = sides["own_zone"]
    if own is None:
        raise Lacking(expected, stock.flows_to_ask if stock.flows_of_all(stock.year) else "flows")
    schools = sides["schools"][0]
    exact = own.exact and schools.exact
    low, high = (None, None) if exact else stock.gap(own, schools)
    text = say("assess.mobility.residential.text", own=between(own), schools=between(schools))
    now = sides["schools"][2]
    text += " " + say(f"{compared(own, schools, expected, now)}.choice")
    by_chance = [between(one) if one else "–" for one in (expected, now)]
    body = (
        (say("assess.side.own_zone"), units, between(own), by_chance[0]),
        (say("assess.side.schools"), sides["schools"][1], between(schools), by_chance[1]),
    )
    return {
        "value": stock.rounded(schools.low - own.low) if exact else None,
        "low": low,
        "high": high,
        "text": text,
        "rows": Rows(heads("side", "units", "d", "d_chance"), body),
        "caution": say("assess.mobility.residential.convention"),
    }


def attraction(stock: Stock) -> dict:
    """Of each school's pupils, how many come from other neighbourhoods."""
    zone_of = homes(stock)
    flows = flows_of(stock)
    body, drawing, seen = [], 0, 0
    for school, row in stock.schools.iterrows():
        here = [flow for flow in flows if flow.school == school]
        if not here or school not in zone_of:
            continue
        from_here = [flow for flow in here if flow.zone == zone_of[school]]
        known = all(flow.known for flow in here)
        n, of = sum(flow.n for flow in here) - sum(flow.n for flow in from_here), sum(flow.n for flow in here)
        share = stock.part(n, of).text if known and of else say("assess.hidden")
        seen += bool(known and of)
        drawing += bool(known and of and 2 * n > of)
        lies, run_by = stock.zone_names[zone_of[school]], sector_name(row["sector"])
        body.append((school, row["name"], lies, run_by, share))
    if not body:
        raise Lacking(say("assess.no.flows"), "flows")
    if not seen:
        raise Hidden(say("assess.hidden.flows"))
    key = "assess.mobility.attraction.text" + ("" if seen == len(body) else ".hidden")
    return {
        "value": drawing if seen == len(body) else None,
        "low": None if seen == len(body) else drawing,
        "high": None if seen == len(body) else drawing + len(body) - seen,
        "text": say(key, n=drawing, of=len(body), seen=seen),
        "rows": Rows(heads("school", "name", "zone", "sector", "from_elsewhere"), tuple(body)),
        "caution": say("assess.mobility.attraction.caution"),
    }


def distance(stock: Stock) -> dict:
    """How far it is to school for the average member of the group, and of everyone else."""
    names, placed, far = stock.once("distances", lambda: distances(stock))
    row, column = {zone: i for i, zone in enumerate(names)}, {one: i for i, one in enumerate(placed.index)}
    body, focal = [], stock.focal
    sums = {}
    for group in stock.territory.groupings[stock.grouping]:
        flows = [flow for flow in flows_of(stock, group) if flow.zone in row and flow.school in column]
        if not all(flow.known for flow in flows):
            raise Hidden(say("assess.hidden.flows"))
        n = np.array([flow.n for flow in flows], float)
        metres = np.array([far[row[flow.zone], column[flow.school]] for flow in flows])
        if n.sum():
            sums[group] = float((n * metres).sum()), float(n.sum())
            body.append(
                (group, int(n.sum()), say("assess.metres", m=int(round(sums[group][0] / n.sum(), -2))))
            )
    if focal not in sums or len(sums) < 2:
        raise CannotBeAssessed(say("refuse.no_focal"))
    others = [sums[group] for group in sums if group != focal]
    a = sums[focal][0] / sums[focal][1]
    b = sum(m for m, _ in others) / sum(n for _, n in others)
    return {
        "value": float(round(a - b, -2)) + 0.0,
        "text": say(
            "assess.mobility.distance.text", focal=named(focal), a=int(round(a, -2)), b=int(round(b, -2))
        ),
        "rows": Rows(heads("group", "pupils", "distance"), tuple(body)),
        "caution": say("assess.mobility.distance.convention"),
    }

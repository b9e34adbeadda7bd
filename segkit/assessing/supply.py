"""Dimension 2: which kinds of school are where, and for whom?"""

from collections.abc import Callable
from functools import partial

import numpy as np

from segkit.assessing.stock import (
    Dimension,
    Lacking,
    Need,
    Rows,
    Stock,
    asked,
    heads,
    in_areas,
    missing,
    named,
)
from segkit.indices.shelf import CannotBeAssessed
from segkit.territory import OWN, TABLES
from segkit.words import listed, number, say, sector_name

WALK_M = 1000  # "within walking distance", as the crow flies: our convention
YES, NO = ("yes", "true"), ("no", "false")
DECLARED = {column.name for column in TABLES["schools"]}


def supply(stock: Stock) -> Dimension:
    """Sectors, neighbourhoods, places, what the schools have, and what is within walking distance."""
    t = stock.territory
    findings = (
        asked(stock, "supply.sectors", sectors, "sectors"),
        asked(stock, "supply.zones", zones, "school_zones"),
        asked(stock, "supply.capacity", capacity, "capacity"),
        asked(stock, "supply.walking", walking, "zones"),
        asked(stock, "supply.endowment", endowment, "endowment"),
        asked(stock, "supply.endowment_where", endowment_where, "endowment"),
    )
    columns = endowments(stock)
    needs = (
        Need(
            say("assess.need.sectors"),
            bool(len(stock.schools)) and bool((stock.schools["sector"] != "").all()),
        ),
        Need(
            say("assess.need.school_zones"),
            bool(len(stock.schools)) and bool((stock.schools["zone"] != "").all()),
        ),
        Need(say("assess.need.capacity"), bool(stock.schools["capacity"].notna().any())),
        Need(say("assess.need.zones"), t.has("zones")),
        Need(say("assess.need.residents"), t.has("residents")),
        Need(say("assess.need.endowment"), bool(columns)),
    )
    lacking = missing(
        (needs[0].there, "sectors"),
        (needs[1].there, "school_zones"),
        (needs[2].there, "capacity"),
        (t.has("zones"), "zones"),
        (t.has("residents"), "residents"),
        (columns, "endowment"),
    )
    return Dimension(
        "supply",
        say("assess.supply"),
        say("assess.supply.question"),
        needs,
        findings,
        (*lacking, say("assess.supply.never")),
    )


def by_column(stock: Stock, column: str) -> dict[str, list[str]]:
    """The schools with pupils, by sector or zone; those without one come last."""
    found: dict[str, list[str]] = {}
    order = stock.territory.sectors if column == "sector" else stock.territory.zones["zone"]
    for value in order:
        found[value] = []
    for school, value in zip(stock.schools.index, stock.schools[column], strict=True):
        found.setdefault(value, []).append(school)
    blank = found.pop("", [])
    called = sector_name if column == "sector" else str
    return {called(k): v for k, v in found.items() if v} | ({say("assess.not_said"): blank} if blank else {})


def together(stock: Stock, schools) -> tuple:
    """Pupils, places, share of places taken and share of the focal group in these schools together, as they
    may be said."""
    hidden = say("assess.hidden")
    rolls = [stock.rolls.get(one) for one in schools]
    known = all(roll is not None for roll in rolls)
    pupils = sum(rolls) if known else hidden
    places = stock.schools.loc[list(schools), "capacity"]
    all_places = int(places.sum()) if places.notna().all() else None
    taken = number(pupils / all_places, ".0%") if known and all_places else "–"
    try:
        found = stock.reach()
        keep = np.isin(found.units, list(schools))
        of = found.t[keep].sum()
        share = stock.part(found.low[keep].sum(), of, found.high[keep].sum()).text
    except CannotBeAssessed:
        share = "–"
    return pupils, "–" if all_places is None else all_places, taken, share


def sectors(stock: Stock) -> dict:
    """Schools and pupils by who runs them and who pays."""
    stock.some_schools()
    groups = by_column(stock, "sector")
    if list(groups) == [say("assess.not_said")]:
        raise CannotBeAssessed(say("assess.no.sectors"))
    shown, few = in_areas(stock, groups)
    body = [(name, len(schools), *together(stock, schools)) for name, schools in shown.items()]
    body += [(name, len(schools), *(say("assess.few"),) * 4) for name, schools in few.items()]
    rolls = {one: stock.rolls.get(one) for one in stock.units}
    unknown = sum(roll is None for roll in rolls.values())
    outside = [one for one in stock.units if stock.schools.loc[one, "sector"] not in ("public", "")]
    if unknown:
        raise CannotBeAssessed(say("bounds.no_rolls", n=unknown, of=len(rolls)))
    blank = sum(rolls[one] for one in stock.units if stock.schools.loc[one, "sector"] == "")
    least, everyone = sum(rolls[one] for one in outside), sum(rolls.values())
    part = stock.part(least, everyone, least + blank)
    counted = listed(say("assess.supply.of", n=len(schools), name=name) for name, schools in groups.items())
    return {
        "value": part.value,
        "low": part.low,
        "high": part.high,
        "text": say(
            "assess.supply.sectors." + ("some" if blank else "text"),
            year=stock.year,
            n=len(stock.units),
            counted=counted,
            share=part.text,
        ),
        "rows": Rows(heads("sector", "schools", "pupils", "places", "taken", "share_focal"), tuple(body)),
        "caution": say("assess.supply.sectors.convention"),
    }


def zones(stock: Stock) -> dict:
    """What there is in each neighbourhood, and who lives there."""
    stock.some_schools()
    groups = by_column(stock, "zone")
    if list(groups) == [say("assess.not_said")]:
        raise CannotBeAssessed(say("assess.no.school_zones"))
    shown, few = in_areas(stock, groups)
    all_zones = list(dict.fromkeys([*stock.territory.zones["zone"], *groups]))
    without = [zone for zone in all_zones if zone not in groups]
    kinds = [one for one in stock.territory.sectors if (stock.schools["sector"] == one).any()]
    living = residents(stock)
    body = []
    for name, schools in (shown | {zone: [] for zone in without}).items():
        sector = stock.schools.loc[schools, "sector"]
        pupils, places, taken, share = together(stock, schools) if schools else (0, 0, "–", "–")
        counts = [int((sector == kind).sum()) for kind in kinds]
        called = stock.zone_names.get(name, name)
        body.append((called, *counts, pupils, places, taken, share, living.get(name, "–")))
    for name, schools in few.items():
        kind = stock.schools.loc[schools, "sector"]
        body.append((name, *(int((kind == one).sum()) for one in kinds), *(say("assess.few"),) * 4, "–"))
    known = stock.territory.has("zones")
    return {
        "value": len(without) if known else None,
        "text": say(
            "assess.supply.zones." + ("unknown" if not known else "text" if without else "each"),
            n=len(all_zones),
            without=len(without),
            names=listed(stock.zone_names.get(zone, zone) for zone in without),
        ),
        "rows": Rows(
            (
                *heads("zone"),
                *map(sector_name, kinds),
                *heads("pupils", "places", "taken", "share_focal", "share_living"),
            ),
            tuple(body),
        ),
        "caution": "" if stock.whole else say("assess.areas.convention"),
    }


def residents(stock: Stock) -> dict[str, str]:
    """The focal group's share of the children who live in each zone, as it may be said."""
    try:
        found = stock.reach(of="residents")
    except CannotBeAssessed:
        return {}
    rows = zip(found.units, found.low, found.t, found.high, strict=True)
    return {zone: stock.part(low, t, high).text for zone, low, t, high in rows if t}


def capacity(stock: Stock) -> dict:
    """How many of the places are taken, school by school and in all."""
    stock.some_schools()
    body, pupils, places, full, counted = [], 0, 0, 0, 0
    for school, row in stock.schools.iterrows():
        roll = stock.rolls.get(school)
        size = int(row["capacity"]) if stock.schools["capacity"].notna()[school] else 0
        there = roll is not None and size > 0
        if there:
            pupils, places, counted = pupils + roll, places + size, counted + 1
            full += roll > size
        said = say("assess.hidden") if roll is None else roll
        taken = number(roll / size, ".0%") if there else "–"
        body.append((school, row["name"], said, size or "–", taken))
    if not counted:
        raise CannotBeAssessed(say("assess.no.capacity"))
    return {
        "value": stock.rounded(pupils / places),
        "text": say(
            "assess.supply.capacity.text",
            pupils=pupils,
            places=places,
            taken=pupils / places,
            n=counted,
            full=full,
        ),
        "rows": Rows(heads("school", "name", "pupils", "places", "taken"), tuple(body)),
        "caution": " ".join(
            [
                say("assess.supply.capacity.convention"),
                *([say("assess.supply.capacity.levels")] if shared_buildings(stock) else []),
            ]
        ),
    }


def shared_buildings(stock: Stock) -> bool:
    """Do some of these schools have pupils of another level too?"""
    rows = stock.territory.enrolment
    rows = rows[(rows["year"] == stock.year) & rows["school"].isin(stock.units)]
    return stock.level is not None and bool((rows["level"] != stock.level).any())


def distances(stock: Stock):
    """Metres from each zone's centre to each school, by great circle; the zones and the schools."""
    from segkit.zones import distance_m

    t = stock.territory
    if not t.has("zones"):
        raise Lacking(say("assess.no.zones"), "zones")
    frame = t.zones[[one is not None for one in t.zones["geometry"]]]
    placed = stock.schools[stock.schools[["lat", "lon"]].notna().all(axis=1)]
    if not len(frame):
        raise Lacking(say("assess.no.geometry"), "zones")
    if not len(placed):
        raise Lacking(say("assess.no.places"), "zones")
    return tuple(frame["zone"]), placed, distance_m(frame, placed["lat"], placed["lon"])


def walking(stock: Stock) -> dict:
    """From which neighbourhoods a school is within walking distance, and for which children."""
    names, placed, far = stock.once("distances", lambda: distances(stock))
    near = far <= WALK_M
    sector = placed["sector"].to_numpy()
    body = []
    for i, zone in enumerate(names):
        public = int((near[i] & (sector == "public")).sum())
        nearest = say("assess.metres", m=int(round(far[i].min(), -2)))
        body.append((stock.zone_names[zone], int(near[i].sum()), public, nearest))
    has = {zone: bool(near[i].any()) for i, zone in enumerate(names)}
    n = sum(has.values())
    text = say("assess.supply.walking.text", n=n, of=len(names), km=WALK_M / 1000)
    out = {"value": n}
    try:
        everyone, focal = covered(stock, has)
        text += " " + say(
            "assess.supply.walking.children", all=everyone.text, focal=named(stock.focal), share=focal.text
        )
    except CannotBeAssessed:
        pass
    return out | {
        "text": text,
        "rows": Rows(heads("zone", "near", "near_public", "nearest"), tuple(body)),
        "caution": say("assess.supply.walking.convention", km=WALK_M / 1000),
    }


def covered(stock: Stock, has: dict[str, bool]):
    """Of all children, and of the focal group's, the share who live in these zones."""
    found = stock.reach(of="residents")
    yes = np.array([has.get(zone, False) for zone in found.units])
    everyone = stock.part(found.t[yes].sum(), found.t.sum())
    low = share_range(yes.astype(float), found.low, found.high)
    if low[0] == low[1]:
        of = found.low if found.exact else found.high
        return everyone, stock.part(of[yes].sum(), of.sum())
    return everyone, stock.part(low[0], 1, low[1])


def share_range(worth, low, high) -> tuple[float, float]:
    """The smallest and the largest weighted mean Σ w·worth / Σ w, each weight between its `low` and `high`.

    The extremes give some the most and the rest the least they can have, in the order of `worth`.

    >>> share_range([0, 1], [1, 1], [1, 3])
    (0.5, 0.75)
    """
    worth, low, high = (np.asarray(one, float) for one in (worth, low, high))

    def ends(order):
        w, lo, hi = worth[order], low[order], high[order]
        more = np.r_[0, np.cumsum(hi)] + np.r_[np.cumsum(lo[::-1])[::-1], 0]
        sums = np.r_[0, np.cumsum(hi * w)] + np.r_[np.cumsum((lo * w)[::-1])[::-1], 0]
        return (sums[more > 0] / more[more > 0]) if (more > 0).any() else np.array([np.nan])

    order = np.argsort(worth, kind="stable")
    least, most = float(ends(order).min()), float(ends(order[::-1]).max())
    if np.isnan(least):
        raise CannotBeAssessed(say("refuse.no_focal"))
    return least, most


def endowments(stock: Stock) -> list[str]:
    """The columns that say what schools have; the owner's own are left alone."""
    frame = stock.territory.schools
    return [
        c for c in frame.columns if c not in DECLARED and not c.startswith(OWN) and (frame[c] != "").any()
    ]


def had_by(stock: Stock, column: str, units) -> tuple[np.ndarray, Callable[[float], str]]:
    """What these schools have, as numbers, and how such a number is said."""
    texts = stock.schools.loc[list(units), column]
    had = numbers_of(texts)
    if not np.isfinite(had).any():
        return had, str
    if all(str(text).strip().casefold() in (*YES, *NO, "") for text in texts):
        return had, partial(number, spec=".0%")
    largest = np.nanmax(abs(had))
    return had, partial(number, spec=f".{0 if largest >= 100 else 1 if largest >= 10 else 2}f")


def endowment(stock: Stock) -> dict:
    """What the school of the average member of the group has, next to that of everyone else."""
    columns = endowments(stock)
    if not columns:
        raise CannotBeAssessed(say("assess.no.endowment"))
    found = stock.reach()
    body, said, seen = [], [], 0
    for column in columns:
        had, as_text = had_by(stock, column, found.units)
        there = np.isfinite(had)
        if there.sum() < 2:
            body.append((column.replace("_", " "), "–", "–", int(there.sum())))
            continue
        seen += 1
        low, high, t = found.low[there], found.high[there], found.t[there]
        a, b = (
            a if a == b else say("assess.range", low=a, high=b)
            for a, b in (
                map(as_text, share_range(had[there], low, high)),
                map(as_text, share_range(had[there], t - high, t - low)),
            )
        )
        body.append((column.replace("_", " "), a, b, int(there.sum())))
        said.append(say("assess.supply.endowment.one", column=column.replace("_", " "), a=a, b=b))
    if not seen:
        raise CannotBeAssessed(say("assess.no.numbers"))
    return {
        "value": seen,
        "text": say("assess.supply.endowment.text", focal=named(stock.focal), said=listed(said)),
        "rows": Rows(heads("endowment", "for_focal", "for_others", "schools"), tuple(body)),
        "caution": say("assess.supply.endowment.convention"),
    }


def endowment_where(stock: Stock) -> dict:
    """What the average school of each sector and each neighbourhood has, next to who goes there."""
    columns = endowments(stock)
    if not columns:
        raise CannotBeAssessed(say("assess.no.endowment"))
    body = []
    for kind in ("sector", "zone"):
        groups, _ = in_areas(stock, by_column(stock, kind))
        for name, schools in groups.items():
            cells = []
            for column in columns:
                had, as_text = had_by(stock, column, stock.units)
                had = had[[unit in set(schools) for unit in stock.units]]
                cells.append(as_text(np.nanmean(had)) if np.isfinite(had).any() else "–")
            called = stock.zone_names.get(name, name) if kind == "zone" else name
            body.append((called, len(schools), together(stock, schools)[3], *cells))
    head = (*heads("which", "schools", "share_focal"), *(column.replace("_", " ") for column in columns))
    text = say("assess.supply.endowment_where.text", n=len(columns))
    return {"value": len(columns), "text": text, "rows": Rows(head, tuple(body))}


def numbers_of(values) -> np.ndarray:
    """Texts as numbers; "yes" and "no" are 1 and 0, anything else is missing."""
    out = []
    for text in values:
        word = str(text).strip().casefold()
        try:
            out.append(1.0 if word in YES else 0.0 if word in NO else float(word))
        except ValueError:
            out.append(np.nan)
    return np.array(out, dtype=float)

"""What can be changed in a territory, and what becomes of everything else.

An edit is a plain value that JSON can hold: `{"do": "count", "year": 2024, "level": "primary", "grouping":
"origin", "school": "S01", "group": "far", "n": 120}`. `after(state, edit)` checks it, gives back the state it
leads to and one sentence that says what was done, or says kindly what came and what was expected (`Refused`).

One convention runs through all of them: **what agreed before agrees after, and what did not is left as it
is**. Where the pupils of a school are changed in one grouping, its other groupings follow its new roll in
their old proportions, and the flows from the neighbourhoods follow in theirs, all in whole pupils (largest
remainder). Who lives where is changed by no edit but those of the groups themselves; outcomes stay as they
were measured.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from segkit.filling import STEPS, path, shared_out, spread, with_share
from segkit.indices.space import great_circle
from segkit.scenarios.state import NO_ROW, OK, STATUS, Block, School, State
from segkit.sheets import shown
from segkit.territory import SECTORS, WHOLE
from segkit.words import listed, number, say, sector_name
from segkit.zones import catchments as zones_catchments

MOST = 1_000_000  # pupils in one cell: more than any school has
LONGEST = 80  # letters of a name
MOST_GROUPS = 12
MOST_SCHOOLS = 1_000
FINE = 10_000  # a share is read in ten-thousandths
UNKNOWN = np.uint8(STATUS["not_available"])
RULES = ("even", "apart")  # how a group that is split lies in the schools


class Refused(ValueError):
    """An edit that cannot be made; the message says what came and what was expected."""


def refused(key: str, **values) -> Refused:
    return Refused(say(f"scenario.refused.{key}", **{name: _told(came) for name, came in values.items()}))


def _told(came) -> str:
    return shown(came if isinstance(came, str) else repr(came), LONGEST)


# ── what an edit must say ───────────────────────────────────────────────────────────────────────────


def _one_of(key: str, came, there):
    if not isinstance(came, str) or came not in there:
        raise refused(key, came=came, there=listed(there))
    return came


def _year(state, came, _):
    if isinstance(came, bool) or not isinstance(came, int) or came not in state.place.years:
        raise refused("year", came=came, there=listed(state.place.years))
    return came


def _level(state, came, _):
    return _one_of("level", came, state.place.levels)


def _grouping(state, came, _):
    return _one_of("grouping", came, state.groupings)


def _group(state, came, edit):
    return _one_of("group", came, state.groupings[_grouping(state, edit.get("grouping"), edit)])


def _groups(state, came, edit):
    if not isinstance(came, list | tuple) or not came:
        raise refused("groups", came=came)
    return [_group(state, one, edit) for one in came]


def _school(state, came, _):
    if not isinstance(came, str) or came not in state.at:
        raise refused("school", came=came)
    return came


def _schools(state, came, _):
    if not isinstance(came, list | tuple) or not came:
        raise refused("schools", came=came)
    return [_school(state, one, _) for one in came]


def _zone(state, came, _):
    return _one_of("zone", came, state.place.zones)


def _whole(state, came, _):
    """A whole number of pupils."""
    if isinstance(came, bool) or not isinstance(came, int) or not 0 <= came <= MOST:
        raise refused("count", came=came, most=number(MOST, ","))
    return came


def _places(state, came, _):
    return None if came is None else _whole(state, came, _)


def _wholes(state, came, edit):
    """A table of whole numbers, schools × groups; None leaves a cell as it is."""
    wanted = len(edit.get("schools") or ()), len(edit.get("groups") or ())
    rows = came if isinstance(came, list | tuple) else ()
    if len(rows) != wanted[0] or any(not isinstance(r, list | tuple) or len(r) != wanted[1] for r in rows):
        raise refused("block", rows=wanted[0], columns=wanted[1])
    return [[None if cell is None else _whole(state, cell, edit) for cell in row] for row in rows]


def name_of(came) -> str:
    """A name as it is kept: one line, no control characters, at most so many letters.

    >>> name_of("  Cormorant\\n Primary ")
    'Cormorant Primary'
    """
    if not isinstance(came, str):
        raise refused("name", came=came, most=LONGEST)
    came = unicodedata.normalize("NFC", came)
    text = " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in came).split())
    if not 0 < len(text) <= LONGEST:
        raise refused("name", came=came, most=LONGEST)
    return text


def _name(state, came, _):
    return name_of(came)


def _new_group(state, came, edit):
    """A name that no other group of this grouping has."""
    name, others = name_of(came), set(state.groupings[_grouping(state, edit.get("grouping"), edit)])
    others -= {edit.get("group"), *(edit.get("groups") or ())}
    if name in others or name == WHOLE:
        raise refused("taken", came=name)
    return name


def _new_groups(state, came, edit):
    if not isinstance(came, list | tuple) or len(came) != 2:
        raise refused("two_names", came=came)
    first, second = (_new_group(state, one, edit) for one in came)
    if first == second:
        raise refused("taken", came=first)
    return first, second


def _new_school(state, came, _):
    if any(school.id == came for school in state.schools):
        raise refused("taken", came=came)
    return name_of(came)


def _degrees(most):
    def read(state, came, _):
        if isinstance(came, bool) or not isinstance(came, int | float) or not abs(came) <= most:
            raise refused("degrees", came=came, most=most)
        return round(float(came), 5)

    return read


def _share(state, came, _):
    if isinstance(came, bool) or not isinstance(came, int | float) or not 0 <= came <= 1:
        raise refused("share", came=came)
    return math.floor(came * FINE + 0.5)


def _step(state, came, _):
    if isinstance(came, bool) or not isinstance(came, int) or not 0 <= came < STEPS:
        raise refused("step", came=came, last=STEPS - 1)
    return came


def _sector(state, came, _):
    return _one_of("sector", came, SECTORS)


def _rule(state, came, _):
    return _one_of("rule", came, RULES)


READ: dict[str, Callable] = {  # field -> (state, what came, the edit) -> the value, or Refused
    "year": _year,
    "level": _level,
    "grouping": _grouping,
    "group": _group,
    "groups": _groups,
    "school": _school,
    "schools": _schools,
    "into": _school,
    "zone": _zone,
    "n": _whole,
    "counts": _wholes,
    "places": _places,
    "name": _name,
    "new_group": _new_group,
    "new_groups": _new_groups,
    "new_school": _new_school,
    "lat": _degrees(90),
    "lon": _degrees(180),
    "share": _share,
    "step": _step,
    "sector": _sector,
    "rule": _rule,
}
EDITS: dict[str, tuple[Callable, tuple[str, ...]]] = {}  # what an edit does, and what it must say


def edit(name: str, fields: str = "") -> Callable:
    """Put a rule on the list of edits."""

    def declare(rule):
        EDITS[name] = (rule, tuple(fields.split()))
        return rule

    return declare


def after(state: State, edit: Mapping) -> tuple[State, str]:
    """The state an edit leads to, and one sentence that says what was done; `Refused` says why not."""
    if not isinstance(edit, Mapping):
        raise refused("edit", came=edit)
    do = _one_of("do", edit.get("do"), EDITS)
    rule, fields = EDITS[do]
    strange = [name for name in edit if name not in ("do", *fields)]
    missing = [name for name in fields if name not in edit]
    if strange or missing:
        raise refused("fields", do=do, expected=listed(fields, most=99), came=listed(edit, most=99))
    return rule(state, *(READ[name](state, edit[name], edit) for name in fields))


def did(key: str, **values) -> str:
    return say(f"scenario.did.{key}", **values)


# ── counts ──────────────────────────────────────────────────────────────────────────────────────────


@edit("count", "year level grouping school group n")
def _count(state, year, level, grouping, school, group, n):
    """One cell; the school's roll becomes what its groups add up to."""
    j, k = state.at[school], state.groupings[grouping].index(group)
    block = _block(state, year, level, grouping)
    was = block.n[j, k] if block.known[j, k] else say("scenario.hidden")
    new, status = block.n.copy(), block.status.copy()
    new[j, k], status[j, k] = n, OK
    said = did("count", school=_named(state, j), group=group, was=was, now=n)
    return _settled(state, year, level, {grouping: Block(new, status)}), said


@edit("counts", "year level grouping schools groups counts")
def _counts(state, year, level, grouping, schools, groups, counts):
    """A block of cells, as it was pasted."""
    block = _block(state, year, level, grouping)
    new, status, cells = block.n.copy(), block.status.copy(), 0
    columns = [state.groupings[grouping].index(group) for group in groups]
    for school, row in zip(schools, counts, strict=True):
        for k, n in zip(columns, row, strict=True):
            if n is not None:
                new[state.at[school], k], status[state.at[school], k] = n, OK
                cells += 1
    said = did("counts", cells=cells, schools=len(schools))
    return _settled(state, year, level, {grouping: Block(new, status)}), said


@edit("roll", "year level school n")
def _roll(state, year, level, school, n):
    """All pupils of a school; every grouping follows in its old proportions."""
    j, changed = state.at[school], {}
    rolls = _rolls(state, year, level)
    was = {int(roll[j]) for roll, known in rolls.values() if known[j]}
    if len(was) > 1:
        raise refused("out_of_step", school=_named(state, j), came=listed(sorted(was)))
    for grouping, (_, known) in rolls.items():
        if known[j]:
            block = state.enrolment[year, level, grouping]
            new = block.n.copy()
            new[j] = shared_out(_weights(block, [j]), np.array([n]))[0]
            changed[grouping] = block.but(n=new)
    if not changed:
        raise refused("hidden", school=_named(state, j))
    said = did("roll", school=_named(state, j), was=was.pop(), now=n)
    return _settled(state, year, level, changed), said


@edit("share", "year level grouping group share")
def _set_share(state, year, level, grouping, group, share):
    """The group's share of all pupils of this level; school sizes stay."""
    block = _whole_block(state, year, level, grouping)
    k, total = state.groupings[grouping].index(group), int(block.n.sum())
    if not total:
        raise refused("nobody")
    was, pupils = int(block.n[:, k].sum()), (2 * share * total + FINE) // (2 * FINE)
    new = with_share(block.n, k, pupils)
    shares = {"was": number(100 * was / total, ".1f"), "now": number(100 * pupils / total, ".1f")}
    said = did("share", group=group, n=pupils, **shares)
    return _settled(state, year, level, {grouping: block.but(n=new)}), said


@edit("mix", "year level grouping group step")
def _mix(state, year, level, grouping, group, step):
    """A step of the path from even to complete; school sizes and group totals stay."""
    block = _whole_block(state, year, level, grouping)
    new = way(state, year, level, grouping, group)[step]
    said = did("mix", group=group, step=step)
    return _settled(state, year, level, {grouping: block.but(n=new)}), said


def way(state: State, year, level, grouping, group) -> np.ndarray:
    """The path from even to complete of all schools of a year and level: (steps, schools, groups)."""
    block = _whole_block(state, year, level, grouping)
    return path(block.n, state.groupings[grouping].index(group))


def _block(state: State, year, level, grouping) -> Block:
    block = state.enrolment.get((year, level, grouping))
    if block is None:  # a grouping that was never counted in this year: its first counts
        shape = len(state.schools), len(state.groupings[grouping])
        block = Block(np.zeros(shape, np.int64), np.zeros(shape, np.uint8))
    return block


def _whole_block(state: State, year, level, grouping) -> Block:
    block = _block(state, year, level, grouping)
    if not block.known.all():
        raise refused("some_hidden", n=int((~block.known).sum()))
    return block


def _named(state: State, j: int) -> str:
    return shown(state.schools[j].name or state.schools[j].id, LONGEST)


# ── what agreed before agrees after ─────────────────────────────────────────────────────────────────


def _rolls(state: State, year, level) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """What each grouping says of every school's roll, and whether it says anything."""
    return {
        grouping: (block.n.sum(1), block.known.all(1))
        for (y, of, grouping), block in state.enrolment.items()
        if y == year and of == level
    }


def _weights(block: Block, rows) -> np.ndarray:
    """The proportions of the groups in some schools; where there is nobody yet, those of the town."""
    n = block.n[rows]
    return np.where(n.any(1, keepdims=True), n, block.n.sum(0))


def _settled(state: State, year, level, changed: Mapping[str, Block]) -> State:
    """The state with these new counts; other groupings and the flows follow where they agreed before."""
    before, enrolment = _rolls(state, year, level), dict(state.enrolment)
    blocks = {grouping: block.but() for grouping, block in changed.items()}
    first = next(iter(blocks))
    was, was_known = before.get(first, (np.zeros(len(state.schools), np.int64), np.array(True)))
    now, known = blocks[first].n.sum(1), blocks[first].known.all(1)
    moved = (was != now) & was_known & known
    for grouping, (roll, told) in before.items():
        rows = np.flatnonzero(moved & told & (roll == was))
        if grouping in blocks or not len(rows):
            continue
        block = state.enrolment[year, level, grouping]
        new = block.n.copy()
        new[rows] = shared_out(_weights(block, rows), now[rows])
        blocks[grouping] = block.but(n=new)
    for grouping, block in blocks.items():
        enrolment[year, level, grouping] = block
    flows = dict(state.flows)
    for grouping in blocks:
        if (year, grouping) in flows:
            new = _flows_follow(state, enrolment, year, grouping)
            if new is not None:
                flows[year, grouping] = new
    return replace(state, enrolment=enrolment, flows=flows)


def _enrolled(state: State, enrolment, year, grouping) -> tuple[np.ndarray, np.ndarray]:
    """The pupils of each school and group over all levels of a year, and where all of them are known."""
    found = [block for (y, _, of), block in enrolment.items() if y == year and of == grouping]
    shape = len(state.schools), len(state.groupings[grouping])
    n, known = np.zeros(shape, np.int64), np.ones(shape, bool)
    for block in found:
        n, known = n + block.n, known & block.known
    return n, known


def _flows_follow(state: State, enrolment, year, grouping) -> Block | None:
    """The flows that added up to the pupils of a school before do so after: from where they come already."""
    block = state.flows[year, grouping]
    before, knew = _enrolled(state, state.enrolment, year, grouping)
    now, know = _enrolled(state, enrolment, year, grouping)
    agreed = knew & know & block.known.all(0) & (block.n.sum(0) == before)
    j, k = np.nonzero(agreed & (now != before))
    if not len(j):
        return None
    weights = block.n[:, j, k].T
    by_school = block.n.sum(2)[:, j].T  # nobody of this group yet: from where the others come
    at_home = np.array([[state.schools[i].zone == zone for zone in state.place.zones] for i in j])
    for other in (by_school, at_home.astype(np.int64)):
        weights = np.where(weights.any(1, keepdims=True), weights, other)
    some = weights.any(1)
    new = block.n.copy()
    new[:, j[some], k[some]] = shared_out(weights[some], now[j[some], k[some]]).T
    return block.but(n=new)


def out_of_step(state: State, year, level) -> dict[str, int]:
    """What does not agree: grouping -> how many schools whose roll it gives otherwise; "flows" likewise."""
    rolls, found = _rolls(state, year, level), {}
    first = next(iter(rolls.values()), None)
    for grouping, (roll, known) in rolls.items():
        there = state.enrolment[year, level, grouping].status.any(1)
        apart = known & first[1] & (roll != first[0]) & there
        if apart.any():
            found[grouping] = int(apart.sum())
    flows = 0
    for (y, grouping), block in state.flows.items():
        if y == year:
            n, known = _enrolled(state, state.enrolment, year, grouping)
            flows += int((known & block.known.all(0) & (block.n.sum(0) != n)).sum())
    return found | ({"flows": flows} if flows else {})


# ── schools ─────────────────────────────────────────────────────────────────────────────────────────


def _with_school(state: State, j: int, **values) -> State:
    schools = (*state.schools[:j], state.schools[j]._replace(**values), *state.schools[j + 1 :])
    return replace(state, schools=schools)


@edit("name", "school name")
def _rename(state, school, name):
    j = state.at[school]
    return _with_school(state, j, name=name), did("name", was=_named(state, j), now=name)


@edit("sector", "school sector")
def _set_sector(state, school, sector):
    j = state.at[school]
    told = sector_name(sector)
    return _with_school(state, j, sector=sector), did("sector", school=_named(state, j), now=told)


@edit("capacity", "school places")
def _set_capacity(state, school, places):
    j = state.at[school]
    now = say("scenario.unknown") if places is None else places
    return _with_school(state, j, capacity=places), did("capacity", school=_named(state, j), now=now)


@edit("move", "school lat lon")
def _move(state, school, lat, lon):
    """The building is elsewhere, and the school belongs to the neighbourhood it stands in now."""
    j = state.at[school]
    zone = _zone_at(state, lat, lon)
    after = _with_school(state, j, lat=lat, lon=lon, zone=state.schools[j].zone if zone is None else zone)
    key = "move" if zone in (None, state.schools[j].zone) else "move.zone"
    return after, did(key, school=_named(state, j), zone=_zone_name(state, zone))


def _zone_at(state: State, lat, lon) -> str | None:
    """The zone at a place; None where there is no map. Nobody builds a school outside the territory."""
    if not state.place.outlines:
        return None
    if not (zone := state.place.zone_of(lat, lon)):
        raise refused("outside")
    return zone


def _zone_name(state: State, zone) -> str:
    return shown(state.place.zone_names.get(zone, zone or ""), LONGEST)


@edit("zone", "school zone")
def _set_zone(state, school, zone):
    """The school belongs to this neighbourhood; its building stays where it is."""
    j = state.at[school]
    after = _with_school(state, j, zone=zone)
    return after, did("zone", school=_named(state, j), zone=_zone_name(state, zone))


@edit("add", "new_school name sector level lat lon places")
def _add(state, school, name, sector, level, lat, lon, places):
    """A new school, with nobody in it yet."""
    if len(state.schools) >= MOST_SCHOOLS:
        raise refused("many_schools", most=MOST_SCHOOLS)
    zone = _zone_at(state, lat, lon) or ""
    new = School(school, name, sector, level, zone, lat, lon, places, -1)
    tables = {
        table: {key: _one_more(block, -2) for key, block in getattr(state, table).items()}
        for table in ("enrolment", "flows", "indicators")
    }
    return replace(state, schools=(*state.schools, new), **tables), did("add", school=name)


def _one_more(block: Block, axis: int) -> Block:
    def longer(array):
        shape = list(array.shape)
        shape[axis] = 1
        return np.concatenate([array, np.zeros(shape, array.dtype)], axis)

    return Block(*(None if array is None else longer(array) for array in block))


@edit("remove", "school")
def _remove(state, school):
    """The school closes, and its pupils leave the territory with it; a merger keeps them."""
    j, pupils = state.at[school], 0
    if len(state.at) == 1:
        raise refused("last_school")
    pupils = _pupils_now(state, j)
    after = replace(_emptied(state, j), gone=state.gone | {j})
    return after, did("remove", school=_named(state, j), n=pupils)


def _pupils_now(state: State, j: int) -> int:
    """The pupils of a school in the last year, as far as they are known."""
    year = state.place.years[-1] if state.place.years else None
    rolls = {}
    for (y, level, _), block in state.enrolment.items():
        if y == year and block.known[j].all():
            rolls[level] = max(rolls.get(level, 0), int(block.n[j].sum()))
    return sum(rolls.values())


def _emptied(state: State, j: int) -> State:
    tables = {}
    for table in ("enrolment", "flows", "indicators"):
        tables[table] = {}
        for key, block in getattr(state, table).items():
            if block.status[..., j, :].any():
                arrays = [None if array is None else array.copy() for array in block]
                for array in arrays:
                    if array is not None:
                        array[..., j, :] = 0
                block = Block(*arrays)
            tables[table][key] = block
    return replace(state, **tables)


@edit("merge", "school into")
def _merge(state, school, into):
    """The pupils of one school go to another, all together and in every year; the first one closes."""
    if school == into:
        raise refused("itself", school=_named(state, state.at[into]))
    j, i, tables = state.at[school], state.at[into], {}
    for table in ("enrolment", "flows", "indicators"):
        tables[table] = {}
        for key, block in getattr(state, table).items():
            if block.status[..., j, :].any():
                arrays = {}
                for name, array in block._asdict().items():
                    if array is not None:
                        arrays[name] = array.copy()
                        if name != "status":
                            arrays[name][..., i, :] += array[..., j, :]
                arrays["status"][..., i, :] = _together(block.status[..., [i, j], :], -2)
                block = Block(**arrays)
                hidden = ~block.known
                block.n[hidden] = 0
            tables[table][key] = block
    after = replace(_emptied(replace(state, **tables), j), gone=state.gone | {j})
    n = _pupils_now(state, j)
    return after, did("merge", school=_named(state, j), into=_named(state, i), n=n)


def _together(status: np.ndarray, axis: int) -> np.ndarray:
    """The status of a sum: hidden where a part is hidden, a number where a part is one."""
    found = np.zeros(np.delete(status.shape, axis), np.uint8)
    for name in ("not_applicable", "ok", "rounded", "not_available", "suppressed"):  # the last one counts
        found[(status == STATUS[name]).any(axis)] = STATUS[name]
    return found


# ── neighbourhoods and the schools of their children ────────────────────────────────────────────────


@edit("assign", "year level zone school")
def _assign(state, year, level, zone, school):
    """All children of a neighbourhood who are in a school of this level go to this one."""
    j, z = state.at[school], state.place.zone_at[zone]
    if state.schools[j].level != level:
        raise refused("level_of", school=_named(state, j), level=level)
    after, moved = _sent(state, year, level, {z: {j: 1}})
    said = did("assign", zone=_zone_name(state, zone), school=_named(state, j), n=moved)
    return after, said


@edit("catchments", "year level")
def _catchments(state, year, level):
    """Everyone at the school of their neighbourhood, as `segkit.zones.catchments` says which that is.

    Of several schools each takes its part in proportion to its places (or to its pupils, where not all places
    are known).
    """
    weights = catchments(state, year, level)
    after, moved = _sent(state, year, level, weights)
    return after, did("catchments", n=moved)


def catchments(state: State, year, level) -> dict[int, dict[int, int]]:
    """zone -> the schools its children would go to, and in what proportion."""
    rolls = _rolls(state, year, level)
    roll = next(iter(rolls.values()))[0] if rolls else np.zeros(len(state.schools), np.int64)
    lat, lon = state.place.middles
    there = [j for j, school in enumerate(state.schools) if school.level == level and j not in state.gone]
    there = [j for j in there if roll[j] or state.schools[j].row < 0]
    if not there:
        raise refused("no_school", level=level)
    schools = [state.schools[j] for j in there]
    spots = np.array([(math.nan, math.nan) if None in (s.lat, s.lon) else (s.lat, s.lon) for s in schools])
    far = great_circle(np.r_[lat, spots[:, 0]], np.r_[lon, spots[:, 1]])[: len(lat), len(lat) :]
    zones, public = state.place.zones, [school.sector == "public" for school in schools]
    own = zones_catchments(zones, [school.zone for school in schools], public, far)
    found = {}
    for z, zone in enumerate(zones):
        chosen = [there[j] for j in own[zone]]
        if not chosen:
            raise refused("no_places")
        places = [state.schools[j].capacity for j in chosen]
        weights = places if all(places) else [int(roll[j]) or 1 for j in chosen]
        found[z] = dict(zip(chosen, map(int, weights), strict=True))
    return found


def _sent(state: State, year, level, weights: Mapping[int, Mapping[int, int]]) -> tuple[State, int]:
    """The children of some zones sent to other schools of a level: flows and pupils together.

    How many go to each school is the same whatever they are grouped by.
    """
    groupings = [grouping for (y, grouping) in state.flows if y == year]
    if not groupings:
        raise refused("no_flows", year=year)
    of_level = np.array([s.level == level and j not in state.gone for j, s in enumerate(state.schools)])
    for (y, of, _), block in state.enrolment.items():
        if y == year and of != level and (both := of_level & block.n.any(1)).any():
            raise refused("levels", school=_named(state, int(np.argmax(both))))
    flows, changed, moved = dict(state.flows), {}, 0
    shares: dict[int, tuple[int, np.ndarray]] = {}
    before = _rolls(state, year, level)
    for grouping in groupings:
        block, pupils = flows[year, grouping], _block(state, year, level, grouping)
        enrolled, known = _enrolled(state, state.enrolment, year, grouping)
        if not block.known[:, of_level].all() or not known[of_level].all():
            raise refused("hidden_flows", grouping=grouping)
        if (block.n.sum(0) != enrolled)[of_level].any():
            raise refused("flows_apart", grouping=grouping, year=year)
        new = block.n.copy()
        for z, chosen in weights.items():
            home = block.n[z][of_level].sum(0)
            total, columns = int(home.sum()), list(chosen)
            new[z, of_level] = 0
            if z not in shares or shares[z][0] != total:
                shares[z] = (total, shared_out(list(chosen.values()), total))
            new[z, columns] = spread(shares[z][1], home)
        n = pupils.n + (new - block.n).sum(0)
        if (n < 0).any():
            raise refused("flows_apart", grouping=grouping, year=year)
        if changed:  # earlier edits may have left its homes a pupil or two from those of the first grouping
            first = next(iter(changed))
            agreed = before[first][0] == before[grouping][0] if grouping in before else np.array(False)
            n, new = _fitted(n, new, np.where(agreed, changed[first].n.sum(1), n.sum(1)), of_level)
        moved = moved or int(np.abs(new - block.n).sum()) // 2
        flows[year, grouping], changed[grouping] = block.but(n=new), pupils.but(n=n)
    after = _settled(state, year, level, changed)
    return replace(after, flows=after.flows | {(year, one): flows[year, one] for one in groupings}), moved


def _fitted(n: np.ndarray, flows: np.ndarray, rolls: np.ndarray, where: np.ndarray):
    """Pupils and flows of some schools made to add up to these rolls, in their proportions."""
    n, flows = n.copy(), flows.copy()
    for j in np.flatnonzero(where & (n.sum(1) != rolls)):
        n[j] = shared_out(n[j] if n[j].any() else n.sum(0), rolls[j])
        origin = np.where(flows[:, j].any(0), flows[:, j], flows[:, j].sum(1, keepdims=True))
        flows[:, j] = shared_out(origin.T, n[j]).T
    return n, flows


# ── groups ──────────────────────────────────────────────────────────────────────────────────────────


@edit("group", "grouping group new_group")
def _rename_group(state, grouping, group, name):
    groups = tuple(name if one == group else one for one in state.groupings[grouping])
    focal = dict(state.focal)
    if focal.get(grouping) == group:
        focal[grouping] = name
    after = replace(state, groupings=state.groupings | {grouping: groups}, focal=focal)
    return after, did("group", was=group, now=name)


@edit("split", "grouping group new_groups share rule")
def _split(state, grouping, group, names, share, rule):
    """A group becomes two, everywhere: so much of it is the first, the rest the second.

    "even" is the same share in every school; "apart" gathers the first part in the schools where the group
    is strongest. Outcomes of the two parts are not known.
    """
    groups = state.groupings[grouping]
    if grouping == WHOLE or len(groups) >= MOST_GROUPS:
        raise refused("split", grouping=grouping, most=MOST_GROUPS)
    k, tables = groups.index(group), {table: dict(getattr(state, table)) for table in _TABLES}
    part = {}  # (year, school) -> how many of the group are in the first part, over all levels
    for key, block in state.enrolment.items():
        if key[2] == grouping:
            first = _first_part(block.n, k, share, rule)
            tables["enrolment"][key] = _cut(block, k, first)
            part[key[0]] = part.get(key[0], 0) + first
    for key, block in state.flows.items():
        if key[1] == grouping:
            inside, whole = part.get(key[0]), block.n[..., k].sum(0)
            enrolled = _enrolled(state, state.enrolment, key[0], grouping)[0][:, k]
            if inside is None or (whole != enrolled).any():
                inside = shared_out(whole, (2 * share * whole.sum() + FINE) // (2 * FINE))
            tables["flows"][key] = _cut(block, k, shared_out(block.n[..., k].T, inside).T)
    for key, block in state.residents.items():
        if key[1] == grouping:
            first = _first_part(block.n, k, share, "even")
            before, flows = state.flows.get(key), tables["flows"].get(key)
            if before is not None and (before.n[..., k].sum(1) == block.n[:, k]).all():
                first = flows.n[..., k].sum(1)
            tables["residents"][key] = _cut(block, k, first)
    for key, block in state.indicators.items():
        if key[1] == grouping:
            tables["indicators"][key] = _cut(block, k, np.zeros(len(block.n), np.int64), UNKNOWN)
    came = state.came[grouping]
    focal = {grouping: names[0]} if state.focal.get(grouping) == group else {}
    after = replace(
        state,
        groupings=state.groupings | {grouping: (*groups[:k], *names, *groups[k + 1 :])},
        came=state.came | {grouping: (*came[: k + 1], -1, *came[k + 1 :])},
        focal=state.focal | focal,
        **tables,
    )
    said = did("split", group=group, first=names[0], second=names[1], share=number(100 * share / FINE, "g"))
    return after, said


_TABLES = ("enrolment", "residents", "flows", "indicators")


def _first_part(n: np.ndarray, k: int, share: int, rule: str) -> np.ndarray:
    """How many of a group, in each school, are in its first part."""
    x = n[:, k]
    total = (2 * share * int(x.sum()) + FINE) // (2 * FINE)
    if rule == "even":
        return np.minimum(shared_out(x, total), x)
    order = np.argsort(-(x / np.maximum(n.sum(1), 1)), kind="stable")
    before = np.concatenate([[0], np.cumsum(x[order])[:-1]])
    found = np.zeros_like(x)
    found[order] = np.clip(total - before, 0, x[order])
    return found


def _cut(block: Block, k: int, first: np.ndarray, status=None) -> Block:
    """A column made two: `first` of it, and the rest."""
    arrays = {}
    for name, array in block._asdict().items():
        if array is not None:
            arrays[name] = np.concatenate([array[..., : k + 1], array[..., k:]], -1)
    arrays["n"][..., k] = first
    arrays["n"][..., k + 1] -= first
    if status is not None:
        for one in (k, k + 1):
            arrays["status"][..., one] = np.where(arrays["status"][..., one] == NO_ROW, NO_ROW, status)
            for name in arrays.keys() - {"status"}:
                arrays[name][..., one] = 0
    return Block(**arrays)


@edit("join", "grouping groups new_group")
def _join(state, grouping, chosen, name):
    """Several groups become one, everywhere: counts and outcomes are added up."""
    groups = state.groupings[grouping]
    at = sorted({groups.index(group) for group in chosen})
    if len(at) < 2 or len(at) == len(groups):
        raise refused("join", came=listed(chosen), there=listed(groups))
    keep = [k for k in range(len(groups)) if k not in at[1:]]
    tables = {}
    for table in _TABLES:
        tables[table] = {}
        for key, block in getattr(state, table).items():
            here = key[2] if table == "enrolment" else key[1]
            tables[table][key] = _added_up(block, at, keep) if here == grouping else block
    focal = {grouping: name} if state.focal.get(grouping) in chosen else {}
    after = replace(
        state,
        groupings=state.groupings | {grouping: tuple(name if k == at[0] else groups[k] for k in keep)},
        came=state.came | {grouping: tuple(state.came[grouping][k] for k in keep)},
        focal=state.focal | focal,
        **tables,
    )
    return after, did("join", groups=listed(groups[k] for k in at), now=name)


def _added_up(block: Block, at: list[int], keep: list[int]) -> Block:
    arrays = {}
    for name, array in block._asdict().items():
        if array is not None:
            arrays[name] = array[..., keep].copy()
            if name != "status":
                arrays[name][..., at[0]] = array[..., at].sum(-1)
    arrays["status"][..., at[0]] = _together(block.status[..., at], -1)
    joined = Block(**arrays)
    for name in arrays.keys() - {"status"}:
        arrays[name][~joined.known] = 0
    return joined

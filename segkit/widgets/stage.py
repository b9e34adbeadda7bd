"""What the studio's page shows: plain data that the browser only has to draw.

Every text is ready to print, every school and zone has its class, every place is in map units.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from segkit.indices import INDICES
from segkit.indices.shelf import CannotBeAssessed
from segkit.scenarios.comparing import MAIN, change, sentence
from segkit.scenarios.edits import RULES, out_of_step, way
from segkit.scenarios.links import LONGEST_LINK, RECIPE, line, tellable
from segkit.scenarios.state import State
from segkit.scenarios.ways import longer, written
from segkit.sheets import shown
from segkit.tables import Table
from segkit.territory import SECTORS, WHOLE
from segkit.widgets.page import by_chance
from segkit.widgets.projecting import WIDTH, rings
from segkit.widgets.sitting import NOW, START, Sitting, shares
from segkit.words import number, say, sector_name

LIKE = (0.5, 0.8, 1.25, 2.0)  # a school's share over the town's: where one class ends and the next begins
FULL = (0.6, 0.8, 1.0)  # pupils over places, likewise
RADII = (6, 26)  # of the smallest and the largest school, in map units
STEP, STEP_FAR = 8, 40  # map units an arrow key moves a school
MOST_LINES = 14  # ways from home to school that one can still tell apart
MOST_SAID = 30
MOST_DIFFERENT = 60
NONE = "–"
HIDDEN = 255


# --- once for each town


def town_of(sitting: Sitting, number: int, towns, seed: int | None) -> dict:
    base = sitting.base
    private = {name: say(f"studio.private.{name}", below=base.k - 1) for name in ("title", "text")}
    return {
        "kind": "town",
        "town": number,
        "name": shown(base.name, 80),
        "story": base.story,
        "own": sitting.own,
        "words_extra": {},
        "towns": [{"name": name, "label": town_label(name), "hint": town_hint(name)} for name in towns],
        "current": made[1] if (made := RECIPE.fullmatch(base.recipe)) else "",
        "seed": seed,
        "map": map_of(sitting),
        "private": private if sitting.own else None,
    }


def town_label(name: str) -> str:
    """An invented town with what it is, in a word or two.

    >>> town_label("marenza"), town_label("new")
    ('Marenza, a port city', 'New')
    """
    return say(f"studio.town.{name}") if _has(f"studio.town.{name}") else printed(name.capitalize())


def town_hint(name: str) -> str:
    return say(f"sample.{name}.story") if _has(f"sample.{name}.story") else ""


def map_of(sitting: Sitting) -> dict | None:
    plane, place = sitting.plane, sitting.start.place
    if plane is None:
        return None
    outlines = dict(zip(sitting.base.zones["zone"], sitting.base.zones["geometry"], strict=True))
    lat, lon = place.middles
    zones = []
    for z, zone in enumerate(place.zones):
        flat = [[v for x, y in ring for v in plane.to(y, x)] for ring in rings(outlines.get(zone))]
        at = None if np.isnan(lat[z]) else list(plane.to(lat[z], lon[z]))
        zones.append({"id": zone, "name": shown(place.zone_names[zone], 60), "rings": flat, "at": at})
    units, metres = plane.scale()
    far = (
        say("studio.metres", n=metres)
        if metres < 1000
        else say("studio.kilometres", n=number(metres / 1000, "g"))
    )
    return {
        "width": WIDTH,
        "height": plane.height,
        "step": STEP,
        "step_far": STEP_FAR,
        "scale": {"units": units, "text": far},
        "north": say("studio.north"),
        "zones": zones,
        "text": say("studio.map.what", name=shown(sitting.base.name, 80), zones=len(zones)),
    }


# --- after everything


def page_of(sitting: Sitting) -> dict:
    """Everything that changes."""
    state, rows = sitting.state, sitting.rows()
    block = sitting.block()
    n, known = block.n[rows], block.known[rows]
    groups = state.groupings[sitting.grouping]
    k = groups.index(sitting.focal)
    whole = bool(known.all())
    numbers = numbers_of(sitting)
    said = sitting.said
    live = " ".join(f"{one['symbol']} {one['value']}." for one in numbers["indices"] if not one["reason"])
    live = f"{live} {numbers['way']['live']}".strip()
    return {
        "kind": "page",
        "said": said,
        "tone": sitting.tone,
        "live": f"{said} {live}".strip(),
        "history": history_of(sitting),
        "choices": choices_of(sitting),
        "chosen": {
            "year": str(sitting.year),
            "level": sitting.level,
            "grouping": sitting.grouping,
            "focal": sitting.focal,
            "of": sitting.of,
            "zone": sitting.zone,
            "school": sitting.school,
        },
        "groups": groups_of(sitting, n, known),
        "table": table_of(sitting, rows, n, known, k),
        "map": drawn(sitting, state, rows, n, known, k) if sitting.plane else None,
        "selected": selected_of(sitting),
        "follow": {
            "may": sitting.may_follow,
            "on": sitting.follow,
            "label": say("studio.follow"),
            "hint": say("studio.follow.hint" if sitting.may_follow else "studio.no_flows"),
        },
        **numbers,
        "shares": sliders_of(sitting, n, whole),
        "mix": mix_of(sitting, whole),
        "scenarios": scenarios_of(sitting),
        "scenario_heads": [say("studio.heads.scenario"), *(INDICES[name].symbol for name in MAIN)],
        "compare": compared_of(sitting),
        "downloads": downloads_of(sitting),
        "share": share_of(sitting),
        "notes": notes_of(sitting),
    }


def printed(name: str) -> str:
    """A name from a file as it is printed.

    >>> printed("free_meals")
    'free meals'
    """
    return shown(name.replace("_", " "), 60)


def whole_text(n) -> str:
    return number(int(n), ",")


def percent(share) -> str:
    return NONE if share is None or np.isnan(share) else say("studio.percent", n=number(100 * share, ".1f"))


def history_of(sitting: Sitting) -> dict:
    story = sitting.story
    done, ahead = story.steps[: story.at], story.steps[story.at :]
    what = shown(done[-1].said, 90) if done else ""
    again = shown(ahead[0].said, 90) if ahead else ""
    changes = story.changes
    return {
        "undo": {
            "may": bool(done),
            "label": say("studio.undo", what=what) if done else say("studio.undo.no"),
        },
        "redo": {
            "may": bool(ahead),
            "label": say("studio.redo", what=again) if ahead else say("studio.redo.no"),
        },
        "restart": {"may": changes > 0, "label": say("studio.restart")},
        "text": say("studio.changes" if changes != 1 else "studio.change", n=number(changes, ",")),
        "list": [step.said for step in reversed(done[-MOST_SAID:])],
    }


def choices_of(sitting: Sitting) -> dict:
    state = sitting.state
    plain = {
        "year": map(str, state.place.years),
        "level": state.place.levels,
        "grouping": [one for one in state.groupings if one != WHOLE or len(state.groupings) == 1],
        "focal": state.groupings[sitting.grouping],
    }
    found = {what: [{"id": one, "label": printed(one)} for one in there] for what, there in plain.items()}
    found["of"] = [{"id": one, "label": say(f"studio.of.{one}")} for one in sitting.colourings()]
    found["sectors"] = [{"id": one, "label": sector_name(one)} for one in SECTORS]
    found["rules"] = [{"id": one, "label": say(f"studio.rule.{one}")} for one in RULES]
    names = state.place.zone_names
    found["zones"] = [{"id": zone, "label": printed(names[zone])} for zone in state.place.zones]
    return found


def groups_of(sitting: Sitting, n, known) -> list[dict]:
    """Each group's pupils and share in all schools; its share at the start where that was another one."""
    state, groups = sitting.state, sitting.state.groupings[sitting.grouping]
    totals, whole = n.sum(0), known.all()
    was = [""] * len(groups)
    if sitting.grouping in sitting.start.groupings:
        before = sitting.block(sitting.start)
        if before.known.all() and before.n.sum():
            share = before.n.sum(0) / before.n.sum()
            was = [percent(share[c]) if c >= 0 else "" for c in state.came[sitting.grouping]]
    found, mark = [], 1
    for k, group in enumerate(groups):
        share = percent(totals[k] / totals.sum()) if whole and totals.sum() else NONE
        focal = group == sitting.focal
        about = {"id": group, "name": printed(group), "focal": focal, "share": share}
        about["total"] = whole_text(totals[k]) if known[:, k].all() else NONE
        about["was"] = was[k] if was[k] != share else ""
        about["mark"] = 0 if focal else mark
        mark += not focal
        found.append(about)
    return found


# --- the table


def table_of(sitting: Sitting, rows, n, known, k) -> dict:
    state, start, place = sitting.state, sitting.start, sitting.state.place
    before = _before(sitting, len(state.schools))
    old_n, old_known = (None, None) if before is None else (before.n[rows], before.known[rows])
    cells, sure, sizes = n.tolist(), known.tolist(), n.sum(1).tolist()
    found, whole, hidden = [], known.all(1).tolist(), say("scenario.hidden")
    for i, j in enumerate(rows):
        school = state.schools[j]
        old = start.schools[j] if j < len(start.schools) else None
        text = [str(v) if ok else hidden for v, ok in zip(cells[i], sure[i], strict=True)]
        share = percent(cells[i][k] / sizes[i]) if whole[i] and sizes[i] else NONE
        was, all_was, share_was = [""] * len(text), "", ""
        if old is not None and before is not None:
            first = [
                str(v) if ok else "" for v, ok in zip(old_n[i].tolist(), old_known[i].tolist(), strict=True)
            ]
            was = [a if a != b else "" for a, b in zip(first, text, strict=True)]
            size = before.size[j]
            if size is not None:
                all_was = str(size) if size != sizes[i] else ""
                if old_known[i, k] and size:
                    share_was = percent(old_n[i, k] / size)
        capacity = "" if school.capacity is None else str(int(school.capacity))
        full = whole[i] and school.capacity is not None and sizes[i] > school.capacity
        found.append(
            {
                "id": school.id,
                "name": shown(school.name or school.id, 80),
                "sector": school.sector,
                "sector_text": sector_name(school.sector),
                "zone": school.zone,
                "zone_name": shown(place.zone_names.get(school.zone, school.zone), 60),
                "level": school.level,
                "text": text,
                "was": was,
                "hidden": [not ok for ok in sure[i]],
                "all": str(sizes[i]) if whole[i] else NONE,
                "all_was": all_was,
                "share": share,
                "share_was": share_was if share_was != share else "",
                "capacity": capacity,
                "note": say("studio.full", n=int(sizes[i] - school.capacity)) if full else "",
                "fresh": old is None,
            }
        )
    heads = ("school", "all", "share", "capacity", "sector", "zone")
    faults = [
        {"school": school, "group": field, "text": text, "says": says}
        for (year, level, grouping, school, field), (text, says) in sitting.drafts.items()
        if (year, level, grouping) == (sitting.year, sitting.level, sitting.grouping)
    ]
    totals = n.sum(0)
    return {
        "caption": say(
            "studio.caption",
            level=sitting.level,
            year=sitting.year,
            grouping=printed(sitting.grouping),
        ),
        "editable": True,
        "why": "",
        "heads": {name: say(f"studio.heads.{name}") for name in heads},
        "rows": found,
        "foot": {
            "text": [whole_text(v) if known[:, c].all() else NONE for c, v in enumerate(totals)],
            "all": whole_text(totals.sum()) if known.all() else NONE,
            "share": percent(totals[k] / totals.sum()) if known.all() and totals.sum() else NONE,
        },
        "faults": faults,
    }


class Before(NamedTuple):
    """The table at the start, in the columns of now."""

    n: np.ndarray
    known: np.ndarray  # False also where a group was not there yet
    size: list[int | None]  # all pupils of a school, where they are known


def _before(sitting: Sitting, schools: int) -> Before | None:
    if sitting.grouping not in sitting.start.groupings:
        return None
    block, came = sitting.block(sitting.start), np.array(sitting.state.came[sitting.grouping])
    more = ((0, schools - len(block.n)), (0, 0))
    n, known = np.pad(block.n[:, came], more), np.pad(block.known[:, came] & (came >= 0), more)
    all_known = block.known.all(1).tolist()
    size = [v if ok else None for v, ok in zip(block.n.sum(1).tolist(), all_known, strict=True)]
    return Before(n, known, size)


# --- the map


def classes(share, town: float, ends=LIKE) -> np.ndarray:
    """The class of each share: how it compares with the town's; −1 where there is nobody."""
    share = np.asarray(share, float)
    if not town > 0:
        return np.where(np.isnan(share), -1, 0).astype(np.int8)
    found = np.digitize(share / town, ends)
    return np.where(np.isnan(share), -1, found).astype(np.int8)


def legend(sitting: Sitting, town: float) -> dict:
    if sitting.of == "places":
        ends = [number(100 * end, ".0f") for end in FULL]
        texts = [say("studio.legend.full.under", n=ends[0])]
        texts += [say("studio.legend.full.from", n=a, to=b) for a, b in zip(ends, ends[1:], strict=False)]
        texts.append(say("studio.legend.full.over"))
        title = say("studio.legend.full")
    else:
        group = printed(sitting.focal)
        title = say("studio.legend.share", group=group, n=percent(town))
        texts = [say(f"studio.legend.share.{i}") for i in range(len(LIKE) + 1)]
    told = [{"class": i, "text": text} for i, text in enumerate(texts)]
    return {"title": title, "classes": told, "none": say("studio.legend.none")}


def school_classes(sitting: Sitting, state: State, rows, n, known, k) -> np.ndarray:
    whole, sizes = known.all(1), n.sum(1)
    if sitting.of == "places":
        places = np.array([state.schools[j].capacity or np.nan for j in rows], float)
        full = np.where(whole, sizes / places, np.nan)
        found = np.digitize(full, FULL, right=True)  # exactly full is not above
        return np.where(np.isnan(full), -1, found).astype(np.int8)
    share = np.where(whole, shares(n, k), np.nan)
    return classes(share, town_share(n, known, k))


def town_share(n, known, k) -> float:
    whole = known.all(1)
    return float(n[whole, k].sum() / max(1, n[whole].sum()))


def resident_classes(sitting: Sitting, state: State) -> np.ndarray:
    """The class of each zone, by who lives there."""
    zones = len(state.place.zones)
    block = state.residents.get((sitting.year, sitting.grouping))
    if sitting.of != "residents" or block is None:
        return np.full(zones, -1, np.int8)
    k = state.groupings[sitting.grouping].index(sitting.focal)
    known = block.known
    share = np.where(known.all(1), shares(block.n, k), np.nan)
    return classes(share, town_share(block.n, known, k))


def main_school(sitting: Sitting, state: State) -> list[str]:
    """The school of this level that most children of each zone go to."""
    block = state.flows.get((sitting.year, sitting.grouping))
    if block is None:
        return [""] * len(state.place.zones)
    of = [j for j, s in enumerate(state.schools) if s.level == sitting.level and j not in state.gone]
    if not of:
        return [""] * len(state.place.zones)
    n = block.n[:, of].sum(2)
    return [state.schools[of[int(row.argmax())]].id if row.any() else "" for row in n]


def radii(n) -> np.ndarray:
    sizes = n.sum(1)
    most = max(1, int(sizes.max(initial=0)))
    return np.round(RADII[0] + (RADII[1] - RADII[0]) * np.sqrt(sizes / most), 1)


def spots(sitting: Sitting, state: State, rows, n, known, k, tips: bool = True) -> list[dict]:
    """Each school as it stands on the map."""
    plane, start, found = sitting.plane, sitting.start, []
    colour, r = school_classes(sitting, state, rows, n, known, k), radii(np.where(known, n, 0))
    for i, j in enumerate(rows):
        school = state.schools[j]
        old = start.schools[j] if j < len(start.schools) else None
        there = school.lat is not None and school.lon is not None
        x, y = plane.to(school.lat, school.lon) if there else (None, None)
        moved = old is None or (old.lat, old.lon) != (school.lat, school.lon)
        about = {"id": school.id, "x": x, "y": y, "r": float(r[i]), "class": int(colour[i]), "moved": moved}
        about["sector"] = school.sector
        if tips:
            size = int(n[i].sum())
            share = percent(n[i, k] / size) if known[i].all() and size else NONE
            name = shown(school.name or school.id, 80)
            about["tip"] = say("studio.tip.school", name=name, n=whole_text(size), share=share)
        found.append(about)
    return found


def drawn(sitting: Sitting, state: State, rows, n, known, k) -> dict:
    place = state.place
    to, colour = main_school(sitting, state), resident_classes(sitting, state)
    first = main_school(sitting, sitting.start) if sitting.grouping in sitting.start.groupings else to
    names = {school.id: shown(school.name or school.id, 60) for school in state.schools}
    block = state.residents.get((sitting.year, sitting.grouping))
    zones = []
    for z, zone in enumerate(place.zones):
        tip = shown(place.zone_names[zone], 60)
        if block is not None and block.known[z].all() and block.n[z].any():
            share = block.n[z, k] / block.n[z].sum()
            tip = say("studio.tip.zone", name=tip, n=whole_text(block.n[z].sum()), share=percent(share))
        if to[z]:
            tip = say("studio.tip.to", zone=tip, school=names[to[z]])
        moved = to[z] != first[z]
        zones.append({"id": zone, "class": int(colour[z]), "tip": tip, "school": to[z], "moved": moved})
    schools = spots(sitting, state, rows, n, known, k)
    no_flows = not any(year == sitting.year for year, _ in state.flows)
    why = say("studio.no_flows") if no_flows else ""
    return {
        "schools": schools,
        "zones": zones,
        "legend": legend(sitting, town_share(n, known, k)),
        "heads": say(f"studio.of.{sitting.of}"),
        "lines": ways(sitting, state),
        "may_move": True,
        "may_assign": not no_flows and bool(place.zones),
        "why": why,
        "text": map_text(sitting, schools, state, rows, n, known, k),
    }


def ways(sitting: Sitting, state: State) -> list[dict]:
    """Lines from the selected zone to its schools, or to the selected school from its zones."""
    block = state.flows.get((sitting.year, sitting.grouping))
    if block is None or not (sitting.zone or sitting.school):
        return []
    place, plane, found = state.place, sitting.plane, []
    lat, lon = place.middles
    n = np.where(block.known, block.n, 0).sum(2)
    if sitting.school:
        pairs = [(z, state.at[sitting.school]) for z in range(len(place.zones))]
    else:
        z = place.zone_at[sitting.zone]
        pairs = [(z, j) for j in state.at.values() if state.schools[j].level == sitting.level]
    pairs = [(z, j) for z, j in sorted(pairs, key=lambda pair: -n[pair]) if n[z, j]][:MOST_LINES]
    most = max((n[pair] for pair in pairs), default=1)
    for z, j in pairs:
        school = state.schools[j]
        if np.isnan(lat[z]) or school.lat is None or school.lon is None:
            continue
        about = {"zone": shown(place.zone_names[place.zones[z]], 60), "n": int(n[z, j])}
        tip = say("studio.tip.way", school=shown(school.name or school.id, 60), **about)
        here, there = list(plane.to(lat[z], lon[z])), list(plane.to(school.lat, school.lon))
        found.append(
            {"from": here, "to": there, "width": round(2 + 12 * float(n[z, j] / most), 1), "tip": tip}
        )
    return found


def map_text(sitting: Sitting, schools, state, rows, n, known, k) -> str:
    """The map in words: how many schools are of which class, and who stands out."""
    told = legend(sitting, town_share(n, known, k))
    count = {c["class"]: sum(s["class"] == c["class"] for s in schools) for c in told["classes"]}
    parts = [say("studio.map.class", text=c["text"], n=count[c["class"]]) for c in told["classes"]]
    return say("studio.map.text", n=len(schools), title=told["title"], parts="; ".join(parts))


# --- what is selected


def selected_of(sitting: Sitting) -> dict:
    state, place = sitting.state, sitting.state.place
    if sitting.school:
        return _school_panel(sitting, state, state.at[sitting.school])
    if sitting.zone:
        return _zone_panel(sitting, state, place.zone_at[sitting.zone])
    return {"title": "", "lines": [], "actions": []}


def _school_panel(sitting: Sitting, state: State, j: int) -> dict:
    school, block = state.schools[j], sitting.block()
    size = int(block.n[j].sum())
    zone = shown(state.place.zone_names.get(school.zone, school.zone), 60)
    sector = sector_name(school.sector) or NONE
    lines = [say("studio.panel.school", sector=sector, level=school.level or NONE, zone=zone or NONE)]
    if block.known[j].all() and size:
        k = block.n[j][state.groupings[sitting.grouping].index(sitting.focal)]
        group = printed(sitting.focal)
        lines.append(say("studio.panel.pupils", n=whole_text(size), share=percent(k / size), group=group))
    if school.capacity:
        places = say("studio.panel.places", n=whole_text(school.capacity))
        lines.append(f"{lines.pop()} {places}")
    lines += _ways_said(sitting, state, j=j)
    does = [{"do": "merge"}, {"do": "remove"}]
    if state.place.zones:
        does.insert(0, {"do": "zone"})
    if any(year == sitting.year for year, _ in state.flows) and school.level == sitting.level:
        does.insert(0, {"do": "assign"})
    actions = [one | {"school": school.id, "label": say(f"studio.act.{one['do']}")} for one in does]
    return {"title": shown(school.name or school.id, 80), "lines": lines, "actions": actions}


def _zone_panel(sitting: Sitting, state: State, z: int) -> dict:
    place, lines, actions = state.place, [], []
    block = state.residents.get((sitting.year, sitting.grouping))
    if block is not None and block.known[z].all() and block.n[z].any():
        k = state.groupings[sitting.grouping].index(sitting.focal)
        share, group = block.n[z, k] / block.n[z].sum(), printed(sitting.focal)
        lines.append(
            say("studio.panel.zone", n=whole_text(block.n[z].sum()), share=percent(share), group=group)
        )
    lines += _ways_said(sitting, state, z=z)
    if any(year == sitting.year for year, _ in state.flows):
        actions.append({"do": "assign", "zone": place.zones[z], "label": say("studio.act.assign.zone")})
    return {"title": shown(place.zone_names[place.zones[z]], 80), "lines": lines, "actions": actions}


def _ways_said(sitting: Sitting, state: State, j: int | None = None, z: int | None = None) -> list[str]:
    """The largest flows in words."""
    block = state.flows.get((sitting.year, sitting.grouping))
    if block is None:
        return []
    n = np.where(block.known, block.n, 0).sum(2)
    if j is not None:
        found = [(int(v), state.place.zone_names[state.place.zones[i]]) for i, v in enumerate(n[:, j])]
    else:
        there = (i for i in state.at.values() if state.schools[i].level == sitting.level)
        found = [(int(n[z, i]), state.schools[i].name or state.schools[i].id) for i in there]
    found = sorted((pair for pair in found if pair[0]), key=lambda pair: -pair[0])[:5]
    parts = [say("studio.panel.way", name=shown(name, 60), n=whole_text(v)) for v, name in found]
    return (
        [say("studio.panel.from" if j is not None else "studio.panel.to", parts=", ".join(parts))]
        if parts
        else []
    )


# --- the numbers


def numbers_of(sitting: Sitting) -> dict:
    """Every index now, at the start and under chance; the main ones apart."""
    digits = 2 if sitting.own else 3
    now, start = sitting.numbers(sitting.state), sitting.numbers(sitting.start)
    ends, first_ends = sitting.between(sitting.state), sitting.between(sitting.start)
    expected, told = chance_of(sitting), []
    for name, index in INDICES.items():
        (value, why), (first, _) = now[name], start[name]
        if value is None and name in ends:
            why = ""
        told.append(
            {
                "id": name,
                "name": say(f"index.{name}"),
                "symbol": index.symbol,
                "value": between_text(ends.get(name)) if value is None else number(value, f".{digits}f"),
                "number": None if value is None else round(value, digits),
                "start": between_text(first_ends.get(name))
                if first is None
                else number(first, f".{digits}f"),
                "start_number": None if first is None else round(first, digits),
                "change": change(first, value, digits),
                "way": direction(first, value, digits),
                "expected": number(expected[name], f".{digits}f")
                if value is not None and name in expected
                else "",
                "expected_number": round(expected[name], digits) if name in expected else None,
                "range": [0, 1],
                "reason": why,
                "hint": say(f"index.{name}.means") if _has(f"index.{name}.means") else "",
            }
        )
    way, ways_only = way_of(sitting)
    rows = tuple((name, start[name][0], now[name][0]) for name in INDICES)
    before, after = (int(np.where(b.known, b.n, 0).sum()) for b in (_first_block(sitting), sitting.block()))
    said = ways_only or sentence(rows, before, after)
    main = [one for name in MAIN for one in told if one["id"] == name]
    return {
        "indices": main,
        "others": [one for one in told if one["id"] not in MAIN],
        "index_heads": {
            name: say(f"studio.heads.{name}") for name in ("index", "value", "start", "change", "expected")
        },
        "way": way,
        "sentence": said if sitting.story.changes else say("studio.nothing_changed"),
    }


def direction(first, now, digits: int) -> str:
    """Where a number went, as it is written: "up", "down" or "same"."""
    if first is None or now is None:
        return "same"
    first, now = round(first, digits), round(now, digits)
    return "up" if now > first else "down" if now < first else "same"


def way_of(sitting: Sitting) -> tuple[dict, str]:
    """How far it is to school, and a sentence of its own where nothing but that has changed."""
    now, first = sitting.home(sitting.state), sitting.home(sitting.start)
    names = [printed(sitting.focal), say("studio.way.others")]
    rows = []
    for name, here, was in zip(names, now[:2], first[:2], strict=True):
        moved = longer(was, here)
        way = {"+": "up", "−": "down"}.get(moved[0], "same")
        about = {"name": name, "value": written(here), "start": written(was), "change": moved, "way": way}
        rows.append(about | {"number": here, "start_number": was})
    mine, rest = rows
    told = {"name": say("studio.way"), "hint": say("studio.way.hint"), "reason": now.why, "rows": rows}
    if now.why:
        return told | {"rows": [], "live": ""}, ""
    words = {"focal": names[0], "mine": mine["value"], "rest": rest["value"]}
    told["live"] = say("studio.way.live", **words)
    was, n = _first_block(sitting).n, sitting.block().n
    others = not np.array_equal(was, n[: len(was)]) or n[len(was) :].any()
    if others or mine["way"] == rest["way"] == "same":
        return told, ""
    return told, say("studio.sentence.ways", before=mine["start"], first=rest["start"], **words)


def between_text(ends) -> str:
    """An interval as it is printed."""
    return (
        NONE
        if ends is None
        else say("studio.between", low=number(ends[0], ".2f"), high=number(ends[1], ".2f"))
    )


def _has(key: str) -> bool:
    from segkit.words import words

    return key in words()


def _first_block(sitting: Sitting):
    return sitting.block(sitting.start) if sitting.grouping in sitting.start.groupings else sitting.block()


def chance_of(sitting: Sitting) -> dict[str, float]:
    """What chance alone would give, worked out once for each table."""
    block = sitting.block()
    key = ("chance", id(block), sitting.focal)
    if key not in sitting._known:
        cells = sitting.state.cells(sitting.year, sitting.level, sitting.grouping)
        found = {}
        if cells.known.all() and len(cells.units) > 1:
            table = Table(cells.units, cells.groups, cells.n, sitting.focal)
            try:
                found = by_chance(table)
            except (ValueError, CannotBeAssessed):
                found = {}
        sitting._known[key] = (found, block)
    return {name: value for name, value in sitting._known[key][0].items() if np.isfinite(value)}


# --- sliders


def sliders_of(sitting: Sitting, n, whole: bool) -> list[dict]:
    total = int(n.sum())
    if not whole or not total:
        return []
    told = []
    for k, group in enumerate(sitting.state.groupings[sitting.grouping]):
        pupils, name = int(n[:, k].sum()), printed(group)
        about = {"group": group, "name": name, "percent": round(100 * pupils / total, 1)}
        text = say("studio.slider.share", share=percent(pupils / total), n=whole_text(pupils))
        told.append(about | {"text": text, "min": 0, "max": 100, "step": 0.5})
    return told


def mix_of(sitting: Sitting, whole: bool) -> dict:
    why = "" if whole else say("studio.mix.hidden")
    if whole and sitting.numbers(sitting.state)["dissimilarity"][0] is None:
        why = sitting.numbers(sitting.state)["dissimilarity"][1]
    at = sitting.mix_at()
    if at is None and not why:
        from segkit.filling import standing

        block = sitting.block()
        at = standing(block.n, sitting.state.groupings[sitting.grouping].index(sitting.focal))
    return {
        "may": not why,
        "why": why,
        "key": sitting.mix_key() if not why else "",
        "at": at or 0,
        "label": say("studio.mix", group=printed(sitting.focal)),
        "text": mix_text(at or 0),
        "ends": [say("studio.mix.even"), say("studio.mix.complete")],
    }


def mix_text(step: int) -> str:
    return say("studio.mix.text", n=step)


def score_of(sitting: Sitting, key: str) -> tuple[dict, list[bytes]] | None:
    """The whole way of the slider, step by step, so that the browser plays along it alone."""
    if key != sitting.mix_key():
        return None
    state, rows, focal = sitting.mix_from(), sitting.rows(), sitting.focal
    groups = state.groupings[sitting.grouping]
    k = groups.index(focal)
    n = way(state, sitting.year, sitting.level, sitting.grouping, focal)
    digits = 2 if sitting.own else 3
    texts, values = [], {}
    for name in MAIN:
        try:
            values[name] = np.atleast_1d(INDICES[name](n.astype(float), k))
        except CannotBeAssessed:
            values[name] = np.full(len(n), np.nan)
        told = [NONE if np.isnan(v) else number(v, f".{digits}f") for v in values[name]]
        texts.append({"id": name, "symbol": INDICES[name].symbol, "texts": told})
    n = n[:, rows]
    share = shares(n, k)
    town = float(n[0, :, k].sum() / max(1, n[0].sum()))
    if sitting.of == "places":
        known = np.ones(n.shape[1:], bool)
        colour = np.stack([school_classes(sitting, state, rows, one, known, k) for one in n[:1]])
        colour = np.broadcast_to(colour, share.shape)  # sizes stay, and so does how full the schools are
    else:
        colour = classes(share, town)
    whole = np.where(np.isnan(share), HIDDEN, np.rint(100 * share)).astype(np.uint8)
    steps = [mix_text(i) for i in range(len(n))]
    first = sitting.numbers(sitting.start)[MAIN[0]][0]
    about = {
        "name": say(f"index.{MAIN[0]}"),
        "start": NONE if first is None else number(first, f".{digits}f"),
    }
    says = [say("studio.mix.says", n=i, value=text, **about) for i, text in enumerate(texts[0]["texts"])]
    head = {
        "kind": "score",
        "key": key,
        "steps": len(n),
        "schools": [state.schools[j].id for j in rows],
        "groups": list(groups),
        "at": mix_of(sitting, True)["at"],
        "indices": texts,
        "texts": steps,
        "says": says,
        "share_text": say("studio.percent", n="{n}"),
        "none": NONE,
    }
    return head, [n.astype("<u4").tobytes(), whole.tobytes(), np.ascontiguousarray(colour).tobytes()]


# --- scenarios side by side


def scenarios_of(sitting: Sitting) -> list[dict]:
    digits = 2 if sitting.own else 3
    told = []
    sides = [(START, say("studio.side.start"), sitting.start, 0)]
    sides += [(one.id, one.name, one.state, len(one.edits)) for one in sitting.kept]
    sides.append((NOW, say("studio.side.now"), sitting.state, sitting.story.changes))
    for id, name, state, changes in sides:
        values = [NONE if v is None else number(v, f".{digits}f") for v in sitting.values(state)]
        text = say("studio.changes" if changes != 1 else "studio.change", n=number(changes, ","))
        told.append({"id": id, "name": shown(name, 60), "text": text, "values": values})
    return told


def compared_of(sitting: Sitting) -> dict | None:
    found = sitting.comparison()
    if found is None:
        return None
    names = {one["id"]: one["name"] for one in scenarios_of(sitting)}
    left, right = (names[side] for side in sitting.sides)
    rows, values = [], []
    for name, a, b in found.rows:
        text = [NONE if v is None else number(v, ".2f") for v in (a, b)]
        rows.append([say(f"index.{name}"), *text, change(a, b)])
        values.append(None if None in (a, b) else [round(a, 2), round(b, 2)])
    return {
        "title": say("studio.compare.title", left=left, right=right),
        "left": sitting.sides[0],
        "right": sitting.sides[1],
        "heads": [say("studio.heads.index"), left, right, say("studio.heads.difference")],
        "rows": rows,
        "numbers": values,
        "sentence": found.sentence,
        "tables": differences(sitting),
        "maps": [small_map(sitting, sitting.side(side)) for side in sitting.sides] if sitting.plane else None,
        "notice": say("studio.compare.private", k=sitting.base.k) if sitting.own else "",
    }


def differences(sitting: Sitting) -> dict | None:
    """The counts that differ, school by school, where both sides have the same groups."""
    left, right = map(sitting.side, sitting.sides)
    groups = left.groupings.get(sitting.grouping)
    if groups is None or groups != right.groupings.get(sitting.grouping):
        return None
    a, b = sitting.block(left), sitting.block(right)
    longer, rows = max(len(a.n), len(b.n)), []
    for j in range(longer):
        x, y = (block.n[j] if j < len(block.n) else np.zeros(len(groups), int) for block in (a, b))
        if (x != y).any():
            school = (right if j < len(right.schools) else left).schools[j]
            cells = [
                str(p) if p == q else say("studio.compare.cell", left=p, right=q)
                for p, q in zip(x, y, strict=True)
            ]
            rows.append([shown(school.name or school.id, 60), *cells])
    heads = [say("studio.heads.school"), *(printed(group) for group in groups)]
    return {"heads": heads, "rows": rows[:MOST_DIFFERENT]} if rows else None


def small_map(sitting: Sitting, state: State) -> dict | None:
    groups = state.groupings.get(sitting.grouping, ())
    if sitting.focal not in groups:
        return None
    block, at = state.peopled(sitting.year, sitting.level, sitting.grouping)
    rows = [j for j in at.tolist() if j not in state.gone]
    if block is None or not rows:
        return None
    k = groups.index(sitting.focal)
    schools = spots(sitting, state, rows, block.n[rows], block.known[rows], k, tips=False)
    colour = resident_classes(sitting, state)
    zones = [{"id": zone, "class": int(colour[z])} for z, zone in enumerate(state.place.zones)]
    return {"schools": schools, "zones": zones}


# --- what may be taken home, and what must be said


def downloads_of(sitting: Sitting) -> list[dict]:
    whats = ["package", "workbook", "counts", "report"]
    if tellable(sitting.base):
        whats.insert(0, "scenario")
    told = []
    for what in whats:
        key = f"studio.download.{what}"
        hint = say("studio.download.protected", k=sitting.base.k) if sitting.own else say(f"{key}.hint")
        told.append({"what": what, "label": say(key), "hint": hint})
    return told


def share_of(sitting: Sitting) -> dict:
    may = tellable(sitting.base)
    why = "" if may else say("studio.share.own" if sitting.own else "studio.share.no_seed")
    about = {"label": say("studio.share"), "hint": say("studio.share.hint")}
    return {"may": may, "why": why, **about}


def line_of(sitting: Sitting) -> dict:
    code = sitting.code
    if not code:
        return {"kind": "line", "code": "", "link": "", "says": share_of(sitting)["why"]}
    long = len(code) > LONGEST_LINK
    says = say("studio.share.long" if long else "studio.share.says")
    return {"kind": "line", "code": line(code), "link": "" if long else f"studio={code}", "says": says}


def notes_of(sitting: Sitting) -> list[str]:
    """What applies now: conventions, and what does not agree."""
    told = []
    apart = out_of_step(sitting.state, sitting.year, sitting.level)
    for grouping, n in apart.items():
        key = "studio.note.flows" if grouping == "flows" else "studio.note.grouping"
        told.append(say(key, grouping=printed(grouping), n=n))
    if sitting.story.changes:
        told.append(say("studio.note.follow"))
        if sitting.base.has("residents"):
            told.append(say("studio.note.residents"))
    return told

"""What the calculator's page shows: numbers, terms, pictures as points, and the sentences that say them.

Pure functions from a table to plain data (lists, dicts, text) that the browser only has to draw.
"""

import re

import numpy as np

from segkit.decompose import segregation_curve
from segkit.estimate import blocks, hypergeometric, shuffled
from segkit.indices import INDICES, CannotBeAssessed
from segkit.tables import Table
from segkit.widgets.typed import FEWEST_GROUPS, MOST_GROUPS, MOST_SCHOOLS, Story
from segkit.words import number as in_words
from segkit.words import say

GLIMPSE = 12  # schools shown of a table too long to edit
MOST_TERMS = 60  # terms one can still read; the largest are shown
MOST_FAULTS = 50
SHUFFLES, SHUFFLED_SCHOOLS, SHUFFLED_CELLS = 99, 60, 240  # some ten milliseconds at most, within a keystroke

# --- the table as it is typed


def table_of(story: Story) -> dict:
    """The table on the page: what is typed, what it adds up to, and what is wrong with it."""
    now, reading = story.now, story.reading
    editable = len(now.rows) <= MOST_SCHOOLS
    shown = len(now.rows) if editable else GLIMPSE
    counts = reading.numbers[:shown]
    faults = [{"row": f.row, "column": f.column, "says": f.says} for f in reading.faults if f.row < shown]
    return {
        "caption": caption(now)
        if editable
        else f"{caption(now)} {say('calculator.glimpse', shown=shown, all=whole(len(now.rows)))}",
        "groups": list(now.groups),
        "focal": now.focal,
        "rows": [list(row) for row in now.rows[:shown]],
        "totals": ["" if None in row else whole(sum(row)) for row in counts],
        "shares": [
            "" if None in row or not sum(row) else percent(row[now.focal] / sum(row)) for row in counts
        ],
        "foot": foot(reading.numbers, now.focal, len(now.groups)),
        "faults": faults[:MOST_FAULTS],
        "editable": editable,
        "may": {
            "add_school": len(now.rows) < MOST_SCHOOLS,
            "add_group": editable and len(now.groups) < MOST_GROUPS,
            "remove_school": editable and len(now.rows) > 1,
            "remove_group": editable and len(now.groups) > FEWEST_GROUPS,
        },
    }


def caption(now) -> str:
    return say(f"calculator.caption.{now.origin}", seed=now.seed)


def foot(numbers, focal: int, groups: int) -> dict:
    """The last line: each group's pupils, all pupils, and the focal group's share."""
    if not numbers or any(None in row for row in numbers):
        return {"groups": [""] * groups, "total": "", "share": ""}
    totals = np.sum(numbers, axis=0)
    share = percent(totals[focal] / totals.sum()) if totals.sum() else ""
    return {"groups": [*map(whole, totals)], "total": whole(totals.sum()), "share": share}


# --- the numbers


def numbers_of(table: Table, show) -> dict:
    """Every index of a table: the ones shown term by term, the others as a list, and the two pictures."""
    expected, about = by_chance(table), by_shuffles(table)
    measured = {}
    for name, index in INDICES.items():
        drawn = name in about and name not in expected
        measured[name] = measured_by(index, table, about[name] if drawn else expected.get(name), drawn)
    rows = [{**line(INDICES[name], found), "id": name} for name, found in measured.items()]
    drawn = any(found.get("drawn") for found in measured.values())
    cards = [card(INDICES[name], table, measured[name]) for name in show]
    return {
        "cards": cards,
        "others_title": say("calculator.others_title"),
        "others_heads": [say(f"calculator.numbers_{name}") for name in ("index", "value", "expected")],
        "others_note": say("calculator.shuffled", times=SHUFFLES) if drawn else "",
        "others": [row for row in rows if row["id"] not in show],
        "all": rows,
        "curve": curve(table),
        "composition": composition(table),
        "live": " ".join(
            say("calculator.live", name=c["name"], value=c["value"] if not c["reason"] else c["reason"])
            for c in cards
        ),
    }


def measured_by(index, table: Table, expected: float | None, drawn: bool) -> dict:
    """One index of a table: its value and what chance alone would give, or why it cannot be assessed."""
    try:
        return {"value": index(table), "expected": expected, "drawn": drawn, "reason": ""}
    except CannotBeAssessed as error:
        return {"value": None, "expected": None, "reason": str(error)}


def by_chance(table: Table) -> dict[str, float]:
    """What each index would be if pupils were placed at random, exactly; `estimate.expected` for all at once.

    The probabilities are the same for every index and are most of the work, so they are worked out once.
    """
    n = np.asarray(table, float)
    n = n[n.sum(1) > 0]
    additive = {name: index for name, index in INDICES.items() if index.additive}
    X, N, focal = n.sum(0), n.sum(), table.groups.index(table.focal)
    if N == 0:
        return {}
    sizes, schools = np.unique(n.sum(1), return_counts=True)
    means = dict.fromkeys(additive, 0.0)
    for block in blocks(sizes, X, N):
        x, chance = hypergeometric(sizes[block], X, N)
        t = sizes[block][:, None, None]
        for name, index in additive.items():
            if index.groups == "two":
                terms = index.formula(x[..., focal], t[..., 0], X[[focal]], N) * chance[..., focal]
            else:
                terms = (index.formula(x, t, X, N, X / N) * chance).sum(2)
            means[name] += float(schools[block] @ terms.sum(1))
    return means


def by_shuffles(table: Table) -> dict[str, float]:
    """What chance gives to the indices without an exact answer: the mean of a few shuffles, always the same.

    Left out where a table is so large that a keystroke would wait for it.
    """
    n = np.asarray(table)
    n = n[n.sum(1) > 0]
    if not len(n) or len(n) > SHUFFLED_SCHOOLS or n.size > SHUFFLED_CELLS:
        return {}
    try:
        towns = np.concatenate(list(shuffled(n, SHUFFLES, rng=1)))
    except (CannotBeAssessed, ValueError):  # more pupils than can be drawn one by one
        return {}
    focal, means = table.groups.index(table.focal), {}
    for name, index in INDICES.items():
        if not index.additive:
            try:
                means[name] = float(np.mean(index(towns, focal=focal)))
            except CannotBeAssessed:
                continue
    return means


def expectation(found: dict) -> tuple[str, str]:
    """What chance gives as the page says it, and for a file with nothing lost."""
    value = found["expected"]
    if value is None:
        return say("calculator.no_expected"), ""
    if found["drawn"]:
        about = say("calculator.about_expected", value=decimal(value, 2 if value >= 0.01 else 3))
        return about, about
    return decimal(value), exact(value)


def line(index, found: dict) -> dict:
    """An index in the list of all of them."""
    expected, exact_expected = expectation(found)
    alone = [other.name for other in INDICES.values() if other.symbol == index.symbol][0] == index.name
    return {
        "name": say(f"index.{index.name}"),
        "symbol": index.symbol if alone else "",  # two rows called D say nothing: there the name is enough
        "means": say(f"index.{index.name}.means"),
        "value": decimal(found["value"]),
        "exact": exact(found["value"]),
        "expected": expected,
        "exact_expected": exact_expected,
        "reason": found["reason"],
    }


def card(index, table: Table, found: dict) -> dict:
    """An index worked out school by school, with the reader's own numbers in its formula."""
    about = {
        "id": index.name,
        "name": say(f"index.{index.name}"),
        "symbol": index.symbol,
        "value": decimal(found["value"]),
        "exact": exact(found["value"]),
        "reason": found["reason"],
        "means": "",
        "chance": "",
        "formula": [],
        "letters": "",
        "terms": [],
        "terms_label": "",
        "worked": say("calculator.worked", name=say(f"index.{index.name}")),
        "more": "",
        "sum": None,
    }
    if found["reason"]:
        return about | {"value": say("calculator.no_value")}
    about["means"] = means(index, table, found["value"])
    if found["expected"] is not None:
        about["chance"] = say("calculator.by_chance", value=expectation(found)[0])
    parts = index.parts(table)
    return about if parts is None else about | worked_out(index, table, np.asarray(parts), found["value"])


def worked_out(index, table: Table, parts: np.ndarray, value: float) -> dict:
    """The formula in letters, each school's term in numbers, and the sum."""
    letters = "xyt" if index.term else ""
    kept = np.sort(np.argsort(-parts, kind="stable")[:MOST_TERMS])
    largest = parts.max() or 1.0
    numbers = school_numbers(table)
    return {
        "formula": formula(index) if index.term else [],
        "letters": " · ".join(
            say(f"calculator.letter.{a}", focal=table.focal) for a in letters if f"{{{a}}}" in index.term
        ),
        "terms_label": say("calculator.terms_label", name=say(f"index.{index.name}")),
        "terms": [
            {
                "row": int(j),
                "name": table.units[j],
                "pieces": pieces(index.term, {a: whole(v[j]) for a, v in numbers.items()})
                if numbers["t"][j]
                else [],
                "value": decimal(parts[j], 4),
                "width": float(parts[j] / largest),
            }
            for j in kept
        ],
        "more": say("calculator.more_terms", n=whole(len(parts) - len(kept)))
        if len(kept) < len(parts)
        else "",
        "sum": sum_line(index, parts, value),
    }


def school_numbers(table: Table) -> dict[str, np.ndarray]:
    """The letters of the formulas, as numbers for each school."""
    counts = np.asarray(table)
    x, t = counts[:, table.groups.index(table.focal)], counts.sum(1)
    y = t - x
    return {
        "x": x,
        "y": y,
        "t": t,
        "X": np.full_like(x, x.sum()),
        "Y": np.full_like(x, y.sum()),
        "N": np.full_like(x, t.sum()),
    }


def formula(index) -> list:
    """An index in letters, as pieces: D = Σ ½ · |x/X − y/Y|."""
    return [
        ["letter", index.symbol],
        ["operator", "="],
        ["sum", say("calculator.over_schools")],
        *pieces(index.term, {a: a for a in "xytXYN"}, "letter"),
    ]


def sum_line(index, parts: np.ndarray, value: float) -> list:
    """The terms added up, the first and the last of them written out."""
    said = [["number", decimal(part, 4)] for part in parts]
    if len(said) > 3:
        said = [said[0], ["text", "…"], said[-1]]
    added = [piece for term in said for piece in (["operator", "+"], term)][1:]
    return [
        ["letter", index.symbol],
        ["operator", "="],
        *added,
        ["operator", "="],
        ["number", decimal(value)],
    ]


FRACTION = re.compile(r"\{(\w)\}/\{(\w)\}|\{(\w)\}")


def pieces(term: str, values: dict[str, str], kind: str = "number") -> list:
    """A term's template cut into what a browser can set: operators, numbers, fractions and roots.

    >>> pieces("½ · {x}/{X}", {"x": "3", "X": "10"})
    [['operator', '½'], ['operator', '·'], ['over', [['number', '3']], [['number', '10']]]]
    """
    made, at = [], 0
    while at < len(term):
        match = FRACTION.match(term, at)
        if term.startswith("√(", at):
            end = closing(term, at + 1)
            made.append(["root", pieces(term[at + 2 : end], values, kind)])
            at = end + 1
        elif match:
            above, below, alone = match.groups()
            made.append(
                [kind, values[alone]] if alone else ["over", [[kind, values[above]]], [[kind, values[below]]]]
            )
            at = match.end()
        else:
            if term[at].strip():
                made.append(["operator", term[at]])
            at += 1
    return made


def closing(text: str, at: int) -> int:
    """Where the bracket opened at `at` closes."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i
    return len(text)


# --- what a number means, in the reader's own words


def means(index, table: Table, value: float) -> str:
    """One sentence that says what the number means for these schools and this group."""
    numbers = school_numbers(table)
    X, N = int(numbers["X"][0]), int(numbers["N"][0])
    key = f"calculator.means.{index.name}"
    if index.name not in ("dissimilarity", "gorard", "isolation", "interaction"):
        return say(
            "calculator.means", name=say(f"index.{index.name}"), means=say(f"index.{index.name}.means")
        )
    town = X / N if index.name == "isolation" else 1 - X / N
    return say(
        key, focal=table.focal, X=whole(X), n=about(value * X), share=percent(value), town=percent(town)
    )


def about(number: float) -> str:
    """A number of pupils: whole where it is whole, else as a teacher would round it.

    >>> about(54), about(53.7)
    ('54', 'about 54')
    """
    near = round(number)
    return whole(near) if abs(number - near) < 1e-9 else say("calculator.about", n=whole(near))


# --- pictures, as points

TENTHS = (0, 0.25, 0.5, 0.75, 1)


def curve(table: Table) -> dict:
    """Schools from the smallest share of the focal group to the largest; the greatest gap is D."""
    title = say("calculator.curve.title")
    numbers = school_numbers(table)
    x, t = numbers["x"], numbers["t"]
    try:
        found = segregation_curve(table)
    except CannotBeAssessed as error:
        return {"title": title, "reason": str(error), "text": ""}
    order, across, up = [int(j) for j in found.order], found.others, found.focal
    widest = int(np.argmax(across - up))
    gap = float(across[widest] - up[widest])
    ticks = [[at, percent(at)] for at in TENTHS]
    words = {
        "focal": table.focal,
        "gap": decimal(gap),
        "across": percent(across[widest]),
        "up": percent(up[widest]),
        "n": whole(len(order)),
    }
    return {
        "title": title,
        "reason": "",
        "text": say("calculator.curve.text", **words),
        "desc": say("calculator.curve.desc", **words),
        "x": {"label": say("calculator.curve.x"), "ticks": ticks},
        "y": {"label": say("calculator.curve.y", focal=shortened(table.focal)), "ticks": ticks},
        "segments": [
            {
                "row": j,
                "from": [float(across[i]), float(up[i])],
                "to": [float(across[i + 1]), float(up[i + 1])],
                "text": say(
                    "calculator.school_text",
                    school=table.units[j],
                    share=percent(x[j] / t[j]),
                    focal=table.focal,
                    size=whole(t[j]),
                ),
            }
            for i, j in enumerate(order)
        ],
        "gap": {
            "at": float(across[widest]),
            "low": float(up[widest]),
            "high": float(across[widest]),
            "text": say("calculator.curve.gap", gap=decimal(gap)),
        },
    }


def composition(table: Table) -> dict:
    """A bar for each school, as wide as it is large, as high as its share; the town's share as a line."""
    numbers = school_numbers(table)
    x, t = numbers["x"], numbers["t"]
    shares = x / np.maximum(t, 1)
    there = np.flatnonzero(t)
    town = x.sum() / max(t.sum(), 1)
    words = {"focal": table.focal, "town": percent(town), "n": whole(len(there))}
    if len(there):
        low, high = there[np.argmin(shares[there])], there[np.argmax(shares[there])]
        words |= {
            "lowest": table.units[low],
            "low": percent(shares[low]),
            "highest": table.units[high],
            "high": percent(shares[high]),
        }
    return {
        "title": say("calculator.composition.title", focal=table.focal),
        "text": say("calculator.composition.text", focal=table.focal),
        "desc": say("calculator.composition.desc", **words)
        if len(there)
        else say("calculator.composition.nobody"),
        "x": {"label": say("calculator.composition.x")},
        "y": {
            "label": say("calculator.composition.y", focal=shortened(table.focal)),
            "ticks": [[at, percent(at)] for at in TENTHS],
        },
        "bars": [
            {
                "row": j,
                "name": table.units[j],
                "size": int(t[j]),
                "share": float(shares[j]),
                "text": say(
                    "calculator.school_text",
                    school=table.units[j],
                    share=percent(shares[j]),
                    focal=table.focal,
                    size=whole(t[j]),
                ),
            }
            for j in range(len(t))
        ],
        "town": {"share": float(town), "text": say("calculator.composition.town", town=percent(town))},
    }


# --- numbers as text


def decimal(value, places: int = 3) -> str:
    return "" if value is None else in_words(value, f".{places}f")


def exact(value) -> str:
    """A number with nothing lost, for a file."""
    return "" if value is None else repr(float(value))


def whole(number) -> str:
    return in_words(int(number), ",")


def percent(share) -> str:
    """A share as a reader says it, with a decimal where it would otherwise vanish.

    >>> percent(0.3), percent(0.004)
    ('30%', '0.4%')
    """
    hundredths = 100 * float(share)
    fine = 0 < hundredths < 1 or 99 < hundredths < 100
    return say("calculator.percent", n=in_words(hundredths, ".1f" if fine else ".0f"))


def shortened(name: str, most: int = 24) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"

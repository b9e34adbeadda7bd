"""An invented town as files: what the privacy door writes, and a page that tells its story.

`data/` is what `segkit sample all data` writes; nothing in it is written by hand.
"""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from segkit.samples.recipe import MEALS, OUTSIDE, Recipe
from segkit.words import say, words

if TYPE_CHECKING:
    from segkit.territory import Territory

WHOLE_FILES = (".zip", ".xlsx")
# Marenza's office also publishes spreadsheets, as offices do: a column for each origin; a total and a part.
OFFICES = {"marenza": ("origin_by_school", "free_meals")}
LABELS = ("year", "school", "name", "sector", "level", "zone")
BUILT = ("library", "laboratory", "gym", "experienced_teachers", "afternoon_classes")


def write(recipe: Recipe, town: Territory, path: str | Path, *, seed: int, replace: bool = False):
    """Put a town into a folder, a .zip or one .xlsx; other people's files there are left alone."""
    from segkit.packages.writing import write_files

    path = Path(path)
    if path.suffix.lower() in WHOLE_FILES:
        return write_files(path.parent, {path.name: through_the_door(town, path.suffix)}, replace=replace)
    return write_files(path, files(recipe, town, seed), replace=replace)


def write_all(towns: dict, folder: str | Path, *, seed: int, replace: bool = False):
    """Every town in a folder of its own, and a page that says what the tables hold: recipe -> town."""
    from segkit.packages.writing import write_files

    texts: dict[str, str | bytes] = {"README.md": _page_of_all(list(towns), seed)}
    for recipe, town in towns.items():
        texts |= {f"{recipe.name}/{file}": text for file, text in files(recipe, town, seed).items()}
    return write_files(Path(folder), texts, replace=replace)


def files(recipe: Recipe, town: Territory, seed: int) -> dict[str, str | bytes]:
    """Every file of a town's folder by name."""
    texts = through_the_door(town)
    if town.readiness > 1:
        texts |= {f"{sheet}.csv": _csv(office(recipe, town, sheet)) for sheet in OFFICES.get(recipe.name, ())}
    return texts | {"README.md": _page_of(recipe, town, seed)}


def through_the_door(town: Territory, suffix: str = "") -> dict[str, bytes] | bytes:
    """What the door writes of a town: all of it, since it protects nobody."""
    from segkit.privacy import protect

    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / f"town{suffix}"
        protect(town).write(path)
        if suffix:
            return path.read_bytes()
        return {one.name: one.read_bytes() for one in sorted(path.iterdir()) if one.is_file()}


def office(recipe: Recipe, town: Territory, sheet: str) -> dict[str, tuple]:
    """The same counts in a shape in which offices publish them, as columns.

    origin_by_school : a column for each origin. free_meals : the roll, and those of it who have free meals.
    """
    grouping = {"origin_by_school": "origin"}.get(sheet, sheet)
    table = town.table(year="all", grouping=grouping)
    names = dict(zip(town.zones["zone"], town.zones["name"], strict=True))
    columns = {"year": table.extras["year"], "school": table.units} | dict(table.extras)
    columns["zone"] = tuple(names.get(zone, "") for zone in columns["zone"])
    counts = dict(zip(table.groups, table.counts.T.tolist(), strict=True))
    if sheet == "free_meals":
        numbers = {"roll": table.counts.sum(axis=1).tolist(), "free_meals": counts[MEALS[0]]}
        return {name: columns[name] for name in LABELS} | numbers
    return {name: columns[name] for name in (*LABELS, "lat", "lon")} | counts


def _csv(columns: dict[str, tuple]) -> str:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n")
    write.writerow(columns)
    write.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()


# ── the pages ───────────────────────────────────────────────────────────────────────────────────────


def _page_of(recipe: Recipe, town: Territory, seed: int) -> str:
    from segkit.packages import declared_markdown

    sheets = OFFICES.get(recipe.name, ()) if town.readiness > 1 else ()
    ready = f" --ready {town.readiness}" if town.readiness < 3 else ""
    ours = bool(town.recipe)
    return _page(
        "# " + say("sample.readme.title", town=town.name),
        say("sample.readme.invented"),
        *([town.story] if town.story else []),
        *(_labels([recipe]) if town.readiness > 1 else ()),
        *(_ties(recipe) if town.readiness > 2 else ()),
        *_listed("columns", "endowment", _built(recipe)),
        *(_listed("outcomes", "outcome", town.indicator_names()) if town.has("indicators") else ()),
        declared_markdown().rstrip(),
        *(_office(recipe, town, sheet) for sheet in sheets),
        *(_again(f"segkit sample {recipe.name} FOLDER --seed {seed}{ready}") if ours else ()),
    )


def _page_of_all(recipes: list[Recipe], seed: int) -> str:
    from segkit.packages import declared_markdown

    told = [
        f"- [{one.name.capitalize()}]({one.name}/README.md): {say(f'sample.{one.name}.about')}"
        for one in recipes
    ]
    outcomes = dict.fromkeys(outcome.name for one in recipes for outcome in one.outcomes)
    return _page(
        "# " + say("sample.readme.all"),
        say("sample.readme.invented"),
        "\n".join(told),
        *_labels(recipes),
        *_listed("columns", "endowment", dict.fromkeys(name for one in recipes for name in _built(one))),
        *_listed("outcomes", "outcome", outcomes),
        declared_markdown().rstrip(),
        *_again(f"segkit sample all FOLDER --seed {seed}"),
    )


def _built(recipe: Recipe) -> tuple[str, ...]:
    """The columns of schools.csv that only these towns have."""
    return (*BUILT, *((recipe.about_streams,) if recipe.streams else ()), "x_note")


def _labels(recipes: list[Recipe]) -> list[str]:
    """What the groups are, by grouping."""
    known = {}
    for recipe in recipes:
        for grouping, groups in recipe.groupings.items():
            for group in groups:
                own = f"sample.group.{recipe.name}.{group}"
                key = own if own in words() else f"sample.group.{group}"
                if key in words():
                    known[key] = f"- {grouping} `{group}`: {say(key)}"
    return ["## " + say("sample.readme.words"), "\n".join(known.values())]


def _ties(recipe: Recipe) -> list[str]:
    """How residents, flows and enrolment add up."""
    outside = any(choice.sector == OUTSIDE for choice in recipe.choices)
    return [say("sample.readme.ties") + say(f"sample.readme.ties.{'outside' if outside else 'all'}")]


def _listed(head: str, kind: str, names) -> list[str]:
    there = [name for name in names if f"sample.{kind}.{name}" in words()]
    lines = [f"- `{name}`: {say(f'sample.{kind}.{name}')}" for name in there]
    return ["## " + say(f"sample.readme.{head}"), "\n".join(lines)] if lines else []


def _office(recipe: Recipe, town: Territory, sheet: str) -> str:
    """A spreadsheet of the office: each column with its meaning and the first value in it."""
    rows = [[say(f"sample.readme.{word}") for word in ("column", "meaning", "example")], ["---"] * 3]
    for column, values in office(recipe, town, sheet).items():
        name = f"**{column}**" if column in ("year", "school") else column
        rows.append([name, say(f"sample.column.{column}"), f"`{values[0]}`"])
    lines = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([f"## {sheet}.csv", "", say(f"sample.table.{sheet}"), "", *lines])


def _again(command: str) -> list[str]:
    return ["## " + say("sample.readme.again"), say("sample.readme.command"), f"    {command}"]


def _page(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"

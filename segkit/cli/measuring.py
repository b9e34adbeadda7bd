"""`segkit measure`: every index of the table in a file."""

import argparse
import sys

from segkit.cli.terminal import (
    Once,
    Refused,
    aligned,
    dumped,
    natural,
    patience,
    safe,
    standard_input,
    three_places,
    unable_to_run,
    write,
)
from segkit.words import say

MOST_DRAWS = 100_000  # more draws move no interval and may take days


def add_measure(verbs):
    """The options of `segkit measure`."""
    verb = verbs.add_parser(
        "measure",
        help=say("cli.measure"),
        description=say("cli.measure.about"),
        epilog=say("cli.measure.more"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    verb.add_argument("file", metavar="FILE", help=say("cli.measure.file"))
    for role in ("unit", "group", "total"):
        verb.add_argument(f"--{role}", metavar="COLUMN", action=Once, help=say(f"cli.measure.{role}"))
    verb.add_argument("--count", metavar="COLUMN", action="append", help=say("cli.measure.count"))
    verb.add_argument("--focal", metavar="GROUP", action=Once, help=say("cli.measure.focal"))
    verb.add_argument("--where", metavar="COLUMN=VALUE", action="append", help=say("cli.measure.where"))
    verb.add_argument("--by", metavar="COLUMN", action=Once, help=say("cli.measure.by"))
    verb.add_argument("--sheet", metavar="NAME", action=Once, help=say("cli.measure.sheet"))
    verb.add_argument("--index", metavar="NAME", action="append", help=say("cli.measure.index"))
    verb.add_argument("--bootstrap", metavar="N", type=draws, default=0, help=say("cli.measure.bootstrap"))
    verb.add_argument("--seed", metavar="S", type=natural, default=1, help=say("cli.measure.seed"))
    verb.add_argument("--schools", action="store_true", help=say("cli.measure.schools"))
    verb.add_argument("--format", choices=list(FORMATS), default="table", help=say("cli.measure.format"))
    verb.set_defaults(verb=run_measure)


def run_measure(options) -> str:
    """Every index of the table in a file."""
    from segkit.measuring import measure

    roles = ("unit", "group", "count", "total", "focal", "by", "index", "sheet")
    told = {role: getattr(options, role) for role in roles}
    told = {role: value for role, value in told.items() if value is not None}
    source = options.file
    if source == "-":
        source, told["name"] = standard_input(), say("cli.stdin")
    for name in options.index or ():
        known(name)
    if options.where:
        told["where"] = conditions(options.where)
    drawn = {"bootstrap": options.bootstrap, "seed": options.seed}
    with patience():
        measured = measure(source, schools=options.schools, **drawn, **told)
    if options.format != "table":
        write(sys.stderr, "".join(f"{line}\n" for line in measured.took))
    return FORMATS[options.format](measured, options.by)


def conditions(where) -> dict:
    """COLUMN=VALUE as a dict; a column named twice may have either value.

    >>> conditions(["level=1", "level=2", "name=a=b"])
    {'level': ['1', '2'], 'name': ['a=b']}
    """
    out = {}
    for condition in where:
        column, equals, value = condition.partition("=")
        if not equals or not column:
            raise Refused(say("cli.where", came=condition))
        out.setdefault(column, []).append(value)
    return out


def known(index: str):
    """Is there such an index? If not: what was probably meant, and the whole shelf."""
    from segkit.indices.shelf import INDICES
    from segkit.roles import did_you_mean
    from segkit.words import listed

    if index not in INDICES:
        message = say("cli.index", came=safe(index), known=listed(INDICES, most=99))
        raise Refused(message + did_you_mean(index, INDICES))


def draws(text: str) -> int:
    """A number of draws, not more than somebody can wait for."""
    number = natural(text)
    if number > MOST_DRAWS:
        raise argparse.ArgumentTypeError(say("cli.draws", came=text, most=MOST_DRAWS))
    return number


def as_json(measured, by) -> str:
    """The numbers in full precision; never NaN."""
    return dumped(measured.as_dict())


def as_csv(measured, by) -> str:
    """One row per index; with --by one per value too; with --schools also rows with a school in `unit`."""
    import csv
    import io

    out = io.StringIO()
    by, schools = by is not None, measured.schools is not None
    columns = ["by"] * by + ["unit"] * schools + ["index"] + ["part"] * by
    columns += ["value", "expected", "p", "corrected", "low", "high", "unavailable"]
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in csv_rows(measured):
        writer.writerow({key: unable_to_run(value) for key, value in row.items()})
    return out.getvalue()


def csv_rows(measured, **at):
    """The rows of one measurement, then those of each of its parts."""
    for name, value in measured.values.items():
        row = {**at, "index": name, "value": value}
        if name in measured.chance:
            chance = measured.chance[name]
            row |= {"expected": chance.expected, "p": chance.p, "corrected": chance.corrected}
        if name in measured.interval:
            row |= {"low": measured.interval[name].low, "high": measured.interval[name].high}
        yield row
    for name, why in measured.unavailable.items():
        yield {**at, "index": name, "unavailable": why}
    for school in measured.schools or ():
        for name, value in school.items():
            if name != "unit":
                yield {**at, "unit": school["unit"], "index": name, "value": value}
    for name, split in (measured.split or {}).items():
        yield {**at, "index": name, "part": "between", "value": split.between}
        yield {**at, "index": name, "part": "within", "value": split.within}
    for value, part in (measured.by or {}).items():
        yield from csv_rows(part, by=value)


def as_table(measured, by) -> str:
    """What was taken, the numbers side by side, and a sentence or two."""
    out = [say("cli.took"), *(f"  {line}" for line in measured.took), ""]
    counts, *rest = block(measured)
    out += [counts, *again(measured, by), *rest]
    for value, part in (measured.by or {}).items():
        out += [
            "",
            say("cli.by", column=safe(by), value=safe(value)),
            *(f"  {line}".rstrip() for line in block(part)),
        ]
    if measured.split:
        out += ["", say("cli.split", column=safe(by))]
        rows = [[say("cli.head.index"), *(say(f"cli.head.{k}") for k in ("total", "between", "within"))]]
        for name, split in measured.split.items():
            parts = split.total, split.between, split.within
            rows.append([say(f"index.{name}"), *map(three_places, parts)])
        out += aligned(rows)
    return "\n".join(out) + "\n"


def again(measured, by) -> list[str]:
    """A line that says so where the whole counts a school more than once."""
    from segkit.tables import repeated

    return [] if by is None else [f"  {line}" for line in repeated(measured.table, by)]


def block(measured) -> list[str]:
    """One measurement: how many, the indices, what cannot be said, the schools."""
    from segkit.words import listed

    focal = {"focal": safe(measured.focal or "-"), "groups": listed(map(safe, measured.groups))}
    out = [say("cli.counts", units=measured.units, pupils=measured.pupils, **focal)]
    for kind, names in measured.dropped.items():
        if names:
            out.append(say(f"cli.dropped.{kind}", n=len(names), names=listed(map(safe, names))))
    out.append("")
    if measured.values:
        out += aligned(index_rows(measured))
        out += ["", *sentences(measured)]
    reasons = {}
    for name, why in measured.unavailable.items():
        reasons.setdefault(why, []).append(say(f"index.{name}"))
    out += [say("cli.unavailable", names=listed(names, most=99), why=why) for why, names in reasons.items()]
    if measured.schools is not None:
        out += ["", *aligned(school_rows(measured))]
    return out


def index_rows(measured) -> list[list[str]]:
    """The indices, each next to chance; the interval only where one was asked for."""
    heads = ["index", "value", "expected", "p"] + ["low", "high"] * bool(measured.interval)
    rows = [[say(f"cli.head.{head}") for head in heads]]
    for name, value in measured.values.items():
        chance, interval = measured.chance.get(name), measured.interval.get(name)
        row = [say(f"index.{name}"), three_places(value)]
        row += [three_places(chance.expected), three_places(chance.p)] if chance else ["", ""]
        if measured.interval:
            row += [three_places(interval.low), three_places(interval.high)] if interval else ["", ""]
        rows.append(row)
    return rows


def sentences(measured) -> list[str]:
    """The first index, as a teacher would say it."""
    name = next(iter(measured.values))
    said = [
        say(
            "cli.says",
            name=say(f"index.{name}"),
            value=three_places(measured.values[name]),
            means=say(f"index.{name}.means"),
        )
    ]
    chance = measured.chance.get(name)
    if chance:
        said.append(say("cli.says.chance", expected=three_places(chance.expected)))
    if measured.interval:
        said.append(say("cli.says.interval"))
    return said


def school_rows(measured) -> list[list[str]]:
    """One row per school."""
    heads = ("unit", "pupils", "share", "location_quotient", "local_segregation", "contribution")
    rows = [[say(f"cli.head.{head}") for head in heads]]
    for school in measured.schools:
        numbers = [three_places(school[head]) for head in heads[2:]]
        rows.append([safe(school["unit"]), str(school["pupils"]), *numbers])
    return rows


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json}

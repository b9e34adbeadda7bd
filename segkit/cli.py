"""The command line: one function per verb, and each verb one call into the package.

    segkit measure schools.csv --unit school --count native --count foreign

Numbers go to standard output, everything said about the file to standard error. The exit code is 0, or 2 with
a message that names file, line, column, what came and what was expected.
"""

import argparse
import os
import sys
from contextlib import contextmanager

from segkit.words import say

DONE, REFUSED = 0, 2
MOST_DRAWS = 100_000  # more draws move no interval and may take days
PATIENCE = 2.0  # seconds without a word before a terminal is told that work goes on


class Refused(Exception):
    """What cannot be done, in words."""


def main(argv=None) -> int:
    """Run one verb; whatever goes wrong is one message, never a traceback."""
    try:
        options = parser().parse_args(argv)
        with quiet():
            write(sys.stdout, options.verb(options))
        return DONE
    except BrokenPipeError:  # the reader has seen enough: `segkit measure ... | head`
        silence(sys.stdout)
        return DONE
    except KeyboardInterrupt:
        return refuse(say("cli.stopped"))
    except MemoryError:
        return refuse(say("cli.memory"))
    except Refused as error:
        return refuse(str(error))
    except OSError as error:
        silence(sys.stdout)
        return refuse(say("cli.cannot_write", why=error.strerror or type(error).__name__))
    except Exception as error:
        if isinstance(error, ours()):
            return refuse(str(error))
        # a fault of ours, or of a library: still a sentence, and a way to tell us
        return refuse(say("cli.unexpected", what=type(error).__name__, why=error))


def ours() -> tuple:
    """The errors that are made to be read; any other ValueError is a fault in the program."""
    from segkit.indices.shelf import CannotBeAssessed
    from segkit.samples import SampleError
    from segkit.sheets import TableError

    return TableError, CannotBeAssessed, SampleError


class Once(argparse.Action):
    """An option that may be written once: of two columns for one role none can be chosen."""

    def __call__(self, parser, options, value, option=None):
        seen = getattr(options, "seen", ())
        if self.dest in seen:
            parser.error(say("cli.twice", option=option))
        options.seen = (*seen, self.dest)
        setattr(options, self.dest, value)


def parser() -> argparse.ArgumentParser:
    """Every verb and its options."""
    from segkit import __version__

    top = argparse.ArgumentParser(prog="segkit", description=say("cli.segkit"), allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"segkit {__version__}")
    verbs = top.add_subparsers(metavar="VERB", required=True)
    for add in VERBS:
        add(verbs)
    return top


# ---------------------------------------------------------------- segkit measure


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


def natural(text: str) -> int:
    """A whole number from 0 on."""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise argparse.ArgumentTypeError(say("cli.natural", came=text))
    return int(text)


def draws(text: str) -> int:
    """A number of draws, not more than somebody can wait for."""
    number = natural(text)
    if number > MOST_DRAWS:
        raise argparse.ArgumentTypeError(say("cli.draws", came=text, most=MOST_DRAWS))
    return number


def watched() -> bool:
    """Is there a terminal on which somebody watches?"""
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except (OSError, ValueError):
        return False


@contextmanager
def patience(words="cli.patience"):
    """A line on a terminal while something takes long; nothing of it stays, nor goes into a file."""
    import threading

    if not watched():
        yield
        return
    done = threading.Event()

    def tell():
        seconds = 0.0
        while not done.wait(PATIENCE):
            seconds += PATIENCE
            write(sys.stderr, "\r" + say(words, seconds=int(seconds)))

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
        write(sys.stderr, "\r\x1b[K")  # back to the start, and clear the line


def standard_input() -> bytes:
    """What another program hands over, as much of it as a file may hold."""
    from segkit.sheets import LARGEST

    if sys.stdin is None:
        raise Refused(say("cli.no_stdin"))
    return sys.stdin.buffer.read(LARGEST + 1)


# ---------------------------------------------------------------- segkit sample


def add_sample(verbs):
    """The options of `segkit sample`."""
    verb = verbs.add_parser(
        "sample", help=say("sample.cli"), description=say("sample.cli.about"), allow_abbrev=False
    )
    verb.add_argument("name", nargs="?", metavar="NAME", help=say("sample.cli.name"))
    verb.add_argument("folder", nargs="?", metavar="DIR", help=say("sample.cli.folder"))
    verb.add_argument("--seed", metavar="S", type=natural, default=1, help=say("sample.cli.seed"))
    verb.add_argument("--replace", action="store_true", help=say("sample.cli.replace"))
    verb.add_argument("--list", action="store_true", help=say("sample.cli.list"))
    verb.set_defaults(verb=run_sample)


def run_sample(options) -> str:
    """An invented town written into a folder, or the names of the towns there are."""
    from segkit import samples

    if options.list:
        return "".join(f"{name}: {say(f'sample.{name}.about')}\n" for name in samples.RECIPES)
    if options.folder is None:
        raise Refused(say("sample.cli.what"))
    if options.name == "all":
        written = samples.write_all(options.folder, seed=options.seed, replace=options.replace)
    else:
        town = samples.sample(options.name, seed=options.seed)
        written = town.write(options.folder, replace=options.replace)
    return say("sample.written", files=len(written), folder=options.folder) + "\n"


# ---------------------------------------------------------------- segkit simulate


def add_simulate(verbs):
    """The options of `segkit simulate`."""
    verb = played(verbs, "simulate")
    for name, default in (("full", "0.8"), ("composition", "0.5"), ("least", "1/3")):
        verb.add_argument(
            f"--{name}", metavar="SHARE", type=a_share, default=default, help=say(f"simulate.cli.{name}")
        )
    boards(verb)
    verb.add_argument("--runs", metavar="N", type=some, default="1", help=say("simulate.cli.runs"))
    verb.add_argument("--format", choices=list(SIMULATED), default="json", help=say("simulate.cli.format"))
    verb.set_defaults(verb=run_simulate)


def run_simulate(options) -> str:
    """Boards of one setting, and what came of each."""
    from segkit.sweeps import simulate

    with refusing(), patience("cli.playing"):
        made = simulate(full=options.full, least=options.least, runs=options.runs, **board_options(options))
    if made.stopped:
        write(sys.stdout, SIMULATED[options.format](made))
        raise Refused(say("simulate.cli.kept", n=len(made.runs), all=len(made.plan)))
    return SIMULATED[options.format](made)


def played(verbs, name):
    """A verb that plays boards."""
    return verbs.add_parser(
        name,
        help=say(f"{name}.cli"),
        description=say(f"{name}.cli.about"),
        epilog=say(f"{name}.cli.more"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def boards(verb):
    """What every board is like, and who moves how."""
    for name, metavar, kind, default in (
        ("size", "CELLS", a_size, "20"),
        ("most", "SHARE", a_share, "1"),
        ("alone", None, ("content", "unhappy"), "content"),
        ("edges", None, ("walls", "torus"), "walls"),
        ("rule", None, ("random", "nearest", "turn", "swap"), "random"),
        ("block", "CELLS", some, "5"),
        ("seed", "S", natural, "1"),
        ("max-moves", "N", natural, "20000"),
    ):
        words = {"type": kind, "metavar": metavar} if callable(kind) else {"choices": kind}
        verb.add_argument(f"--{name}", default=default, help=say(f"simulate.cli.{name}"), **words)


def board_options(options) -> dict:
    """The same as `simulate` and `sweep` take them."""
    same = ("size", "composition", "most", "alone", "edges", "rule", "block", "seed", "max_moves")
    return {name: getattr(options, name) for name in same}


def simulated_json(made) -> str:
    """Parameters, runs and a summary, in full precision; never NaN."""
    return dumped(made.as_dict())


def simulated_csv(made) -> str:
    """One row for each run."""
    import csv
    import io

    out = io.StringIO()
    rows = [run.as_dict() for run in made.runs]
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


SHOWN_RUNS = 20  # rows of runs that a terminal shows


def simulated_table(made) -> str:
    """What was played, run by run, and what usually happens."""
    heads = ("seed", "settled", "moves", "alike", "index", "dissimilarity", "unhappy_start")
    rows = [[say(f"simulate.head.{head}") for head in heads]]
    for run in made.runs[:SHOWN_RUNS]:
        numbers = map(number, (run.alike, run.index, run.dissimilarity, run.unhappy_start))
        rows.append([str(run.seed), say(f"simulate.ended.{run.ended}"), f"{run.moves:,}", *numbers])
    out = [*simulated_about(made), "", *aligned(rows)]
    if len(made.runs) > SHOWN_RUNS:
        out.append(say("simulate.more", n=len(made.runs) - SHOWN_RUNS))
    summary = made.summary
    if len(made.runs) > 1:
        rows = [["", *(say(f"simulate.head.{head}") for head in ("mean", "sd"))]]
        rows += [
            [say(f"simulate.head.{head}"), *map(number, (summary[head]["mean"], summary[head]["sd"]))]
            for head in heads[3:]
        ]
        out += ["", *aligned(rows)]
    return "\n".join([*out, "", summary["says"], say("simulate.numbers")]) + "\n"


def simulated_about(made) -> list[str]:
    """What was played, in words."""
    from segkit.sweeps import written

    plan = made.plan
    shares = {name: written(getattr(plan, name)[0]) for name in ("least", "full", "composition")}
    about = {"rows": plan.size[0], "columns": plan.size[1], "moves": plan.max_moves, "block": plan.block}
    about |= shares | {"most": written(plan.most), "rule": say(f"simulate.rule.{made.parameters['rule']}")}
    chosen = [say(f"simulate.about.{plan.edges}", **about), say("simulate.about.wish", **about)]
    return [*chosen, say(f"simulate.about.{plan.alone}"), say("simulate.about.moves", **about)]


SIMULATED = {"json": simulated_json, "csv": simulated_csv, "table": simulated_table}


# ---------------------------------------------------------------- segkit sweep


def add_sweep(verbs):
    """The options of `segkit sweep`."""
    verb = played(verbs, "sweep")
    # the same as `segkit.sweep` has; a test holds them together
    for name, default in (("least", "0.1:0.7:0.05"), ("full", "0.6:0.9:0.1"), ("composition", "0.5")):
        verb.add_argument(
            f"--{name}", metavar="SHARES", type=several, default=default, help=say(f"sweep.cli.{name}")
        )
    verb.add_argument("--repeats", metavar="N", type=some, default="10", help=say("sweep.cli.repeats"))
    boards(verb)
    shows = ("index", "alike", "dissimilarity", "settled", "moves")
    verb.add_argument("--show", choices=shows, default="index", help=say("sweep.cli.show"))
    output = {"metavar": "FILE", "required": True, "type": a_file}
    verb.add_argument("-o", "--output", help=say("sweep.cli.output"), **output)
    verb.set_defaults(verb=run_sweep)


def run_sweep(options) -> str:
    """Wish against fullness against composition, into a file."""
    from segkit.sweeps import sweep

    given = {name: getattr(options, name) for name in ("least", "full", "repeats")}
    with refusing(), bar() as progress:
        made = sweep(progress=progress, **given, **board_options(options))
    if not made.played.any():
        raise KeyboardInterrupt
    if options.output.lower().endswith(".png"):
        from segkit.plots import tipping

        tipping(made, options.show).save(options.output)
    else:
        made.to_csv(options.output)
    if made.stopped:
        done = {"n": int(made.played.sum()), "all": made.played.size, "file": options.output}
        raise Refused(say("sweep.cli.kept", **done))
    return f"{made}\n{say('sweep.cli.written', file=options.output)}\n"


@contextmanager
def bar():
    """How far a sweep is, on a terminal; nothing of it stays, nor goes into a file."""
    if not watched():
        yield None
        return

    def tell(done, of):
        write(sys.stderr, "\r" + say("sweep.cli.progress", done=done, all=of, share=done / of))

    write(sys.stderr, say("sweep.cli.ready"))
    try:
        yield tell
    finally:
        write(sys.stderr, "\r\x1b[K")


@contextmanager
def refusing():
    """What an option cannot be, in words."""
    try:
        yield
    except ValueError as error:
        raise Refused(str(error).rstrip(".") + ".") from None


# what an option may be: each takes what was typed, or says what was expected


def a_share(text: str):
    """A share from 0 to 1, as a decimal or a fraction, exactly."""
    from segkit.schelling import share

    try:
        return share(text)
    except ValueError:
        raise argparse.ArgumentTypeError(say("simulate.cli.share", came=text)) from None


def several(text: str) -> list:
    """Shares one by one, or from one to another in steps, exactly.

    >>> [str(share) for share in several("1/3,0.5:0.7:0.1")]
    ['1/3', '1/2', '3/5', '7/10']
    """
    found = []
    for piece in text.split(","):
        ends = piece.split(":")
        if len(ends) not in (1, 3):
            raise argparse.ArgumentTypeError(say("sweep.cli.shares", came=piece))
        low, high, step = map(a_share, ends if len(ends) == 3 else [piece, piece, "1"])
        if step == 0 or low > high or (high - low) / step > MOST_SHARES:
            raise argparse.ArgumentTypeError(say("sweep.cli.range", came=piece, most=MOST_SHARES))
        found += [low + k * step for k in range(int((high - low) / step) + 1)]
    return found


MOST_SHARES = 1000


def a_size(text: str):
    """The cells of a side, or ROWSxCOLUMNS.

    >>> a_size("20"), a_size("20x30")
    (20, (20, 30))
    """
    from segkit.schelling import LONGEST_SIDE

    sides = text.lower().replace("×", "x").split("x")
    try:
        made = [some(side) for side in sides]
    except argparse.ArgumentTypeError:
        made = []
    if len(made) not in (1, 2) or max(made) > LONGEST_SIDE:
        raise argparse.ArgumentTypeError(say("simulate.cli.sides", came=text, most=LONGEST_SIDE))
    return made[0] if len(made) == 1 else tuple(made)


def some(text: str) -> int:
    """A whole number from 1 on."""
    try:
        number = natural(text)
    except argparse.ArgumentTypeError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(say("simulate.cli.some", came=text))
    return number


def a_file(text: str) -> str:
    """A file that can be written, whose ending says what is wanted."""
    folder = os.path.dirname(text) or "."
    if not text.lower().endswith((".csv", ".png")):
        raise argparse.ArgumentTypeError(say("sweep.cli.ending", came=text))
    if not os.path.isdir(folder) or os.path.isdir(text):
        raise argparse.ArgumentTypeError(say("sweep.cli.folder", came=text))
    return text


# ---------------------------------------------------------------- formats


def as_json(measured, by) -> str:
    """The numbers in full precision; never NaN."""
    return dumped(measured.as_dict())


def dumped(plainly) -> str:
    """Plain numbers and names as JSON, in letters the terminal knows."""
    import json

    plain = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "") != "utf8"
    return json.dumps(plainly, indent=2, allow_nan=False, ensure_ascii=plain) + "\n"


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


def unable_to_run(value):
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.

    >>> unable_to_run("=HYPERLINK(1)"), unable_to_run(-0.5), unable_to_run("North")
    ("'=HYPERLINK(1)", -0.5, 'North')
    """
    if isinstance(value, str):
        return "'" + value if value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else value
    return value


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
            rows.append([say(f"index.{name}"), *map(number, (split.total, split.between, split.within))])
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
        row = [say(f"index.{name}"), number(value)]
        row += [number(chance.expected), number(chance.p)] if chance else ["", ""]
        if measured.interval:
            row += [number(interval.low), number(interval.high)] if interval else ["", ""]
        rows.append(row)
    return rows


def sentences(measured) -> list[str]:
    """The first index, as a teacher would say it."""
    name = next(iter(measured.values))
    said = [
        say(
            "cli.says",
            name=say(f"index.{name}"),
            value=number(measured.values[name]),
            means=say(f"index.{name}.means"),
        )
    ]
    chance = measured.chance.get(name)
    if chance:
        said.append(say("cli.says.chance", expected=number(chance.expected)))
    if measured.interval:
        said.append(say("cli.says.interval"))
    return said


def school_rows(measured) -> list[list[str]]:
    """One row per school."""
    heads = ("unit", "pupils", "share", "location_quotient", "local_segregation", "contribution")
    rows = [[say(f"cli.head.{head}") for head in heads]]
    for school in measured.schools:
        numbers = [number(school[head]) for head in heads[2:]]
        rows.append([safe(school["unit"]), str(school["pupils"]), *numbers])
    return rows


def aligned(rows) -> list[str]:
    """Columns under each other: words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *rest in rows:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    return lines


def number(value) -> str:
    """Three decimals; what is not there stays blank.

    >>> number(0.61767378), number(None)
    ('0.618', '')
    """
    return "" if value is None else f"{value:.3f}"


def safe(text) -> str:
    from segkit.sheets import shown

    return shown(text, 40)


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json}
VERBS = (
    add_measure,
    add_sample,
    add_simulate,
    add_sweep,
)  # a new verb: a function that adds its options, and a function that makes one call


# ---------------------------------------------------------------- the terminal


def write(stream, text: str):
    """Text to a terminal, a pipe or a file; letters it does not know are written as escapes."""
    if stream is None:
        raise Refused(say("cli.no_stdout"))
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    stream.write(text)
    stream.flush()


def refuse(message: str) -> int:
    """The message on standard error, and the exit code that says so."""
    try:
        write(sys.stderr, f"segkit: {message}\n")
    except (OSError, ValueError, Refused):
        pass  # nobody is listening; the exit code still tells
    return REFUSED


def silence(stream):
    """Let Python close a broken stream without a last complaint."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError, AttributeError):
        pass


def quiet():
    """Warnings are for programmers; what a reader must know is in the answer."""
    import warnings

    return warnings.catch_warnings(action="ignore")


if __name__ == "__main__":
    sys.exit(main())

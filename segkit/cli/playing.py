"""`segkit simulate` and `segkit sweep`: boards played by the hundred."""

import argparse
import os
import sys
from contextlib import contextmanager

from segkit.cli.terminal import (
    Refused,
    aligned,
    dumped,
    natural,
    patience,
    refusing,
    three_places,
    watched,
    write,
)
from segkit.words import number, say


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
        numbers = map(three_places, (run.alike, run.index, run.dissimilarity, run.unhappy_start))
        rows.append([str(run.seed), say(f"simulate.ended.{run.ended}"), number(run.moves, ","), *numbers])
    out = [*simulated_about(made), "", *aligned(rows)]
    if len(made.runs) > SHOWN_RUNS:
        out.append(say("simulate.more", n=len(made.runs) - SHOWN_RUNS))
    summary = made.summary
    if len(made.runs) > 1:
        rows = [["", *(say(f"simulate.head.{head}") for head in ("mean", "sd"))]]
        rows += [
            [say(f"simulate.head.{head}"), *map(three_places, (summary[head]["mean"], summary[head]["sd"]))]
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

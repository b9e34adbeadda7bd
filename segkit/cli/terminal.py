"""What every verb of the command line shares: reading options, writing answers, telling that work goes on."""

import argparse
import os
import sys
from contextlib import contextmanager

from segkit.words import ENGLISH, number, say, words

REFUSED = 2
PATIENCE = 2.0  # seconds without a word before a terminal is told that work goes on


class Refused(Exception):
    """What cannot be done, in words."""


class Answer(str):
    """What a verb says on standard output, and the exit code that goes with it."""

    def __new__(cls, text, code=0):
        answer = super().__new__(cls, text)
        answer.code = code
        return answer


@contextmanager
def spoken_by_argparse():
    """What argparse says itself ("usage:", "error:", …) in the language; it asks a function `_` for it.

    A sentence that another version of Python says in other words stays as it is, in English.
    """
    ours = {text: key for key, text in words(ENGLISH).items() if key.startswith("argparse.")}

    def said(text: str) -> str:
        plain = text.strip()
        return text.replace(plain, say(ours[plain])) if plain in ours else text

    before = argparse._, argparse.ngettext
    argparse._, argparse.ngettext = said, lambda one, many, n: said(one if n == 1 else many)
    try:
        yield
    finally:
        argparse._, argparse.ngettext = before


class Once(argparse.Action):
    """An option that may be written once: of two columns for one role none can be chosen."""

    def __call__(self, parser, options, value, option=None):
        seen = getattr(options, "seen", ())
        if self.dest in seen:
            parser.error(say("cli.twice", option=option))
        options.seen = (*seen, self.dest)
        setattr(options, self.dest, value)


def natural(text: str) -> int:
    """A whole number from 0 on."""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise argparse.ArgumentTypeError(say("cli.natural", came=text))
    return int(text)


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


def dumped(plainly) -> str:
    """Plain numbers and names as JSON, in letters the terminal knows."""
    import json

    plain = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "") != "utf8"
    return json.dumps(plainly, indent=2, allow_nan=False, ensure_ascii=plain) + "\n"


def unable_to_run(value):
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.

    >>> unable_to_run("=HYPERLINK(1)"), unable_to_run(-0.5), unable_to_run("North")
    ("'=HYPERLINK(1)", -0.5, 'North')
    """
    if isinstance(value, str):
        return "'" + value if value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else value
    return value


def aligned(rows) -> list[str]:
    """Columns under each other: words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *rest in rows:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    return lines


def three_places(value) -> str:
    """Three decimals; what is not there stays blank.

    >>> three_places(0.61767378), three_places(None)
    ('0.618', '')
    """
    return "" if value is None else number(value, ".3f")


def safe(text) -> str:
    from segkit.sheets import shown

    return shown(text, 40)


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


@contextmanager
def refusing():
    """What an option cannot be, in words."""
    try:
        yield
    except ValueError as error:
        raise Refused(str(error).rstrip(".") + ".") from None


def quiet():
    """Warnings are for programmers; what a reader must know is in the answer."""
    import warnings

    return warnings.catch_warnings(action="ignore")

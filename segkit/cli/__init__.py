"""The command line: one function per verb, and each verb one call into the package.

    segkit measure schools.csv --unit school --count native --count foreign
    segkit --lang it measure schools.csv

Numbers go to standard output, everything said about the file to standard error. The exit code is 0, or 2 with
a message that names file, line, column, what came and what was expected. The language is that of `--lang`,
else of SEGKIT_LANG, else of the terminal; what is for programs is the same in every language.
"""

import argparse
import os
import sys

from segkit.cli import measuring, playing, presenting, territory
from segkit.cli.terminal import Refused, quiet, refuse, silence, spoken_by_argparse, write
from segkit.words import ENGLISH, known, languages, listed, say, speaking

DONE = 0
FOR_PROGRAMS = ("json", "csv")  # the same in every language


def main(argv=None) -> int:
    """Run one verb in the language it was asked in."""
    argv = sys.argv[1:] if argv is None else list(argv)
    asked = language_asked(argv)
    with speaking(language_around() if asked is None else known(asked)):
        if asked is not None and asked not in languages():
            return refuse(say("language.unknown", came=asked, known=listed(languages())))
        return run(argv)


def language_asked(argv) -> str | None:
    """What `--lang` says, before the verb: help and mistakes are told in it, too.

    >>> language_asked(["--lang", "it", "check", "town"]), language_asked(["check", "--lang"])
    ('it', None)
    """
    for i, word in enumerate(argv):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang":
            return argv[i + 1] if i + 1 < len(argv) else None
        if not word.startswith("-"):
            return None
    return None


def language_around() -> str:
    """The language of the reader's terminal, where there are words for it; the first that is set counts."""
    places = ("SEGKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    return known(next((said for place in places if (said := os.environ.get(place))), ENGLISH))


def run(argv) -> int:
    """Run one verb; whatever goes wrong is one message, never a traceback."""
    try:
        with spoken_by_argparse():
            options = parser().parse_args(argv)
        with quiet():
            if getattr(options, "format", None) in FOR_PROGRAMS:
                with speaking(ENGLISH):
                    answer = options.verb(options)
            else:
                answer = options.verb(options)
            write(sys.stdout, answer)
        return getattr(answer, "code", DONE)
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
    from segkit.checks import TerritoryError
    from segkit.indices.shelf import CannotBeAssessed
    from segkit.packages import PackageError
    from segkit.privacy.releases import ReleaseError
    from segkit.samples import SampleError
    from segkit.sheets import TableError

    return TableError, CannotBeAssessed, SampleError, PackageError, TerritoryError, ReleaseError


VERBS = (
    measuring.add_measure,
    territory.add_sample,
    territory.add_check,
    territory.add_template,
    territory.add_protect,
    territory.add_assess,
    territory.add_report,
    territory.add_purge,
    playing.add_simulate,
    playing.add_sweep,
    presenting.add_present,
)  # a new verb: a function that adds its options, and a function that makes one call


def parser() -> argparse.ArgumentParser:
    """Every verb and its options."""
    from segkit import __version__

    top = argparse.ArgumentParser(prog="segkit", description=say("cli.segkit"), allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"segkit {__version__}", help=say("cli.version"))
    top.add_argument("--lang", metavar="LANG", help=say("cli.lang", known=listed(languages())))
    verbs = top.add_subparsers(metavar="VERB", required=True)
    for add in VERBS:
        add(verbs)
    return top

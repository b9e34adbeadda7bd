"""The command line: one function per verb, and each verb one call into the package.

    segkit measure schools.csv --unit school --count native --count foreign

Numbers go to standard output, everything said about the file to standard error. The exit code is 0, or 2 with
a message that names file, line, column, what came and what was expected.
"""

import argparse
import sys

from segkit.cli import measuring, playing, territory
from segkit.cli.terminal import Refused, quiet, refuse, silence, write
from segkit.words import say

DONE = 0


def main(argv=None) -> int:
    """Run one verb; whatever goes wrong is one message, never a traceback."""
    try:
        options = parser().parse_args(argv)
        with quiet():
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
)  # a new verb: a function that adds its options, and a function that makes one call


def parser() -> argparse.ArgumentParser:
    """Every verb and its options."""
    from segkit import __version__

    top = argparse.ArgumentParser(prog="segkit", description=say("cli.segkit"), allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"segkit {__version__}")
    verbs = top.add_subparsers(metavar="VERB", required=True)
    for add in VERBS:
        add(verbs)
    return top

"""The verbs about territories: invent one, check one, take stock of one, and let out what may leave."""

import os
from contextlib import contextmanager

from segkit.cli.terminal import REFUSED, Answer, Refused, dumped, natural, refusing, watched, write
from segkit.words import say


def verb_of(verbs, name, run, path=True):
    """A verb with its help, and the territory it is about."""
    verb = verbs.add_parser(
        name, help=say(f"cli.{name}"), description=say(f"cli.{name}.about"), allow_abbrev=False
    )
    if path:
        verb.add_argument("path", metavar="PATH", help=say("cli.path"))
    verb.set_defaults(verb=run)
    return verb


def opened(path: str):
    """The territory at a path, or the invented town of that name; whatever is wrong is said all at once."""
    from segkit import samples
    from segkit.checks import open_territory

    if not os.path.exists(path) and path in samples.names():
        return samples.sample(path)
    return open_territory(path)


@contextmanager
def progress():
    """How far long work is, on a terminal; nothing of it stays, nor goes into a file."""
    import sys

    if not watched():
        yield None
        return

    def tell(share, text=""):
        write(sys.stderr, "\r\x1b[K" + say("cli.progress", share=share, text=text))

    try:
        yield tell
    finally:
        write(sys.stderr, "\r\x1b[K")


# ---------------------------------------------------------------- segkit sample


def add_sample(verbs):
    """The options of `segkit sample`."""
    verb = verbs.add_parser(
        "sample", help=say("sample.cli"), description=say("sample.cli.about"), allow_abbrev=False
    )
    verb.add_argument("name", nargs="?", metavar="NAME", help=say("sample.cli.name"))
    verb.add_argument("folder", nargs="?", metavar="DIR", help=say("sample.cli.folder"))
    verb.add_argument("--seed", metavar="S", type=natural, default=1, help=say("sample.cli.seed"))
    verb.add_argument("--ready", type=int, choices=(1, 2, 3), default=3, help=say("sample.cli.ready"))
    verb.add_argument("--replace", action="store_true", help=say("sample.cli.replace"))
    verb.add_argument("--list", action="store_true", help=say("sample.cli.list"))
    verb.set_defaults(verb=run_sample)


def run_sample(options) -> str:
    """An invented town written into a folder, or the names of the towns there are."""
    from segkit import samples

    if options.list:
        return "".join(f"{name}: {say(f'sample.{name}.about')}\n" for name in samples.names())
    if options.folder is None:
        raise Refused(say("sample.cli.what"))
    told = {"seed": options.seed, "ready": options.ready, "replace": options.replace}
    if options.name == "all":
        written = samples.write_all(options.folder, **told)
    else:
        written = samples.write(options.name, options.folder, **told)
    return say("sample.written", files=len(written), folder=options.folder) + "\n"


# ---------------------------------------------------------------- segkit check, segkit template


def add_check(verbs):
    """The options of `segkit check`."""
    verb = verb_of(verbs, "check", run_check)
    verb.add_argument("--format", choices=["text", "json"], default="text", help=say("cli.format"))


def run_check(options) -> Answer:
    """Everything that is wrong with a territory's files; exit code 2 where something must be mended."""
    from segkit.checks import check

    found = check(options.path)
    text = dumped(found.as_dict()) if options.format == "json" else f"{found}\n"
    return Answer(text, 0 if found.ok else REFUSED)


def add_template(verbs):
    """The options of `segkit template`."""
    verb = verb_of(verbs, "template", run_template, path=False)
    verb.add_argument("file", metavar="FILE.xlsx", help=say("cli.template.file"))
    verb.add_argument("--replace", action="store_true", help=say("sample.cli.replace"))


def run_template(options) -> str:
    """An Excel workbook to fill in."""
    from segkit.packages import template

    if not options.file.lower().endswith(".xlsx"):
        raise Refused(say("cli.template.ending", came=options.file))
    if os.path.lexists(options.file) and not options.replace:
        raise Refused(say("cli.exists", path=options.file))
    template(options.file)
    return say("cli.template.done", path=options.file) + "\n"


# ---------------------------------------------------------------- segkit protect


def add_protection(verb):
    """What decides how much is hidden."""
    verb.add_argument("-k", metavar="K", type=natural, help=say("cli.k"))
    verb.add_argument("--preset", metavar="NAME", help=say("cli.preset"))
    verb.add_argument("--special", metavar="GROUPING", action="append", default=[], help=say("cli.special"))
    verb.add_argument("--shared-with", metavar="NAME", action="append", default=[], help=say("cli.shared"))
    verb.add_argument("--reason", metavar="TEXT", default="", help=say("cli.reason"))


def protected(options):
    """The view of the territory that may be shown."""
    from segkit import samples
    from segkit.privacy import protect, view_of

    invented = not os.path.exists(options.path) and options.path in samples.names()
    with progress() as tell, refusing():
        return (protect if invented else view_of)(
            samples.sample(options.path) if invented else options.path,
            mode="shared" if options.shared_with else None,
            k=options.k,
            preset=options.preset,
            special=tuple(options.special),
            reason=options.reason,
            recipients=tuple(options.shared_with),
            progress=tell,
        )


def add_protect(verbs):
    """The options of `segkit protect`."""
    verb = verb_of(verbs, "protect", run_protect)
    add_protection(verb)
    verb.add_argument("-o", "--output", metavar="DIR", required=True, help=say("cli.protect.output"))
    verb.add_argument("--replace", action="store_true", help=say("sample.cli.replace"))


def run_protect(options) -> str:
    """A copy of a territory that may leave the house."""
    place_for_a_copy(options.path, options.output)
    view = protected(options)
    with refusing():
        view.write(options.output, replace=options.replace)
    notice = view.notice or [say("cli.protect.invented")]
    return "\n".join([say("cli.protect.done", path=options.output), *notice]) + "\n"


OTHER_FILES = (
    ".csv .tsv .txt .json .geojson .xls .xlsm .xlsb .ods .html .htm .pdf .doc .docx .7z .rar .tar .gz".split()
)


def place_for_a_copy(path: str, output: str):
    """A copy never takes the place of the counts it was made from, nor a name that promises another file."""
    if output.lower().endswith(tuple(OTHER_FILES)):
        raise Refused(say("cli.protect.ending", came=output))
    source = os.path.dirname(path) or "." if path.endswith("datapackage.json") else path
    if os.path.exists(source) and os.path.exists(output) and os.path.samefile(source, output):
        raise Refused(say("cli.protect.itself", path=output))


# ---------------------------------------------------------------- segkit assess, segkit report


def add_choice(verb):
    """Which part of the territory is looked at."""
    verb.add_argument("--year", metavar="YEAR", type=natural, help=say("cli.year"))
    verb.add_argument("--level", metavar="LEVEL", help=say("cli.level"))
    verb.add_argument("--grouping", metavar="GROUPING", help=say("cli.grouping"))
    verb.add_argument("--seed", metavar="S", type=natural, default=1, help=say("cli.measure.seed"))


def assessed(options):
    """The five dimensions of a territory."""
    from segkit.assessing import assess

    view = protected(options)
    with refusing():
        return assess(
            view, year=options.year, level=options.level, grouping=options.grouping, seed=options.seed
        )


def add_assess(verbs):
    """The options of `segkit assess`."""
    verb = verb_of(verbs, "assess", run_assess)
    add_choice(verb)
    add_protection(verb)
    verb.add_argument("--format", choices=["text", "json"], default="text", help=say("cli.format"))


def run_assess(options) -> str:
    """How a territory stands in five dimensions."""
    found = assessed(options)
    return dumped(found.as_dict()) if options.format == "json" else f"{found}\n"


def add_report(verbs):
    """The options of `segkit report`."""
    verb = verb_of(verbs, "report", run_report)
    add_choice(verb)
    add_protection(verb)
    verb.add_argument("-o", "--output", metavar="FILE.html", required=True, help=say("cli.report.output"))
    verb.add_argument("--problem", metavar="TEXT", default="", help=say("cli.report.problem"))
    verb.add_argument("--replace", action="store_true", help=say("sample.cli.replace"))


def run_report(options) -> str:
    """One page of HTML that a council can read."""
    from segkit.reporting import report

    if not options.output.lower().endswith((".html", ".htm")):
        raise Refused(say("cli.report.ending", came=options.output))
    if os.path.lexists(options.output) and not options.replace:
        raise Refused(say("cli.exists", path=options.output))
    report(assessed(options), options.output, problem=options.problem)
    return say("cli.report.done", path=options.output) + "\n"


# ---------------------------------------------------------------- segkit purge


def add_purge(verbs):
    """The options of `segkit purge`."""
    verb = verb_of(verbs, "purge", run_purge, path=False)
    verb.add_argument("--releases", action="store_true", help=say("cli.purge.releases"))


def run_purge(options) -> str:
    """What earlier sessions left on this machine, taken away."""
    from segkit.privacy import purge

    return f"{purge(keep_releases=not options.releases)}\n"

"""The verbs about territories: invent one, check one, and let out what may leave."""

from segkit.cli.terminal import Refused, natural
from segkit.words import say


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

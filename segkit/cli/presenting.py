"""`segkit present`: the pages for a room, from this computer."""

import argparse
import os
import sys
from pathlib import Path

from segkit.cli.terminal import Refused, natural, watched, write
from segkit.words import language, languages, listed, say, speaking

SECRET = "SEGKIT_PASSWORD"
ASK = object()  # --password without a value


def add_present(verbs):
    """The options of `segkit present`."""
    verb = verbs.add_parser(
        "present",
        help=say("present.cli"),
        description=say("present.cli.about"),
        epilog=say("present.cli.more"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    verb.add_argument("folder", nargs="?", default="notebooks", help=say("present.cli.folder"))
    verb.add_argument("--port", metavar="N", type=natural, default=8866, help=say("present.cli.port"))
    verb.add_argument("--address", metavar="IP", default="127.0.0.1", help=say("present.cli.address"))
    verb.add_argument("--password", nargs="?", const=ASK, metavar="WORD", help=say("present.cli.password"))
    verb.add_argument("--lang", dest="room", metavar="LANG", help=say("present.cli.lang"))
    verb.add_argument("--warm", metavar="N", type=natural, help=say("present.cli.warm"))
    verb.add_argument("--page", metavar="NAME", action="append", default=[], help=say("present.cli.page"))
    verb.set_defaults(verb=run_present)


def run_present(options) -> str:
    """The pages for a room, until somebody presses Ctrl+C."""
    if isinstance(options.password, str):
        if not options.password.strip():
            raise Refused(say("present.empty"))
        hide(options.password)
    lang = options.room or language()
    if lang not in languages():
        raise Refused(say("language.unknown", came=lang, known=listed(languages())))
    with speaking(lang):
        return present(options)


def hide(password: str):
    """Starts again without the password in the command, which everybody on this computer can read."""
    words, left = list(sys.orig_argv), []
    while words:
        word = words.pop(0)
        if word == "--password" and words:
            words.pop(0)
        elif not word.startswith("--password="):
            left.append(word)
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *left[1:]], os.environ | {SECRET: password})


def present(options) -> str:
    try:
        from tornado.netutil import bind_sockets

        from segkit.presenting import memory
        from segkit.presenting.pages import chosen, prepare
        from segkit.presenting.server import Room, is_loopback
    except ModuleNotFoundError as error:
        raise Refused(say("present.missing", name=error.name)) from None
    import asyncio
    import tempfile

    if not 0 < options.port < 65536:
        raise Refused(say("present.port", came=options.port))
    here = is_loopback(options.address)
    if not (here or options.password or os.environ.get(SECRET, "").strip()):
        raise Refused(say("present.no_password", address=options.address))
    with tempfile.TemporaryDirectory(prefix="segkit-", ignore_cleanup_errors=True) as own:
        pages = prepare(Path(options.folder), Path(own, "pages"))
        if not pages:
            raise Refused(say("present.no_pages", folder=options.folder))
        first = [page for page in pages if "/" not in page]
        names = listed([Path(page).stem for page in first])
        try:
            warm = chosen(pages, options.page or first, language())
        except ValueError as error:
            raise Refused(say("present.no_page", name=error, known=names)) from None
        try:  # before anybody types a password
            for door in bind_sockets(options.port, options.address):
                door.close()
        except OSError as error:
            raise Refused(cannot_listen(error, options)) from None
        password = secret(options)
        most = memory.people(memory.free())
        n = memory.ready(most, len(warm), bool(options.page)) if options.warm is None else options.warm
        wanted = {page: n // len(warm) + (i < n % len(warm)) for i, page in enumerate(warm)}
        room = Room().set_up(Path(own), pages, address=options.address, port=options.port, password=password)
        room.shown = [] if here else typed(options)
        said = Said(options, min(n, most), most, one_page=bool(options.page), here=here)
        try:
            asyncio.run(room.serve(said.begun, said.opened, said.told, wanted, max(most, n)))
        except OSError as error:
            raise Refused(cannot_listen(error, options)) from None
    return say("present.ended") + "\n"


def secret(options) -> str | None:
    """The password: from the environment, where no program of a visitor finds it, or asked for."""
    said = os.environ.pop(SECRET, "").strip()
    if options.password is ASK and not said:
        import getpass

        said = getpass.getpass(say("present.ask") + " ").strip()
        if said and getpass.getpass(say("present.ask_again") + " ").strip() != said:
            raise Refused(say("present.differ"))
        if not said:
            raise Refused(say("present.empty"))
    return said or None


def cannot_listen(error: OSError, options) -> str:
    """Why nobody can come in at this address, and what to do."""
    import errno

    if error.errno == errno.EADDRINUSE:
        return say("present.taken", port=str(options.port), free=str(free_port(options)))
    if error.errno == errno.EACCES:
        return say("present.denied", port=str(options.port))
    known = listed(["127.0.0.1", "0.0.0.0", *addresses()])
    return say("present.no_address", address=options.address, known=known)


def free_port(options) -> int:
    """The next port that nobody uses."""
    import socket

    for port in range(options.port + 1, min(options.port + 100, 65536)):
        with socket.socket() as door:
            try:
                door.bind((options.address, port))
                return port
            except OSError:
                continue
    return 0


def addresses() -> list[str]:
    """This computer's own addresses in the networks it is in, the most usual for a room first."""
    import ipaddress
    import socket

    import psutil

    found = [
        one.address
        for name, ones in psutil.net_if_addrs().items()
        for one in ones
        if one.family == socket.AF_INET and not name.startswith(("docker", "veth", "br-"))
    ]
    private = [a for a in found if not ipaddress.ip_address(a).is_loopback and not a.startswith("169.254.")]
    return sorted(private, key=lambda a: (not a.startswith("192.168."), a))


def typed(options) -> list[str]:
    """What people type to come in."""
    shown = addresses() if options.address in ("0.0.0.0", "::") else [options.address]
    return [f"http://{address}:{options.port}/" for address in shown or ["127.0.0.1"]]


class Said:
    """What is told on the terminal while the room fills."""

    def __init__(self, options, n: int, most: int, one_page: bool, here: bool):
        self.options, self.n, self.most, self.one_page, self.here = options, n, most, one_page, here

    def begun(self):
        options = self.options
        write(sys.stderr, "\n" + "\n\n".join(f"    {address}" for address in typed(options)) + "\n\n")
        write(sys.stderr, say("present.stop") + "\n")
        if self.here:
            write(sys.stderr, say("present.only_here") + "\n")
        if self.n:
            write(sys.stderr, say("present.wait") + "\n")

    def told(self, n: int):
        """A line that fills up; in a file, a line at every quarter."""
        line = say("present.filling", n=n, all=self.n)
        if watched():
            write(sys.stderr, "\r" + line)
        elif n * 4 // self.n != (n - 1) * 4 // self.n:
            write(sys.stderr, line + "\n")

    def opened(self, n: int):
        if watched() and self.n:
            write(sys.stderr, "\r\x1b[K")
        write(sys.stderr, say("present.open", n=n, most=self.most) + "\n")
        if n < self.n:
            write(sys.stderr, say("present.fewer", n=n, all=self.n) + "\n")
        if not self.one_page and self.n:
            write(sys.stderr, say("present.one_page") + "\n")

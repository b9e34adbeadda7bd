"""Voila for a room: only our pages, behind a password, with programs that are ready and counted."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path

import tornado.web
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketHandler
from voila.app import Voila
from voila.static_file_handler import AllowListFileHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from segkit import widgets
from segkit.pages import language_of
from segkit.presenting.door import Door, Leave, OwnOnly, Password, Visitors
from segkit.presenting.kernels import WIDGETS, Kernels
from segkit.words import ENGLISH, language, say

_HERE = Path(__file__).parent

MESSAGE = 8_000_000  # bytes: a reader's own file has at most 5 MB in a message, and some letters take two
SHORT = 45  # letters: with a kernel's name, a socket's path may have some 100
FORM = 100_000  # bytes of a request's body: a password, a page that says goodbye

# What a page may load. Its own scripts stand in it ('unsafe-inline'), Voila compiles its settings' schemas
# ('unsafe-eval'), and each widget is a module the browser makes of a text (blob:). No other host, ever.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Server": "segkit",
}

PROTOCOL = "v1.kernel.websocket.jupyter.org"  # how a page and its program talk
PARTS = 40  # of one message, at most

# What a page's widgets say to their program; nothing of this runs what a visitor wrote.
MESSAGES = ["comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request"]


class Taken(OSError):
    """Somebody else listens there already."""


class Guarded(JupyterHandler):
    """Every door of the house has this one in front: it asks who is there; what goes out has our headers."""

    def set_default_headers(self):
        super().set_default_headers()
        for name, value in HEADERS.items():
            self.set_header(name, value)

    async def prepare(self, **options):
        await super().prepare(**options)
        if not (self._finished or isinstance(self, Door) or self.current_user):
            raise tornado.web.HTTPError(403)  # also what Jupyter shows to everybody

    def write_error(self, status_code, **about):
        """What went wrong, in a sentence: no traceback, no version."""
        if isinstance(self, WebSocketHandler):
            return self.finish()
        if isinstance(self, APIHandler):
            self.set_header("Content-Type", "application/json")
            return self.finish({"message": self._reason, "reason": None})
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        key = status_code if status_code in (403, 404, 429, 503) else 500
        self.finish(self.told(f"present.error.{key}"))

    def told(self, key: str, again: int = 0, **values) -> str:
        """A small page that says one thing; `again` is after how many seconds it asks again by itself."""
        lang = language_of(self.request.path)
        lang = language() if lang == ENGLISH else lang
        page = self.settings["voila_jinja2_env"].get_template("told.html")
        words = {name: say(f"{key}.{name}", lang, **values) for name in ("title", "text")}
        front = say("present.front", lang)
        return page.render(lang=lang, words=words, front=front, home=self.base_url, again=again)


class Talk(VoilaKernelWebsocketHandler):
    """A page and its program talk. What is no message ends the talk before anybody tries to read it.

    Jupyter believes the number of parts a message says it has, and counts up to it: to 2⁶⁴, if need be, while
    everybody waits. The older way to talk has the same fault, and no browser of ours uses it.
    """

    def on_message(self, message):
        if self.selected_subprotocol == PROTOCOL and well_formed(message):
            return super().on_message(message)
        self.close(1003)


def well_formed(message) -> bool:
    """Has a message the parts that it says it has?

    >>> well_formed(bytes(100)), well_formed("text")
    (False, False)
    """
    if not isinstance(message, bytes):
        return False
    count, *at = (int.from_bytes(message[i : i + 8], "little") for i in range(0, 8 * (PARTS + 1), 8))
    if not 6 <= count <= PARTS:  # a channel, four parts, and the end; files add theirs
        return False
    at = at[:count]
    return at[0] == 8 * (count + 1) and at == sorted(at) and at[-1] == len(message)


class Widgets(Guarded, tornado.web.StaticFileHandler):
    """The JavaScript and the CSS of our widgets, which a browser keeps: their address has a version."""


class Nothing(Guarded):
    """An address behind which there is nothing."""

    def prepare(self):
        raise tornado.web.HTTPError(404)


class Front(TornadoVoilaTreeHandler):
    """The front page in the language of the room."""

    @tornado.web.authenticated
    async def get(self, path=""):
        path = path.strip("/")
        if path not in self.kernel_manager.folders:
            raise tornado.web.HTTPError(404)
        if self.request.path == self.base_url and language() in self.kernel_manager.folders:
            return self.redirect(url_path_join(self.base_url, "voila/tree", language()))
        _ = self.xsrf_token
        await super().get(path)


class Page(TornadoVoilaHandler):
    """A page with a program of its own behind it: one that is ready, or else a new one, or a kind word."""

    @tornado.web.authenticated
    async def get(self, path):
        room, visitor = self.kernel_manager, self.current_user.username
        if path not in room.pages:
            raise tornado.web.HTTPError(404)
        _ = self.xsrf_token  # asking for it gives the browser the cookie that ending a program takes
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        if ready := room.take(path, visitor):
            await room.only_some(visitor)
            return self.finish(ready.html)
        if not await room.make_way(visitor):
            self.set_status(503)
            self.set_header("Retry-After", "20")
            return self.finish(self.told("present.full", again=20, n=room.most))
        kernel, pieces = await room.begin(path, visitor)
        try:
            async for html in pieces:
                self.write(html)
                await self.flush()
        except StreamClosedError:  # they have gone before it was there
            await room.end(kernel)


class Room(Voila):
    """The server of `segkit present`."""

    open_browser = False
    shown: list[str] = []  # what people type to come in; it stands on the first page

    def set_up(self, folder: Path, pages: list[str], *, address: str, port: int, password: str | None):
        """Everything but the start. `folder` is the room's own, with the notebooks in `pages/`."""
        self.folder, self.pages, self.password = folder, pages, password
        self.initialize([])
        told = logging.WARNING if os.environ.get("SEGKIT_LOG") else logging.CRITICAL + 1
        for log in (self.log, logging.getLogger("tornado")):
            log.setLevel(told)  # a teacher's terminal is no place for tracebacks
        self.ip, self.port, self.root_dir = address, port, str(folder / "pages")
        self.connection_dir = str(folder / "k")
        os.mkdir(self.connection_dir, 0o700)
        if os.name == "posix" and len(self.connection_dir) < SHORT:  # nobody else on this computer can listen
            self.config.KernelManager.transport = "ipc"
        self.template_paths = [str(_HERE), *self.template_paths]
        self.identity_provider_class, self.authorizer_class = Visitors, OwnOnly
        shown = self.voila_configuration
        shown.multi_kernel_manager_class = Kernels
        shown.preheat_kernel = shown.progressive_rendering = shown.show_tracebacks = False
        shown.strip_sources, shown.prelaunch_hook = True, None
        shown.file_allowlist = []
        shown.allow_template_override = shown.allow_theme_override = "NO"
        return self

    def init_settings(self):
        settings = super().init_settings()
        room = self.kernel_manager
        room.pages = set(self.pages)
        room.folders = {"", *(str(Path(page).parent) for page in self.pages if "/" in page)}
        room.allowed_message_types, room.allow_tracebacks = MESSAGES, False
        room.cull_idle_timeout, room.cull_interval = 60, 60  # what is idle, the kernels themselves know
        settings["voila_jinja2_env"].globals["segkit_addresses"] = self.shown
        here = is_loopback(self.ip)
        if self.password is not None:
            self.identity_provider.password = Password(self.password)
        self.identity_provider.cookie_options = {"samesite": "Lax", "expires_days": 1}
        return settings | {
            "allow_remote_access": not here,  # a name that leads here from elsewhere is not believed
            "websocket_max_message_size": MESSAGE,
            "xsrf_cookie_kwargs": {"samesite": "Lax"},
            "default_handler_class": Nothing,
            "server_root_dir": "",
            "headers": HEADERS,
        }

    def init_handlers(self):
        """Voila's, without those a room does not need, and each behind the door."""
        ours = {
            TornadoVoilaHandler: Page,
            TornadoVoilaTreeHandler: Front,
            VoilaKernelWebsocketHandler: Talk,
        }
        found = []
        for where, handler, *rest in super().init_handlers():
            if handler in (VoilaContentsHandler, AllowListFileHandler):
                continue  # nothing is listed, and no file beside the pages is served
            if "shutdown" in where:
                handler = Leave
            handler = ours.get(handler, handler)
            found.append((where, type(handler.__name__, (Guarded, handler), {}), *rest))
        where = url_path_join(self.base_url, WIDGETS, r"(\w+\.(?:js|css))")
        found.append((where, Widgets, {"path": str(Path(widgets.__file__).parent)}))
        return found

    def listen(self):
        """Takes the address and the port, or says who has them: OSError."""
        self.app.listen(self.port, self.ip, max_body_size=FORM, max_buffer_size=MESSAGE + FORM)

    async def serve(
        self, begun: Callable, opened: Callable, told: Callable, wanted: dict[str, int], most: int
    ):
        """Listens until somebody says stop; then nothing of it is left.

        `begun()` is called when it answers, `told(n)` when n programs are ready, `opened()` when all are.
        """
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                loop.add_signal_handler(getattr(signal, name), stop.set)
        self.app = tornado.web.Application(**self.init_settings())
        self.app.settings.update(self.tornado_settings)
        self.app.add_handlers(".*$", self.init_handlers())
        self.kernel_manager.prepare(wanted, most, self.folder / "homes", told)
        self.listen()
        begun()
        filling = asyncio.create_task(self.kernel_manager.fill(opened))
        try:
            await stop.wait()
        finally:
            filling.cancel()
            await asyncio.gather(filling, return_exceptions=True)
            ending = [self.kernel_manager.end(kernel) for kernel in self.kernel_manager.list_kernel_ids()]
            await asyncio.gather(*ending, return_exceptions=True)


def is_loopback(address: str) -> bool:
    """Does this address reach only this computer?

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("")
    (True, True, False, False)
    """
    import ipaddress

    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"

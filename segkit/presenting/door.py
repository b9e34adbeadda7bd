"""Who may come in, and that everybody stays in their own room.

Each browser has a signed cookie with a name drawn by lot: that is all we know of anybody. A program belongs
to the name it was opened for, and to everybody else it is not there.
"""

import asyncio
import hmac
import secrets
import time
from collections import defaultdict

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import IdentityProvider
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.utils import url_path_join
from tornado import web
from traitlets import Any
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

from segkit.pages import language_of
from segkit.words import language, say

FREE = 5  # wrong passwords of one address before it has to wait
LONGEST = 60  # seconds, at most, after each further one
EVERYBODY = 30  # wrong passwords a minute, of all addresses together, before each costs a second


class Password:
    """A password that is kept as a keyed hash in memory, and nowhere else; guessing gets slower and slower.

    >>> asked = Password("open sesame")
    >>> asked.opens("open sesame"), asked.opens("open")
    (True, False)
    """

    def __init__(self, password: str):
        # The hash never leaves this process and ends with it, so a fast one is as good as a slow one.
        self._key = secrets.token_bytes(32)
        self._hash = self._hashed(password)
        self._wrong: dict[str, int] = defaultdict(int)
        self._until: dict[str, float] = {}
        self._lately: list[float] = []

    def _hashed(self, password: str) -> bytes:
        return hmac.digest(self._key, password.strip().encode("utf-8", "replace"), "sha256")

    def opens(self, typed: str) -> bool:
        return hmac.compare_digest(self._hash, self._hashed(typed))

    def wait(self, address: str) -> int:
        """Seconds until this address may try again; 0 is now."""
        return max(0, round(self._until.get(address, 0) - time.monotonic() + 0.5))

    def tried(self, address: str, right: bool) -> float:
        """Remembers a try; how many seconds its answer should be held back."""
        now = time.monotonic()
        if right:
            self._wrong.pop(address, None)
            self._until.pop(address, None)
            return 0.0
        self._wrong[address] += 1
        self._lately = [then for then in self._lately if then > now - 60] + [now]
        if self._wrong[address] >= FREE:
            self._until[address] = now + min(LONGEST, 2 ** (self._wrong[address] - FREE + 1))
        return 1.0 if len(self._lately) > EVERYBODY else 0.0


class Visitors(IdentityProvider):
    """Everybody has a name drawn by lot; where there is a password, only after it was given."""

    need_token = False
    password = Any(None, allow_none=True)  # a Password, or None where nobody is asked

    @property
    def auth_enabled(self) -> bool:
        return self.password is not None

    @property
    def login_available(self) -> bool:
        return self.auth_enabled

    def get_user_token(self, handler):
        return None  # there are no tokens, in no address and no header

    def get_handlers(self):
        return [(url_path_join(self.parent.base_url, "/login"), Door)] if self.auth_enabled else []


class Door(LoginFormHandler):
    """Asks for the password, in our own words."""

    def _render(self, message=None):
        wanted = self.get_argument("next", default=self.base_url)
        lang = language_of(wanted) if language_of(wanted) != "en" else language()
        said = {key: say(f"present.door.{key}", lang) for key in ("title", "about", "password", "enter")}
        self.set_header("Cache-Control", "no-store")
        page = self.settings["voila_jinja2_env"].get_template("door.html")
        self.write(
            page.render(
                lang=lang,
                words=said,
                message=say(message[0], lang, **message[1]) if message else "",
                action=self.request.path,
                next=wanted,
                xsrf=self.xsrf_form_html(),
            )
        )

    @allow_unauthenticated
    async def post(self):
        asked, address = self.identity_provider.password, self.request.remote_ip
        if seconds := asked.wait(address):
            self.set_status(429)
            self.set_header("Retry-After", str(seconds))
            return self._render(("present.door.wait", {"n": seconds}))
        right = asked.opens(self.get_body_argument("password", default=""))
        await asyncio.sleep(asked.tried(address, right))
        if not right:
            self.set_status(401)
            return self._render(("present.door.wrong", {}))
        visitor = self.current_user = self.identity_provider.generate_anonymous_user(self)
        self.identity_provider.set_login_cookie(self, visitor)
        self._redirect_safe(self.get_argument("next", default=self.base_url))


class OwnOnly(Authorizer):
    """A visitor reaches the programs that were opened for them. Others' look as if they were not there."""

    def is_authorized(self, handler, user, action, resource) -> bool:
        own(handler, user, handler.path_kwargs.get("kernel_id"))
        return resource == "kernels"


def own(handler, user, kernel: str | None):
    """404 for a program that is somebody else's, as for one that has ended."""
    if kernel is None or handler.kernel_manager.owner.get(kernel) != user.username:
        raise web.HTTPError(404)


class Leave(VoilaShutdownKernelHandler):
    """A page that is closed ends its program, and no other."""

    @web.authenticated
    async def post(self, kernel_id):
        own(self, self.current_user, kernel_id)
        await self.kernel_manager.end(kernel_id)
        self.set_status(204)
        self.finish()

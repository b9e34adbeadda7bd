"""Somebody who visits a room without a browser: does what a page does, and draws nothing.

A visitor fetches a page, opens the websocket of its kernel, asks for the state of the widgets, and then sends
what a click or a typed number sends. Tests and the benchmark of the room are such visitors.
"""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import websockets
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

AsyncHTTPClient.configure(None, max_clients=200, max_body_size=100_000_000)
ROOT = Path(__file__).parents[1]
PROTOCOL = "v1.kernel.websocket.jupyter.org"
READ = ("comm_msg", "error", "execute_reply", "stream")
LATE = 300  # seconds after which an answer is taken to be lost


@dataclass
class Visitor:
    """One browser: its cookies, and the kernel behind the page it has open."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    kernel: str = ""
    states: dict = field(default_factory=dict)
    socket: object = None
    errors: int = 0

    async def ask(self, path: str, method: str = "GET", body=None, **headers) -> HTTPResponse:
        """One request, its cookies remembered; never follows, never raises."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()} | self.cookie
        body = urlencode(body) if isinstance(body, dict) else body
        asked = dict(method=method, body=body, headers=headers, allow_nonstandard_methods=True)
        asked |= dict(follow_redirects=False, request_timeout=LATE, connect_timeout=LATE)
        answer = await AsyncHTTPClient().fetch(self.url + path, raise_error=False, **asked)
        for said in answer.headers.get_list("Set-Cookie"):
            name, _, value = said.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    @property
    def cookie(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    async def log_in(self, password: str, **headers) -> HTTPResponse:
        await self.ask("/login")
        body = {"password": password, "_xsrf": self.cookies["_xsrf"]}
        headers["Content_Type"] = "application/x-www-form-urlencoded"
        return await self.ask("/login", "POST", body, **headers)

    async def open(self, page: str) -> HTTPResponse:
        """Fetches a page; from then on it has a kernel."""
        answer = await self.ask(f"/voila/render/{page}")
        found = re.search(r'"kernelId": "([\w-]+)"', answer.body.decode())
        self.kernel = found[1] if found else ""
        return answer

    async def connect(self, kernel: str | None = None):
        address = self.url.replace("http", "ws", 1) + f"/api/kernels/{kernel or self.kernel}/channels"
        self.socket = await websockets.connect(
            f"{address}?session_id={uuid.uuid4()}",
            subprotocols=[PROTOCOL],
            additional_headers=self.cookie,
            max_size=None,
            open_timeout=LATE,
            compression="deflate",
        )
        return self

    async def send(self, kind: str, content: dict, channel: str = "shell"):
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "version": "5.3",
            "username": "",
            "session": "",
        }
        parts = [json.dumps(part).encode() for part in (header, {}, {"version": "1.0.0"}, content)]
        await self.socket.send(packed(channel, parts))

    async def until(self, wanted):
        """Reads what comes until `wanted(kind, content, buffers)` gives something, and gives that."""
        async with asyncio.timeout(LATE):
            while True:
                kind, content, buffers = unpacked(await self.socket.recv())
                self.errors += kind == "error"
                if found := wanted(kind, content, buffers):
                    return found

    async def widgets(self) -> dict:
        """The state of every widget of the page, as its browser gets it."""
        comm = uuid.uuid4().hex
        await self.send("comm_open", {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}})
        await self.send("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        self.states = await self.until(lambda kind, content, _: kind == "comm_msg" and states_in(content))
        return self.states

    def widget(self, kind: str) -> str:
        """The first widget of a kind: "Parable", "Calculator"."""
        return next(ident for ident, one in self.states.items() if kind_of(one) == kind)

    async def tell(self, widget: str, message: dict, answer: str = ""):
        """Sends a widget what its page would; the first message back in which `answer` is the kind."""
        content = {"comm_id": widget, "data": {"method": "custom", "content": message}}
        await self.send("comm_msg", content)
        return await self.until(lambda kind, content, _: kind == "comm_msg" and told(content, widget, answer))

    async def leave(self):
        if self.socket is not None:
            await self.socket.close()


def told(content: dict, widget: str, answer: str):
    data = content["data"]
    said = data.get("content") if content["comm_id"] == widget and data.get("method") == "custom" else None
    return said if said and answer in (said.get("do"), said.get("kind")) else None


def states_in(content: dict):
    return content["data"].get("states") if content["data"].get("method") == "update_states" else None


def kind_of(state: dict) -> str:
    return str(state["state"].get("_anywidget_id", "")).rpartition(".")[2]


def packed(channel: str, parts: list[bytes]) -> bytes:
    parts = [channel.encode(), *parts]
    at = 8 * (len(parts) + 2)
    offsets = [at := at + size for size in (0, *map(len, parts))]
    return b"".join(n.to_bytes(8, "little") for n in (len(offsets), *offsets)) + b"".join(parts)


def unpacked(message: bytes) -> tuple[str, dict, list[bytes]]:
    count = int.from_bytes(message[:8], "little")
    at = [int.from_bytes(message[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    parts = [message[a:b] for a, b in zip(at, at[1:], strict=False)]
    kind = json.loads(parts[1])["msg_type"]
    return kind, json.loads(parts[4]) if kind in READ else {}, parts[5:]


# --- a room of our own


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextmanager
def room(*words, folder=ROOT / "notebooks", said=None, wait=True, env=None, within=600.0):
    """`segkit present` in a process of its own, until the room may come in; gives address and process."""
    port = free_port()
    command = [sys.executable, "-m", "segkit.cli", "present", str(folder), f"--port={port}", *words]
    with open(said, "w") if said else open(os.devnull, "w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=log, stderr=log, env=os.environ | (env or {}), start_new_session=True
        )
    try:
        until = time.monotonic() + within
        while wait and "may come in" not in (Path(said).read_text() if said else ""):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the room did not open:\n{Path(said).read_text()[-2000:]}")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()

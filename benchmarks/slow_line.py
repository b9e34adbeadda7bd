"""A slow line to a server on this machine: every byte takes its time, none overtakes another.

    with slow_line("http://127.0.0.1:8888", there=0.075, back=0.075) as line:
        ...  # the same pages at `line.url`, 150 ms further away
        line.there = line.back = 0.5  # from now on, more

It carries bytes and knows nothing of what they mean, so web sockets pass as pages do. Like a long cable and
unlike a full one: what is sent together arrives together, unless `rate` (bytes a second, each way) caps it.
"""

import asyncio
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass
class Line:
    """How long a byte takes there and back (seconds), how many pass in one. May be changed meanwhile."""

    url: str
    there: float
    back: float
    rate: float


class End(asyncio.Protocol):
    """One end of a connection: what it says reaches the other end after `delay()` seconds."""

    def __init__(self, delay, rate, opened=lambda end: None):
        self.loop, self.delay, self.rate, self.opened = asyncio.get_running_loop(), delay, rate, opened
        self.transport, self.other, self.waiting, self.free, self.due = None, None, [], 0.0, 0.0

    def connection_made(self, transport):
        self.transport = transport
        self.opened(self)

    def data_received(self, data):
        self.carry(lambda other: other.transport.write(data), len(data))

    def connection_lost(self, error):
        self.carry(lambda other: other.transport.close())

    def carry(self, act, size=0):
        if self.other is None:
            self.waiting.append((act, size))  # the far end is still being called
            return
        self.free = max(self.free, self.loop.time()) + size / self.rate()
        # a hair later than the piece before: no two are due at the same moment, and none overtakes
        self.due = max(self.due + 1e-9, self.free + self.delay())
        self.loop.call_at(self.due, act, self.other)

    def meets(self, other, not_before):
        """From now on what either says is carried to the other, first what was said already."""
        for end, its_other in ((self, other), (other, self)):
            end.free, end.other = not_before, its_other
            for act, size in end.waiting:
                end.carry(act, size)
            end.waiting = []


@contextmanager
def slow_line(url: str, there: float = 0.075, back: float = 0.075, rate: float = float("inf")):
    """The server at `url`, `there + back` seconds further away: a `Line` that says where it now answers."""
    host, port = urlsplit(url).hostname, urlsplit(url).port
    door = socket.create_server(("127.0.0.1", 0), backlog=100)
    line = Line(f"http://127.0.0.1:{door.getsockname()[1]}", there, back, rate)
    stop = threading.Event()

    async def carrying():
        loop, ends = asyncio.get_running_loop(), []

        async def call(near, at):
            def far_end():
                return End(lambda: line.back, lambda: line.rate)

            try:
                _, far = await loop.create_connection(far_end, host, port)
            except OSError:
                near.transport.abort()
                return
            ends.append(far)
            # on a real line nothing is said before the greeting has been there and back
            near.meets(far, not_before=at + line.there + line.back)

        def opened(near):
            ends.append(near)
            near.call = loop.create_task(call(near, loop.time()))

        def near_end():
            return End(lambda: line.there, lambda: line.rate, opened)

        server = await loop.create_server(near_end, sock=door)
        await loop.run_in_executor(None, stop.wait)
        server.close()
        for end in ends:
            end.transport.abort()

    # a thread of its own: the line goes on while a test waits for the browser
    thread = threading.Thread(target=asyncio.run, args=[carrying()], name="slow line")
    thread.start()
    try:
        yield line
    finally:
        stop.set()
        thread.join(10)

"""The programs behind the pages: some ready before anybody comes, each with its own folder, never too many.

Voila can keep kernels ready too (`preheat_kernel`), but makes all that are missing at once, while thirty
people arrive, knows no greatest number, and lets everybody reach everybody's. Here it is one at a
time, while nobody comes.
"""

import asyncio
import os
import shutil
import subprocess
import time
import uuid
from collections import deque
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from voila.notebook_renderer import NotebookRenderer
from voila.utils import get_page_config

from segkit.pages import language_of
from segkit.presenting import memory
from segkit.widgets.code import AT

QUIET = 3.0  # seconds without anybody arriving, after which missing programs are made
PATIENCE = 30.0  # seconds after which they are made though people keep arriving
ALONE = 30 * 60  # seconds after which a program nobody is connected to ends: a lid closed, a phone put away
IDLE = 3 * 3600  # seconds after which one that is connected ends, if nothing was done on its page
LEFT = 60  # seconds without connection after which, in a full room, a place is given to somebody else
TABS = 6  # pages one visitor has open; the seventh ends the one that was idle longest

WIDGETS = "voila/segkit/"  # where the widgets' JavaScript and CSS are served

# One thread each: thirty programs share few cores, and threads that wait for each other only cost.
SHARING = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA")}
SHARING["LOKY_MAX_CPU_COUNT"] = "1"


class Ready(NamedTuple):
    """A page that has been computed, and the program behind it."""

    kernel: str
    html: str


class Kernels(AsyncMappingKernelManager):
    """Every program of the room: who has which, and which wait."""

    def prepare(self, wanted: dict[str, int], most: int, homes: Path, told: Callable[[int], None]):
        """Before the first start: how many to keep ready of each page, how many there may be at all."""
        self.wanted, self.most, self.homes, self.told = wanted, most, homes, told
        self.waiting: dict[str, deque[Ready]] = {page: deque() for page in wanted}
        self.making: dict[str, int] = dict.fromkeys(wanted, 0)
        self.owner: dict[str, str] = {}  # kernel -> the visitor who has it
        self.failed: dict[str, int] = {}  # page -> how often it could not be made ready
        self.starting = 0
        self.arrived = self.quiet_since = 0.0
        self.missing = asyncio.Event()

    # --- one program

    async def start_kernel(self, **options):
        """A program whose releases are nobody else's, which speaks the language of its page."""
        name = uuid.uuid4().hex
        lang = language_of(f"{options.get('path', '')}/page")
        own = {"SEGKIT_HOME": str(self.homes / name), "SEGKIT_LANG": lang, AT: self.parent.base_url + WIDGETS}
        options |= {"kernel_id": name_of(name), "env": os.environ | SHARING | own}
        options |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.starting += 1
        try:
            kernel = await super().start_kernel(**options)
        finally:
            self.starting -= 1
        # what stands in place of a traceback; Jupyter looks for it here, and would else fall silent
        self.get_kernel(kernel).traceback_replacement_message = ""
        return kernel

    async def shutdown_kernel(self, kernel_id, now=True, restart=False):
        """The end of a program and of its folder; nothing it has is worth waiting for."""
        self.owner.pop(kernel_id, None)
        for pages in self.waiting.values():
            for one in [one for one in pages if one.kernel == kernel_id]:
                pages.remove(one)
        await super().shutdown_kernel(kernel_id, now=now, restart=restart)
        shutil.rmtree(self.homes / kernel_id.replace("-", ""), ignore_errors=True)
        self.missing.set()

    def renderer(self, page: str) -> NotebookRenderer:
        """What makes Voila's page of a notebook."""
        room = self.parent
        about = {
            "base_url": room.base_url,
            "settings": room.app.settings,
            "log": room.log,
            "voila_configuration": room.voila_configuration,
        }
        config = get_page_config(**about)
        if hook := room.voila_configuration.page_config_hook:
            config = hook(config, **about, notebook_path=page)
        return NotebookRenderer(
            voila_configuration=room.voila_configuration,
            traitlet_config=room.config,
            notebook_path=page,
            template_paths=room.template_paths,
            config_manager=room.config_manager,
            contents_manager=room.contents_manager,
            base_url=room.base_url,
            kernel_spec_manager=room.kernel_spec_manager,
            page_config=config,
            mathjax_config=None,
            mathjax_url=None,
        )

    async def begin(self, page: str, visitor: str | None = None) -> tuple[str, AsyncIterator[str]]:
        """A new program for a page, and the page, piece by piece as its cells are computed."""
        renderer = self.renderer(page)
        await renderer.initialize()
        folder = os.path.dirname(page)
        kernel = await self.start_kernel(kernel_name=renderer.notebook.metadata.kernelspec.name, path=folder)
        if visitor:
            self.owner[kernel] = visitor
        pieces = renderer.generate_content_generator(kernel, self.get_kernel(kernel))
        return kernel, (html async for html, _ in pieces)

    # --- those that wait

    def take(self, page: str, visitor: str) -> Ready | None:
        """A page that is ready, if there is one; from now on it is this visitor's."""
        self.arrived = time.monotonic()
        pages = self.waiting.get(page, ())
        while pages:
            one = pages.popleft()
            self.missing.set()
            if one.kernel in self:
                self.owner[one.kernel] = visitor
                self._kernels[one.kernel].last_activity = datetime.now(UTC)  # what waited long has just begun
                return one
        return None

    def lacking(self) -> str | None:
        """The page of which most are missing; none where there is no room for more."""
        if self.full():
            return None
        gaps = {page: n - len(self.waiting[page]) - self.making[page] for page, n in self.wanted.items()}
        gaps = {page: gap for page, gap in gaps.items() if gap > 0 and self.failed.get(page, 0) < 3}
        return max(gaps, key=lambda page: gaps[page] / self.wanted[page], default=None)

    async def fill(self, opened: Callable[[int], None]):
        """Makes ready what is missing: at first with all cores, and then, beside people, one at a time."""
        hands = max(1, (os.cpu_count() or 1))
        await asyncio.gather(*(self._fill_up() for _ in range(hands)))
        opened(sum(map(len, self.waiting.values())))
        while True:
            if page := self.lacking():
                await self._calm()
                await self._make(page)
            else:
                self.missing.clear()
                await self.missing.wait()

    async def _fill_up(self):
        while page := self.lacking():
            await self._make(page)
            self.told(sum(map(len, self.waiting.values())))

    async def _calm(self):
        """Waits until nobody has arrived for a while."""
        until = time.monotonic() + PATIENCE
        while (now := time.monotonic()) < until and now < self.arrived + QUIET:
            await asyncio.sleep(self.arrived + QUIET - now)

    async def _make(self, page: str):
        self.making[page] += 1
        kernel, cancelled = None, asyncio.current_task().cancelling
        try:
            kernel, pieces = await self.begin(page)
            self.waiting[page].append(Ready(kernel, "".join([html async for html in pieces])))
        except Exception:
            if not cancelled():
                self.log.exception("%s could not be made ready", page)
            self.failed[page] = self.failed.get(page, 0) + 1
            if kernel in self:
                await self.shutdown_kernel(kernel)
        finally:
            self.making[page] -= 1
        if cancelled():  # what runs a notebook has taken it for the death of a kernel, and gone on
            raise asyncio.CancelledError

    # --- never too many

    def full(self) -> bool:
        return len(self) + self.starting >= self.most or memory.free() < memory.LEAST

    async def make_way(self, visitor: str) -> bool:
        """Is there a place for one more page of this visitor? If need be by ending what nobody uses."""
        await self.only_some(visitor, more=1)
        if self.full():
            alone = [k for k in self.owner if not self.connected(k) and self.idle(k) > LEFT]
            spare = [one.kernel for pages in self.waiting.values() for one in pages]
            for kernel in [*sorted(alone, key=self.idle, reverse=True), *spare][:1]:
                await self.end(kernel)
        return not self.full()

    async def only_some(self, visitor: str, more: int = 0):
        """Ends the pages of a visitor that were idle longest, where with `more` there would be too many."""
        mine = [kernel for kernel, owner in self.owner.items() if owner == visitor]
        for kernel in sorted(mine, key=self.idle)[TABS - more :]:
            await self.end(kernel)

    async def end(self, kernel: str):
        """Ends a program, if it is still there."""
        if kernel in self:
            await self.shutdown_kernel(kernel)

    def connected(self, kernel: str) -> bool:
        return self._kernel_connections.get(kernel, 0) > 0

    def idle(self, kernel: str) -> float:
        """Seconds since anything was done on its page."""
        if kernel not in self:
            return 0.0
        return (datetime.now(UTC) - self._kernels[kernel].last_activity).total_seconds()

    async def cull_kernel_if_idle(self, kernel_id):
        """Programs that wait are never idle; others end sooner if nobody is connected to them."""
        if kernel_id in self.owner and self.idle(kernel_id) > (IDLE if self.connected(kernel_id) else ALONE):
            await self.end(kernel_id)


def name_of(folder: str) -> str:
    """A kernel's name as Jupyter writes it.

    >>> name_of("0123456789abcdef0123456789abcdef")
    '01234567-89ab-cdef-0123-456789abcdef'
    """
    return str(uuid.UUID(folder))

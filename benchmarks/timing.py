"""How the benchmarks take time and write it down."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One line of a comparison."""

    what: str
    ours: float  # seconds
    theirs: float | None  # seconds
    target: float | None  # the peer's time over ours, at least
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None else self.theirs / self.ours


@dataclass(frozen=True)
class Found:
    """One line about ourselves: what was measured, and whether that is what we want."""

    what: str
    value: float
    unit: str = ""
    target: float | None = None
    want: str = "≤"  # or "≥"
    note: str = ""

    @property
    def missed(self) -> bool:
        if self.target is None:
            return False
        met = self.value <= self.target if self.want == "≤" else self.value >= self.target
        return not met  # nan meets nothing


def seconds(task: Callable, clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    task()
    return clock() - start


def work(task: Callable) -> float:
    """The seconds this process worked: what else the machine has to do does not count."""
    return seconds(task, time.process_time)


def in_turns(ours, theirs, times: int, our_times: int | None = None) -> tuple[float, float]:
    """Medians of both, theirs once between several of ours."""
    mine, yours = [], []
    for _ in range(times):
        yours.append(seconds(theirs))
        mine += [seconds(ours) for _ in range(our_times or 1)]
    return statistics.median(mine), statistics.median(yours)


def written(seconds: float | None) -> str:
    if seconds is None:
        return "—"
    return f"{1000 * seconds:,.2f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def table(rows: Iterable[Row], title: str, us: str, them: str) -> list[str]:
    """A comparison as a table; a line that misses its target says so."""
    lines = [f"| {title} | {us} | {them} | {them} / {us} | target | |", "|---|--:|--:|--:|--:|---|"]
    for row in rows:
        ratio = "—" if row.ratio is None else f"**{row.ratio:,.{0 if row.ratio >= 10 else 1}f}**"
        target = "" if row.target is None else f"≥ {row.target:,.0f}"
        missed = "" if row.target is None or row.ratio >= row.target else " missed"
        times = f"{written(row.ours)} | {written(row.theirs)} | {ratio} | {target}{missed}"
        lines.append(f"| {row.what} | {times} | {row.note} |")
    return lines


def findings(rows: Iterable[Found], title: str) -> list[str]:
    """What we found of ourselves, as a table; a line that misses its target says so."""
    lines = [f"| {title} | | target | |", "|---|--:|--:|---|"]
    for row in rows:
        digits = 0 if row.value >= 100 or row.value == int(row.value) else 1 if row.value >= 1 else 2
        target = "" if row.target is None else f"{row.want} {row.target:,g}{' missed' if row.missed else ''}"
        lines.append(f"| {row.what} | **{row.value:,.{digits}f}** {row.unit} | {target} | {row.note} |")
    return lines


def machine(*programs: str) -> str:
    """The machine in words: what matters to a time, and nothing that names it."""
    told = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    models = [line.split(":")[1].strip() for line in told if line.startswith("model name")]
    named = ", ".join(f"{name} {version(name)}" for name in programs)
    return (
        f"{os.cpu_count()} cores ({models[0] if models else platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}, {named}{busy()}."
    )


def busy() -> str:
    """How much else the machine had to do: times on a busy one are too long."""
    return f"; load average {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""

"""How many people fit into this computer: each has a program of their own, and programs need memory."""

from pathlib import Path

EACH = 120_000_000  # bytes for one person's program, on average: benchmarks/last.md, "The room"
KEPT = 0.2  # of what is free at the start, for the server, for programs that grow, and for everything else
LEAST = 400_000_000  # bytes that stay free whatever happens
SENSIBLE = 32  # programs kept ready: a class and its teacher

_LIMITS = Path("/sys/fs/cgroup")


def free() -> int:
    """Bytes this computer (or the container we are in) can still give."""
    import psutil

    there = psutil.virtual_memory().available
    try:
        most, used = ((_LIMITS / f"memory.{name}").read_text().strip() for name in ("max", "current"))
        return there if most == "max" else min(there, int(most) - int(used))
    except (OSError, ValueError):
        return there  # no container, or none that says


def people(there: int) -> int:
    """How many people fit into so many free bytes; at least one, who will see.

    >>> people(8_000_000_000), people(1_000_000_000), people(0)
    (53, 5, 1)
    """
    return max(1, int(min(there * (1 - KEPT), there - LEAST) / EACH))


def ready(most: int, pages: int, one_page: bool) -> int:
    """How many programs to keep ready: for everybody where the room opens one page, else some of each page.

    A third of the places is left for those who open a second page.

    >>> ready(90, 1, True), ready(90, 5, False), ready(6, 5, False)
    (32, 10, 4)
    """
    return max(1, min(most * 2 // 3, SENSIBLE if one_page else 2 * pages))

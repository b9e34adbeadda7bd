"""A territory goes in; what may be shown of it comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from segkit.territory import Territory
from segkit.words import say


@dataclass(frozen=True, eq=False)
class Protected:
    """A territory of which everything may be shown: all that files, reports and pictures accept."""

    territory: Territory
    k: int
    mode: str
    whole: bool
    hidden: Mapping[str, int] = field(default_factory=dict)
    notice: tuple[str, ...] = ()
    log: tuple[str, ...] = ()

    def interval(self, index, year=None, level=None, grouping=None, focal=None, *, of="schools", sector=None):
        """The smallest and largest value an index can have, given what is shown."""
        from segkit.privacy.bounds import interval

        return interval(self.territory, index, year, level, grouping, focal, of=of, sector=sector)


def protect(territory: Territory, *, mode=None, k=None) -> Protected:
    """What may be shown of a territory."""
    if not isinstance(territory, Territory):
        raise TypeError(say("privacy.raw"))
    if not territory.invented:
        raise NotImplementedError
    return Protected(territory, k or territory.k, "public", whole=True)

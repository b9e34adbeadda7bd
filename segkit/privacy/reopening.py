"""What was let out comes back as what it is: a copy that was protected once is not hidden a second time."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from segkit.privacy.door import Protected, protect
from segkit.territory import SUPPRESSED


def view_of(source, **options) -> Protected:
    """The view of a territory in a file, a folder or bytes; a protected copy is taken as it stands.

    A copy that this door has written says so (its notice, and the totals that are shown). It is not hidden
    again, so that whoever receives it finds the very numbers of whoever wrote it. Options are those of
    `protect`; with any of them the copy is protected anew. Errors: TerritoryError for what does not check.
    """
    from segkit.checks import open_territory
    from segkit.packages import open_package

    territory = open_territory(source)
    asked = any(value for name, value in options.items() if name != "progress")
    about = {} if asked or territory.invented else dict(open_package(source).about)
    if not about.get("notice") or territory.mode not in ("public", "shared"):
        return protect(territory, **options)
    hidden = {name: int(frame["n_status"].eq(SUPPRESSED).sum()) for name, frame in counted(territory)}
    return Protected(
        territory,
        territory.k,
        territory.mode,
        whole=not any(hidden.values()),
        hidden={name: n for name, n in hidden.items() if n},
        told=partial(tuple, [*map(str, about["notice"])]),  # as they were written down, in that language
        decided=partial(tuple, [*map(str, about.get("log") or ())]),
        totals=totals_in(about),
        outcomes=outcomes_in(about),
        partial=tuple(map(str, about.get("partial") or ())),
    )


def counted(territory):
    """The tables with counts that may be hidden."""
    return [(name, frame) for name, frame in territory.tables.items() if "n_status" in frame]


def totals_in(about) -> MappingProxyType:
    """The totals that are shown, by (table, year, level, grouping)."""
    found = {}
    for table, years in (about.get("totals") or {}).items():
        for year, levels in years.items():
            for level, groupings in levels.items():
                for grouping, groups in groupings.items():
                    found[table, int(year), level, grouping] = MappingProxyType(dict(groups))
    return MappingProxyType(found)


def outcomes_in(about) -> MappingProxyType:
    """The outcomes of the town that are shown, by (year, level, indicator, grouping)."""
    found = {}
    for year, levels in (about.get("outcomes") or {}).items():
        for level, indicators in levels.items():
            for indicator, groupings in indicators.items():
                for grouping, groups in groupings.items():
                    pairs = {group: one and (one["n"], one["out_of"]) for group, one in groups.items()}
                    found[int(year), level, indicator, grouping] = MappingProxyType(pairs)
    return MappingProxyType(found)

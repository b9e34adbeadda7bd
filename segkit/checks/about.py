"""What is said of a territory as a whole: its name, its mode, its groupings."""

from __future__ import annotations

from collections.abc import Mapping

from segkit.checks.told import WARNING, Findings
from segkit.sheets import shown
from segkit.territory import MODES, WHOLE
from segkit.words import listed

YES = frozenset("true yes 1 si sì sí ja oui vero wahr vrai verdadero x".split())
NO = frozenset("false no 0 nei nein non falso falsch faux".split()) | {""}
SMALLEST_K, LARGEST_K = 1, 100


def about_of(about: Mapping, file: str, title: str, found: Findings, near) -> dict:
    """What Territory takes, read from what came; what cannot be read is a fault."""
    texts = ("name", "country", "language", "story", "recipe")
    said = {name: str(about.get(name) or "").strip() for name in texts}
    said["name"] = said["name"] or title or file
    said["language"] = said["language"] or "en"
    said["invented"] = _yes(about.get("invented"), file, found)
    said["mode"] = _mode(about.get("mode"), file, found, near)
    said["k"] = _k(about.get("k"), file, found)
    said["groupings"] = _groupings(about.get("groupings"), file, found)
    said["focal"] = _focal(about.get("focal"), said["groupings"], file, found, near)
    return said


def _text(value) -> str:
    return "" if value is None else str(value).strip()


def _yes(value, file: str, found: Findings) -> bool:
    text = _text(value).casefold()
    if text not in YES | NO:
        found.whole("about_invented", file, column="invented", came=_text(value))
    return text in YES


def _mode(value, file: str, found: Findings, near) -> str:
    text = _text(value)
    if text and text not in MODES:
        mean = near.say(text, MODES)
        found.whole("about_mode", file, column="mode", came=text, values=listed(MODES), mean=mean)
    return text if text in MODES else MODES[0]


def _k(value, file: str, found: Findings) -> int:
    text = _text(value).removesuffix(".0")
    if not text:
        return 5
    if not (text.isdecimal() and SMALLEST_K <= int(text[:9]) <= LARGEST_K):
        found.whole("about_k", file, column="k", came=text, least=SMALLEST_K, most=LARGEST_K)
        return 5
    return int(text)


def _groupings(value, file: str, found: Findings) -> dict[str, tuple[str, ...]]:
    """Each grouping with its groups, in the owner's order."""
    if not isinstance(value, Mapping):
        if value:
            found.whole("about_groupings", file, column="groupings", came=_text(value))
        return {}
    out = {}
    for grouping, groups in value.items():
        good = isinstance(groups, (list, tuple)) and groups and all(_text(group) for group in groups)
        if not good:
            found.whole("about_groups", file, column="groupings", came=_text(grouping))
            continue
        groups = tuple(_text(group) for group in groups)
        twice = sorted({group for group in groups if groups.count(group) > 1})
        if twice:
            found.whole("about_twice", file, column="groupings", came=twice[0], grouping=grouping)
        if grouping == WHOLE and groups != (WHOLE,):
            found.whole("about_whole", file, column="groupings", came=listed(map(shown, groups)))
        out[_text(grouping)] = tuple(dict.fromkeys(groups))
    return out


def _focal(value, groupings: Mapping, file: str, found: Findings, near) -> dict[str, str]:
    if not isinstance(value, Mapping):
        if value:
            found.whole("about_focal_form", file, column="focal", came=_text(value))
        return {}
    out = {}
    for grouping, group in value.items():
        grouping, group = _text(grouping), _text(group)
        if not group:
            continue
        if groupings and grouping not in groupings:
            mean = near.say(grouping, groupings)
            found.whole(
                "about_focal_grouping", file, column="focal", came=grouping, known=listed(groupings),
                mean=mean, severity=WARNING,
            )  # fmt: skip
        elif groupings and group not in groupings[grouping]:
            there = groupings[grouping]
            found.whole(
                "about_focal", file, column="focal", came=group, grouping=grouping, known=listed(there),
                mean=near.say(group, there),
            )  # fmt: skip
        else:
            out[grouping] = group
    return out

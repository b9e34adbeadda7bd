"""What is said of a territory as a whole: its name, its mode, its groupings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segkit.checks.told import WARNING, Findings
from segkit.sheets import shown
from segkit.territory import MODES, WHOLE
from segkit.words import listed, say

YES = frozenset("true yes 1 si sì sí ja oui vero wahr vrai verdadero x".split())
NO = frozenset("false no 0 nei nein non falso falsch faux".split()) | {""}
SMALLEST_K, LARGEST_K = 1, 100
LEAST_K = 3  # below it nothing can be protected: LEAST of segkit.privacy
IN_A_SHEET = {"focal": "focal group", "groupings": "grouping"}


@dataclass(frozen=True)
class Place:
    """Where something is said of a territory: in a sheet the line is known, and a column has another name.

    `lines` maps (what is said, grouping or "") to its line.
    """

    file: str
    lines: Mapping[tuple[str, str], int]
    found: Findings

    def told(self, kind: str, name: str, *, of: str = "", **values):
        """A fault of what is said under this name (of this grouping)."""
        line = self.lines.get((name, of))
        file = shown(self.file, 200)
        where = file if line is None else say("check.at.line", file=file, at=line)
        column = IN_A_SHEET.get(name, name) if line is not None else name
        self.found.whole(f"about_{kind}", self.file, column=column, line=line, where=where, **values)


def about_of(about: Mapping, file: str, title: str, found: Findings, near, lines=None) -> dict:
    """What Territory takes, read from what came; what cannot be read is a fault."""
    place = Place(file, lines or {}, found)
    texts = ("name", "country", "language", "story", "recipe")
    said = {name: str(about.get(name) or "").strip() for name in texts}
    said["name"] = said["name"] or title or file
    said["language"] = said["language"] or "en"
    said["invented"] = _yes(about.get("invented"), place)
    said["mode"] = _mode(about.get("mode"), place, near)
    said["k"] = _k(about.get("k"), said["invented"], place)
    said["groupings"] = _groupings(about.get("groupings"), place)
    said["focal"] = _focal(about.get("focal"), said["groupings"], place, near)
    return said


def _text(value) -> str:
    return "" if value is None else str(value).strip()


def _yes(value, place: Place) -> bool:
    text = _text(value).casefold()
    if text not in YES | NO:
        place.told("invented", "invented", came=_text(value))
    return text in YES


def _mode(value, place: Place, near) -> str:
    text = _text(value)
    if text and text not in MODES:
        mean = near.say(text, MODES)
        place.told("mode", "mode", came=text, values=listed(MODES), mean=mean)
    return text if text in MODES else MODES[0]


def _k(value, invented: bool, place: Place) -> int:
    text = _text(value).removesuffix(".0")
    if not text:
        return 5
    if not (text.isdecimal() and SMALLEST_K <= int(text[:9]) <= LARGEST_K):
        place.told("k", "k", came=text, least=SMALLEST_K, most=LARGEST_K)
        return 5
    if int(text) < LEAST_K and not invented:  # of an invented town nothing is hidden
        place.told("k_low", "k", came=text, least=LEAST_K, severity=WARNING)
    return int(text)


def _groupings(value, place: Place) -> dict[str, tuple[str, ...]]:
    """Each grouping with its groups, in the owner's order."""
    if not isinstance(value, Mapping):
        if value:
            place.told("groupings", "groupings", came=_text(value))
        return {}
    out = {}
    for grouping, groups in value.items():
        good = isinstance(groups, (list, tuple)) and groups and all(_text(group) for group in groups)
        if not good:
            place.told("groups", "groupings", came=_text(grouping), of=_text(grouping))
            continue
        groups = tuple(_text(group) for group in groups)
        twice = sorted({group for group in groups if groups.count(group) > 1})
        if twice:
            place.told("twice", "groupings", came=twice[0], grouping=grouping, of=_text(grouping))
        if grouping == WHOLE and groups != (WHOLE,):
            place.told("whole", "groupings", came=listed(map(shown, groups)), of=WHOLE)
        out[_text(grouping)] = tuple(dict.fromkeys(groups))
    return out


def _focal(value, groupings: Mapping, place: Place, near) -> dict[str, str]:
    if not isinstance(value, Mapping):
        if value:
            place.told("focal_form", "focal", came=_text(value))
        return {}
    out = {}
    for grouping, group in value.items():
        grouping, group = _text(grouping), _text(group)
        if not group:
            continue
        if groupings and grouping not in groupings:
            mean = near.say(grouping, groupings)
            place.told(
                "focal_grouping", "focal", of=grouping, came=grouping, known=listed(groupings), mean=mean,
                severity=WARNING,
            )  # fmt: skip
        elif groupings and group not in groupings[grouping]:
            there = groupings[grouping]
            place.told(
                "focal", "focal", of=grouping, came=group, grouping=grouping, known=listed(there),
                mean=near.say(group, there),
            )  # fmt: skip
        else:
            out[grouping] = group
    return out

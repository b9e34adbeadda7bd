"""Dimension 5: what comes of it, group by group?"""

import math
from typing import NamedTuple

import numpy as np

from segkit.assessing.stock import Dimension, Lacking, Need, Rows, Stock, asked, heads, missing, named
from segkit.estimate import hypergeometric
from segkit.indices.shelf import CannotBeAssessed
from segkit.territory import UNKNOWN, WHOLE
from segkit.words import listed, say

Z = 1.959963984540054  # the middle 95 % of a normal distribution
FEW = 30  # below this many, a share is said to rest on few pupils: our convention


def results(stock: Stock) -> Dimension:
    """Each outcome by group, with intervals, and how many times as likely it is."""
    rows = stock.territory.indicators
    names = tuple(dict.fromkeys(rows["indicator"][rows["school"].isin(stock.schools_of_level)]))
    findings = [
        asked(
            stock,
            f"results.{name}",
            lambda stock, name=name: outcome(stock, name),
            "indicators",
            title=name,
            source=say("assess.results.source"),
        )
        for name in names
    ]
    if not names:
        findings.append(asked(stock, "results.indicators", nothing, "indicators"))
    needs = (
        Need(say("assess.need.indicators"), bool(names)),
        Need(say("assess.need.indicator_groups"), bool(names) and bool(stock.groupings)),
    )
    return Dimension(
        "results",
        say("assess.results"),
        say("assess.results.question"),
        needs,
        tuple(findings),
        (*missing((names, "indicators")), say("assess.results.nested"), say("assess.results.never")),
    )


def nothing(stock: Stock) -> dict:
    raise CannotBeAssessed(say("assess.no.indicators"))


class Tally(NamedTuple):
    """How few and how many have the outcome, out of how many."""

    low: int
    high: int
    of: int

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def without(self, other: "Tally") -> "Tally":
        """The others: everyone but these."""
        return Tally(self.low - other.high, self.high - other.low, self.of - other.of)


def tallies(stock: Stock, name: str) -> tuple[int, dict[str, Tally | None]]:
    """The year, and the tally of each group, None where it is hidden; a refusal where all are."""
    t = stock.territory
    rows = t.indicators[
        (t.indicators["indicator"] == name) & t.indicators["school"].isin(stock.schools_of_level)
    ]
    rows = rows[(rows["grouping"] == stock.grouping) & rows["year"].notna()]
    years = sorted(set(rows["year"].tolist()))
    if not years:
        raise CannotBeAssessed(say("assess.no.outcome", grouping=stock.grouping))
    year = stock.year if stock.year in years else years[-1]
    rows = rows[(rows["year"] == year) & ~rows["n_status"].eq("not_applicable")]
    found: dict[str, Tally | None] = {}
    for group in t.groupings[stock.grouping]:
        here = rows[rows["group"] == group]
        if not len(here):
            continue
        hidden = here["n_status"].isin(UNKNOWN) | here["n"].isna()
        if here["out_of"].isna().any():
            found[group] = of_town(stock, name, year, stock.grouping, group)
            continue
        n = int(here["n"].where(~hidden).fillna(0).sum())
        open_ = int(here["out_of"].where(hidden).fillna(0).sum())
        found[group] = Tally(n, n + open_, int(here["out_of"].sum()))
    if not any(found.values()):
        schools = rows["school"].nunique()
        hidden = rows["school"][rows["out_of"].isna()].nunique()
        raise Lacking(say("assess.hidden.outcome", n=hidden, of=schools), "outcome")
    if not any(tally.of for tally in found.values() if tally):
        raise CannotBeAssessed(say("refuse.no_pupils"))
    return year, found


def of_town(stock: Stock, name: str, year: int, grouping: str, group: str) -> Tally | None:
    """What is told of all schools of the level together, where single schools are hidden."""
    told = stock.view.outcomes
    levels = [key[1] for key in told if (key[0], *key[2:]) == (year, name, grouping)]
    pairs = [told[year, level, name, grouping].get(group) for level in levels if stock.level in (None, level)]
    if not pairs or None in pairs:
        return None
    n, of = (sum(column) for column in zip(*pairs, strict=True))
    return Tally(n, n, of)


def outcome(stock: Stock, name: str) -> dict:
    """An outcome in each group, and the focal group next to everyone else."""
    year, found = tallies(stock, name)
    body = []
    for group, tally in found.items():
        body.append((group, *row_of(stock, tally)))
    few = [group for group, tally in found.items() if tally and 0 < tally.of < FEW]
    caution = ""
    if few:
        smallest = min(found[group].of for group in few)
        caution = say("assess.results.few", groups=listed(few, most=99), few=FEW, points=100 / smallest)
    out = {
        "rows": Rows(heads("group", "have", "out_of", "share", "interval"), tuple(body)),
        "caution": caution,
    }
    known = {group: tally for group, tally in found.items() if tally and tally.of}
    if stock.grouping == WHOLE:
        (tally,) = known.values()
        part = stock.part(tally.low, tally.of, tally.high)
        text = say("assess.results.everyone", name=named(name), year=year, share=part.text, of=tally.of)
        ends = None if not tally.exact else tuple(stock.rounded(end) for end in wilson(tally.low, tally.of))
        return out | {"value": part.value, "low": part.low, "high": part.high, "interval": ends, "text": text}
    focal = stock.focal
    others = [tally for group, tally in known.items() if group != focal]
    hidden = [group for group, tally in found.items() if tally is None]
    everyone = of_town(stock, name, year, WHOLE, WHOLE) if hidden else None
    if focal in hidden or hidden and everyone is None:
        groups = listed([named(group) for group in hidden])
        return out | {"text": say("assess.results.some", name=named(name), year=year, groups=groups)}
    if focal not in known or not others and not hidden:
        raise CannotBeAssessed(say("assess.one_outcome", focal=named(focal)))
    a = known[focal]
    b = Tally(*(sum(column) for column in zip(*others, strict=True))) if not hidden else everyone.without(a)
    said = {
        "name": named(name),
        "year": year,
        "focal": named(focal),
        "a": stock.part(a.low, a.of, a.high).text,
        "a_of": a.of,
        "b": stock.part(b.low, b.of, b.high).text,
        "b_of": b.of,
    }
    text = say("assess.results.text", **said)
    if not a.exact or not b.exact:
        low = ratio_of(a.low, a.of, b.high, b.of)
        high = ratio_of(a.high, a.of, b.low, b.of)
        if low is None or high is None:
            return out | {"text": text + " " + say("assess.results.ratio.none")}
        low, high = math.floor(low * 100) / 100, math.ceil(high * 100) / 100
        text += " " + say("assess.results.ratio.hidden", low=low, high=high)
        return out | {"low": low, "high": high, "chance": 1.0, "text": text}
    ratio = ratio_of(a.low, a.of, b.low, b.of)
    ends = ratio_interval(a.low, a.of, b.low, b.of)
    p = by_lot(a.low, a.of, b.low, b.of)
    if ratio is None or not a.low:
        text += " " + say("assess.results.ratio.none")
    else:
        text += " " + say("assess.results.ratio", ratio=ratio)
    if ends is not None:
        text += " " + say("assess.results.ratio.interval", low=ends[0], high=ends[1])
    if a.low * b.of != b.low * a.of:
        text += " " + say("assess.results.p." + ("rare" if p <= 0.05 else "often"))
    return out | {
        "value": stock.rounded(ratio),
        "chance": None if ratio is None else 1.0,
        "p": stock.rounded_p(p),
        "interval": None if ends is None else tuple(stock.rounded(end) for end in ends),
        "text": text,
    }


def row_of(stock: Stock, tally: Tally | None) -> tuple:
    """Have, out of, share and its interval, as they may be said."""
    if tally is None:
        return (say("privacy.class.hidden"),) * 4
    if not tally.of:
        return 0, 0, "–", "–"
    part = stock.part(tally.low, tally.of, tally.high)
    low, high = wilson(tally.low, tally.of)[0], wilson(tally.high, tally.of)[1]
    return (
        stock.count(tally.low, tally.high),
        tally.of,
        part.text,
        say("assess.share.range", low=low, high=high),
    )


def wilson(n: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share: Wilson's, which stays inside 0 to 1 and is honest for small numbers.

    (p + z²/2m ± z·√(p(1−p)/m + z²/4m²)) / (1 + z²/m), m pupils, z = 1.96. Source: Wilson (1927), Journal of
    the American Statistical Association 22:209–212.

    >>> tuple(round(end, 3) for end in wilson(5, 10))
    (0.237, 0.763)
    >>> wilson(0, 10)[0]
    0.0
    """
    p, z2 = n / of, Z * Z
    middle = p + z2 / (2 * of)
    half = Z * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    low, high = (middle - half) / (1 + z2 / of), (middle + half) / (1 + z2 / of)
    return 0.0 if n == 0 else max(low, 0.0), 1.0 if n == of else min(high, 1.0)


def ratio_of(a: int, a_of: int, b: int, b_of: int) -> float | None:
    """How many times as large the first share is as the second; None where the second is nothing.

    >>> ratio_of(10, 20, 20, 80)
    2.0
    """
    return None if not b or not a_of or not b_of else (a / a_of) / (b / b_of)


def ratio_interval(a: int, a_of: int, b: int, b_of: int) -> tuple[float, float] | None:
    """The 95 % interval of a risk ratio, on the logarithm; None where one of the shares is nothing or
    everybody: there the formula gives too little width, or none, which looks like certainty.

    ln RR ± z·√(1/a − 1/m + 1/b − 1/n). Source: Katz, Baptista, Azen & Pike (1978), Biometrics 34:469–474.

    >>> [round(end, 2) for end in ratio_interval(10, 20, 20, 80)]
    [1.12, 3.57]
    """
    if not a or not b or a == a_of or b == b_of:
        return None
    error = math.sqrt(max(1 / a - 1 / a_of + 1 / b - 1 / b_of, 0.0))
    ratio = ratio_of(a, a_of, b, b_of)
    return ratio * math.exp(-Z * error), ratio * math.exp(Z * error)


def by_lot(a: int, a_of: int, b: int, b_of: int) -> float:
    """How often chance would part two groups at least as far: Fisher's exact test.

    >>> round(by_lot(3, 3, 0, 3), 12)  # one draw of twenty, and its mirror image
    0.1
    """
    t, X, N = (np.array([float(one)]) for one in (a_of, a + b, a_of + b_of))
    x, chance = hypergeometric(t, X, float(N[0]))
    x, chance = x[0, :, 0], chance[0, :, 0]
    seen = chance[x == a].max(initial=0.0)  # where it lies beyond 12 deviations, chance gives it never
    return float(min(chance[(chance <= seen * (1 + 1e-9)) & (x <= min(a_of, a + b))].sum(), 1.0))

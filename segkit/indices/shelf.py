"""The shelf: how an index is declared, and the one validator every index uses.

Counts is a table, not a class: any array of shape (..., units, groups). Every formula is written elementwise
over the last axes, so that one formula serves one table, a thousand shuffled tables and every year of a
territory at once.

An index whose value is a sum over schools is declared by its term alone, as a function of the school (`x` of
`t` pupils) and of the totals (`X` of `N`). From that one line come the value, each school's part of it, and
its exact expectation under chance (`segkit.estimate`).
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import numpy as np

from segkit.words import listed, number, say

INDICES: dict[str, "Index"] = {}  # what reads a table
SPATIAL: dict[str, "Index"] = {}  # what reads a table and a map
CACHED = 50_000  # cells of a stack evaluated at once: what stays in a core's own memory is four times as fast


class CannotBeAssessed(ValueError):
    """This table has no segregation to speak of (one school, one group); the message says why."""


@dataclass(frozen=True)
class Index:
    """What an index declares about itself; the calculator, the command line, the report and the tests read
    it."""

    name: str  # the identifier, in Python and on the command line
    symbol: str
    latex: str
    dimension: str  # one of Massey & Denton's five
    groups: str  # "two": a focal group against everyone else; "many": all groups at once
    even: (
        float | Callable
    )  # its value when every school mirrors the whole; a function of the groups' shares where they matter
    complete: float | Callable  # its value when no school is mixed
    source: str
    obeys: tuple[str, ...]  # the axioms it obeys; tests/test_axioms.py holds it to them
    term: str  # one school's term, in symbols: {x} of {t} in the school, {X} of {N} in all, y = t − x
    formula: Callable
    additive: bool  # is the formula one school's (one cell's) term of a sum?
    function: Callable  # what the reader calls

    def __call__(self, counts, focal=None, **options):
        return (
            self.function(counts, focal=focal, **options) if self.groups == "two" else self.function(counts)
        )

    def ends(self, counts, focal=0):
        """Its values for an even and for a complete table with the margins of this one."""
        return tuple(np.asarray(end, float) for end in self.ends_of(margins(table(counts))[1], focal))

    def ends_of(self, X, focal=0):
        """Its ends, from the sizes of the groups."""
        P = ratio(X, X.sum(-1, keepdims=True))
        if self.groups == "two":
            P = P[..., focal]
        return [end(P) if callable(end) else end for end in (self.even, self.complete)]

    def parts(self, counts, focal=None, **options):
        """Each unit's part of the index, shape (..., units); they add up to the value. None where it is no
        such sum."""
        if not self.additive:
            return None
        n = table(counts)
        focal = focal_column(counts, n, focal) if self.groups == "two" else 0
        check_assessable(n, focal if self.groups == "two" else None)
        terms = self.terms(n, *margins(n), focal, **options)
        return terms if self.groups == "two" else terms.sum(-1)

    def terms(self, n, t, X, focal=0, **options):
        """The terms of the sum, one for each unit (two groups) or for each cell (many)."""
        N = X.sum(-1, keepdims=True)
        if self.groups == "two":
            return self.formula(n[..., focal], t, X[..., [focal]], N, **options)
        X, N = X[..., None, :], N[..., None]
        return self.formula(n, t[..., None], X, N, ratio(X, N))

    def evaluate(self, n, focal=0, **options):
        """The value of each table of a stack of floats, unchecked; nan where a table cannot be assessed."""
        if n.ndim == 3 and n.size > max(CACHED, n[0].size) and not options:
            step = max(1, CACHED // n[0].size)
            return np.concatenate([self.evaluate(n[i : i + step], focal) for i in range(0, len(n), step)])
        two = self.groups == "two"
        t, X = margins(n)
        if self.additive:
            value = self.terms(n, t, X, focal, **options).sum(-1 if two else (-2, -1))
        else:
            value = self.formula(n[..., focal], t, **options) if two else self.formula(n)
        if (
            options.get("toward") is None
        ):  # rounding may leave −1e-17 at the even end; a toward= has other ends
            ends = self.ends_of(X, focal)
            value = np.clip(value, np.minimum(*ends), np.maximum(*ends)) + 0.0
        return np.where(several(t, X, focal if two else None), value, np.nan)


def index(
    *, symbol, latex, dimension, groups, source, obeys, even=0.0, complete=1.0, term="", additive=True
) -> Callable[[Callable], Callable]:
    """Put a formula on the shelf, and give back the function a reader calls with a table."""

    def declare(formula):
        options = [p for p in inspect.signature(formula).parameters.values() if p.kind is p.KEYWORD_ONLY]

        @wraps(formula)
        def measured(counts, focal=None, **given):
            entry = INDICES[formula.__name__]
            n = table(counts)
            two = groups == "two"
            column = focal_column(counts, n, focal) if two else 0
            check_assessable(n, column if two else None)
            unknown = [name for name in given if name not in {p.name for p in options}]
            if unknown:
                raise TypeError(f"{formula.__name__}() got an unexpected keyword argument {unknown[0]!r}")
            if given.get("toward") is not None:
                given["toward"] = n[..., focal_column(counts, n, given["toward"])]
            value = entry.evaluate(n, column, **given)
            return float(value) if value.ndim == 0 else value

        first = [inspect.Parameter("counts", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        if groups == "two":
            first.append(inspect.Parameter("focal", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None))
            reader = measured
        else:
            reader = wraps(measured)(lambda counts: measured(counts))
        del reader.__wrapped__
        reader.__signature__ = inspect.Signature([*first, *options])
        reader.__annotations__ = {}
        INDICES[formula.__name__] = Index(
            name=formula.__name__,
            symbol=symbol,
            latex=latex,
            dimension=dimension,
            groups=groups,
            even=even,
            complete=complete,
            source=source,
            obeys=tuple(obeys),
            term=term,
            formula=formula,
            additive=additive,
            function=reader,
        )
        return reader

    return declare


# --- the validator --------------------------------------------------------------------------------


def table(counts) -> np.ndarray:
    """Counts as an array of floats (..., units, groups), or an error that says where and what is wrong.

    >>> table([[1, 2], [3, -4]])
    Traceback (most recent call last):
    ValueError: row 1, group 1: -4 pupils; a count is 0 or more
    """
    if np.ma.isMaskedArray(counts):
        counts = counts.astype(float).filled(np.nan)  # what is masked is missing, and is said to be
    try:
        n = np.asarray(counts)
    except ValueError:
        raise ValueError(say("counts.ragged")) from None
    if n.dtype.kind not in "iufb":
        n = numbers(n)
    if n.ndim < 2 or 0 in n.shape[-2:]:
        raise ValueError(say("counts.shape", shape=n.shape))
    floats = n.astype(float, copy=False)
    faulty = ~(floats >= 0) | (floats > 2**53)
    if n.dtype.kind == "f":
        faulty |= floats != np.floor(floats)
    if faulty.any():
        raise ValueError(fault(floats, faulty))
    if floats.size and floats.sum((-2, -1)).max(initial=0) > 2**53:
        raise ValueError(say("counts.together"))
    return floats


def numbers(n: np.ndarray) -> np.ndarray:
    """An array of objects as numbers; None and the missing marks of pandas become nan, words an error."""
    if n.dtype.kind != "O":
        raise ValueError(say("counts.numbers", came=repr(n.flat[0]) if n.size else n.dtype))
    try:
        return n.astype(float)
    except (TypeError, ValueError):
        for item in n.flat:
            try:
                float(item)
            except (TypeError, ValueError):
                if isinstance(item, list | tuple | np.ndarray):
                    raise ValueError(say("counts.ragged")) from None
                if isinstance(item, str):
                    raise ValueError(say("counts.numbers", came=repr(item))) from None
        return np.array(
            [np.nan if isinstance(i, str) or i != i or i is None else _float(i) for i in n.flat]
        ).reshape(n.shape)


def _float(item) -> float:
    try:
        return float(item)
    except (TypeError, ValueError):
        return np.nan


def fault(n: np.ndarray, faulty: np.ndarray) -> str:
    """What is wrong with the first faulty count."""
    at = tuple(np.argwhere(faulty)[0])
    came = n[at]
    kind = "missing" if came != came else "negative" if came < 0 else "large" if came > 2**53 else "fraction"
    return say(f"counts.{kind}", row=listed(at[:-1]), group=at[-1], came=number(came, "g"))


def focal_column(counts, n: np.ndarray, focal=None) -> int:
    """The column of the focal group: given by number or by name; the first of two when nothing is said."""
    names = getattr(counts, "groups", None) if hasattr(counts, "groups") else getattr(counts, "columns", None)
    names = [] if names is None else list(names)
    if focal is None:
        focal = getattr(counts, "focal", None) if hasattr(counts, "groups") else None
    if focal is None:
        members = np.flatnonzero(margins(n)[1].reshape(-1, n.shape[-1]).sum(0) > 0)
        if len(members) > 2:
            raise ValueError(say("counts.two_groups", k=n.shape[-1]))
        return int(members[0]) if len(members) == 2 else 0
    if focal in names:
        return names.index(focal)
    if isinstance(focal, str):
        raise ValueError(say("counts.no_group", came=focal, groups=listed(names)))
    column = focal if isinstance(focal, int | np.integer) and not isinstance(focal, bool) else -1
    if not 0 <= column < n.shape[-1]:
        raise ValueError(say("counts.no_column", came=focal, k=n.shape[-1], last=n.shape[-1] - 1))
    return int(column)


def assessable(n: np.ndarray, focal: int | None = None) -> np.ndarray:
    """Which tables of a stack have two units with pupils and two groups with members."""
    return several(*margins(n), focal)


def several(t, X, focal: int | None = None) -> np.ndarray:
    """From the sizes of units and groups: are there at least two of either?"""
    units = (t > 0).sum(-1) > 1
    if focal is None:
        return units & ((X > 0).sum(-1) > 1)
    return units & (X[..., focal] > 0) & (X[..., focal] < X.sum(-1))


def margins(n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pupils of each unit, t, and of each group, X.

    Products with ones: several times faster than `sum` over a short axis, and whole numbers add up exactly
    in any order.
    """
    J, K = n.shape[-2:]
    return n @ np.ones(K), np.ones(J) @ n


def check_assessable(n: np.ndarray, focal: int | None = None) -> None:
    good = assessable(n, focal)
    if good.all():
        return
    where = tuple(np.argwhere(~good)[0]) if good.ndim else ()
    why = reason(n[where], focal)
    if where:
        raise CannotBeAssessed(say("refuse.table", where=listed(where), why=why))
    raise CannotBeAssessed(say("refuse", why=why))


def reason(n: np.ndarray, focal: int | None = None) -> str:
    """Why one table cannot be assessed."""
    members = n.sum(-2)
    if members.sum() == 0:
        return say("refuse.no_pupils")
    if focal is not None and members[focal] == 0:
        return say("refuse.no_focal")
    if focal is not None and members[focal] == members.sum():
        return say("refuse.all_focal")
    return say("refuse.one_group") if (members > 0).sum() < 2 else say("refuse.one_unit")


# --- arithmetic with nothing in it ----------------------------------------------------------------


def ratio(a, b):
    """a / b, and 0 where b is 0: a school without pupils takes no part."""
    b = np.asarray(b, float)
    return a / np.where(b > 0, b, np.inf)  # a / ∞ is 0


def xlog(a, b):
    """a · log b, and 0 where a is 0."""
    b = np.asarray(b, float)
    return a * np.log(np.where(b > 0, b, 1.0))


def spread(P):
    """The diversity of the groups: E, the entropy of their shares in nats."""
    return -xlog(P, P).sum(-1) + 0.0


def diversity(P):
    """The chance that two pupils drawn at random differ in group: I, Simpson's interaction."""
    return (P * (1 - P)).sum(-1)

"""Hide until nothing can be solved for: which counts must go so that the small ones cannot come back.

A table of units (schools, zones) and groups is published with the number of pupils of each unit (its roll)
and, where that is safe, with the total of each group. Whoever reads it can subtract. A small count is safe
when the published numbers leave it open from 0 to k at least; every other hidden count is safe when they
leave it open by k. To hide a count, pupils are moved in thought: some out of it into another group of the
same unit, as many back in another unit. The four counts touched hide each other.

>>> found = complete([[40, 3], [30, 20], [25, 35]], [43, 50, 60], k=5)
>>> found.hidden.tolist()  # three pupils hide behind the other group, and behind another school
[[True, True], [True, True], [False, False]]
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

FIXED = np.inf  # the cost of hiding what is known to everybody
TOTAL_COST = 5_000.0  # a total is hidden only where nothing else helps: everybody needs it
ZERO_COST = 25.0  # a hidden 0 says less than it seems: readers often know that a group is not there


class Hidden(NamedTuple):
    """Which counts and which totals are hidden, and which of them because they are small."""

    hidden: np.ndarray  # (units, groups)
    totals: np.ndarray  # (groups,)
    small: np.ndarray  # (units, groups)


def small(n, rolls, k: int):
    """Counts of fewer than k pupils, and counts that leave out fewer than k of their unit.

    >>> small([[40, 3, 0], [50, 0, 0]], [43, 50], k=5).tolist()
    [[True, True, False], [False, False, False]]

    Nobody, and everybody, may be said: the convention of most offices, and ours.
    """
    n, rest = np.asarray(n), np.asarray(rolls)[:, None] - np.asarray(n)
    return (0 < n) & (n < k) | (0 < rest) & (rest < k)


def small_rolls(rolls, k: int, held=None):
    """Which rolls must be hidden, given the total of them all; None where the total must go too.

    >>> small_rolls([3, 60, 25, 80], k=5).tolist()  # 3 could be had by subtraction, so 25 goes as well
    [True, False, True, False]
    >>> small_rolls([3], k=5) is None
    True
    """
    rolls = np.asarray(rolls)
    hidden = (0 < rolls) & (rolls < k)
    if held is not None:
        hidden = hidden | held
    if not hidden.any():
        return hidden
    while hidden.sum() < 2 or rolls[hidden].sum() < k:  # each may have none of them, or all
        left = np.flatnonzero(~hidden & (rolls > 0))
        if not len(left):
            return None
        hidden[left[np.argmin(rolls[left])]] = True
    return hidden


def complete(
    n,
    rolls,
    k: int,
    *,
    known=None,
    open_rolls=None,
    held=None,
    held_totals=None,
    fixed_totals=None,
    unions=(),
) -> Hidden | None:
    """Which counts of units × groups must be hidden so that no small one can be solved for.

    n : counts, (units, groups). rolls : pupils of each unit, at least the sum of its groups; what is left is
    a group of its own that nobody published. known : False where the source itself does not say (n is then
    ignored). open_rolls : True where the roll is hidden; such a unit is hidden as a whole. held : counts that
    were hidden before and stay so, held_totals likewise. fixed_totals : totals that are known from elsewhere,
    so that hiding them is no help; None is given back where the counts cannot be protected then. unions :
    groups (as columns) that are counted together elsewhere; their sum is protected like a count.
    """
    table = _Table(n, rolls, k, known, open_rolls, held, held_totals, fixed_totals)
    for i, g in table.wanted():
        table.protect(i, g)
    table.widen()
    table.open_unions(unions)
    if table.given_up:
        return None
    groups = table.groups
    return Hidden(table.hidden[:, :groups], table.hidden_totals[:groups], table.small[:, :groups])


class _Table:
    """A table on its way to safety. `low` and `high` are what each count has been seen to be able to be."""

    given_up = False

    def __init__(self, n, rolls, k, known, open_rolls, held, held_totals, fixed_totals):
        n = np.array(n, dtype=np.int64)
        units, self.groups = n.shape
        rolls = np.array(rolls, dtype=np.int64)
        known = np.ones_like(n, bool) if known is None else np.array(known, bool)
        self.open = np.zeros(units, bool) if open_rolls is None else np.array(open_rolls, bool)
        self.k = k
        n[~known] = 0
        n, rolls = _filled(n, rolls, known)
        rest = rolls - n.sum(1)
        self.small = small(n, rolls, k) & known
        hidden = self.small | ~known | self.open[:, None]
        if held is not None:
            hidden |= held
        totals = n.sum(0)
        self.hidden_totals = (0 < totals) & (totals < k) | (0 < totals.sum() - totals) & (
            totals.sum() - totals < k
        )
        self.small_totals = self.hidden_totals.copy()
        self.hidden_totals = self.hidden_totals | ~known.all(0)
        if held_totals is not None:
            self.hidden_totals = self.hidden_totals | held_totals
        self.fixed_totals = (
            np.zeros_like(self.hidden_totals) if fixed_totals is None else np.array(fixed_totals)
        )
        self.hidden_totals, self.small_totals = (
            one & ~self.fixed_totals for one in (self.hidden_totals, self.small_totals)
        )
        self.asked = known  # what the source does not say we need not (and cannot) protect
        if rest.any():  # pupils in none of the groups: one more group, of which nothing is ever published
            n, column = np.column_stack([n, rest]), np.ones((units, 1), bool)
            hidden, known = np.column_stack([hidden, column]), np.column_stack([known, column])
            self.small = np.column_stack([self.small, (0 < rest) & (rest < k)])
            self.asked = np.column_stack([self.asked, (0 < rest) & (rest < k)])
            self.hidden_totals = np.append(self.hidden_totals, True)
            self.small_totals = np.append(self.small_totals, 0 < rest.sum() < k)
            self.fixed_totals = np.append(self.fixed_totals, False)
        self.n, self.rolls, self.hidden = n, rolls, hidden
        self.low, self.high = n.copy(), n.copy()

    # --- what is asked

    def wanted(self):
        """The small counts, hardest first."""
        at = np.argwhere(self.small & self.asked)
        at = at[np.argsort([-abs(self.needs(i, g)[0]) for i, g in at], kind="stable")] if len(at) else at
        return at.tolist()

    def needs(self, i, g) -> tuple[int, int]:
        """How many pupils more, and how many fewer, this count must be able to have."""
        n, k = int(self.n[i, g]), self.k
        more, fewer = (k - n, n) if n < k else (0, 0)
        rest = int(self.rolls[i]) - n
        if 0 < rest < k and not self.open[i]:
            more, fewer = max(more, rest), max(fewer, k - rest)
        return more, fewer

    def met(self, i, g, more, fewer) -> bool:
        n = self.n[i, g]
        return self.high[i, g] >= n + more and self.low[i, g] <= n - fewer

    # --- what is done

    def protect(self, i, g):
        more, fewer = self.needs(i, g)
        if self.met(i, g, more, fewer) or self.ring(i, g, more, fewer):
            return
        for step in (more, -fewer):
            if step and not self.met(i, g, max(step, 0), max(-step, 0)):
                if self.ring(i, g, max(step, 0), max(-step, 0)) or self.solve(i, g, step):
                    continue
                return self.hide_all()

    def ring(self, i, g, more, fewer) -> bool:
        """The cheapest four counts, two units by two groups, that let this one go up and down."""
        n, cost = self.n, self.cost
        fits = (n[i] >= more)[None, :] & (n[:, g] >= more)[:, None] & (n >= fewer)
        fits[i], fits[:, g] = False, False
        price = np.where(fits, cost[i][None, :] + cost[:, g][:, None] + cost, np.inf)
        best = int(np.argmin(price))
        if not np.isfinite(price.flat[best]):
            return False
        j, h = divmod(best, n.shape[1])
        for (a, b), up, down in (
            ((i, g), more, fewer), ((i, h), fewer, more), ((j, g), fewer, more), ((j, h), more, fewer)
        ):  # fmt: skip
            self.hidden[a, b] = True
            self.high[a, b] = max(self.high[a, b], n[a, b] + up)
            self.low[a, b] = min(self.low[a, b], n[a, b] - down)
        return True

    @property
    def cost(self):
        """What hiding costs: small counts are the least loss, what is hidden already costs nothing more."""
        return np.where(self.hidden, 0.0, 5.0 + self.n + ZERO_COST * (self.n == 0))

    def solve(self, i, g, step) -> bool:
        """The cheapest way of all to move a count by `step`, over as many others as it takes."""
        return self.move(i * self.n.shape[1] + g, step)

    def move(self, at, step, equations=None, *more) -> bool:
        """The same for any number: the counts, then the rolls, then the totals, then what else there is."""
        n, units = self.n, len(self.rolls)
        totals = np.where(self.fixed_totals, FIXED, np.where(self.hidden_totals, 0.0, TOTAL_COST))
        cost = np.concatenate([self.cost.ravel(), np.where(self.open, 0.0, FIXED), totals, [0.0] * len(more)])
        values = np.concatenate([n.ravel(), self.rolls, n.sum(0), more])
        move = cheapest(self.equations() if equations is None else equations, values, cost, at, step)
        if move is None:
            return False
        inside = move[: n.size].reshape(n.shape)
        self.hidden |= inside != 0
        self.hidden_totals = self.hidden_totals | (move[n.size + units : n.size + units + n.shape[1]] != 0)
        self.low, self.high = np.minimum(self.low, n + inside), np.maximum(self.high, n + inside)
        return True

    def equations(self):
        """Groups add up to the roll, units to the total, and the rolls to everybody."""
        from scipy import sparse

        units, groups = self.n.shape
        by_unit = sparse.kron(sparse.eye(units), np.ones((1, groups)))
        by_group = sparse.kron(np.ones((1, units)), sparse.eye(groups))
        return sparse.block_array(
            [
                [by_unit, -sparse.eye(units), None],
                [by_group, None, -sparse.eye(groups)],
                [None, sparse.coo_array(np.ones((1, units))), None],
            ],
            format="csr",
        )

    def hide_all(self):
        """Nothing else helped: the rolls are all that is said."""
        self.given_up = bool(self.fixed_totals.any())
        self.hidden[:], self.hidden_totals[:] = True, True
        self.low = np.zeros_like(self.n)
        most = np.where(self.open, self.rolls.sum(), self.rolls)  # a hidden roll may be anything up to all
        self.high = np.broadcast_to(np.maximum(most, self.k)[:, None], self.n.shape).copy()

    def widen(self):
        """Whatever is hidden leaves k pupils open: else it would only look hidden."""
        for g in np.flatnonzero(self.small_totals):
            self.free_total(g)
        done = False
        while not done:
            done = True
            narrow = self.hidden & self.asked & (self.high - self.low < self.k)
            for i, g in np.argwhere(narrow).tolist():
                open_, k = int(self.high[i, g] - self.low[i, g]), self.k
                if open_ >= k:
                    continue
                done = False
                n = int(self.n[i, g])
                up, down = int(self.low[i, g]) + k - n, n - (int(self.high[i, g]) - k)
                if self.small[i, g] and not self.met(i, g, *self.needs(i, g)):
                    self.protect(i, g)
                elif not (
                    self.ring(i, g, up, 0)
                    or (down <= n and self.ring(i, g, 0, down))
                    or self.solve(i, g, up)
                    or (down <= n and self.solve(i, g, -down))
                ):
                    return self.hide_all()

    def open_unions(self, unions):
        """Groups that are shown together elsewhere must be open together, too."""
        before = -1
        while unions and before != (before := int(self.hidden.sum())):  # what is hidden here may need more
            for columns in unions:
                columns = list(columns)
                for i in np.flatnonzero(
                    self.hidden[:, columns].any(1) & self.asked[:, columns].all(1)
                ).tolist():
                    n, k = int(self.n[i, columns].sum()), self.k
                    rest = int(self.rolls[i]) - n
                    steps = [(k - n, -n)] if 0 < n < k else []
                    steps += [(rest, rest - k)] if 0 < rest < k and not self.open[i] else []
                    for both in steps:
                        if not all(self.move_union(i, columns, step) for step in both if step):
                            return self.hide_all()
                    if not steps:
                        self.move_union(i, columns, k) or self.move_union(i, columns, -min(k, n))
            self.widen()

    def move_union(self, i, columns, step) -> bool:
        from scipy import sparse

        equations = self.equations()
        row = np.zeros(equations.shape[1])
        row[[i * self.n.shape[1] + g for g in columns]] = 1
        joined = sparse.block_array([[equations, None], [row[None, :], np.array([[-1.0]])]], format="csr")
        return self.move(equations.shape[1], step, joined, int(self.n[i, columns].sum()))

    def free_total(self, g):
        """A hidden total must be open as well: the sum over units may not give it away."""
        total, k = int(self.n[:, g].sum()), self.k
        rest = int(self.n.sum()) - total
        more, fewer = (k - total, total) if total < k else (rest, k - rest)
        at = self.n.size + len(self.rolls) + g
        for step in (more, -fewer):
            if step and not self.move(at, step):
                return self.hide_all()


def _filled(n, rolls, known):
    """Counts the source does not have get the pupils that are left: any guess that adds up will do."""
    n = n.copy()
    for i in np.flatnonzero(~known.all(1)):
        at = np.flatnonzero(~known[i])
        left = max(int(rolls[i] - n[i].sum()), 0)
        n[i, at] = left // len(at)
        n[i, at[: left % len(at)]] += 1
    return n, np.maximum(rolls, n.sum(1))


def cheapest(equations, x, cost, at: int, step: float):
    """The cheapest way to change `x` so that every equation still holds and x[at] has changed by `step`.

    None where there is no way. cost : per pupil moved; `FIXED` cannot change. Nothing goes below 0.
    """
    from scipy import sparse
    from scipy.optimize import linprog

    x = np.asarray(x, dtype=float)
    free = np.isfinite(cost)
    top = np.where(free, np.inf, 0.0)
    up = np.column_stack([np.zeros_like(x), top])
    down = np.column_stack([np.zeros_like(x), np.where(free, x, 0.0)])
    up[at], down[at] = max(step, 0), max(-step, 0)
    price = np.where(free, cost, 0.0)
    price = price + 1e-3 * free  # of two free ways the shorter
    both = sparse.hstack([equations, -equations], format="csr")
    found = linprog(
        np.concatenate([price, price]),
        A_eq=both,
        b_eq=np.zeros(both.shape[0]),
        bounds=np.concatenate([up, down]),
        method="highs-ds",
    )
    if found.status != 0:
        return None
    move = np.rint(found.x[: len(x)] - found.x[len(x) :]).astype(np.int64)  # a network: whole pupils
    return move

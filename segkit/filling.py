"""Pupils put into schools of given sizes: evenly, by chance, completely apart, and all the way between.

Everything here is in whole pupils and whole-number arithmetic: the same pupils land in the same schools on
every machine. A table is units × groups; its margins (school sizes, group totals) stay unless it is said.

>>> even, *_, complete = path([[6, 4], [4, 6]], steps=5).tolist()
>>> even, complete
([[5, 5], [5, 5]], [[10, 0], [0, 10]])
"""

import numpy as np

__all__ = ["apart", "by_chance", "evenly", "path", "shared_out", "spread", "with_share"]

STEPS = 101  # places of a slider from even to complete
FINEST = 1 << 15  # odds are multiplied by a whole number of these parts
LARGEST = 1 << 30


def shared_out(weights, total) -> np.ndarray:
    """So many pupils shared out in proportion to the weights; the largest remainders get the last ones.

    weights : whole numbers (..., m); total : how many (...). Where all weights are 0, all count the same.

    >>> shared_out([3, 3, 1], 5).tolist()
    [2, 2, 1]
    """
    weights, total = np.asarray(weights, np.int64), np.asarray(total, np.int64)[..., None]
    weights = np.where(weights.sum(-1, keepdims=True) > 0, weights, 1)
    parts, rest = np.divmod(weights * total, weights.sum(-1, keepdims=True))
    left = total - parts.sum(-1, keepdims=True)
    return parts + (_ranks(-rest) < left)


def _ranks(values) -> np.ndarray:
    """The place of each value among those beside it, the smallest 0; of equals the first comes first."""
    order = np.argsort(values, axis=-1, kind="stable")
    return np.argsort(order, axis=-1, kind="stable")


def _topped_up(parts, rest, room, total) -> np.ndarray:
    """Whole parts raised until they add up to the total, largest remainders first, none above its room."""
    parts = np.minimum(parts, room)
    while True:
        left = np.asarray(total)[..., None] - parts.sum(-1, keepdims=True)
        free = room - parts
        if not (left > 0).any():
            return parts
        many = left > (free > 0).sum(-1, keepdims=True)  # more than one for each: in proportion first
        big = np.where(many, free * left // np.maximum(free.sum(-1, keepdims=True), 1), 0)
        one = (_ranks(np.where(free > 0, -rest, np.inf)) < left) & (free > 0) & ~many
        added = np.where(many & (big.sum(-1, keepdims=True) == 0), free > 0, big + one)
        parts = parts + np.where(left > 0, added, 0)


# --- the two ends, and chance


def evenly(counts, seed=None) -> np.ndarray:
    """Every school a small copy of the town, as nearly as whole pupils allow; all totals stay.

    >>> evenly(np.array([[10, 0], [0, 10]])).tolist()
    [[5, 5], [5, 5]]
    """
    counts = np.asarray(counts)
    return spread(counts.sum(1), counts.sum(0))


def spread(sizes, groups) -> np.ndarray:
    """Units of these sizes filled with groups of these sizes, every unit a small copy of all.

    >>> spread([10, 20], [6, 24]).tolist()
    [[2, 8], [4, 16]]
    """
    room, groups = np.asarray(sizes, np.int64), np.asarray(groups, np.int64)
    filled = np.zeros((len(room), len(groups)), np.int64)
    for k, total in enumerate(groups[:-1]):
        filled[:, k] = shared_out(room, int(total)) if total else 0
        room = room - filled[:, k]
    filled[:, -1] = room
    return filled


def apart(counts, seed=None) -> np.ndarray:
    """No school mixed, or as few as these school sizes allow; school sizes and group totals stay.

    >>> apart(np.array([[6, 4], [4, 6]])).tolist()
    [[10, 0], [0, 10]]
    """
    return _filled_by_groups(np.asarray(counts), exact=True)


def _filled_by_groups(counts: np.ndarray, exact: bool) -> np.ndarray:
    """Each group in turn fills schools to the brim, those first where it already gathers."""
    room, filled = counts.sum(1), np.zeros_like(counts)
    for k, total in enumerate(counts.sum(0)[:-1]):
        size, n = np.maximum(counts.sum(1), 1), counts[:, k]
        order = np.argsort(-(n / size), kind="stable")
        filled[:, k] = _filled_up(room, order, int(total), exact)
        room = room - filled[:, k]
    filled[:, -1] = room
    return filled


def _filled_up(room: np.ndarray, order: np.ndarray, total: int, exact: bool = True) -> np.ndarray:
    """Schools filled to the brim: those that together hold exactly that many, else the last one is mixed."""
    chosen = _exact_schools(room, order, total) if exact else None
    filled = np.zeros_like(room)
    for j in order if chosen is None else chosen:
        filled[j] = min(int(room[j]), total)
        total -= int(filled[j])
    return filled


def _exact_schools(room: np.ndarray, order: np.ndarray, total: int) -> list[int] | None:
    """Schools whose sizes add up to exactly so many pupils, if there are any."""
    if len(room) * total > 50_000_000:  # bits to remember; past this a mixed last school is near enough
        return None
    within = (1 << (total + 1)) - 1
    reached = [1]  # bit s is set where the schools so far can hold exactly s pupils
    for j in order[::-1]:
        reached.append((reached[-1] | reached[-1] << int(room[j])) & within)
    if not reached[-1] >> total & 1:
        return None
    chosen = []
    # walking back, so that the schools that come first in `order` are taken first
    for step, j in enumerate(order):
        size, before = int(room[j]), reached[len(order) - step - 1]
        if 0 < size <= total and before >> (total - size) & 1:
            chosen.append(int(j))
            total -= size
    return chosen


def by_chance(counts, seed: int) -> np.ndarray:
    """Pupils drawn from one hat into the same schools."""
    rng = np.random.default_rng(seed)
    counts = np.asarray(counts)
    room, filled = counts.sum(1), np.zeros_like(counts)
    left = counts.sum(0)
    for j, places in enumerate(room):
        filled[j] = rng.multivariate_hypergeometric(left, int(places), method="marginals")
        left = left - filled[j]
    return filled


# --- from even to complete


def path(counts, focal: int = 0, steps: int = STEPS) -> np.ndarray:
    """The town from even to complete in so many steps, through where it stands: shape (steps, units, groups).

    School sizes and group totals are the same at every step, and D of the focal group never falls on the way.
    On the first part every school keeps its own share of the deviation from the town; on the second the focal
    pupils move from schools with a lower share to schools with a higher one, until these are full. Step
    `standing(counts, focal, steps)` is the table itself.

    >>> path([[6, 4], [4, 6]], steps=3)[1].tolist()
    [[6, 4], [4, 6]]
    """
    counts = np.asarray(counts, np.int64)
    order = [focal, *(k for k in range(counts.shape[1]) if k != focal)]  # the focal group is placed first
    n = counts[:, order]
    at = standing(counts, focal, steps)
    below = _between(evenly(n), n, at)
    for exact in (True, False):
        complete = _filled_by_groups(n, exact)
        above = _between(n, complete, steps - 1 - at)
        if (np.diff(_gap(above)) >= 0).all():
            break
    way = np.concatenate([below[:-1], above])
    gap = _gap(way)
    for i in range(at - 1, -1, -1):  # rounding to whole pupils must not turn the way back
        if gap[i] > gap[i + 1]:
            way[i], gap[i] = way[i + 1], gap[i + 1]
    for i in range(at + 1, steps):
        if gap[i] < gap[i - 1]:
            way[i], gap[i] = way[i - 1], gap[i - 1]
    way[at] = n
    return way[..., np.argsort(order)]


def standing(counts, focal: int = 0, steps: int = STEPS) -> int:
    """The step of the path at which a table stands: its D, as a part of the largest D on the way.

    >>> standing([[8, 2], [2, 8]]), standing([[5, 5], [5, 5]]), standing([[10, 0], [0, 10]])
    (60, 0, 100)
    """
    n = np.asarray(counts, np.int64)
    order = [focal, *(k for k in range(n.shape[1]) if k != focal)]
    now, most = int(_gap(n[:, order])), int(_gap(apart(n[:, order])))
    if not now or not most:
        return 0
    return steps - 1 if now >= most else min(max(1, round((steps - 1) * now / most)), steps - 2)


def _gap(n: np.ndarray) -> np.ndarray:
    """D of the first group but for its denominator, which no step changes: Σ |x_j · N − X · t_j|."""
    t = n.sum(-1)
    return np.abs(n[..., 0] * t.sum(-1, keepdims=True) - n[..., 0].sum(-1, keepdims=True) * t).sum(-1)


def _between(a: np.ndarray, b: np.ndarray, steps: int) -> np.ndarray:
    """From one table to another with the same margins, in so many steps of whole pupils."""
    i = np.arange(steps + 1)[:, None, None]
    mixed = a * (steps - i) + b * i  # `steps` times the tables in between
    room, filled = np.broadcast_to(a.sum(1), mixed.shape[:2]).copy(), np.zeros_like(mixed)
    for k, total in enumerate(a.sum(0)[:-1]):
        parts, rest = np.divmod(mixed[..., k], max(steps, 1))
        filled[..., k] = _topped_up(parts, rest, room, np.full(len(mixed), total))
        room -= filled[..., k]
    filled[..., -1] = room
    if steps:
        filled[0], filled[-1] = a, b
        return filled
    return b[None].copy()


# --- more of a group


def with_share(counts, focal: int, pupils: int) -> np.ndarray:
    """The focal group made so many pupils strong; school sizes stay, and others make room or move in.

    In every school the odds of belonging to the group are multiplied by the same number, so that the pattern
    stays; where that cannot reach, in proportion to what is left. The other groups keep their proportions in
    each school, in whole pupils.

    >>> with_share([[6, 4], [4, 6]], 0, 12).tolist()
    [[7, 3], [5, 5]]
    """
    n = np.asarray(counts, np.int64)
    x, t = n[:, focal], n.sum(1)
    pupils = min(max(int(pupils), 0), int(t.sum()))
    y, found = t - x, np.zeros_like(x)

    def at(m):  # the group in each school when its odds are m / FINEST times as large, rounded down
        top, under = t * m * x, np.maximum(m * x + FINEST * y, 1)
        return top // under, (top % under) / under

    if pupils == x.sum():
        return n.copy()
    if pupils < t[y == 0].sum():  # only the schools that are wholly this group's are left, and not all of it
        found = np.minimum(shared_out(np.where(y == 0, t, 0), pupils), t)
    elif pupils:
        low, high = 0, LARGEST
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if at(middle)[0].sum() <= pupils else (low, middle)
        whole, rest = at(low) if low else (np.where(y == 0, t, 0), np.zeros(len(t)))
        found = _topped_up(whole, rest, t, pupils)
    out = np.empty_like(n)
    others = [k for k in range(n.shape[1]) if k != focal]
    weights = np.where(n[:, others].any(1, keepdims=True), n[:, others], n[:, others].sum(0))
    out[:, focal], out[:, others] = found, shared_out(weights, t - found)
    return out

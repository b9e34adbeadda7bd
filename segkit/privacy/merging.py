"""Small ways from home to school are merged into "elsewhere": which of them must be, so that none comes back.

A table of zones × schools with known sums on both sides. Every way of fewer than k pupils is hidden, nobody
included (a row of zeros with one gap would say who fills it), and then the smallest of the others, until
what is left over in each row and column can be shared out in many ways: a small way may be 1 or k, any other
that is hidden may have k fewer.
Whether it may is a question of flows in a network, and one answer settles hundreds of ways at once.

>>> merged([[60, 8, 9], [9, 80, 2], [3, 9, 50]], k=5).tolist()  # only who stays in the third zone may be said
[[True, True, True], [True, True, True], [True, True, False]]
"""

from __future__ import annotations

from collections import Counter

import numpy as np


def merged(n, k: int, *, unknown=None, rows_shut=None, columns_shut=None, held=None):
    """Which counts of zones × schools are hidden; None where even hiding all of them is not enough.

    unknown : True where the source does not say. rows_shut, columns_shut : zones and schools whose own sum is
    hidden; all their ways are. held : hidden before, and kept so.
    """
    n = np.array(n, dtype=np.int64)
    none = np.zeros_like(n, bool)
    unknown, held = (none if one is None else np.asarray(one, bool) for one in (unknown, held))
    n[unknown] = 0
    rows, columns = _shut(n.sum(1), rows_shut, k), _shut(n.sum(0), columns_shut, k)
    hidden = (n < k) | unknown | held | rows[:, None] | columns[None, :]
    for _ in range(n.size + 1):
        stuck = narrow(n, hidden, rows, columns, k)
        if not len(stuck):
            return hidden
        lines = Counter((axis, at) for axis in (0, 1) for at in stuck[:, axis].tolist())
        worst = sorted(lines, key=lambda line: (-lines[line], line))
        if not any(_hide_smallest(n, hidden, *line) for line in worst) and not _hide_smallest(n, hidden):
            return None
    return None


def _shut(sums, shut, k):
    """Sums that nobody may know: those said, and those of fewer than k."""
    shut = np.zeros(len(sums), bool) if shut is None else np.asarray(shut, bool)
    return shut | ((0 < sums) & (sums < k))


def _hide_smallest(n, hidden, axis=None, at=None) -> bool:
    """Hide the smallest count that is shown: of a row (axis 0), of a column (axis 1), or of all."""
    line = np.ones_like(hidden) if axis is None else np.zeros_like(hidden)
    if axis is not None:
        line[(at, slice(None)) if axis == 0 else (slice(None), at)] = True
    shown = np.argwhere(line & ~hidden)
    if not len(shown):
        return False
    i, j = shown[np.argmin(n[shown[:, 0], shown[:, 1]])]
    hidden[i, j] = True
    return True


def narrow(n, hidden, rows, columns, k):
    """The hidden counts that are not open enough, as (row, column) pairs.

    What is shown is taken away. Rows whose sum is hidden become one row, for only their common sum is known;
    columns likewise; whoever lives in a zone or goes to a school that has nobody at all is no secret.
    """
    at_row, at_column = _together(rows), _together(columns)
    size = (at_row.max() + 1, at_column.max() + 1)
    left, open_ = np.zeros(size, np.int64), np.zeros(size, bool)
    np.add.at(left, (at_row[:, None], at_column[None, :]), np.where(hidden, n, 0))
    np.logical_or.at(open_, (at_row[:, None], at_column[None, :]), hidden)
    peopled = (n.sum(1) > 0)[:, None] & (n.sum(0) > 0)[None, :]
    cells = np.argwhere(hidden & peopled)
    places = np.column_stack([at_row[cells[:, 0]], at_column[cells[:, 1]]])
    values = n[cells[:, 0], cells[:, 1]]
    # of several in one place, one can always give its pupils to another
    several = (np.bincount(at_row)[places[:, 0]] > 1) | (np.bincount(at_column)[places[:, 1]] > 1)
    r, c = left.sum(1), left.sum(0)

    def may_hold(some):
        i, j = places[some].T
        return shared(
            r - k * np.bincount(i, minlength=len(r)), c - k * np.bincount(j, minlength=len(c)), open_
        )

    def may_lack(some):
        i, j = places[some].T
        without = open_.copy()
        without[i, j] = False
        rest = np.where(values[some] < k, 1, values[some] - k)
        return shared(
            r - np.bincount(i, rest, len(r)).astype(np.int64),
            c - np.bincount(j, rest, len(c)).astype(np.int64),
            without,
        )

    up = _stuck(_batches(np.flatnonzero(values < k), places, r, c, k), may_hold)
    some = np.flatnonzero((values > 1) & ~several)
    down = _stuck([some[::2], some[1::2]], may_lack)
    return cells[sorted(up | down)]


def _together(shut):
    """The place of each row when all that are shut share the last one."""
    at = np.cumsum(~shut) - 1
    return np.where(shut, int((~shut).sum()), at)


def _batches(some, places, r, c, k):
    """Counts that could all be k at once, as far as the sums of their rows and columns go."""
    batches, left = [], some.tolist()
    while left:
        room_r, room_c, batch, later = r.copy(), c.copy(), [], []
        for one in left:
            i, j = places[one]
            if room_r[i] >= k and room_c[j] >= k:
                room_r[i], room_c[j] = room_r[i] - k, room_c[j] - k
                batch.append(one)
            else:
                later.append(one)
        if not batch:
            return [*batches, *([one] for one in later)]
        batches.append(batch)
        left = later
    return batches


def _stuck(batches, may) -> set[int]:
    """Those of which the answer is no: a batch is halved until it is yes, or one is left."""
    stuck, todo = set(), [np.asarray(batch, dtype=int) for batch in batches if len(batch)]
    while todo:
        batch = todo.pop()
        if may(batch):
            continue
        if len(batch) == 1:
            stuck.add(int(batch[0]))
        else:
            todo += [batch[::2], batch[1::2]]
    return stuck


def shared(r, c, open_) -> bool:
    """Can these row sums be shared out over the open places so that the column sums come out?

    >>> shared(np.array([3, 2]), np.array([4, 1]), np.array([[True, False], [True, True]]))
    True
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    if (r < 0).any() or (c < 0).any() or r.sum() != c.sum():
        return False
    if not r.sum():
        return True
    rows, columns = len(r), len(c)
    i, j = np.nonzero(open_)
    start, end = rows + columns, rows + columns + 1
    tail = np.concatenate([np.full(rows, start), i, rows + np.arange(columns)])
    head = np.concatenate([np.arange(rows), rows + j, np.full(columns, end)])
    most = np.concatenate([r, np.minimum(r[i], c[j]), c]).astype(np.int32)
    graph = csr_array((most, (tail, head)), shape=(end + 1, end + 1), dtype=np.int32)
    return int(maximum_flow(graph, start, end).flow_value) == int(r.sum())

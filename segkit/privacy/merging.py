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
    left = Leftover(n, hidden, rows, columns, k)
    todo = left.questions(np.argwhere(hidden))
    while todo:
        may, cells = todo.pop()
        if may(left, cells):  # and may so for ever: hiding more leaves more open
            continue
        if len(cells) > 1:
            todo += [(may, cells[::2]), (may, cells[1::2])]
            continue
        more = left.hide_more(*cells[0])
        if more is None:
            return None
        todo += [(may, cells), *left.questions(np.array([more]))]
    return left.hidden


def _shut(sums, shut, k):
    """Sums that nobody may know: those said, and those of fewer than k."""
    shut = np.zeros(len(sums), bool) if shut is None else np.asarray(shut, bool)
    return shut | ((0 < sums) & (sums < k))


class Leftover:
    """What is left of the rows and columns when all that is shown is taken away.

    Rows whose sum is hidden become one row, for only their common sum is known; columns likewise. Whether
    anybody lives in a zone or goes to a school at all is no secret.
    """

    def __init__(self, n, hidden, rows, columns, k):
        self.n, self.hidden, self.k = n, hidden.copy(), k
        self.at_row, self.at_column = _together(rows), _together(columns)
        self.size = int(self.at_row.max()) + 1, int(self.at_column.max()) + 1
        self.peopled = (n.sum(1) > 0)[:, None] & (n.sum(0) > 0)[None, :]
        crowd = np.bincount(self.at_row), np.bincount(self.at_column)
        self.several = (crowd[0][self.at_row] > 1)[:, None] | (crowd[1][self.at_column] > 1)[None, :]
        self.add_up()

    def add_up(self):
        left, self.open = np.zeros(self.size, np.int64), np.zeros(self.size, bool)
        where = self.at_row[:, None], self.at_column[None, :]
        np.add.at(left, where, np.where(self.hidden, self.n, 0))
        np.logical_or.at(self.open, where, self.hidden)
        self.r, self.c = left.sum(1), left.sum(0)

    def questions(self, cells):
        """What is to be asked of these hidden counts, many at once."""
        i, j = cells.T
        n, asked = self.n[i, j], self.peopled[i, j]
        up = self.batches(cells[asked & (n < self.k)])
        down = cells[asked & (n > 1) & ~self.several[i, j]]  # of several, one can give its pupils to another
        return [(Leftover.may_hold, one) for one in up] + [
            (Leftover.may_lack, one) for one in (down[::2], down[1::2]) if len(one)
        ]

    def batches(self, cells):
        """Counts that could all be k at once, as far as the sums of their rows and columns go."""
        batches, k = [], self.k
        while len(cells):
            room_r, room_c, batch = self.r.copy(), self.c.copy(), np.zeros(len(cells), bool)
            for one, (i, j) in enumerate(self.places(cells).T.tolist()):
                if room_r[i] >= k and room_c[j] >= k:
                    room_r[i], room_c[j], batch[one] = room_r[i] - k, room_c[j] - k, True
            if not batch.any():
                return [*batches, cells]
            batches.append(cells[batch])
            cells = cells[~batch]
        return batches

    def places(self, cells):
        return np.array([self.at_row[cells[:, 0]], self.at_column[cells[:, 1]]])

    def may_hold(self, cells) -> bool:
        """Could each of these be k?"""
        return self.without(self.places(cells), np.full(len(cells), self.k), self.open)

    def may_lack(self, cells) -> bool:
        """Could each of these be 1, or k fewer than it is?"""
        n, (i, j) = self.n[cells[:, 0], cells[:, 1]], self.places(cells)
        open_ = self.open.copy()
        open_[i, j] = False
        return self.without((i, j), np.where(n < self.k, 1, n - self.k), open_)

    def without(self, places, n, open_) -> bool:
        """Can what is left be shared out when these counts are so many?"""
        r, c = self.r.copy(), self.c.copy()
        np.subtract.at(r, places[0], n)
        np.subtract.at(c, places[1], n)
        return shared(r, c, open_)

    def hide_more(self, i, j):
        """Hide the smallest count still shown in this row or column, or else anywhere; its place, or None."""
        for line in ((i, slice(None)), (slice(None), j)), ((slice(None), slice(None)),):
            near = np.zeros_like(self.hidden)
            for where in line:
                near[where] = True
            shown = np.argwhere(near & ~self.hidden)
            if len(shown):
                more = shown[np.argmin(self.n[shown[:, 0], shown[:, 1]])]
                self.hidden[tuple(more)] = True
                self.add_up()
                return more
        return None


def _together(shut):
    """The place of each row when all that are shut share the last one."""
    return np.where(shut, int((~shut).sum()), np.cumsum(~shut) - 1)


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
    order = np.lexsort((head, tail))
    pointer = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=end + 1))]).astype(np.int32)
    graph = csr_array((most[order], head[order].astype(np.int32), pointer), shape=(end + 1, end + 1))
    return int(maximum_flow(graph, start, end).flow_value) == int(r.sum())

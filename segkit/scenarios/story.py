"""What a reader did, step by step: undo, redo, and back to the start; nothing is ever lost.

A story remembers edits, not tables. The state at any step is worked out anew from the nearest one that is
remembered: the last few, and now and then one of the older ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from segkit.scenarios.edits import after
from segkit.scenarios.state import State

RECENT = 40  # the last states, so that undo answers at once
OLDER = 160  # and so many of all others: at most this many tables are held


class Step(NamedTuple):
    edits: tuple[Mapping, ...]
    whole: bool  # are these all edits since the start, or only what was added?
    said: str
    visit: object = None
    changes: int = 0  # edits since the start, these among them


class Story:
    """The steps of one sitting, and where the reader stands among them."""

    def __init__(self, start: State):
        self.start, self.steps, self.at = start, [], 0
        self._states, self._every = {0: start}, 1

    @property
    def state(self) -> State:
        return self.state_at(self.at)

    def state_at(self, at: int) -> State:
        """The state after so many steps."""
        if at in self._states:
            return self._states[at]
        known = max(i for i in self._states if i <= at)
        whole = [i for i in range(known, at) if self.steps[i].whole]
        state, i = (self.start, whole[-1]) if whole else (self._states[known], known)
        for here, step in enumerate(self.steps[i:at], i + 1):
            for edit in step.edits:
                state, _ = after(state, edit)
            if here > at - RECENT:  # whoever undoes one step may undo another
                self._remember(here, state)
        self._remember(at, state)
        return state

    @property
    def changes(self) -> int:
        """How many edits there are from the start to here."""
        return self.steps[self.at - 1].changes if self.at else 0

    @property
    def edits(self) -> tuple[Mapping, ...]:
        """All edits from the start to here."""
        found: list[tuple[Mapping, ...]] = []
        for step in reversed(self.steps[: self.at]):
            found.append(step.edits)
            if step.whole:
                break
        return tuple(edit for edits in reversed(found) for edit in edits)

    def do(self, edits: Iterable[Mapping], visit=None, said: str = "") -> str:
        """Edits as one step; those of the same visit take the place of the step before. What was done."""
        again = visit is not None and self.at and self.steps[self.at - 1].visit == visit
        at = self.at - 1 if again else self.at
        state, told, edits = self.state_at(at), [], tuple(edits)
        for edit in edits:
            state, one = after(state, edit)
            told.append(one)
        self._go_on(at, Step(edits, False, said or " ".join(told), visit), state)
        return self.steps[-1].said

    def become(self, edits: Iterable[Mapping], said: str, visit=None) -> None:
        """Another scenario of the same territory, as one step that can be undone."""
        state, edits = self.start, tuple(edits)
        for edit in edits:
            state, _ = after(state, edit)
        self._go_on(self.at, Step(edits, True, said, visit), state)

    def before_visit(self, visit) -> State:
        """The state a step of this visit would start from."""
        again = self.at and self.steps[self.at - 1].visit == visit
        return self.state_at(self.at - 1 if again else self.at)

    def undo(self) -> str | None:
        """One step back; what it had done."""
        if not self.at:
            return None
        self.at -= 1
        return self.steps[self.at].said

    def redo(self) -> str | None:
        if self.at == len(self.steps):
            return None
        self.at += 1
        return self.steps[self.at - 1].said

    def _go_on(self, at: int, step: Step, state: State) -> None:
        del self.steps[at:]
        before = self.steps[-1].changes if self.steps and not step.whole else 0
        step = step._replace(changes=before + len(step.edits))
        self._states = {i: known for i, known in self._states.items() if i <= at}
        self.steps.append(step)
        self.at = at + 1
        self._remember(self.at, state)

    def _remember(self, at: int, state: State) -> None:
        self._states[at] = state
        old = [i for i in self._states if i < self.at - RECENT or i > self.at + RECENT]
        if len(old) <= OLDER:
            return
        while len([i for i in old if i % self._every == 0]) > OLDER // 2:
            self._every *= 2
        for i in old:
            if i % self._every:
                del self._states[i]

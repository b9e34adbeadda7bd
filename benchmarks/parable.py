"""The parable's engine: beside Mesa in the two settings of the published comparison, and alone.

Both play the same model: 20 rounds, in each of which everybody, in an order drawn by lot, moves to an empty
cell drawn by lot unless enough neighbours are alike.
"""

import gc
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction
from tempfile import TemporaryDirectory

import mesa
import numpy as np
from mesa.discrete_space import CellAgent, OrthogonalMooreGrid
from timing import Found, Row, findings, machine, seconds, table, work

from segkit.schelling import Board

ROUNDS = 20


@dataclass(frozen=True)
class AtLeast:
    """Content with so many neighbours alike, however many there are."""

    least: int

    def content(self, same: int, neighbours: int) -> bool:
        return same >= self.least


@dataclass(frozen=True)
class Setting:
    name: str
    side: int
    agents: int
    radius: int
    least: int

    def __str__(self):
        return (
            f"{self.name}: {self.side}×{self.side}, {self.agents:,} agents, radius {self.radius}, "
            f"at least {self.least} alike"
        )

    def board(self, seed: int) -> Board:
        full = Fraction(self.agents, self.side**2)
        return Board.random(self.side, full, seed=seed, wish=AtLeast(self.least), radius=self.radius)


SMALL = Setting("small", 40, 1000, 1, 3)
LARGE = Setting("large", 100, 8000, 2, 8)


# --- the same model in Mesa


class Neighbour(CellAgent):
    """An agent of Mesa's discrete space, whose cells remember their neighbourhoods."""

    def __init__(self, model, cell, kind: int):
        super().__init__(model)
        self.cell, self.kind = cell, kind

    def alike(self) -> int:
        kind, alike = self.kind, 0
        for other in self.cell.get_neighborhood(radius=self.model.radius).agents:
            if other.kind == kind:
                alike += 1
        return alike

    def step(self):
        if self.alike() < self.model.least:
            self.cell = self.model.grid.select_random_empty_cell()


class Town(mesa.Model):
    def __init__(self, setting: Setting, seed: int):
        super().__init__(seed=seed)
        self.radius, self.least = setting.radius, setting.least
        sides = setting.side, setting.side
        self.grid = OrthogonalMooreGrid(sides, torus=False, capacity=1, random=self.random)
        for k, cell in enumerate(self.random.sample(self.grid.all_cells.cells, setting.agents)):
            Neighbour(self, cell, k % 2)

    def step(self):
        self.agents.shuffle_do("step")

    def rounds(self, times: int):
        for _ in range(times):
            self.step()
        return self


# --- are they the same?


def outcome(setting: Setting, seeds) -> tuple[np.ndarray, np.ndarray]:
    """For each seed how alike neighbours are and how many are happy after the rounds, ours and Mesa's."""
    ours, theirs = [], []
    for seed in seeds:
        board = setting.board(seed).rounds(ROUNDS)
        ours.append((board.likes[0][board.cells > 0].mean(), 1 - board.unhappy.sum() / board.polygons))
        alike = np.array([agent.alike() for agent in Town(setting, seed).rounds(ROUNDS).agents])
        theirs.append((alike.mean(), (alike >= setting.least).mean()))
    return np.array(ours), np.array(theirs)


def agreement(setting: Setting, seeds) -> str:
    """A sentence that says that both play the same model; no times without it."""
    ours, theirs = outcome(setting, seeds)
    gap = abs(ours.mean(0) - theirs.mean(0))
    spread = np.sqrt((ours.var(0, ddof=1) + theirs.var(0, ddof=1)) / len(ours))
    if (gap > 4 * spread + 1e-3).any():
        raise AssertionError(f"not the same model: {setting}: ours {ours.mean(0)}, Mesa's {theirs.mean(0)}")
    (alike, happy), (mesas, mesas_happy) = ours.mean(0), theirs.mean(0)
    return (
        f"{setting.name}: after {ROUNDS} rounds {alike:.2f} neighbours alike (Mesa {mesas:.2f}) and "
        f"{happy:.2%} happy (Mesa {mesas_happy:.2%}), means of {len(ours)} seeds."
    )


# --- times


def beside_mesa(setting: Setting, compiled: bool, times: int):
    """Two lines, the rounds alone and with the making of board or model: the best of several, in turns."""
    setting.board(0).rounds(1, compiled=compiled)  # the compiler is not counted
    alone, whole = ([], []), ([], [])
    for seed in range(times):
        gc.collect()
        town = []
        made = work(lambda seed=seed, town=town: town.append(Town(setting, seed)))
        took = work(lambda town=town: town[0].rounds(ROUNDS))
        alone[1].append(took)
        whole[1].append(made + took)
        for again in range(5 if compiled else 1):
            board = setting.board(100 * seed + again)
            alone[0].append(work(lambda board=board: board.rounds(ROUNDS, compiled=compiled)))
            whole[0].append(
                work(lambda seed=100 * seed + again: setting.board(seed).rounds(ROUNDS, compiled=compiled))
            )
    target = 150 if compiled else None
    for (ours, theirs), what in ((alone, "20 rounds"), (whole, "made, and 20 rounds")):
        note = "compiled" if compiled else "plain Python"
        yield Row(f"{setting}; {what}", min(ours), min(theirs), target, note)


def whole_runs(quick: bool):
    """From a random board to a settled one: wish 1/3, four of five cells full."""
    for side, compiled, times in (
        (20, False, 50),
        (50, False, 20),
        (200, False, 5),
        (20, True, 50),
        (50, True, 50),
        (200, True, 10),
        (1000, True, 3),
    ):
        if quick and side > 50:
            continue
        Board.random(side, 0.8).run(most=1, compiled=compiled)
        took, moves = zip(*(one_run(side, seed, compiled) for seed in range(times)), strict=True)
        note = f"{statistics.median(moves):,.0f} moves; {'compiled' if compiled else 'plain Python'}"
        yield Found(f"{side}×{side}", 1000 * statistics.median(took), "ms", note=note)


def one_run(side: int, seed: int, compiled: bool) -> tuple[float, int]:
    """How long a board took to settle, and after how many moves."""
    board, runs = Board.random(side, 0.8, seed=seed), []
    took = work(lambda: runs.append(board.run(most=10**7, compiled=compiled)))
    assert runs[0].settled
    return took, len(runs[0])


SWEEP = (
    "import segkit as sk; "
    "sk.sweep(least=('0.2', '0.3', '0.4', '0.5', '0.6'), full=('0.6', '0.7', '0.8', '0.9'), {settings})"
)
SWEPT = "10,000 boards of 20×20, 5 wishes × 4 shares of cells occupied × 500"


def sweeps(quick: bool):
    """Ten thousand runs: again in a session, first in a session, and first on a machine."""
    settings = "repeats=500, seed=2" if not quick else "repeats=2, cores=1"
    exec(SWEEP.format(settings=settings))  # as a reader writes it; the first is not counted
    again = [seconds(lambda: exec(SWEEP.format(settings=settings))) for _ in range(1 if quick else 5)]
    yield Found(SWEPT, min(again), "s", 2, note="again in a session, best of 5")
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-c", SWEEP.format(settings=settings)]
        fresh = os.environ | {"NUMBA_CACHE_DIR": folder}
        first, second = (seconds(lambda: subprocess.run(command, check=True, env=fresh)) for _ in range(2))
    yield Found(SWEPT, second, "s", note="first in a session, Python's start included")
    yield Found(SWEPT, first, "s", note="first on a machine: the compiler works first, once")


def parable(quick: bool) -> list[str]:
    seeds, times = (range(3), 1) if quick else (range(12), 7)
    same = [agreement(setting, seeds) for setting in (SMALL, LARGE)[: 1 if quick else 2]]
    rows = [
        row
        for compiled in (True, False)
        for setting in (SMALL, LARGE)
        for row in beside_mesa(setting, compiled, times)
    ]
    return [
        *table(rows, "Schelling's model", "segkit", "Mesa"),
        "",
        "Processor time, the best of several; both use one core. Both do the same: " + " ".join(same),
        "",
        *findings(whole_runs(quick), "From a random board to a settled one, every move written down"),
        "",
        *findings(sweeps(quick), "Sweeps, on all cores"),
        "",
        machine("numpy", "numba", "joblib", "mesa"),
    ]

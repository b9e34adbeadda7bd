"""A map of what does not exist: neighbourhoods that share their borders exactly, and schools inside them.

The land is a sheet of small hexagons. Each belongs to the neighbourhood whose middle is nearest, seen through
a sheet of uneven glass so that no border is straight. At a corner of hexagons never more than three meet:
whatever the neighbourhoods are made of, their outlines cannot touch themselves. Then every corner is moved a
little, once for all who share it. Whole numbers only, in hundred-thousandths of a degree.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from segkit.samples.recipe import Recipe

MAP, SITES = 11, 12  # streams of their own: the map does not move with the children
SEA = -1
# East and north of a hexagon's middle, counter-clockwise: in half widths and quarter heights.
CORNERS = ((1, 1), (0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1))
ACROSS = ((1, 3), (-1, 3), (-2, 0), (-1, -3), (1, -3), (2, 0))  # the neighbour beyond each side


class Sheet(NamedTuple):
    """The land as hexagons: where their middles are, and to which neighbourhood each belongs."""

    zone: dict[tuple[int, int], int]  # middle (in half widths and quarter heights) -> neighbourhood
    wide: int  # half a width, in hundred-thousandths of a degree
    high: int  # a quarter of a height

    def at(self, cell: tuple[int, int]) -> tuple[int, int]:
        """North and east of the town's corner."""
        return cell[1] * self.high, cell[0] * self.wide


def sheet(recipe: Recipe, seed: int) -> Sheet:
    """The land in hexagons, each given to a neighbourhood; every neighbourhood in one piece."""
    wide, high = recipe.grain * 26 // 30, recipe.grain // 2
    land = np.array(recipe.land)
    (south, west), (north, east) = land.min(axis=0), land.max(axis=0)
    columns = np.arange(west // wide, east // wide + 1)
    rows = np.arange(south // (3 * high), north // (3 * high) + 1)
    x, y = (flat.ravel() for flat in np.meshgrid(columns, rows))
    row = y
    keep = (x + row) % 2 == 0
    x, y = x[keep], 3 * row[keep]
    inside = _inside(land, y * high, x * wide)
    x, y = x[inside], y[inside]
    seen = _through_glass(recipe, seed, y * high, x * wide)
    middles = np.array([zone.at for zone in recipe.zones])
    apart = ((seen[:, None, :] - middles) ** 2).sum(axis=2)
    cells = dict(zip(zip(x.tolist(), y.tolist(), strict=True), apart.argmin(axis=1).tolist(), strict=True))
    return Sheet(_in_one_piece(cells, recipe, wide, high), wide, high)


def outlines(recipe: Recipe, seed: int, land: Sheet) -> list[dict]:
    """The outline of each neighbourhood as GeoJSON has it: longitude first, counter-clockwise."""
    sides = [{} for _ in recipe.zones]  # neighbourhood -> corner -> next corner
    joined: dict[tuple[int, int], set] = {}
    for (x, y), zone in land.zone.items():
        for side, (over, up) in enumerate(ACROSS):
            if land.zone.get((x + over, y + up), SEA) != zone:
                (x1, y1), (x2, y2) = CORNERS[side], CORNERS[(side + 1) % 6]
                start, end = (x + x1, y + y1), (x + x2, y + y2)
                sides[zone][start] = end
                joined.setdefault(start, set()).add(end)
                joined.setdefault(end, set()).add(start)
    where = _smooth(_shaken(joined, recipe, seed, land), joined)

    def degrees(corner):
        east, north = where[corner]
        return [(recipe.corner[1] + east) / 100000, (recipe.corner[0] + north) / 100000]

    return [
        {"type": "Polygon", "coordinates": [[degrees(one) for one in ring] for ring in _rings(side, where)]}
        for side in sides
    ]


def sites(recipe: Recipe, seed: int, land: Sheet) -> list[tuple[float, float]]:
    """Latitude and longitude of each school: well inside its neighbourhood, and not on another school."""
    rng = np.random.Generator(np.random.PCG64([seed, SITES]))
    names = [zone.name for zone in recipe.zones]
    within = [[] for _ in names]
    for cell, zone in land.zone.items():
        if all(land.zone.get((cell[0] + x, cell[1] + y), SEA) == zone for x, y in ACROSS):
            within[zone].append(land.at(cell))
    taken: list[tuple[int, int]] = []
    for school in recipe.schools:
        zone = names.index(school.zone)
        # of a few places, one that is free and lies towards the middle, where people live
        some = [within[zone][i] for i in rng.integers(0, len(within[zone]), size=12).tolist()]
        room = {one: min((_square(one, other) for other in taken), default=0) for one in some}
        free = [one for one in some if not taken or room[one] > (5 * recipe.grain) ** 2]
        free = free[:3] or [max(some, key=room.get)]
        north, east = min(free, key=lambda one: _square(one, recipe.zones[zone].at))
        step = recipe.grain // 4
        north, east = (at + int(rng.integers(-step, step + 1)) for at in (north, east))
        taken.append((north, east))
    return [((recipe.corner[0] + n) / 100000, (recipe.corner[1] + e) / 100000) for n, e in taken]


def _square(one, other) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _inside(land: np.ndarray, north: np.ndarray, east: np.ndarray) -> np.ndarray:
    """Is a point inside the outline? It is where a line from it crosses that an odd number of times."""
    odd = np.zeros(len(north), dtype=bool)
    for (n1, e1), (n2, e2) in zip(land, np.roll(land, -1, axis=0), strict=True):
        between = (n1 > north) != (n2 > north)
        left = (east - e1) * (n2 - n1) - (e2 - e1) * (north - n1)  # its sign says on which side
        odd ^= between & ((left < 0) == (n2 > n1))
    return odd


def _through_glass(recipe: Recipe, seed: int, north: np.ndarray, east: np.ndarray) -> np.ndarray:
    """Where each point seems to be: moved by what four corners of a coarse grid say, the nearer the more."""
    rng = np.random.Generator(np.random.PCG64([seed, MAP]))
    span = 9 * recipe.grain
    n, e = north - north.min(), east - east.min()
    size, most = (n.max() // span + 2, e.max() // span + 2, 2), 3 * recipe.grain
    moved = rng.integers(-most, most + 1, size=size)
    (row, up), (column, over) = np.divmod(n, span), np.divmod(e, span)
    up, over = up[:, None], over[:, None]
    low = moved[row, column] * (span - over) + moved[row, column + 1] * over
    top = moved[row + 1, column] * (span - over) + moved[row + 1, column + 1] * over
    return np.stack([north, east], axis=1) + (low * (span - up) + top * up) // span**2


def _in_one_piece(cells: dict, recipe: Recipe, wide: int, high: int) -> dict:
    """Whatever of a neighbourhood is cut off from its middle goes to a neighbour; islets sink."""
    kept: dict[tuple[int, int], int] = {}
    for number, zone in enumerate(recipe.zones):
        own = [cell for cell, of in cells.items() if of == number]
        start = min(own, key=lambda cell: (_square((cell[1] * high, cell[0] * wide), zone.at), cell))
        reached, edge = {start}, [start]
        while edge:
            x, y = edge.pop()
            near = [(x + over, y + up) for over, up in ACROSS]
            new = [cell for cell in near if cells.get(cell) == number and cell not in reached]
            reached.update(new)
            edge += new
        kept |= dict.fromkeys(reached, number)
    left = sorted(set(cells) - set(kept))
    while left:
        found = {}
        for x, y in left:
            near = [kept[cell] for over, up in ACROSS if (cell := (x + over, y + up)) in kept]
            if near:
                found[x, y] = min(near)
        if not found:
            break
        kept |= found
        left = [cell for cell in left if cell not in found]
    return dict(sorted(kept.items()))


def _shaken(joined: dict, recipe: Recipe, seed: int, land: Sheet) -> dict:
    """Where each corner lies, east and north: moved by up to a third of a side."""
    rng = np.random.Generator(np.random.PCG64([seed, MAP, 1]))
    corners = sorted(joined)
    most = recipe.grain // 3
    shake = rng.integers(-most, most + 1, size=(len(corners), 2)).tolist()
    return {
        (x, y): (x * land.wide + east, y * land.high + north)
        for (x, y), (east, north) in zip(corners, shake, strict=True)
    }


def _smooth(where: dict, joined: dict, times: int = 2) -> dict:
    """Every corner between two others moves halfway to the middle of them; where three borders meet, none."""
    for _ in range(times):
        where = {
            corner: at
            if len(joined[corner]) != 2
            else tuple(
                (2 * own + one + other) // 4
                for own, one, other in zip(at, *(where[next_to] for next_to in joined[corner]), strict=True)
            )
            for corner, at in where.items()
        }
    return where


def _rings(sides: dict, where: dict) -> list[list]:
    """The sides of a neighbourhood as closed rings, the outer one first."""
    left, rings = dict(sides), []
    while left:
        start = min(left)
        ring = [start]
        while ring[-1] != start or len(ring) == 1:
            ring.append(left.pop(ring[-1]))
        rings.append(ring)
    return sorted(rings, key=lambda ring: -abs(_area(ring, where)))


def _area(ring: list, where: dict) -> int:
    points = [where[corner] for corner in ring]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False))

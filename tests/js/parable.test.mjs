// The pure helpers of the board of polygons, with bare node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../../segkit/widgets/parable.js", import.meta.url));
const {
  apart, borders, bound, bytes, carried, crowd, eased, figures, fill, holding, hop, next, NOTHING, numbers, placeOf, reach, repeats, sides, speedAt,
  speeds, story, stretches, stride, ticks,
} = await import("data:text/javascript;base64," + source.toString("base64"));

// a table of faces as Python sends it: content from a third on, bored where all are alike, content alone
function wish(num, den) {
  const table = new Uint8Array(162);
  for (let kind = 0; kind < 2; kind++)
    for (let all = 0; all <= 8; all++)
      for (let same = 0; same <= all; same++)
        table[kind * 81 + all * 9 + same] = all && same * den < num * all ? 1 : all && same === all ? 3 : 2;
  return table;
}
const THIRD = wish(1, 3);
const chance = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;

/** The faces counted afresh, without any of the crowd's shortcuts. */
function recount(cells, rows, columns, torus, table) {
  return Array.from(cells, (kind, k) => {
    if (!kind) return 0;
    let all = 0, same = 0;
    for (let dr = -1; dr <= 1; dr++)
      for (let dc = -1; dc <= 1; dc++) {
        let r = Math.floor(k / columns) + dr, c = (k % columns) + dc;
        if (torus) (r = (r + rows) % rows), (c = (c + columns) % columns);
        if ((!dr && !dc) || r < 0 || c < 0 || r >= rows || c >= columns || !cells[r * columns + c]) continue;
        all++;
        same += cells[r * columns + c] === kind;
      }
    return table[(kind - 1) * 81 + all * 9 + same];
  });
}

for (const [rows, columns, torus] of [[7, 5, false], [6, 8, true], [1, 8, false], [3, 3, true], [2, 2, false]])
  test(`after a thousand exchanges every face is as counted afresh (${rows} × ${columns}${torus ? ", a torus" : ""})`, () => {
    const draw = chance(rows * 100 + columns);
    const world = crowd(rows, columns, torus, THIRD);
    const start = Array.from({ length: rows * columns }, () => Math.floor(draw() * 3));
    world.load(start);
    for (let k = 0; k < 1000; k++) {
      world.exchange(Math.floor(draw() * world.size), Math.floor(draw() * world.size));
      if (k % 50 === 0 || k === 999) assert.deepEqual([...world.faces], recount(world.cells, rows, columns, torus, THIRD));
    }
    assert.equal(world.unhappy, world.faces.filter((face) => face === 1).length);
    assert.deepEqual([...world.cells].sort(), start.sort());
  });

test("an exchange made twice takes itself back", () => {
  const world = crowd(2, 4, false, THIRD);
  world.load([1, 2, 0, 1, 2, 2, 1, 0]);
  const before = [[...world.cells], [...world.faces], world.unhappy];
  world.exchange(0, 7);
  world.exchange(7, 0);
  assert.deepEqual([[...world.cells], [...world.faces], world.unhappy], before);
});

test("the face shown while one is carried is the face it has when dropped", () => {
  const draw = chance(9);
  const world = crowd(6, 6, false, THIRD);
  world.load(Array.from({ length: 36 }, () => Math.floor(draw() * 3)));
  for (let from = 0; from < 36; from++)
    for (let to = 0; to < 36; to++) {
      if (!world.cells[from] || world.cells[to]) continue;
      const promised = world.visit(to, world.cells[from], from).face;
      world.exchange(from, to);
      assert.equal(world.faces[to], promised);
      world.exchange(to, from);
    }
});

test("only what changed is drawn anew, and once", () => {
  const world = crowd(10, 10, false, THIRD);
  world.load(new Array(100).fill(1));
  let drawn = [];
  world.clean((k) => drawn.push(k));
  assert.equal(drawn.length, 100);
  world.load([...new Array(50).fill(1), ...new Array(50).fill(0)]);
  world.clean(() => {});
  drawn = [];
  world.exchange(0, 99);
  world.exchange(1, 98);
  world.clean((k) => drawn.push(k));
  assert.equal(new Set(drawn).size, drawn.length);
  assert.ok([0, 1, 98, 99].every((k) => drawn.includes(k)) && drawn.length <= 36);
});

test("another wish gives other faces on the same cells", () => {
  const world = crowd(1, 3, false, THIRD);
  world.load([1, 1, 2]);
  assert.deepEqual([...world.faces], [3, 2, 1]);
  world.wish(wish(0, 1));
  assert.deepEqual([...world.faces], [3, 2, 2]);
  assert.equal(world.unhappy, 0);
});

test("a wish holds from its step on", () => {
  assert.deepEqual([0, 4, 5, 6, 9].map((step) => holding([0, 5, 7], step)), [0, 0, 1, 1, 2]);
});

test("a story grows, is cut and goes on without losing a step", () => {
  const tale = story(2);
  tale.begin(Uint16Array.of(1, 2, 3, 4), Uint16Array.of(9, 8, 7), Int16Array.of(10, 11, 20, 21, 30, 31));
  assert.deepEqual([tale.count, tale.start(1), tale.end(1), tale.unhappy(0), tale.unhappy(2), tale.value(2, 1)], [2, 3, 4, 9, 7, 31]);
  const many = 5000;
  tale.append(new Uint16Array(2 * many).fill(6), new Uint16Array(many).fill(5), new Int16Array(2 * many).fill(NOTHING));
  assert.deepEqual([tale.count, tale.start(0), tale.end(many), tale.value(many, 0), tale.value(1, 0)], [many + 2, 1, 6, NOTHING, 20]);
  assert.ok(tale.room < 4 * many);
  tale.cut(1);
  tale.push(7, 0, 3);
  assert.deepEqual([tale.count, tale.start(1), tale.end(1), tale.unhappy(2), tale.value(2, 0)], [2, 7, 0, 3, 20]);
});

test("numbers are read wherever their bytes lie", () => {
  const bytes = new Uint8Array(1 + 4);
  bytes.set(new Uint8Array(Uint16Array.of(7, 300).buffer), 1);
  assert.deepEqual([...numbers(new DataView(bytes.buffer, 1), Uint16Array)], [7, 300]);
  assert.equal(numbers(undefined, Uint16Array).length, 0);
});

test("numbers are written with two decimals, a proper minus and commas, as each language writes them", () => {
  const { whole, tenths, written } = figures("en");
  assert.deepEqual([5000, -1234, -20, NOTHING].map((v) => written(v)), ["0.50", "−0.12", "0.00", "–"]);
  assert.deepEqual([7, 1234, 1234567].map((v) => whole(v)), ["7", "1,234", "1,234,567"]);
  assert.deepEqual([-0.2, 0, 0.6, 1].map((v) => tenths(v)), ["−0.2", "0", "0.6", "1"]);
  const it = figures("it", "−", "–");
  assert.deepEqual([it.written(-1234), it.whole(1234), it.tenths(0.2)], ["−0,12", "1.234", "0,2"]);
  assert.equal(figures("es").whole(1234), "1.234"); // as Python writes it, though Spanish often leaves the point out
});

test("a colour is a pixel as it lies in memory: alpha, blue, green, red", () => {
  assert.equal(bytes("#D55E00"), 0xff005ed5);
});

test("a sentence keeps the blanks it has no value for", () => {
  assert.equal(fill("{kind}: {face} {other}", { kind: "Triangle", face: "$&" }), "Triangle: $& {other}");
});

test("a usual run lasts about six seconds whatever the board, and the slider gives back its speed", () => {
  assert.equal(speeds(400).usual, 20); // 120 moves or so
  assert.equal(speeds(40_000).usual, 2000); // 12,000 or so
  for (const size of [9, 400, 40_000]) {
    const range = speeds(size);
    assert.ok(Math.abs(speedAt(placeOf(range.usual, range), range) / range.usual - 1) < 0.06);
    assert.deepEqual([speedAt(0, range), Math.abs(speedAt(100, range) / range.high - 1) < 0.06], [range.low, true]);
  }
});

test("a hop is seen at a walking pace and left out where the eye cannot follow", () => {
  assert.equal(hop(4), 380);
  assert.ok(hop(20) > 300 && hop(100) >= 70 && hop(1000) === 0);
});

test("the axis reaches beyond the moves and its numbers are round", () => {
  assert.deepEqual([0, 20, 21, 101, 350].map((moves) => reach(moves)), [20, 20, 40, 200, 400]);
  assert.deepEqual(ticks(100), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(ticks(5), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(ticks(2), [0, 1, 2]);
});

test("a long line keeps the same points while it grows", () => {
  assert.deepEqual([10, 100, 101, 399].map((points) => stride(points, 100)), [1, 1, 2, 4]);
});

test("borders run where the units meet, in one piece each", () => {
  const labels = [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3];
  assert.deepEqual(borders(labels, 4, 4), [[2, 0, 2, 4], [0, 2, 4, 2]]);
  assert.deepEqual(borders([0, 0, 0, 0], 2, 2), []);
});

test("the next unhappy one is found round the board, and nobody where there is nobody", () => {
  const faces = [1, 2, 2, 1];
  assert.equal(next(0, 4, (k) => faces[k] === 1), 3);
  assert.equal(next(3, 4, (k) => faces[k] === 1), 0);
  assert.equal(next(0, 4, () => false), -1);
});

test("arrows stop at the walls, Home and End go to the ends of the row", () => {
  assert.equal(carried("ArrowRight", 5, 2, 3), 5);
  assert.equal(carried("ArrowUp", 4, 2, 3), 1);
  assert.deepEqual([carried("Home", 4, 2, 3), carried("End", 4, 2, 3), carried("End", 0, 2, 3, true)], [3, 5, 5]);
  assert.equal(carried("a", 4, 2, 3), null);
});

test("what surrounds a cell is read from above left, and beyond a wall there is nothing", () => {
  assert.deepEqual(sides(5, 3, 4, false), [0, 1, 2, 4, 6, 8, 9, 10]);
  assert.deepEqual(sides(0, 3, 4, false), [-1, -1, -1, -1, 1, -1, 4, 5]);
  assert.deepEqual(sides(0, 3, 4, true), [11, 8, 9, 3, 1, 7, 4, 5]);
});

test("a row is read in stretches of the same", () => {
  assert.deepEqual(stretches(["a", "a", "b", "a"]), [[0, 1, "a"], [2, 2, "b"], [3, 3, "a"]]);
  assert.deepEqual(stretches([]), []);
});

test("a number is not parted from its per cent sign", () => {
  assert.equal(bound("from 10 % to 90 % alike"), "from 10\u00a0% to 90\u00a0% alike");
});

test("labels that would lie on one another are moved apart", () => {
  const moved = apart([50, 51, 49], 10, 0, 100).sort((a, b) => a - b);
  assert.ok(moved[1] - moved[0] >= 10 && moved[2] - moved[1] >= 10);
});

test("easing begins at rest and ends there", () => {
  assert.deepEqual([eased(0), eased(0.5), eased(1)], [0, 0.5, 1]);
});

test("a title is not said twice, and no title is nobody's", () => {
  assert.equal(repeats("A board of polygons¶", "A board of polygons"), true);
  assert.equal(repeats("Anything", ""), false);
});

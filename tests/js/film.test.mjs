// The pure helpers of the films and the questions, with bare node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const load = (name) =>
  import("data:text/javascript;base64," + readFileSync(new URL(`../../segkit/widgets/${name}.js`, import.meta.url)).toString("base64"));
const film = await load("film");
const quiz = await load("quiz");

const view = (Kind, list, shift = 0) => {
  const bytes = new Uint8Array(Kind.from(list).buffer);
  const shifted = new Uint8Array(bytes.length + shift);
  shifted.set(bytes, shift);
  return new DataView(shifted.buffer, shift);
};

test("a score is unpacked wherever its bytes lie", () => {
  for (const shift of [0, 1, 3]) {
    const data = film.unpack(
      view(Uint16Array, [2, 1], shift),
      view(Uint16Array, [1, 2, 3, 4, 5, 6], shift),
      view(Float32Array, [0, 0.5, 1, 0.25], shift),
      2,
    );
    assert.equal(data.steps, 2);
    assert.deepEqual(data.table(0), { focal: [1, 3], size: [2, 4] });
    assert.deepEqual(data.table(1), { focal: [5], size: [6] });
    assert.deepEqual(data.lines.map((line) => [...line]), [[0, 0.5], [1, 0.25]]);
  }
});

test("large counts travel in four bytes", () => {
  const data = film.unpack(view(Uint16Array, [1]), view(Uint32Array, [70000, 90000]), view(Float32Array, [1]), 1);
  assert.deepEqual(data.table(0), { focal: [70000], size: [90000] });
});

test("bars are as wide as their pupils and fill the width", () => {
  const list = film.bars({ focal: [10, 0, 5], size: [10, 0, 30] }, 404);
  assert.equal(list.length, 2);
  const [a, b] = list;
  assert.equal(a[0], 0);
  assert.ok(Math.abs(b[1] / a[1] - 3) < 1e-9);
  assert.ok(Math.abs(b[0] + b[1] - 404) < 1e-9);
  assert.equal(a[2], 1);
  assert.ok(Math.abs(b[2] - 1 / 6) < 1e-12);
});

test("six hundred bars have no room for gaps", () => {
  const size = Array(600).fill(4), focal = Array(600).fill(1);
  const list = film.bars({ focal, size }, 480);
  assert.ok(Math.abs(list[599][0] + list[599][1] - 480) < 1e-6);
  assert.ok(Math.abs(list[1][0] - list[0][1]) < 1e-9);
});

test("an empty town has no bars", () => assert.deepEqual(film.bars({ focal: [0], size: [0] }, 100), []));

test("a tile's area is its pupils, and it sits in the middle of its lot", () => {
  const list = film.squares({ focal: [100, 0, 25, 0], size: [100, 25, 100, 0] }, 2, 200, 100);
  assert.equal(list[0][2], 90);
  assert.equal(list[1][2], 45);
  assert.deepEqual(list[1].slice(0, 2), [127.5, 27.5]);
  assert.deepEqual(list[2], [5, 105, 90, 0.25]);
  assert.equal(list[3][2], 0);
});

test("a shelf is unpacked with which of its units are counted and how large they ever are", () => {
  const shelf = film.shelved(view(Uint16Array, [1, 4, 2, 6, 1, 9, 2, 3], 1), view(Uint8Array, [1, 0, 1, 1], 1), 2);
  assert.deepEqual(shelf.most, [9, 6]);
  assert.deepEqual(shelf.table(0), [{ focal: 1, size: 4, counted: true }, { focal: 2, size: 6, counted: false }]);
  assert.deepEqual(shelf.table(1)[1], { focal: 2, size: 3, counted: true });
  const large = film.shelved(view(Uint32Array, [7, 70000]), view(Uint8Array, [1]), 1);
  assert.deepEqual(large.table(0), [{ focal: 7, size: 70000, counted: true }]);
});

test("columns have room for the fullest of their shelves and fill the width", () => {
  const shelves = [{ columns: [2, 1], most: [10, 20, 30] }, { columns: [1, 1], most: [10, 60] }];
  const { columns, pupil } = film.rack(shelves, 190, 10);
  assert.equal(pupil, 2);
  assert.deepEqual(columns, [[0, 60], [70, 120]]);
});

test("the units of a shelf stand side by side in the middle of their column", () => {
  const places = { columns: [[0, 60], [70, 120]], pupil: 2 };
  assert.deepEqual(film.stood([10, 10, 30], [2, 1], places), [[10, 20], [30, 20], [100, 60]]);
});

test("no pupils, no width", () => assert.equal(film.rack([{ columns: [1], most: [0] }], 100, 5).pupil, 0));

test("a histogram is cut in two at the line, and so is the box it falls in", () => {
  const { below, above } = film.cutBoxes([0, 10, 20, 30], [5, 8, 2], 14);
  assert.deepEqual(below, [[0, 10, 5], [10, 14, 8]]);
  assert.deepEqual(above, [[14, 20, 8], [20, 30, 2]]);
  assert.deepEqual(film.cutBoxes([0, 10], [3], 10).above, []);
});

test("numbers under a chart leave one out rather than touch, and keep the last", () => {
  const ticks = [[0, ["aaaa"]], [1, ["aaaa"]], [2, ["aaaa"]], [3, ["aaaa"]]];
  const kept = (gap) => film.roomy(ticks, (at) => at * gap, 10).map(([at]) => at);
  assert.deepEqual(kept(30), [0, 1, 2, 3]);
  assert.deepEqual(kept(15), [0, 3]);
  assert.deepEqual(kept(1), [0]);
});

test("a line is drawn as far as the reader has been", () => {
  const x = film.scale(0, 2, 0, 20), y = film.scale(0, 1, 10, 0);
  assert.equal(film.trace([0, 0.5, 1], 1, x, y), "M0.00 10.00L10.00 5.00");
});

test("a scale of nothing lands on its start", () => assert.equal(film.scale(0, 0, 5, 9)(0), 5));

test("labels move apart, keep their order and stay on the chart", () => {
  const out = film.apart([50, 50, 52, 99], 16, 0, 100);
  const sorted = [...out].sort((a, b) => a - b);
  for (let k = 1; k < sorted.length; k++) assert.ok(sorted[k] - sorted[k - 1] >= 16 - 1e-9);
  assert.ok(sorted[0] >= 0 && sorted[3] <= 100);
  assert.ok(out[3] === Math.max(...out));
});

test("labels that are far apart stay where they are", () => assert.deepEqual(film.apart([10, 90], 16, 0, 100), [10, 90]));

test("a film plays from where it stands to its end and no further", () => {
  assert.equal(film.reached(0, 0, 8, 101), 0);
  assert.equal(film.reached(0, 4000, 8, 101), 50);
  assert.equal(film.reached(90, 4000, 8, 101), 100);
  assert.equal(film.reached(0, 5000, 8, 1), 0);
});

test("a text of Japan is as wide as its letters are high", () => {
  assert.equal(film.reach("abcd"), 4 * 0.56);
  assert.equal(film.reach("日本2"), 2.56);
});

test("with less motion a film is a few stills that end at the end", () => {
  assert.deepEqual(film.stills(0, 101), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(film.stills(1, 3), [1, 2]);
  assert.deepEqual(film.stills(2, 3), [2]);
});

test("a page's heading says a title when it begins with it", () => {
  assert.ok(film.repeats(" Evenness: does every place mirror the whole?¶", "Evenness"));
  assert.ok(!film.repeats("The evenness", "Evenness") && !film.repeats("", "Evenness"));
});

test("a choice is right, wrong or not yet picked", () => {
  const tried = [[2, false], [0, true]];
  assert.deepEqual([0, 1, 2].map((k) => quiz.fate(k, tried)), ["right", "", "wrong"]);
});

test("a mark never leaves its scale", () => {
  assert.deepEqual([quiz.along(-5, 100), quiz.along(25, 100), quiz.along(500, 100), quiz.along(1, 0)], [0, 25, 100, 0]);
});

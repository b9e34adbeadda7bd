// The pure helpers of the heat map, with bare node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../../segkit/widgets/tipping.js", import.meta.url));
const map = await import("data:text/javascript;base64," + source.toString("base64"));

test("colours go from dark blue to yellow, each step lighter, and never beyond", () => {
  assert.deepEqual(map.colour(0), [0, 34, 78]);
  assert.deepEqual(map.colour(1), [254, 232, 56]);
  assert.deepEqual(map.colour(-3), map.colour(0));
  assert.deepEqual(map.colour(7), map.colour(1));
  const bright = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  for (let k = 1; k <= 50; k++) assert.ok(bright(map.colour(k / 50)) > bright(map.colour((k - 1) / 50)));
});

test("a number can be read on every colour", () => {
  const linear = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const bright = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  for (let k = 0; k <= 100; k++) {
    const rgb = map.colour(k / 100), ink = map.light(rgb) ? bright([27, 27, 27]) : 1;
    const [a, b] = [bright(rgb), ink].sort((x, y) => y - x);
    assert.ok((a + 0.05) / (b + 0.05) > 3.9, `place ${k / 100}`);
  }
});

test("settings are counted column by column, and back", () => {
  for (let r = 0; r < 4; r++) for (let c = 0; c < 3; c++) assert.deepEqual(map.placeOf(map.settingAt(r, c, 4), 4), [r, c]);
  assert.equal(map.settingAt(1, 2, 4), 9);
});

test("a cell that has not been played borrows the colour of its coarse neighbour", () => {
  const played = new Set([[0, 0], [2, 2], [4, 4]].map(([r, c]) => map.settingAt(r, c, 8)));
  const from = (r, c) => map.standIn(r, c, 8, (k) => played.has(k));
  assert.equal(from(3, 3), map.settingAt(2, 2, 8));
  assert.equal(from(1, 3), map.settingAt(0, 0, 8));
  assert.equal(from(5, 7), map.settingAt(4, 4, 8));
  assert.equal(from(7, 1), null);
});

test("keys lead to neighbours and ends, and never off the map", () => {
  assert.deepEqual(map.goes("ArrowUp", 0, 3, 5, 6), [0, 3]);
  assert.deepEqual(map.goes("ArrowDown", 4, 3, 5, 6), [4, 3]);
  assert.deepEqual(map.goes("ArrowRight", 2, 5, 5, 6), [2, 5]);
  assert.deepEqual(map.goes("ArrowLeft", 2, 5, 5, 6), [2, 4]);
  assert.deepEqual(map.goes("End", 2, 1, 5, 6), [2, 5]);
  assert.deepEqual(map.goes("PageDown", 2, 1, 5, 6), [4, 1]);
  assert.equal(map.goes("a", 2, 1, 5, 6), null);
});

test("a template keeps what it has no value for", () => {
  assert.equal(map.fill("Wish {least}, {unknown}", { least: "1/3" }), "Wish 1/3, {unknown}");
});

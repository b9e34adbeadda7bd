// The pure helpers of the studio, with bare node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../../segkit/widgets/studio.js", import.meta.url));
const { along, broken, fill, freeSpot, inside, isBlock, nextCell, numberIn, outline, reach, remember, score, shadeOf, shape, stepped, towards, undoKey } =
  await import("data:text/javascript;base64," + source.toString("base64"));

const SQUARE = [[0, 0, 10, 0, 10, 10, 0, 10]];
const RING = [...SQUARE, [4, 4, 6, 4, 6, 6, 4, 6]]; // with a hole

test("a sentence keeps the blanks it has no value for, and a name cannot bring its own", () => {
  assert.equal(fill("{school}: {group} {other}", { school: "Old {group} Mill", group: "$&" }), "Old {group} Mill: $& {other}");
  assert.equal(fill(undefined, {}), "");
});

test("Enter and the arrows move as in a spreadsheet; only columns with a heading to type in lead above the first row", () => {
  const at = (key, more = {}) => nextCell({ key, shift: false, row: 1, column: 1, rows: 3, columns: 4, start: 0, end: 2, length: 2, ...more });
  assert.deepEqual(at("Enter"), { row: 2, column: 1 });
  assert.deepEqual(at("Enter", { shift: true }), { row: 0, column: 1 });
  assert.deepEqual(at("ArrowDown", { row: 2 }), { row: 2, column: 1 });
  assert.deepEqual(at("ArrowUp", { row: 0 }), { row: 0, column: 1 });
  assert.deepEqual(at("ArrowUp", { row: 0, top: -1 }), { row: -1, column: 1 });
  assert.deepEqual(at("ArrowLeft", { column: 0 }), { row: 1, column: 0 });
  assert.equal(at("ArrowRight", { start: 1, end: 1 }), null);
  assert.deepEqual(at("ArrowRight", { start: 2, end: 2 }), { row: 1, column: 2 });
  assert.equal(at("Tab"), null);
});

test("of several texts for one cell only the newest waits, and nothing else is dropped", () => {
  const typed = (text, group = "far", visit = "v:1") => ({ do: "edit", edits: [{ do: "count", school: "S1", group, text, visit }] });
  const dropped = (x) => ({ do: "edit", edits: [{ do: "move", school: "S1", x, y: 0 }] });
  let waiting = [];
  for (const message of [typed("1"), typed("12"), { do: "undo" }, typed("123"), typed("4", "near"), typed("5", "near", "v:2"), dropped(1), dropped(2)])
    waiting = remember(waiting, message);
  assert.deepEqual(waiting.map((m) => m.edits?.[0].text ?? m.edits?.[0].x ?? m.do), ["12", "undo", "123", "4", "5", 1, 2]);
});

test("a block is more than one cell; a single cell ends in at most a line break", () => {
  assert.deepEqual(["12\t30", "12\n30", "12\r\n", "Old Mill"].map(isBlock), [true, true, false, false]);
});

test("the keys of undo and redo, on every keyboard", () => {
  const key = (key, held) => undoKey({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  assert.equal(key("z", { ctrlKey: true }), "undo");
  assert.equal(key("Z", { metaKey: true, shiftKey: true }), "redo");
  assert.equal(key("y", { ctrlKey: true }), "redo");
  assert.equal(key("z", {}), null);
  assert.equal(key("z", { ctrlKey: true, altKey: true }), null);
});

test("a zone is drawn as it is given, and its holes are outside", () => {
  assert.equal(outline([[0, 0, 10, 0, 10, 5.25]]), "M0 0L10 0L10 5.3Z");
  assert.deepEqual(reach(RING), [0, 0, 10, 10]);
  assert.equal(inside(RING, 1, 1), true);
  assert.equal(inside(RING, 5, 5), false);
  assert.equal(inside(RING, 11, 5), false);
  assert.equal(inside(SQUARE, 5, 5), true);
});

function area(path) {
  const points = path.replace(/[MZ]/g, "").split("L").map((pair) => pair.split(" ").map(Number));
  return Math.abs(points.reduce((sum, [x, y], k) => { const [u, v] = points[(k + 1) % points.length]; return sum + x * v - u * y; }, 0)) / 2;
}

test("schools of one size have one area, whatever their shape", () => {
  for (const kind of [1, 2, 3, 4]) assert.ok(Math.abs(area(shape(kind, 100)) / (Math.PI * 100 ** 2) - 1) < 0.01, `kind ${kind}`);
  assert.ok(shape(0, 7).includes("A7 7"));
  assert.equal(shape(5, 7), shape(0, 7)); // more sectors than shapes: round again
});

test("an arrow leads to what lies that way, rather ahead than aside", () => {
  const points = [[0, 0], [10, 1], [4, 30], [-5, 0], null];
  assert.equal(towards(points, 0, "ArrowRight"), 1);
  assert.equal(towards(points, 0, "ArrowDown"), 2); // the one at 10, 1 is nearer, and not below
  assert.equal(towards(points, 0, "ArrowLeft"), 3);
  assert.equal(towards(points, 0, "ArrowUp"), -1);
  assert.equal(towards(points, 0, "Enter"), -1);
});

test("what is carried by key stays on the map, and goes further with Shift", () => {
  const map = { step: 5, far: 50, width: 100, height: 80 };
  assert.deepEqual(stepped({ key: "ArrowRight", shift: false, x: 10, y: 10, ...map }), { x: 15, y: 10 });
  assert.deepEqual(stepped({ key: "ArrowUp", shift: true, x: 10, y: 10, ...map }), { x: 10, y: 0 });
  assert.deepEqual(stepped({ key: "ArrowDown", shift: true, x: 10, y: 70, ...map }), { x: 10, y: 80 });
  assert.equal(stepped({ key: "a", shift: false, x: 1, y: 1, ...map }), null);
});

test("a score is read where it lies, even in the middle of a message", () => {
  const counts = new Uint32Array(2 * 2 * 2).map((_, k) => k), shares = Uint8Array.of(1, 2, 3, 255), classes = Int8Array.of(0, 1, 2, -1);
  const shifted = new Uint8Array(3 + counts.byteLength);
  shifted.set(new Uint8Array(counts.buffer), 3);
  const play = score({ key: "k", steps: 2, schools: ["A", "B"], groups: ["far", "near"], texts: ["a", "b"] },
    [new DataView(shifted.buffer, 3), new DataView(shares.buffer), new DataView(classes.buffer)]);
  assert.equal(play.count(1, play.row.get("B"), play.column.get("near")), 7);
  assert.deepEqual([play.percent(0, 1), play.percent(1, 1), play.shade(1, 1), play.texts[1]], [2, 255, -1, "b"]);
});

test("the first class is the palest and the last the darkest, however many there are; every one has its own pattern", () => {
  const looks = [0, 1, 2, 3, 4, 5].map((k) => shadeOf(k, 5));
  const light = ({ fill }) => parseInt(fill.slice(1, 3), 16) + parseInt(fill.slice(3, 5), 16) + parseInt(fill.slice(5, 7), 16);
  assert.deepEqual(looks.map(light), looks.map(light).sort((a, b) => b - a));
  assert.equal(new Set(looks.map((look) => look.mark)).size, 6);
  assert.equal(shadeOf(3, 3), looks[5]);
  assert.equal(new Set([0, 1, 2, 3].map((k) => shadeOf(k, 3))).size, 4);
  assert.equal(shadeOf(0, 0), looks[0]);
});

test("a value stands on its bar where it belongs, and what is no number stands nowhere", () => {
  assert.equal(along(0.25), 25);
  assert.equal(along(7, [0, 2]), 100);
  assert.equal(along(null), null);
  assert.deepEqual(["0.42", "−0.10", "+0.02", "0.41 to 0.44", "–", "about", null].map(numberIn), [0.42, -0.1, 0.02, 0.41, null, null, null]);
});

test("the name of a zone stands clear of its schools, and a narrow zone has none", () => {
  const zone = { rings: [[0, 0, 100, 0, 100, 100, 0, 100]], box: [0, 0, 100, 100], at: [50, 50] };
  assert.deepEqual(freeSpot(zone, [], 40, 10), [50, 50]);
  const [x, y] = freeSpot(zone, [{ x: 50, y: 47, r: 6 }], 40, 10);
  assert.ok(Math.abs(y - 3.5 - 47) >= 11 || Math.abs(x - 50) >= 26);
  assert.equal(freeSpot(zone, [], 120, 10), null);
});

test("a sentence is broken between its words", () => {
  assert.deepEqual(broken("one two three four", 9), ["one two", "three", "four"]);
  assert.deepEqual(broken("unbreakable", 4), ["unbreakable"]);
});

test("a name rather covers a school than stands in another zone", () => {
  const rings = [[0, 0, 100, 0, 100, 40, 0, 40]], box = reach(rings);
  const dots = [[20, 12], [50, 12], [80, 12], [20, 30], [50, 30], [80, 30]].map(([x, y]) => ({ x, y, r: 9 }));
  const [x, y] = freeSpot({ rings, box, at: [50, 20] }, dots, 60, 10);
  assert.ok(inside(rings, x, y - 3.5));
});

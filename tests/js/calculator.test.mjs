// The pure helpers of the calculator, with bare node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../../segkit/widgets/calculator.js", import.meta.url));
const { apart, fill, freshness, isBlock, lanes, leavesOf, nextCell, remember, scale, shapeOf, short, undoKey } =
  await import("data:text/javascript;base64," + source.toString("base64"));

const at = (key, more = {}) =>
  nextCell({ key, shift: false, row: 1, column: 1, rows: 3, columns: 3, start: 0, end: 2, length: 2, ...more });

test("a sentence keeps the blanks it has no value for", () => {
  assert.equal(fill("{school}: {group} {other}", { school: "Old {group} Mill", group: "$&" }), "Old {group} Mill: $& {other}");
});

test("labels keep apart, and within the edge", () => {
  assert.deepEqual(apart([10, 50, 90], 20, 100), [10, 50, 90]);
  assert.deepEqual(apart([10, 20, 90], 20, 100), [10, 30, 90]);
  assert.deepEqual(apart([60, 80, 95], 20, 90), [50, 70, 90]);
});

test("Enter and the arrows move as in a spreadsheet and stop at the edges", () => {
  assert.deepEqual(at("Enter"), { row: 2, column: 1 });
  assert.deepEqual(at("Enter", { shift: true }), { row: 0, column: 1 });
  assert.deepEqual(at("ArrowDown", { row: 2 }), { row: 2, column: 1 });
  assert.deepEqual(at("ArrowUp", { row: 0 }), { row: -1, column: 1 }); // the group's name
  assert.deepEqual(at("ArrowUp", { row: 0, column: 0 }), { row: 0, column: 0 }); // above the names there is nothing to type in
  assert.deepEqual(at("ArrowLeft", { row: -1 }), { row: -1, column: 1 });
  assert.equal(at("Tab"), null);
  assert.equal(at("7"), null);
});

test("left and right leave a cell only from its end, or when all of it is chosen", () => {
  assert.deepEqual(at("ArrowRight"), { row: 1, column: 2 });
  assert.equal(at("ArrowRight", { start: 1, end: 1 }), null);
  assert.deepEqual(at("ArrowRight", { start: 2, end: 2 }), { row: 1, column: 2 });
  assert.equal(at("ArrowLeft", { start: 2, end: 2 }), null);
  assert.deepEqual(at("ArrowLeft", { start: 0, end: 0 }), { row: 1, column: 0 });
});

test("of several texts for one cell only the newest waits, and no other gesture is dropped", () => {
  const typed = (text, row = 0, visit = 1) => ({ do: "cell", row, column: 1, text, visit });
  let waiting = [];
  for (const gesture of [typed("1"), typed("12"), { do: "add school" }, typed("123"), typed("4", 1), typed("5", 1, 2)])
    waiting = remember(waiting, gesture);
  assert.deepEqual(waiting.map((g) => g.text ?? g.do), ["12", "add school", "123", "4", "5"]);
});

test("a block is more than one cell; a single cell ends in at most a line break", () => {
  assert.equal(isBlock("12\t30"), true);
  assert.equal(isBlock("12\n30"), true);
  assert.equal(isBlock("12\r\n"), false);
  assert.equal(isBlock("Old Mill"), false);
});

test("the keys of undo and redo, on every keyboard", () => {
  const key = (key, held) => undoKey({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  assert.equal(key("z", { ctrlKey: true }), "undo");
  assert.equal(key("Z", { metaKey: true, shiftKey: true }), "redo");
  assert.equal(key("y", { ctrlKey: true }), "redo");
  assert.equal(key("z", {}), null);
  assert.equal(key("z", { ctrlKey: true, altKey: true }), null);
});

test("a stale answer never touches what is being typed, and an old one is dropped", () => {
  const answer = (more) => freshness({ version: 5, drawn: 4, heard: 3, sent: 3, waiting: 0, ...more });
  assert.deepEqual(answer({}), { draw: true, cells: true });
  assert.deepEqual(answer({ sent: 4 }), { draw: true, cells: false });
  assert.deepEqual(answer({ waiting: 1 }), { draw: true, cells: false });
  assert.deepEqual(answer({ version: 4 }), { draw: false, cells: false });
});

test("bars share the width by size, gaps and all", () => {
  const beds = lanes([1, 3, 0], 104, 2);
  assert.deepEqual(beds.map((bed) => bed.width), [25, 75, 0]);
  assert.equal(beds.at(-1).x + beds.at(-1).width, 104);
  assert.deepEqual(lanes([0, 0], 10).map((bed) => bed.width), [0, 0]);
});

test("a scale meets both its ends, upside down too", () => {
  const up = scale([0, 1], [300, 0]);
  assert.deepEqual([up(0), up(0.25), up(1)], [300, 225, 0]);
});

test("a long name is cut, a short one is not", () => {
  assert.equal(short("Old Mill", 8), "Old Mill");
  assert.equal(short("Station Road", 8), "Station…");
});

test("two formulas of one shape differ only in their leaves, listed in the order of the page", () => {
  const half = (x) => [["sum", "schools"], ["operator", "½"], ["over", [["number", x]], [["number", "40"]]], ["root", [["number", "9"]]]];
  assert.equal(shapeOf(half("3")), shapeOf(half("1,234")));
  assert.notEqual(shapeOf(half("3")), shapeOf([...half("3"), ["number", "1"]]));
  assert.notEqual(shapeOf([["over", [["number", "1"]], [["number", "2"]]]]), shapeOf([["root", [["number", "1"], ["number", "2"]]]]));
  assert.deepEqual(leavesOf(half("3")), ["∑", "schools", "½", "3", "40", "9"]);
});

// The pure helpers of the intake, of the cells that follow it and of what is taken home, with bare node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const load = async (name) => {
  const source = readFileSync(new URL(`../../segkit/widgets/${name}.js`, import.meta.url));
  return import("data:text/javascript;base64," + source.toString("base64"));
};
const { asks, newer, parted, piece } = await load("intake");
const { folds, mark } = await load("live");
const { request } = await load("takeaway");

test("an answer that is no newer than what is drawn is dropped", () => {
  assert.equal(newer(3, 2), true);
  assert.equal(newer(2, 2), false);
  assert.equal(newer(1, 2), false);
});

test("the pieces of a file meet, and the last one ends where the file does", () => {
  const whole = 2_500_000, size = 1_000_000;
  let at = 0, pieces = 0;
  while (at < whole) {
    const [from, to] = piece(at, size, whole);
    assert.equal(from, at);
    assert.ok(to > from && to <= whole);
    at = to;
    pieces += 1;
  }
  assert.equal(pieces, 3);
  assert.deepEqual(piece(whole, size, whole), [whole, whole]);
});

test("who will see it decides which fields are there", () => {
  assert.deepEqual(asks({ mode: "public", preset: "" }), { recipients: false, k: false, preset: true, special: true });
  assert.equal(asks({ mode: "public", preset: "k" }).k, true);
  assert.equal(asks({ mode: "shared", preset: "k" }).k, false);
  assert.equal(asks({ mode: "shared", preset: "" }).recipients, true);
});

test("a long list of faults is parted, and nothing of it is lost", () => {
  const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`);
  const [first, rest] = parted(lines, 12);
  assert.equal(first.length, 12);
  assert.deepEqual([...first, ...rest], lines);
  assert.deepEqual(parted(lines.slice(0, 13), 12), [lines.slice(0, 13), []]); // not for one line more
});

test("what is there and what is not differ in their sign, not in colour alone", () => {
  assert.notEqual(mark(true), mark(false));
});

test("a long table waits behind its title", () => {
  assert.equal(folds(Array(9).fill([])), true);
  assert.equal(folds(Array(8).fill([])), false);
});

test("the reader's words go to Python with the report and with nothing else", () => {
  assert.deepEqual(request("report", "who, where", "v1"), { do: "report", view: "v1", problem: "who, where" });
  assert.deepEqual(request("tables", "who, where", "v1"), { do: "tables", view: "v1" });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { along, clearOf, entry, fate, remembering, same, stored } from "../../segkit/widgets/quiz.js";

test("a place on the scale is never off the scale", () => {
  assert.equal(along(50, 100), 50);
  assert.equal(along(-3, 100), 0);
  assert.equal(along(300, 100), 100);
  assert.equal(along(1, 0), 0);
});

test("a guess's label steps aside where the answer's arrow would go through it", () => {
  assert.equal(clearOf(300, 100, 60, 600), 90); // far away: it stays where its place on the scale is
  assert.equal(clearOf(110, 100, 60, 600), 42); // to the right of its place: the label ends before it
  assert.equal(clearOf(92, 100, 60, 600), 100);
  assert.equal(clearOf(20, 5, 60, 600), 0); // and never leaves the scale
});

test("a choice is what became of it", () => {
  assert.equal(fate(1, [[0, false], [1, true]]), "right");
  assert.equal(fate(0, [[0, false]]), "wrong");
  assert.equal(fate(2, [[0, false]]), "");
});

test("rubbish in the store is as good as nothing", () => {
  for (const text of [null, "", "{", "7", '"x"', "[1]", "null"]) assert.deepEqual(stored(text), {});
  assert.equal(entry({ answers: "x" }, "answers", "zero"), null);
  assert.equal(entry({}, "answers", "zero"), null);
});

test("an answer is put beside the others, and can be forgotten", () => {
  const pages = { "unit-2-1-definition": { done: 1 } };
  const one = remembering({ pages }, "answers", "zero", { picked: ["b"] });
  const two = remembering(one, "answers", "stays", { picked: ["a"] });
  assert.deepEqual(two, { pages, version: 1, answers: { zero: { picked: ["b"] }, stays: { picked: ["a"] } } });
  assert.deepEqual(remembering(two, "answers", "stays", null), one);
  assert.deepEqual(remembering({ guesses: [1] }, "guesses", "line", { value: 1 }).guesses, { line: { value: 1 } });
});

test("what is remembered already is not written again with another hour", () => {
  assert.ok(same({ picked: ["b"], right: true, at: "then" }, { picked: ["b"], right: true }));
  assert.ok(!same({ picked: ["b", "a"], right: true, at: "then" }, { picked: ["b"], right: true }));
});

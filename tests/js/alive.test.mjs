import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, verdict } from "../../segkit/widgets/alive.js";

test("a slow line is called slow, a wrong number wrong however fast it comes", () => {
  assert.equal(verdict("works", 12), "works");
  assert.equal(verdict("works", 700), "slow");
  assert.equal(verdict("wrong", 700), "wrong");
});

test("no answer takes 0 milliseconds", () => {
  assert.equal(filled("in {ms} ms", 0.2), "in 1 ms");
  assert.equal(filled("in {ms} ms", 12.6), "in 13 ms");
});

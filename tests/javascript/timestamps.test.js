import assert from "node:assert/strict";
import { test } from "node:test";

import { latest, words } from "../../static/editor/timestamps.js";
import { table } from "./tables.js";

for (const [moment, seconds] of table("timestamps")) {
  test(`${seconds} seconds are ${moment}`, () => {
    assert.equal(words(seconds * 1_000), moment);
    assert.equal(words(seconds * 1_000 + 999), moment);
    assert.equal(latest(`so [${moment}] he said`), seconds * 1_000);
  });
}

test("a time before the beginning is the beginning", () => {
  assert.equal(words(-1), "0:00");
  assert.equal(words(-3_600_000), "0:00");
});

test("the latest time is the greatest, wherever it stands", () => {
  assert.equal(latest("[1:00] a [12:34] b [2:00]\n[0:05]"), 754_000);
  assert.equal(latest("[59:59] [1:00:00]"), 3_600_000);
});

test("minutes may go beyond an hour", () => {
  assert.equal(latest("[75:00]"), 4_500_000);
  assert.equal(latest("[120:30]"), 7_230_000);
});

test("a text without timestamps is at the beginning", () => {
  for (const text of ["", "12:34", "[12:3]", "[1234]", "[1:2:3]", "[12:34", "[a:bc]"]) {
    assert.equal(latest(text), 0, text);
  }
});

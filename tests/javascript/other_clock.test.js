import assert from "node:assert/strict";
import { test } from "node:test";

import { otherClock } from "../../static/js/other_clock.js";

const LISBON = "2017-04-03T10:30:00+01:00";

test("a reader elsewhere sees their own time", () => {
  assert.equal(otherClock(LISBON, "Europe/Berlin", "en"), "11:30");
  assert.equal(otherClock(LISBON, "America/New_York", "en"), "05:30");
  assert.equal(otherClock(LISBON, "Asia/Kolkata", "en"), "15:00");
});

test("a reader whose clock shows the same sees nothing", () => {
  assert.equal(otherClock(LISBON, "Europe/Lisbon", "en"), "");
  assert.equal(otherClock(LISBON, "Europe/London", "en"), "");
});

test("another day is named", () => {
  assert.equal(otherClock("2017-04-03T20:00:00+01:00", "Asia/Tokyo", "en"), "Tue 04:00");
  assert.equal(otherClock("2017-04-03T02:00:00+01:00", "America/New_York", "de"), "So 21:00");
});

test("midnight is the hour 00", () => {
  assert.equal(otherClock("2017-04-03T23:00:00+01:00", "Europe/Berlin", "en"), "Tue 00:00");
});

test("what is no moment has no time", () => {
  assert.equal(otherClock("", "Europe/Berlin", "en"), "");
  assert.equal(otherClock("10:30", "Europe/Berlin", "en"), "");
});

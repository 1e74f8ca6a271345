import assert from "node:assert/strict";
import { test } from "node:test";

import { isPressed } from "../../static/editor/keys.js";

const event = (key, others) => ({ key, code: "", ctrlKey: true, ...others });

test("Ctrl or Cmd and the key", () => {
  assert.ok(isPressed(event("b"), "b", "KeyB"));
  assert.ok(isPressed(event("b", { ctrlKey: false, metaKey: true }), "b", "KeyB"));
  assert.ok(isPressed(event("B", { shiftKey: true }), "b", "KeyB"));
  assert.ok(isPressed(event("Enter"), "enter", "Enter"));
});

test("neither alone, nor with Alt, nor another key", () => {
  assert.ok(!isPressed(event("b", { ctrlKey: false }), "b", "KeyB"));
  assert.ok(!isPressed(event("b", { altKey: true }), "b", "KeyB"));
  assert.ok(!isPressed(event("c"), "b", "KeyB"));
});

test("a Latin layout goes by the sign, not by the place of the key", () => {
  assert.ok(isPressed(event("b", { code: "KeyN" }), "b", "KeyB")); // Dvorak
  assert.ok(!isPressed(event("x", { code: "KeyB" }), "b", "KeyB"));
});

test("a layout without Latin letters goes by the place of the key", () => {
  assert.ok(isPressed(event("и", { code: "KeyB" }), "b", "KeyB"));
  assert.ok(!isPressed(event("и", { code: "KeyN" }), "b", "KeyB"));
});

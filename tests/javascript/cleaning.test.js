import assert from "node:assert/strict";
import { test } from "node:test";

import { clean } from "../../static/editor/cleaning.js";

test("NUL is taken out of a text, and nothing else", () => {
  assert.equal(clean("\0one\0\0 two\n\u0001\0"), "one two\n\u0001");
});

test("NUL is taken out of a form's texts; its files stay", async () => {
  const form = new FormData();
  form.append("body", "a\0b");
  form.append("tags", "one");
  form.append("tags", "\0two");
  form.append("image", new Blob(["c\0d"]), "e.png");

  const cleaned = clean(form);

  assert.deepEqual([...cleaned.keys()], ["body", "tags", "tags", "image"]);
  assert.deepEqual(cleaned.getAll("tags"), ["one", "two"]);
  assert.equal(cleaned.get("body"), "ab");
  assert.equal(await cleaned.get("image").text(), "c\0d");
  assert.equal(cleaned.get("image").name, "e.png");
  assert.equal(form.get("body"), "a\0b");
});

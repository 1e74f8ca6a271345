import assert from "node:assert/strict";
import { test } from "node:test";

import { plain, plainWords } from "../../static/js/plain_text.js";

test("capitals and accents do not matter", () => {
  assert.equal(plain("Çelik ÉCOLE Ångström"), "celik ecole angstrom");
  assert.equal(plain("e\u0301"), plain("é"));
  assert.equal(plain("ﬁne"), "fine");
});

test("other letters stay", () => {
  assert.equal(plain("ł ß 日本 C#"), "ł ß 日本 c#");
});

test("words that are looked for", () => {
  assert.deepEqual(plainWords("  Web\tDév "), ["web", "dev"]);
  assert.deepEqual(plainWords(" "), []);
});

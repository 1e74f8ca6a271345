import assert from "node:assert/strict";
import { test } from "node:test";

import {
  coded,
  linked,
  linkedTo,
  moved,
  prefixed,
  schemeToReplace,
  selected,
  wrapped,
} from "../../static/editor/changes.js";

/* A field whose selection is between two "|", or at one. */
function field(marked) {
  const [before, inside, after] = marked.split("|");
  const value = before + inside + (after ?? "");
  const selectionStart = before.length;
  const selectionEnd = after === undefined ? selectionStart : selectionStart + inside.length;
  return { value, selectionStart, selectionEnd };
}

/* The text after a change, with "|" where the caret is. */
function changed(marked, change) {
  const before = field(marked);
  const { part, text, caret } = change(before);
  const at = caret === undefined ? moved(before.selectionEnd, part, text.length) : part[0] + caret;
  const { value } = before;
  const after = value.slice(0, part[0]) + text + value.slice(part[1]);
  return `${after.slice(0, at)}|${after.slice(at)}`;
}

const bold = (area) => wrapped(area, "**");
const thing = (area) => wrapped(area, "[[", "]]");
const list = (area) => prefixed(area, "- ");

test("a place moves with the words it was at", () => {
  assert.equal(moved(3, [5, 8], 1), 3); // before the part
  assert.equal(moved(10, [5, 8], 1), 8); // behind it
  assert.equal(moved(8, [5, 8], 1), 6); // at its end
  assert.equal(moved(6, [5, 8], 1), 6); // in it
  assert.equal(moved(5, [5, 5], 4), 9); // where something is put in
  assert.equal(moved(4, [5, 5], 4), 4);
});

test("what is selected", () => {
  assert.equal(selected(field("one |two| three")), "two");
  assert.equal(selected(field("one| two")), "");
});

test("signs are put around the selection", () => {
  assert.equal(changed("one |two| three", bold), "one **two**| three");
  assert.equal(changed("|one|", thing), "[[one]]|");
});

test("without a selection the caret is between the signs", () => {
  assert.equal(changed("one | two", bold), "one **|** two");
  assert.equal(changed("|", thing), "[[|]]");
});

test("signs that stand there are taken away", () => {
  assert.equal(changed("one **|two|** three", bold), "one two| three");
  assert.equal(changed("[[|one|]]", thing), "one|");
  assert.equal(changed("a **|**", bold), "a |");
});

test("signs on one side only are no pair", () => {
  assert.equal(changed("**|one| two", bold), "****one**| two");
  assert.equal(changed("|one|** two", bold), "**one**|** two");
});

test("every line of the selection begins with a sign", () => {
  assert.equal(changed("one\nt|wo\nth|ree\nfour", list), "one\n- two\n- th|ree\nfour");
  assert.equal(changed("one t|wo| three", list), "- one two| three");
  assert.equal(changed("one|", list), "- one|");
  assert.equal(changed("|one", list), "- |one");
  assert.equal(changed("|", list), "- |");
});

test("a line that the selection only reaches is left alone", () => {
  assert.equal(changed("|one\n|two", list), "- one|\ntwo");
  assert.equal(changed("one\n|two", list), "one\n- |two");
});

test("the sign is taken away where all lines have it", () => {
  assert.equal(changed("- o|ne\n- tw|o", list), "one\ntw|o");
  assert.equal(changed("- o|ne\ntw|o", list), "- - one\n- tw|o");
  assert.equal(changed("|- one", list), "|one");
  assert.equal(changed("-| one", list), "|one");
});

test("code is a block where the selection has several lines", () => {
  assert.equal(changed("run |make| now", coded), "run `make`| now");
  assert.equal(changed("run | now", coded), "run `|` now");
  assert.equal(changed("|a\nb|", coded), "```\na\nb\n```|");
  assert.equal(changed("```\n|a\nb|\n```", coded), "a\nb|");
});

test("the caret of a link is where the next words belong", () => {
  assert.equal(changed("see |this| one", linked), "see [this](https://|) one");
  assert.equal(changed("see | one", linked), "see [](https://|) one");
  assert.equal(changed("|https://a.example/b|", linked), "[|](https://a.example/b)");
  assert.equal(changed("|http://a.example|", linked), "[|](http://a.example)");
  assert.equal(changed("|https://a.example b|", linked), "[https://a.example b](https://|)");
  assert.equal(changed("|see https://a.example|", linked), "[see https://a.example](https://|)");
});

test("an address that is pasted into a new link replaces the scheme", () => {
  const area = field("[a](https://|) b");

  assert.deepEqual(schemeToReplace(area, " https://a.example"), [4, 12]);
  assert.deepEqual(schemeToReplace(area, "http://a.example"), [4, 12]);
  assert.equal(schemeToReplace(area, "a.example"), undefined);
  assert.equal(schemeToReplace(area, ""), undefined);
});

test("elsewhere a pasted address replaces nothing but the selection", () => {
  for (const marked of ["https://|", "[a](https://|", "[a](https://x|)", "a [b](|)", "|"]) {
    assert.equal(schemeToReplace(field(marked), "https://a.example"), undefined, marked);
  }
  assert.deepEqual(schemeToReplace(field("[a](https://|x|)"), "https://b.example"), [4, 13]);
});

const LINKED = [
  ["see |the site| now", "https://a.example/x", "see [the site](https://a.example/x)| now"],
  ["see| the site |now", " https://a.example/x\n", "see [the site](https://a.example/x) |now"],
  ["|Ada|", "mailto:ada@a.example", "[Ada](mailto:ada@a.example)|"],
  ["|Set|", "https://a.example/Set_(game)", "[Set](<https://a.example/Set_(game)>)|"],
];
const NOT_LINKED = [
  ["at |", "https://a.example/"], // nothing is selected
  ["|https://old.example/|", "https://a.example/"], // an address takes the place of another
  ["|one\ntwo|", "https://a.example/"],
  ["|a [link](x)|", "https://a.example/"],
  ["| |", "https://a.example/"],
  ["|words|", "other words"],
  ["|words|", "https://a.example/ and more"],
  ["|words|", "javascript:alert(1)"],
];

test("an address that is pasted over words makes a link of them", () => {
  for (const [marked, pasted, expected] of LINKED) {
    assert.equal(
      changed(marked, (area) => linkedTo(area, pasted)),
      expected,
    );
  }
});

test("whatever else is pasted takes the place of what is selected, as ever", () => {
  const made = NOT_LINKED.map(([marked, pasted]) => linkedTo(field(marked), pasted));
  assert.deepEqual(made, Array(NOT_LINKED.length).fill(undefined));
});

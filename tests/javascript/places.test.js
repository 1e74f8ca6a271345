import assert from "node:assert/strict";
import { test } from "node:test";

import { Places } from "../../static/editor/places.js";

/* A text field in which somebody types. */
class Area extends EventTarget {
  constructor(marked) {
    super();
    this.value = marked;
    this.selectionEnd = 0;
  }

  /* Put a text in the place of [from, to]; the caret is behind it. */
  type(text, from, to = from) {
    this.value = this.value.slice(0, from) + text + this.value.slice(to);
    this.selectionEnd = from + text.length;
    this.dispatchEvent(new Event("input"));
  }
}

/* Where a mark is after something was typed: the text with "|" there. */
function after(marked, ...typed) {
  const area = new Area(marked.replace("|", ""));
  const places = new Places(area);
  const mark = places.mark(marked.indexOf("|"));
  for (const each of typed) area.type(...each);
  return `${area.value.slice(0, mark.at)}|${area.value.slice(mark.at)}`;
}

test("a mark stays with its words while somebody types before it", () => {
  assert.equal(after("one |two", ["zero ", 0]), "zero one |two");
  assert.equal(after("one |two", ["", 0, 4]), "|two");
  assert.equal(after("one |two", ["a", 0, 3]), "a |two");
  assert.equal(after("one |two", ["a", 0], ["b", 1], ["", 0, 1]), "bone |two");
});

test("a mark stays while somebody types behind it", () => {
  assert.equal(after("one |two", [" three", 7]), "one |two three");
  assert.equal(after("one |two", ["", 5, 7]), "one |t");
});

test("what is typed at a mark stands behind it", () => {
  assert.equal(after("one |two", ["and ", 4]), "one |and two");
  assert.equal(after("|", ["a", 0], ["b", 1]), "|ab");
});

test("a mark within what is replaced goes to its beginning", () => {
  assert.equal(after("one t|wo three", ["x", 4, 7]), "one |x three");
  assert.equal(after("one t|wo three", ["", 0, 13]), "|");
});

test("a mark at the end of what is replaced stays behind it", () => {
  assert.equal(after("one |two", ["1 ", 0, 4]), "1 |two");
});

test("signs that are alike do not mislead it", () => {
  assert.equal(after("aaa|aaa", ["a", 1]), "aaaa|aaa");
  assert.equal(after("aaa|aaa", ["a", 5]), "aaa|aaaa");
  assert.equal(after("aaa|aaa", ["", 0, 1]), "aa|aaa");
});

test("undo, which leaves the caret elsewhere, is followed too", () => {
  const area = new Area("one two");
  const places = new Places(area);
  const mark = places.mark(4);

  area.value = "zero one two";
  area.selectionEnd = 2;
  area.dispatchEvent(new Event("input"));
  assert.equal(mark.at, 9);

  area.value = "one two";
  area.selectionEnd = 0;
  area.dispatchEvent(new Event("input"));
  assert.equal(mark.at, 4);
});

test("what is put in at one mark moves those behind it", () => {
  const area = new Area("one two three");
  const places = new Places(area);
  const [first, second, before] = [places.mark(4), places.mark(8), places.mark(0)];

  places.take(first, (place) => area.type("IMAGE ", place));

  assert.equal(area.value, "one IMAGE two three");
  assert.equal(second.at, 14);
  assert.equal(before.at, 0);
  assert.deepEqual(places.marks, [second, before]);
});

test("pictures at one place come in the order of their marks", () => {
  const area = new Area("one two");
  const places = new Places(area);
  const [first, second, third] = [places.mark(4), places.mark(4), places.mark(4)];

  places.take(second, (place) => area.type("2 ", place));
  places.take(first, (place) => area.type("1 ", place));
  places.take(third, (place) => area.type("3 ", place));

  assert.equal(area.value, "one 1 2 3 two");
});

test("a mark that was given up is followed no longer", () => {
  const area = new Area("one");
  const places = new Places(area);
  const mark = places.mark(3);

  places.drop(mark);
  area.type("zero ", 0);

  assert.equal(mark.at, 3);
  assert.deepEqual(places.marks, []);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fitting,
  inLine,
  joined,
  partAt,
  parts,
  taken,
  termOf,
} from "../../static/admin_notes/tag_names.js";
import { table } from "./tables.js";

const { lines, names } = table("tag_lines");

/* Put a name in where "|" stands; the line as it is then, and the rest of it after the caret. */
function lineWith(name, marked) {
  const place = marked.indexOf("|");
  const line = marked.replace("|", "");
  const { part, text } = taken(line, place, name);
  return line.slice(0, part[0]) + text + line.slice(part[1]);
}

function partMarked(marked) {
  const { start, end } = partAt(marked.replace("|", ""), marked.indexOf("|"));
  return marked.replace("|", "").slice(start, end);
}

for (const { line, names: expected } of lines) {
  test(`names of the line ${JSON.stringify(line)}`, () => {
    const read = parts(line).filter(({ name }) => name);
    const once = new Map(read.map(({ name }) => [name.toLowerCase(), name]).reverse());

    assert.deepEqual([...once.values()].reverse(), expected);
  });
}

for (const { name, line } of names) {
  test(`line of the name ${JSON.stringify(name)}`, () => {
    assert.equal(inLine(name), line);
  });
}

test("parts of a line lie one behind the other and leave nothing out", () => {
  for (const { line } of lines) {
    const found = parts(line);
    assert.equal(found[0].start, 0);
    assert.equal(found.at(-1).end, line.length);
    found.slice(1).forEach((part, number) => {
      assert.equal(part.start, found[number].end + 1);
    });
  }
});

test("part at the cursor", () => {
  assert.equal(partMarked("|"), "");
  assert.equal(partMarked("on|e, two"), "one");
  assert.equal(partMarked("one|, two"), "one");
  assert.equal(partMarked("one,| two"), " two");
  assert.equal(partMarked("one, two|"), " two");
  assert.equal(partMarked("one, |"), " ");
  assert.equal(partMarked('one, "a, b|", two'), ' "a, b"');
});

test("part at the cursor begins with a quotation mark that is still open", () => {
  assert.equal(partMarked('one, "a, b|'), ' "a, b');
  assert.equal(partMarked('one, "a, b"; c|'), " c");
  assert.equal(partMarked('5" disks, a|'), " a");
});

test("term of a name being typed", () => {
  assert.equal(termOf(" web  dev "), "web dev");
  assert.equal(termOf('"machine lear'), "machine lear");
  assert.equal(termOf("“a”"), "a");
  assert.equal(termOf("「日本」"), "日本");
  assert.equal(termOf("##django"), "django");
  assert.equal(termOf("C#"), "C#");
  assert.equal(termOf(' " # '), "");
});

test("suggestions leave out what is in the line, and begin with what begins so", () => {
  const found = ["pytest", "Testing", "unit tests", "TEST"];

  assert.deepEqual(fitting(found, "te", "te"), ["Testing", "TEST", "pytest", "unit tests"]);
  assert.deepEqual(fitting(found, "test, Unit Tests, te", "te"), ["Testing", "pytest"]);
  assert.deepEqual(found, ["pytest", "Testing", "unit tests", "TEST"]);
});

test("a suggestion takes the place of the name at the cursor", () => {
  assert.equal(lineWith("django", "dj|"), "django, ");
  assert.equal(lineWith("django", "one, dj|"), "one, django, ");
  assert.equal(lineWith("django", "one,dj|,two"), "one, django, two");
  assert.equal(lineWith("django", "dj|,   two"), "django, two");
  assert.equal(lineWith("django", "dj|\ntwo"), "django, two");
  assert.equal(lineWith("a, b", 'one, "a|'), 'one, "a, b", ');
  assert.equal(lineWith("#hash, 日本、中文", "a、hash|"), 'a、 "#hash, 日本、中文", ');
});

test("a pasted list of lines becomes one line", () => {
  assert.equal(joined("\none\r\n two \n\n three\n"), "one, two, three");
  assert.equal(joined("one\rtwo"), "one, two");
});

test("what is one line is pasted as it is", () => {
  assert.equal(joined("one, two"), undefined);
  assert.equal(joined("\n one \n"), undefined);
});

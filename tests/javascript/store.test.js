import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Store } from "../../static/editor/store.js";

const FIELDS = JSON.stringify({ body: "one" });
let aside;

/* Storage that is there at once, as a browser's. */
class Aside {
  getItem(key) {
    return this[key] ?? null;
  }

  setItem(key, value) {
    this[key] = value;
  }

  removeItem(key) {
    delete this[key];
  }
}

class Shelf {
  constructor(takes = true) {
    this.texts = new Map();
    this.takes = takes;
  }

  put(key, value) {
    if (this.takes) this.texts.set(key, value);
    return Promise.resolve(this.takes);
  }

  remove(key) {
    return Promise.resolve(this.texts.delete(key));
  }

  all(prefix) {
    return Promise.resolve([...this.texts].filter(([key]) => key.startsWith(prefix)));
  }
}

function storeOf(person, shelf = new Shelf()) {
  const store = new Store(person);
  store.shelf = shelf;
  return store;
}

beforeEach(() => {
  aside = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  Object.defineProperty(globalThis, "localStorage", { value: new Aside(), configurable: true });
});

afterEach(() => {
  if (aside) Object.defineProperty(globalThis, "localStorage", aside);
  else delete globalThis.localStorage;
});

test("an entry is found with its fields by every editing session but its own", async () => {
  const store = storeOf(1);
  store.keep("a", { step: 2, sent: 1 }, FIELDS);
  await store.writing;

  assert.equal(store.isKept, true);
  assert.deepEqual(await store.others("b"), [["a", { step: 2, sent: 1, fields: { body: "one" } }]]);
  assert.deepEqual(await store.others("a"), []);
});

test("while one is written the last of those that come is written next", async () => {
  const store = storeOf(1);
  for (const step of [1, 2, 3]) store.keep("a", { step }, FIELDS);
  await store.writing;

  assert.deepEqual(
    (await store.others("")).map(([, { step }]) => step),
    [3],
  );
  assert.equal(store.waiting, undefined);
});

test("entries are a person's own", async () => {
  const shelf = new Shelf();
  const [mine, theirs] = [storeOf(1, shelf), storeOf(11, shelf)];
  mine.keep("a", { step: 1 }, FIELDS);
  await mine.writing;

  assert.deepEqual(await theirs.others(""), []);
});

test("where the database takes nothing, the other storage has it", async () => {
  const store = storeOf(1, new Shelf(false));
  store.keep("a", { step: 1 }, FIELDS);
  await store.writing;

  assert.equal(store.isKept, true);
  assert.deepEqual(await store.others(""), [["a", { step: 1, fields: { body: "one" } }]]);
});

test("where the browser keeps nothing at all, it says so", async () => {
  const store = storeOf(1, new Shelf(false));
  localStorage.setItem = () => {
    throw new Error("full");
  };
  store.keep("a", { step: 1 }, FIELDS);
  await store.writing;

  assert.equal(store.isKept, false);
});

test("the last words before a page goes are kept at once, and the newer of two counts", async () => {
  const store = storeOf(1);
  store.shelf.texts.set(`${store.prefix}a`, { step: 1, fields: { body: "old" } });
  store.waiting = ["a", { step: 2, fields: FIELDS }];
  store.leave();
  assert.deepEqual(await store.others(""), [["a", { step: 2, fields: { body: "one" } }]]);

  store.shelf.texts.set(`${store.prefix}a`, { step: 3, fields: { body: "new" } });
  assert.deepEqual(await store.others(""), [["a", { step: 3, fields: { body: "new" } }]]);
});

test("a forgotten entry is nowhere, and is not written any more", async () => {
  const store = storeOf(1);
  store.waiting = ["a", { step: 2, fields: FIELDS }];
  store.leave();
  store.shelf.texts.set(`${store.prefix}a`, { step: 1, fields: {} });

  await store.forget("a");

  assert.deepEqual(await store.others(""), []);
  assert.equal(store.waiting, undefined);
});

test("what was sent is forgotten unless more was written meanwhile", async () => {
  const store = storeOf(1);
  store.shelf.texts.set(`${store.prefix}a`, { step: 3, fields: {} });

  await store.forgetSent("a", 2);
  assert.equal((await store.others("")).length, 1);
  await store.forgetSent("a", 3);
  assert.equal((await store.others("")).length, 0);
});

test("what is no entry is left out", async () => {
  const store = storeOf(1);
  localStorage.setItem(`${store.prefix}a`, "{");
  localStorage.setItem(`${store.prefix}b`, "null");
  store.shelf.texts.set(`${store.prefix}c`, { step: 1, fields: "{" });
  store.shelf.texts.set(`${store.prefix}d`, undefined);

  assert.deepEqual(await store.others(""), []);
});

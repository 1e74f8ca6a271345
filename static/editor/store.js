/* What was typed, in this browser: written with every key, so that nothing can come between.

   An entry is {recap, step, sent, startedFrom, fields, at}: `sent` is the last step that the
   server has. Entries are a person's own, whoever else uses this browser.

   They lie in IndexedDB, which is on the disk when it says so: the browser's other storage is
   written down seconds later, and a browser that is killed has lost them. That one is for who has
   no IndexedDB, and for the last words before a page goes, which it takes at once. */

import { Shelf } from "./shelf.js";

// Between two writings of a text: about three keys. A long one is not written with each of them.
const PAUSE = 80;

export class Store {
  constructor(person) {
    this.prefix = `talk-notes.text.${person}.`;
    this.shelf = new Shelf();
    this.waiting = undefined; // [sitting, entry]: what is not written down yet
    this.isKept = undefined; // whether the last one was; unknown at first
  }

  /* Keep an entry, its fields given as JSON: soon, and at the latest after the one before. */
  keep(sitting, facts, fields) {
    this.waiting = [sitting, { ...facts, fields }];
    if (!this.writing) this.writing = this.#write();
  }

  async #write() {
    while (this.waiting) {
      const [sitting, entry] = this.waiting;
      const isNew = () => this.waiting?.[1] === entry;
      this.isKept = (await this.shelf.put(this.prefix + sitting, entry)) || this.#keepAside();
      if (isNew()) this.waiting = undefined;
      await new Promise((done) => setTimeout(done, PAUSE));
    }
    this.writing = undefined;
  }

  /* The page goes: what is not written down yet is kept where that takes no time. */
  leave() {
    if (this.waiting) this.#keepAside();
  }

  #keepAside() {
    if (!this.waiting) return true;
    const [sitting, entry] = this.waiting;
    return attempt(() => {
      localStorage.setItem(this.prefix + sitting, JSON.stringify(entry));
      return true;
    });
  }

  async forget(sitting) {
    if (this.waiting?.[0] === sitting) this.waiting = undefined;
    attempt(() => localStorage.removeItem(this.prefix + sitting));
    await this.shelf.remove(this.prefix + sitting);
  }

  /* Forget an entry, unless the window that wrote it has written more in the meantime. */
  async forgetSent(sitting, step) {
    const entry = (await this.others("")).find(([other]) => other === sitting)?.[1];
    if (entry && entry.step <= step) await this.forget(sitting);
  }

  /* All of the person's entries but that of one editing session: [[sitting, entry], …]. */
  async others(sitting) {
    const found = new Map();
    for (const [key, kept] of [...this.#aside(), ...(await this.shelf.all(this.prefix))]) {
      const entry = read(kept);
      const other = key.slice(this.prefix.length);
      const isNewer = entry && entry.step >= (found.get(other)?.step ?? 0);
      if (isNewer && other !== sitting) found.set(other, entry);
    }
    return [...found];
  }

  #aside() {
    const keys = attempt(() => Object.keys(localStorage)) || [];
    const own = keys.filter((key) => key.startsWith(this.prefix));
    return own.map((key) => [key, attempt(() => JSON.parse(localStorage.getItem(key)))]);
  }
}

/* An entry with its fields; null for what is none. */
function read(entry) {
  const { fields } = entry || {};
  const typed = typeof fields === "string" ? attempt(() => JSON.parse(fields)) : fields;
  return typed ? { ...entry, fields: typed } : null;
}

/* What a function returns; false where the browser refuses. */
function attempt(deed) {
  try {
    return deed();
  } catch {
    return false;
  }
}

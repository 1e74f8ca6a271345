/* What was typed, in this browser: written with every key, so that nothing can come between.

   An entry is {recap, step, sent, startedFrom, fields, at}: `sent` is the last step that the
   server has. Entries are a person's own, whoever else uses this browser. */

export class Store {
  constructor(person) {
    this.prefix = `talk-notes.text.${person}.`;
  }

  /* Keep an entry, its fields given as JSON; false where the browser keeps nothing (it is full, or
     private). */
  keep(sitting, facts, fields) {
    try {
      const entry = `${JSON.stringify(facts).slice(0, -1)},"fields":${fields}}`;
      localStorage.setItem(this.prefix + sitting, entry);
      return true;
    } catch {
      return false;
    }
  }

  forget(sitting) {
    try {
      localStorage.removeItem(this.prefix + sitting);
    } catch {
      // Nothing was kept there either.
    }
  }

  /* Forget an entry, unless the window that wrote it has written more in the meantime. */
  forgetSent(sitting, step) {
    const entry = this.others("").find(([other]) => other === sitting)?.[1];
    if (entry && entry.step <= step) this.forget(sitting);
  }

  /* All of the person's entries but that of one sitting: [[sitting, entry], …]. */
  others(sitting) {
    const found = [];
    try {
      for (const key of Object.keys(localStorage)) {
        const other = key.startsWith(this.prefix) && key.slice(this.prefix.length);
        const entry = other && other !== sitting && parsed(localStorage.getItem(key));
        if (entry) found.push([other, entry]);
      }
    } catch {
      // No storage, no entries.
    }
    return found;
  }
}

function parsed(text) {
  try {
    const entry = JSON.parse(text);
    return entry?.fields ? entry : null;
  } catch {
    return null;
  }
}

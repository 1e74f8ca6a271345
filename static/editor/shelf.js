/* Things by their keys in IndexedDB, each on the disk when its promise is kept. */

const DATABASE = "talk-notes";
const TEXTS = "texts";

export class Shelf {
  /* True when it is on the disk; false where the browser keeps nothing: it is full, or private. */
  async put(key, value) {
    return (await this.#ask("readwrite", (texts) => texts.put(value, key))) !== undefined;
  }

  async remove(key) {
    await this.#ask("readwrite", (texts) => texts.delete(key));
  }

  /* [[key, value], …] of all keys that begin so. */
  async all(prefix) {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const keys = await this.#ask("readonly", (texts) => texts.getAllKeys(range));
    const values = await this.#ask("readonly", (texts) => texts.getAll(range));
    return (keys ?? []).map((key, place) => [key, values?.[place]]);
  }

  /* What one request returns, when its transaction is done; undefined where it is not. */
  async #ask(mode, request) {
    try {
      const database = await this.#open();
      const transaction = database.transaction(TEXTS, mode, { durability: "strict" });
      const asked = request(transaction.objectStore(TEXTS));
      transaction.commit();
      await happening(transaction, "complete", "abort");
      return asked.result ?? null;
    } catch {
      this.database = undefined; // closed, perhaps: the next time it is opened anew
      return undefined;
    }
  }

  #open() {
    this.database ??= opened();
    return this.database;
  }
}

async function opened() {
  const asked = indexedDB.open(DATABASE, 1);
  asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore(TEXTS));
  await happening(asked, "success", "error");
  asked.result.addEventListener("versionchange", () => asked.result.close());
  return asked.result;
}

function happening(target, good, bad) {
  return new Promise((done, fail) => {
    target.addEventListener(good, done, { once: true });
    target.addEventListener(bad, fail, { once: true });
  });
}

/* Pictures that are pasted, dropped or chosen: asked for their text, sent, put into the text. */

import { Places } from "./places.js";
import { insertBeside, openDialog, untilFree } from "./text.js";

const RETRY = 10_000;
const PATIENCE = 180_000;
// A photo of more than this is made smaller here: the network of the room is slow.
const MANY_BYTES = 1_000_000;
const LONGEST_SIDE = 2_560;

export class Images {
  constructor({ area, server, address, dialog, line, told, signIn }) {
    Object.assign(this, { area, server, address, dialog, line, told, signIn });
    this.places = new Places(area);
    this.waiting = []; // the names of the files that are on their way
    area.addEventListener("paste", (event) => this.#take(event, event.clipboardData));
    area.addEventListener("drop", (event) => this.#take(event, event.dataTransfer));
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting.length) event.preventDefault();
    });
  }

  choose() {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", accept: "image/*", multiple: true });
    input.addEventListener("change", () => this.#addAll([...input.files]));
    input.click();
  }

  #take(event, transfer) {
    const files = [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!files.length) return;
    event.preventDefault();
    this.#addAll(files);
  }

  async #addAll(files) {
    for (const file of files) {
      const alt = await this.#ask(file);
      if (alt !== null) this.#add(file, alt);
    }
  }

  /* What the picture shows, for those who cannot see it; null where it is not to be added. */
  #ask(file) {
    const { dialog } = this;
    const input = dialog.querySelector("[name=alt]");
    dialog.querySelector("[data-name]").textContent = file.name;
    input.value = "";
    dialog.returnValue = "";
    openDialog(dialog, this.area);
    input.focus();
    return new Promise((resolve) => {
      const closed = () => resolve(dialog.returnValue === "add" ? input.value.trim() : null);
      dialog.addEventListener("close", closed, { once: true });
    });
  }

  /* Send a picture, and put it in where the caret was, wherever that is by then. Nothing stands
     there until it is sent: what is saved meanwhile has no half a picture, and undo none to find. */
  async #add(file, alt) {
    const { area } = this;
    area.focus();
    area.setSelectionRange(area.selectionEnd, area.selectionEnd); // what is selected stays
    const mark = this.places.mark(area.selectionEnd);
    this.#tell([...this.waiting, file.name]);
    const answer = await this.#deliver(await smaller(file), alt);
    await untilFree();
    const isTaken = answer.kind === "ok";
    if (isTaken) this.#putIn(mark, answer.data.markdown);
    else this.places.drop(mark);
    const place = this.waiting.indexOf(file.name);
    this.#tell(this.waiting.filter((_, number) => number !== place));
    this.told(isTaken ? {} : { error: answer.data?.error ?? this.#word("refused", file.name) });
  }

  #putIn(mark, text) {
    this.places.take(mark, (place) => insertBeside(this.area, place, text));
  }

  #tell(names) {
    this.waiting = names;
    this.line.hidden = !names.length;
    this.line.textContent = names.length ? this.#word("sending", names.join(", ")) : "";
  }

  /* Send the picture; wait for the network and the login as long as the page is open. */
  async #deliver(file, alt) {
    for (;;) {
      const data = new FormData();
      data.set("image", file, file.name || "image.png");
      data.set("alt", alt);
      const answer = await this.server.ask(this.address, data, { patience: PATIENCE });
      const isSignedOut = answer.kind === "signed-out";
      if (answer.kind !== "away" && !isSignedOut) return answer;
      if (isSignedOut && (await this.signIn())) continue;
      this.told({ error: this.#word("waiting", file.name) });
      await untilNextTry(answer);
    }
  }

  #word(name, file) {
    return this.dialog.dataset[name].replace("{}", file);
  }
}

/* The picture with no side longer than the server keeps; as it is where that is not possible. */
async function smaller(file) {
  if (file.size < MANY_BYTES || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(whole.width, whole.height));
    const [width, height] = [whole.width, whole.height].map((side) => Math.round(side * scale));
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d").drawImage(whole, 0, 0, width, height);
    const blob = await canvas.convertToBlob({ type: file.type, quality: 0.9 });
    return blob.size < file.size ? new File([blob], file.name, { type: blob.type }) : file;
  } catch {
    return file; // the server says what is wrong with it
  }
}

/* As long as the server asks for. Where nothing came back, the network may be there sooner. */
function untilNextTry({ status, retryAfter }) {
  const later = new Promise((done) => setTimeout(done, retryAfter ?? RETRY));
  return status ? later : Promise.race([later, online()]);
}

function online() {
  return new Promise((done) => window.addEventListener("online", done, { once: true }));
}

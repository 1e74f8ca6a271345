/* Keeping what is typed: in this browser at once, on the server within three seconds.

   The server's copy is not what is saved, and nobody else sees it. Whatever does not reach the
   server stays here and is sent when it can be reached again. */

import { clean } from "./cleaning.js";

const PAUSE = 1_000; // after the last key
const LONGEST_WAIT = 2_500; // while keys go on
const RETRY = [2_000, 4_000, 8_000, 15_000];
const PRESENCE = 20_000;
const SMALL_ENOUGH_FOR_LEAVING = 50_000;

export class Keeper {
  /* `fields` names the inputs that are kept; `isUnsaved` tells that the page came with a text that
     is not saved; `told` hears {state, answer} of what happened. */
  constructor({ form, server, store, fields, address, isUnsaved, told }) {
    Object.assign(this, { form, server, store, fields, address, isUnsaved, told });
    this.sitting = form.elements.sitting.value;
    this.step = Number(form.elements.step.value) || 0;
    this.sent = this.step;
    this.seen = JSON.stringify(this.typed());
    this.failures = 0;
  }

  start() {
    const notice = () => this.notice();
    this.form.addEventListener("input", notice);
    this.form.addEventListener("change", notice);
    // The admin's own selects tell jQuery alone.
    window.django?.jQuery?.(this.form).on("change", notice);
    window.addEventListener("online", () => this.send());
    window.addEventListener("pagehide", () => this.leave());
    setInterval(() => this.tellPresence(), PRESENCE);
    this.#claim();
    this.tellPresence();
    if (this.isUnsaved) this.notice({ anew: true });
  }

  /* Hold the editing session while the page is open. If another window has it, because this one is
     a copy of it, begin a new one: two would take each other's text for their own. */
  #claim() {
    const held = (lock) => (lock ? new Promise(() => {}) : this.#moveAway());
    const name = `${this.store.prefix}${this.sitting}`;
    navigator.locks?.request(name, { ifAvailable: true }, held);
  }

  #moveAway() {
    this.sitting = crypto.randomUUID();
    this.form.elements.sitting.value = this.sitting;
    this.#claim();
    if (this.step > this.sent) this.notice({ anew: true });
  }

  get recap() {
    return this.form.dataset.recap ?? "";
  }

  typed() {
    const data = new FormData(this.form);
    const names = this.fields.filter((name) => data.has(name));
    return Object.fromEntries(names.map((name) => [name, clean(data.get(name))]));
  }

  /* Something may have been typed. */
  notice({ anew = false } = {}) {
    const now = JSON.stringify(this.typed());
    if (now === this.seen && !anew) return;
    this.seen = now;
    this.count();
    this.#keepHere();
    this.told({ state: "typing" });
    this.#schedule();
  }

  /* Count a step, and return it. A save is one too: sent again, it is told from what came late. */
  count() {
    this.step += 1;
    this.form.elements.step.value = this.step;
    return this.step;
  }

  /* Keep what was noticed last, which is JSON already: that takes long for a long text. */
  #keepHere() {
    const facts = {
      recap: this.recap,
      step: this.step,
      sent: this.sent,
      startedFrom: this.form.elements.started_from.value,
      at: Date.now(),
    };
    this.store.keep(this.sitting, facts, this.seen);
  }

  #schedule() {
    const now = Date.now();
    this.waitingSince ??= now;
    const wait = Math.max(0, Math.min(PAUSE, this.waitingSince + LONGEST_WAIT - now));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  /* Send what the server does not have yet. */
  async send() {
    clearTimeout(this.timer);
    if (this.paused || this.flight || this.step <= this.sent) return;
    this.waitingSince = undefined;
    this.flight = new AbortController();
    this.told({ state: "sending" });
    const { step } = this;
    const data = this.#data(step, this.typed());
    const answer = await this.server.ask(this.address, data, { signal: this.flight.signal });
    this.flight = undefined;
    this.#hear(step, answer);
  }

  #hear(step, answer) {
    if (answer.kind === "aborted") return;
    if (answer.kind !== "ok") this.#failed(answer);
    else if (answer.data.is_kept) this.#kept(step, answer);
    else this.#moveAway();
  }

  #kept(step, answer) {
    this.failures = 0;
    this.sent = Math.max(this.sent, step);
    this.#keepHere();
    this.told({ state: this.step > this.sent ? "typing" : "kept", answer });
    if (this.step > this.sent) this.#schedule();
  }

  #failed(answer) {
    const isRefused = answer.kind === "refused" || answer.kind === "page";
    const here = isRefused ? "refused" : "here";
    this.told({ state: this.store.isKept === false ? "nowhere" : here, answer });
    const wait = RETRY[Math.min(this.failures, RETRY.length - 1)];
    this.failures += 1;
    if (answer.kind === "away") this.timer = setTimeout(() => this.send(), wait);
  }

  #data(step, fields) {
    const data = new FormData();
    data.set("recap", this.recap);
    data.set("sitting", this.sitting);
    data.set("step", step);
    data.set("started_from", this.form.elements.started_from.value);
    if (fields) data.set("is_typed", "on");
    for (const [name, value] of Object.entries(fields ?? {})) data.set(name, value);
    return data;
  }

  /* Say that the editor of a saved recap is open, and hear who else writes. */
  async tellPresence() {
    if (document.hidden || !this.recap || this.flight || this.paused) return;
    const answer = await this.server.ask(this.address, this.#data(this.sent, null));
    if (answer.kind === "ok") this.told({ state: "present", answer });
  }

  /* While a save is under way nothing else is sent. */
  pause() {
    this.paused = true;
    this.flight?.abort();
    this.flight = undefined;
    clearTimeout(this.timer);
  }

  resume() {
    this.paused = false;
    if (this.step > this.sent) this.#schedule();
  }

  /* What was typed up to a step is saved. */
  saved(step) {
    this.sent = Math.max(this.sent, step);
    if (this.step <= step) this.store.forget(this.sitting);
    this.resume();
  }

  /* The page goes: send what is left, if the browser lets a page that goes send so much. */
  leave() {
    this.store.leave();
    if (this.paused || this.step <= this.sent) return;
    const fields = this.typed();
    if (JSON.stringify(fields).length > SMALL_ENOUGH_FOR_LEAVING) return;
    this.server.ask(this.address, this.#data(this.step, fields), { keepalive: true });
  }

  /* Send an entry that another editing session left in this browser; resolves to the answer. */
  deliver(sitting, entry) {
    const data = new FormData();
    const facts = { recap: entry.recap, sitting, step: entry.step, is_typed: "on" };
    const all = { ...facts, started_from: entry.startedFrom, ...entry.fields };
    for (const [name, value] of Object.entries(all)) data.set(name, value);
    return this.server.ask(this.address, data);
  }
}

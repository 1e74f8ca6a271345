/* The time since the talk began, for timestamps: by its start while it is on, or from the moment
   somebody starts the clock, for example together with the recording.

   A clock that was started by hand stays with the text (it is a field of the form, kept with all
   that is typed) and, in this browser, with the talk: saving or opening the page anew goes on. */

import { latest, words } from "./timestamps.js";

const LONGEST_TALK = 4 * 3600_000;

export class Clock {
  /* `input` is the field of the form, `note` the line that says what the clock does. */
  constructor({ shown, recordingLink, note, area, input, person, changed }) {
    Object.assign(this, { shown, recordingLink, note, area, input, changed });
    this.prefix = `talk-notes.clock.${person}.`;
    forgetOld(this.prefix);
    setInterval(() => this.#show(), 1_000);
  }

  /* Take the facts of a talk: {startsAt, recording}; `subject` names the talk or conference. */
  set({ startsAt, recording }, subject) {
    this.key = this.prefix + subject;
    this.startedAt = running(this.input.value) ?? running(remembered(this.key));
    if (this.startedAt) this.#keep();
    this.talkStartsAt = startsAt ? Date.parse(startsAt) : undefined;
    this.recordingLink.hidden = !recording;
    if (recording) this.recordingLink.href = recording;
    this.#show();
  }

  /* Begin at nothing, as somebody asks for it. */
  start() {
    const last = latest(this.area.value);
    this.#startAt(Date.now());
    this.#say(last ? "anew" : "", last);
  }

  /* The timestamp of now, such as [12:34]. A clock that does not run starts, with the time that
     the text is at. */
  timestamp() {
    const last = latest(this.area.value);
    const isNew = this.#begun() === undefined;
    if (isNew) this.#startAt(Date.now() - last);
    const now = Date.now() - this.#begun();
    const goesBack = words(now) !== words(last) && now < last;
    this.#say(isNew && last ? "goesOn" : goesBack ? "goesBack" : "", last);
    return `[${words(now)}]`;
  }

  #startAt(moment) {
    this.startedAt = moment;
    this.#keep();
    this.changed();
    this.#show();
  }

  #keep() {
    this.input.value = this.startedAt;
    remember(this.key, this.startedAt);
  }

  #begun() {
    if (this.startedAt !== undefined) return this.startedAt;
    const since = Date.now() - this.talkStartsAt;
    return since >= 0 && since < LONGEST_TALK ? this.talkStartsAt : undefined;
  }

  #say(name, last) {
    this.note.hidden = !name;
    this.note.textContent = name ? this.note.dataset[name].replace("{}", words(last)) : "";
  }

  #show() {
    const begun = this.#begun();
    this.shown.textContent = begun === undefined ? "0:00" : words(Date.now() - begun);
    this.shown.toggleAttribute("data-runs", begun !== undefined);
  }
}

/* The moment that a kept clock was started; undefined for none, and for one of another day. */
function running(kept) {
  const since = Date.now() - Number(kept || NaN);
  return since >= 0 && since < LONGEST_TALK ? Number(kept) : undefined;
}

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The form has it.
  }
}

function forgetOld(prefix) {
  try {
    const own = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    for (const key of own) if (!running(localStorage.getItem(key))) localStorage.removeItem(key);
  } catch {
    // No storage, nothing old.
  }
}

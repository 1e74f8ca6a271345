/* The time since the talk began, for timestamps: by its start while it is on, or from the moment
   somebody starts the clock, for example together with the recording. */

const LONGEST_TALK = 4 * 3600_000;

export class Clock {
  constructor({ shown, recordingLink, store, sitting, times }) {
    Object.assign(this, { shown, recordingLink, key: `${store.prefix}clock.${sitting}` });
    this.startedAt = Number(remembered(this.key)) || undefined;
    this.set(times);
    setInterval(() => this.#show(), 1_000);
  }

  /* Take the facts of another talk: {startsAt, recording}. */
  set({ startsAt, recording }) {
    this.talkStartsAt = startsAt ? Date.parse(startsAt) : undefined;
    this.recordingLink.hidden = !recording;
    if (recording) this.recordingLink.href = recording;
    this.#show();
  }

  start(at = Date.now()) {
    this.startedAt = at;
    remember(this.key, at);
    this.#show();
  }

  /* The timestamp of now, such as [12:34]. A clock that does not run starts. */
  timestamp() {
    if (this.#begun() === undefined) this.start();
    return `[${words(Date.now() - this.#begun())}]`;
  }

  #begun() {
    if (this.startedAt !== undefined) return this.startedAt;
    const since = Date.now() - this.talkStartsAt;
    return since >= 0 && since < LONGEST_TALK ? this.talkStartsAt : undefined;
  }

  #show() {
    const begun = this.#begun();
    this.shown.textContent = begun === undefined ? "0:00" : words(Date.now() - begun);
    this.shown.toggleAttribute("data-runs", begun !== undefined);
  }
}

export function words(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const two = (number) => String(number).padStart(2, "0");
  const rest = two(seconds % 60);
  return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function remembered(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // The clock then starts anew with the page.
  }
}

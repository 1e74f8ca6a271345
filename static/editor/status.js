/* The line that always tells where the text is: saved, kept on the server, or here alone. */

// What is not read aloud: it comes again and again while somebody types.
const QUIET = new Set(["fresh", "typing", "sending", "saving"]);

export class Status {
  /* `line` holds, as data, what is said of each state. */
  constructor({ line, others, newer, error, signIn }) {
    Object.assign(this, { line, others, newer, error, signIn });
    this.form = line.closest("form");
    this.announced = "kept";
    this.show("fresh");
  }

  tell({ state, answer, said, error }) {
    if (error !== undefined || state) this.error.textContent = error ?? "";
    if (state && state !== "present") this.#where(state, answer, said);
    if (answer?.data && "others" in answer.data) this.#whoElse(answer.data);
  }

  #where(state, answer, said) {
    const isSignedOut = answer?.kind === "signed-out";
    this.signIn.hidden = !isSignedOut;
    if (answer?.kind === "refused") this.error.textContent = answer.data.error ?? "";
    this.show(isSignedOut && state === "here" ? "signedOut" : state, said);
  }

  show(state, said = []) {
    const text = this.line.dataset[state] ?? "";
    const now = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const shown = [text.replace("{}", now), ...said].join(" ");
    this.line.dataset.state = state;
    this.line.ariaLive = this.#isNews(state) ? "polite" : "off";
    if (this.line.textContent !== shown) this.line.textContent = shown;
  }

  /* Tell whether assistive technology shall read the state aloud: once, until it is another. */
  #isNews(state) {
    if (QUIET.has(state)) return false;
    const isNews = state === "saved" || state !== this.announced;
    this.announced = state === "saved" ? "kept" : state;
    return isNews;
  }

  #whoElse({ others, version }) {
    this.others.hidden = !others.length;
    this.others.querySelector("[data-names]").textContent = others.join(", ");
    const started = Number(this.form.elements.started_from.value) || 0;
    this.newer.hidden = !(version && started && version > started);
  }
}

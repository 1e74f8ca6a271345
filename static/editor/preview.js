/* The text as readers will see it, made by the server's own renderer while it is typed. */

import { clean } from "./text.js";

const PAUSE = 350;
// What else the text is shown by.
const BESIDE = ["talk", "conference", "keep_breaks"];

export class Preview {
  constructor({ form, area, pane, server, address }) {
    Object.assign(this, { form, area, pane, server, address });
    area.addEventListener("input", () => this.schedule());
    form.elements.keep_breaks?.addEventListener("change", () => this.schedule());
    area.addEventListener("scroll", () => this.#follow(), { passive: true });
    // A link of the text must not lead away from it.
    pane.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (link && !link.getAttribute("href").startsWith("#")) link.target = "_blank";
    });
  }

  schedule() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), PAUSE);
  }

  async refresh() {
    if (!this.pane.offsetParent) return; // not shown
    const wanted = this.#signature();
    if (wanted === this.shown) return;
    this.flight?.abort();
    const flight = (this.flight = new AbortController());
    const answer = await this.server.ask(this.address, this.#data(), { signal: flight.signal });
    if (flight.signal.aborted) return;
    this.pane.toggleAttribute("data-stale", answer.kind !== "page" || answer.status !== 200);
    if (answer.kind !== "page" || answer.status !== 200) return;
    this.shown = wanted;
    this.pane.innerHTML = answer.html;
    this.#follow();
  }

  #subject(name) {
    return this.form.elements[name]?.value ?? "";
  }

  #signature() {
    return JSON.stringify([this.area.value, ...BESIDE.map((name) => this.#subject(name))]);
  }

  #data() {
    const data = new FormData();
    data.set("body", clean(this.area.value));
    for (const name of BESIDE) data.set(name, this.#subject(name));
    return data;
  }

  /* Show about the same place of the text as the textarea does. */
  #follow() {
    const { area, pane } = this;
    const reach = area.scrollHeight - area.clientHeight;
    const share = reach > 0 ? area.scrollTop / reach : 0;
    pane.scrollTop = share * (pane.scrollHeight - pane.clientHeight);
  }
}

/* The text as readers will see it, made by the server's own renderer while it is typed.

   It lies in a shadow tree with the stylesheets of public pages, which the admin's do not reach. */

import { clean } from "./cleaning.js";

const PAUSE = 350;
// The server renders one text of a person at a time, and may be busy.
const RETRY = 3_000;
// What else the text is shown by.
const BESIDE = ["talk", "conference", "keep_breaks"];

export class Preview {
  /* `box` is where it is shown, `content` what is in it: the stylesheets, and a place for the text. */
  constructor({ form, area, box, content, server, address }) {
    const tree = box.attachShadow({ mode: "open" });
    tree.append(content);
    const pane = tree.querySelector("[data-part=pane]");
    Object.assign(this, { form, area, box, pane, server, address });
    area.addEventListener("input", () => this.schedule());
    form.elements.keep_breaks?.addEventListener("change", () => this.schedule());
    area.addEventListener("scroll", () => this.#follow(), { passive: true });
    pane.addEventListener("click", (event) => this.#goTo(event));
  }

  schedule(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), pause);
  }

  async refresh() {
    if (!this.box.offsetParent) return; // not shown
    const wanted = this.#signature();
    if (wanted === this.shown) return;
    this.flight?.abort();
    const flight = new AbortController();
    this.flight = flight;
    const answer = await this.server.ask(this.address, this.#data(), { signal: flight.signal });
    if (flight.signal.aborted) return;
    this.pane.toggleAttribute("data-stale", answer.kind !== "page" || answer.status !== 200);
    if (answer.kind === "away") this.schedule(RETRY);
    if (answer.kind !== "page" || answer.status !== 200) return;
    this.shown = wanted;
    this.pane.innerHTML = answer.html;
    this.#offer(this.form.elements._front_matter);
    this.#follow();
  }

  /* A link of the text must not lead away from it; those within it are followed in its own tree. */
  #goTo(event) {
    const link = event.target.closest("a[href]");
    const address = link?.getAttribute("href") ?? "";
    if (!address.startsWith("#")) {
      if (link) link.target = "_blank";
      return;
    }
    event.preventDefault();
    const name = decodeURIComponent(address.slice(1));
    this.pane.querySelector(`[id="${CSS.escape(name)}"]`)?.scrollIntoView();
  }

  /* Front matter in the text has a button of its own among those that save. */
  #offer(button) {
    if (button) button.hidden = !this.pane.querySelector("[data-front-matter]");
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
    const { area, box } = this;
    const reach = area.scrollHeight - area.clientHeight;
    const share = reach > 0 ? area.scrollTop / reach : 0;
    box.scrollTop = share * (box.scrollHeight - box.clientHeight);
  }
}

/* Saving without leaving the page before the server has said yes. Where it says anything else
   than yes or no, the form is sent as without scripts, and the server's page shows it all. */

import { clean } from "./cleaning.js";
import { isPressed } from "./keys.js";

export class Saving {
  constructor({ form, server, keeper, signIn, told }) {
    Object.assign(this, { form, server, keeper, signIn, told });
    form.addEventListener("submit", (event) => this.#submitted(event));
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  #submitted(event) {
    if (this.letThrough) return;
    event.preventDefault();
    this.save(event.submitter?.name ?? "_continue", event.submitter?.value ?? "");
  }

  #pressed(event) {
    const isSave = isPressed(event, "s", "KeyS");
    if (event.shiftKey || !(isSave || isPressed(event, "enter", "Enter"))) return;
    event.preventDefault();
    if (document.querySelector("dialog[open]")) return; // it has the keys
    this.save(!isSave && this.form.querySelector("[name=_next]") ? "_next" : "_continue");
  }

  /* Save as the button of this name does. */
  async save(name, value = "") {
    if (this.busy) return;
    this.busy = true;
    this.keeper.notice();
    this.keeper.pause();
    this.told({ state: "saving" });
    try {
      await this.#send(name, value);
    } finally {
      this.busy = false;
      this.keeper.resume();
    }
  }

  async #send(name, value) {
    const step = this.keeper.count();
    const data = clean(new FormData(this.form));
    data.set(name, value);
    const address = this.form.action || window.location.href;
    const answer = await this.server.ask(address, data);
    if (answer.kind === "ok") return this.#saved(name, step, answer.data, data.get("slug"));
    if (answer.kind === "signed-out") {
      this.told({ state: "here", answer });
      if (await this.signIn()) return this.#send(name, value);
      return undefined;
    }
    if (answer.kind === "away") return this.told({ state: "unsaved", answer });
    return this.#sendPlainly(name, value);
  }

  #saved(name, step, facts, sentSlug) {
    const { started_from: startedFrom, slug } = this.form.elements;
    startedFrom.value = facts.version;
    // Not over what somebody typed there meanwhile, and not for nothing: undo would forget.
    if (slug?.value === sentSlug && slug.value !== facts.slug) slug.value = facts.slug;
    this.form.dataset.recap = facts.recap;
    this.keeper.saved(step);
    if (name !== "_continue") {
      window.location.assign(facts.next);
      return;
    }
    this.form.action = facts.form;
    window.history.replaceState(null, "", facts.form);
    this.told({ state: this.keeper.step > step ? "typing" : "saved", said: facts.said });
  }

  /* As without scripts: the answer is a page that shows what is wrong, with all that was typed. */
  #sendPlainly(name, value) {
    const button = document.createElement("input");
    Object.assign(button, { type: "hidden", name, value });
    this.form.append(button);
    const { body } = this.form.elements;
    if (body.value !== clean(body.value)) body.value = clean(body.value);
    this.form.elements.csrfmiddlewaretoken.value = this.server.token;
    this.letThrough = true;
    HTMLFormElement.prototype.submit.call(this.form);
  }
}

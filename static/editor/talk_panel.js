/* What was announced of the talk, beside the text; made anew where another talk is chosen. */

const ROOM_FOR_BOTH = "(min-width: 1100px)";

export class TalkPanel {
  /* `side` is the column beside the text. The announcement of a talk is open while nothing is
     written, where it covers no text. */
  constructor({ side, form, isNew }) {
    this.form = form;
    this.shown = form.elements.talk?.value;
    this.panel = document.querySelector("[data-editor-talk]");
    if (!this.panel) return;
    side.prepend(this.panel);
    this.panel.open = isNew && window.matchMedia(ROOM_FOR_BOTH).matches;
  }

  /* Show the chosen talk's announcement; resolve to what else the server says of the talk. */
  async ask(address) {
    const talk = this.form.elements.talk.value;
    const response = await fetch(`${address}?talk=${encodeURIComponent(talk)}`).catch(() => null);
    if (!response?.ok) return {};
    const found = await response.json();
    // Two talks may be chosen quickly, and the first one's answer come last.
    const isWanted = talk === this.form.elements.talk.value && talk !== this.shown;
    if (isWanted) this.#show(talk, found.announced);
    return found;
  }

  #show(talk, html) {
    this.shown = talk;
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const panel = holder.content.querySelector("[data-editor-talk]");
    panel.open = this.panel.open;
    this.panel.replaceWith(panel);
    this.panel = panel;
    this.#hideTags();
  }

  /* A talk's recap shows its talk's tags. */
  #hideTags() {
    const line = this.form.elements.tags;
    const row = line?.closest(".form-row");
    if (row) row.hidden = Boolean(this.form.elements.talk.value) && !line.value;
  }
}

/* Suggestions for the tag being typed in a line of tags: <input data-tag-line="address">.

   The line is a plain text field that works without this. */

import { apply } from "../editor/text.js";
import { Combobox } from "../js/combobox.js";
import { fitting, joined, partAt, taken, termOf } from "./tag_names.js";

const WAIT = 150;
const MOST = 8;

class TagLine {
  constructor(input) {
    this.input = input;
    const box = document.createElement("span");
    box.className = "tag-line";
    input.replaceWith(box);
    box.append(input);
    this.suggestions = new Combobox(input, box, (name) => this.take(name), { tabTakes: true });
    input.addEventListener("input", () => this.ask());
    input.addEventListener("paste", (event) => this.paste(event));
    input.addEventListener("blur", () => this.stop());
    input.addEventListener("keydown", (event) => event.key === "Escape" && this.stop());
  }

  /* What is looked up of the name at the cursor. */
  typed() {
    const { value, selectionStart } = this.input;
    const { start, end } = partAt(value, selectionStart);
    return termOf(value.slice(start, end));
  }

  /* A pasted list of lines: a field of one line would join its names. */
  paste(event) {
    const line = joined(event.clipboardData.getData("text/plain"));
    if (line === undefined) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = this.input;
    this.input.setRangeText(line, selectionStart, selectionEnd, "end");
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  ask() {
    this.stop();
    const term = this.typed();
    if (term) this.timer = setTimeout(() => this.fetch(term), WAIT);
    else this.suggestions.close();
  }

  stop() {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  async fetch(term) {
    this.asked = new AbortController();
    const address = `${this.input.dataset.tagLine}&term=${encodeURIComponent(term)}`;
    try {
      const answer = await fetch(address, { signal: this.asked.signal });
      if (answer.ok) this.show((await answer.json()).results, term);
    } catch {
      this.suggestions.close(); // typing went on, or the network is away: the field works as it is
    }
  }

  show(results, term) {
    const names = results.map((result) => result.text);
    this.suggestions.show(fitting(names, this.input.value, term).slice(0, MOST));
  }

  take(name) {
    apply(this.input, taken(this.input.value, this.input.selectionStart, name));
    this.stop(); // putting it in is no reason to ask
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const input of document.querySelectorAll("input[data-tag-line]")) new TagLine(input);

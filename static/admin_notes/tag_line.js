/* Suggestions for the tag being typed in a line of tags: <input data-tag-line="address">.

   The line is a plain text field that works without this. */

import { replace } from "../editor/text.js";
import { Combobox } from "../js/combobox.js";
import { inLine, partAt, parts, termOf } from "./tag_names.js";

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

  /* Where the name at the cursor begins and ends. */
  part() {
    return partAt(this.input.value, this.input.selectionStart);
  }

  typed() {
    const { start, end } = this.part();
    return termOf(this.input.value.slice(start, end));
  }

  /* A pasted list of lines: a field of one line would join its names. */
  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = this.input;
    const line = text.trim().replace(/\s*[\r\n]+\s*/g, ", ");
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
      if (answer.ok) this.suggestions.show(this.fitting((await answer.json()).results, term));
    } catch {
      this.suggestions.close(); // typing went on, or the network is away: the field works as it is
    }
  }

  /* What is not in the line yet; first what begins with the term. */
  fitting(results, term) {
    const given = new Set(parts(this.input.value).map((part) => part.name.toLowerCase()));
    const names = results
      .map((result) => result.text)
      .filter((name) => !given.has(name.toLowerCase()));
    const begins = (name) => name.toLowerCase().startsWith(term.toLowerCase());
    return names.sort((a, b) => begins(b) - begins(a)).slice(0, MOST);
  }

  take(name) {
    const { start, end } = this.part();
    const { value } = this.input;
    const rest = value.slice(end).match(/^.?\s*/s)[0]; // what separates it from the next
    replace(this.input, [start, end + rest.length], `${start ? " " : ""}${inLine(name)}, `);
    this.stop(); // putting it in is no reason to ask
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const input of document.querySelectorAll("input[data-tag-line]")) new TagLine(input);

/* Suggestions for the tag being typed in a comma-separated line: <input data-tag-line="address">.

   The line is a plain text field that works without this. */

const WAIT = 150;
let lines = 0;

class TagLine {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.className = "tag-suggestions";
    this.list.id = `tag-suggestions-${(lines += 1)}`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    const box = document.createElement("span");
    box.className = "tag-line";
    input.replaceWith(box);
    box.append(input, this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // Before the field loses the focus.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(event.target.closest("li"));
    });
  }

  /* Where the name at the cursor begins and ends. */
  part() {
    const { value, selectionStart } = this.input;
    const start = value.lastIndexOf(",", selectionStart - 1) + 1;
    const comma = value.indexOf(",", selectionStart);
    return { start, end: comma < 0 ? value.length : comma };
  }

  typed() {
    const { start, end } = this.part();
    return this.input.value.slice(start, end).trim().replace(/^#/, "");
  }

  ask() {
    clearTimeout(this.timer);
    this.asked?.abort();
    const term = this.typed();
    if (!term) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.fetch(term), WAIT);
  }

  async fetch(term) {
    this.asked = new AbortController();
    const address = `${this.input.dataset.tagLine}&term=${encodeURIComponent(term)}`;
    try {
      const answer = await fetch(address, { signal: this.asked.signal });
      if (answer.ok) this.show((await answer.json()).results, term);
    } catch {
      this.close(); // typing went on, or the network is away: the field works as it is
    }
  }

  show(results, term) {
    const given = new Set(this.input.value.split(",").map((name) => name.trim().toLowerCase()));
    const names = results.map((result) => result.text).filter((name) => !given.has(name.toLowerCase()));
    const begins = (name) => name.toLowerCase().startsWith(term.toLowerCase());
    names.sort((a, b) => begins(b) - begins(a));
    this.list.replaceChildren(...names.slice(0, 8).map((name, number) => this.option(name, number)));
    this.list.hidden = !names.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.choose(null);
  }

  option(name, number) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.id = `${this.list.id}-${number}`;
    item.textContent = name;
    return item;
  }

  choose(item) {
    this.chosen?.setAttribute("aria-selected", "false");
    this.chosen = item;
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (this.list.hidden) return;
    const items = [...this.list.children];
    const at = items.indexOf(this.chosen);
    const moves = {
      ArrowDown: () => this.choose(items[(at + 1) % items.length]),
      ArrowUp: () => this.choose(items.at(at <= 0 ? -1 : at - 1)),
      Escape: () => this.close(),
      Enter: () => this.take(this.chosen),
      Tab: () => this.take(this.chosen),
    };
    const needsChoice = event.key === "Enter" || event.key === "Tab";
    if (!moves[event.key] || (needsChoice && !this.chosen)) return;
    event.preventDefault();
    moves[event.key]();
  }

  take(item) {
    if (!item) return;
    const { start, end } = this.part();
    const before = this.input.value.slice(0, start);
    const after = this.input.value.slice(end).replace(/^,\s*/, "");
    const head = `${before}${before && " "}${item.textContent}, `.replace(/,\s+/g, ", ");
    this.input.value = head + after;
    this.input.setSelectionRange(head.length, head.length);
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.choose(null);
  }
}

for (const input of document.querySelectorAll("input[data-tag-line]")) new TagLine(input);

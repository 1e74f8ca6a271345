/** A text field with a list of suggestions: an ARIA combobox whose list is moved through by arrow
 *  keys while the cursor stays in the field. What is typed stays as it is until one is taken. */

let lists = 0;

export class Combobox {
  /**
   * @param {HTMLInputElement} input the field; its data-suggestions-label names the list.
   * @param {Element} place where the list is put in, behind everything else.
   * @param {(name: string) => void} take what is done with the suggestion that was chosen.
   * @param {{tabTakes?: boolean}} options whether Tab takes it too, as in a field that goes on.
   */
  constructor(input, place, take, { tabTakes = false } = {}) {
    this.input = input;
    this.take = take;
    this.tabTakes = tabTakes;
    this.chosen = null;
    this.list = this.#listIn(place);
    input.autocomplete = "off";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("keydown", (event) => this.#press(event));
    input.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Show these names, none of them chosen; without any the list closes. */
  show(names) {
    this.list.replaceChildren(...names.map((name, number) => this.#option(name, number)));
    this.list.hidden = !names.length;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.#choose(null);
  }

  close() {
    this.show([]);
  }

  #listIn(place) {
    const list = document.createElement("ul");
    lists += 1;
    list.id = `suggestions-${lists}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.input.dataset.suggestionsLabel);
    // The field keeps the focus.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.#taken(event.target.closest("li")));
    place.append(list);
    return list;
  }

  #option(name, number) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dir = "auto";
    item.textContent = name;
    return item;
  }

  #choose(item) {
    this.chosen?.setAttribute("aria-selected", "false");
    this.chosen = item;
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #press(event) {
    if (!this.isOpen || event.isComposing) return;
    const items = [...this.list.children];
    const at = items.indexOf(this.chosen);
    const takes = this.chosen && (() => this.#taken(this.chosen));
    const moves = {
      ArrowDown: () => this.#choose(items[(at + 1) % items.length]),
      ArrowUp: () => this.#choose(items.at(at <= 0 ? -1 : at - 1)),
      Escape: () => this.close(),
      Enter: takes,
      Tab: this.tabTakes && takes,
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  #taken(item) {
    if (!item) return;
    const name = item.textContent;
    this.close();
    this.take(name);
  }
}

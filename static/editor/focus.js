/* Nothing but the text, its tools and the one button that saves: what else is on the page is not
   shown (editor.css) until the button is pressed again, or Escape. */

export class Focus {
  constructor(button) {
    this.button = button;
    document.addEventListener("keydown", (event) => {
      const isOver = event.key === "Escape" && !document.querySelector("dialog[open]");
      if (isOver && this.isOn) this.turn();
    });
  }

  get isOn() {
    return document.documentElement.hasAttribute("data-focus");
  }

  turn() {
    const isOn = document.documentElement.toggleAttribute("data-focus");
    this.button.setAttribute("aria-pressed", String(isOn));
  }
}

/* The buttons above the text, and the keys for the same. One stop of the Tab key, then arrows. */

import { isPressed, prefixLines, replaceSelection, selected, wrap } from "./text.js";

const KEYS = [
  ["b", "KeyB", "bold"],
  ["i", "KeyI", "italic"],
  ["k", "KeyK", "link"],
];

export function startToolbar({ bar, area, actions }) {
  const all = { ...formatting(area), ...actions };
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button) all[button.dataset.do]?.(button);
  });
  area.addEventListener("keydown", (event) => {
    const found = KEYS.find(([key, code]) => isPressed(event, key, code));
    if (!found) return;
    event.preventDefault();
    all[found[2]]();
  });
  rove(bar);
}

function formatting(area) {
  return {
    bold: () => wrap(area, "**"),
    italic: () => wrap(area, "*"),
    code: () => code(area),
    heading: () => prefixLines(area, "## "),
    list: () => prefixLines(area, "- "),
    task: () => prefixLines(area, "- [ ] "),
    quote: () => prefixLines(area, "> "),
    link: () => link(area),
    thing: () => wrap(area, "[[", "]]"),
  };
}

function code(area) {
  if (selected(area).includes("\n")) wrap(area, "```\n", "\n```");
  else wrap(area, "`");
}

/* A link around the selection; what is selected next is what is to be typed next. */
function link(area) {
  const text = selected(area);
  if (/^https?:\/\/\S+$/.test(text)) replaceSelection(area, `[](${text})`, [1, 1]);
  else replaceSelection(area, `[${text}](https://)`, [text.length + 3, text.length + 11]);
}

function rove(bar) {
  const buttons = [...bar.querySelectorAll("button, a")];
  const stop = (chosen) => {
    for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1;
  };
  stop(buttons[0]);
  bar.addEventListener("focusin", (event) => stop(event.target.closest("button, a")));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const shown = buttons.filter((button) => button.offsetParent);
    const place = shown.indexOf(document.activeElement);
    if (!step || place < 0) return;
    event.preventDefault();
    shown[(place + step + shown.length) % shown.length].focus();
  });
}

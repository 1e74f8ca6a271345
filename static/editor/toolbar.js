/* The buttons above the text, and the keys for the same. One stop of the Tab key, then arrows. */

import { coded, linked, linkedTo, prefixed, schemeToReplace, wrapped } from "./changes.js";
import { isPressed } from "./keys.js";
import { apply } from "./text.js";

const KEYS = [
  ["b", "KeyB", "bold"],
  ["i", "KeyI", "italic"],
  ["k", "KeyK", "link"],
];

/* `changes` are further ones of the text, `actions` do other things; `reveal` shows the text where
   a narrow screen shows the preview in its place. */
export function startToolbar({ bar, area, reveal, changes, actions }) {
  const all = { ...formatting(area), ...changes };
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (all[name] && !area.offsetParent) reveal();
    (all[name] ?? actions[name])?.();
  });
  area.addEventListener("keydown", (event) => {
    const found = KEYS.find(([key, place]) => isPressed(event, key, place));
    if (!found) return;
    event.preventDefault();
    all[found[2]]();
  });
  area.addEventListener("paste", (event) => pasteAddress(area, event));
  rove(bar);
}

function formatting(area) {
  return {
    bold: () => apply(area, wrapped(area, "**")),
    italic: () => apply(area, wrapped(area, "*")),
    code: () => apply(area, coded(area)),
    heading: () => apply(area, prefixed(area, "## ")),
    list: () => apply(area, prefixed(area, "- ")),
    task: () => apply(area, prefixed(area, "- [ ] ")),
    quote: () => apply(area, prefixed(area, "> ")),
    link: () => apply(area, linked(area)),
    thing: () => apply(area, wrapped(area, "[[", "]]")),
  };
}

/* An address that is pasted over words makes a link of them; into a new link it takes the place of
   its scheme. */
function pasteAddress(area, event) {
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  const part = schemeToReplace(area, pasted);
  const change = linkedTo(area, pasted);
  if (part) area.setSelectionRange(...part);
  else if (change) {
    event.preventDefault();
    apply(area, change);
  }
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

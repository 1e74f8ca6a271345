/* The buttons above the text, and the keys for the same. One stop of the Tab key, then arrows. */

import { isPressed, prefixLines, replaceSelection, selected, wrap } from "./text.js";

const KEYS = [
  ["b", "KeyB", "bold"],
  ["i", "KeyI", "italic"],
  ["k", "KeyK", "link"],
];

const SCHEME = "https://";

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
  area.addEventListener("paste", (event) => pasteAddress(area, event.clipboardData));
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

/* A link around the selection; the caret is where the next words belong. */
function link(area) {
  const text = selected(area);
  if (/^https?:\/\/\S+$/.test(text)) replaceSelection(area, `[](${text})`, 1);
  else replaceSelection(area, `[${text}](${SCHEME})`, text.length + 3 + SCHEME.length);
}

/* An address that is pasted into a new link takes the place of its scheme. */
function pasteAddress(area, transfer) {
  const { value, selectionStart: start, selectionEnd: end } = area;
  const isNew = value.slice(0, start).endsWith(`](${SCHEME}`) && value[end] === ")";
  if (!isNew || !/^\s*https?:/.test(transfer?.getData("text/plain") ?? "")) return;
  area.setSelectionRange(start - SCHEME.length, end);
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

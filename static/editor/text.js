/* Changes of a text field as if they were typed: they can be undone, and are kept like typing. */

import { moved } from "./changes.js";

let isComposing = false;
document.addEventListener("compositionstart", () => (isComposing = true));
document.addEventListener("compositionend", () => (isComposing = false));

/* Put a text in the place of a part of another one: the one way by which scripts change what
   somebody writes. It never leaves that text selected, for the next key would delete it: the
   caret is behind it, or stays with the words it was at. `caret` counts from the beginning of
   the text, and is given where the next words belong elsewhere. */
export function replace(area, [from, to], text, caret) {
  const { selectionStart, selectionEnd, selectionDirection } = area;
  const start = moved(selectionStart, [from, to], text.length);
  const end = moved(selectionEnd, [from, to], text.length);
  area.focus({ preventScroll: true });
  // Setting the selection also ends the step that undo takes back: what was typed is another one.
  area.setSelectionRange(from, to);
  if (text || from < to) put(area, text);
  if (caret !== undefined) area.setSelectionRange(from + caret, from + caret);
  else area.setSelectionRange(start, end, selectionDirection);
}

/* Put a text in where something belongs that came later, while somebody may be writing elsewhere:
   the focus, the selection and what is in view stay where they are. */
export function insertBeside(area, place, text) {
  const { activeElement: other } = document;
  const [top, across, down] = [area.scrollTop, window.scrollX, window.scrollY];
  replace(area, [place, place], text);
  if (other !== area) other?.focus({ preventScroll: true });
  area.scrollTop = top;
  window.scrollTo(across, down);
}

function put(area, text) {
  // Deprecated and everywhere: the one way of changing a field that its own undo knows.
  const isReached = document.activeElement === area;
  if (isReached && document.execCommand(text ? "insertText" : "delete", false, text)) return;
  area.setRangeText(text); // a field that is not shown
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/* Wait until the text can be changed: no dialog covers it, and no sign is being composed. */
export async function untilFree() {
  for (;;) {
    const dialog = document.querySelector("dialog[open]");
    if (dialog) await happening(dialog, "close");
    else if (isComposing) await happening(document, "compositionend");
    else return;
  }
}

function happening(target, name) {
  return new Promise((done) => target.addEventListener(name, done, { once: true }));
}

/* Make a change, as `changes.js` describes it. */
export function apply(area, { part, text, caret }) {
  replace(area, part, text, caret);
}

/* Open a dialog above the text. When it closes the cursor is where it was: browsers put the focus
   back, and now and then the cursor to the beginning. */
export function openDialog(dialog, area) {
  const { selectionStart, selectionEnd } = area;
  const putBack = () => area.setSelectionRange(selectionStart, selectionEnd);
  dialog.addEventListener("close", putBack, { once: true });
  dialog.showModal();
}

/* Changes of a text field as if they were typed: they can be undone, and are kept like typing. */

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

/* Where a place of the text is after a part of it was replaced. */
function moved(place, [from, to], length) {
  if (place < from) return place;
  return from + length + Math.max(0, place - to);
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

export function selected(area) {
  return area.value.slice(area.selectionStart, area.selectionEnd);
}

/* Put a text in the place of the selection. */
export function replaceSelection(area, text, caret) {
  replace(area, [area.selectionStart, area.selectionEnd], text, caret);
}

/* Put signs around the selection, or take them away. */
export function wrap(area, before, after = before) {
  const text = selected(area);
  const { selectionStart: start, selectionEnd: end, value } = area;
  const isWrapped =
    value.slice(start - before.length, start) === before && value.slice(end).startsWith(after);
  if (isWrapped) replace(area, [start - before.length, end + after.length], text);
  else replaceSelection(area, before + text + after, text ? undefined : before.length);
}

/* Begin every line of the selection with a sign, or take it away where all have it. */
export function prefixLines(area, prefix) {
  const { value, selectionEnd } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = value.indexOf("\n", Math.max(selectionEnd - 1, start));
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const all = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line));
  const text = changed.join("\n");
  replace(area, [start, end], text, Math.max(0, text.length - Math.max(0, end - selectionEnd)));
}

/* Tell whether Ctrl, or Cmd, and a key are pressed: by its sign, or by its place on the keyboard
   where the layout has no Latin letters at all. */
export function isPressed(event, key, code) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const isLatin = /^[\x20-\x7e]+$/.test(event.key);
  return isLatin ? event.key.toLowerCase() === key : event.code === code;
}

/* A text, or the texts of a form, without NUL: the server refuses it, and no text needs it. */
export function clean(data) {
  if (typeof data === "string") return data.replaceAll("\0", "");
  const cleaned = new FormData();
  for (const [name, value] of data) {
    cleaned.append(name, typeof value === "string" ? clean(value) : value);
  }
  return cleaned;
}

/* Open a dialog above the text. When it closes the cursor is where it was: browsers put the focus
   back, and now and then the cursor to the beginning. */
export function openDialog(dialog, area) {
  const { selectionStart, selectionEnd } = area;
  const putBack = () => area.setSelectionRange(selectionStart, selectionEnd);
  dialog.addEventListener("close", putBack, { once: true });
  dialog.showModal();
}

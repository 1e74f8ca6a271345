/* Changes of a textarea as if they were typed: they can be undone, and are kept like typing. */

/* Replace the selection, and select what `select` names of the new text: [from, to]. */
export function replaceSelection(area, text, select) {
  const start = area.selectionStart;
  area.focus();
  // Deprecated and everywhere: the one way of changing a textarea that its own undo knows.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (select) area.setSelectionRange(start + select[0], start + select[1]);
}

export function selected(area) {
  return area.value.slice(area.selectionStart, area.selectionEnd);
}

/* Put signs around the selection, or take them away. */
export function wrap(area, before, after = before) {
  const text = selected(area);
  const { selectionStart: start, selectionEnd: end, value } = area;
  const isWrapped =
    value.slice(start - before.length, start) === before && value.slice(end).startsWith(after);
  if (isWrapped) {
    area.setSelectionRange(start - before.length, end + after.length);
    replaceSelection(area, text, [0, text.length]);
    return;
  }
  const from = before.length;
  replaceSelection(area, before + text + after, [from, from + text.length]);
}

/* Begin every line of the selection with a sign, or take it away where all have it. */
export function prefixLines(area, prefix) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = value.indexOf("\n", Math.max(area.selectionEnd - 1, start));
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const all = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line));
  const text = changed.join("\n");
  area.setSelectionRange(start, end);
  const caret = lines.length > 1 ? [0, text.length] : [text.length, text.length];
  replaceSelection(area, text, caret);
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

/* Put a text in the place of another one that stands somewhere, and keep the caret. */
export function replaceText(area, old, text) {
  const place = area.value.indexOf(old);
  if (place < 0) return false;
  area.setRangeText(text, place, place + old.length, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

/* Open a dialog above the text. When it closes the cursor is where it was: browsers put the focus
   back, and now and then the cursor to the beginning. */
export function openDialog(dialog, area) {
  const { selectionStart, selectionEnd } = area;
  const putBack = () => area.setSelectionRange(selectionStart, selectionEnd);
  dialog.addEventListener("close", putBack, { once: true });
  dialog.showModal();
}

/* What a change of a text puts where, as {part: [from, to], text, caret}: `text` takes the place of a
   part, and the caret goes `caret` signs behind its beginning, or stays with the words it was at.

   A `field` is anything with {value, selectionStart, selectionEnd}. */

const SCHEME = "https://";

/* Where a place of a text is after a part of it was replaced. */
export function moved(place, [from, to], length) {
  if (place < from) return place;
  return from + length + Math.max(0, place - to);
}

export function selected({ value, selectionStart, selectionEnd }) {
  return value.slice(selectionStart, selectionEnd);
}

function inSelection({ selectionStart, selectionEnd }, text, caret) {
  return { part: [selectionStart, selectionEnd], text, caret };
}

/* Put signs around the selection, or take them away. */
export function wrapped(field, before, after = before) {
  const text = selected(field);
  const { selectionStart: start, selectionEnd: end, value } = field;
  const isWrapped =
    value.slice(start - before.length, start) === before && value.slice(end).startsWith(after);
  if (isWrapped) return { part: [start - before.length, end + after.length], text };
  return inSelection(field, before + text + after, text ? undefined : before.length);
}

/* Begin every line of the selection with a sign, or take it away where all have it. */
export function prefixed({ value, selectionStart, selectionEnd }, prefix) {
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", Math.max(selectionEnd - 1, start));
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const all = lines.every((line) => line.startsWith(prefix));
  const text = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line)).join("\n");
  const caret = Math.max(0, text.length - Math.max(0, end - selectionEnd));
  return { part: [start, end], text, caret };
}

/* The selection as code: a block where it has several lines. */
export function coded(field) {
  return selected(field).includes("\n") ? wrapped(field, "```\n", "\n```") : wrapped(field, "`");
}

/* A link around the selection; the caret is where the next words belong. */
export function linked(field) {
  const text = selected(field);
  if (/^https?:\/\/\S+$/.test(text)) return inSelection(field, `[](${text})`, 1);
  return inSelection(field, `[${text}](${SCHEME})`, text.length + 3 + SCHEME.length);
}

/* The selected words as a link to a pasted address; undefined where that is no address, or what is
   selected are no words of one line, or an address itself: then it is replaced as ever. */
export function linkedTo(field, pasted) {
  const [text, address] = [selected(field), pasted.trim()];
  const isAddress = /^(https?:\/\/|mailto:)\S+$/.test(address);
  const isWords = text.trim() !== "" && !/[\n[\]]/.test(text) && !/^\S+:\/\/\S*$/.test(text.trim());
  if (!isAddress || !isWords) return undefined;
  const [, before, words, after] = /^(\s*)(.*?)(\s*)$/.exec(text);
  const target = /[()<>]/.test(address) ? `<${encodeAngles(address)}>` : address;
  return inSelection(field, `${before}[${words}](${target})${after}`);
}

function encodeAngles(address) {
  return address.replaceAll("<", "%3C").replaceAll(">", "%3E");
}

/* What an address takes the place of that is pasted into a new link: its scheme. undefined where
   nothing is to be replaced. */
export function schemeToReplace({ value, selectionStart: start, selectionEnd: end }, pasted) {
  const isNew = value.slice(0, start).endsWith(`](${SCHEME}`) && value[end] === ")";
  return isNew && /^\s*https?:/.test(pasted) ? [start - SCHEME.length, end] : undefined;
}

/* Names of tags in a line, as `talks/tagging/text.py` reads and writes them. */

const SEPARATORS = ",;，、；،؛﹐﹑﹔､\\r\\n\\u2028\\u2029";
const HOLDING = {
  "“": "”“",
  "„": "“”",
  "”": "”",
  "«": "»",
  "»": "«",
  "「": "」",
  "『": "』",
  "＂": "＂",
};
const ENCLOSING = {
  "'": "'",
  "‘": "’‘",
  "‚": "‘’",
  "’": "’",
  "‹": "›",
  "›": "‹",
  "`": "`",
  "＇": "＇",
};

const held = Object.entries(HOLDING).map(([mark, end]) => `${mark}([^${mark}${end}]+)[${end}]`);
const enclosed = Object.entries(ENCLOSING).map(
  ([mark, end]) => `${mark}([^${mark}${end}${SEPARATORS}]+)[${end}]`,
);
const inMarks = ['"((?:[^"]|"")+)"', ...held, ...enclosed].join("|");
const QUOTED = new RegExp(`\\s*(?:${inMarks})\\s*(?:[${SEPARATORS}]|$)`, "y");
const BARE = new RegExp(`([^${SEPARATORS}]*)(?:[${SEPARATORS}]|$)`, "y");
const OPENING = `"${Object.keys(HOLDING).join("")}${Object.keys(ENCLOSING).join("")}`;

const clean = (name) => name.replace(/\s+/g, " ").trim();

function nextPart(line, start) {
  QUOTED.lastIndex = BARE.lastIndex = start;
  const quoted = QUOTED.exec(line);
  const [whole, ...found] = quoted ?? BARE.exec(line);
  const ends = start + whole.length;
  const isSeparated = new RegExp(`[${SEPARATORS}]$`).test(whole);
  const text = found.find((part) => part !== undefined) ?? "";
  const name = quoted
    ? clean(found[0] === undefined ? text : text.replaceAll('""', '"'))
    : clean(text).replace(/^[# ]+/, "");
  return {
    start,
    end: isSeparated ? ends - 1 : ends,
    next: ends,
    name,
    isQuoted: Boolean(quoted),
    isSeparated,
  };
}

/* The names of a line with their places; one part at least. */
export function parts(line) {
  const found = [nextPart(line, 0)];
  while (found.at(-1).isSeparated) found.push(nextPart(line, found.at(-1).next));
  return found;
}

/* Where the name at a place begins and ends. One whose quotation mark is still open began there. */
export function partAt(line, place) {
  const before = parts(line).filter((part) => part.start <= place);
  const { end } = before.at(-1);
  const open = before.findLast(
    (part) => !part.isQuoted && line.slice(part.start).trimStart().startsWith('"'),
  );
  return { start: (before.at(-1).isQuoted ? before.at(-1) : (open ?? before.at(-1))).start, end };
}

/* What of some names is not in a line yet; first what begins with a term. */
export function fitting(names, line, term) {
  const given = new Set(parts(line).map((part) => part.name.toLowerCase()));
  const begins = (name) => name.toLowerCase().startsWith(term.toLowerCase());
  return names
    .filter((name) => !given.has(name.toLowerCase()))
    .sort((a, b) => begins(b) - begins(a));
}

/* What takes the place of the name at a place of a line when another is chosen: {part, text}. */
export function taken(line, place, name) {
  const { start, end } = partAt(line, place);
  const rest = line.slice(end).match(/^.?\s*/s)[0]; // what separates it from the next
  return { part: [start, end + rest.length], text: `${start ? " " : ""}${inLine(name)}, ` };
}

/* A list of lines as one line; undefined for what is one already. */
export function joined(text) {
  const list = text.trim();
  return /[\r\n]/.test(list) ? list.replace(/\s*[\r\n]+\s*/g, ", ") : undefined;
}

/* What of a name is looked up while it is typed: it may have a mark before it and none behind. */
export function termOf(text) {
  return clean(text)
    .replace(/^["“„«»「『＂#\s]+/, "")
    .replace(/["”“»」』＂]+$/, "");
}

/* A name as it stands in a line, and is read back from it. */
export function inLine(name) {
  const [only, ...others] = parts(name);
  const isPlain = !OPENING.includes(name[0]) && !others.length && only.name === name;
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

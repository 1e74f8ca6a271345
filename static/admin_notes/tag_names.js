/* Names of tags in a line, as `talks/tag_text.py` reads and writes them. */

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
const names = ['"((?:[^"]|"")+)"', ...held, ...enclosed].join("|");
const QUOTED = new RegExp(`\\s*(?:${names})\\s*(?:[${SEPARATORS}]|$)`, "y");
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

/* A text, or the texts of a form, without NUL: the server refuses it, and no text needs it. */
export function clean(data) {
  if (typeof data === "string") return data.replaceAll("\0", "");
  const cleaned = new FormData();
  for (const [name, value] of data) {
    cleaned.append(name, typeof value === "string" ? clean(value) : value);
  }
  return cleaned;
}

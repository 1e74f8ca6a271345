/** A text as it is compared with what somebody types: capitals and accents do not matter. */
export function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function plainWords(text) {
  return plain(text).split(/\s+/).filter(Boolean);
}

/* Tell whether Ctrl, or Cmd, and a key are pressed: by its sign, or by its place on the keyboard
   where the layout has no Latin letters at all. */
export function isPressed(event, key, code) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const isLatin = /^[\x20-\x7e]+$/.test(event.key);
  return isLatin ? event.key.toLowerCase() === key : event.code === code;
}

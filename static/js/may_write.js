/** Whether somebody was signed in in this browser: others need not ask what they may write. It says
 *  nothing of rights, which the server knows alone. */

const KEY = "may-write";

export function mayWrite() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false; // a browser may forbid storage
  }
}

export function remember() {
  try {
    localStorage.setItem(KEY, "yes");
  } catch {
    // The desk leads to all forms too.
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // It was never there.
  }
}

/* Signing in again in the middle of writing, in a dialog above the text. */

import { openDialog } from "./text.js";

/* Return a function that asks for the password; it resolves to whether the person is signed in. */
export function signingIn({ dialog, area, server }) {
  const [form, error] = [dialog.querySelector("form"), dialog.querySelector("[data-error]")];
  const password = form.querySelector("[type=password]");
  let waiting;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.textContent = "";
    const answer = await server.signIn(password.value);
    password.value = "";
    if (answer.kind === "ok") return finish(true);
    const { away, locked } = error.dataset;
    const said = answer.status === 429 ? locked : answer.kind === "away" && away;
    error.textContent = said || (answer.data?.error ?? "");
    password.focus();
    return undefined;
  });
  dialog.addEventListener("close", () => finish(false));
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());

  function finish(isSignedIn) {
    waiting?.resolve(isSignedIn);
    waiting = undefined;
    if (dialog.open) dialog.close();
  }

  return () => {
    waiting ??= deferred();
    if (!dialog.open) openDialog(dialog, area);
    password.focus();
    return waiting.promise;
  };
}

function deferred() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

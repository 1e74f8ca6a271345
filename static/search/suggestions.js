/** Suggestions while typing in the search box: names of the library; choosing one searches for it. */

import { Combobox } from "../js/combobox.js";

const PAUSE = 180; // milliseconds without a key before we ask

const box = document.querySelector("input[data-suggestions]");

if (box) {
  const suggestions = new Combobox(box, box.form, (name) => {
    box.value = name;
    box.form.requestSubmit();
  });
  let timer;
  let asked = "";

  const stop = () => {
    clearTimeout(timer);
    asked = "";
  };

  const suggest = async (text) => {
    asked = text;
    const names = text.length > 1 ? await namesFor(text) : [];
    // An answer to what has been typed over meanwhile, or was left, comes too late.
    if (text === asked) suggestions.show(names);
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => suggest(box.value.trim()), PAUSE);
  });
  box.addEventListener("blur", stop);
  box.addEventListener("keydown", (event) => event.key === "Escape" && stop());
}

async function namesFor(text) {
  try {
    const address = new URL(box.dataset.suggestions, location.href);
    address.searchParams.set("q", text);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).suggestions : [];
  } catch {
    return []; // offline: the box works without
  }
}

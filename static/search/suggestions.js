/** Suggestions while typing in the search box: names of the library fill its list. */

const PAUSE = 180; // milliseconds without a key before we ask

const box = document.querySelector("input[data-suggestions]");

if (box?.list) {
  let timer;
  let asked = "";
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => suggest(box.value.trim()), PAUSE);
  });

  async function suggest(text) {
    if (text === asked) return;
    asked = text;
    const names = text.length > 1 ? await namesFor(text) : [];
    // An answer to what has been typed over meanwhile comes too late.
    if (text === asked) box.list.replaceChildren(...names.map((name) => new Option(name)));
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
}

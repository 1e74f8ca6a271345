/* The page between choosing talks and tagging them: fresh numbers while tags are typed.

   Without this the button "Show the numbers" does the same. */

const WAIT = 400;
const form = document.querySelector("form[data-numbers-form]");
const input = form?.querySelector("[name=tags]");
let timer;
let asked;
let shown = input?.value;

async function refresh() {
  if (input.value === shown) return;
  asked?.abort();
  asked = new AbortController();
  const facts = form.querySelector("[data-fresh=facts]");
  facts.setAttribute("aria-busy", "true");
  const wanted = input.value;
  try {
    const answer = await fetch(window.location.href, {
      method: "POST",
      body: new FormData(form),
      signal: asked.signal,
      redirect: "error", // the selection is gone, or the login: the button will say so
    });
    if (!answer.ok) return;
    replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    shown = wanted;
  } catch {
    facts.removeAttribute("aria-busy"); // typing went on, or the network is away
  }
}

/* Take the facts, and the selection that they were shown with, from the fresh page. */
function replace(page) {
  const selection = page.querySelector("[data-fresh=selection]");
  const facts = page.querySelector("[data-fresh=facts]");
  if (!selection || !facts) return;
  form.querySelector("[data-fresh=selection]").value = selection.value;
  form.querySelector("[data-fresh=facts]").replaceChildren(...facts.childNodes);
  form.querySelector("[data-fresh=facts]").removeAttribute("aria-busy");
}

input?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, WAIT);
});
input?.addEventListener("change", refresh);
form?.addEventListener("submit", () => {
  clearTimeout(timer);
  asked?.abort();
});

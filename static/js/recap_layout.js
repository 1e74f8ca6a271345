// Remembers in this browser how a reader wants several recaps shown. The switch works without it.

const group = document.querySelector("[data-remember]");
const key = group.dataset.remember;

function remembered() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser may forbid storage
  }
}

function remember(choice) {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // The choice then lasts as long as the page.
  }
}

const choices = [...group.querySelectorAll("input")];
const before = choices.find((input) => input.value === remembered());
if (before) before.checked = true;
group.addEventListener("change", (event) => remember(event.target.value));

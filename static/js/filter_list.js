// Narrows a long list while somebody types. Without it the whole list stands there.

import { plain, plainWords } from "./plain_text.js";

const box = document.querySelector("[data-filter]");
const input = box.querySelector("input");
const told = box.querySelector("[role=status]");
const lists = document.querySelectorAll("[data-filtered] details, details[data-filtered]");
const groups = [...document.querySelectorAll("[data-filtered]")].map((group) => ({
  group,
  items: [...group.querySelectorAll("li")].map((item) => ({ item, text: plain(item.textContent) })),
}));

function narrow() {
  const words = plainWords(input.value);
  let shown = 0;
  for (const { group, items } of groups) {
    let inGroup = 0;
    for (const { item, text } of items) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) inGroup += 1;
    }
    group.hidden = inGroup === 0;
    shown += inGroup;
  }
  for (const folded of lists) folded.open = words.length > 0;
  document.documentElement.classList.toggle("is-filtered", words.length > 0);
  told.textContent = words.length ? box.dataset.told.replace("%", shown) : "";
}

box.hidden = false;
input.addEventListener("input", narrow);
// A browser that comes back to the page may have kept what was typed.
if (input.value) narrow();

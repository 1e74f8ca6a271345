// Shows who may write the ways into the admin: "Write a recap", "Edit". The page itself is the same
// for all, so one private address is asked, by those alone who were signed in in this browser.

import { forget, mayWrite } from "./may_write.js";

const { ask } = document.querySelector("[data-ask]").dataset;

if (mayWrite()) {
  const answer = await fetch(`${ask}?at=${encodeURIComponent(location.pathname)}`, {
    headers: { Accept: "application/json" },
  }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (answer?.status === 401) forget();
  for (const way of said?.ways ?? []) show(way);
}

function show({ words, href, at }) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = words;
  const byline = at ? bylineOf(at) : null;
  if (byline) return byline.append(around(link, "span"));
  link.className = "button button-quiet";
  list().append(around(link, "li"));
}

function around(link, name) {
  const element = document.createElement(name);
  element.append(link);
  return element;
}

// A recap's own page has one byline, and no recap with an id around it.
function bylineOf(id) {
  return (document.getElementById(id) ?? document.querySelector(".recap-head"))?.querySelector(
    ".byline",
  );
}

function list() {
  const there = document.querySelector(".page-head .ways");
  if (there) return there;
  const made = document.createElement("ul");
  made.className = "ways";
  document.querySelector(".page-head .content").append(made);
  return made;
}

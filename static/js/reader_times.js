// Adds the reader's own clock to the times of a conference, where it shows another time. Without it
// the conference's times stand there alone, as the page that is kept for all has them.

import { otherClock } from "./other_clock.js";

const { lang } = document.documentElement;
const note = document.querySelector("[data-reader-time]");

for (const time of document.querySelectorAll("time[data-clock]")) {
  const clock = otherClock(time.dateTime, undefined, lang);
  if (clock) time.after(" ", readers(clock));
}

function readers(clock) {
  const span = document.createElement("span");
  span.className = "reader-time";
  span.textContent = note.dataset.readerTime.replace("{time}", clock);
  return span;
}

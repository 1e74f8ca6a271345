/** What another time zone's clock shows at a moment of a conference, and whether it is another one. */

const PARTS = ["year", "month", "day", "hour", "minute"];

/**
 * @param {string} moment ISO 8601 with its offset, as the conference's clock shows it.
 * @param {string} zone the reader's time zone; the browser's own where it is undefined.
 * @param {string} language in which a day of the week is named.
 * @returns {string} "18:30", or "Tue 01:30" where the day is another one; "" where both clocks agree.
 */
export function otherClock(moment, zone, language) {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  const there = moment.slice(0, 16);
  const here = wallClock(date, zone);
  if (here === there) return "";
  const clock = here.slice(11);
  if (here.slice(0, 10) === there.slice(0, 10)) return clock;
  const weekday = { weekday: "short", timeZone: zone };
  return `${new Intl.DateTimeFormat(language, weekday).format(date)} ${clock}`;
}

function wallClock(date, zone) {
  const options = {
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    timeZone: zone,
  };
  for (const part of PARTS) options[part] = part === "year" ? "numeric" : "2-digit";
  const parts = new Intl.DateTimeFormat("en", options).formatToParts(date);
  const [year, month, day, hour, minute] = PARTS.map(
    (name) => parts.find(({ type }) => type === name).value,
  );
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}

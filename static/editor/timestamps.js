/* Timestamps such as [12:34] and [1:02:03], in milliseconds since the talk began. */

const TIMESTAMP = /\[(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\]/g;

/* A time as a timestamp writes it between its brackets. */
export function words(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const two = (number) => String(number).padStart(2, "0");
  const rest = two(seconds % 60);
  return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/* The latest time in a text; 0 where it has none. */
export function latest(text) {
  const found = [...text.matchAll(TIMESTAMP)];
  const seconds = found.map(
    ([, hours, minutes, rest]) => (hours ?? 0) * 3_600 + minutes * 60 + Number(rest),
  );
  return seconds.reduce((most, one) => Math.max(most, one), 0) * 1_000;
}

// Plays a talk's recordings on its page. Nothing is loaded from a host before a reader asks for it:
// by a "Play here" button, or by a timestamp of a recap, which then seeks instead of leading away.
// Every address comes from the server; no script of a host runs here.

const SECOND = "{second}";
const FRAME_MAY = "autoplay; fullscreen; encrypted-media; picture-in-picture";
const SANDBOX =
  "allow-scripts allow-same-origin allow-presentation allow-forms allow-popups allow-popups-to-escape-sandbox";

const player = document.getElementById("player");
const status = document.querySelector("[data-player-status]");
const toPlayer = document.querySelector("[data-to-player]");
const buttons = [...document.querySelectorAll("button[data-play]")];
const part = (name) => player.querySelector(`[data-player-${name}]`);
const screen = part("screen");
const moment = part("moment");
const fault = part("fault");

let playing = null; // the button of the recording that is on the screen
let opener = null; // what a reader used last, and gets the focus back

for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => play(button, Number(button.dataset.start), button));
}

document.querySelector("main").addEventListener("click", (event) => {
  const timestamp = event.target.closest("a.timestamp[data-seconds]");
  if (!timestamp || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const button = playing ?? buttons[0];
  const second = Number(timestamp.dataset.seconds) + Number(button.dataset.shift);
  play(button, Math.max(second, 0), timestamp);
});

toPlayer.addEventListener("click", () => player.focus());
part("close").addEventListener("click", close);
player.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

function play(button, second, from) {
  fault.hidden = true;
  player.hidden = false;
  if (button.dataset.frame === undefined) playFile(button, second);
  else screen.replaceChildren(newFrame(button, second));
  playing = button;
  opener = from;
  mark(from);
  // Where the player came up over it.
  from.scrollIntoView({ block: "nearest" });
}

// A new frame each time: another address for the old one would be a step in the history.
function newFrame(button, second) {
  const frame = document.createElement("iframe");
  frame.title = player.dataset.title.replace("{host}", button.dataset.host);
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.allow = FRAME_MAY;
  frame.sandbox = SANDBOX;
  frame.src = button.dataset.play.replace(SECOND, second);
  return frame;
}

function playFile(button, second) {
  if (button !== playing) screen.replaceChildren(newVideo(button));
  const video = screen.querySelector("video");
  video.currentTime = second;
  // Some browsers wait for a second click, on the video's own button.
  video.play().catch(() => {});
}

function newVideo(button) {
  const video = document.createElement("video");
  video.controls = true;
  video.playsInline = true;
  video.preload = "metadata";
  video.addEventListener("error", () => {
    fault.querySelector("a").href = button.dataset.play;
    fault.hidden = false;
  });
  video.src = button.dataset.play;
  return video;
}

function mark(from) {
  document.querySelector(".timestamp[aria-current]")?.removeAttribute("aria-current");
  part("host").textContent = playing.dataset.host;
  moment.hidden = from === playing;
  from.after(toPlayer);
  toPlayer.hidden = false;
  if (from === playing) return say(status.dataset.playing);
  from.setAttribute("aria-current", "true");
  moment.hash = from.id;
  part("clock").textContent = from.textContent;
  // So that the address bar has what can be shared.
  history.replaceState(history.state, "", `#${from.id}`);
  say(status.dataset.playingFrom.replace("{moment}", from.textContent));
}

function close() {
  const hadFocus = player.contains(document.activeElement);
  screen.replaceChildren();
  player.hidden = toPlayer.hidden = true;
  document.querySelector(".timestamp[aria-current]")?.removeAttribute("aria-current");
  playing = null;
  if (hadFocus) opener.focus();
  say(status.dataset.closed);
}

function say(words) {
  status.textContent = words;
}

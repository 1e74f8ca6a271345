/* The editor of recaps, added to what is a plain form without it. Wires its parts together. */

import { Clock } from "./clock.js";
import { Focus } from "./focus.js";
import { Images } from "./images.js";
import { Keeper } from "./keeping.js";
import { isPressed } from "./keys.js";
import { Preview } from "./preview.js";
import { recover } from "./recovering.js";
import { Saving } from "./saving.js";
import { Server } from "./server.js";
import { signingIn } from "./signing_in.js";
import { Status } from "./status.js";
import { Store } from "./store.js";
import { TalkPanel } from "./talk_panel.js";
import { replace } from "./text.js";
import { startToolbar } from "./toolbar.js";

const template = document.querySelector("template[data-editor]");
const body = document.querySelector("textarea[name=body]");
if (template && body) start(template, body);

function start({ content, dataset: facts }, area) {
  const { form } = area;
  form.dataset.recap = facts.recap;
  const parts = content.cloneNode(true);
  const find = (name) => parts.querySelector(`[data-part=${name}]`);
  const names =
    "bar side preview previewed clock recording line others newer error sending note signIn " +
    "signInDialog imageDialog";
  const part = Object.fromEntries(names.split(" ").map((name) => [name, find(name)]));
  mount(parts, area);
  const talk = new TalkPanel({ side: part.side, form, isNew: !facts.recap });
  const focus = new Focus(part.bar.querySelector("[data-do=focus]"));

  const server = new Server({ ...facts, token: form.elements.csrfmiddlewaretoken.value });
  server.person = Number(facts.person);
  const store = new Store(facts.person);
  const status = new Status(part);
  const told = (event) => status.tell(event);
  const fields = facts.fields.split(" ");
  const [address, isUnsaved] = [facts.keepAddress, "unsaved" in facts];
  const keeper = new Keeper({ form, server, store, fields, address, isUnsaved, told });
  const dialog = signingIn({ dialog: part.signInDialog, area, server });
  const signIn = async () => {
    const isSignedIn = await dialog();
    if (isSignedIn) keeper.send();
    return isSignedIn;
  };
  new Saving({ form, server, keeper, signIn, told });
  const preview = new Preview({
    ...{ form, area, server, address: facts.previewAddress },
    ...{ box: part.preview, content: part.previewed.content },
  });
  const images = facts.imageAddress
    ? new Images({
        ...{ area, server, told, signIn },
        ...{ address: facts.imageAddress, dialog: part.imageDialog, line: part.sending },
      })
    : null;
  const clock = new Clock({
    shown: part.clock,
    recordingLink: part.recording,
    note: part.note,
    area,
    input: form.elements.clock,
    person: facts.person,
    changed: () => keeper.notice(),
  });
  clock.set(facts, subjectOf(form));

  const stamp = () => {
    const [at, time] = [area.selectionStart, `${clock.timestamp()} `];
    replace(area, [at, at], time, time.length); // what is selected stays
  };
  const toggle = part.bar.querySelector("[data-do=preview]");
  const turnPreview = () => togglePreview(area.closest(".editor"), toggle, preview);
  startToolbar({
    bar: part.bar,
    area,
    reveal: turnPreview,
    changes: { stamp },
    actions: {
      start: () => clock.start(),
      recording: () => clock.start(),
      image: () => images?.choose(),
      preview: turnPreview,
      focus: () => focus.turn(),
    },
  });
  area.addEventListener("keydown", (event) => {
    if (!isPressed(event, ";", "Semicolon")) return;
    event.preventDefault();
    stamp();
  });
  part.signIn.addEventListener("click", signIn);
  window.django?.jQuery?.(form.elements.talk).on("change", async () => {
    preview.schedule();
    const found = await talk.ask(facts.talkAddress);
    clock.set(found, subjectOf(form));
  });

  window.addEventListener("load", () => nameSelects(form));
  window.django?.jQuery?.(form).on("change", () => nameSelects(form));
  keeper.start();
  preview.refresh();
  // After the admin's own script, which goes to the first field.
  if (!facts.recap && form.elements.talk?.value) {
    window.addEventListener("load", () => beginWriting(area));
  }
  const notices = document.querySelector("[data-unsaved]");
  const leftOver = document.querySelector("template[data-left-over]");
  recover({ keeper, store, notices, leftOver, unsavedAddress: facts.unsavedAddress });
}

/* Put the tools above the text, the preview beside it, and the status below. */
function mount(parts, area) {
  const box = parts.querySelector(".editor");
  document.body.append(...parts.querySelectorAll("dialog"));
  area.before(box);
  box.querySelector("[data-area]").replaceWith(area);
  box.closest("form").classList.add("has-editor");
}

/* The talk is chosen and may be on already: put the cursor where its first line goes. */
function beginWriting(area) {
  const line = area.value.indexOf("\n") + 1;
  area.focus();
  area.setSelectionRange(line, line);
}

function togglePreview(box, button, preview) {
  const isShown = box.toggleAttribute("data-preview");
  button.setAttribute("aria-pressed", String(isShown));
  preview.refresh();
}

/* Give names to the admin's own selects, in which nothing is chosen, for screen readers. */
function nameSelects(form) {
  for (const shown of form.querySelectorAll(".select2-selection__rendered:not([title])")) {
    shown.title = shown.textContent;
  }
}

/* A name for what the recap is about, as far as that is chosen. */
function subjectOf({ elements: { talk, conference } }) {
  return talk?.value ? `talk.${talk.value}` : `conference.${conference?.value ?? ""}`;
}

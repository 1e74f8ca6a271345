/* Texts that earlier editing sessions left in this browser: sent to the server, which offers them.

   What the server does not take, because the recap is gone or no longer the person's, is shown
   here as it is. */

const REFUSALS = new Set(["refused", "page"]);

export async function recover({ keeper, store, notices, leftOver, unsavedAddress }) {
  let sent = 0;
  for (const [sitting, entry] of await store.others(keeper.sitting)) {
    const kind = await delivered(keeper, store, sitting, entry);
    if (kind === "ok") sent += 1;
    if (REFUSALS.has(kind)) {
      notices.append(shown(leftOver, entry, () => store.forget(sitting)));
    }
  }
  if (sent) await refresh(notices, unsavedAddress, keeper);
}

/* Send an entry, and forget it where the server has it. Return the answer's kind, "sent" where
   there was nothing to send. */
async function delivered(keeper, store, sitting, entry) {
  if (entry.step <= entry.sent) {
    await store.forget(sitting);
    return "sent";
  }
  const { kind } = await keeper.deliver(sitting, entry);
  if (kind === "ok") await store.forgetSent(sitting, entry.step);
  return kind;
}

async function refresh(notices, address, keeper) {
  const { talk, conference } = keeper.typed();
  const about = { talk: talk ?? "", conference: conference ?? "" };
  const query = new URLSearchParams({ recap: keeper.recap, sitting: keeper.sitting, ...about });
  const response = await fetch(`${address}?${query}`, { cache: "no-store" }).catch(() => null);
  if (response?.ok) notices.innerHTML = await response.text();
}

function shown(template, entry, forget) {
  const notice = template.content.cloneNode(true);
  const section = notice.querySelector("section");
  const texts = Object.values(entry.fields).filter(Boolean);
  section.querySelector("textarea").value = texts.join("\n\n");
  section.querySelector("button").addEventListener("click", () => {
    forget();
    section.remove();
  });
  return notice;
}

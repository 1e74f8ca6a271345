/* Texts that earlier sittings left in this browser: sent to the server, which offers them.

   What the server does not take, because the recap is gone or no longer the person's, is shown
   here as it is. */

export async function recover({ keeper, store, notices, leftOver, unsavedAddress }) {
  let sent = 0;
  for (const [sitting, entry] of await store.others(keeper.sitting)) {
    if (entry.step <= entry.sent) {
      await store.forget(sitting);
      continue;
    }
    const answer = await keeper.deliver(sitting, entry);
    if (answer.kind === "ok") {
      await store.forgetSent(sitting, entry.step);
      sent += 1;
    } else if (answer.kind !== "away" && answer.kind !== "signed-out") {
      notices.append(shown(leftOver, entry, () => store.forget(sitting)));
    }
  }
  if (sent) await refresh(notices, unsavedAddress, keeper);
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

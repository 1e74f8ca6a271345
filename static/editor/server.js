/* Asking the server, and what can go wrong there: no network, a session that ended, a refusal.

   `ask` never throws. It answers {kind, data}: "ok", "refused" (data says why), "page" (the
   server answered with a page for people), "signed-out", "away" (nothing came back). */

const PATIENCE = 15_000;

export class Server {
  constructor({ person, username, sessionAddress, signInAddress, token }) {
    Object.assign(this, { person, username, sessionAddress, signInAddress, token });
  }

  async ask(address, data, options = {}) {
    const answer = await this.#post(address, data, options);
    if (answer.status !== 403) return answer;
    // The token of this page is an old one where somebody signed in again in another window.
    const renewed = await this.renew();
    if (renewed !== "ok") return { kind: renewed };
    return this.#post(address, data, options);
  }

  /* Take the token that forms need now. "ok", "signed-out" or "away". */
  async renew() {
    try {
      const response = await fetch(this.sessionAddress, { cache: "no-store" });
      if (!response.ok) return "away";
      return this.#enter(await response.json());
    } catch {
      return "away";
    }
  }

  /* Sign the same person in again. {kind: "ok"}, {kind: "refused", data: {error}} or "away". */
  async signIn(password) {
    if ((await this.renew()) === "away") return { kind: "away" };
    const data = new FormData();
    data.set("username", this.username);
    data.set("password", password);
    const answer = await this.#post(this.signInAddress, data);
    if (answer.kind === "ok") answer.kind = this.#enter(answer.data);
    return answer;
  }

  #enter({ person, token }) {
    this.token = token;
    return person === this.person ? "ok" : "signed-out";
  }

  async #post(address, data, { signal, keepalive = false, patience = PATIENCE } = {}) {
    data.set("csrfmiddlewaretoken", this.token);
    const limit = AbortSignal.timeout(patience);
    try {
      const response = await fetch(address, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        keepalive,
      });
      return await read(response);
    } catch (error) {
      return { kind: signal?.aborted ? "aborted" : "away", error };
    }
  }
}

async function read(response) {
  const { status } = response;
  if (status === 401) return { kind: "signed-out", status };
  if (status >= 500 || status === 429) return { kind: "away", status };
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    return { kind: "page", status, html: await response.text() };
  }
  return { kind: response.ok ? "ok" : "refused", status, data: await response.json() };
}

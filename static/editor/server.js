/* Asking the server, and what can go wrong there: no network, a session that ended, a refusal.

   `ask` never throws. It answers {kind, data}: "ok", "refused" (data says why), "page" (the
   server answered with a page for people), "signed-out", "away" (nothing came back, or the server
   can do nothing now: then with its status, and with retryAfter in ms where it says when). */

const PATIENCE = 15_000;
// A long text takes its time in a slow network.
const PATIENCE_PER_SIGN = 0.5;

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
    const session = await this.#session();
    return session ? this.#enter(session) : "away";
  }

  /* Sign the same person in again. {kind: "ok"}, {kind: "refused", data: {error}} or "away". */
  async signIn(password) {
    const session = await this.#session();
    if (!session) return { kind: "away" };
    const data = new FormData();
    data.set("username", this.username);
    data.set("password", password);
    const answer = await this.#post(this.signInAddress, data, { token: session.token });
    if (answer.kind === "ok") answer.kind = this.#enter(answer.data);
    return answer;
  }

  /* Who is signed in, and their token; undefined where nothing comes back. */
  async #session() {
    try {
      const response = await fetch(this.sessionAddress, { cache: "no-store" });
      return response.ok ? await response.json() : undefined;
    } catch {
      return undefined;
    }
  }

  /* Never another person's token: what is typed here would become theirs. */
  #enter({ person, token }) {
    if (person !== this.person) return "signed-out";
    this.token = token;
    return "ok";
  }

  async #post(address, data, { signal, keepalive = false, patience, token = this.token } = {}) {
    data.set("csrfmiddlewaretoken", token);
    const flight = new AbortController();
    const stop = () => flight.abort();
    const limit = setTimeout(stop, patience ?? PATIENCE + length(data) * PATIENCE_PER_SIGN);
    signal?.addEventListener("abort", stop);
    try {
      const response = await fetch(address, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        signal: flight.signal,
        keepalive,
      });
      return await read(response);
    } catch (error) {
      return { kind: signal?.aborted ? "aborted" : "away", error };
    } finally {
      clearTimeout(limit);
    }
  }
}

function length(data) {
  return [...data.values()].reduce((sum, value) => sum + (value.length ?? 0), 0);
}

async function read(response) {
  const { status } = response;
  if (status === 401) return { kind: "signed-out", status };
  if (status >= 500 || status === 429) return { kind: "away", status, ...wait(response) };
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    return { kind: "page", status, html: await response.text() };
  }
  return { kind: response.ok ? "ok" : "refused", status, data: await response.json() };
}

/* How long the server asks us to wait; nothing where it says nothing, or names a date. */
function wait(response) {
  const seconds = response.headers.get("Retry-After") ?? "";
  return /^[0-9]{1,5}$/.test(seconds) ? { retryAfter: Number(seconds) * 1000 } : {};
}

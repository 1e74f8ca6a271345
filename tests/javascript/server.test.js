import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Server } from "../../static/editor/server.js";

const { fetch, setTimeout } = globalThis;
const FACTS = { username: "ada", sessionAddress: "/session", signInAddress: "/sign-in" };

afterEach(() => {
  Object.assign(globalThis, { fetch, setTimeout });
});

const json = (data, status = 200) => Response.json(data, { status });
const page = (html, status = 200) =>
  new Response(html, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });

/* A server of person 1 with the token "old", on a network that gives these answers in turn. */
function serverWith(...answers) {
  const server = new Server({ ...FACTS, person: 1, token: "old" });
  const asked = [];
  globalThis.fetch = (address, { body } = {}) => {
    asked.push([address, body?.get("csrfmiddlewaretoken")]);
    const answer = answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { server, asked };
}

function form(fields = {}) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test("an answer in JSON says yes or no", async () => {
  const { server } = serverWith(json({ a: 1 }), json({ error: "No." }, 400));

  assert.deepEqual(await server.ask("/keep", form()), { kind: "ok", status: 200, data: { a: 1 } });
  assert.deepEqual(await server.ask("/keep", form()), {
    kind: "refused",
    status: 400,
    data: { error: "No." },
  });
});

test("an answer for people is a page, whatever its status", async () => {
  const { server } = serverWith(page("<p>Yes."), page("<p>Gone.", 404));

  assert.deepEqual(await server.ask("/a", form()), { kind: "page", status: 200, html: "<p>Yes." });
  assert.deepEqual(await server.ask("/a", form()), { kind: "page", status: 404, html: "<p>Gone." });
});

test("faults and refusals that pass are as if nothing came back", async () => {
  const { server } = serverWith(page("", 500), page("", 503), json({}, 429), new TypeError("off"));

  for (const status of [500, 503, 429]) {
    assert.deepEqual(await server.ask("/keep", form()), { kind: "away", status });
  }
  assert.equal((await server.ask("/keep", form())).kind, "away");
});

test("a session that ended", async () => {
  const { server } = serverWith(json({}, 401));

  assert.deepEqual(await server.ask("/keep", form()), { kind: "signed-out", status: 401 });
});

test("an old token is renewed, and the same is sent again", async () => {
  const { server, asked } = serverWith(
    page("CSRF", 403),
    json({ person: 1, token: "new" }),
    json({ is_kept: true }),
  );

  const answer = await server.ask("/keep", form());

  assert.equal(answer.kind, "ok");
  assert.deepEqual(asked, [
    ["/keep", "old"],
    ["/session", undefined],
    ["/keep", "new"],
  ]);
});

test("another person's token is never taken", async () => {
  const { server, asked } = serverWith(page("CSRF", 403), json({ person: 2, token: "theirs" }));

  assert.deepEqual(await server.ask("/keep", form()), { kind: "signed-out" });
  assert.equal(server.token, "old");
  assert.equal(asked.length, 2);
});

test("a server that can do nothing now says when to come again", async () => {
  const asks = (seconds) => new Response("", { status: 503, headers: { "Retry-After": seconds } });
  const { server } = serverWith(asks("4"), asks("Wed, 21 Oct 2015 07:28:00 GMT"));

  const first = await server.ask("/keep", form());
  const second = await server.ask("/keep", form());

  assert.deepEqual(first, { kind: "away", status: 503, retryAfter: 4000 });
  assert.deepEqual(second, { kind: "away", status: 503 });
});

test("a session that cannot be asked for is away", async () => {
  for (const nothing of [new TypeError("off"), page("", 503)]) {
    const { server } = serverWith(page("CSRF", 403), nothing);
    assert.deepEqual(await server.ask("/keep", form()), { kind: "away" });
  }
});

test("signing in takes the token that comes with it", async () => {
  const { server, asked } = serverWith(
    json({ person: null, token: "guest" }),
    json({ person: 1, token: "new" }),
  );

  assert.equal((await server.signIn("secret")).kind, "ok");
  assert.equal(server.token, "new");
  assert.deepEqual(asked, [
    ["/session", undefined],
    ["/sign-in", "guest"],
  ]);
});

test("signing in with a wrong password, as somebody else, or without a network", async () => {
  const guest = () => json({ person: null, token: "guest" });
  const wrong = serverWith(guest(), json({ error: "Wrong." }, 400)).server;
  const refused = await wrong.signIn("x");
  const other = await serverWith(guest(), json({ person: 2, token: "t" })).server.signIn("x");
  const none = await serverWith(new TypeError("off")).server.signIn("x");

  assert.deepEqual(refused, { kind: "refused", status: 400, data: { error: "Wrong." } });
  assert.equal(wrong.token, "old");
  assert.equal(other.kind, "signed-out");
  assert.deepEqual(none, { kind: "away" });
});

/* A network on which nothing comes back until the request is given up. */
function silence() {
  globalThis.fetch = (_address, { signal }) =>
    new Promise((_, fail) => {
      const giveUp = () => fail(signal.reason);
      if (signal.aborted) giveUp();
      else signal.addEventListener("abort", giveUp);
    });
  return new Server({ ...FACTS, person: 1, token: "old" });
}

test("a request that is called off is told from one that took too long", async () => {
  const server = silence();
  const flight = new AbortController();

  const asked = server.ask("/keep", form(), { signal: flight.signal });
  flight.abort();

  assert.equal((await asked).kind, "aborted");
  assert.equal((await server.ask("/keep", form(), { patience: 1 })).kind, "away");
});

test("a long text is given more time", async () => {
  const limits = [];
  globalThis.setTimeout = (giveUp, patience) => {
    limits.push(patience);
    giveUp();
  };
  const server = silence();

  const answers = [
    await server.ask("/keep", form()),
    await server.ask("/keep", form({ body: "x".repeat(10_000) })),
  ];

  assert.deepEqual(
    answers.map(({ kind }) => kind),
    ["away", "away"],
  );
  const [short, long] = limits;
  assert.equal(long - short, 5_000);
});

import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { createEdge } from "./edge";
import { type Limits, productLimits } from "./limits";

const small: Limits = {
  bodies: [
    { path: "/small", bytes: 10 },
    { path: "/", bytes: 100_000 },
  ],
  bodiesAtOnceBytes: 150_000,
  headMs: 400,
  requestMs: 800,
};

type Seen = { url: string | undefined; headers: IncomingMessage["headers"]; body: Buffer };
let running: Server | undefined;
afterEach(() => {
  running?.closeAllConnections();
  running?.close();
});

/** An edge that keeps what its app sees and answers 200. */
async function edge(limits: Limits = small, appUrl = "https://restday.example.org") {
  const seen: Seen[] = [];
  const server = createEdge({
    appUrl,
    limits,
    handle: async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      seen.push({ url: request.url, headers: request.headers, body: Buffer.concat(parts) });
      response.end("done");
    },
  });
  running = server;
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, origin: `http://127.0.0.1:${port}`, seen };
}

/** A connection that keeps what comes back. */
function dial(port: number) {
  const socket: Socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (part) => {
    answer += part;
  });
  socket.on("error", () => {});
  const ended = new Promise<string>((resolve) => socket.once("close", () => resolve(answer)));
  return { socket, ended, answer: () => answer };
}

const FORM = "application/x-www-form-urlencoded";
const head = (path: string, ...lines: string[]) =>
  [`POST ${path} HTTP/1.1`, "Host: x", `Content-Type: ${FORM}`, ...lines, "", ""].join("\r\n");
const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${"a".repeat(bytes)}\r\n`;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(5);
}

it("hands a body on as it came, in one piece or in many, up to the limit", async () => {
  const { origin, port, seen } = await edge();
  const body = Buffer.alloc(100_000, "é");
  expect((await fetch(origin, { method: "POST", body, headers: { "content-type": FORM } })).status).toBe(200);
  expect(seen[0]?.body.equals(body)).toBe(true);
  const { socket, ended } = dial(port);
  socket.write(head("/small", "Transfer-Encoding: chunked", "Connection: close"));
  for (let sent = 0; sent < 10; sent++) {
    socket.write(chunk(1));
    await wait(5);
  }
  socket.write("0\r\n\r\n");
  expect(await ended).toMatch(/^HTTP\/1\.1 200/);
  expect(seen[1]?.body.toString()).toBe("a".repeat(10));
});

it("refuses a chunked body while it comes, without keeping it and without asking the app", async () => {
  const { port, seen } = await edge();
  const { socket, answer, ended } = dial(port);
  socket.write(head("/", "Transfer-Encoding: chunked"));
  let sent = 0;
  while (!answer()) {
    socket.write(chunk(10_000));
    sent += 10_000;
    await wait(2);
  }
  expect(answer()).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer()).toMatch(/larger than Restday takes/);
  expect(sent).toBeLessThan(300_000);
  // What a browser still sends until it reads the answer is thrown away.
  const before = process.memoryUsage().rss;
  const part = Buffer.from(chunk(1_000_000));
  for (let more = 0; more < 100 && !socket.destroyed; more++) {
    if (!socket.write(part)) await Promise.race([once(socket, "drain").catch(() => {}), ended]);
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  expect(seen).toEqual([]);
}, 20_000);

it("refuses a body that announces itself as too large before any of it comes", async () => {
  const { port, seen } = await edge();
  const { socket, answer } = dial(port);
  socket.write(head("/small/path", "Content-Length: 11", "Accept-Language: fi"));
  await until(() => answer().includes("\r\n\r\n"));
  expect(answer()).toMatch(/^HTTP\/1\.1 413 [\s\S]*Lähetys on suurempi/);
  expect(seen).toEqual([]);
});

it.each(["GET", "DELETE", "PROPFIND"])("minds the body of a %s as well", async (method) => {
  const { port, seen } = await edge();
  const { socket, answer } = dial(port);
  socket.write(head("/small", "Content-Length: 11").replace("POST", method));
  await until(() => answer() !== "");
  expect(answer()).toMatch(/^HTTP\/1\.1 413 /);
  expect(seen).toEqual([]);
});

it.each([
  ["a body that drips", head("/", "Content-Length: 1000"), "a"],
  ["a chunked body that drips", head("/", "Transfer-Encoding: chunked"), chunk(1)],
  ["a head that drips", "POST / HTTP/1.1\r\nHost: x\r\n", "X-A: 1\r\n"],
])("does not wait for %s", async (_what, start, drip) => {
  const { port, seen } = await edge();
  const begun = Date.now();
  const { socket, ended } = dial(port);
  socket.write(start);
  const dripping = setInterval(() => socket.write(drip), 100);
  expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
  clearInterval(dripping);
  expect(Date.now() - begun).toBeLessThan(4_000);
  expect(seen).toEqual([]);
});

it("takes in only so much at a moment, and forgets what was broken off", async () => {
  const { port, origin } = await edge({ ...small, requestMs: 20_000, headMs: 10_000 });
  const first = dial(port);
  first.socket.write(head("/", "Content-Length: 99000"));
  first.socket.write("a".repeat(90_000));
  await wait(50);
  const body = "b".repeat(90_000);
  const refused = await fetch(origin, { method: "POST", body, headers: { "content-type": FORM } });
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
  first.socket.destroy();
  await wait(50);
  expect((await fetch(origin, { method: "POST", body, headers: { "content-type": FORM } })).status).toBe(200);
});

it.each([
  ["https://restday.example.org", "restday.example.org", "https", "443"],
  ["https://restday.example.org:8443", "restday.example.org:8443", "https", "8443"],
  ["http://192.0.2.7:3000", "192.0.2.7:3000", "http", "3000"],
  ["http://xn--bcher-kva.example", "xn--bcher-kva.example", "http", "80"],
])("shows the app %s as its address, whatever the headers say", async (appUrl, host, proto, port) => {
  const { origin, seen } = await edge(small, appUrl);
  await fetch(`${origin}/a?b=c`, {
    headers: {
      forwarded: "host=evil.example",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "gopher",
      "x-forwarded-port": "1",
      "x-forwarded-server": "evil.example",
      "x-forwarded-for": "192.0.2.1",
      "x-original-url": "/admin",
    },
  });
  const told = Object.entries(seen[0]?.headers ?? {}).filter(([name]) => /host|forward|original/.test(name));
  expect(seen[0]?.url).toBe("/a?b=c");
  expect(Object.fromEntries(told)).toEqual({
    host,
    "x-forwarded-host": host,
    "x-forwarded-proto": proto,
    "x-forwarded-port": port,
    "x-forwarded-for": "192.0.2.1",
  });
});

it.each([
  ["/squads?page=1&q=%C3%A4", 200],
  ["/?q=100%", 200],
  ["/?q=%FF", 200],
  ["/a%20b", 200],
  ["/%", 400],
  ["/%zz", 400],
  ["/%FF", 400],
  ["/%C3%28", 400],
  ["/%00", 400],
  ["/api/inngest/../../squads", 400],
  ["/api/webhooks/%2E%2e/%2e%2e/squads", 400],
  ["/squads/.", 400],
  ["/api/inngest/..\\..\\squads", 400],
  ["/.well-known/a..b/.c", 200],
  ["/squads?next=/../x", 200],
  ["/squads?sort=%00", 400],
  ["/squads?%00=1", 400],
  ["http://evil.example/squads", 400],
  ["*", 400],
])("answers an address like %s with %i", async (target, status) => {
  const { port } = await edge();
  const { socket, ended } = dial(port);
  socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(await ended).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

const multipart = (...lines: string[]) => lines.join("\r\n");
const field = (name: string, value: string) => [
  "--part-of-ours",
  `Content-Disposition: form-data; name="${name}"`,
  "",
  value,
];

it.each<[string, Record<string, string>, string, number]>([
  ["a form", { "content-type": FORM }, "a=1&a=2&%C3%A4=%C3%B6+%25", 200],
  ["a form with a charset", { "content-type": `${FORM};charset=UTF-8` }, "a=1", 200],
  ["a form with invalid UTF-8", { "content-type": FORM }, "a=%FF", 200],
  ["a form with NUL", { "content-type": FORM }, "a=b%00c", 400],
  ["a form with NUL in a name", { "content-type": FORM }, "a%00=b", 400],
  ["nothing", {}, "", 200],
  ["nothing that calls itself JSON", { "content-type": "application/json" }, "", 400],
  ["JSON", { "content-type": "application/json" }, '{"a":1}', 400],
  ["no type at all", {}, "a=1", 400],
  ["plain text", { "content-type": "text/plain" }, "a=1", 400],
  [
    "a multipart form",
    { "content-type": "multipart/form-data; boundary=part-of-ours" },
    multipart(...field("a", "1"), "--part-of-ours--", ""),
    200,
  ],
  [
    "a multipart form with NUL",
    { "content-type": "multipart/form-data; boundary=part-of-ours" },
    multipart(...field("a", "1\0"), "--part-of-ours--", ""),
    400,
  ],
  [
    "a multipart form without a boundary",
    { "content-type": "multipart/form-data" },
    multipart(...field("a", "1"), "--part-of-ours--", ""),
    400,
  ],
  [
    "a multipart form cut off",
    { "content-type": "multipart/form-data; boundary=part-of-ours" },
    multipart(...field("a", "1")),
    400,
  ],
  [
    "a file with NUL",
    { "content-type": "multipart/form-data; boundary=part-of-ours" },
    multipart(
      "--part-of-ours",
      'Content-Disposition: form-data; name="a"; filename="x"',
      "Content-Type: text/csv",
      "",
      "\0",
      "--part-of-ours--",
      "",
    ),
    200,
  ],
])("takes from a browser only what its forms send: %s", async (_what, headers, body, status) => {
  const { origin, seen } = await edge();
  const answer = await fetch(`${origin}/me/pause`, { method: "POST", headers, body: Buffer.from(body) });
  expect(answer.status).toBe(status);
  expect(seen).toHaveLength(status === 200 ? 1 : 0);
});

const called = { "next-action": "x" };
const plain = { ...called, "content-type": "text/plain;charset=UTF-8" };
const parted = { ...called, "content-type": "multipart/form-data; boundary=part-of-ours" };
const parts = (of: Record<string, string>) =>
  multipart(...Object.entries(of).flatMap(([name, value]) => field(name, value)), "--part-of-ours--", "");

it.each<[string, Record<string, string>, string, number]>([
  ["ids and dates", plain, '["a","2026-11-30"]', 200],
  ["a text with a dollar", plain, '["$$K1 a day"]', 200],
  ["NUL", plain, '["a\\u0000"]', 400],
  ["NUL in the name of a property", plain, '[{"\\u0000":1}]', 400],
  ["nothing", plain, "", 400],
  ["no list", plain, '{"a":1}', 400],
  ["JSON cut off", plain, '["a"', 400],
  ["a reference to a part that is not there", plain, '["$1"]', 400],
  ["a reference to an action", plain, '["$h1"]', 400],
  ["a reference to a blob", plain, '["$B1"]', 400],
  ["a list without end", plain, "[".repeat(90_000), 400],
  ["a form without parts", { ...called, "content-type": FORM }, "0=%5B%5D", 400],
  ["a form", parted, parts({ "1_a": "1", "0": '["$K1"]' }), 200],
  [
    "a state and a form",
    parted,
    parts({ "1_a": "1", "0": '[{"at":"$D2026-11-30T07:00:00.000Z"},"$K1"]' }),
    200,
  ],
  ["what was said before", parted, parts({ "0": '[{"a":{"b":1},"c":"$0:0:a"},"$K1"]' }), 200],
  ["what was never said", parted, parts({ "0": '[{"c":"$0:0:a"},"$K1"]' }), 400],
  ["what every object has", parted, parts({ "0": '[{"c":"$0:0:constructor"},"$K1"]' }), 400],
  ["a map of nothing", parted, parts({ "0": '["$Q1"]' }), 400],
  ["no time", parted, parts({ "0": '["$Dnoon"]' }), 400],
  ["no arguments at all", parted, parts({ "1_a": "1" }), 400],
])(
  "takes as the arguments of an action what React writes for our pages: %s",
  async (_what, headers, body, status) => {
    const { origin, seen } = await edge();
    const answer = await fetch(`${origin}/me/pause`, { method: "POST", headers, body });
    expect(answer.status).toBe(status);
    expect(seen).toHaveLength(status === 200 ? 1 : 0);
  },
);

const reference = (bound: unknown) => ({
  $ACTION_REF_1: "",
  "$ACTION_1:0": JSON.stringify({ id: "x", bound }),
});

it.each<[string, Record<string, string>, number]>([
  ["no action", { a: "1" }, 200],
  [
    "an action's state",
    { ...reference("$@1"), "$ACTION_1:1": '[{"kind":"idle"}]', $ACTION_KEY: "k", a: "1" },
    200,
  ],
  ["an action bound to nothing", reference(null), 400],
  ["an action without its state", reference("$@1"), 400],
  ["an action with half a state", { ...reference("$@1"), "$ACTION_1:1": "[{" }, 400],
  ["a reference to nothing", { $ACTION_REF_1: "" }, 400],
])("takes from a browser without scripts: %s", async (_what, fields, status) => {
  const { origin } = await edge();
  const headers = { "content-type": "multipart/form-data; boundary=part-of-ours" };
  const answer = await fetch(`${origin}/squads`, { method: "POST", headers, body: parts(fields) });
  expect(answer.status).toBe(status);
});

it.each(["/api/webhooks/polar", "/api/inngest?fnId=x"])(
  "leaves what machines post to %s as it is",
  async (path) => {
    const { origin, seen } = await edge();
    const headers = { "content-type": "application/json" };
    await fetch(origin + path, { method: "POST", headers, body: '{"a":"\\u0000"}' });
    expect(seen[0]?.body.toString()).toBe('{"a":"\\u0000"}');
  },
);

it("refuses a method that the app cannot be asked by", async () => {
  const { port, seen } = await edge();
  const { socket, ended } = dial(port);
  socket.write("TRACE /squads HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  expect(await ended).toMatch(/^HTTP\/1\.1 400 /);
  expect(seen).toEqual([]);
});

it("refuses heads without measure", async () => {
  const { port, seen } = await edge();
  const { socket, ended } = dial(port);
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\nCookie: a=${"b".repeat(20_000)}\r\n\r\n`);
  expect(await ended).toMatch(/^HTTP\/1\.1 431 /);
  expect(seen).toEqual([]);
});

const stateOf = (state: unknown) => encodeURIComponent(JSON.stringify(state));

it.each([
  [
    "as our pages do",
    stateOf(["", { children: ["squads", { children: ["__PAGE__", {}] }] }, null, null]),
    200,
  ],
  ["by no JSON", "x", 400],
  ["by broken encoding", "%", 400],
  ["by nothing", "", 400],
  ["by an object", stateOf({}), 400],
  ["by a list of nothing", stateOf([]), 400],
  ["by lists without an end", "[".repeat(7_000), 400],
])("answers a browser that tells which page it shows, %s", async (_how, state, status) => {
  const { origin, seen } = await edge();
  const headers = { rsc: "1", "next-router-state-tree": state };
  expect((await fetch(`${origin}/squads`, { headers })).status).toBe(status);
  expect(seen).toHaveLength(status === 200 ? 1 : 0);
});

it("gives the product limits that hold its largest upload and nothing much above", () => {
  const largest = Math.max(
    ...productLimits.bodies.filter(({ path }) => path !== "/api/inngest").map(({ bytes }) => bytes),
  );
  expect(largest).toBe(1_048_576);
  expect(productLimits.requestMs).toBeLessThanOrEqual(60_000);
});

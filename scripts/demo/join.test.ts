import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { join } from "./join";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Answer = { status?: number; location?: string; cookies?: string[]; body?: string };

/** A server that answers by method and path, and keeps what it was asked. */
async function serverOf(answers: Record<string, Answer>) {
  const asked: { what: string; cookie: string; form: string }[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const what = `${request.method} ${request.url?.split("?")[0]}`;
    asked.push({ what, cookie: request.headers.cookie ?? "", form: await text(request) });
    const { status = 303, location, cookies = [], body = "" } = answers[what] ?? { status: 404 };
    response.writeHead(status, { ...(location ? { location } : {}), "set-cookie": cookies }).end(body);
  };
  const server = createServer((request, response) => void answer(request, response));
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** The app and Polar's login, as an athlete's browser meets them. */
async function installation(input: { arrival: string; invitation?: string }) {
  const polarAnswers: Record<string, Answer> = {};
  const polar = await serverOf(polarAnswers);
  const consent = '<input type="hidden" name="textVersion" value="v7"/>';
  const app = await serverOf({
    "GET /invite/t": {
      status: 200,
      cookies: ["seen=1; Path=/", "old=x"],
      body: input.invitation ?? consent,
    },
    "POST /invite/t/accept": {
      location: `${polar.origin}/oauth?state=s`,
      cookies: ["state=s", "old=; Max-Age=0"],
    },
    "GET /callback": { location: input.arrival },
  });
  polarAnswers["POST /oauth"] = { location: `${app.origin}/callback?code=c&state=s` };
  return {
    app,
    polar,
    go: () => join({ appUrl: app.origin, link: `${app.origin}/invite/t`, login: "aino" }),
  };
}

test("an athlete consents to the text shown, authorises at Polar and comes back with the app's cookies", async () => {
  const { app, polar, go } = await installation({ arrival: "/me/connected" });
  await go();
  expect(app.asked).toEqual([
    { what: "GET /invite/t", cookie: "", form: "" },
    {
      what: "POST /invite/t/accept",
      cookie: "seen=1; old=x",
      form: "textVersion=v7&history=with-history",
    },
    { what: "GET /callback", cookie: "seen=1; state=s", form: "" },
  ]);
  expect(polar.asked).toEqual([{ what: "POST /oauth", cookie: "", form: "login=aino&decision=accept" }]);
});

test("an arrival anywhere else, and an invitation without a consent, are told", async () => {
  const denied = await installation({ arrival: "/invite/t?say=denied" });
  await expect(denied.go()).rejects.toThrow("aino was sent to /invite/t?say=denied");
  const ended = await installation({ arrival: "/me/connected", invitation: "This link has ended." });
  await expect(ended.go()).rejects.toThrow("The invitation of aino shows no consent to accept");
});

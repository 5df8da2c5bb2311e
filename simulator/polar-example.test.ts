import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningSimulator } from "./server";
import { startSmall } from "./test-support";

/**
 * The requests of Polar's own example client (github.com/polarofficial/accesslink-example-python), header by header as
 * Python's requests sends them: JSON content types on everything, empty bodies with a length of zero, trailing
 * slashes, no scope, no state, one member id for every user.
 */

let sim: RunningSimulator;
beforeAll(async () => {
  sim = await startSmall({ redirectUris: ["http://localhost:5000/oauth2_callback"] });
});
afterAll(() => sim.close());

const callback = "http://localhost:5000/oauth2_callback";
const memberId = "276e421630004f65a4c14a1e380fb31e";
const python = {
  "user-agent": "python-requests/2.32.3",
  "accept-encoding": "gzip, deflate",
  connection: "keep-alive",
};

type Headers = Record<string, string>;
type Answer = { status: number; headers: Headers; text: string; json: ReturnType<typeof JSON.parse> };

/** `requests` adds a length of zero to a POST, PUT or DELETE without a body. */
function send(method: string, url: string, headers: Headers, body = ""): Promise<Answer> {
  const length = method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...python, ...headers, ...length } }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => {
        const isJson = String(response.headers["content-type"]).includes("json") && text !== "";
        const json = isJson ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers as Headers, text, json });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const basic = () => ({
  authorization: `Basic ${Buffer.from(`${sim.clientId}:${sim.clientSecret}`).toString("base64")}`,
  accept: "*/*",
});
const bearer = (token: string) => ({
  authorization: `Bearer ${token}`,
  accept: "application/json",
  "content-type": "application/json",
});

/** The browser's way through the login page, without scope and state, back to the callback. */
async function authorise(login: string): Promise<string> {
  const query = new URLSearchParams({
    client_id: sim.clientId,
    response_type: "code",
    redirect_uri: callback,
  });
  const page = `${sim.url}/oauth2/authorization?${query}`;
  expect((await send("GET", page, { accept: "text/html" })).status).toBe(200);
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await send("POST", page, form, `login=${login}&decision=accept`);
  const back = new URL(answer.headers.location ?? "");
  expect([back.origin + back.pathname, back.searchParams.has("state")]).toEqual([callback, false]);
  return back.searchParams.get("code") ?? "";
}

async function tokenFor(login: string): Promise<{ access_token: string; x_user_id: number }> {
  const headers = {
    ...basic(),
    accept: "application/json;charset=UTF-8",
    "content-type": "application/x-www-form-urlencoded",
  };
  const code = await authorise(login);
  const form = new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: callback });
  const answer = await send("POST", `${sim.url}/v2/oauth2/token`, headers, form.toString());
  expect(answer.status).toBe(200);
  expect(answer.json).not.toHaveProperty("refresh_token");
  return answer.json;
}

const register = (token: string) =>
  send("POST", `${sim.url}/v3/users`, bearer(token), JSON.stringify({ "member-id": memberId }));

describe("Polar's own example client", () => {
  let user: { access_token: string; x_user_id: number };
  const api = (path: string) => `${sim.url}/v3${path}`;
  const get = (url: string) => send("GET", url, bearer(user.access_token));

  test("links an account, and once more, which is a 409 it ignores", async () => {
    user = await tokenFor("aino");
    expect((await register(user.access_token)).status).toBe(200);
    user = await tokenFor("aino");
    expect((await register(user.access_token)).status).toBe(409);
  });

  test("a second user under the same member id is a 409 too, and stays unregistered", async () => {
    const second = await tokenFor("bram");
    expect((await register(second.access_token)).status).toBe(409);
    expect((await send("GET", api("/exercises"), bearer(second.access_token))).status).toBe(403);
  });

  test("reads exercises, and sleep and Nightly Recharge with a slash at the end, and the user", async () => {
    expect((await get(api("/exercises"))).json.length).toBeGreaterThan(10);
    expect((await get(api("/users/sleep/"))).json.nights.length).toBeGreaterThan(10);
    expect((await get(api("/users/nightly-recharge/"))).json.recharges.length).toBeGreaterThan(10);
    expect((await get(api(`/users/${user.x_user_id}`))).json["polar-user-id"]).toBe(user.x_user_id);
  });

  test.each([
    ["EXERCISE", "exercises"],
    ["ACTIVITY_SUMMARY", "activity-log"],
    ["PHYSICAL_INFORMATION", "physical-informations"],
  ])("drains %s by the addresses it is given, until there is nothing", async (dataType, key) => {
    const notices = await send("GET", api("/notifications"), basic());
    type Notice = { "data-type": string; "user-id": number; url: string };
    const notice = notices.json["available-user-data"].find(
      (one: Notice) => one["data-type"] === dataType && one["user-id"] === user.x_user_id,
    );
    for (let transactions = 0; ; transactions += 1) {
      const opened = await send("POST", notice.url, bearer(user.access_token));
      if (opened.status === 204) {
        expect([opened.text, transactions > 0]).toEqual(["", true]);
        break;
      }
      expect(opened.status).toBe(201);
      const address = opened.json["resource-uri"];
      const items: string[] = (await get(address)).json[key];
      for (const item of items) expect((await get(item)).json).toHaveProperty("id");
      const committed = await send("PUT", address, bearer(user.access_token));
      expect([committed.status, committed.text]).toEqual([200, ""]);
    }
  });

  test("revokes with a DELETE of length zero; then the token is dead", async () => {
    const address = api(`/users/${user.x_user_id}`);
    expect((await send("DELETE", address, bearer(user.access_token))).status).toBe(204);
    expect((await get(api("/exercises"))).status).toBe(401);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningSimulator } from "../server";
import { basic, call, control, startSmall } from "../test-support";

let sim: RunningSimulator;
const callback = "http://localhost:5000/callback";

beforeAll(async () => {
  sim = await startSmall();
});
afterAll(() => sim.close());

function authorizationUrl(extra: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: sim.clientId,
    redirect_uri: callback,
    state: "s t/1",
    ...extra,
  });
  return `${sim.url}/oauth2/authorization?${query}`;
}

async function decide(fields: Record<string, string>, url = authorizationUrl()): Promise<URL> {
  const answer = await call(url, { method: "POST", body: new URLSearchParams(fields) });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get("location") ?? "");
}

async function codeFor(login: string): Promise<string> {
  return (await decide({ login, decision: "accept" })).searchParams.get("code") ?? "";
}

function exchange(fields: Record<string, string>, headers = basic(sim)) {
  const body = new URLSearchParams({ grant_type: "authorization_code", redirect_uri: callback, ...fields });
  return call(`${sim.url}/v2/oauth2/token`, { method: "POST", headers, body });
}

describe("the login page", () => {
  test("lists the scenario's accounts and works without a script", async () => {
    const page = await call(authorizationUrl());
    expect(page.status).toBe(200);
    expect(page.text).toContain('name="login" value="aino"');
    expect(page.text).toContain("Deny");
    expect(page.text).not.toContain("<script");
  });

  test("accepting leads back with a code and the state as it was sent", async () => {
    const back = await decide({ login: "aino", decision: "accept" });
    expect(back.origin + back.pathname).toBe(callback);
    expect(back.searchParams.get("state")).toBe("s t/1");
    expect(back.searchParams.get("code")).toMatch(/^[0-9a-f]{32}$/);
  });

  test("without a state none comes back", async () => {
    const query = new URLSearchParams({
      response_type: "code",
      client_id: sim.clientId,
      redirect_uri: callback,
    });
    const back = await decide(
      { login: "aino", decision: "accept" },
      `${sim.url}/oauth2/authorization?${query}`,
    );
    expect(back.searchParams.has("state")).toBe(false);
  });

  test("denying leads back with access_denied", async () => {
    const back = await decide({ decision: "deny" });
    expect(back.searchParams.get("error")).toBe("access_denied");
    expect(back.searchParams.has("code")).toBe(false);
  });

  test("accepting as nobody shows the page again", async () => {
    const answer = await call(authorizationUrl(), {
      method: "POST",
      body: new URLSearchParams({ decision: "accept" }),
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("Choose an athlete first");
  });

  test.each([
    ["response_type", "token", "unsupported_response_type"],
    ["scope", "everything", "invalid_scope"],
  ])("%s=%s leads back with %s", async (key, value, error) => {
    const answer = await call(authorizationUrl({ [key]: value }));
    expect(new URL(answer.headers.get("location") ?? "").searchParams.get("error")).toBe(error);
  });

  test("an unknown client and a foreign redirect are shown, not followed", async () => {
    expect((await call(authorizationUrl({ client_id: "stranger" }))).status).toBe(400);
    expect((await call(authorizationUrl({ redirect_uri: "https://elsewhere.example/cb" }))).status).toBe(400);
  });

  test("a new athlete gets an account with ninety days behind it", async () => {
    const back = await decide({
      signup: "1",
      decision: "accept",
      first_name: "Élise",
      last_name: "O'Neil",
      story: "flagged",
    });
    const { json } = await exchange({ code: back.searchParams.get("code") ?? "" });
    const headers = { authorization: `Bearer ${json.access_token}` };
    await call(`${sim.url}/v3/users`, { method: "POST", headers, body: '{"member-id":"elise"}' });
    const nights = await call(`${sim.url}/v3/users/nightly-recharge`, { headers });
    expect(nights.json.recharges.length).toBeGreaterThan(75);
    expect((await call(`${sim.url}/v3/users/${json.x_user_id}`, { headers })).json["last-name"]).toBe(
      "O'Neil",
    );
  });
});

describe("the token endpoint", () => {
  test("answers a token that outlives 32 bits of milliseconds, and no refresh token", async () => {
    const { status, json } = await exchange({ code: await codeFor("aino") });
    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.any(String),
      token_type: "bearer",
      expires_in: 315_359_999,
      x_user_id: expect.any(Number),
    });
  });

  test("a replayed code is denied and kills the token it gave", async () => {
    const code = await codeFor("bram");
    const { json } = await exchange({ code });
    const headers = { authorization: `Bearer ${json.access_token}` };
    await call(`${sim.url}/v3/users`, { method: "POST", headers, body: '{"member-id":"b"}' });
    expect((await call(`${sim.url}/v3/users/sleep`, { headers })).status).toBe(200);
    expect(await exchange({ code })).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    expect((await call(`${sim.url}/v3/users/sleep`, { headers })).status).toBe(401);
  });

  test("a code dies after ten minutes", async () => {
    const code = await codeFor("aino");
    await control(sim, "clock", { advanceMs: 10 * 60_000 + 1 });
    expect(await exchange({ code })).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
  });

  test("a different redirect_uri, or none where one was sent, is invalid_grant", async () => {
    const code = await codeFor("aino");
    expect((await exchange({ code, redirect_uri: "http://localhost:5000/other" })).json.error).toBe(
      "invalid_grant",
    );
    const body = new URLSearchParams({ grant_type: "authorization_code", code });
    const without = await call(`${sim.url}/v2/oauth2/token`, { method: "POST", headers: basic(sim), body });
    expect(without.json.error).toBe("invalid_grant");
  });

  test.each([
    ["unsupported_grant_type", { grant_type: "refresh_token" }],
    ["invalid_request", { code: "" }],
    ["invalid_grant", { code: "nonsense" }],
  ])("%s", async (error, fields) => {
    expect(await exchange({ code: "x", ...fields })).toMatchObject({ status: 400, json: { error } });
  });

  test("a wrong secret is invalid_client, 400 or by knob 401", async () => {
    const headers = { authorization: `Basic ${Buffer.from("demo-client:wrong").toString("base64")}` };
    expect(await exchange({ code: "x" }, headers)).toMatchObject({
      status: 400,
      json: { error: "invalid_client" },
    });
    await control(sim, "knobs", { badClientStatus: 401 });
    expect((await exchange({ code: "x" }, headers)).status).toBe(401);
  });

  test("a JSON body is invalid_request", async () => {
    const headers = { ...basic(sim), "content-type": "application/json" };
    const answer = await call(`${sim.url}/v2/oauth2/token`, { method: "POST", headers, body: "{}" });
    expect(answer.json.error).toBe("invalid_request");
  });
});

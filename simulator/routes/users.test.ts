import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunningSimulator } from "../server";
import { authorised, connected, control, startSmall } from "../test-support";

let sim: RunningSimulator;
beforeEach(async () => {
  sim = await startSmall();
});
afterEach(() => sim.close());

test("registering answers the user in kebab-case; again is a 409", async () => {
  const aino = await authorised(sim, "aino");
  const first = await aino.send("POST", "/v3/users", '{"member-id":"athlete-17"}');
  expect(first.status).toBe(200);
  expect(first.json).toMatchObject({
    "polar-user-id": aino.userId,
    "member-id": "athlete-17",
    "registration-date": "2026-11-18T08:00:00.000Z",
    "first-name": "Aino",
    gender: "FEMALE",
  });
  expect((await aino.send("POST", "/v3/users", '{"member-id":"athlete-17"}')).status).toBe(409);
});

test("the member-id of another user is the other 409, and that user stays unregistered", async () => {
  await connected(sim, "aino");
  const bram = await authorised(sim, "bram");
  const answer = await bram.send("POST", "/v3/users", '{"member-id":"member-aino"}');
  expect(answer.status).toBe(409);
  expect((await bram.get(`/v3/users/${bram.userId}`)).status).toBe(204);
});

test("XML registers too; no member-id is a 400; the success code is a knob", async () => {
  const aino = await authorised(sim, "aino");
  expect((await aino.send("POST", "/v3/users", "{}")).status).toBe(400);
  await control(sim, "knobs", { registerStatus: 201 });
  const answer = await aino.send("POST", "/v3/users", "<register><member-id>x1</member-id></register>");
  expect(answer).toMatchObject({ status: 201, json: { "member-id": "x1" } });
});

test("data before registration is 403, or what the knob says", async () => {
  const aino = await authorised(sim, "aino");
  expect((await aino.get("/v3/users/sleep")).status).toBe(403);
  await control(sim, "knobs", { unregisteredStatus: 404 });
  expect((await aino.get("/v3/users/sleep")).status).toBe(404);
});

test("de-registering answers 204 and kills the token", async () => {
  const aino = await connected(sim, "aino");
  expect((await aino.get(`/v3/users/${aino.userId}`)).status).toBe(200);
  expect((await aino.send("DELETE", `/v3/users/${aino.userId}`)).status).toBe(204);
  expect((await aino.get("/v3/exercises")).status).toBe(401);
});

test("withheld consents are a 403 until they are given back; a revoked token is a 401", async () => {
  const aino = await connected(sim, "aino");
  await control(sim, "users/aino/consents", { accepted: false });
  expect(await aino.get("/v3/exercises")).toMatchObject({
    status: 403,
    json: { error: { status: 403, error_type: "ForbiddenException" } },
  });
  await control(sim, "users/aino/consents", { accepted: true });
  expect((await aino.get("/v3/exercises")).status).toBe(200);
  await control(sim, "users/aino/revoke");
  expect((await aino.get("/v3/exercises")).status).toBe(401);
});

test("another user's path is refused", async () => {
  const aino = await connected(sim, "aino");
  const bram = await connected(sim, "bram");
  expect((await aino.send("POST", `/v3/users/${bram.userId}/exercise-transactions`)).status).toBe(403);
});

test("the error body is wrapped, flat or empty by knob", async () => {
  const aino = await connected(sim, "aino");
  expect((await aino.get("/v3/users/sleep/2001-01-01")).json.error).toMatchObject({
    status: 404,
    error_type: "NotFoundException",
  });
  await control(sim, "knobs", { errorBody: "flat" });
  expect((await aino.get("/v3/users/sleep/2001-01-01")).json).toMatchObject({
    status: 404,
    errorType: "NotFoundException",
  });
  await control(sim, "knobs", { errorBody: "empty" });
  expect((await aino.get("/v3/users/sleep/2001-01-01")).text).toBe("");
});

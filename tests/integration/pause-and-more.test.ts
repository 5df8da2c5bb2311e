import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { streamStates } from "@/db/schema/connection";
import { auditLog } from "@/db/schema/operation";
import { rawPayloads } from "@/db/schema/payload";
import { athletes, consents, squads } from "@/db/schema/squad";
import type { Role } from "@/lib/context";
import { chooseOptionalStreams, viewOptionalStreams } from "@/lib/services/consents/optional";
import { agreeToMore, refuseMore, viewConsent, viewWidening } from "@/lib/services/consents/widening";
import { pauseSharing, resumeSharing, stopSharing, viewPause } from "@/lib/services/own-page/sharing";
import { viewOwnPage } from "@/lib/services/own-page/view";
import { viewConnections } from "@/lib/services/squads/connections";
import { listDue } from "@/lib/services/sync/cycle";
import { startSimulator } from "@/simulator/server";
import { contextOf } from "../support/athletes";
import {
  connectedAthlete,
  control,
  eventsOf,
  freshInstallation,
  hold,
  type Installation,
  pointAt,
  sync,
} from "./sync-support";

let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;
let athleteId: string;
const login = "aino.lehtonen";

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small", history: "documented" });
  pointAt(sim);
});
beforeEach(async () => {
  await control(sim)("/reset", {});
  at = await freshInstallation();
  athleteId = await connectedAthlete(at, sim, { login: await someLogin() });
  return () => at.close();
});
afterAll(() => sim.close());

async function someLogin(): Promise<string> {
  const { athletes: list } = await control(sim)<{ athletes: { login: string }[] }>("/athletes");
  return list.find((one) => one.login === login)?.login ?? list[0]?.login ?? "";
}

const own = () =>
  contextOf(at.db, { actor: { kind: "athlete", athleteId }, teamId: at.squad.teamId, now: new Date() });
const page = () => viewOwnPage({ ctx: own(), input: { locale: "en-GB" } });
const payloads = async () =>
  (await at.db.select({ id: rawPayloads.id }).from(rawPayloads).where(eq(rawPayloads.athleteId, athleteId)))
    .length;
const actions = async () =>
  (await at.db.select({ action: auditLog.action }).from(auditLog)).map((row) => row.action);

test("while sharing is paused nothing is fetched; going on fetches what came meanwhile", async () => {
  await sync(at, athleteId);
  const before = await payloads();
  expect(before).toBeGreaterThan(0);
  await pauseSharing({ ctx: own() });
  await control(sim)(`/users/${await someLogin()}/session`, { minutes: 40 });
  expect((await listDue({ ctx: at.job() })).athleteIds).toEqual([]);
  expect((await sync(at, athleteId, "webhook")).outcome).toBe("not-connected");
  expect(await payloads()).toBe(before);

  await resumeSharing({ ctx: own() });
  expect(await eventsOf(at.db, "athlete/sync.requested")).toContainEqual({ athleteId, reason: "asked" });
  expect((await sync(at, athleteId)).outcome).toBe("synced");
  expect(await payloads()).toBeGreaterThan(before);
  expect(await actions()).toEqual(expect.arrayContaining(["athlete/paused", "athlete/resumed"]));
});

test("a pause and a stop reach a sync under way: what is on its way is not stored", async () => {
  for (const end of [pauseSharing, stopSharing]) {
    const held = await hold(sim, { pathPattern: "sleep" });
    const under = sync(at, athleteId).then(
      () => "finished",
      (error: Error) => error.name,
    );
    await held.reached();
    await end({ ctx: own() });
    const left = await payloads();
    expect(left).toBeGreaterThan(0);
    await held.letGo();
    expect(await under).toBe("LeaseLost");
    expect(await payloads()).toBe(left);
    await at.db.delete(rawPayloads);
    athleteId = await connectedAthlete(at, sim, { login: await anotherLogin() });
  }
});

async function anotherLogin(): Promise<string> {
  const { athletes: list } = await control(sim)<{ athletes: { login: string }[] }>("/athletes");
  return list.at(-1)?.login ?? "";
}

test("consent and connection outlast a pause, and the coach sees since when", async () => {
  const { pausedAt } = await pauseSharing({ ctx: own() });
  expect((await pauseSharing({ ctx: own() })).pausedAt).toEqual(pausedAt);
  const shown = await page();
  expect(shown.sharing).toMatchObject({ state: "paused", pausedAt });
  expect(shown.consent).not.toBeNull();
  const coach = contextOf(at.db, {
    actor: { kind: "coach", userId: "00000000-0000-4000-8000-000000000001", role: "viewer" },
    teamId: at.squad.teamId,
    now: new Date(),
  });
  const { athletes: rows } = await viewConnections({ ctx: coach, input: { squadId: at.squad.squadId } });
  expect(rows).toMatchObject([{ status: "active", remedy: "paused" }]);
  expect(rows[0]?.pausedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(await resumeSharing({ ctx: own() })).toEqual({ pausedOn: rows[0]?.pausedOn });
  expect(await resumeSharing({ ctx: own() })).toEqual({ pausedOn: null });
});

test("a long pause tells what stays missing, before going on and after", async () => {
  await pauseSharing({ ctx: own() });
  const longAgo = new Date(Date.now() - 40 * 86_400_000);
  await at.db.update(athletes).set({ pausedAt: longAgo });
  const { gaps } = await viewPause({ ctx: own(), input: {} });
  expect(gaps.map(({ line }) => line).toSorted()).toEqual(["exercises", "nightlyRecharge", "sleep"]);
  const { pausedOn } = await resumeSharing({ ctx: own() });
  expect((await viewPause({ ctx: own(), input: { since: pausedOn } })).gaps).toEqual(gaps);
  expect((await viewPause({ ctx: own(), input: { since: "not a day" } })).gaps).toEqual([]);
});

test("who stopped cannot pause, and stopping ends a pause", async () => {
  await pauseSharing({ ctx: own() });
  await stopSharing({ ctx: own() });
  expect((await page()).sharing).toMatchObject({ state: "stopped", pausedAt: null });
  await expect(pauseSharing({ ctx: own() })).rejects.toMatchObject({ code: "forbidden" });
});

const more = ["sleepwise"];
const widen = () => at.db.update(squads).set({ optionalStreams: more });
const asked = () => viewWidening({ ctx: own(), input: { locale: "en" } });

test("a squad that asks for more asks again, and until the athlete agrees nothing more is fetched", async () => {
  expect(await asked()).toBeNull();
  await widen();
  expect((await page()).asksFor).toHaveLength(1);
  const question = await asked();
  expect(question?.text.title).toContain("asks for more");
  await sync(at, athleteId);
  const streamsRead = async () => new Set((await at.db.select().from(rawPayloads)).map((row) => row.stream));
  expect([...(await streamsRead())]).not.toContain(more[0]);

  const textVersion = question?.textVersion ?? "";
  await expect(
    agreeToMore({ ctx: own(), input: { locale: "en", textVersion: "2.other" } }),
  ).rejects.toMatchObject({ code: "conflict" });
  await agreeToMore({ ctx: own(), input: { locale: "en", textVersion } });
  const rows = await at.db.select().from(consents).orderBy(consents.acceptedAt);
  expect(rows.map((row) => row.withdrawnAt === null)).toEqual([false, true]);
  expect(rows[1]).toMatchObject({ textVersion, history: "with-history" });
  expect(rows[1]?.streams).toEqual(expect.arrayContaining(more));
  expect(rows[1]?.text).toContain("asks for more");
  await sync(at, athleteId);
  expect([...(await streamsRead())]).toContain(more[0]);
  expect(await asked()).toBeNull();
});

test("what was refused is not asked for again, but can be looked at again", async () => {
  await widen();
  await refuseMore({ ctx: own() });
  const shown = await page();
  expect(shown.asksFor).toEqual([]);
  expect(shown.sharing.state).toBe("connected");
  expect((await viewConsent({ ctx: own() })).asksForMore).toBe(true);
  expect(await asked()).not.toBeNull();
  expect(await actions()).toContain("consent/more-refused");
});

const coach = (role: Role = "coach") =>
  contextOf(at.db, {
    actor: { kind: "coach", userId: "00000000-0000-4000-8000-000000000001", role },
    teamId: at.squad.teamId,
    now: new Date(),
  });
const choose = (streams: string[], role?: Role) =>
  chooseOptionalStreams({ ctx: coach(role), input: { squadId: at.squad.squadId, streams } });
const optional = async () =>
  Object.fromEntries(
    (await viewOptionalStreams({ ctx: coach("viewer"), input: { squadId: at.squad.squadId } })).map(
      ({ stream, ...rest }) => [stream, rest],
    ),
  );

test("a coach chooses what the squad asks for besides: athletes are asked, and who agreed is shown", async () => {
  expect(Object.keys(await optional())).toEqual([
    "routes",
    "continuous-heart-rate",
    "sleepwise",
    "biosensing",
  ]);
  expect((await optional()).routes).toMatchObject({ isAsked: false, agreed: [], of: 1 });
  await choose(["sleepwise", "routes"]);
  expect((await page()).asksFor).toEqual(["routes", "sleepWise"]);
  const question = await asked();
  await agreeToMore({ ctx: own(), input: { locale: "en", textVersion: question?.textVersion ?? "" } });
  const { athleteName } = await page();
  expect((await optional()).routes).toMatchObject({ isAsked: true, agreed: [athleteName], of: 1 });
  expect((await optional()).biosensing).toMatchObject({ isAsked: false, agreed: [] });
  const [entry] = await at.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.action, "squad/optional-streams-changed"));
  expect(entry?.detail).toEqual({ added: "routes sleepwise", dropped: "" });
});

test("who said no is not named, and viewers choose nothing", async () => {
  await choose(["sleepwise"]);
  await refuseMore({ ctx: own() });
  expect((await optional()).sleepwise).toEqual({
    consentKey: "sleepWise",
    isAsked: true,
    agreed: [],
    of: 1,
  });
  await expect(choose([], "viewer")).rejects.toMatchObject({ code: "forbidden" });
  await expect(choose(["sleep"])).rejects.toMatchObject({ code: "bad-input" });
  expect((await optional()).sleepwise).toMatchObject({ isAsked: true });
});

test("what the squad asks for no more is not fetched any more, and is again without asking anew", async () => {
  const state = async () =>
    (await at.db.select().from(streamStates).where(eq(streamStates.stream, "routes")))[0];
  await choose(["routes"]);
  const question = await asked();
  await agreeToMore({ ctx: own(), input: { locale: "en", textVersion: question?.textVersion ?? "" } });
  await sync(at, athleteId);
  const read = (await state())?.lastAttemptAt;
  expect(read).toBeInstanceOf(Date);

  await choose([]);
  expect((await state())?.nextDueAt).toBeNull();
  await sync(at, athleteId);
  expect(await state()).toMatchObject({ lastAttemptAt: read, nextDueAt: null });

  await choose(["routes"]);
  expect(await asked()).toBeNull();
  await sync(at, athleteId);
  expect((await state())?.lastAttemptAt?.getTime()).toBeGreaterThan(read?.getTime() ?? Number.NaN);
});

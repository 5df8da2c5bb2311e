import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connections, owedDeregistrations, streamStates } from "@/db/schema/connection";
import { outbox, rateBudgets } from "@/db/schema/operation";
import { athletes, consents, invitations } from "@/db/schema/squad";
import { hashLinkToken, newLinkToken } from "@/lib/crypto/link-token";
import { connect } from "@/lib/services/connections/connect";
import { finishRevocations } from "@/lib/services/connections/revoke";
import { connectInvited } from "@/lib/services/invitations/connect-invited";
import { viewProgress } from "@/lib/services/own-page/progress";
import { stopSharing } from "@/lib/services/own-page/sharing";
import { viewOwnPage } from "@/lib/services/own-page/view";
import { createRateBudget, type Priority } from "@/lib/services/provider/budget";
import { listDue, runDueCycle } from "@/lib/services/sync/cycle";
import { setUpWebhook } from "@/lib/services/webhooks/manage";
import { startSimulator } from "@/simulator/server";
import {
  control,
  freshInstallation,
  type Installation,
  pointAt,
  seedConsentingAthlete,
  sync,
  tokenOf,
} from "./sync-support";

const LIMIT = 100;
const LOGIN = "ingrid-solheim";
const START = new Date("2026-05-20T09:00:00.000Z");
const minutes = (n: number) => new Date(START.getTime() + n * 60_000);

let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;
let now = START;

async function setClock(moment: Date): Promise<void> {
  now = moment;
  await control(sim)("/clock", { now: moment.toISOString() });
}

beforeAll(async () => {
  sim = await startSimulator({
    scenario: "demo",
    fixedNow: START.toISOString(),
    knobs: { rateLimits: { per15Minutes: LIMIT, perDay: 5000 } },
  });
  pointAt(sim);
  at = await freshInstallation(() => now);
});
beforeEach(async () => {
  await control(sim)("/reset", {});
  await control(sim)("/knobs", { rateLimits: { per15Minutes: LIMIT, perDay: 5000 } });
  await setClock(START);
  await at.owner`truncate connections, athletes, rate_budgets, outbox, daily_runs, owed_deregistrations cascade`;
});
afterAll(async () => {
  await at.close();
  await sim.close();
});

const visitor = () => ({ ...at.job(), actor: { kind: "visitor" as const } });

async function logins(): Promise<string[]> {
  const { athletes: list } = await control(sim)<{ athletes: { login: string }[] }>("/athletes");
  return list.map(({ login }) => login);
}

async function atPolar(login: string) {
  type Row = { login: string; registered: boolean; hasToken: boolean };
  const { athletes: list } = await control(sim)<{ athletes: Row[] }>("/athletes");
  return list.find((row) => row.login === login);
}

/** The walk through Polar of an athlete who was invited and agreed, as the edge ends it. */
async function comeBack(login: string) {
  const athleteId = await seedConsentingAthlete(at.db, at.squad, { now, name: login });
  const token = newLinkToken();
  await at.db.insert(invitations).values({
    teamId: at.squad.teamId,
    athleteId,
    tokenHash: hashLinkToken(token),
    expiresAt: new Date(now.getTime() + 86_400_000),
  });
  const {
    access_token: accessToken,
    expires_in: expiresInS,
    x_user_id: polarUserId,
  } = await tokenOf(sim, login);
  const [consent] = await at.db.select().from(consents).where(eq(consents.athleteId, athleteId));
  const input = { token, consentId: consent?.id ?? "", polarUserId, accessToken, expiresInS };
  return { athleteId, result: await connectInvited({ ctx: visitor(), input }) };
}

async function connectionOf(athleteId: string) {
  const [row] = await at.db.select().from(connections).where(eq(connections.athleteId, athleteId));
  return row;
}

/** Polar's quota is used up for the next so many minutes, whoever waits. */
async function useUpQuota(forMinutes: number): Promise<Date> {
  const resetsAt = new Date(now.getTime() + forMinutes * 60_000);
  const row = { window: "15-minutes" as const, used: LIMIT, limit: LIMIT, resetsAt, updatedAt: now };
  await at.db.insert(rateBudgets).values(row).onConflictDoUpdate({ target: rateBudgets.window, set: row });
  return resetsAt;
}

const athleteOf = (athleteId: string) => ({
  ...at.job(),
  actor: { kind: "athlete" as const, athleteId },
  teamId: at.squad.teamId,
});
const pageOf = (athleteId: string) => viewOwnPage({ ctx: athleteOf(athleteId), input: { locale: "en-GB" } });

test("ten people who accept in a row are all connected, though their first syncs want more than there is", async () => {
  const club = (await logins()).slice(0, 10);
  for (const login of club) {
    const { athleteId, result } = await comeBack(login);
    expect(result, login).toEqual({ athleteId });
    expect(await connectionOf(athleteId), login).toMatchObject({ status: "active" });
    for (const reason of ["connected", "asked", "webhook"]) await sync(at, athleteId, reason);
  }
  const { recent } = await control(sim)<{ recent: { status: number }[] }>("/requests");
  expect(recent.filter(({ status }) => status === 429)).toEqual([]);
});

test("who may spend the reserve: people who wait, and no job", async () => {
  await useUpQuota(14);
  await at.db.update(rateBudgets).set({ used: LIMIT * 0.9 });
  const budget = (priority: Priority) => createRateBudget({ db: at.db, clock: () => now, priority }).admit();
  expect(await budget("background")).toMatchObject({ retryAt: minutes(14) });
  expect(await budget("asked")).toBeNull();
  await at.db.update(rateBudgets).set({ used: LIMIT * 0.95 });
  expect(await budget("asked")).toMatchObject({ retryAt: minutes(14) });
  expect(await budget("interactive")).toBeNull();
  await expect(setUpWebhook({ ctx: at.job() })).rejects.toMatchObject({ code: "polar-busy" });
});

test("a consent given while the quota is out is kept, said with its time, and registered from the database's state alone", async () => {
  const resetsAt = await useUpQuota(14);
  const { athleteId, result } = await comeBack(LOGIN);
  expect(result).toEqual({ athleteId });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "registering" });
  expect(await atPolar(LOGIN)).toMatchObject({ registered: false });

  const page = await pageOf(athleteId);
  const wait = {
    what: "registration",
    untilMs: resetsAt.getTime(),
    timeZone: "Europe/Helsinki",
    today: "2026-05-20",
  };
  expect(page.sharing.state).toBe("registering");
  expect(page.firstSyncWait).toEqual(wait);
  const progress = await viewProgress({ ctx: athleteOf(athleteId) });
  expect(progress).toMatchObject({ connection: "registering", done: false, firstSyncWait: wait });
  expect(progress.streams.map(({ state }) => state)).toEqual(progress.streams.map(() => "waiting"));

  // No event is left: the job finds what is owed by itself, each minute, and not before its time.
  await at.db.delete(outbox);
  await runDueCycle({ ctx: at.job() });
  await setClock(minutes(13));
  expect(await runDueCycle({ ctx: at.job() })).toEqual({ isNewCycle: false, athleteIds: [] });
  expect((await listDue({ ctx: at.job() })).athleteIds).toEqual([]);
  await setClock(minutes(14));
  expect(await runDueCycle({ ctx: at.job() })).toEqual({ isNewCycle: false, athleteIds: [athleteId] });
  await control(sim)("/knobs", { rateLimits: { per15Minutes: 2000, perDay: 5000 } });
  for (let again = 0; again < 2; again += 1)
    expect(await sync(at, athleteId)).toMatchObject({ outcome: "synced", failed: [] });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "active", statusReason: null });
  expect(await atPolar(LOGIN)).toMatchObject({ registered: true });
  expect(await at.db.select().from(connections)).toHaveLength(1);
  expect((await pageOf(athleteId)).sharing.state).toBe("connected");
});

test("a quota that is out again is waited for again, and the page tells the new time", async () => {
  await useUpQuota(14);
  const { athleteId } = await comeBack(LOGIN);
  await setClock(minutes(14));
  const resetsAt = await useUpQuota(20);
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "busy", retryAt: resetsAt });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "registering" });
  expect((await pageOf(athleteId)).firstSyncWait).toMatchObject({ untilMs: resetsAt.getTime() });
});

test("stopping before Polar could register leaves no token there", async () => {
  await useUpQuota(14);
  const { athleteId } = await comeBack(LOGIN);
  await stopSharing({ ctx: athleteOf(athleteId) });
  expect(await atPolar(LOGIN)).toMatchObject({ hasToken: true });
  await setClock(minutes(15));
  expect(await finishRevocations({ ctx: at.job() })).toEqual({ told: 1, waiting: 0 });
  expect(await atPolar(LOGIN)).toMatchObject({ registered: false, hasToken: false });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "revoked", accessTokenSealed: null });
});

test("a connection in use takes a fresh token while the quota is out, and goes on", async () => {
  const { athleteId } = await comeBack(LOGIN);
  const before = await connectionOf(athleteId);
  await useUpQuota(14);
  const {
    access_token: accessToken,
    expires_in: expiresInS,
    x_user_id: polarUserId,
  } = await tokenOf(sim, LOGIN);
  await connect({ ctx: visitor(), input: { athleteId, accessToken, expiresInS, polarUserId } });
  const after = await connectionOf(athleteId);
  expect(after).toMatchObject({ status: "active", memberId: before?.memberId });
  expect(after?.accessTokenSealed).not.toBe(before?.accessTokenSealed);
});

test("streams that wait for the quota are no failures: the progress is not done, and says why", async () => {
  const { athleteId } = await comeBack(LOGIN);
  await useUpQuota(14);
  await sync(at, athleteId, "connected");
  const states = await at.db.select().from(streamStates).where(eq(streamStates.athleteId, athleteId));
  expect(states.map(({ errorCode }) => errorCode)).toEqual(states.map(() => "polar-busy"));
  const progress = await viewProgress({ ctx: athleteOf(athleteId) });
  expect(progress.done).toBe(false);
  expect(progress.streams.map(({ state, errorCode }) => [state, errorCode])).toEqual(
    progress.streams.map(() => ["waiting", "polar-busy"]),
  );
  expect(await at.db.select().from(owedDeregistrations)).toEqual([]);
  expect(await at.db.select().from(athletes)).toHaveLength(1);
});

import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connections, streamStates, transactions } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { owed, rateBudgets } from "@/db/schema/operation";
import { athletes } from "@/db/schema/squad";
import { connect } from "@/lib/services/connections/connect";
import { finishRevocations, revoke } from "@/lib/services/connections/revoke";
import { requestSync } from "@/lib/services/sync/cycle";
import { POLAR } from "@/lib/wearables/provider";
import { startSimulator } from "@/simulator/server";
import {
  connectedAthlete,
  control,
  eventsOf,
  freshInstallation,
  hold,
  type Installation,
  pointAt,
  seedConsentingAthlete,
  sync,
  type Token,
  tokenOf,
} from "./sync-support";

let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;
let sendTo: ReturnType<typeof control>;

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small", history: "documented" });
  pointAt(sim);
  sendTo = control(sim);
  at = await freshInstallation();
});
beforeEach(async () => {
  await sendTo("/reset", {});
  await fetch(`${sim.url}/_sim/faults`, { method: "DELETE" });
  await at.db.delete(connections);
});
afterAll(async () => {
  await at.close();
  await sim.close();
});

async function connectionOf(athleteId: string) {
  const [row] = await at.db
    .select()
    .from(connections)
    .where(eq(connections.athleteId, athleteId))
    .orderBy(desc(connections.connectedAt));
  if (!row) throw new Error("no connection");
  return row;
}

async function connectAs(athleteId: string, login: string, ctx = at.job()) {
  return connectWith(athleteId, await tokenOf(sim, login), ctx);
}

async function connectWith(athleteId: string, token: Token, ctx = at.job()) {
  const input = {
    provider: POLAR,
    accountId: String(token.x_user_id),
    accessToken: token.access_token,
    expiresInS: token.expires_in,
  };
  return connect({ ctx, input: { athleteId, ...input } });
}

async function atPolar(login: string): Promise<{ registered: boolean; hasToken: boolean } | undefined> {
  type Row = { login: string; registered: boolean; hasToken: boolean };
  const { athletes: list } = await sendTo<{ athletes: Row[] }>("/athletes");
  return list.find((row) => row.login === login);
}

async function dueNow(athleteId: string): Promise<void> {
  await at.db
    .update(streamStates)
    .set({ nextDueAt: new Date() })
    .where(eq(streamStates.athleteId, athleteId));
}

test("connecting registers the user, seals the token, makes the consented streams due and asks for a sync", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["sleep", "exercises"] });
  const row = await connectionOf(athleteId);
  expect(row).toMatchObject({ status: "active", statusReason: null });
  expect(row.accessTokenSealed).toMatch(/^v1\./);
  expect(row.memberId).not.toContain(athleteId);
  expect(row.tokenExpiresAt?.getFullYear()).toBeGreaterThan(new Date().getFullYear() + 8);
  expect(await atPolar("aino")).toMatchObject({ registered: true });
  const states = await at.db.select().from(streamStates).where(eq(streamStates.athleteId, athleteId));
  expect(states.map((state) => state.stream).sort()).toEqual(["exercise-details", "exercises", "sleep"]);
  expect(await eventsOf(at.db, "athlete/sync.requested")).toContainEqual({ athleteId, reason: "connected" });
});

test("without consent nothing is connected and Polar is not asked", async () => {
  const { teamId, squadId } = at.squad;
  const [row] = await at.db.insert(athletes).values({ teamId, squadId, name: "No consent" }).returning();
  await expect(connectAs(row?.id ?? "", "aino")).rejects.toMatchObject({ code: "forbidden" });
  expect(await atPolar("aino")).toMatchObject({ registered: false });
});

test("a Polar account connected elsewhere is refused, and the answer names nobody", async () => {
  await connectedAthlete(at, sim, { login: "aino" });
  const other = await seedConsentingAthlete(at.db, at.squad, { now: new Date(), name: "Someone else" });
  const refusal = await connectAs(other, "aino").catch((error) => error);
  expect(refusal).toMatchObject({ code: "conflict" });
  expect(refusal.message).not.toMatch(/Ingrid|aino/i);
});

test("an athlete with a connection cannot swap the Polar account behind it", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await expect(connectAs(athleteId, "bram")).rejects.toMatchObject({ code: "conflict" });
});

test("an athlete, but no coach and no other athlete, may connect", async () => {
  const athleteId = await seedConsentingAthlete(at.db, at.squad, { now: new Date() });
  const coach = { ...at.job(), actor: { kind: "coach" as const, userId: athleteId, role: "owner" as const } };
  await expect(connectAs(athleteId, "aino", coach)).rejects.toMatchObject({ code: "forbidden" });
  const other = {
    ...at.job(),
    actor: { kind: "athlete" as const, athleteId: at.squad.squadId },
    teamId: at.squad.teamId,
  };
  await expect(connectAs(athleteId, "aino", other)).rejects.toMatchObject({ code: "forbidden" });
  const self = { ...at.job(), actor: { kind: "athlete" as const, athleteId }, teamId: at.squad.teamId };
  expect(await connectAs(athleteId, "aino", self)).toMatchObject({ outcome: "connected" });
});

test("connecting again, which Polar answers with 409, renews the token of the same connection", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  const before = await connectionOf(athleteId);
  expect(await connectAs(athleteId, "aino")).toEqual({ connectionId: before.id, outcome: "reconnected" });
  const after = await connectionOf(athleteId);
  expect(after.memberId).toBe(before.memberId);
  expect(after.accessTokenSealed).not.toBe(before.accessTokenSealed);
});

test("a 409 for a member id in use is told apart and another id is tried", async () => {
  await sendTo("/faults", { match: { method: "POST", pathPattern: "^/v3/users/?$" }, status: 409 });
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "active" });
  expect(await atPolar("aino")).toMatchObject({ registered: true });
});

test("when Polar fails at registration nothing is kept and it can be tried again", async () => {
  const athleteId = await seedConsentingAthlete(at.db, at.squad, { now: new Date() });
  await sendTo("/faults", { match: { method: "POST", pathPattern: "^/v3/users" }, status: 500 });
  await expect(connectAs(athleteId, "aino")).rejects.toMatchObject({ code: "provider-failed" });
  expect(await at.db.select().from(connections)).toEqual([]);
  expect(await connectAs(athleteId, "aino")).toMatchObject({ outcome: "connected" });
});

test("missing Polar consents are kept as a state and end by themselves once given", async () => {
  const athleteId = await seedConsentingAthlete(at.db, at.squad, { now: new Date() });
  const token = await tokenOf(sim, "aino");
  await sendTo("/users/aino/consents", { accepted: false });
  await connectWith(athleteId, token);
  expect(await connectionOf(athleteId)).toMatchObject({ status: "consent-missing" });
  await sync(at, athleteId);
  expect(await connectionOf(athleteId)).toMatchObject({ status: "consent-missing" });
  await sendTo("/users/aino/consents", { accepted: true });
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "synced", failed: [] });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "active", statusReason: null });
});

test("a consent missing at Polar is mailed once per token, wherever it is met, and not to who stopped", async () => {
  const athleteId = await seedConsentingAthlete(at.db, at.squad, { now: new Date() });
  await at.db.update(athletes).set({ email: "ingrid@example.org" }).where(eq(athletes.id, athleteId));
  const kinds = async () =>
    (await at.db.select().from(mails).where(eq(mails.athleteId, athleteId))).map(({ kind }) => kind);
  const token = await tokenOf(sim, "aino");
  await sendTo("/users/aino/consents", { accepted: false });
  await connectWith(athleteId, token);
  expect(await kinds()).toEqual(["polar-consent"]);
  await dueNow(athleteId);
  await sync(at, athleteId);
  await sync(at, athleteId);
  expect(await kinds()).toEqual(["polar-consent"]);
  const states = await at.db.select().from(streamStates).where(eq(streamStates.athleteId, athleteId));
  const soon = new Date(Date.now() + 5 * 3_600_000);
  expect(states.every(({ nextDueAt }) => nextDueAt !== null && nextDueAt > soon)).toBe(true);

  await sendTo("/users/aino/consents", { accepted: true });
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "synced", failed: [] });
  await connectAs(athleteId, "aino");
  await sendTo("/users/aino/consents", { accepted: false });
  await dueNow(athleteId);
  await sync(at, athleteId);
  expect(await connectionOf(athleteId)).toMatchObject({ status: "consent-missing" });
  expect(await kinds()).toEqual(["polar-consent", "polar-consent"]);
  const [mail] = await at.db.select().from(mails).where(eq(mails.athleteId, athleteId));
  expect(mail).toMatchObject({ toEmail: "ingrid@example.org", subject: "Polar needs a consent from you" });
});

test("before an athlete is registered a dead token and a used-up quota mean what they mean later", async () => {
  const athleteId = await seedConsentingAthlete(at.db, at.squad, { now: new Date() });
  const token = await tokenOf(sim, "aino");
  await sendTo("/users/aino/consents", { accepted: false });
  await connectWith(athleteId, token);
  await sendTo("/faults", { match: { method: "POST", pathPattern: "^/v3/users" }, status: 429 });
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "busy", retryAt: expect.any(Date) });
  await at.db.delete(rateBudgets);
  await sendTo("/users/aino/revoke", {});
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "needs-reconnection" });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "needs-reconnection" });
});

test("a stream that Polar's consents keep back is named and stops no other", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await sendTo("/faults", { match: { pathPattern: "^/v3/users/sleep" }, status: 403 });
  const result = await sync(at, athleteId);
  expect(result.failed).toEqual([]);
  expect(result.synced).toContain("nightly-recharge");
  expect(await connectionOf(athleteId)).toMatchObject({ status: "consent-missing", statusReason: "sleep" });
  await dueNow(athleteId);
  await sync(at, athleteId);
  expect(await connectionOf(athleteId)).toMatchObject({ status: "active", statusReason: null });
});

test("a dead token ends in a mail, once, and connecting again goes on where it stopped", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await at.db.update(athletes).set({ email: "ingrid@example.org" }).where(eq(athletes.id, athleteId));
  await sendTo("/users/aino/revoke", {});
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "needs-reconnection" });
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "not-connected" });
  expect(await connectionOf(athleteId)).toMatchObject({
    status: "needs-reconnection",
    accessTokenSealed: null,
  });
  const sent = await at.db.select().from(mails).where(eq(mails.athleteId, athleteId));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ kind: "reconnect", toEmail: "ingrid@example.org" });

  expect(await connectAs(athleteId, "aino")).toMatchObject({ outcome: "reconnected" });
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "synced", failed: [] });
  await sendTo("/users/aino/revoke", {});
  await dueNow(athleteId);
  await sync(at, athleteId);
  expect(await at.db.select().from(mails).where(eq(mails.athleteId, athleteId))).toHaveLength(2);
});

test("a token that was replaced while Polar refused it takes nothing from the new one", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["sleep"] });
  const held = await hold(sim, { pathPattern: "sleep" });
  const underWay = sync(at, athleteId);
  await held.reached();
  await sendTo("/users/aino/revoke", {});
  expect(await connectAs(athleteId, "aino")).toMatchObject({ outcome: "reconnected" });
  await held.letGo();
  expect(await underWay).toMatchObject({ outcome: "synced", synced: [], failed: [] });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "active", statusReason: null });
  const asked = and(eq(owed.event, "athlete/sync.requested"), eq(owed.subject, athleteId));
  expect(await at.db.select().from(owed).where(asked)).toMatchObject([{ begunAt: null }]);
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "synced", synced: ["sleep"] });
});

test("access ended while Polar registers the athlete ends there too", async () => {
  const athleteId = await seedConsentingAthlete(at.db, at.squad, { now: new Date() });
  const token = await tokenOf(sim, "aino");
  await sendTo("/users/aino/consents", { accepted: false });
  await connectWith(athleteId, token);
  await sendTo("/users/aino/consents", { accepted: true });
  const held = await hold(sim, { method: "POST", pathPattern: "^/v3/users" });
  const underWay = sync(at, athleteId);
  await held.reached();
  await sendTo("/faults", { match: { method: "DELETE", pathPattern: "^/v3/users/" }, status: 404 });
  await revoke({ ctx: at.job(), input: { athleteId } });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "revoked", accessTokenSealed: null });
  await held.letGo();
  expect(await underWay).toMatchObject({ outcome: "not-connected" });
  expect(await atPolar("aino")).toMatchObject({ registered: true });
  expect(await finishRevocations({ ctx: at.job() })).toEqual({ told: 1, waiting: 0 });
  expect(await atPolar("aino")).toMatchObject({ registered: false });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "revoked", accessTokenSealed: null });
});

test("revoking de-registers at Polar and forgets the token", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await revoke({
    ctx: { ...at.job(), actor: { kind: "athlete", athleteId }, teamId: at.squad.teamId },
    input: { athleteId },
  });
  expect(await connectionOf(athleteId)).toMatchObject({
    status: "revoked",
    accessTokenSealed: null,
    statusReason: null,
  });
  expect(await atPolar("aino")).toMatchObject({ registered: false, hasToken: false });
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "not-connected" });
});

test("revoking holds at once when Polar is away, and Polar is told later", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await sendTo("/faults", { match: { method: "DELETE", pathPattern: "^/v3/users/" }, status: 503 });
  await revoke({ ctx: at.job(), input: { athleteId } });
  expect(await connectionOf(athleteId)).toMatchObject({
    status: "revoked",
    statusReason: "deregistration-pending",
  });
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "not-connected" });
  expect(await finishRevocations({ ctx: at.job() })).toEqual({ told: 1, waiting: 0 });
  expect(await atPolar("aino")).toMatchObject({ registered: false });
});

test("revoked in the middle of a transaction: nothing of it looks unfinished, and the run stores nothing more", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["exercises"] });
  await sendTo("/users/aino/session", { minutes: 30 });
  const held = await hold(sim, { method: "PUT", pathPattern: "transactions" });
  const underWay = sync(at, athleteId).then(
    () => "finished",
    (error: Error) => error.name,
  );
  const states = async () =>
    (await at.db.select().from(transactions).where(eq(transactions.athleteId, athleteId))).map(
      ({ state }) => state,
    );
  await held.reached();
  expect(await states()).toEqual(["stored"]);
  await revoke({ ctx: at.job(), input: { athleteId } });
  expect(await states()).toEqual(["abandoned"]);
  await held.letGo();
  expect(await underWay).toBe("LeaseLost");
  expect(await states()).toEqual(["abandoned"]);
});

test("a stop that was cut off before access ended is carried to its end by the job", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await at.db.update(athletes).set({ stoppedAt: new Date() }).where(eq(athletes.id, athleteId));
  expect(await finishRevocations({ ctx: at.job() })).toEqual({ told: 1, waiting: 0 });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "revoked", accessTokenSealed: null });
  expect(await atPolar("aino")).toMatchObject({ registered: false });
});

test("a late de-registration does not end a connection made since", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await sendTo("/faults", { match: { method: "DELETE", pathPattern: "^/v3/users/" }, status: 503 });
  await revoke({ ctx: at.job(), input: { athleteId } });
  await connectAs(athleteId, "aino");
  expect(await finishRevocations({ ctx: at.job() })).toEqual({ told: 1, waiting: 0 });
  expect(await atPolar("aino")).toMatchObject({ registered: true });
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "synced", failed: [] });
});

test("a coach of another team can neither revoke nor ask for a sync", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  const stranger = {
    ...at.job(),
    actor: { kind: "coach" as const, userId: athleteId, role: "owner" as const },
    teamId: athleteId,
  };
  await expect(revoke({ ctx: stranger, input: { athleteId } })).rejects.toMatchObject({ code: "not-found" });
  await expect(requestSync({ ctx: stranger, input: { athleteId } })).rejects.toMatchObject({
    code: "not-found",
  });
  const viewer = {
    ...stranger,
    teamId: at.squad.teamId,
    actor: { ...stranger.actor, role: "viewer" as const },
  };
  await expect(requestSync({ ctx: viewer, input: { athleteId } })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "active" });
});

test("a coach may ask for everything again", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["sleep"] });
  await sync(at, athleteId);
  const actor = { kind: "coach" as const, userId: athleteId, role: "coach" as const };
  await requestSync({ ctx: { ...at.job(), actor, teamId: at.squad.teamId }, input: { athleteId } });
  expect(await eventsOf(at.db, "athlete/sync.requested")).toContainEqual({ athleteId, reason: "asked" });
  expect(await sync(at, athleteId, "asked")).toMatchObject({ synced: ["sleep"] });
});

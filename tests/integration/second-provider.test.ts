import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connections, streamStates, transactions } from "@/db/schema/connection";
import { quarantinedFields, rawPayloads } from "@/db/schema/payload";
import { readinessDays } from "@/db/schema/readiness";
import { sources } from "@/db/schema/source";
import { nights, sleeps } from "@/db/schema/wearable";
import type { Context } from "@/lib/context";
import { providers } from "@/lib/providers/registry";
import { connect } from "@/lib/services/connections/connect";
import { revoke } from "@/lib/services/connections/revoke";
import { reprocess } from "@/lib/services/payloads/reprocess";
import { scoreAthlete } from "@/lib/services/readiness/score";
import { viewConnections } from "@/lib/services/squads/connections";
import { requestSync } from "@/lib/services/sync/cycle";
import { syncAthlete } from "@/lib/services/sync/sync-athlete";
import { receiveDelivery } from "@/lib/services/webhooks/receive";
import type { Providers } from "@/lib/wearables/connector";
import { tenNights } from "../providers/ten-nights/connector";
import tenOfThem from "../providers/ten-nights/nights.json";
import { stubEnvironment } from "../support/environment";
import { freshInstallation, type Installation, seedConsentingAthlete } from "./sync-support";

/** All that the product is told of the second provider. */
const registry: Providers = [...providers, tenNights];

const MORNING = new Date("2026-11-20T07:00:00Z");
const TODAY = "2026-11-20";
const SHARED = tenNights.streams.map(({ id }) => id);

let at: Installation;
let athleteId: string;

const job = (): Context => ({ ...at.job(), providers: registry });
const own = (): Context => ({ ...job(), actor: { kind: "athlete", athleteId }, teamId: at.squad.teamId });
const grant = { provider: tenNights.id, accountId: "anna-k", accessToken: "opens anna-k", expiresInS: null };

const sync = () => syncAthlete({ ctx: job(), input: { athleteId, reason: "asked" } });
const payloads = () => at.db.select().from(rawPayloads).where(eq(rawPayloads.athleteId, athleteId));

beforeAll(async () => {
  stubEnvironment();
  at = await freshInstallation(() => MORNING);
  athleteId = await seedConsentingAthlete(at.db, at.squad, { now: MORNING, streams: SHARED });
});
afterAll(() => at.close());

test("an account of the second provider is connected, with its streams due", async () => {
  expect(await connect({ ctx: job(), input: { athleteId, ...grant } })).toMatchObject({
    outcome: "connected",
  });
  expect(await at.db.select().from(connections)).toMatchObject([
    { provider: "ten-nights", accountId: "anna-k", polarUserId: null, status: "active" },
  ]);
  const due = await at.db.select().from(streamStates);
  expect(due.map(({ provider, stream }) => [provider, stream]).sort()).toEqual(
    SHARED.map((stream) => ["ten-nights", stream]).sort(),
  );
});

test("nobody else can connect the same account", async () => {
  const other = await seedConsentingAthlete(at.db, at.squad, { now: MORNING, streams: SHARED });
  const again = connect({ ctx: job(), input: { ...grant, athleteId: other } });
  await expect(again).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Ten Nights"),
  });
});

test("its ten nights are fetched and read", async () => {
  expect(await sync()).toEqual({ outcome: "synced", synced: SHARED, failed: [], retryAt: null });
  const stored = await at.db.select().from(nights);
  expect(stored.map(({ date, rmssdMs, metric }) => ({ date, rmssdMs, metric }))).toEqual(
    tenOfThem.map(({ wokeOn, rmssdMs }) => ({ date: wokeOn, rmssdMs, metric: "rmssd-night-mean" })),
  );
  expect(await at.db.select().from(sleeps)).toHaveLength(10);
  expect(await at.db.select().from(sources)).toMatchObject([{ provider: "ten-nights", maker: "ten-nights" }]);
  const kept = await payloads();
  expect(new Set(kept.map(({ provider, parserVersion }) => `${provider} ${parserVersion}`))).toEqual(
    new Set(["ten-nights 1"]),
  );
  expect(await at.db.select().from(quarantinedFields)).toEqual([]);
  const ledger = await at.db.select().from(transactions);
  expect(ledger.map(({ delivery, state, storedCount }) => [delivery, state, storedCount])).toEqual([
    ["window", "committed", 10],
    ["window", "committed", 10],
  ]);
});

test("they are scored as any nights are", async () => {
  expect((await scoreAthlete({ ctx: job(), input: { athleteId } })).daysWritten).toBeGreaterThanOrEqual(10);
  const days = await at.db.select().from(readinessDays).where(eq(readinessDays.athleteId, athleteId));
  const scored = days.filter(
    ({ source, valid, rmssdMs }) => source === "nightly" && valid && rmssdMs !== null,
  );
  expect(scored.map(({ date }) => date).sort()).toEqual(tenOfThem.map(({ wokeOn }) => wokeOn));
  expect(days.find(({ date }) => date === TODAY)).toMatchObject({ source: "nightly" });
});

test("a second sync stores nothing twice, and reading everything again changes nothing", async () => {
  const before = await payloads();
  await requestSync({ ctx: own(), input: { athleteId } });
  expect(await sync()).toMatchObject({ outcome: "synced", failed: [] });
  expect(await payloads()).toHaveLength(before.length);
  const { athletes } = await reprocess({ ctx: job(), input: { stream: null, since: null, mode: "write" } });
  expect(athletes.map(({ athleteId: id, payloads: n, differences }) => [id, n, differences])).toEqual([
    [athleteId, before.length, []],
  ]);
});

test("the squad's connections show its streams, in order", async () => {
  const viewer = { kind: "coach", userId: athleteId, role: "viewer" } as const;
  const ctx: Context = { ...job(), actor: viewer, teamId: at.squad.teamId };
  const view = await viewConnections({ ctx, input: { squadId: at.squad.squadId } });
  expect(view.columns).toEqual(SHARED);
  const standing = { state: "committed", provider: "Ten Nights" };
  expect(view.athletes.find((row) => row.athleteId === athleteId)?.streams).toMatchObject([
    standing,
    standing,
  ]);
});

test("a provider that calls nobody is believed by nobody", async () => {
  const body = new TextEncoder().encode('{"event":"PING"}');
  const input = { provider: tenNights.id, body, signature: null };
  expect(await receiveDelivery({ ctx: job(), input })).toBe(401);
});

test("access ends without a step at the provider, and no token is kept", async () => {
  await revoke({ ctx: own(), input: { athleteId } });
  expect(await at.db.select().from(connections)).toMatchObject([
    { status: "revoked", statusReason: null, accessTokenSealed: null },
  ]);
});

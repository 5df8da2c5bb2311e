import { and, eq, ne } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { streamStates } from "@/db/schema/connection";
import { rawPayloads } from "@/db/schema/payload";
import { readinessDays } from "@/db/schema/readiness";
import { athletes, consents, squads } from "@/db/schema/squad";
import { dailyLoads, measurements, nights } from "@/db/schema/wearable";
import type { Context } from "@/lib/context";
import { STREAMS } from "@/lib/providers/polar/streams";
import { changeAthlete } from "@/lib/services/athletes/manage";
import { connect } from "@/lib/services/connections/connect";
import { dayOf } from "@/lib/services/consents/bounds";
import { agreeToMore, viewWidening } from "@/lib/services/consents/widening";
import { viewLooks } from "@/lib/services/own-page/export";
import { viewProgress } from "@/lib/services/own-page/progress";
import { stopSharing } from "@/lib/services/own-page/sharing";
import { viewOwnPage } from "@/lib/services/own-page/view";
import { scoreAthlete } from "@/lib/services/readiness/score";
import { changeSquad } from "@/lib/services/squads/manage";
import { listDue } from "@/lib/services/sync/cycle";
import { addDays } from "@/lib/time/civil-date";
import { startSimulator } from "@/simulator/server";
import { contextOf, flaggedDays, seedDays, seedSquad } from "../support/athletes";
import {
  ALL_STREAMS,
  connectedAthlete,
  control,
  DEFAULT_STREAMS,
  eventsOf,
  freshInstallation,
  type Installation,
  pointAt,
  seedConsentingAthlete,
  sync,
  tokenOf,
} from "./sync-support";

const TODAY = "2026-05-20";
let now = new Date(`${TODAY}T09:00:00Z`);
let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small", fixedNow: now.toISOString() });
  pointAt(sim);
});
beforeEach(async () => {
  now = new Date(`${TODAY}T09:00:00Z`);
  await control(sim)("/reset", {});
  await control(sim)("/clock", { now: now.toISOString() });
  at = await freshInstallation(() => now);
  return () => at.close();
});
afterAll(() => sim.close());

const own = (athleteId: string): Context =>
  contextOf(at.db, { actor: { kind: "athlete", athleteId }, teamId: at.squad.teamId, now });
const coach = (): Context => {
  const actor = { kind: "coach", userId: at.squad.teamId, role: "owner" } as const;
  return contextOf(at.db, { actor, teamId: at.squad.teamId, now });
};

/** The earliest day of what is stored, by stream; what describes the present alone has none. */
async function earliest(athleteId: string): Promise<Record<string, string>> {
  const rows = await at.db
    .select()
    .from(rawPayloads)
    .where(and(eq(rawPayloads.athleteId, athleteId), ne(rawPayloads.providerKey, "current")));
  const found: Record<string, string> = {};
  for (const { stream, body } of rows) {
    const day = dayOf(JSON.parse(body));
    if (day && day < (found[stream] ?? "9")) found[stream] = day;
  }
  return found;
}

test.each(["with-history", "from-now"] as const)(
  "%s: of every stream Polar offers more of, nothing from before the recorded day is kept, and the rest is",
  async (history) => {
    const from = history === "from-now" ? TODAY : addDays(TODAY, -5);
    const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ALL_STREAMS, history });
    const sharesFrom = Object.fromEntries(ALL_STREAMS.map((stream) => [stream, from]));
    await at.db.update(consents).set({ sharesFrom }).where(eq(consents.athleteId, athleteId));
    for (let cycle = 0; cycle < 3; cycle += 1) await sync(at, athleteId);
    const found = await earliest(athleteId);
    for (const [stream, day] of Object.entries(found)) expect(day >= from, `${stream} ${day}`).toBe(true);
    if (history === "with-history") expect(Object.keys(found).length).toBeGreaterThan(STREAMS.length - 4);
  },
);

test("counts say what was kept and what was left alone, however often the same list comes", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", history: "from-now" });
  for (let cycle = 0; cycle < 3; cycle += 1) {
    now = new Date(now.getTime() + 60_000);
    await at.db.update(streamStates).set({ nextDueAt: now });
    await sync(at, athleteId);
  }
  const { streams, done } = await viewProgress({ ctx: own(athleteId) });
  expect(done).toBe(true);
  const told = Object.fromEntries(streams.map(({ line, read, left }) => [line, { read, left }]));
  const count = async (stream: string) =>
    (
      await at.db
        .select()
        .from(rawPayloads)
        .where(and(eq(rawPayloads.athleteId, athleteId), eq(rawPayloads.stream, stream)))
    ).length;
  const { users } = await control(sim)<{
    users: Record<string, { plain: Record<string, { count: number }> }>;
  }>("/oracle");
  const offered = users.aino?.plain ?? {};
  const [sleepKept, nightsKept] = [await count("sleep"), await count("nightly-recharge")];
  expect(told.sleep).toEqual({ read: sleepKept, left: (offered.sleep?.count ?? 0) - sleepKept });
  expect(told.nightlyRecharge?.read).toBe(nightsKept);
  expect(told.sleep?.left).toBeGreaterThan(20);
  expect(told.exercises?.left).toBeGreaterThan(5);
  expect(told.exercises?.read).toBe(await count("exercises"));
});

test("who shares again after stopping is not held to more than the new agreement: what it does not cover goes", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ALL_STREAMS });
  for (let cycle = 0; cycle < 3; cycle += 1) await sync(at, athleteId);
  await scoreAthlete({ ctx: at.job(), input: { athleteId } });
  const kept = async () => {
    const rows = await at.db.select().from(rawPayloads).where(eq(rawPayloads.athleteId, athleteId));
    return new Set(rows.map(({ stream }) => stream));
  };
  const again = async (consent: { streams: string[]; history: "with-history" | "from-now" }) => {
    await stopSharing({ ctx: own(athleteId) });
    await at.db.update(athletes).set({ stoppedAt: null, deleteAfter: null });
    await at.db.insert(consents).values({
      teamId: at.squad.teamId,
      athleteId,
      textVersion: "3",
      text: "…",
      locale: "en",
      acceptedAt: now,
      ...consent,
    });
    const token = await tokenOf(sim, "aino");
    const grant = { polarUserId: token.x_user_id, accessToken: token.access_token, expiresInS: 1000 };
    await connect({ ctx: at.job(), input: { athleteId, ...grant } });
  };
  const before = await kept();
  await again({ streams: DEFAULT_STREAMS, history: "with-history" });
  const optional = STREAMS.filter(({ choice }) => choice === "optional").map(({ id }) => id as string);
  expect([...(await kept())].toSorted()).toEqual(
    [...before].filter((stream) => !optional.includes(stream)).toSorted(),
  );
  expect(await at.db.select().from(measurements).where(eq(measurements.athleteId, athleteId))).toEqual([]);
  const nightsOf = () => at.db.select().from(nights).where(eq(nights.athleteId, athleteId));
  expect((await nightsOf()).length).toBeGreaterThan(20);

  await again({ streams: DEFAULT_STREAMS, history: "from-now" });
  for (const [stream, day] of Object.entries(await earliest(athleteId)))
    expect(day >= TODAY, `${stream} ${day}`).toBe(true);
  expect((await nightsOf()).filter(({ date }) => date < TODAY)).toEqual([]);
  expect(await at.db.select().from(readinessDays).where(eq(readinessDays.athleteId, athleteId))).toEqual([]);
  expect(await eventsOf(at.db, "athlete/reprocess.requested")).toContainEqual({ athleteId });
  expect(await eventsOf(at.db, "athlete/day.changed")).toContainEqual({ athleteId });
});

test("agreeing to more gives the new streams their own first day and takes nothing from the old ones", async () => {
  const athleteId = await seedConsentingAthlete(at.db, at.squad, {
    now: new Date("2026-05-01T09:00:00Z"),
    streams: ["sleep"],
    history: "from-now",
  });
  await at.db.update(squads).set({ optionalStreams: ["routes"], athletesSeeLevel: false });
  const asked = await viewWidening({ ctx: own(athleteId), input: { locale: "en" } });
  expect(asked?.text.shared.note).toContain("from that day if you share from now on only");
  const input = { locale: "en", textVersion: asked?.textVersion ?? "" };
  await agreeToMore({ ctx: own(athleteId), input });
  const rows = await at.db.select().from(consents).where(eq(consents.athleteId, athleteId));
  const standing = rows.find(({ withdrawnAt }) => withdrawnAt === null);
  expect(standing?.sharesFrom).toMatchObject({ sleep: "2026-05-01", routes: TODAY });
  expect(standing?.levelPromised).toBe(true);
  expect(standing?.text).toContain("You see the same level");
});

test("neither a setting nor a move takes the level back that was promised, and the athlete is told of both", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  const who = { teamId: at.squad.teamId, athleteId };
  await seedDays(at.db, who, { from: addDays(TODAY, -79), days: flaggedDays() });
  await scoreAthlete({ ctx: at.job(), input: { athleteId } });
  const page = () => viewOwnPage({ ctx: own(athleteId), input: { locale: "en-GB" } });
  expect(await page()).toMatchObject({ level: { kind: "day" }, levelKept: false });
  await changeSquad({ ctx: coach(), input: { squadId: at.squad.squadId, athletesSeeLevel: false } });
  expect(await page()).toMatchObject({ level: { kind: "day" }, levelKept: true });

  const { squadId } = await seedSquad(at.db, { athletesSeeLevel: false });
  await at.db.update(squads).set({ teamId: at.squad.teamId }).where(eq(squads.id, squadId));
  await changeAthlete({ ctx: coach(), input: { athleteId, squadId } });
  expect(await page()).toMatchObject({ level: { kind: "day" }, levelKept: true });
  const { latest } = await viewLooks({ ctx: own(athleteId), input: { page: 1 } });
  expect(latest.map(({ what }) => what)).toEqual(["squad-changed"]);

  await at.db.update(consents).set({ levelPromised: false });
  expect(await page()).toMatchObject({ level: { kind: "hidden" }, levelKept: false });
});

test("without webhooks the day's load is read again once new sessions came", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  for (let cycle = 0; cycle < 3; cycle += 1) await sync(at, athleteId);
  const load = async () => {
    const rows = await at.db.select().from(dailyLoads).where(eq(dailyLoads.athleteId, athleteId));
    return rows.find(({ date }) => date === TODAY)?.cardioLoad ?? null;
  };
  const due = async () => (await listDue({ ctx: at.job() })).athleteIds.includes(athleteId);
  for (let cycle = 0; cycle < 5 && (await due()); cycle += 1) await sync(at, athleteId);
  const before = await load();
  now = new Date(now.getTime() + 10 * 60_000);
  await control(sim)("/clock", { now: now.toISOString() });
  await control(sim)("/users/aino/session", { minutes: 90 });

  // Notices make the sessions due; what they brought makes the load due, which the next cycle reads.
  expect(await due()).toBe(true);
  await sync(at, athleteId);
  now = new Date(now.getTime() + 15 * 60_000);
  await control(sim)("/clock", { now: now.toISOString() });
  expect(await due()).toBe(true);
  await sync(at, athleteId);
  const after = await load();
  expect(after).not.toBeNull();
  expect(after).toBeGreaterThan(before ?? 0);
  const [athlete] = await at.db.select().from(athletes).where(eq(athletes.id, athleteId));
  expect(athlete?.stoppedAt).toBeNull();
});

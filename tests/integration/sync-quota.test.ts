import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connections, streamStates } from "@/db/schema/connection";
import { outbox } from "@/db/schema/operation";
import { athletes } from "@/db/schema/squad";
import { nights, workouts } from "@/db/schema/wearable";
import { viewProgress } from "@/lib/services/own-page/progress";
import { viewOwnPage } from "@/lib/services/own-page/view";
import { forecastFirstSyncs } from "@/lib/services/provider/budget";
import { listDue } from "@/lib/services/sync/cycle";
import { startSimulator } from "@/simulator/server";
import {
  connectedAthlete,
  control,
  freshInstallation,
  type Installation,
  pointAt,
  sync,
} from "./sync-support";

const MINUTE_MS = 60_000;
const LIMIT = 120;

let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;
let now = new Date("2026-05-20T09:00:00.000Z");

async function setClock(moment: Date): Promise<void> {
  now = moment;
  await control(sim)("/clock", { now: moment.toISOString() });
}

beforeAll(async () => {
  sim = await startSimulator({
    scenario: "small",
    fixedNow: now.toISOString(),
    knobs: { rateLimits: { per15Minutes: LIMIT, perDay: 5000 }, itemsPerTransaction: 20 },
  });
  pointAt(sim);
  at = await freshInstallation(() => now);
});
afterAll(async () => {
  await at.close();
  await sim.close();
});

/** Works the requests for syncs off in their order, as the job engine would, with those that come meanwhile. */
async function workOff(): Promise<string[]> {
  const order: string[] = [];
  for (;;) {
    const [event] = await at.db
      .delete(outbox)
      .where(
        inArray(
          outbox.id,
          at.db
            .select({ id: outbox.id })
            .from(outbox)
            .where(eq(outbox.name, "athlete/sync.requested"))
            .orderBy(outbox.id)
            .limit(1),
        ),
      )
      .returning();
    if (!event) return order;
    const { athleteId = "", reason = "" } = event.data;
    order.push(athleteId);
    await sync(at, athleteId, reason);
  }
}

async function refusals(): Promise<number> {
  const { recent } = await control(sim)<{ recent: { status: number }[] }>("/requests");
  return recent.filter((request) => request.status === 429).length;
}

/** What an athlete is told of the wait: on the progress page and on the own page. */
async function waitTold(athleteId: string) {
  const ctx = { ...at.job(), actor: { kind: "athlete" as const, athleteId }, teamId: at.squad.teamId };
  const page = await viewOwnPage({ ctx, input: { locale: "en-GB" } });
  return [(await viewProgress({ ctx })).firstSyncWait, page.firstSyncWait];
}

test("a club whose first sync does not fit the quota spreads it, nights first, and says when it will be done", async () => {
  const club: string[] = [];
  for (const login of ["aino", "bram", "chi"]) club.push(await connectedAthlete(at, sim, { login }));

  await workOff();
  for (const athleteId of club) {
    const [night] = await at.db.select().from(nights).where(eq(nights.athleteId, athleteId)).limit(1);
    expect(night, "the nights of everybody come before the history of anybody").toBeDefined();
  }
  const open = await at.db.select().from(connections);
  expect(open.filter((row) => row.backfilledAt === null).length).toBeGreaterThan(0);
  const coach = { kind: "coach" as const, userId: at.squad.teamId, role: "viewer" as const };
  const forecast = await forecastFirstSyncs({ ctx: { ...at.job(), actor: coach, teamId: at.squad.teamId } });
  const saidAt = now;
  expect(forecast?.doneAt.getTime()).toBeGreaterThan(now.getTime() + 10 * MINUTE_MS);
  expect(forecast?.quotaWaits).toBe(true);
  const waiting = open.find((row) => row.backfilledAt === null)?.athleteId ?? "";
  const untilMs = forecast?.doneAt.getTime();
  const wait = { what: "history", untilMs, timeZone: "Europe/Helsinki", today: "2026-05-20" };
  expect(await waitTold(waiting)).toEqual([wait, wait]);
  await at.db.update(athletes).set({ pausedAt: now }).where(inArray(athletes.id, club));
  expect(await forecastFirstSyncs({ ctx: at.job() }), "who paused waits for nothing").toBeNull();
  expect(await waitTold(waiting)).toEqual([null, null]);
  await at.db.update(athletes).set({ pausedAt: null });

  let cycles = 0;
  for (; cycles < 12; cycles += 1) {
    await setClock(new Date(now.getTime() + 15 * MINUTE_MS));
    const { athleteIds } = await listDue({ ctx: at.job() });
    for (const athleteId of athleteIds) await sync(at, athleteId);
    await workOff();
    expect(await refusals(), "nobody ran into Polar's limit").toBe(0);
    const rows = await at.db.select().from(connections);
    if (rows.every((row) => row.backfilledAt !== null)) break;
  }
  const tookMs = now.getTime() - saidAt.getTime();
  const saidMs = (forecast?.doneAt.getTime() ?? 0) - saidAt.getTime();
  expect(Math.abs(tookMs - saidMs)).toBeLessThanOrEqual(60 * MINUTE_MS);
  expect(await forecastFirstSyncs({ ctx: at.job() })).toBeNull();
  expect(await waitTold(waiting)).toEqual([null, null]);

  const { users } = await control(sim)<{
    users: Record<string, { polarUserId: number; plain: Record<string, { count: number }> }>;
  }>("/oracle");
  for (const { athleteId, polarUserId } of await at.db.select().from(connections)) {
    const user = Object.values(users).find((one) => one.polarUserId === polarUserId);
    const sessions = await at.db.select().from(workouts).where(eq(workouts.athleteId, athleteId));
    expect(sessions).toHaveLength(user?.plain.exercises?.count ?? -1);
  }
  const states = await at.db.select().from(streamStates);
  const failing = states.filter((state) => state.errorCode !== null && state.errorCode !== "provider-busy");
  expect(failing).toEqual([]);
});

import { randomUUID } from "node:crypto";
import { and, asc, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimDailyRun } from "@/db/queries/daily-runs";
import { users } from "@/db/schema/auth";
import { auditLog } from "@/db/schema/operation";
import { readinessDays } from "@/db/schema/readiness";
import { squads } from "@/db/schema/squad";
import { memberships } from "@/db/schema/team";
import { nights } from "@/db/schema/wearable";
import { type Evidence, readEvidence } from "@/lib/readiness/evidence";
import { decideDay } from "@/lib/services/athletes/days";
import { readLoadCard, viewAthlete } from "@/lib/services/athletes/view";
import { listSquadsToScore, scoreSquad } from "@/lib/services/readiness/score";
import { changeSquad } from "@/lib/services/squads/manage";
import { addDays } from "@/lib/time/civil-date";
import { contextOf, type SeedDay, seedAthlete, seedDays, seedSquad, steadyDays } from "../support/athletes";
import { freshDatabase } from "../support/database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const today = "2026-05-20";
const now = new Date("2026-05-20T03:00:00Z");

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** A squad with one athlete whose days end today, and a coach of its team. */
async function squadWith(days: SeedDay[]) {
  const squad = await seedSquad(database.db);
  const athlete = await seedAthlete(database.db, squad);
  await seedDays(database.db, athlete, { from: addDays(today, 1 - days.length), days });
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: `${userId}@club.example`, name: "Liv Berg" });
  await database.db.insert(memberships).values({ teamId: squad.teamId, userId, role: "coach" });
  const actor = { kind: "coach", userId, role: "coach" } as const;
  return { ...squad, ...athlete, coach: contextOf(database.db, { actor, teamId: squad.teamId, now }) };
}

const score = (squadId: string) => scoreSquad({ ctx: contextOf(database.db, { now }), input: { squadId } });

async function evidenceOf({ athleteId }: { athleteId: string }, date = today): Promise<Evidence> {
  const [row] = await database.db
    .select()
    .from(readinessDays)
    .where(and(eq(readinessDays.athleteId, athleteId), eq(readinessDays.date, date)));
  return readEvidence(row!.evidence);
}

/** Usual for a hundred days, then lower for forty: the baseline has followed, the reference has not. */
const settledLower = steadyDays(140).map((day, i) =>
  i < 100 ? day : { ...day, rmssdMs: (day.rmssdMs ?? 0) * 0.88 },
);

test("a squad has a margin of 5 % and the drift rule; changing them scores every past day again and says since when", async () => {
  const squad = await squadWith(settledLower);
  await score(squad.squadId);
  expect(await evidenceOf(squad)).toMatchObject({
    level: "unexplained",
    loadRisePercent: 5,
    driftRule: true,
    rules: { R4: false, R7: true },
    guards: { lowThreeDays: false, settledLower: true },
  });
  const input = { squadId: squad.squadId };
  await changeSquad({ ctx: squad.coach, input: { ...input, loadRisePercent: 15, drift: false } });
  const { daysWritten } = await score(squad.squadId);
  expect(daysWritten).toBe(140);
  const off = await evidenceOf(squad);
  expect([off.rules.R7, off.loadRisePercent, off.driftRule]).toEqual([null, 15, false]);
  expect(off.level).not.toBe("unexplained");
  const [row] = await database.db.select().from(squads).where(eq(squads.id, squad.squadId));
  expect(row?.rulesSince).toEqual(now);
  const refused = changeSquad({ ctx: squad.coach, input: { ...input, loadRisePercent: 7 as 5 } });
  await expect(refused).rejects.toMatchObject({ code: "bad-input" });
});

test("saving the settings as they are changes neither the days nor since when the rules hold", async () => {
  const squad = await squadWith(steadyDays(40));
  await score(squad.squadId);
  const since = async () =>
    (await database.db.select().from(squads).where(eq(squads.id, squad.squadId)))[0]?.rulesSince;
  const before = await since();
  await changeSquad({
    ctx: squad.coach,
    input: { squadId: squad.squadId, loadRisePercent: 5, drift: true },
  });
  expect(await since()).toEqual(before);
  expect((await score(squad.squadId)).daysWritten).toBe(0);
});

test("a coach accepts the new usual: the finding is silent from that day on, earlier days keep theirs, and it can be taken back", async () => {
  const squad = await squadWith(settledLower);
  await score(squad.squadId);
  const from = addDays(today, -2);
  const accepted = { athleteId: squad.athleteId, date: from, kind: "new-usual" } as const;
  await decideDay({ ctx: squad.coach, input: { ...accepted, tag: "new-usual" } });
  expect((await score(squad.squadId)).daysWritten).toBe(3);
  expect(await evidenceOf(squad)).toMatchObject({ rules: { R7: null }, reference: { n: 0 } });
  expect((await evidenceOf(squad, addDays(from, -1))).rules.R7).toBe(true);
  const page = async () => {
    const view = await viewAthlete({
      ctx: squad.coach,
      input: { athleteId: squad.athleteId, days: 90, locale: "en-GB" },
    });
    if ("stopped" in view) throw new Error("stopped sharing");
    return view.newUsuals;
  };
  expect(await page()).toEqual([{ fromDay: from, by: "Liv Berg" }]);
  const [logged] = await database.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.subjectId, squad.athleteId))
    .orderBy(desc(auditLog.happenedAt));
  expect(logged).toMatchObject({ action: "athlete/day-decided", detail: { kind: "new-usual", date: from } });
  await decideDay({ ctx: squad.coach, input: { ...accepted, tag: null } });
  await score(squad.squadId);
  expect(await page()).toEqual([]);
  expect((await evidenceOf(squad)).level).toBe("unexplained");
  const tomorrow = { ...accepted, date: addDays(today, 1), tag: "new-usual" };
  await expect(decideDay({ ctx: squad.coach, input: tomorrow })).rejects.toMatchObject({
    code: "bad-input",
    field: "date",
  });
});

test("weeks of 0 that a provider reports from before the first night are no rest: ten days of data compare with nothing", async () => {
  const before: SeedDay[] = Array.from({ length: 28 }, () => ({ load: 0 }));
  const squad = await squadWith([...before, ...steadyDays(10)]);
  await score(squad.squadId);
  const days = await database.db
    .select()
    .from(readinessDays)
    .where(eq(readinessDays.athleteId, squad.athleteId))
    .orderBy(asc(readinessDays.date));
  expect(days.length).toBe(10);
  const { load, rules } = await evidenceOf(squad);
  expect([load.prev7, load.changePercent, rules.R6]).toEqual([null, null, null]);
  const { numbers } = await readLoadCard(contextOf(database.db, { now }), {
    ...squad,
    day: today,
    loadKind: "cardio-load",
  });
  expect([numbers.changePercent, numbers.sum28, numbers.coupled, numbers.uncoupled]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("heart rate of the same night is held against its own baseline and stands in the evidence", async () => {
  const days = steadyDays(60).map((day, i) => (i === 59 ? { ...day, rmssdMs: 45 } : day));
  const squad = await squadWith(days);
  const bpm = (date: string) => (date === today ? 56 : 46 + (Number(date.at(-1)) % 3));
  for (const row of await database.db.select().from(nights).where(eq(nights.athleteId, squad.athleteId)))
    await database.db
      .update(nights)
      .set({ heartRateBpm: bpm(row.date) })
      .where(and(eq(nights.athleteId, squad.athleteId), eq(nights.date, row.date)));
  await score(squad.squadId);
  const { companion } = await evidenceOf(squad);
  expect(companion).toMatchObject({ heartRate: { n: 59 }, pattern: "hr-up" });
  expect(companion.zHr).toBeGreaterThan(1);
});

test("a squad that was scored today by an earlier rule version is due again", async () => {
  const squad = await squadWith(steadyDays(20));
  await claimDailyRun(database.db, { key: `scored/${squad.squadId}/${today}`, ranAt: now });
  const due = async () =>
    (await listSquadsToScore({ ctx: contextOf(database.db, { now }) })).includes(squad.squadId);
  expect(await due()).toBe(true);
  await score(squad.squadId);
  expect(await due()).toBe(false);
});

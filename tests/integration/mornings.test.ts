import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { countNights } from "@/db/queries/mornings";
import { users } from "@/db/schema/auth";
import { connections, streamStates } from "@/db/schema/connection";
import { laterMailStops, mails, squadMornings } from "@/db/schema/mail";
import { accessLog, awakeSpans, dailyRuns } from "@/db/schema/operation";
import { athletes, type squads } from "@/db/schema/squad";
import { memberships } from "@/db/schema/team";
import { nights } from "@/db/schema/wearable";
import { STREAMS } from "@/lib/providers/polar/streams";
import { deliverMail } from "@/lib/services/mail/deliver";
import { sweepMornings } from "@/lib/services/news/morning";
import { tellSquad } from "@/lib/services/news/send";
import { stopLink, stopMorningMails } from "@/lib/services/news/subscription";
import { viewOperation } from "@/lib/services/operation/view";
import { scoreSquad } from "@/lib/services/readiness/score";
import { viewSquad } from "@/lib/services/squads/view";
import { runDueCycle } from "@/lib/services/sync/cycle";
import { addDays } from "@/lib/time/civil-date";
import { morningStreams } from "@/lib/wearables/stream";
import {
  contextOf,
  flaggedDays,
  type SeedDay,
  seedAthlete,
  seedDays,
  seedSquad,
  steadyDays,
} from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const today = "2026-05-20";
const NIGHT_STREAMS = ["nightly-recharge", "sleep", "cardio-load"];
const streams = morningStreams(STREAMS);

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  stubEnvironment({});
  // Each test is an installation of its own: its squads, its clock, its gaps.
  await database.db.update(connections).set({ status: "revoked" });
  await database.db.delete(awakeSpans);
  await database.db.delete(dailyRuns);
});
afterAll(() => database.close());

/** A moment by the clock of Helsinki, of today unless another day is named. */
const at = (time: string, date = today) => new Date(`${date}T${time}:00+03:00`);
const job = (now: Date) => contextOf(database.db, { now });

async function seedCoach(teamId: string) {
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: `${userId}@example.org` });
  await database.db.insert(memberships).values({ teamId, userId, role: "coach" });
  return userId;
}

type Squad = Awaited<ReturnType<typeof seedMorning>>;

/** A squad whose athletes have eighty days up to yesterday, synced yesterday; last night is to come. */
async function seedMorning(
  days: Record<string, SeedDay[]>,
  settings: Partial<typeof squads.$inferInsert> = {},
) {
  const squad = await seedSquad(database.db, settings);
  const coach = await seedCoach(squad.teamId);
  const ids = new Map<string, string>();
  for (const [name, story] of Object.entries(days)) {
    const athlete = await seedAthlete(database.db, squad, { name });
    await seedDays(database.db, athlete, { from: addDays(today, -79), days: story.slice(0, 79) });
    await database.db.insert(streamStates).values(
      NIGHT_STREAMS.map((stream) => ({
        ...athlete,
        stream,
        lastAttemptAt: at("09:00", addDays(today, -1)),
        lastSuccessAt: at("09:00", addDays(today, -1)),
        nextDueAt: at("09:00"),
      })),
    );
    ids.set(name, athlete.athleteId);
  }
  return { ...squad, days, coach, idOf: (name: string) => ids.get(name)!, ids: [...ids.values()] };
}

/** Last night of some athletes comes in, and is scored. */
async function bring(squad: Squad, names: string[], now: Date) {
  for (const name of names) {
    const owner = { teamId: squad.teamId, athleteId: squad.idOf(name) };
    await seedDays(database.db, owner, { from: today, days: [squad.days[name]![79]!] });
  }
  await scoreSquad({ ctx: job(now), input: squad });
}

/** A sync cycle begins, and with `asks` every athlete has been asked in it. */
async function cycle(squad: Squad, now: Date, asks = true) {
  await runDueCycle({ ctx: job(now) });
  if (!asks) return;
  const done = new Date(now.getTime() + 20_000);
  await database.db
    .update(streamStates)
    .set({ lastAttemptAt: done, lastSuccessAt: done, nextDueAt: new Date(now.getTime() + 86_400_000) })
    .where(inArray(streamStates.athleteId, squad.ids));
}

/** One look at the mornings, with what it asks for; says how many mails came of it. */
async function tick(now: Date): Promise<number> {
  const { squadIds } = await sweepMornings({ ctx: job(now) });
  let sent = 0;
  for (const squadId of squadIds)
    sent += (await tellSquad({ ctx: job(now), input: { squadId, reason: "due" } })).mails;
  return sent;
}

/** Looks every five minutes, both ends included; says after which looks mails were written. */
async function live(from: Date, to: Date): Promise<string[]> {
  const told: string[] = [];
  for (let ms = from.getTime(); ms <= to.getTime(); ms += 300_000)
    if ((await tick(new Date(ms))) > 0) told.push(new Date(ms + 3 * 3_600_000).toISOString().slice(11, 16));
  return told;
}

async function morningOf(squad: Squad, date = today) {
  const [row] = await database.db
    .select()
    .from(squadMornings)
    .where(and(eq(squadMornings.squadId, squad.squadId), eq(squadMornings.date, date)));
  return row;
}

async function mailsOf(squad: Squad) {
  return database.db
    .select()
    .from(mails)
    .where(eq(mails.squadId, squad.squadId))
    .orderBy(asc(mails.queuedAt));
}

const steady = steadyDays(80);
const flagged = flaggedDays();
const five = { Anna: flagged, Berit: steady, Carl: steady, Dina: steady, Erik: steady };

test("a morning waits for a cycle after the hour and for enough nights, and is decided on them", async () => {
  const squad = await seedMorning(five);
  await cycle(squad, at("06:45"));
  await bring(squad, ["Anna", "Berit", "Carl"], at("06:50"));
  expect(await live(at("06:30"), at("07:00"))).toEqual([]);
  await cycle(squad, at("07:00"), false);
  await bring(squad, ["Dina"], at("07:01"));
  expect(await tick(at("07:05"))).toBe(0);
  await cycle(squad, at("07:00"));
  expect(await tick(at("07:06"))).toBe(1);
  expect(await morningOf(squad)).toMatchObject({
    state: "decided",
    nightsIn: 4,
    nightsExpected: 5,
    downFrom: null,
  });
  expect(await live(at("07:10"), at("12:30"))).toEqual([]);
  expect(await mailsOf(squad)).toMatchObject([{ kind: "morning", expiresAt: at("12:00"), newsDate: today }]);
});

test("too few nights: the morning waits until its latest moment, and its own settings count", async () => {
  const usual = await seedMorning(five);
  const patient = await seedMorning(five, { latestMinutes: 90 });
  const content = await seedMorning(five, { nightsSharePercent: 20 });
  await tick(at("06:59"));
  for (const squad of [usual, patient, content]) {
    await bring(squad, ["Anna"], at("06:50"));
    await cycle(squad, at("07:00"));
  }
  await live(at("07:00"), at("08:45"));
  expect((await morningOf(content))?.settledAt).toEqual(at("07:00"));
  expect((await morningOf(usual))?.settledAt).toEqual(at("07:45"));
  expect((await morningOf(patient))?.settledAt).toEqual(at("08:30"));
  expect(await morningOf(usual)).toMatchObject({ nightsIn: 1, nightsExpected: 5 });
});

test("a machine that slept over the hour decides after a cycle of its own, and says why it is late", async () => {
  const squad = await seedMorning(five);
  await tick(at("23:00", addDays(today, -1)));
  await bring(squad, Object.keys(five), at("05:00"));
  expect(await live(at("09:36"), at("09:41"))).toEqual([]);
  await cycle(squad, at("09:42"), false);
  expect(await tick(at("09:43"))).toBe(0);
  await cycle(squad, at("09:42"));
  expect(await tick(at("09:44"))).toBe(1);
  expect(await morningOf(squad)).toMatchObject({
    state: "decided",
    nightsIn: 5,
    settledAt: at("09:44"),
    downFrom: at("23:00", addDays(today, -1)),
    downUntil: at("09:36"),
  });
});

test("mornings that ended while the machine was off are missed, each with the hours it was off", async () => {
  const squad = await seedMorning(five);
  const off = at("20:00", addDays(today, -3));
  await tick(off);
  expect(await tick(at("14:10"))).toBe(0);
  await live(at("14:15"), at("15:30"));
  for (const days of [2, 1, 0])
    expect(await morningOf(squad, addDays(today, -days))).toMatchObject({
      state: "missed",
      downFrom: off,
      downUntil: at("14:10"),
    });
  expect(await morningOf(squad, addDays(today, -3))).toBeUndefined();
  expect(await mailsOf(squad)).toEqual([]);
});

test("a morning that could not be decided while the machine ran is missed as well, and another one's night is not", async () => {
  const squad = await seedMorning(five);
  await tick(at("11:58"));
  expect(await live(at("11:59"), at("12:30"))).toEqual([]);
  expect(await morningOf(squad)).toMatchObject({ state: "missed" });
  const newcomer = await seedMorning({ Anna: flagged });
  await database.db
    .update(connections)
    .set({ connectedAt: at("10:00") })
    .where(eq(connections.teamId, newcomer.teamId));
  await tick(at("12:31"));
  expect(await morningOf(newcomer)).toBeUndefined();
});

test("squads are decided by their own clocks, also over a change of them", async () => {
  const squad = await seedMorning(five, { timeZone: "America/New_York" });
  await bring(squad, Object.keys(five), at("06:50"));
  await tick(at("07:30"));
  await cycle(squad, at("13:45"));
  await live(at("13:30"), at("13:55"));
  expect(await morningOf(squad)).toBeUndefined();
  await cycle(squad, at("14:00"));
  await tick(at("14:01"));
  expect(await morningOf(squad)).toMatchObject({ state: "decided", settledAt: at("14:01"), downFrom: null });
});

/** Five steady athletes and two who are flagged by a night that comes late; the morning is decided at 07:01. */
async function lateStory() {
  const squad = await seedMorning(
    { ...five, Anna: steady, Fred: flagged, Gina: flagged },
    { nightsSharePercent: 70 },
  );
  await tick(at("06:59"));
  await bring(squad, ["Anna", "Berit", "Carl", "Dina", "Erik"], at("06:59"));
  await cycle(squad, at("07:00"));
  expect(await tick(at("07:01"))).toBe(0);
  expect(await morningOf(squad)).toMatchObject({ state: "decided", nightsIn: 5, nightsExpected: 7 });
  return squad;
}

const namesIn = (squad: Squad, mail: { frozen: (typeof mails.$inferSelect)["frozen"] } | undefined) =>
  (mail?.frozen?.athletes ?? []).map(({ athleteId }) =>
    Object.keys(squad.days).find((name) => squad.idOf(name) === athleteId),
  );

test("what opens after the morning mail goes into one later mail, and what opens after that is the next morning's", async () => {
  const squad = await lateStory();
  await bring(squad, ["Fred"], at("08:10"));
  expect(await live(at("08:10"), at("09:30"))).toEqual(["08:40"]);
  await bring(squad, ["Gina"], at("10:00"));
  expect(await live(at("10:00"), at("12:30"))).toEqual([]);
  const [later] = await mailsOf(squad);
  expect(later).toMatchObject({ kind: "later-today", subject: "Later today: 1 athlete to look at" });
  expect(namesIn(squad, later)).toEqual(["Fred"]);
  const looks = await database.db.select().from(accessLog).where(eq(accessLog.teamId, squad.teamId));
  expect(looks.filter(({ what }) => what === "mail").map(({ athleteId }) => athleteId)).toEqual([
    squad.idOf("Fred"),
  ]);

  const tomorrow = addDays(today, 1);
  await tick(at("06:55", tomorrow));
  await cycle(squad, at("07:00", tomorrow));
  await live(at("07:00", tomorrow), at("07:45", tomorrow));
  const [, morning] = await mailsOf(squad);
  expect(morning).toMatchObject({ kind: "morning", newsDate: tomorrow });
  expect(namesIn(squad, morning)).toEqual(["Gina"]);
});

test("when every expected night is in, the later mail waits no longer; both athletes stand in one", async () => {
  const squad = await lateStory();
  await bring(squad, ["Fred"], at("08:10"));
  expect(await live(at("08:10"), at("08:20"))).toEqual([]);
  await bring(squad, ["Gina"], at("08:21"));
  expect(await tick(at("08:22"))).toBe(1);
  expect(namesIn(squad, (await mailsOf(squad))[0]).toSorted()).toEqual(["Fred", "Gina"]);
});

test("after noon nobody is mailed; the next morning tells it, also to a coach who wants no later mails", async () => {
  const squad = await lateStory();
  await bring(squad, ["Fred"], at("12:00"));
  expect(await live(at("12:00"), at("13:00"))).toEqual([]);
  const tomorrow = addDays(today, 1);
  await cycle(squad, at("07:00", tomorrow));
  await live(at("06:55", tomorrow), at("07:45", tomorrow));
  expect((await mailsOf(squad)).map((mail) => [mail.kind, ...namesIn(squad, mail)])).toEqual([
    ["morning", "Fred"],
  ]);
});

test("each coach has a choice: none later, none at all, or both", async () => {
  const squad = await lateStory();
  const [noneLater, noneAtAll] = [await seedCoach(squad.teamId), await seedCoach(squad.teamId)];
  const visitor = contextOf(database.db, { actor: { kind: "visitor" }, now: at("07:30") });
  const stop = (userId: string, what: "morning" | "later-today") =>
    stopMorningMails({
      ctx: visitor,
      input: { token: stopLink({ userId, squadId: squad.squadId, what }).split("/").at(-1)! },
    });
  await stop(noneLater, "later-today");
  await stop(noneAtAll, "morning");
  expect(await database.db.select().from(laterMailStops)).toMatchObject([{ userId: noneLater }]);
  await bring(squad, ["Fred"], at("08:10"));
  await live(at("08:10"), at("09:00"));
  expect((await mailsOf(squad)).map(({ userId, kind }) => [userId, kind])).toEqual([
    [squad.coach, "later-today"],
  ]);
  const tomorrow = addDays(today, 1);
  await cycle(squad, at("07:00", tomorrow));
  await live(at("06:55", tomorrow), at("07:45", tomorrow));
  expect((await mailsOf(squad)).map(({ userId, kind }) => [userId, kind])).toEqual([
    [squad.coach, "later-today"],
    [noneLater, "morning"],
  ]);
});

test("asked for many times at once, each mail is written once", async () => {
  const squad = await lateStory();
  await bring(squad, ["Fred", "Gina"], at("08:10"));
  const input = { squadId: squad.squadId, reason: "due" } as const;
  await Promise.all([1, 2, 3].map(() => tellSquad({ ctx: job(at("08:12")), input })));
  expect(await mailsOf(squad)).toHaveLength(1);
});

test("a mail of the morning that could not go out before noon fails, and the next morning tells its news", async () => {
  const squad = await seedMorning(five);
  await tick(at("06:59"));
  await bring(squad, Object.keys(five), at("06:59"));
  await cycle(squad, at("07:00"));
  expect(await tick(at("07:01"))).toBe(1);
  const [mail] = await mailsOf(squad);
  expect(await deliverMail({ ctx: job(at("12:00")), input: { mailId: mail!.id } })).toEqual({
    state: "failed",
  });
  const tomorrow = addDays(today, 1);
  await cycle(squad, at("07:00", tomorrow));
  await live(at("06:55", tomorrow), at("07:45", tomorrow));
  expect((await mailsOf(squad)).map((each) => [each.state, ...namesIn(squad, each)])).toEqual([
    ["failed", "Anna"],
    ["queued", "Anna"],
  ]);
});

test("nights are expected of those who normally have one and may be asked", async () => {
  const names = ["Usual", "Paused", "Broken", "Keeps nights back", "Watch off", "Consent missing", "New"];
  const squad = await seedMorning(Object.fromEntries(names.map((name) => [name, steady])));
  const { db } = database;
  const count = async () => {
    const { expected, nightsIn } = await countNights(db, {
      squadId: squad.squadId,
      date: today,
      cycleAt: null,
      streams,
    });
    return [nightsIn, expected];
  };
  expect(await count()).toEqual([0, 7]);
  const nightly = (name: string) =>
    and(eq(streamStates.athleteId, squad.idOf(name)), eq(streamStates.stream, "nightly-recharge"));
  await db
    .update(athletes)
    .set({ pausedAt: at("01:00") })
    .where(eq(athletes.id, squad.idOf("Paused")));
  await db
    .update(connections)
    .set({ status: "needs-reconnection" })
    .where(eq(connections.athleteId, squad.idOf("Broken")));
  await db.update(streamStates).set({ nextDueAt: null }).where(nightly("Keeps nights back"));
  await db
    .update(streamStates)
    .set({ errorCode: "provider-consent-missing" })
    .where(nightly("Consent missing"));
  await db.update(streamStates).set({ lastSuccessAt: null }).where(nightly("New"));
  expect(await count()).toEqual([0, 2]);
  // Polar has answered today, and four of the last seven nights are not there.
  await db
    .update(streamStates)
    .set({ lastSuccessAt: at("06:00") })
    .where(inArray(streamStates.athleteId, squad.ids));
  const off = [2, 3, 4, 5].map((daysAgo) => addDays(today, -daysAgo));
  await db
    .delete(nights)
    .where(and(eq(nights.athleteId, squad.idOf("Watch off")), inArray(nights.date, off)));
  await bring(squad, ["Usual", "Paused"], at("06:30"));
  expect(await count()).toEqual([1, 2]);
});

test("after days without syncs the same athletes are expected as before them", async () => {
  const squad = await seedMorning(five);
  const lastDays = [1, 2, 3, 4, 5].map((daysAgo) => addDays(today, -daysAgo));
  await database.db
    .delete(nights)
    .where(and(inArray(nights.athleteId, squad.ids), inArray(nights.date, lastDays)));
  const since = at("09:00", addDays(today, -5));
  await database.db
    .update(streamStates)
    .set({ lastSuccessAt: since, lastAttemptAt: since })
    .where(inArray(streamStates.athleteId, squad.ids));
  const { squadId } = squad;
  expect(await countNights(database.db, { squadId, date: today, cycleAt: null, streams })).toMatchObject({
    expected: 5,
  });
});

/** What the squad page says of a morning to its coach. */
async function pageOf(squad: Squad, now: Date, date?: string) {
  const actor = { kind: "coach", userId: squad.coach, role: "owner" } as const;
  const ctx = contextOf(database.db, { actor, teamId: squad.teamId, now });
  const view = await viewSquad({
    ctx,
    input: { squadId: squad.squadId, locale: "en-GB", ...(date ? { date } : {}) },
  });
  return { morning: view.morning, operation: () => viewOperation({ ctx, input: { mails: "few" } }) };
}

test("the page tells a morning that is waited for from one that was decided, and says the numbers of the mail", async () => {
  const squad = await seedMorning(five);
  await tick(at("06:50"));
  await scoreSquad({ ctx: job(at("06:50")), input: squad });
  expect((await pageOf(squad, at("06:55"))).morning).toEqual({ kind: "before", atMs: at("07:00").getTime() });
  await bring(squad, ["Anna", "Berit"], at("06:58"));
  await tick(at("07:00"));
  expect((await pageOf(squad, at("07:01"))).morning).toEqual({
    kind: "waiting",
    nightsIn: 2,
    expected: 5,
    latestAtMs: at("07:45").getTime(),
  });
  // The jobs died at 07:00.
  expect((await pageOf(squad, at("07:20"))).morning).toEqual({
    kind: "silent",
    sinceMs: at("07:00").getTime(),
  });
  await live(at("07:20"), at("07:50"));
  expect((await pageOf(squad, at("07:51"))).morning).toMatchObject({
    kind: "decided",
    atMs: at("07:45").getTime(),
    nights: { nightsIn: 2, expected: 5 },
    downFromMs: null,
    mailed: 1,
    failed: 0,
    later: { mailed: 0, untold: [], isOpen: true },
  });
});

test("the page names who opened after the mails of the day, and only to coaches who were not told", async () => {
  const squad = await lateStory();
  await bring(squad, ["Fred"], at("08:10"));
  const laterAt = async (time: string) => {
    const { morning } = await pageOf(squad, at(time));
    return morning.kind === "decided" ? morning.later : morning;
  };
  expect(await laterAt("08:15")).toEqual({ mailed: 0, untold: ["Fred"], isOpen: true });
  await live(at("08:15"), at("08:50"));
  expect(await laterAt("08:55")).toEqual({ mailed: 1, untold: [], isOpen: true });
  await bring(squad, ["Gina"], at("12:10"));
  expect(await laterAt("12:15")).toEqual({ mailed: 1, untold: ["Gina"], isOpen: false });
});

test("a missed morning stands on the squad's page and on the operator's, with the hours in which nothing ran", async () => {
  const squad = await seedMorning(five);
  const off = at("20:00", addDays(today, -1));
  await tick(off);
  await scoreSquad({ ctx: job(at("13:00")), input: squad });
  expect((await pageOf(squad, at("13:00"))).morning).toEqual({ kind: "silent", sinceMs: off.getTime() });
  await tick(at("13:01"));
  const { morning, operation } = await pageOf(squad, at("13:02"));
  expect(morning).toEqual({ kind: "missed", fromMs: off.getTime(), untilMs: at("13:01").getTime() });
  expect((await operation()).missedMornings).toMatchObject([
    { squadId: squad.squadId, date: today, downFrom: off, downUntil: at("13:01") },
  ]);
  expect((await pageOf(squad, at("13:02"), addDays(today, -1))).morning).toEqual({ kind: "unknown" });
});

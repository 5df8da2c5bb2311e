import { and, eq, sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { mails, squadMornings } from "@/db/schema/mail";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { instantOf } from "@/lib/time/zone";
import { control } from "../integration/sync-support";
import { createWorld, type Squad, type World } from "./world";

const MINUTE_MS = 60_000;
const MAIL_TIME = "07:00";
/** Days of each stretch; `npm run test:clock` asks for thirty. */
const DAYS = Number(process.env.CLOCK_DAYS ?? 3);

/** Stretches of the calendar in which clocks or years change: the first is cut short round its change. */
const STRETCHES = [
  ["the end of summer time", DAYS < 8 ? "2026-10-24" : "2026-10-20"],
  ["New Year", DAYS < 8 ? "2026-12-30" : "2026-12-20"],
  ["the beginning of summer time", DAYS < 8 ? "2027-03-27" : "2027-03-10"],
] as const;

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const minutesFrom = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);

function hourOf(squad: Squad, date: CivilDate): Date {
  return instantOf({ date, time: MAIL_TIME, timeZone: squad.timeZone });
}

/** When the clock is looked at: every half hour, and every five minutes of the hour after each squad's mail time. */
function momentsOf(squads: readonly Squad[], from: Date, days: number): Date[] {
  const first = from.toISOString().slice(0, 10) as CivilDate;
  const halfHours = Array.from({ length: days * 48 }, (_, half) => minutesFrom(from, half * 30));
  const mornings = squads.flatMap((squad) =>
    Array.from({ length: days + 1 }, (_, day) => hourOf(squad, addDays(first, day))).flatMap((hour) =>
      Array.from({ length: 12 }, (_, five) => minutesFrom(hour, five * 5)),
    ),
  );
  const until = minutesFrom(from, days * 24 * 60);
  const all = [...halfHours, ...mornings].filter((at) => at >= from && at < until);
  return [...new Set(all.map((at) => at.getTime()))].sort((a, b) => a - b).map((ms) => new Date(ms));
}

type Sleep = { squad: Squad; date: CivilDate; from: Date; until: Date };

/** The machine sleeps over the hour of one squad: every third day until half past nine, every seventh until the evening. */
function sleepsOf(squads: readonly Squad[], first: CivilDate, days: number): Sleep[] {
  return Array.from({ length: days }, (_, day) => day)
    .filter((day) => day % 3 === 1)
    .map((day) => {
      const date = addDays(first, day);
      const squad = squads[day % squads.length]!;
      const hour = hourOf(squad, date);
      return {
        squad,
        date,
        from: minutesFrom(hour, -20),
        until: minutesFrom(hour, day % 7 === 4 ? 390 : 150),
      };
    });
}

const TICKING = ["outbox", "owed", "upkeep", "daily_runs", "job_failures", "engine.runs", "engine.events"];

async function sizes({ db }: World): Promise<Record<string, number>> {
  const rows = await Promise.all(
    TICKING.map(async (table) => {
      const [row] = await db.execute<{ rows: number }>(
        sql`select count(*)::int as rows from ${sql.raw(table)}`,
      );
      return [table, row?.rows ?? 0] as const;
    }),
  );
  return Object.fromEntries(rows);
}

test.each(STRETCHES)(
  "%s: one morning mail for each coach, squad and day, none lost, none twice",
  async (_, first) => {
    const from = new Date(`${first}T00:00:00Z`);
    world = await createWorld({ from, days: DAYS });
    const { squads, sim } = world;
    const sleeps = sleepsOf(squads, first as CivilDate, DAYS);
    const isAsleep = (at: Date) => sleeps.some((sleep) => at >= sleep.from && at < sleep.until);
    let settled: Record<string, number> | undefined;
    let moments = 0;
    for (const at of momentsOf(squads, from, DAYS)) {
      if (isAsleep(at)) continue;
      moments += 1;
      if (moments % 37 === 0) await world.restart();
      // A night that comes when the morning has long begun.
      if (moments % 29 === 0) await lateNight(sim, squads[moments % squads.length]!, at);
      await world.at(at);
      if (DAYS > 15 && at.getTime() - from.getTime() >= 12 * 24 * 60 * MINUTE_MS)
        settled ??= await sizes(world);
    }
    await expectMornings(world, { first: first as CivilDate, sleeps });
    await expectDelivered(world);
    if (settled)
      for (const [table, rows] of Object.entries(await sizes(world)))
        expect({ table, rows: rows <= settled[table]! * 1.25 + 60 }).toEqual({ table, rows: true });
  },
  DAYS * 120_000,
);

async function lateNight(sim: World["sim"], { login }: Squad, at: Date): Promise<void> {
  await control(sim)("/clock", { now: at.toISOString() });
  await control(sim)(`/users/${login}/night`, { rmssdMs: 58 });
}

async function expectMornings(
  { db, squads }: World,
  { first, sleeps }: { first: CivilDate; sleeps: readonly Sleep[] },
): Promise<void> {
  // The first day is a demonstration's first scoring, the last is cut off by the end of the run.
  for (const squad of squads)
    for (let day = 1; day < DAYS - 1; day += 1) {
      const date = addDays(first, day);
      const mine = and(eq(squadMornings.squadId, squad.squadId), eq(squadMornings.date, date));
      const told = await db.select().from(squadMornings).where(mine);
      const sleep = sleeps.find((one) => one.squad === squad && one.date === date);
      const missed = sleep !== undefined && sleep.until >= minutesFrom(hourOf(squad, date), 300);
      const written = await db
        .select()
        .from(mails)
        .where(and(eq(mails.squadId, squad.squadId), eq(mails.newsDate, date), eq(mails.kind, "morning")));
      expect({
        zone: squad.timeZone,
        date,
        told: told.map(({ state }) => state),
        mails: written.map(({ state }) => state),
      }).toEqual({
        zone: squad.timeZone,
        date,
        told: [missed ? "missed" : "decided"],
        mails: missed ? [] : ["sent"],
      });
    }
}

/** What was sent arrived, each mail once. */
async function expectDelivered({ db, mailbox }: World): Promise<void> {
  const sent = await db.select({ id: mails.messageId }).from(mails).where(eq(mails.state, "sent"));
  expect(await db.select().from(mails)).toHaveLength(sent.length);
  const response = await fetch(`http://127.0.0.1:${mailbox.httpPort}/messages`);
  expect((await response.json()) as unknown[]).toHaveLength(sent.length);
}

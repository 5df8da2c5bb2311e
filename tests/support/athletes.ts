import { randomUUID } from "node:crypto";
import pino from "pino";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connection";
import { sources } from "@/db/schema/source";
import { athletes, squads } from "@/db/schema/squad";
import { teams } from "@/db/schema/team";
import { dailyLoads, nights } from "@/db/schema/wearable";
import type { Actor, Context } from "@/lib/context";
import { providers } from "@/lib/providers/registry";
import { addDays } from "@/lib/time/civil-date";

export const silent = pino({ level: "silent" });

/** A context as the job engine or a coach would have it. */
export function contextOf(db: Db, input: { actor?: Actor; teamId?: string; now: Date }): Context {
  const actor = input.actor ?? { kind: "job", job: "test" };
  return { db, actor, teamId: input.teamId ?? null, now: input.now, log: silent, providers };
}

/** A team with one squad. */
export async function seedSquad(db: Db, settings: Partial<typeof squads.$inferInsert> = {}) {
  const teamId = randomUUID();
  const squadId = randomUUID();
  await db.insert(teams).values({ id: teamId, name: "Fjordline Endurance" });
  await db
    .insert(squads)
    .values({ id: squadId, teamId, name: "Fjordline", timeZone: "Europe/Helsinki", ...settings });
  return { teamId, squadId };
}

let nextPolarUserId = 1_000_000;

/** An athlete of the squad with a backfilled Polar connection. */
export async function seedAthlete(
  db: Db,
  owner: { teamId: string; squadId: string },
  input: { name?: string; connectedAt?: Date } = {},
) {
  const athleteId = randomUUID();
  const connectedAt = input.connectedAt ?? new Date("2026-01-01T00:00:00Z");
  await db.insert(athletes).values({ id: athleteId, ...owner, name: input.name ?? "Ingrid Solheim" });
  await db.insert(connections).values({
    teamId: owner.teamId,
    athleteId,
    polarUserId: nextPolarUserId++,
    memberId: randomUUID(),
    status: "active",
    connectedAt,
    backfilledAt: connectedAt,
  });
  await seedSource(db, { teamId: owner.teamId, athleteId });
  return { teamId: owner.teamId, athleteId };
}

/** What rows of a Polar athlete's nights need besides their own columns; the source is there from `seedAthlete` on. */
export const POLAR_NIGHT = { sourceId: 1, metric: "rmssd-night-window" } as const;

/** The source that an athlete's nights come from. */
export async function seedSource(
  db: Db,
  owner: { teamId: string; athleteId: string },
  source: Partial<typeof sources.$inferInsert> = {},
): Promise<void> {
  const polar = { id: 1, provider: "polar", maker: "polar", device: "" } as const;
  const firstSeenAt = new Date("2026-01-01T00:00:00Z");
  await db
    .insert(sources)
    .values({ ...owner, ...polar, firstSeenAt, ...source })
    .onConflictDoNothing();
}

export type SeedDay = { rmssdMs?: number | null; load?: number | null };

/** Stores nights and loads of consecutive days; a field left out stores no row of that kind. */
export async function seedDays(
  db: Db,
  owner: { teamId: string; athleteId: string },
  input: { from: string; days: SeedDay[] },
) {
  const dated = input.days.map((day, index) => ({ ...day, date: addDays(input.from, index) }));
  const nightRows = dated.flatMap(({ date, rmssdMs }) =>
    rmssdMs === undefined
      ? []
      : [{ ...owner, ...POLAR_NIGHT, date, rmssdMs, receivedAt: new Date(`${date}T05:00:00Z`) }],
  );
  const loadRows = dated.flatMap(({ date, load }) =>
    load === undefined
      ? []
      : [{ ...owner, date, cardioLoad: load, polar: { status: null, ratio: null, levels: null } }],
  );
  await seedSource(db, owner);
  if (nightRows.length > 0) await db.insert(nights).values(nightRows).onConflictDoNothing();
  if (loadRows.length > 0) await db.insert(dailyLoads).values(loadRows).onConflictDoNothing();
}

/** Steady days that wobble a little round the given values, the same every time. */
export function steadyDays(count: number, usual = { rmssdMs: 60, load: 80 }): SeedDay[] {
  return Array.from({ length: count }, (_, day) => ({
    rmssdMs: usual.rmssdMs * (1 + 0.06 * Math.sin(day * 2.4)),
    load: usual.load * (1 + 0.2 * Math.cos(day * 1.9)),
  }));
}

/** Eighty days whose last morning is a flag of preset `brief`: one low night after a week of rising load and no trend. */
export function flaggedDays(): SeedDay[] {
  const week = [59, 60, 61, 62, 63, 64, 50];
  return steadyDays(80).map((day, i) => {
    if (i < 72) return day;
    return { rmssdMs: week[i - 73] ?? 60, load: i === 79 ? 80 : 150 };
  });
}

/** Eighty days that end in a fall over seven days while load rises: `recovery`. */
export function fallingDays(): SeedDay[] {
  return steadyDays(80).map((day, i) => (i < 73 ? day : { rmssdMs: 60 - (i - 72) * 2, load: 150 + i }));
}

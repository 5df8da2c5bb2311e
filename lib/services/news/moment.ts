import { findNightLookSince } from "@/db/queries/daily-runs";
import { countNights, type SquadWithMornings } from "@/db/queries/mornings";
import {
  decideMorning,
  type MorningDecision,
  type MorningHours,
  morningHours,
  readyAtMs,
} from "@/lib/alerts/morning-time";
import type { Context } from "@/lib/context";
import type { CivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import type { Awake } from "./awake";

/** A squad on its own civil day. */
export type SquadToday = SquadWithMornings & { date: CivilDate; hours: MorningHours };

/** The squad's today and its hours. */
export function todayOf(squad: SquadWithMornings, now: Date): SquadToday {
  const date = civilDateIn(now, squad.timeZone);
  return { ...squad, date, hours: morningHours({ ...squad, date }) };
}

/** What there is to do about a morning that has not ended yet. Called by verbs that checked their caller. */
export async function judgeMorning(ctx: Context, squad: SquadToday, awake: Awake): Promise<MorningDecision> {
  const { hours } = squad;
  const nowMs = ctx.now.getTime();
  const awakeSinceMs = awake.sinceMs;
  const isOpen = nowMs >= readyAtMs({ hours, awakeSinceMs }) && nowMs < hours.closesAtMs;
  const nights = isOpen ? await nightsOf(ctx, squad, awake) : { expected: 0, nightsIn: 0, cycleEnded: false };
  return decideMorning({
    nowMs,
    hours,
    awakeSinceMs,
    cycleEnded: nights.cycleEnded,
    nightsIn: nights.nightsIn,
    nightsExpected: nights.expected,
    sharePercent: squad.sharePercent,
  });
}

async function nightsOf(ctx: Context, squad: SquadToday, { gap }: Awake) {
  // The first cycle after a gap may be a moment older than the first other sign of life.
  const since = new Date(Math.max(squad.hours.mailAtMs, gap?.from.getTime() ?? 0));
  const cycleAt = await findNightLookSince(ctx.db, { since, until: ctx.now });
  const count = await countNights(ctx.db, { ...squad, cycleAt });
  return { ...count, cycleEnded: cycleAt !== null && count.outstanding === 0 };
}

/** When the jobs did not run, where that kept a morning's hour back. */
export function gapOver(
  hours: MorningHours,
  { sinceMs, gap }: Awake,
): { downFrom: Date; downUntil: Date } | null {
  if (!gap || sinceMs <= hours.mailAtMs) return null;
  return { downFrom: gap.from, downUntil: gap.until };
}

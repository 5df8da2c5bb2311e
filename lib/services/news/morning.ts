import { findNightLookSince } from "@/db/queries/daily-runs";
import {
  claimMorning,
  countNights,
  listMornings,
  listMorningsWithLateDays,
  listSquadsWithMornings,
  type SquadMorning,
  type SquadWithMornings,
} from "@/db/queries/mornings";
import { insertAwakeSpan, listAwakeSpans, prolongAwakeSpan } from "@/db/queries/operation";
import {
  decideMorning,
  type MorningDecision,
  type MorningHours,
  morningHours,
  readyAtMs,
} from "@/lib/alerts/morning-time";
import type { Context } from "@/lib/context";
import { requireCan } from "@/lib/services/access/require";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

/** A gap is looked at for missed mornings so long after it. */
const FRESH_MINUTES = 60;

/** Days of a gap whose mornings are noted as missed, the latest first. */
const MOST_MISSED_DAYS = 31;

/**
 * Looks at every squad's morning: notes that the jobs run, notes mornings that were missed, and says which squads have
 * something to tell: a morning that can be decided, or days that were scored after its mail. Whatever event was lost,
 * the next look finds the same again. Jobs only.
 */
export async function sweepMornings({ ctx }: { ctx: Context }): Promise<{ squadIds: string[] }> {
  requireCan(ctx, "jobs.run");
  const awake = await noteAwake(ctx);
  const isFresh = ctx.now.getTime() - awake.sinceMs < FRESH_MINUTES * 60_000;
  const gap = isFresh ? awake.gap : null;
  const squads = (await listSquadsWithMornings(ctx.db)).map((squad) => todayOf(squad, ctx.now));
  const mornings = await morningsOf(ctx, squads, gap?.from ?? ctx.now);
  if (gap) await noteMissedInGap(ctx, { squads, mornings, gap });
  const decided: SquadToday[] = [];
  const squadIds: string[] = [];
  for (const squad of squads) {
    const morning = mornings.get(keyOf(squad));
    if (morning?.state === "decided") decided.push(squad);
    else if (!morning && (await isToDecide(ctx, squad, awake))) squadIds.push(squad.squadId);
  }
  const open = decided.filter(({ hours }) => ctx.now.getTime() < hours.closesAtMs);
  const late = await listMorningsWithLateDays(ctx.db, { mornings: open });
  return { squadIds: [...squadIds, ...late] };
}

const keyOf = ({ squadId, date }: { squadId: string; date: CivilDate }) => `${squadId}/${date}`;

async function morningsOf(
  ctx: Context,
  squads: readonly SquadToday[],
  since: Date,
): Promise<Map<string, SquadMorning>> {
  const squadIds = squads.map(({ squadId }) => squadId);
  // A day earlier than UTC's is the earliest that any zone has.
  const from = addDays(civilDateIn(since, "UTC"), -1);
  const mornings = await listMornings(ctx.db, { squadIds, from });
  return new Map(mornings.map((morning) => [keyOf(morning), morning]));
}

/** Whether today's morning can be decided; one that is over is noted as missed. */
async function isToDecide(ctx: Context, squad: SquadToday, awake: Awake): Promise<boolean> {
  if (squad.connectedAt.getTime() > squad.hours.mailAtMs) return false;
  // An installation that has only begun, or was brought up to date, knows nothing of what was before.
  if (!awake.gap && awake.sinceMs > squad.hours.closesAtMs) return false;
  const decision = await judgeMorning(ctx, squad, awake);
  if (decision.kind === "close") await noteMissed(ctx, squad, gapOver(squad.hours, awake));
  return decision.kind === "decide";
}

async function noteMissed(
  ctx: Context,
  { teamId, squadId, date }: Pick<SquadToday, "teamId" | "squadId" | "date">,
  down: ReturnType<typeof gapOver>,
): Promise<void> {
  const claimed = await claimMorning(ctx.db, {
    teamId,
    squadId,
    date,
    state: "missed",
    settledAt: ctx.now,
    ...down,
  });
  if (claimed) ctx.log.warn({ squadId, date }, "a squad's morning was missed");
}

type Gap = NonNullable<Awake["gap"]>;

/** Mornings that ended while the jobs did not run: nobody looked at them, and their pages say so. */
async function noteMissedInGap(
  ctx: Context,
  input: { squads: readonly SquadToday[]; mornings: Map<string, SquadMorning>; gap: Gap },
): Promise<void> {
  const { gap } = input;
  for (const squad of input.squads)
    for (const date of daysIn(gap, squad.timeZone)) {
      const hours = morningHours({ ...squad, date });
      const wasAsleep = hours.closesAtMs > gap.from.getTime() && hours.closesAtMs <= gap.until.getTime();
      const isKnown = input.mornings.has(keyOf({ ...squad, date }));
      if (!wasAsleep || isKnown || squad.connectedAt.getTime() > hours.mailAtMs) continue;
      await noteMissed(ctx, { ...squad, date }, { downFrom: gap.from, downUntil: gap.until });
    }
}

function daysIn(gap: Gap, timeZone: string): CivilDate[] {
  const last = civilDateIn(gap.until, timeZone);
  const days = Math.min(daysBetween(civilDateIn(gap.from, timeZone), last), MOST_MISSED_DAYS);
  return Array.from({ length: days + 1 }, (_, index) => addDays(last, -index));
}

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

/** Ticks further apart than this were not one run: a shorter pause keeps no morning back. */
const GAP_MINUTES = 30;

/** Since when the jobs run without a gap, and the gap before that; null when there was none. */
type Awake = { sinceMs: number; gap: { from: Date; until: Date } | null };

/** Notes a sign of life of the jobs. Called by verbs that checked their caller. */
async function noteAwake(ctx: Context): Promise<Awake> {
  const [last] = await listAwakeSpans(ctx.db, { limit: 1 });
  const silentMs = last ? ctx.now.getTime() - last.until.getTime() : Number.POSITIVE_INFINITY;
  if (!last || silentMs > GAP_MINUTES * 60_000) await insertAwakeSpan(ctx.db, { at: ctx.now });
  // A clock that was set back takes no life away.
  else if (silentMs > 0) await prolongAwakeSpan(ctx.db, { id: last.id, until: ctx.now });
  return readAwake(ctx);
}

/** The same without a note. Called by verbs that checked their caller. */
export async function readAwake(ctx: Context): Promise<Awake> {
  const [span, before] = await listAwakeSpans(ctx.db, { limit: 2 });
  if (!span) return { sinceMs: ctx.now.getTime(), gap: null };
  const sinceMs = Math.min(span.from.getTime(), ctx.now.getTime());
  return { sinceMs, gap: before ? { from: before.until, until: span.from } : null };
}

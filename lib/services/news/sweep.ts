import {
  claimMorning,
  listMornings,
  listMorningsWithLateDays,
  listSquadsWithMornings,
  type SquadMorning,
} from "@/db/queries/mornings";
import { morningHours } from "@/lib/alerts/morning-time";
import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { type Awake, noteAwake } from "./awake";
import { gapOver, judgeMorning, type SquadToday, todayOf } from "./moment";

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
  requireJob(ctx);
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

import { setImmediate } from "node:timers/promises";
import { findBacktest, finishBacktest, forgetBacktest, noteProgress } from "@/db/queries/backtest";
import { findSquadForJob } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { chance } from "@/lib/readiness/backtest/chance";
import { byPreset, type Progress } from "@/lib/readiness/backtest/prepare";
import { slideCaught } from "@/lib/readiness/backtest/slide";
import { RULE_DEFAULTS } from "@/lib/readiness/constants";
import { RULE_VERSION } from "@/lib/readiness/rule-version";
import { requireCan } from "@/lib/services/access/require";
import { beginOwedWork, subjectOf } from "@/lib/services/events/outbox";
import { recordJobFailure } from "@/lib/services/jobs/failures";
import type { CivilDate } from "@/lib/time/civil-date";
import type { BacktestFigures } from "./chance";
import { type BacktestHistory, backtestKey, readBacktestHistory, SEASON_PLAN } from "./history";

export type SeasonsWanted = { squadId: string; inputHash: string; baselineDays: number; until: CivilDate };

const PERCENT_PER_NOTE = 4;

/**
 * Simulates a squad's seasons and stores what came out under the hash of what went in. Repeated, it finds the result
 * there; when the stored days have changed since, the request is taken back and the next look asks anew. Jobs only.
 */
export async function simulateSeasons(of: {
  ctx: Context;
  input: SeasonsWanted;
}): Promise<"simulated" | "already-there" | "outdated"> {
  const { ctx, input: wanted } = of;
  requireCan(ctx, "jobs.run");
  const subject = subjectOf({ squadId: wanted.squadId, inputHash: wanted.inputHash });
  const work = await beginOwedWork(ctx, { event: "squad/backtest.requested", subject });
  const outcome = await simulate(ctx, wanted);
  await work.done(ctx);
  return outcome;
}

async function simulate(ctx: Context, wanted: SeasonsWanted) {
  const key = backtestKey(wanted);
  const asked = await findBacktest(ctx.db, key);
  if (!asked || asked.finishedAt) return "already-there" as const;
  const squad = await findSquadForJob(ctx.db, wanted);
  const history = squad && (await readBacktestHistory(ctx, { ...wanted, teamId: squad.teamId }));
  if (history?.inputHash !== wanted.inputHash) {
    await forgetBacktest(ctx.db, key);
    return "outdated" as const;
  }
  const result = await figuresOf(history, (progressPercent) =>
    noteProgress(ctx.db, { ...key, progressPercent }),
  );
  await finishBacktest(ctx.db, { ...key, result, finishedAt: ctx.now });
  return "simulated" as const;
}

type Note = (percent: number) => Promise<void>;

async function figuresOf({ input, loadKind }: BacktestHistory, note: Note): Promise<BacktestFigures> {
  const { seasons, slideSeasons, slideDropSd: dropSd } = SEASON_PLAN;
  // Chance is simulated under two models.
  const parts = meter(note, 2 * seasons + slideSeasons);
  const quiet = await unhurried(chance(input), parts);
  const slides = await unhurried(slideCaught({ ...input, seasons: slideSeasons, dropSd }), parts);
  return {
    ruleVersion: RULE_VERSION,
    baselineDays: input.baselineDays,
    loadRisePercent: input.loadRisePercent ?? RULE_DEFAULTS.loadRisePercent,
    drift: input.drift ?? RULE_DEFAULTS.drift,
    loadKind,
    seasons,
    presets: byPreset((preset) => ({ chance: quiet[preset], slide: slides[preset] })),
  };
}

/** Lets everything else that waits in this process have its turn after every season. */
async function unhurried<T>(run: Generator<Progress, T, void>, onSeason: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
    await onSeason();
    await setImmediate();
  }
}

function meter(note: Note, of: number): () => Promise<void> {
  let done = 0;
  let noted = 0;
  return async () => {
    const percent = Math.floor((100 * ++done) / of);
    if (percent < noted + PERCENT_PER_NOTE) return;
    noted = percent;
    await note(percent);
  };
}

type GivenUp = { squadId: string; inputHash: string; functionId: string; error: string };

/** Ends a simulation that failed for good: the page says so, and the operator sees why. Jobs only. */
export async function giveUpSeasons({ ctx, input }: { ctx: Context; input: GivenUp }): Promise<void> {
  requireCan(ctx, "jobs.run");
  const { squadId, functionId, error } = input;
  const subject = subjectOf({ squadId, inputHash: input.inputHash });
  const work = await beginOwedWork(ctx, { event: "squad/backtest.requested", subject });
  await inTransaction(ctx, async (tx) => {
    await finishBacktest(tx.db, { ...backtestKey(input), result: null, finishedAt: ctx.now });
    await recordJobFailure({ ctx: tx, input: { functionId, subjectId: squadId, error } });
    await work.done(tx);
  });
}

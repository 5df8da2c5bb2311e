const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Recurring work of the installation, and how long after its last end it is due again, ms. */
export const PERIODS = { retention: DAY_MS, "webhook-check": DAY_MS, backtests: 7 * DAY_MS } as const;

export type PeriodicTask = keyof typeof PERIODS;

/** Whether a recurring task is due: it never ended, ended a period ago, or ended at a moment that is still to come because the clock was set back. */
export function isPeriodOver(
  task: PeriodicTask,
  { last, now }: { last: { endedAt: Date } | undefined; now: Date },
): boolean {
  if (!last) return true;
  const sinceMs = now.getTime() - last.endedAt.getTime();
  return sinceMs >= PERIODS[task] || sinceMs < 0;
}

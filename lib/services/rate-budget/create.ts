import { type BudgetRow, listBudget, saveBudget } from "@/db/queries/rate-budget";
import type { Context } from "@/lib/context";
import type { Quota, QuotaWindow, RateBudget } from "@/lib/polar/rate-headers";
import { RATE_WINDOWS } from "@/lib/wearables/connection";
import { BACKGROUND_SHARE } from "./spend";

/**
 * `interactive`: a person waits for the answer (registering at Polar, ending access there, the webhook's button).
 * `asked`: somebody pressed a button and goes on. `background`: nobody waits; so is every first sync, whoever asked for
 * it, because it would take all there is.
 */
export type Priority = "interactive" | "asked" | "background";

/** The share of each window that each may use: the last tenth is kept for people, the last half of it for those who wait. */
const SHARES = { interactive: 1, asked: 0.95, background: BACKGROUND_SHARE } as const satisfies Record<
  Priority,
  number
>;

const FLUSH_EVERY_MS = 1000;
const REFRESH_EVERY_MS = 5000;

type Known = { used: number; limit: number; resetsAtMs: number };
type Windows = Partial<Record<BudgetRow["window"], Known>>;

function refusalOf(known: Known | undefined, priority: Priority, nowMs: number): Date | null {
  if (!known || known.resetsAtMs <= nowMs) return null;
  const allowed = Math.floor(known.limit * SHARES[priority]);
  return known.used >= allowed ? new Date(known.resetsAtMs) : null;
}

function knownOf(window: QuotaWindow, nowMs: number): Known {
  return { used: window.used, limit: window.limit, resetsAtMs: nowMs + window.resetsInS * 1000 };
}

function isNearlyUsedUp(known: Known): boolean {
  return known.used >= known.limit * (BACKGROUND_SHARE - 0.1);
}

/**
 * Polar's two request quotas, shared by every process through Postgres and fed by Polar's own headers. Between
 * looks at the shared numbers a process counts its own requests; near the end of a window each one is written.
 */
export function createRateBudget(input: {
  db: Context["db"];
  clock: () => Date;
  priority: Priority;
}): RateBudget {
  const { db, clock, priority } = input;
  let windows: Windows = {};
  let readAtMs = Number.NEGATIVE_INFINITY;
  let flushedAtMs = Number.NEGATIVE_INFINITY;

  async function refresh(nowMs: number): Promise<void> {
    const rows = await listBudget(db);
    windows = Object.fromEntries(
      rows.map((row) => [
        row.window,
        { used: row.used, limit: row.limit, resetsAtMs: row.resetsAt.getTime() },
      ]),
    );
    readAtMs = nowMs;
  }

  async function flush(nowMs: number): Promise<void> {
    const updatedAt = new Date(nowMs);
    const rows = RATE_WINDOWS.flatMap((window) => {
      const known = windows[window];
      return known
        ? [{ window, used: known.used, limit: known.limit, resetsAt: new Date(known.resetsAtMs), updatedAt }]
        : [];
    });
    if (rows.length > 0) await saveBudget(db, rows);
    flushedAtMs = nowMs;
  }

  return {
    async admit() {
      const nowMs = clock().getTime();
      if (nowMs - readAtMs > REFRESH_EVERY_MS) await refresh(nowMs);
      const refusals = [windows["15-minutes"], windows["24-hours"]]
        .map((known) => refusalOf(known, priority, nowMs))
        .filter((date) => date !== null);
      const latest = refusals.toSorted((a, b) => b.getTime() - a.getTime())[0];
      if (latest) return { retryAt: latest };
      for (const known of Object.values(windows)) known.used += 1;
      return null;
    },
    async observe(quota: Quota) {
      const nowMs = clock().getTime();
      windows = { "15-minutes": knownOf(quota.short, nowMs), "24-hours": knownOf(quota.long, nowMs) };
      const isUrgent = Object.values(windows).some(isNearlyUsedUp);
      if (isUrgent || nowMs - flushedAtMs > FLUSH_EVERY_MS) await flush(nowMs);
    },
  };
}

import { type BudgetRow, listBudget, saveBudget } from "@/db/queries/rate-budget";
import { listFirstSyncs } from "@/db/queries/sync-due";
import type { Context } from "@/lib/context";
import type { Quota, QuotaWindow, RateBudget } from "@/lib/providers/polar/rate-headers";
import { requireCan } from "@/lib/services/access/require";
import { RATE_WINDOWS } from "@/lib/wearables/connection";

/** The last tenth of each window is kept for people who wait. */
const BACKGROUND_SHARE = 0.9;

const LENGTH_MS = { "15-minutes": 15 * 60_000, "24-hours": 24 * 3_600_000 } satisfies Record<
  BudgetRow["window"],
  number
>;

/** A request with all that is done with its answer. */
const REQUEST_MS = 100;

type Window = { left: number; allowed: number; resetsAtMs: number; lengthMs: number };

function windowAt(row: BudgetRow, nowMs: number): Window {
  const allowed = Math.max(1, Math.floor(row.limit * BACKGROUND_SHARE));
  const lengthMs = LENGTH_MS[row.window];
  const isOver = row.resetsAt.getTime() <= nowMs;
  const left = isOver ? allowed : Math.max(0, allowed - row.used);
  return { left, allowed, lengthMs, resetsAtMs: isOver ? nowMs + lengthMs : row.resetsAt.getTime() };
}

function renewed(window: Window, nowMs: number): Window {
  if (window.resetsAtMs > nowMs) return window;
  return { ...window, left: window.allowed, resetsAtMs: nowMs + window.lengthMs };
}

/** How many requests nobody waits for may be sent before a window has to start anew; without limit as long as Polar has told none. */
export function requestsLeft(budget: readonly BudgetRow[], now: Date): number {
  return Math.min(Number.POSITIVE_INFINITY, ...budget.map((row) => windowAt(row, now.getTime()).left));
}

/** When so many requests will have been sent, spread over as many windows of Polar's quotas as it takes. */
export function whenSpent(input: { requests: number; budget: readonly BudgetRow[]; now: Date }): Date {
  let atMs = input.now.getTime();
  let requests = Math.max(0, Math.ceil(input.requests));
  let windows = input.budget.map((row) => windowAt(row, atMs));
  for (;;) {
    const left = Math.min(Number.POSITIVE_INFINITY, ...windows.map((window) => window.left));
    if (requests <= left) return new Date(atMs + requests * REQUEST_MS);
    requests -= left;
    const usedUp = windows.filter((window) => window.left === left);
    windows = windows.map((window) => ({ ...window, left: window.left - left }));
    atMs = Math.max(...usedUp.map((window) => window.resetsAtMs));
    windows = windows.map((window) => renewed(window, atMs));
  }
}

/** What an athlete's first month costs at most; see docs/reference/polar.md. */
const FIRST_SYNC_REQUESTS = 100;

async function requestsToCome(ctx: Context): Promise<{ athletes: number; requests: number }> {
  const waiting = await listFirstSyncs(ctx.db);
  const requests = waiting.reduce((sum, one) => sum + one.shareToCome * FIRST_SYNC_REQUESTS, 0);
  return { athletes: waiting.length, requests };
}

/** Whether several athletes wait for their first sync and what is left of Polar's quota does not hold all of them. */
export async function isQuotaTight(ctx: Context): Promise<boolean> {
  const { athletes, requests } = await requestsToCome(ctx);
  return athletes > 1 && requests > requestsLeft(await listBudget(ctx.db), ctx.now);
}

/**
 * When the first syncs under way will be done, by what is left of the quota that all athletes of the installation
 * share, and whether that quota makes them wait. Coaches, athletes and jobs.
 * @returns null when nobody waits for a first sync @throws AppError `not-signed-in`
 */
export async function forecastFirstSyncs(of: {
  ctx: Context;
}): Promise<{ doneAt: Date; quotaWaits: boolean } | null> {
  const { ctx } = of;
  requireCan(ctx, "forecast.view");
  const { athletes, requests } = await requestsToCome(ctx);
  if (athletes === 0) return null;
  const budget = await listBudget(ctx.db);
  const doneAt = whenSpent({ requests, budget, now: ctx.now });
  return { doneAt, quotaWaits: requests > requestsLeft(budget, ctx.now) };
}

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

import type { BudgetRow } from "@/db/queries/rate-budget";

/** The last tenth of each window is kept for people who wait. */
export const BACKGROUND_SHARE = 0.9;

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

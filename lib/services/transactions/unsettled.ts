import type { Delivery, TransactionState } from "@/lib/wearables/connection";

/** What a transaction has come to, whatever asked for it. */
type Life = {
  delivery: Delivery | null;
  state: TransactionState | null;
  attempts: number | null;
  openedAtMs: number | null;
  storedAtMs: number | null;
  stuckItems: number;
};

const CYCLES = 3;
const DAY_MS = 86_400_000;

/**
 * Whether Polar has left a transaction unsettled for so long that only the operator can end it: three cycles and a day
 * without an understood list, or without an understood answer to its commit. One whose items do not load has its own remedy.
 */
export function isUnsettled(life: Life, now: Date): boolean {
  if (life.delivery !== "transaction" || (life.attempts ?? 0) < CYCLES) return false;
  const sinceMs = life.state === "stored" ? life.storedAtMs : life.state === "open" ? life.openedAtMs : null;
  if (sinceMs === null || life.stuckItems > 0) return false;
  return now.getTime() - sinceMs > DAY_MS;
}

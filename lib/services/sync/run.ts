import { performance } from "node:perf_hooks";
import { keepLease } from "@/db/queries/leases";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { PolarOutcome } from "@/lib/providers/polar/outcome";
import type { StreamId } from "@/lib/providers/polar/streams";
import type { Bound } from "@/lib/services/consents/bounds";
import type { Write } from "@/lib/services/payloads/parse";
import type { Priority } from "@/lib/services/provider/budget";
import { polarClient, runningClock } from "@/lib/services/provider/client";
import type { CivilDate } from "@/lib/time/civil-date";

/** Longer than any single request may take; a dead worker's lease runs out after it. */
export const LEASE_S = 60;

const RENEW_AFTER_MS = 15_000;

/** So that one athlete's long history does not keep the others waiting: the rest follows in another run. */
const REQUESTS_PER_RUN = 400;

/** The lease went to somebody else: whatever is left is theirs to do. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

/** The run has had its share of requests; its streams stay due. */
export class RunPaused extends Error {
  override name = "RunPaused";
}

export type Subject = {
  teamId: string;
  athleteId: string;
  connectionId: string;
  polarUserId: number;
  accessToken: string;
  /** As the connection stores it: which token a refusal is about. */
  accessTokenSealed: string;
  timeZone: string;
  /** Today for the athlete's squad. */
  today: CivilDate;
  /** When the athlete agreed to what holds now. */
  agreedAt: Date;
  /** What the consent covers of each stream. */
  bounds: Record<StreamId, Bound>;
};

type Method = "GET" | "POST" | "PUT";

/** One athlete's sync under way. */
export type SyncRun = {
  ctx: Context;
  subject: Subject;
  /** Asks Polar with the athlete's token, keeping the lease alive. */
  ask: (method: Method, target: string) => Promise<PolarOutcome>;
  /** Begins a GET that will be asked for soon: `ask` then gives its answer. */
  foresee: (target: string) => void;
  /** Runs `work` in one transaction that fails if the lease was lost. */
  write: Write;
  /**
   * The same, but the lease is looked at last, so that other writes of the run need not wait. Only for work on rows
   * that nobody touches who holds a lease and waits.
   */
  writeBeside: Write;
  /** When something was fetched; never twice the same, so that payloads keep their order. */
  stamp: () => Date;
  /** Waits for what was begun and not asked for. */
  end: () => Promise<void>;
};

function createStamp(startedAt: Date): () => Date {
  const clock = runningClock(startedAt);
  let last = 0;
  return () => {
    last = Math.max(last + 1, clock().getTime());
    return new Date(last);
  };
}

/** Starts a run for the holder of the athlete's lease. */
export function createRun(
  ctx: Context,
  subject: Subject,
  input: { holder: string; priority: Priority },
): SyncRun {
  const polar = polarClient(ctx, input.priority);
  const lease = { athleteId: subject.athleteId, holder: input.holder, ttlS: LEASE_S };
  let requests = 0;
  let renewedAtMs = performance.now();
  const foreseen = new Map<string, Promise<PolarOutcome>>();

  async function keep(db: Context["db"]): Promise<void> {
    if (!(await keepLease(db, lease))) throw new LeaseLost("The lease was lost");
    renewedAtMs = performance.now();
  }

  async function askNow(method: Method, target: string): Promise<PolarOutcome> {
    if (requests >= REQUESTS_PER_RUN) throw new RunPaused("Enough requests for one run");
    requests += 1;
    if (performance.now() - renewedAtMs > RENEW_AFTER_MS) await keep(ctx.db);
    return polar({ method, target, accessToken: subject.accessToken });
  }

  return {
    ctx,
    subject,
    stamp: createStamp(ctx.now),
    async ask(method, target) {
      const begun = method === "GET" ? foreseen.get(target) : undefined;
      if (begun) foreseen.delete(target);
      return begun ?? askNow(method, target);
    },
    foresee(target) {
      const begun = askNow("GET", target);
      begun.catch(() => {});
      foreseen.set(target, begun);
    },
    write: (work) =>
      inTransaction(ctx, async (tx) => {
        await keep(tx.db);
        return work(tx);
      }),
    writeBeside: (work) =>
      inTransaction(ctx, async (tx) => {
        const result = await work(tx);
        await keep(tx.db);
        return result;
      }),
    async end() {
      await Promise.allSettled(foreseen.values());
    },
  };
}

const UNEXPECTED: Record<PolarOutcome["kind"], string> = {
  content: "had another shape than documented",
  bodiless: "had no body",
  malformed: "was no JSON",
  undocumented: "had a status that is not documented",
  empty: "was empty",
  missing: "was that there is none",
  refused: "was a refusal",
};

/** What to say of an answer that was not understood: neither the documented content nor a documented "nothing". */
export function unexpected(outcome: PolarOutcome, what: string): AppError {
  const status = "status" in outcome ? outcome.status : 404;
  return new AppError("polar-failed", `Polar's answer to ${what} ${UNEXPECTED[outcome.kind]} (${status}).`);
}

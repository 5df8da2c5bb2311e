import {
  askStreamAgain,
  failStream,
  markStreamsDue,
  type StreamStateRow,
  settleStream,
} from "@/db/queries/stream-states";
import { AppError } from "@/lib/errors";
import { companionsOf, type Stream } from "@/lib/providers/polar/streams";
import type { CivilDate } from "@/lib/time/civil-date";
import type { SyncRun } from "./run";
import { isRetired, nextConsentCheck, nextRegularSync, nextTry } from "./schedule";
import { syncTransactionStream } from "./transaction-stream";
import { commitWindow, syncWindowStream } from "./window-stream";

/** `again`: when to ask again, if earlier than usual; `settled`: false when nothing came that settles the stream. */
type Synced = {
  cursorDate: CivilDate | null;
  windowId: string | null;
  retiredAt: Date | null;
  settled: boolean;
  again: Date | null;
};

const SETTLED = { retiredAt: null, settled: true, again: null };

const NO_WINDOW = { ...SETTLED, cursorDate: null, windowId: null };

/** A withdrawn family is left alone for a while; its companion, made due here, stands in. */
async function leaveToCompanion(run: SyncRun, stream: Stream, retiredAt: Date): Promise<Synced> {
  const { athleteId } = run.subject;
  await markStreamsDue(run.ctx.db, { athleteId, streams: companionsOf(stream), dueAt: run.stamp() });
  return { ...NO_WINDOW, retiredAt };
}

async function pull(
  run: SyncRun,
  stream: Stream,
  state: StreamStateRow,
  answered: () => void,
): Promise<Synced> {
  if (stream.delivery === "window") {
    return { ...SETTLED, ...(await syncWindowStream(run, stream, state, answered)) };
  }
  if (state.retiredAt && isRetired(state.retiredAt, run.ctx.now))
    return leaveToCompanion(run, stream, state.retiredAt);
  const { retired, ...read } = await syncTransactionStream(run, stream, state);
  if (!retired) answered();
  return { ...NO_WINDOW, ...read, retiredAt: retired ? run.stamp() : null };
}

/**
 * Pulls one stream and settles its state; what came is still to be read.
 * @param answered called when Polar has answered all of it, before the rest is written
 */
export async function syncStream(
  run: SyncRun,
  stream: Stream,
  state: StreamStateRow,
  answered: () => void,
): Promise<void> {
  const synced = await pull(run, stream, state, answered);
  const { athleteId } = run.subject;
  const at = run.stamp();
  const { settled, again } = synced;
  if (!settled && again) {
    const turn = { athleteId, stream: stream.id, at, seenDueAt: state.nextDueAt, nextDueAt: again };
    return run.write((tx) => askStreamAgain(tx.db, turn));
  }
  const regular = nextRegularSync(stream, { at: run.ctx.now, retired: synced.retiredAt !== null });
  await run.write(async (tx) => {
    if (synced.windowId) await commitWindow(run, tx, synced.windowId);
    await settleStream(tx.db, {
      athleteId,
      stream: stream.id,
      at,
      cursorDate: synced.cursorDate,
      seenDueAt: state.nextDueAt,
      nextDueAt: again ?? regular,
      retiredAt: synced.retiredAt,
    });
  });
}

/** Notes a stream's failure for the athlete's coach and the operator. @returns when it is tried again */
export async function noteFailure(
  run: SyncRun,
  stream: Stream,
  input: { state: StreamStateRow; error: unknown },
): Promise<Date> {
  const { error, state } = input;
  const known = error instanceof AppError ? error : null;
  const isConsent = known?.code === "polar-consent-missing";
  const at = run.stamp();
  const nextDueAt = isConsent ? nextConsentCheck(at) : nextTry({ at, failures: state.failures + 1 });
  await failStream(run.ctx.db, {
    athleteId: run.subject.athleteId,
    stream: stream.id,
    at,
    errorCode: known?.code ?? "internal",
    errorMessage: known?.message ?? "An error inside Restday; the log has the details.",
    nextDueAt,
  });
  return nextDueAt;
}

import { listStreamStates, type StreamStateRow } from "@/db/queries/stream-states";
import type { Stream, StreamId } from "@/lib/polar/streams";
import { parseUnread } from "../payloads/parse";
import { isQuotaTight } from "../rate-budget/forecast";
import type { SyncRun } from "./run";
import { isDue } from "./schedule";
import { type Progress, settleError } from "./settle-error";
import { syncStream } from "./stream";
import { firstTarget } from "./window-stream";

type States = ReadonlyMap<string, StreamStateRow>;

async function statesOf(run: SyncRun): Promise<States> {
  const states = await listStreamStates(run.ctx.db, run.subject.athleteId);
  return new Map(states.map((state) => [state.stream, state]));
}

/** Begins what the next due stream asks for first, while this one's answers are being written. */
function foreseeNext(run: SyncRun, turn: Turn, first: Set<StreamId>): void {
  const nowMs = run.stamp().getTime();
  const next = turn.rest.find((stream) => isDue(turn.states.get(stream.id), nowMs));
  const state = next && turn.states.get(next.id);
  if (!state || next.delivery !== "window") return;
  // After the nights of a first sync it is asked first whether there is quota for the rest.
  if (first.size > 0 && next.cadence !== "morning") return;
  const target = firstTarget(run, next, state);
  if (target) run.foresee(target);
}

/**
 * In a first sync the nights, which come first, are enough for now when others wait for theirs and Polar's quota does
 * not hold everybody's history: the rest follows in another run.
 */
async function makesWay(run: SyncRun, stream: Stream, first: Set<StreamId>): Promise<boolean> {
  if (first.size === 0 || stream.cadence === "morning") return false;
  first.clear();
  return isQuotaTight(run.ctx);
}

type Turn = { stream: Stream; state: StreamStateRow; states: States; rest: readonly Stream[] };
type Reading = Turn & { brought: boolean; failure: Promise<{ error: unknown } | null> };

function failureOf(work: Promise<void>): Promise<{ error: unknown } | null> {
  return work.then(
    () => null,
    (error: unknown) => ({ error }),
  );
}

/** The end of a stream's reading; true when the run is over. */
async function settleReading(run: SyncRun, reading: Reading | null, progress: Progress): Promise<boolean> {
  if (!reading) return false;
  const failed = await reading.failure;
  if (failed) return settleError(run, { ...reading, ...failed, progress });
  if (reading.brought) progress.synced.push(reading.stream.id);
  return false;
}

/**
 * Each due stream in turn. What one brought is read while Polar is asked for the next: never two readings at once, so
 * that payloads are read in the order they came.
 */
export async function syncDueStreams(
  run: SyncRun,
  streams: readonly Stream[],
  progress: Progress,
): Promise<void> {
  const first = new Set<StreamId>();
  let reading: Reading | null = null;
  try {
    for (const [at, stream] of streams.entries()) {
      const states = await statesOf(run);
      const state = states.get(stream.id);
      if (!isDue(state, run.stamp().getTime())) continue;
      if (await makesWay(run, stream, first)) {
        progress.paused = true;
        break;
      }
      if (stream.cadence === "morning" && state.backfilledAt === null) first.add(stream.id);
      const turn = { stream, state, states, rest: streams.slice(at + 1) };
      const answered = () => foreseeNext(run, turn, first);
      const failed = await failureOf(syncStream(run, stream, state, answered));
      if (await settleReading(run, reading, progress)) return;
      const failure = failureOf(parseUnread(run.ctx, run.subject, run.writeBeside));
      reading = { ...turn, brought: failed === null, failure };
      if (failed && (await settleError(run, { ...turn, ...failed, progress }))) break;
    }
  } finally {
    await reading?.failure;
    await run.end();
  }
  await settleReading(run, reading, progress);
}

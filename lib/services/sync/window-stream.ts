import {
  addStored,
  countAttempt,
  findUnfinished,
  insertLedgerRow,
  type LedgerRow,
  updateLedgerRow,
} from "@/db/queries/ledger";
import { addProgress, noteLeft, type StreamStateRow } from "@/db/queries/stream-states";
import type { Context } from "@/lib/context";
import { HISTORY_DAYS, isShared } from "@/lib/services/consents/bounds";
import { storePayloads } from "@/lib/services/payloads/store";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import type { Item, Window, WindowRequest } from "@/lib/wearables/connector";
import type { Stream } from "@/lib/wearables/stream";
import type { SyncRun } from "./run";
import { dueFollowers } from "./schedule";

/** Days asked for again in every cycle: a watch may be synced late, and a day goes on growing. */
const OVERLAP_DAYS = 3;

function windowOf(run: SyncRun, stream: Stream, state: StreamStateRow): Window {
  const { today, boundOf } = run.subject;
  const cursor = state.cursorDate;
  const earliest = addDays(today, 1 - HISTORY_DAYS);
  const wanted = cursor === null ? earliest : addDays(cursor, -OVERLAP_DAYS);
  const latest = [wanted, earliest, boundOf(stream).from].toSorted().at(-1) as CivilDate;
  const [from = today] = [latest, today].toSorted();
  return { from, to: today, isFirst: cursor === null };
}

/** What a window stream asks for first. */
export function firstTarget(run: SyncRun, stream: Stream, state: StreamStateRow): string | undefined {
  return run.connector.requests(stream.id, windowOf(run, stream, state))[0]?.target;
}

/** The end of a window's life, to be written together with the move of the stream's cursor. */
export async function commitWindow(run: SyncRun, tx: Context, windowId: string): Promise<void> {
  const set = { state: "committed" as const, committedAt: run.stamp(), error: null };
  await updateLedgerRow(tx.db, { id: windowId, set });
}

/** The window's row in the ledger: the one an interruption left open, or a new one. */
async function openWindow(run: SyncRun, stream: Stream, window: Window): Promise<LedgerRow> {
  const { athleteId, teamId, connectionId, provider } = run.subject;
  const unfinished = await findUnfinished(run.ctx.db, { athleteId, provider, stream: stream.id });
  if (unfinished?.state === "open") {
    await countAttempt(run.ctx.db, { id: unfinished.id, error: unfinished.error });
    return unfinished;
  }
  if (unfinished) await run.write((tx) => commitWindow(run, tx, unfinished.id));
  return run.write((tx) =>
    insertLedgerRow(tx.db, {
      teamId,
      athleteId,
      connectionId,
      provider,
      stream: stream.id,
      delivery: "window",
      windowFrom: window.from,
      windowTo: window.to,
      state: "open",
      openedAt: run.stamp(),
    }),
  );
}

type Kept = { added: number; left: number };

type Place = { stream: Stream; row: LedgerRow };

/** Keeps an answer's items that the consent covers. */
async function keep(run: SyncRun, { stream, row }: Place, all: readonly Item[]): Promise<Kept> {
  const { teamId, athleteId, provider, boundOf } = run.subject;
  const bound = boundOf(stream);
  const shared = all.filter(({ day }) => isShared(day, bound));
  const items = shared.map((item) => ({ ...item, fetchedAt: run.stamp() }));
  const added = await run.write(async (tx) => {
    const added = await storePayloads(tx, {
      teamId,
      athleteId,
      transactionId: row.id,
      provider,
      stream: stream.id,
      items,
    });
    await addStored(tx.db, { id: row.id, stored: added });
    await addProgress(tx.db, { athleteId, provider, stream: stream.id, found: added, read: added });
    if (added > 0) await dueFollowers(tx, run.connector, { stream, athleteId, dueAt: run.stamp() });
    return added;
  });
  return { added, left: all.length - shared.length };
}

/**
 * Every request's answer, in order: the next one is under way while an answer is being kept.
 * @param answered called when the last one is there
 */
async function* answers(run: SyncRun, requests: readonly WindowRequest[], answered: () => void = () => {}) {
  const ask = (at: number) => {
    if (at === requests.length) answered();
    const request = requests[at];
    const asked = request && run.ask("GET", request.target).then((outcome) => ({ request, outcome }));
    asked?.catch(() => {});
    return asked;
  };
  let asked = ask(0);
  for (let at = 1; asked; at += 1) {
    const answer = await asked;
    asked = ask(at);
    try {
      yield answer;
    } finally {
      await asked?.catch(() => {});
    }
  }
}

/** Asks and keeps; what an answer names besides its items is asked for before the next request's answer. */
async function readAll(
  run: SyncRun,
  place: Place,
  requests: readonly WindowRequest[],
  answered?: () => void,
): Promise<Kept> {
  const sum: Kept = { added: 0, left: 0 };
  const count = (kept: Kept) => {
    sum.added += kept.added;
    sum.left += kept.left;
  };
  for await (const { request, outcome } of answers(run, requests, answered)) {
    const { items, more } = request.read(outcome);
    if (items.length > 0 || more.length === 0) count(await keep(run, place, items));
    if (more.length > 0) count(await readAll(run, place, more));
  }
  return sum;
}

/**
 * Reads one window of a stream that has no transactions at its provider, with the same lifecycle on our side: a row in the
 * ledger, raw payloads, and only then the cursor. Contents that did not change are not stored again.
 * @param answered called when the provider has answered all requests
 * @returns the day the cursor moves to, and the window to commit with it
 */
export async function syncWindowStream(
  run: SyncRun,
  stream: Stream,
  state: StreamStateRow,
  answered: () => void,
): Promise<{ cursorDate: CivilDate; windowId: string }> {
  const window = windowOf(run, stream, state);
  const row = await openWindow(run, stream, window);
  const sum = await readAll(run, { stream, row }, run.connector.requests(stream.id, window), answered);
  const set = {
    state: "stored" as const,
    storedAt: run.stamp(),
    offeredCount: sum.added,
    windowTo: window.to,
  };
  await run.write(async (tx) => {
    await updateLedgerRow(tx.db, { id: row.id, set });
    // The same list comes in every cycle: what it holds from before is counted once.
    const { athleteId, provider } = run.subject;
    await noteLeft(tx.db, { athleteId, provider, stream: stream.id, atLeast: sum.left });
  });
  return { cursorDate: window.to, windowId: row.id };
}

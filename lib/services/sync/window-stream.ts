import { createHash } from "node:crypto";
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
import { AppError } from "@/lib/errors";
import { itemTexts } from "@/lib/providers/polar/items";
import type { PolarOutcome } from "@/lib/providers/polar/outcome";
import type { Stream } from "@/lib/providers/polar/streams";
import { HISTORY_DAYS, isShared } from "@/lib/services/consents/bounds";
import { type FetchedItem, storePayloads } from "@/lib/services/payloads/store";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { type SyncRun, unexpected } from "./run";
import { dueFollowers } from "./schedule";
import { type Window, type WindowRequest, windowRequests } from "./window-requests";

/** Days asked for again in every cycle: a watch may be synced late, and a day goes on growing. */
const OVERLAP_DAYS = 3;

function windowOf(run: SyncRun, stream: Stream, state: StreamStateRow): Window {
  const { today, bounds } = run.subject;
  const cursor = state.cursorDate;
  const earliest = addDays(today, 1 - HISTORY_DAYS);
  const wanted = cursor === null ? earliest : addDays(cursor, -OVERLAP_DAYS);
  const latest = [wanted, earliest, bounds[stream.id].from].toSorted().at(-1) as CivilDate;
  const [from = today] = [latest, today].toSorted();
  return { from, to: today, isFirst: cursor === null };
}

/** What a window stream asks for first. */
export function firstTarget(run: SyncRun, stream: Stream, state: StreamStateRow): string | undefined {
  return windowRequests(stream, windowOf(run, stream, state))[0]?.target;
}

/** The end of a window's life, to be written together with the move of the stream's cursor. */
export async function commitWindow(run: SyncRun, tx: Context, windowId: string): Promise<void> {
  const set = { state: "committed" as const, committedAt: run.stamp(), error: null };
  await updateLedgerRow(tx.db, { id: windowId, set });
}

/** The window's row in the ledger: the one an interruption left open, or a new one. */
async function openWindow(run: SyncRun, stream: Stream, window: Window): Promise<LedgerRow> {
  const { athleteId, teamId, connectionId } = run.subject;
  const unfinished = await findUnfinished(run.ctx.db, { athleteId, stream: stream.id });
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
      stream: stream.id,
      delivery: "window",
      windowFrom: window.from,
      windowTo: window.to,
      state: "open",
      openedAt: run.stamp(),
    }),
  );
}

type Item = { text: string; json: Record<string, unknown> };

function asItem(text: string, json: unknown): Item {
  const isObject = json !== null && typeof json === "object" && !Array.isArray(json);
  return { text, json: isObject ? (json as Record<string, unknown>) : {} };
}

/** A list's elements: as the text they came as, and read. */
function listOf(text: string, json: unknown, key: string | null): Item[] | null {
  const texts = itemTexts(text, key);
  const values = key === null ? json : (json as Record<string, unknown> | null)?.[key];
  if (!texts || !Array.isArray(values) || values.length !== texts.length) return null;
  return texts.map((one, at) => asItem(one, values[at]));
}

function isAbsence(outcome: PolarOutcome, { absence }: WindowRequest): boolean {
  return (absence === 404 && outcome.kind === "missing") || (absence === 204 && outcome.kind === "empty");
}

function notAsDocumented(): AppError {
  return new AppError("polar-failed", "Polar's answer held no list where one belongs.");
}

/** The items of an answer, each with its exact text. @throws AppError `polar-failed` for whatever is not in its documented shape */
function itemsOf(outcome: PolarOutcome, request: WindowRequest): Item[] {
  if (isAbsence(outcome, request)) return [];
  if (outcome.kind !== "content") throw unexpected(outcome, "a list");
  const { text, json } = outcome;
  const { list, keyOf } = request;
  if (list === null || typeof list === "string") {
    const items = listOf(text, json, list);
    if (!items) throw notAsDocumented();
    return items;
  }
  const single = asItem(text, json);
  const isItem = request.isItem?.(single.json) ?? keyOf(single.json) !== undefined;
  if (!isItem) throw notAsDocumented();
  return [single];
}

function fetchedItem(run: SyncRun, request: WindowRequest, item: Item): FetchedItem {
  const unnamed = () => `unnamed/${createHash("sha256").update(item.text).digest("hex").slice(0, 16)}`;
  return {
    resource: request.resource,
    providerKey: (request.keyOf(item.json) ?? unnamed()).slice(0, 200),
    body: item.text,
    fetchedAt: run.stamp(),
  };
}

type Kept = { added: number; left: number };

/** Where a resource writes when it begins: two of one date (a night and a nap) are told apart by it. */
const START_KEYS = ["sleep_start_time", "period_start_time", "start_time"] as const;

/** Items of one answer that share a key are not versions of each other: each gets a key of its own. */
function withOwnKeys(items: readonly (FetchedItem & { json: Record<string, unknown> })[]): FetchedItem[] {
  const counts = new Map<string, number>();
  for (const { providerKey } of items) counts.set(providerKey, (counts.get(providerKey) ?? 0) + 1);
  return items.map(({ json, ...item }) => {
    const start = START_KEYS.map((key) => json[key]).find((value) => typeof value === "string");
    const isAlone = counts.get(item.providerKey) === 1 || start === undefined;
    return isAlone ? item : { ...item, providerKey: `${item.providerKey}/${start}`.slice(0, 200) };
  });
}

/** Keeps an answer's items that the consent covers: of a state as it is now there is no earlier one to leave alone. */
async function keep(
  run: SyncRun,
  { stream, row, request }: { stream: Stream; row: LedgerRow; request: WindowRequest },
  outcome: PolarOutcome,
): Promise<Kept> {
  const { teamId, athleteId, bounds } = run.subject;
  const isState = request.resource === "physical-info";
  const all = itemsOf(outcome, request).filter(({ json }) => request.accepts?.(json) ?? true);
  const wanted = all.filter(({ json }) => isState || isShared(json, bounds[stream.id]));
  const items = withOwnKeys(wanted.map((item) => ({ ...fetchedItem(run, request, item), json: item.json })));
  const added = await run.write(async (tx) => {
    const added = await storePayloads(tx, {
      teamId,
      athleteId,
      transactionId: row.id,
      stream: stream.id,
      items,
    });
    await addStored(tx.db, { id: row.id, stored: added });
    await addProgress(tx.db, { athleteId, stream: stream.id, found: added, read: added });
    if (added > 0) await dueFollowers(tx, stream, { athleteId, dueAt: run.stamp() });
    return added;
  });
  return { added, left: all.length - wanted.length };
}

/** What to ask for one by one because a range's answer was one item or none, and no list. */
function singlyOf(request: WindowRequest, outcome: PolarOutcome): readonly WindowRequest[] {
  if (!request.singly || typeof request.list !== "string") return [];
  if (outcome.kind === "missing") return request.singly;
  const json = outcome.kind === "content" ? outcome.json : null;
  const isItem = request.keyOf(asItem("", json).json) !== undefined;
  return isItem ? request.singly : [];
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

/**
 * Reads one window of a stream that has no transactions at Polar, with the same lifecycle on our side: a row in the
 * ledger, raw payloads, and only then the cursor. Contents that did not change are not stored again.
 * @param answered called when Polar has answered all requests
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
  const sum: Kept = { added: 0, left: 0 };
  const count = (kept: Kept) => {
    sum.added += kept.added;
    sum.left += kept.left;
  };
  for await (const { request, outcome } of answers(run, windowRequests(stream, window), answered)) {
    const singly = singlyOf(request, outcome);
    if (singly.length === 0) count(await keep(run, { stream, row, request }, outcome));
    for await (const day of answers(run, singly))
      count(await keep(run, { stream, row, request: day.request }, day.outcome));
  }
  const set = {
    state: "stored" as const,
    storedAt: run.stamp(),
    offeredCount: sum.added,
    windowTo: window.to,
  };
  await run.write(async (tx) => {
    await updateLedgerRow(tx.db, { id: row.id, set });
    // The same list comes in every cycle: what it holds from before is counted once.
    await noteLeft(tx.db, { athleteId: run.subject.athleteId, stream: stream.id, atLeast: sum.left });
  });
  return { cursorDate: window.to, windowId: row.id };
}

import { countReadings, findLatestConnection, listStreamStates } from "@/db/queries/own-page";
import type { Context } from "@/lib/context";
import { STREAMS, type Stream } from "@/lib/providers/polar/streams";
import { requireOwn } from "@/lib/services/access/require";
import { forecastFirstSyncs } from "@/lib/services/provider/budget";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { sharingOf } from "./sharing";
import type { FirstSyncWait, Progress, StreamProgress } from "./view-model";

/** Code of a stream that waits for Polar's quota: no failure, it goes on by itself. */
const BUSY = "polar-busy";

type StateRow = Awaited<ReturnType<typeof listStreamStates>>[number];

/** How far the first reading of an athlete's data has come, by stream. Athletes only. @throws AppError `not-signed-in` */
export async function viewProgress(of: { ctx: Context }): Promise<Progress> {
  const { db, now } = of.ctx;
  const { athlete, squad, who } = await requireOwn(of.ctx, "own-page.view");
  const since = addDays(civilDateIn(now, squad.timeZone), -squad.baselineDays);
  const [connection, states, readings] = await Promise.all([
    findLatestConnection(db, who),
    listStreamStates(db, who),
    countReadings(db, { ...who, since }),
  ]);
  const streams = STREAMS.filter((stream) => stream.partOf === null).flatMap((stream) =>
    progressOf(stream, states),
  );
  return {
    connection: sharingOf({ connection, athlete, reads: [] }).state,
    done: streams.length > 0 && streams.every(({ state }) => state === "done" || state === "failed"),
    streams,
    readings,
    firstSyncWait: await firstSyncWait(of.ctx, { connection, states, athlete, timeZone: squad.timeZone }),
  };
}

/** A stream counts as read when its companions are read too; their items are the same sessions and days. */
function progressOf(stream: Stream, states: StateRow[]): StreamProgress[] {
  const main = states.find((state) => state.stream === stream.id);
  if (!main) return [];
  const companions = STREAMS.filter((other) => other.partOf === stream.id).map((other) => other.id as string);
  const all = states.filter((state) => state === main || companions.includes(state.stream));
  const found = Math.max(...all.map((state) => state.foundCount));
  const read = Math.max(...all.map((state) => state.readCount - state.asideCount), 0);
  const aside = all.reduce((sum, state) => sum + state.asideCount, 0);
  const left = Math.max(...all.map((state) => state.leftCount));
  const errorCode = errorOf(all);
  const line = stream.consentKey;
  const state = stateOf(all, errorCode);
  return [{ stream: stream.id, line, found, read, aside, left, state, errorCode }];
}

/** What went wrong; a quota used up is a wait, and said only when nothing is wrong beside it. */
function errorOf(all: StateRow[]): string | null {
  const codes = all.flatMap(({ errorCode }) => errorCode ?? []);
  return codes.find((code) => code !== BUSY) ?? codes[0] ?? null;
}

function stateOf(all: StateRow[], errorCode: string | null): StreamProgress["state"] {
  if (all.every((state) => state.backfilledAt !== null)) return "done";
  if (errorCode !== null && errorCode !== BUSY) return "failed";
  return all.some((state) => state.foundCount > 0 || state.backfilledAt !== null) ? "running" : "waiting";
}

type ConnectionRow = { status: string; backfilledAt: Date | null } | undefined;

type WaitingStream = { nextDueAt: Date | null };

/**
 * Until when Polar's quota keeps an athlete waiting: to be registered there, or for the first sync to be complete; null
 * when it does not, or none is under way.
 */
export async function firstSyncWait(
  ctx: Context,
  of: {
    connection: ConnectionRow;
    states: readonly WaitingStream[];
    athlete: { pausedAt: Date | null };
    timeZone: string;
  },
): Promise<FirstSyncWait | null> {
  const { connection, states, athlete, timeZone } = of;
  if (!connection || athlete.pausedAt) return null;
  const around = { timeZone, today: civilDateIn(ctx.now, timeZone) };
  if (connection.status === "registering") {
    const dueMs = states.flatMap(({ nextDueAt }) => nextDueAt?.getTime() ?? []);
    return { what: "registration", untilMs: Math.max(ctx.now.getTime(), ...dueMs), ...around };
  }
  if (connection.status !== "active" || connection.backfilledAt) return null;
  const forecast = await forecastFirstSyncs({ ctx });
  if (!forecast?.quotaWaits) return null;
  return { what: "history", untilMs: forecast.doneAt.getTime(), ...around };
}

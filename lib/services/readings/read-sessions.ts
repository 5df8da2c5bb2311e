import { findAthleteInSquad, findTeamOfAthlete } from "@/db/queries/athletes";
import {
  deleteOtherSessionReadings,
  keepOutdatedFile,
  listOutdatedFiles,
  listRecordings,
  type NewMorningReading,
  type RrRecording,
} from "@/db/queries/readings";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { REDUCTION_VERSION } from "@/lib/hrv/morning-reading";
import { requireCan } from "@/lib/services/access/require";
import { changeRule, requireWriter, ruleOf, storeReadings } from "./keep";
import { ReadingInputError } from "./read-readings";
import { readRr } from "./read-rr";
import { reduceRr, reduceSamples } from "./recordings";

/** A recording that begins later in the day is no morning reading. */
const BEFORE = "12:00";

/**
 * Reads the athlete's short RR recordings that the squad's rule takes for morning readings: the first of each morning.
 * May be repeated at will; rejected recordings are kept as such. Jobs, coaches, and athletes for themselves.
 * @throws AppError `not-found`, `forbidden`
 */
export async function readSessions(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<{ changed: number; found: number }> {
  const athlete = await whoseSessions(of.ctx, of.input.athleteId);
  if (!athlete) return { changed: 0, found: 0 };
  const { teamId, id: athleteId, squadId } = athlete;
  return inTransaction(of.ctx, async (ctx) => {
    const rule = await ruleOf(ctx, { teamId, squadId });
    const recordings = await listRecordings(ctx.db, {
      teamId,
      athleteId,
      ...rule,
      before: BEFORE,
      reductionVersion: REDUCTION_VERSION,
    });
    const readings = recordings.flatMap((recording) => readingOf(recording, ctx.now));
    const unchanged = recordings.filter(({ rrMs }) => rrMs === null);
    const keptDates = [...unchanged, ...readings].map(({ date }) => date);
    const removed = await deleteOtherSessionReadings(ctx.db, { teamId, athleteId, keptDates });
    const again = await readFilesAgain(ctx, { teamId, athleteId });
    const stored = await storeReadings(ctx, {
      teamId,
      athleteId,
      action: "athlete/recordings-read",
      readings: [...readings, ...again],
    });
    return { changed: stored + removed, found: keptDates.length };
  });
}

/**
 * Changes a squad's rule and reads one athlete's recordings by it at once, or does neither. Coaches and owners.
 * @throws AppError `bad-input`, `not-found`, `forbidden`
 */
export async function readByRule(of: {
  ctx: Context;
  input: { athleteId: string; rule: Parameters<typeof changeRule>[0]["input"] };
}): Promise<{ found: number }> {
  const { athleteId, rule } = of.input;
  return inTransaction(of.ctx, async (ctx) => {
    await changeRule({ ctx, input: rule });
    return readSessions({ ctx, input: { athleteId } });
  });
}

function readingOf({ workoutId, date, rrMs, rrHash }: RrRecording, createdAt: Date): NewMorningReading[] {
  const reduced = rrMs && reduceSamples(rrMs);
  if (!reduced) return [];
  return [{ date, origin: "rr-session", ...reduced.figures, workoutId, rrHash, body: null, createdAt }];
}

/** Uploaded files are judged by the present reduction, as synced recordings are; one that is no reading any more stays as rejected. */
async function readFilesAgain(
  ctx: Context,
  owner: { teamId: string; athleteId: string },
): Promise<NewMorningReading[]> {
  const reductionVersion = REDUCTION_VERSION;
  const files = await listOutdatedFiles(ctx.db, { ...owner, reductionVersion });
  const again: NewMorningReading[] = [];
  for (const { date, body } of files) {
    const figures = figuresOf(body);
    if (figures === null) await keepOutdatedFile(ctx.db, { ...owner, date, reductionVersion });
    else
      again.push({
        date,
        origin: "rr-file",
        ...figures,
        workoutId: null,
        rrHash: reductionVersion,
        body,
        createdAt: ctx.now,
      });
  }
  return again;
}

function figuresOf(body: string) {
  try {
    const { rrMs, timing } = readRr(new TextEncoder().encode(body));
    return reduceRr(rrMs, timing)?.figures ?? null;
  } catch (error) {
    if (error instanceof ReadingInputError) return null;
    throw error;
  }
}

async function whoseSessions(ctx: Context, athleteId: string) {
  requireCan(ctx, "recordings.read");
  if (ctx.actor.kind !== "job") return requireWriter(ctx, athleteId);
  const teamId = await findTeamOfAthlete(ctx.db, athleteId);
  const found = teamId ? await findAthleteInSquad(ctx.db, { teamId, athleteId }) : undefined;
  // An athlete may leave between the event and the job: nothing is read of them then.
  return teamId && found && !found.stoppedAt ? { ...found, teamId } : undefined;
}

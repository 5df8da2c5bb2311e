import { z } from "zod";
import { inTransaction } from "@/db/transaction";
import { isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import { parseInput } from "../access/parse-input";
import { ReadingInputError } from "./problems";
import { readRr } from "./read-rr";
import { reduceRr } from "./reduce";
import { requireWriter } from "./require-reader";
import { storeReadings } from "./store";

const rrInput = z.object({ athleteId: z.string(), date: z.string().refine(isCivilDate), text: z.string() });

export type RrImport = {
  rmssdMs: number;
  heartRateBpm: number;
  acceptedShare: number;
  quality: "good" | "poor";
  beats: number;
};

/**
 * Reduces an RR text file to the morning reading of its day and stores it with the file. A recording with too many
 * artefacts is refused. Coaches, and athletes for themselves. @throws ReadingInputError naming the line; AppError
 * `bad-input`, `not-found`, `forbidden`
 */
export async function importRr(of: { ctx: Context; input: z.input<typeof rrInput> }): Promise<RrImport> {
  const { athleteId, date, text } = parseInput(rrInput, of.input);
  const athlete = await requireWriter(of.ctx, athleteId);
  if (date > civilDateIn(of.ctx.now, athlete.timeZone))
    throw new ReadingInputError([{ line: null, field: "date", problem: "in-the-future" }]);
  const reduced = reduceRr(readRr(text));
  if (reduced === null || reduced.quality === "rejected" || reduced.quality === "unknown")
    throw new ReadingInputError([{ line: null, field: "rr", problem: "rejected" }]);
  const { beats, ...figures } = reduced;
  const reading = {
    date,
    origin: "rr-file",
    ...figures,
    workoutId: null,
    body: text,
    createdAt: of.ctx.now,
  } as const;
  await inTransaction(of.ctx, (ctx) =>
    storeReadings(ctx, {
      teamId: athlete.teamId,
      athleteId: athlete.id,
      action: "athlete/rr-file-imported",
      readings: [reading],
    }),
  );
  return {
    rmssdMs: reduced.rmssdMs,
    heartRateBpm: reduced.heartRateBpm ?? 0,
    acceptedShare: reduced.acceptedShare ?? 0,
    quality: reduced.quality,
    beats,
  };
}

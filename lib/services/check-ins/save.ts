import { z } from "zod";
import { findAthlete } from "@/db/queries/athletes/find";
import { type CheckInRow, findCheckIn, upsertCheckIn } from "@/db/queries/check-ins/upsert";
import { civilDateIn, localTimeIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { parseInput } from "../access/parse-input";
import { requireAthlete } from "../access/require-athlete";
import { CHANGEABLE_UNTIL, QUESTIONS, TAGS } from "./questions";

const answer = z.coerce.number().int().min(1).max(7).nullable();
const checkInInput = z.object({
  sleepQuality: answer,
  fatigue: answer,
  soreness: answer,
  lifeStress: answer,
  tags: z.array(z.enum(TAGS)).max(TAGS.length),
  note: z.string().trim().max(500),
  /** When the check-in the form was drawn from was sent; empty for none. */
  basis: z.string().max(40).default(""),
});

/**
 * Stores this morning's check-in of the athlete; every answer is optional, one of all is needed. Today is the squad's
 * day. A form drawn before an earlier check-in was sent (a second tab) adds to it and empties nothing. Athletes only.
 * @throws AppError `bad-input` with the field, `conflict` when a sent one is changed after noon, `not-signed-in`
 */
export async function saveCheckIn(of: { ctx: Context; input: unknown }): Promise<void> {
  const who = requireAthlete(of.ctx);
  const { db, now } = of.ctx;
  const { note, basis, ...answers } = parseInput(checkInInput, of.input);
  if (QUESTIONS.every((question) => answers[question] === null) && !note && answers.tags.length === 0)
    throw new AppError("bad-input", "Answer at least one question.", { field: "sleepQuality" });
  const found = await findAthlete(db, who);
  if (!found || found.athlete.stoppedAt) throw new AppError("forbidden", "You have stopped sharing.");
  const date = civilDateIn(now, found.squad.timeZone);
  const earlier = await findCheckIn(db, { ...who, date });
  if (earlier && localTimeIn(now, found.squad.timeZone) >= CHANGEABLE_UNTIL)
    throw new AppError("conflict", "Your check-in can be changed until noon.");
  const sent = { ...answers, note: note || null };
  const isStale = earlier !== undefined && earlier.answeredAt.toISOString() !== basis;
  await upsertCheckIn(db, { ...who, ...(isStale ? added(earlier, sent) : sent), date, answeredAt: now });
}

type Sent = Pick<CheckInRow, (typeof QUESTIONS)[number] | "tags" | "note">;

/** What was sent on top of what another tab sent before. */
function added(earlier: CheckInRow, sent: Sent): Sent {
  const answers = QUESTIONS.map((question) => [question, sent[question] ?? earlier[question]]);
  return {
    ...sent,
    ...Object.fromEntries(answers),
    tags: [...new Set([...earlier.tags, ...sent.tags])],
    note: sent.note ?? earlier.note,
  };
}

import { z } from "zod";
import { findAthlete } from "@/db/queries/athletes";
import {
  type CheckInRow,
  countCheckIns,
  findCheckIn,
  listCheckIns,
  upsertCheckIn,
} from "@/db/queries/check-ins";
import { CHANGEABLE_UNTIL, CHECK_IN_TAGS, type CheckInTag, QUESTIONS, type Question } from "@/lib/check-in";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { pageWithin } from "@/lib/paging";
import { parseInput, requireCan } from "@/lib/services/access/require";
import type { CivilDate } from "@/lib/time/civil-date";
import { civilDateIn, localTimeIn } from "@/lib/time/zone";

const answer = z.coerce.number().int().min(1).max(7).nullable();

const checkInInput = z.object({
  sleepQuality: answer,
  fatigue: answer,
  soreness: answer,
  lifeStress: answer,
  tags: z.array(z.enum(CHECK_IN_TAGS)).max(CHECK_IN_TAGS.length),
  note: z.string().trim().max(500),
  /** What the form was drawn from, as `basisOf` gave it; empty for none. */
  basis: z.string().max(3000).default(""),
});

/** What a form holds when it is drawn: the answers then, and when they were sent. It travels with the form. */
const basisSchema = z.object({
  sentAt: z.string(),
  sleepQuality: answer,
  fatigue: answer,
  soreness: answer,
  lifeStress: answer,
  tags: z.array(z.string()),
  note: z.string().nullable(),
});

type Basis = z.output<typeof basisSchema>;

const NOTHING: Basis = {
  sentAt: "",
  sleepQuality: null,
  fatigue: null,
  soreness: null,
  lifeStress: null,
  tags: [],
  note: null,
};

/** The check-in that a form is drawn from, as a text for a hidden field; empty where none was sent yet. */
export function basisOf(row: CheckInRow | undefined): string {
  if (!row) return "";
  const { sleepQuality, fatigue, soreness, lifeStress, tags, note } = row;
  const basis = {
    sentAt: row.answeredAt.toISOString(),
    sleepQuality,
    fatigue,
    soreness,
    lifeStress,
    tags,
    note,
  };
  return JSON.stringify(basis satisfies Basis);
}

function readBasis(text: string): Basis {
  try {
    return basisSchema.parse(JSON.parse(text));
  } catch {
    return NOTHING;
  }
}

/**
 * Stores this morning's check-in of the athlete; every answer is optional, one of all is needed. Today is the squad's
 * day. Of a form drawn before the last one was sent (a second tab) only what was changed in it counts: it neither empties
 * nor turns back what was sent meanwhile. Athletes only.
 * @throws AppError `bad-input` with the field, `conflict` when a sent one is changed after noon, `not-signed-in`
 */
export async function saveCheckIn(of: { ctx: Context; input: unknown }): Promise<void> {
  const who = requireCan(of.ctx, "check-ins.send");
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
  const drawn = readBasis(basis);
  const isStale = earlier !== undefined && earlier.answeredAt.toISOString() !== drawn.sentAt;
  const kept = isStale ? changed(earlier, { drawn, sent }) : sent;
  await upsertCheckIn(db, { ...who, ...kept, date, answeredAt: now });
}

type Sent = Pick<CheckInRow, (typeof QUESTIONS)[number] | "tags" | "note">;

/** What was sent meanwhile, with what this form changed of what it was drawn from. */
function changed(earlier: CheckInRow, { drawn, sent }: { drawn: Basis; sent: Sent }): Sent {
  const answers = QUESTIONS.map((question) => [
    question,
    sent[question] === drawn[question] ? earlier[question] : sent[question],
  ]);
  const removed = drawn.tags.filter((tag) => !sent.tags.some((one) => one === tag));
  const added = sent.tags.filter((tag) => !drawn.tags.includes(tag));
  const tags = [...new Set([...earlier.tags.filter((tag) => !removed.includes(tag)), ...added])];
  return {
    ...sent,
    ...Object.fromEntries(answers),
    tags,
    note: sent.note === drawn.note ? earlier.note : sent.note,
  };
}

/** What an athlete sent on one morning. */
export type SentCheckIn = {
  date: CivilDate;
  answers: { question: Question; answer: number | null }[];
  tags: CheckInTag[];
  note: string | null;
};

export const CHECK_INS_PER_PAGE = 60;

/** What the athlete has sent, the latest first, a page at a time; beyond the last page, the last. Athletes only. @throws AppError `not-signed-in` */
export async function listOwnCheckIns(of: {
  ctx: Context;
  input: { page: number };
}): Promise<{ sent: SentCheckIn[]; page: number; total: number }> {
  const who = requireCan(of.ctx, "own-page.view");
  const total = await countCheckIns(of.ctx.db, who);
  const { page, offset } = pageWithin({ page: of.input.page, total, perPage: CHECK_INS_PER_PAGE });
  const rows = await listCheckIns(of.ctx.db, { ...who, limit: CHECK_INS_PER_PAGE, offset });
  return { sent: rows.map(sentOf), page, total };
}

function sentOf(row: CheckInRow): SentCheckIn {
  return {
    date: row.date,
    answers: QUESTIONS.map((question) => ({ question, answer: row[question] })),
    tags: CHECK_IN_TAGS.filter((tag) => row.tags.includes(tag)),
    note: row.note,
  };
}

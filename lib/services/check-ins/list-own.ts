import { type CheckInRow, countCheckIns, listCheckIns } from "@/db/queries/check-ins";
import { CHECK_IN_TAGS, type CheckInTag, QUESTIONS, type Question } from "@/lib/check-in";
import type { CivilDate } from "@/lib/time/civil-date";
import type { Context } from "../../context";
import { requireAthlete } from "../access/require-athlete";

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
  const who = requireAthlete(of.ctx);
  const total = await countCheckIns(of.ctx.db, who);
  const page = Math.min(of.input.page, Math.max(1, Math.ceil(total / CHECK_INS_PER_PAGE)));
  const offset = (page - 1) * CHECK_INS_PER_PAGE;
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

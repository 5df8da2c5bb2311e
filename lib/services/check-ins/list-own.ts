import { countCheckIns, listCheckIns } from "@/db/queries/check-ins/list";
import type { CheckInRow } from "@/db/queries/check-ins/upsert";
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

/** What the athlete has sent, the latest first, a page at a time. Athletes only. @throws AppError `not-signed-in` */
export async function listOwnCheckIns(of: {
  ctx: Context;
  input: { page: number };
}): Promise<{ sent: SentCheckIn[]; total: number }> {
  const who = requireAthlete(of.ctx);
  const offset = (of.input.page - 1) * CHECK_INS_PER_PAGE;
  const [rows, total] = await Promise.all([
    listCheckIns(of.ctx.db, { ...who, limit: CHECK_INS_PER_PAGE, offset }),
    countCheckIns(of.ctx.db, who),
  ]);
  return { sent: rows.map(sentOf), total };
}

function sentOf(row: CheckInRow): SentCheckIn {
  return {
    date: row.date,
    answers: QUESTIONS.map((question) => ({ question, answer: row[question] })),
    tags: CHECK_IN_TAGS.filter((tag) => row.tags.includes(tag)),
    note: row.note,
  };
}

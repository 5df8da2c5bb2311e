import { and, eq, lt } from "drizzle-orm";
import type { Level } from "../../../lib/readiness/types";
import type { Db } from "../../client";
import { mails } from "../../schema/mail";

export type MailedLevel = { athleteId: string; date: string; level: Level };

/** What a coach was mailed about a squad's athletes before a day, in date order: as it was said, whatever was recomputed since. */
export async function listMailed(
  db: Db,
  input: { squadId: string; userId: string; before: string },
): Promise<MailedLevel[]> {
  const rows = await db
    .select({ date: mails.newsDate, frozen: mails.frozen })
    .from(mails)
    .where(
      and(
        eq(mails.squadId, input.squadId),
        eq(mails.userId, input.userId),
        eq(mails.kind, "morning"),
        lt(mails.newsDate, input.before),
      ),
    )
    .orderBy(mails.newsDate);
  return rows.flatMap(({ date, frozen }) =>
    (frozen?.athletes ?? []).map(({ athleteId, level }) => ({
      athleteId,
      date: date!,
      level: level as Level,
    })),
  );
}

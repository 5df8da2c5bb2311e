import { and, eq, inArray, lte, ne } from "drizzle-orm";
import { NEWS_KINDS } from "@/lib/alerts/frozen";
import type { Level } from "../../../lib/readiness/types";
import type { Db } from "../../client";
import { mails } from "../../schema/mail";

export type MailedLevel = { athleteId: string; date: string; level: Level };

/**
 * What a coach was mailed about a squad's athletes up to a day, in date order: as it was said, whatever was recomputed
 * since. A mail that surely never went out told nobody anything.
 */
export async function listMailed(
  db: Db,
  input: { squadId: string; userId: string; until: string },
): Promise<MailedLevel[]> {
  const rows = await db
    .select({ date: mails.newsDate, frozen: mails.frozen })
    .from(mails)
    .where(
      and(
        eq(mails.squadId, input.squadId),
        eq(mails.userId, input.userId),
        inArray(mails.kind, NEWS_KINDS),
        ne(mails.state, "failed"),
        lte(mails.newsDate, input.until),
      ),
    )
    .orderBy(mails.newsDate);
  return rows.flatMap(({ date, frozen }) =>
    (frozen?.athletes ?? []).map(({ athleteId, level }) => ({
      athleteId,
      date: date!,
      level,
    })),
  );
}

/** Coaches who have a squad's later mail of a day, sent, failed or on its way. */
export async function listCoachesToldLater(
  db: Db,
  input: { squadId: string; date: string },
): Promise<Set<string | null>> {
  const told = (await listMailsOfDay(db, input)).filter(({ kind }) => kind === "later-today");
  return new Set(told.map(({ userId }) => userId));
}

/** The readiness mails of a squad and day: to whom, how they ended, and whom they told of. */
export async function listMailsOfDay(db: Db, input: { squadId: string; date: string }) {
  return db
    .select({ kind: mails.kind, userId: mails.userId, state: mails.state, frozen: mails.frozen })
    .from(mails)
    .where(
      and(eq(mails.squadId, input.squadId), eq(mails.newsDate, input.date), inArray(mails.kind, NEWS_KINDS)),
    );
}

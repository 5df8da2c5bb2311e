import { and, eq } from "drizzle-orm";
import type { NewsKind } from "@/lib/alerts/frozen";
import type { Db } from "../../client";
import { laterMailStops, mailStops } from "../../schema/mail";

type Stop = { userId: string; squadId: string; what: NewsKind };

/** All readiness mails of a squad, or those after the morning's alone. */
const TABLES = { morning: mailStops, "later-today": laterMailStops } as const;

/** Notes that a coach wants no readiness mails of a squad, or none after the morning's. */
export async function insertMailStop(db: Db, input: Stop & { stoppedAt: Date }): Promise<void> {
  const { what, ...stop } = input;
  await db.insert(TABLES[what]).values(stop).onConflictDoNothing();
}

/** Forgets it. */
export async function deleteMailStop(db: Db, { userId, squadId, what }: Stop): Promise<void> {
  const table = TABLES[what];
  await db.delete(table).where(and(eq(table.userId, userId), eq(table.squadId, squadId)));
}

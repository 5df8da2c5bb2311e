import { and, asc, eq, getTableColumns, gt } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Db } from "../../client";
import { connections, streamStates, transactionItems, transactions } from "../../schema/connection";
import { mails } from "../../schema/mail";
import { quarantinedFields, rawPayloads } from "../../schema/payload";
import {
  checkIns,
  dayDecisions,
  episodeVerdicts,
  notes,
  readinessDays,
  sourceChoices,
} from "../../schema/readiness";
import { morningReadings, readingUploads } from "../../schema/reading";
import { athletes, consents, invitations } from "../../schema/squad";
import {
  dailyActivities,
  dailyLoads,
  heartRateDays,
  measurements,
  naps,
  nights,
  physicalInfos,
  sleeps,
  workoutLoads,
  workoutSamples,
  workouts,
} from "../../schema/wearable";

type Owned = PgTable & { teamId: PgColumn; athleteId: PgColumn };

/** Tables whose rows are an athlete's; what others hold about one is in export-others.ts. Secrets (hashes of links, sealed tokens and mails) are left out below. */
const owned = {
  consents,
  invitations,
  connections,
  streamStates,
  checkIns,
  notes,
  dayDecisions,
  nights,
  sleeps,
  naps,
  dailyLoads,
  dailyActivities,
  workouts,
  workoutSamples,
  workoutLoads,
  physicalInfos,
  heartRateDays,
  measurements,
  morningReadings,
  readingUploads,
  readinessDays,
  episodeVerdicts,
  sourceChoices,
  transactions,
  transactionItems,
  quarantinedFields,
  mails,
} satisfies Record<string, Owned>;

const secrets = new Set(["tokenHash", "accessTokenSealed", "bodySealed", "frozen"]);

type AthleteKey = { teamId: string; athleteId: string };

/** Names of the parts of an export that are an athlete's own, in order; `rawPayloads` comes last, a page at a time. */
export const EXPORT_PARTS = Object.keys(owned) as (keyof typeof owned)[];

/** The athlete's own row. */
export async function exportAthleteRow(db: Db, input: AthleteKey) {
  const [row] = await db
    .select()
    .from(athletes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
  return row;
}

/** Every row of one part. */
export async function exportPart(db: Db, input: AthleteKey & { part: keyof typeof owned }) {
  const table: Owned = owned[input.part];
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => !secrets.has(name));
  return db
    .select(Object.fromEntries(columns))
    .from(table)
    .where(and(eq(table.athleteId, input.athleteId), eq(table.teamId, input.teamId)));
}

/** A page of what Polar answered, byte for byte, in the order of its ids. */
export async function exportPayloads(db: Db, input: AthleteKey & { afterId: string | null; limit: number }) {
  return db
    .select()
    .from(rawPayloads)
    .where(
      and(
        eq(rawPayloads.athleteId, input.athleteId),
        eq(rawPayloads.teamId, input.teamId),
        input.afterId === null ? undefined : gt(rawPayloads.id, input.afterId),
      ),
    )
    .orderBy(asc(rawPayloads.id))
    .limit(input.limit);
}

import { and, asc, count, desc, eq, getTableColumns, gt, min, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { readingUploads } from "@/db/schema/reading";

type Owner = { teamId: string; athleteId: string };

export type UploadRow = typeof readingUploads.$inferSelect;

/** Without the file, which only the job needs. */
const { file: _file, ...shown } = getTableColumns(readingUploads);

type NewUpload = Pick<UploadRow, keyof Owner | "personId" | "kind" | "state" | "uploadedAt"> &
  Partial<Pick<UploadRow, "date" | "file">>;

/** How often a person has uploaded since a moment, and when the first of those was; others of that person wait meanwhile. */
export async function countUploads(
  db: Db,
  input: { personId: string; since: Date },
): Promise<{ uploads: number; firstAt: Date | null }> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`upload/${input.personId}`}, 0))`);
  const [row] = await db
    .select({ uploads: count(), firstAt: min(readingUploads.uploadedAt) })
    .from(readingUploads)
    .where(and(eq(readingUploads.personId, input.personId), gt(readingUploads.uploadedAt, input.since)));
  return { uploads: row?.uploads ?? 0, firstAt: row?.firstAt ?? null };
}

/** @returns the new upload's id */
export async function insertUpload(db: Db, upload: NewUpload): Promise<string> {
  const [row] = await db.insert(readingUploads).values(upload).returning({ id: readingUploads.id });
  return row!.id;
}

/** What a job has to read; undefined once it is gone. */
export async function findUploadForJob(db: Db, uploadId: string): Promise<UploadRow | undefined> {
  const [row] = await db.select().from(readingUploads).where(eq(readingUploads.id, uploadId));
  return row;
}

type OwnUpload = Owner & { personId: string; uploadId: string };

function isOwn({ teamId, athleteId, personId, uploadId }: OwnUpload) {
  return and(
    eq(readingUploads.id, uploadId),
    eq(readingUploads.teamId, teamId),
    eq(readingUploads.athleteId, athleteId),
    eq(readingUploads.personId, personId),
  );
}

/** A person's own upload for an athlete. */
export async function findUpload(db: Db, input: OwnUpload): Promise<Omit<UploadRow, "file"> | undefined> {
  const [row] = await db.select(shown).from(readingUploads).where(isOwn(input));
  return row;
}

/** A person's latest recording for an athlete since a moment. */
export async function findLatestUpload(
  db: Db,
  input: Owner & { personId: string; since: Date },
): Promise<Omit<UploadRow, "file"> | undefined> {
  const [row] = await db
    .select(shown)
    .from(readingUploads)
    .where(
      and(
        eq(readingUploads.teamId, input.teamId),
        eq(readingUploads.athleteId, input.athleteId),
        eq(readingUploads.personId, input.personId),
        eq(readingUploads.kind, "recording"),
        gt(readingUploads.uploadedAt, input.since),
      ),
    )
    .orderBy(desc(readingUploads.uploadedAt))
    .limit(1);
  return row;
}

/** Has a recording that was read without a column read again with one. @returns whether the file is still there */
export async function chooseUploadColumn(db: Db, input: OwnUpload & { column: number }): Promise<boolean> {
  const rows = await db
    .update(readingUploads)
    .set({ column: input.column, state: "waiting", outcome: null })
    .where(and(isOwn(input), eq(readingUploads.state, "read"), sql`${readingUploads.file} is not null`))
    .returning({ id: readingUploads.id });
  return rows.length > 0;
}

type Finished = Pick<UploadRow, "state" | "outcome"> & { uploadId: string; file: "dropped" | "kept" };

/** Ends a recording's reading with what came of it; the file stays only where a person has to choose a column. */
export async function finishUpload(db: Db, { uploadId, state, outcome, file }: Finished): Promise<void> {
  await db
    .update(readingUploads)
    .set({ state, outcome, ...(file === "dropped" ? { file: null } : {}) })
    .where(eq(readingUploads.id, uploadId));
}

/** Recordings that nobody has read yet, over all teams, the oldest first. */
export async function listWaitingUploads(db: Db): Promise<string[]> {
  const rows = await db
    .select({ id: readingUploads.id })
    .from(readingUploads)
    .where(eq(readingUploads.state, "waiting"))
    .orderBy(asc(readingUploads.uploadedAt));
  return rows.map((row) => row.id);
}

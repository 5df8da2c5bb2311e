import { isDeepStrictEqual } from "node:util";
import {
  listPhysicalInfos,
  type PhysicalInfoRow,
  removePhysicalInfos,
  upsertPhysicalInfos,
} from "@/db/queries/wearables";
import type { Context } from "@/lib/context";
import { type BodyEntry, isSameEntry, joinedEntry } from "@/lib/wearables/body-entries";
import type { Owner, SourcedValue } from "./sourced-values";

function entryOf({
  teamId: _team,
  athleteId: _athlete,
  payloadId: _payload,
  recordedAt,
  ...values
}: PhysicalInfoRow) {
  return { ...values, recordedMs: recordedAt.getTime() } satisfies BodyEntry;
}

function rowOf(owner: Owner, entry: BodyEntry, payloadId: string | null): PhysicalInfoRow {
  const { recordedMs, ...values } = entry;
  return { ...owner, ...values, recordedAt: new Date(recordedMs), payloadId };
}

/** The entry nearest in time that is the same one. */
function sameAs(rows: readonly PhysicalInfoRow[], entry: BodyEntry): PhysicalInfoRow | undefined {
  const apart = (row: PhysicalInfoRow) => Math.abs(row.recordedAt.getTime() - entry.recordedMs);
  return rows.filter((row) => isSameEntry(entryOf(row), entry)).toSorted((a, b) => apart(a) - apart(b))[0];
}

/** Writes body data, an entry that comes by two channels once. @returns how many entries are new or changed */
export async function writePhysicalInfos(
  ctx: Context,
  owner: Owner,
  found: readonly SourcedValue<"physical-info">[],
): Promise<number> {
  if (found.length === 0) return 0;
  const stored = await listPhysicalInfos(ctx.db, owner.athleteId);
  let rows = stored;
  for (const { value, payloadId } of found) {
    const { recordedAt, ...values } = value;
    const entry: BodyEntry = { ...values, recordedMs: Date.parse(recordedAt) };
    const before = sameAs(rows, entry);
    const after = before ? joinedEntry(entryOf(before), entry) : entry;
    if (before && isDeepStrictEqual(entryOf(before), after)) continue;
    rows = [...rows.filter((row) => row !== before), rowOf(owner, after, payloadId)];
  }
  const times = new Set(rows.map((row) => row.recordedAt.getTime()));
  const gone = stored.map((row) => row.recordedAt).filter((at) => !times.has(at.getTime()));
  await removePhysicalInfos(ctx.db, { athleteId: owner.athleteId, recordedAts: gone });
  return upsertPhysicalInfos(
    ctx.db,
    rows.filter((row) => !stored.includes(row)),
  );
}

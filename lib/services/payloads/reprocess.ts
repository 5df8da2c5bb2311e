import { randomUUID } from "node:crypto";
import { findAthleteForConnection } from "@/db/queries/connections";
import { releaseLease, takeLease } from "@/db/queries/leases";
import { listAthletesWithPayloads, listPayloads } from "@/db/queries/payloads";
import {
  clearWearables,
  deleteEmptyWorkouts,
  type Snapshot,
  takeSnapshot,
  type WearableTable,
} from "@/db/queries/wearables";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { requireCan, requireId } from "@/lib/services/access/require";
import { beginOwedWork, recordEvents } from "@/lib/services/events/outbox";
import { allStreams, type Providers } from "@/lib/wearables/connector";
import type { Parser, ValueKind } from "@/lib/wearables/normalised";
import type { StreamId } from "@/lib/wearables/stream";
import { parsePayloads } from "./parse";

export type ReprocessInput = {
  /** Only this stream and those that fill the same rows. */
  stream: StreamId | null;
  /** Only payloads fetched since; rows are then brought up to date, none is taken away. */
  since: Date | null;
  mode: "write" | "dry-run";
  /** Only this athlete. */
  athleteId?: string;
  parser?: Parser;
};

type Reprocessed = { athleteId: string; payloads: number; differences: Difference[] };

export type ReprocessReport = {
  athletes: Reprocessed[];
  /** Athletes whose sync was under way. */
  busy: string[];
};

const LEASE_S = 600;

const PAGE = 50;

/** The rows that values of a kind become; sessions go after their series. */
const TABLES: Record<ValueKind, readonly WearableTable[]> = {
  sleep: ["sleeps", "naps"],
  night: ["nights"],
  "daily-load": ["daily_loads"],
  "daily-activity": ["daily_activities"],
  workout: ["workout_samples", "workouts"],
  "physical-info": ["physical_infos"],
  "heart-rate-day": ["heart_rate_days"],
  measurement: ["measurements"],
};

type Extent = { streams: readonly StreamId[]; tables: readonly WearableTable[] };

/** Streams that fill the same rows, of whichever provider, can only be rebuilt together. */
function extentOf(providers: Providers, stream: StreamId | null): Extent {
  const all = allStreams(providers);
  const one = all.find(({ id }) => id === stream);
  const streams = one ? all.filter(({ brings }) => brings === one.brings) : all;
  const tables = one ? TABLES[one.brings] : Object.values(TABLES).flat();
  return { streams: streams.map(({ id }) => id), tables };
}

class DryRun extends Error {}

async function replay(
  ctx: Context,
  owner: { teamId: string; athleteId: string },
  input: { streams: readonly StreamId[]; since: Date | null; parser: Parser | undefined },
): Promise<number> {
  const { athleteId } = owner;
  const { streams, since, parser } = input;
  let offset = 0;
  for (;;) {
    const payloads = await listPayloads(ctx.db, { athleteId, streams, since, limit: PAGE, offset });
    if (payloads.length === 0) return offset;
    await parsePayloads(ctx, owner, { payloads, parser });
    offset += payloads.length;
  }
}

async function rebuild(
  ctx: Context,
  owner: { teamId: string; athleteId: string },
  input: ReprocessInput,
): Promise<Reprocessed> {
  const { athleteId } = owner;
  const { stream, since } = input;
  const { streams, tables } = extentOf(ctx.providers, stream);
  const before = await takeSnapshot(ctx.db, { athleteId, tables });
  if (since === null) await clearWearables(ctx.db, { athleteId, tables });
  const payloads = await replay(ctx, owner, { streams, since, parser: input.parser });
  if (since === null && tables.includes("workouts")) await deleteEmptyWorkouts(ctx.db, athleteId);
  const after = await takeSnapshot(ctx.db, { athleteId, tables });
  const differences = differencesBetween(before, after);
  if (differences.length > 0) await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
  return { athleteId, payloads, differences };
}

async function rebuildOrRollBack(
  ctx: Context,
  owner: { teamId: string; athleteId: string },
  input: ReprocessInput,
): Promise<Reprocessed | undefined> {
  let rebuilt: Reprocessed | undefined;
  try {
    await inTransaction(ctx, async (tx) => {
      rebuilt = await rebuild(tx, owner, input);
      if (input.mode === "dry-run") throw new DryRun();
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  return rebuilt;
}

/** What came meanwhile, and what a sync that died under this lease had no time to tell, is passed on. */
async function giveBack(ctx: Context, lease: { athleteId: string; holder: string }): Promise<void> {
  const { athleteId } = lease;
  await inTransaction(ctx, async (tx) => {
    const { requestedAgain, scoringDue } = await releaseLease(tx.db, lease);
    if (scoringDue) await recordEvents(tx, [{ name: "athlete/day.changed", data: { athleteId } }]);
    if (requestedAgain)
      await recordEvents(tx, [
        { name: "athlete/sync.requested", data: { athleteId, reason: "asked-again" } },
      ]);
  });
}

/** A rebuild of everything is what a request asks for; one of a part, or one that only looks, is not. */
function isWhole({ mode, stream, since }: ReprocessInput): boolean {
  return mode === "write" && stream === null && since === null;
}

/**
 * Rebuilds the normalised rows of every athlete from the raw payloads, one athlete at a time and each as one piece,
 * and tells what differs. A second run finds nothing to change; a dry run changes nothing at all. Sessions keep their
 * ids. Jobs and commands only.
 */
export async function reprocess({
  ctx,
  input,
}: {
  ctx: Context;
  input: ReprocessInput;
}): Promise<ReprocessReport> {
  requireCan(ctx, "jobs.run");
  const { athleteId: subject } = input;
  const work =
    subject && isWhole(input)
      ? await beginOwedWork(ctx, { event: "athlete/reprocess.requested", subject })
      : undefined;
  const report = await reprocessEach(ctx, input);
  if (report.busy.length === 0) await work?.done(ctx);
  return report;
}

async function reprocessEach(ctx: Context, input: ReprocessInput): Promise<ReprocessReport> {
  const report: ReprocessReport = { athletes: [], busy: [] };
  for (const owner of await listAthletesWithPayloads(ctx.db, input)) {
    const lease = { athleteId: owner.athleteId, holder: randomUUID() };
    const taken = await takeLease(ctx.db, { ...lease, ttlS: LEASE_S });
    if (taken === "held") report.busy.push(owner.athleteId);
    if (taken !== "taken") continue;
    try {
      const rebuilt = await rebuildOrRollBack(ctx, owner, input);
      if (rebuilt) report.athletes.push(rebuilt);
    } finally {
      await giveBack(ctx, lease);
    }
  }
  return report;
}

/** One value before and after; a row that came or went has a single line with field `row`. */
type Difference = { row: string; field: string; before: string; after: string };

const LONGEST = 60;

const short = (value: string) => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);

/** What differs between two states of the same rows. */
function differencesBetween(before: Snapshot, after: Snapshot): Difference[] {
  const gone = [...before.keys()].filter((row) => !after.has(row));
  const differences: Difference[] = gone.map((row) => ({
    row,
    field: "row",
    before: "there",
    after: "gone",
  }));
  for (const [row, values] of after) {
    const earlier = before.get(row);
    if (!earlier) differences.push({ row, field: "row", before: "none", after: "new" });
    else
      for (const [field, value] of values)
        if (earlier.get(field) !== value)
          differences.push({ row, field, before: short(earlier.get(field) ?? "null"), after: short(value) });
  }
  return differences;
}

/**
 * Asks a job to read an athlete's stored payloads again with the present parser: what was quarantined and is understood
 * now is filled in, everything else stays. Owners of the installation.
 * @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function askReprocess({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<void> {
  const { teamId } = requireCan(ctx, "operation.repair");
  const athleteId = requireId(input.athleteId);
  const athlete = await findAthleteForConnection(ctx.db, athleteId);
  if (athlete?.teamId !== teamId) throw new AppError("not-found", "There is no such athlete.");
  await inTransaction(ctx, async (tx) => {
    await recordEvents(tx, [{ name: "athlete/reprocess.requested", data: { athleteId } }]);
    await recordAudit(tx, { teamId, action: "payloads/read-again", subjectId: athleteId });
  });
}

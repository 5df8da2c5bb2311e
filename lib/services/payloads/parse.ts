import { noteScoringDue } from "@/db/queries/leases";
import { listUnparsed, markParsed, type PayloadRow } from "@/db/queries/payloads";
import type { Context } from "@/lib/context";
import { type Normalise, normalisePayload, PARSER_VERSION } from "@/lib/providers/polar/normalise/payload";
import type { Rejected } from "@/lib/wearables/types";
import type { Owner, Sourced } from "./sourced-values";
import { writeValues } from "./write-values";

/** A page ends at so many payloads or at so much text, whatever comes first, so that memory stays flat. */
const PAGE = { limit: 200, characters: 4_000_000 };

/** A parser with its version; another than the current one is used to rebuild and to compare. */
export type Parser = { version: number; normalise: Normalise };

export const currentParser: Parser = { version: PARSER_VERSION, normalise: normalisePayload };

type Read = { payloadId: string; sourced: Sourced[]; quarantined: (Rejected & { payloadId: string })[] };

function read(ctx: Context, parser: Parser, payload: PayloadRow): Read {
  const { id: payloadId, fetchedAt } = payload;
  try {
    const normalised = parser.normalise({ ...payload, fetchedAt: fetchedAt.toISOString() });
    const quarantined = normalised.rejected.map((one) => ({ payloadId, ...one }));
    return {
      payloadId,
      sourced: normalised.kind === "nothing" ? [] : [{ payloadId, fetchedAt, normalised }],
      quarantined,
    };
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    ctx.log.error({ payloadId, resource: payload.resource, error: name }, "a parser failed");
    return { payloadId, sourced: [], quarantined: [{ payloadId, path: "", reason: "parser-failed" }] };
  }
}

/** Reads payloads and writes what they hold, as one piece. */
export async function parsePayloads(
  ctx: Context,
  owner: Owner,
  input: { payloads: readonly PayloadRow[]; parser: Parser },
): Promise<{ scoring: number; all: number }> {
  const { payloads, parser } = input;
  const reads = payloads.map((payload) => read(ctx, parser, payload));
  const changes = await writeValues(
    ctx,
    owner,
    reads.flatMap((one) => one.sourced),
    async (earlier) => earlier.flatMap((payload) => read(ctx, parser, payload).sourced),
  );
  await markParsed(ctx.db, {
    payloads: reads.map(({ payloadId: id, sourced }) => ({
      id,
      valueCount: sourced.reduce((sum, one) => sum + one.normalised.values.length, 0),
    })),
    parserVersion: parser.version,
    parsedAt: ctx.now,
    quarantined: reads
      .flatMap((one) => one.quarantined)
      .map(({ payloadId, path, reason }) => ({
        ...owner,
        rawPayloadId: payloadId,
        path,
        reason,
        parserVersion: parser.version,
        quarantinedAt: ctx.now,
      })),
  });
  return changes;
}

/** Runs a transaction of the lease's holder. */
export type Write = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>;

/** Stands in for the parser when the database refuses a payload's values: it is set aside alone and stops no other. */
const settingAside: Parser = {
  version: PARSER_VERSION,
  normalise: () => ({ kind: "nothing", rejected: [{ path: "", reason: "not-storable" }] }),
};

async function parsePage(write: Write, owner: Owner, payloads: readonly PayloadRow[], parser: Parser) {
  return write(async (tx) => {
    const changes = await parsePayloads(tx, owner, { payloads, parser });
    if (changes.scoring > 0) await noteScoringDue(tx.db, owner.athleteId);
    return changes;
  });
}

/**
 * Parses an athlete's payloads that nobody has read yet, page by page from the table of raw payloads. When something
 * changed that scoring looks at, the athlete's lease remembers it until it is given back.
 * @param write runs a transaction of the lease's holder; one that fails takes its page apart, payload by payload
 */
export async function parseUnread(ctx: Context, owner: Owner, write: Write): Promise<void> {
  for (;;) {
    const payloads = await listUnparsed(ctx.db, { athleteId: owner.athleteId, ...PAGE });
    if (payloads.length === 0) return;
    try {
      await parsePage(write, owner, payloads, currentParser);
    } catch (error) {
      if (!isRefusedByDatabase(error)) throw error;
      ctx.log.error(
        { athleteId: owner.athleteId },
        "a page of payloads could not be stored; trying one by one",
      );
      for (const payload of payloads) await parseAlone(write, owner, payload);
    }
  }
}

async function parseAlone(write: Write, owner: Owner, payload: PayloadRow): Promise<void> {
  try {
    await parsePage(write, owner, [payload], currentParser);
  } catch (error) {
    if (!isRefusedByDatabase(error)) throw error;
    await parsePage(write, owner, [payload], settingAside);
  }
}

/** Postgres classes 22 (data) and 23 (integrity): the value is at fault, not the connection. */
function isRefusedByDatabase(error: unknown): boolean {
  const causes = [error, (error as { cause?: unknown } | null)?.cause];
  return causes.some((one) => /^2[23]/.test(String((one as { code?: unknown } | null)?.code ?? "")));
}

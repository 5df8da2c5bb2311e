import { noteScoringDue } from "@/db/queries/leases";
import { listUnparsed, markParsed, type PayloadRow } from "@/db/queries/payloads";
import type { Context } from "@/lib/context";
import { findConnector } from "@/lib/wearables/connector";
import type { Parser } from "@/lib/wearables/normalised";
import type { Rejected } from "@/lib/wearables/types";
import type { Owner, Sourced } from "./sourced-values";
import { writeValues } from "./write-values";

/** A page ends at so many payloads or at so much text, whatever comes first, so that memory stays flat. */
const PAGE = { limit: 200, characters: 4_000_000 };

/** Where a provider's folder is gone, its payloads stay, and nobody reads them. */
const noParser: Parser = {
  version: 0,
  normalise: () => ({ kind: "nothing", rejected: [{ path: "", reason: "no-parser" }] }),
};

type Read = {
  payloadId: string;
  parserVersion: number;
  sourced: Sourced[];
  quarantined: (Rejected & { payloadId: string; parserVersion: number })[];
};

/** @param instead stands in for the provider's own parser, to rebuild and to compare */
function read(ctx: Context, payload: PayloadRow, instead: Parser | undefined): Read {
  const { id: payloadId, fetchedAt, provider } = payload;
  const connector = findConnector(ctx.providers, provider);
  const { version: parserVersion, normalise } = instead ?? connector?.parser ?? noParser;
  const aside = (rejected: readonly Rejected[]) =>
    rejected.map((one) => ({ payloadId, parserVersion, ...one }));
  try {
    const normalised = normalise({ ...payload, fetchedAt: fetchedAt.toISOString() });
    return {
      payloadId,
      parserVersion,
      sourced: normalised.kind === "nothing" ? [] : [{ payloadId, provider, fetchedAt, normalised }],
      quarantined: aside(normalised.rejected),
    };
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    ctx.log.error({ payloadId, resource: payload.resource, error: name }, "a parser failed");
    return {
      payloadId,
      parserVersion,
      sourced: [],
      quarantined: aside([{ path: "", reason: "parser-failed" }]),
    };
  }
}

/** Reads payloads and writes what they hold, as one piece. */
export async function parsePayloads(
  ctx: Context,
  owner: Owner,
  input: { payloads: readonly PayloadRow[]; parser?: Parser | undefined },
): Promise<{ scoring: number; all: number }> {
  const { payloads, parser } = input;
  const reads = payloads.map((payload) => read(ctx, payload, parser));
  const changes = await writeValues(
    ctx,
    owner,
    reads.flatMap((one) => one.sourced),
    async (earlier) => earlier.flatMap((payload) => read(ctx, payload, parser).sourced),
  );
  await markParsed(ctx.db, {
    payloads: reads.map(({ payloadId: id, parserVersion, sourced }) => ({
      id,
      parserVersion,
      valueCount: sourced.reduce((sum, one) => sum + one.normalised.values.length, 0),
    })),
    parsedAt: ctx.now,
    quarantined: reads
      .flatMap((one) => one.quarantined)
      .map(({ payloadId: rawPayloadId, ...field }) => ({
        ...owner,
        ...field,
        rawPayloadId,
        quarantinedAt: ctx.now,
      })),
  });
  return changes;
}

/** Runs a transaction of the lease's holder. */
export type Write = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>;

/** Stands in for the parser when the database refuses a payload's values: it is set aside alone and stops no other. */
function settingAside(ctx: Context, { provider }: PayloadRow): Parser {
  return {
    version: (findConnector(ctx.providers, provider)?.parser ?? noParser).version,
    normalise: () => ({ kind: "nothing", rejected: [{ path: "", reason: "not-storable" }] }),
  };
}

async function parsePage(write: Write, owner: Owner, payloads: readonly PayloadRow[], parser?: Parser) {
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
      await parsePage(write, owner, payloads);
    } catch (error) {
      if (!isRefusedByDatabase(error)) throw error;
      ctx.log.error(
        { athleteId: owner.athleteId },
        "a page of payloads could not be stored; trying one by one",
      );
      for (const payload of payloads) await parseAlone(ctx, write, owner, payload);
    }
  }
}

async function parseAlone(ctx: Context, write: Write, owner: Owner, payload: PayloadRow): Promise<void> {
  try {
    await parsePage(write, owner, [payload]);
  } catch (error) {
    if (!isRefusedByDatabase(error)) throw error;
    await parsePage(write, owner, [payload], settingAside(ctx, payload));
  }
}

/** Postgres classes 22 (data) and 23 (integrity): the value is at fault, not the connection. */
function isRefusedByDatabase(error: unknown): boolean {
  const causes = [error, (error as { cause?: unknown } | null)?.cause];
  return causes.some((one) => /^2[23]/.test(String((one as { code?: unknown } | null)?.code ?? "")));
}

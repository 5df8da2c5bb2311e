import { createHash } from "node:crypto";
import { recordLooks } from "@/db/queries/log";
import { findPayload, insertPayloads, listPayloadFields } from "@/db/queries/payloads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Resource } from "@/lib/providers/polar/normalise/payload";
import { storable } from "@/lib/providers/polar/schemas/storable";
import type { StreamId } from "@/lib/providers/polar/streams";
import { requireCan, requireId } from "@/lib/services/access/require";

export type FetchedItem = {
  resource: Resource;
  /** Polar's own key of the item: an id or a civil date. */
  providerKey: string;
  body: string;
  fetchedAt: Date;
};

/** Postgres text cannot hold NUL, which valid JSON never has; what it holds instead shows that something was there. */
const storableBody = (body: string) => body.replaceAll("\u0000", "\ufffd");

/**
 * Appends raw payloads; contents that are stored already are left as they are.
 * @returns how many were new
 */
export async function storePayloads(
  ctx: Context,
  input: {
    teamId: string;
    athleteId: string;
    transactionId: string;
    stream: StreamId;
    items: readonly FetchedItem[];
  },
): Promise<number> {
  const { teamId, athleteId, transactionId, stream } = input;
  let added = 0;
  for (const resource of new Set(input.items.map((item) => item.resource))) {
    const items = input.items.filter((item) => item.resource === resource);
    const payloads = items.map((item) => {
      const body = storableBody(item.body);
      const sha256 = createHash("sha256").update(body).digest("hex");
      const providerKey = storable(item.providerKey);
      return { teamId, athleteId, transactionId, stream, ...item, providerKey, body, sha256 };
    });
    added += await insertPayloads(ctx.db, { athleteId, resource, payloads });
  }
  return added;
}

type PayloadView = NonNullable<Awaited<ReturnType<typeof findPayload>>> & {
  fields: { path: string; reason: string }[];
};

/**
 * What Polar answered, byte for byte. Owners only, and written to the athlete's access log in the same transaction.
 * @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function viewPayload(of: { ctx: Context; input: { payloadId: string } }): Promise<PayloadView> {
  const { teamId, userId } = requireCan(of.ctx, "payloads.view");
  return inTransaction(of.ctx, async (ctx) => {
    const payload = await findPayload(ctx.db, { teamId, payloadId: requireId(of.input.payloadId) });
    if (!payload || payload.stoppedAt) throw new AppError("not-found", "This payload is not there.");
    const look = {
      teamId,
      athleteIds: [payload.athleteId],
      userId,
      what: "raw-payload",
      lookedAt: ctx.now,
    } as const;
    await recordLooks(ctx.db, look);
    return { ...payload, fields: await listPayloadFields(ctx.db, payload.id) };
  });
}

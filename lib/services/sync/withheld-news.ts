import { findConnection } from "@/db/queries/connections";
import type { LedgerRow } from "@/db/queries/ledger";
import { hasNewsBeyond, type StreamStateRow } from "@/db/queries/stream-states";
import type { Context } from "@/lib/context";
import type { Stream } from "@/lib/polar/streams";

/**
 * Whether a stream has news that no transaction brought: Polar told of it after the last transaction was opened, or
 * the plain collection has shown it since the last one ended.
 * @param input.last the stream's latest transaction
 */
export async function hasNews(
  ctx: Context,
  input: { athleteId: string; stream: Stream; state: StreamStateRow; last: LedgerRow | undefined },
): Promise<boolean> {
  const { athleteId, stream, state, last } = input;
  const since = last?.openedAt ?? (await findConnection(ctx.db, athleteId))?.connectedAt;
  if (!since) return false;
  if (state.newsAt && state.newsAt > since) return true;
  return hasNewsBeyond(ctx.db, { athleteId, stream: stream.id, since: last?.committedAt ?? since });
}

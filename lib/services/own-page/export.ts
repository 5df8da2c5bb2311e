import {
  EXPORT_FROM_OTHERS,
  EXPORT_PARTS,
  exportAthleteRow,
  exportPart,
  exportPayloads,
} from "@/db/queries/export";
import { countLooks, insertOwnLook, listLooks } from "@/db/queries/own-page";
import type { Context } from "@/lib/context";
import { pageWithin } from "@/lib/paging";
import { requireCan } from "@/lib/services/access/require";
import type { Look } from "./view-model";

const payloadsAtATime = 50;

/**
 * Everything stored about the athlete, and nothing of others, as one JSON text, in pieces, so that years of raw answers need no memory:
 * `{ format, exportedAt, athlete, <part>: [...], rawPayloads: [...] }`. The export itself is logged first.
 * Athletes only. @throws AppError `not-signed-in`
 */
export async function* exportEverything(of: { ctx: Context }): AsyncGenerator<string> {
  const who = requireCan(of.ctx, "own-data.export");
  const { db, now } = of.ctx;
  await insertOwnLook(db, { ...who, what: "export", now });
  const athlete = await exportAthleteRow(db, who);
  const head = { format: "restday-export/1", exportedAt: now.toISOString(), athlete };
  yield JSON.stringify(head).slice(0, -1);
  for (const part of EXPORT_PARTS) yield partOf(part, await exportPart(db, { ...who, part }));
  for (const [part, read] of Object.entries(EXPORT_FROM_OTHERS)) yield partOf(part, await read(db, who));
  yield ',\n"rawPayloads":[';
  yield* payloadPages(of.ctx, who);
  yield "]}\n";
}

function partOf(name: string, rows: object[]): string {
  return `,\n${JSON.stringify(name)}:${JSON.stringify(rows)}`;
}

async function* payloadPages(
  ctx: Context,
  who: { teamId: string; athleteId: string },
): AsyncGenerator<string> {
  let afterId: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof exportPayloads>> = await exportPayloads(ctx.db, {
      ...who,
      afterId,
      limit: payloadsAtATime,
    });
    if (page.length === 0) return;
    yield (afterId === null ? "" : ",") + page.map((row) => JSON.stringify(row)).join(",\n");
    afterId = page.at(-1)?.id ?? null;
  }
}

export const LOOKS_PER_PAGE = 50;

/** Who looked at the athlete's data, the latest first, a page at a time; beyond the last page, the last. Athletes only. @throws AppError `not-signed-in` */
export async function viewLooks(of: {
  ctx: Context;
  input: { page: number; limit?: number };
}): Promise<{ latest: Look[]; page: number; total: number }> {
  const who = requireCan(of.ctx, "own-page.view");
  const { limit = LOOKS_PER_PAGE } = of.input;
  const total = await countLooks(of.ctx.db, who);
  const { page, offset } = pageWithin({ page: of.input.page, total, perPage: limit });
  const rows = await listLooks(of.ctx.db, { ...who, limit, offset });
  const latest = rows.map(({ id, what, lookedAt, ...row }) => ({ id, what, lookedAt, who: nameOf(row) }));
  return { latest, page, total };
}

function nameOf(row: { actorKind: string; name: string | null; email: string | null }): Look["who"] {
  if (row.actorKind === "athlete") return { kind: "you" };
  const name = row.name ?? row.email;
  return name ? { kind: "person", name } : { kind: "system" };
}

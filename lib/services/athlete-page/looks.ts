import { countLooks, listLooks } from "@/db/queries/own-page";
import type { Context } from "../../context";
import { requireAthlete } from "../access/require-athlete";
import type { Look } from "./view-model";

export const LOOKS_PER_PAGE = 50;

/** Who looked at the athlete's data, the latest first, a page at a time; beyond the last page, the last. Athletes only. @throws AppError `not-signed-in` */
export async function viewLooks(of: {
  ctx: Context;
  input: { page: number; limit?: number };
}): Promise<{ latest: Look[]; page: number; total: number }> {
  const who = requireAthlete(of.ctx);
  const { limit = LOOKS_PER_PAGE } = of.input;
  const total = await countLooks(of.ctx.db, who);
  const page = Math.min(of.input.page, Math.max(1, Math.ceil(total / limit)));
  const rows = await listLooks(of.ctx.db, { ...who, limit, offset: (page - 1) * limit });
  const latest = rows.map(({ id, what, lookedAt, ...row }) => ({ id, what, lookedAt, who: nameOf(row) }));
  return { latest, page, total };
}

function nameOf(row: { actorKind: string; name: string | null; email: string | null }): Look["who"] {
  if (row.actorKind === "athlete") return { kind: "you" };
  const name = row.name ?? row.email;
  return name ? { kind: "person", name } : { kind: "system" };
}

import type { Db } from "./client";

/** Runs `work` with the context's database inside one transaction; an error rolls all of it back. */
export function inTransaction<C extends { db: Db }, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> {
  return ctx.db.transaction((tx) => work({ ...ctx, db: tx }));
}

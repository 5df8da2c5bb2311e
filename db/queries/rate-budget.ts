import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { rateBudgets } from "@/db/schema/operation";
import type { ProviderId } from "@/lib/wearables/provider";

export type BudgetRow = typeof rateBudgets.$inferSelect;

export async function listBudget(db: Db, provider: ProviderId): Promise<BudgetRow[]> {
  return db.select().from(rateBudgets).where(eq(rateBudgets.provider, provider));
}

/** Keeps what a provider's headers told. Answers arrive out of order: within one window usage only grows. */
export async function saveBudget(db: Db, rows: (typeof rateBudgets.$inferInsert)[]): Promise<void> {
  const sameWindow = sql`abs(extract(epoch from excluded.resets_at - ${rateBudgets.resetsAt})) < 5`;
  await db
    .insert(rateBudgets)
    .values(rows)
    .onConflictDoUpdate({
      target: [rateBudgets.provider, rateBudgets.window],
      set: {
        used: sql`case when ${sameWindow} then greatest(excluded.used, ${rateBudgets.used}) else excluded.used end`,
        limit: sql`excluded."limit"`,
        resetsAt: sql`excluded.resets_at`,
        updatedAt: sql`excluded.updated_at`,
      },
    });
}

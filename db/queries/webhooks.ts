import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { webhookDeliveries, webhooks } from "@/db/schema/operation";
import type { ProviderId } from "@/lib/wearables/provider";

type WebhookRow = typeof webhooks.$inferSelect;

/** The webhook at a provider whose secret we hold; Polar allows one per client. */
export async function findWebhook(db: Db, provider: ProviderId): Promise<WebhookRow | undefined> {
  const [row] = await db.select().from(webhooks).where(eq(webhooks.provider, provider));
  return row;
}

type NewWebhook = typeof webhooks.$inferInsert & { provider: ProviderId };

/** Puts the one webhook at a provider in the place of whatever was kept before. */
export async function replaceWebhook(db: Db, row: NewWebhook): Promise<void> {
  await deleteWebhooks(db, row.provider);
  await db.insert(webhooks).values(row);
}

export async function updateWebhook(
  db: Db,
  input: { provider: ProviderId; id: string; set: Partial<typeof webhooks.$inferInsert> },
): Promise<void> {
  const { provider, id, set } = input;
  await db
    .update(webhooks)
    .set(set)
    .where(and(eq(webhooks.provider, provider), eq(webhooks.id, id)));
}

export async function deleteWebhooks(db: Db, provider: ProviderId): Promise<void> {
  await db.delete(webhooks).where(eq(webhooks.provider, provider));
}

/** Keeps a delivery; false when the very same body came before. */
export async function insertDelivery(db: Db, row: typeof webhookDeliveries.$inferInsert): Promise<boolean> {
  const inserted = await db
    .insert(webhookDeliveries)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: webhookDeliveries.id });
  return inserted.length > 0;
}

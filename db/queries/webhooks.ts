import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { webhookDeliveries, webhooks } from "@/db/schema/operation";

type WebhookRow = typeof webhooks.$inferSelect;

/** The webhook whose secret we hold; Polar allows one per client. */
export async function findWebhook(db: Db): Promise<WebhookRow | undefined> {
  const [row] = await db.select().from(webhooks);
  return row;
}

/** Puts the one webhook in the place of whatever was kept before. */
export async function replaceWebhook(db: Db, row: typeof webhooks.$inferInsert): Promise<void> {
  await db.delete(webhooks);
  await db.insert(webhooks).values(row);
}

export async function updateWebhook(
  db: Db,
  input: { id: string; set: Partial<typeof webhooks.$inferInsert> },
): Promise<void> {
  await db.update(webhooks).set(input.set).where(eq(webhooks.id, input.id));
}

export async function deleteWebhooks(db: Db): Promise<void> {
  await db.delete(webhooks);
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

import { noteUpkeepEnded } from "@/db/queries/owed";
import { deleteWebhooks, findWebhook, replaceWebhook, updateWebhook } from "@/db/queries/webhooks";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { seal, unseal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requireCan, requireOperator } from "@/lib/services/access/require";
import { beginOwedWork } from "@/lib/services/events/outbox";
import { clientOf, priorityOf } from "@/lib/services/provider/client";
import type { Connector, RegisteredWebhook, Webhook } from "@/lib/wearables/connector";
import type { Client } from "@/lib/wearables/exchange";

/** The provider that calls this installation, with a client of it. */
type Caller = { id: string; name: string; webhook: Webhook; client: Client };

function callerOf(ctx: Context): Caller {
  const isCaller = (one: Connector): one is Connector & { webhook: Webhook } => one.webhook !== undefined;
  const connector = ctx.providers.find(isCaller);
  if (!connector) throw new AppError("not-found", "No provider calls this installation.");
  return { ...connector, client: clientOf(ctx, connector, priorityOf(ctx)) };
}

/** `ours`: the address and the secret are this installation's. `secret-lost`: the address is, the secret is not known. */
export type WebhookStatus = {
  state: "none" | "ours" | "secret-lost" | "foreign";
  wantedUrl: string;
  registered: RegisteredWebhook | null;
  lastDeliveryAt: Date | null;
};

/** What the provider and this installation know of the webhook. Owners of the installation, jobs and commands. */
export async function webhookStatus({ ctx }: { ctx: Context }): Promise<WebhookStatus> {
  await requireOperator(ctx, "webhook.manage");
  const { id, webhook, client } = callerOf(ctx);
  const wantedUrl = `${env().APP_URL}/api/webhooks/${id}`;
  const registered = await webhook.find(client);
  const kept = await findWebhook(ctx.db, id);
  const isOurs = registered?.url === wantedUrl;
  const state = !registered
    ? "none"
    : !isOurs
      ? "foreign"
      : kept?.id === registered.id
        ? "ours"
        : "secret-lost";
  return { state, wantedUrl, registered, lastDeliveryAt: kept?.lastDeliveryAt ?? null };
}

async function create(ctx: Context, url: string): Promise<void> {
  const { id: provider, webhook, client } = callerOf(ctx);
  const { id, secret } = await webhook.create(client, url);
  const row = { provider, id, url, events: [...webhook.events], secretSealed: sealSecret(secret) };
  await inTransaction(ctx, (tx) => replaceWebhook(tx.db, { ...row, active: true, checkedAt: ctx.now }));
}

async function repair(ctx: Context, registered: RegisteredWebhook): Promise<"active" | "changed"> {
  const { id: provider, webhook, client } = callerOf(ctx);
  const missing = webhook.events.some((event) => !registered.events.includes(event));
  if (missing) await webhook.renew(client, registered.id);
  if (!registered.active) await webhook.activate(client);
  const set = { active: true, events: [...webhook.events], checkedAt: ctx.now };
  await updateWebhook(ctx.db, { provider, id: registered.id, set });
  return missing || !registered.active ? "changed" : "active";
}

async function remove(ctx: Context, { id }: RegisteredWebhook): Promise<void> {
  const { webhook, client } = callerOf(ctx);
  await webhook.remove(client, id);
}

/**
 * Makes sure that the provider calls this installation: creates the webhook, adds missing events, switches it on again. One
 * whose secret was lost is made anew, because a secret is told only once. Another installation's is left alone.
 * Owners of the installation, jobs and commands. @throws AppError `provider-failed` when it cannot reach `APP_URL`
 */
export async function setUpWebhook({
  ctx,
}: {
  ctx: Context;
}): Promise<{ outcome: "created" | "active" | "changed" | "foreign" }> {
  const { state, wantedUrl, registered } = await webhookStatus({ ctx });
  if (state === "foreign" && env().mode === "real") return { outcome: "foreign" };
  if (state === "ours" && registered) return { outcome: await repair(ctx, registered) };
  if (registered) await remove(ctx, registered);
  await create(ctx, wantedUrl);
  return { outcome: "created" };
}

/** Deletes the client's webhook, whoever it calls. Owners of the installation, jobs and commands. */
export async function removeWebhook({ ctx }: { ctx: Context }): Promise<{ outcome: "deleted" | "none" }> {
  const { registered } = await webhookStatus({ ctx });
  if (registered) await remove(ctx, registered);
  await deleteWebhooks(ctx.db, callerOf(ctx).id);
  return { outcome: registered ? "deleted" : "none" };
}

/**
 * Sets up the webhook when the app starts, and once a day switches it on again if the provider gave up on it. Failing is no
 * reason not to start: notifications and mornings bring the same news later, and the next day tries again. Jobs only.
 */
export async function ensureWebhook({
  ctx,
}: {
  ctx: Context;
}): Promise<{ outcome: "created" | "active" | "changed" | "foreign" | "unreachable" | "failed" }> {
  requireCan(ctx, "jobs.run");
  const work = await beginOwedWork(ctx, { event: "installation/webhook-check.due", subject: "installation" });
  const checked = await check(ctx);
  await noteUpkeepEnded(ctx.db, { task: "webhook-check", endedAt: ctx.now });
  await work.done(ctx);
  return checked;
}

async function check(ctx: Context): ReturnType<typeof ensureWebhook> {
  const isCalled = ctx.providers.some(({ webhook }) => webhook);
  if (!isCalled || !isReachable()) return { outcome: "unreachable" };
  try {
    const { outcome } = await setUpWebhook({ ctx });
    ctx.log.info({ outcome }, "webhook set up");
    return { outcome };
  } catch (err) {
    ctx.log.warn({ err }, "the webhook could not be set up");
    return { outcome: "failed" };
  }
}

/** Whether a provider can call this installation: it is public over https, or a simulator on this machine calls it. */
export function isReachable(): boolean {
  return env().mode === "demonstration" || env().APP_URL.startsWith("https://");
}

const purpose = "polar-webhook-secret";

export function sealSecret(secret: string): string {
  return seal(secret, { secret: env().ENCRYPTION_KEY, purpose });
}

export function unsealSecret(sealed: string): string {
  return unseal(sealed, { secret: env().ENCRYPTION_KEY, purpose });
}

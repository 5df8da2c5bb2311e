import { noteUpkeepEnded } from "@/db/queries/owed";
import { deleteWebhooks, findWebhook, replaceWebhook, updateWebhook } from "@/db/queries/webhooks";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { seal, unseal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";
import { WEBHOOK_EVENTS } from "@/lib/providers/polar/streams";
import {
  activateWebhook,
  changeWebhookEvents,
  createWebhook,
  deleteWebhook,
  getWebhook,
  type PolarWebhook,
} from "@/lib/providers/polar/webhook-api";
import { requireCan, requireOperator } from "@/lib/services/access/require";
import { beginOwedWork } from "@/lib/services/events/outbox";
import { polarClient, priorityOf } from "@/lib/services/provider/client";
import { POLAR } from "@/lib/wearables/provider";

export const WEBHOOK_PATH = `/api/webhooks/${POLAR}`;

/** `ours`: the address and the secret are this installation's. `secret-lost`: the address is, the secret is not known. */
export type WebhookStatus = {
  state: "none" | "ours" | "secret-lost" | "foreign";
  wantedUrl: string;
  atPolar: PolarWebhook | null;
  lastDeliveryAt: Date | null;
};

/** What Polar and this installation know of the webhook. Owners of the installation, jobs and commands. */
export async function webhookStatus({ ctx }: { ctx: Context }): Promise<WebhookStatus> {
  await requireOperator(ctx, "webhook.manage");
  const wantedUrl = `${env().APP_URL}${WEBHOOK_PATH}`;
  const atPolar = await getWebhook(polarClient(ctx, priorityOf(ctx)));
  const kept = await findWebhook(ctx.db);
  const isOurs = atPolar?.url === wantedUrl;
  const state = !atPolar ? "none" : !isOurs ? "foreign" : kept?.id === atPolar.id ? "ours" : "secret-lost";
  return { state, wantedUrl, atPolar, lastDeliveryAt: kept?.lastDeliveryAt ?? null };
}

async function create(ctx: Context, url: string): Promise<void> {
  const made = await createWebhook(polarClient(ctx, priorityOf(ctx)), { url, events: WEBHOOK_EVENTS });
  const row = { id: made.id, url, events: [...WEBHOOK_EVENTS], secretSealed: sealSecret(made.secret) };
  await inTransaction(ctx, (tx) => replaceWebhook(tx.db, { ...row, active: true, checkedAt: ctx.now }));
}

async function repair(ctx: Context, atPolar: PolarWebhook): Promise<"active" | "changed"> {
  const polar = polarClient(ctx, priorityOf(ctx));
  const missing = WEBHOOK_EVENTS.some((event) => !atPolar.events.includes(event));
  if (missing) await changeWebhookEvents(polar, { id: atPolar.id, events: WEBHOOK_EVENTS });
  if (!atPolar.active) await activateWebhook(polar);
  const set = { active: true, events: [...WEBHOOK_EVENTS], checkedAt: ctx.now };
  await updateWebhook(ctx.db, { id: atPolar.id, set });
  return missing || !atPolar.active ? "changed" : "active";
}

/**
 * Makes sure that Polar calls this installation: creates the webhook, adds missing events, switches it on again. One
 * whose secret was lost is made anew, because Polar tells a secret only once. Another installation's is left alone.
 * Owners of the installation, jobs and commands. @throws AppError `polar-failed` when Polar cannot reach `APP_URL`
 */
export async function setUpWebhook({
  ctx,
}: {
  ctx: Context;
}): Promise<{ outcome: "created" | "active" | "changed" | "foreign" }> {
  const { state, wantedUrl, atPolar } = await webhookStatus({ ctx });
  if (state === "foreign" && env().mode === "real") return { outcome: "foreign" };
  if (state === "ours" && atPolar) return { outcome: await repair(ctx, atPolar) };
  if (atPolar) await deleteWebhook(polarClient(ctx, priorityOf(ctx)), atPolar.id);
  await create(ctx, wantedUrl);
  return { outcome: "created" };
}

/** Deletes the client's webhook, whoever it calls. Owners of the installation, jobs and commands. */
export async function removeWebhook({ ctx }: { ctx: Context }): Promise<{ outcome: "deleted" | "none" }> {
  const { atPolar } = await webhookStatus({ ctx });
  if (atPolar) await deleteWebhook(polarClient(ctx, priorityOf(ctx)), atPolar.id);
  await deleteWebhooks(ctx.db);
  return { outcome: atPolar ? "deleted" : "none" };
}

/**
 * Sets up the webhook when the app starts, and once a day switches it on again if Polar gave up on it. Failing is no
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
  if (!isReachable()) return { outcome: "unreachable" };
  try {
    const { outcome } = await setUpWebhook({ ctx });
    ctx.log.info({ outcome }, "webhook at Polar");
    return { outcome };
  } catch (err) {
    ctx.log.warn({ err }, "the webhook at Polar could not be set up");
    return { outcome: "failed" };
  }
}

/** Polar can call this installation: it is public over https, or Polar is the simulator on this machine. */
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

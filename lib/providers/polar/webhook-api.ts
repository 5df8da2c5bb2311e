import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { PolarClient } from "./client";
import type { PolarOutcome } from "./outcome";

const info = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()).nullish(),
  active: z.boolean().nullish(),
});
const created = z.object({ data: info.extend({ signature_secret_key: z.string() }) });
const changed = z.union([z.object({ data: info }), info]);
const listed = z.object({ data: z.union([z.array(info), info]) });

export type PolarWebhook = { id: string; url: string; events: string[]; active: boolean };

function refused(outcome: PolarOutcome, what: string): AppError {
  const status = "status" in outcome ? ` (${outcome.status})` : "";
  return new AppError("polar-failed", `Polar did not ${what} the webhook${status}.`);
}

function asWebhook(it: z.output<typeof info>): PolarWebhook {
  return { id: it.id, url: it.url, events: it.events ?? [], active: it.active ?? true };
}

/** `GET /v3/webhooks`: the client's webhook, of which there is at most one. @throws AppError of the client */
export async function getWebhook(polar: PolarClient): Promise<PolarWebhook | null> {
  const outcome = await polar({ method: "GET", target: "/v3/webhooks" });
  const parsed = outcome.kind === "content" ? listed.safeParse(outcome.json) : null;
  if (!parsed?.success) throw refused(outcome, "show");
  const [first] = [parsed.data.data].flat();
  return first ? asWebhook(first) : null;
}

/**
 * `POST /v3/webhooks`: Polar pings `url` first and tells the signing secret only in this answer.
 * @throws AppError `conflict` when the client has one already; `polar-failed` when the ping failed
 */
export async function createWebhook(
  polar: PolarClient,
  input: { url: string; events: readonly string[] },
): Promise<PolarWebhook & { secret: string }> {
  const outcome = await polar({ method: "POST", target: "/v3/webhooks", json: input });
  if (outcome.kind === "refused" && outcome.status === 409)
    throw new AppError("conflict", "Polar has a webhook of this client already.");
  if (outcome.kind === "refused" && outcome.status === 400)
    throw new AppError("polar-failed", `Polar could not reach ${input.url}.`);
  const parsed = outcome.kind === "content" ? created.safeParse(outcome.json) : null;
  if (!parsed?.success) throw refused(outcome, "create");
  return { ...asWebhook(parsed.data.data), secret: parsed.data.data.signature_secret_key };
}

/** `PATCH /v3/webhooks/{id}` with the events wanted. */
export async function changeWebhookEvents(
  polar: PolarClient,
  input: { id: string; events: readonly string[] },
): Promise<void> {
  const target = `/v3/webhooks/${encodeURIComponent(input.id)}`;
  const outcome = await polar({ method: "PATCH", target, json: { events: input.events } });
  if (outcome.kind !== "content" || !changed.safeParse(outcome.json).success)
    throw refused(outcome, "change");
}

/** `POST /v3/webhooks/activate` (204: there is none): Polar pings first; it switches a webhook off after seven days without a success. */
export async function activateWebhook(polar: PolarClient): Promise<void> {
  const outcome = await polar({ method: "POST", target: "/v3/webhooks/activate" });
  const isDone = outcome.kind === "content" || outcome.kind === "bodiless";
  if (!isDone || outcome.status !== 200) throw refused(outcome, "activate");
}

/** `DELETE /v3/webhooks/{id}`; one that is gone already is fine. */
export async function deleteWebhook(polar: PolarClient, id: string): Promise<void> {
  const outcome = await polar({ method: "DELETE", target: `/v3/webhooks/${encodeURIComponent(id)}` });
  if (outcome.kind !== "empty" && outcome.kind !== "missing") throw refused(outcome, "delete");
}

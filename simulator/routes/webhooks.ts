import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { asClient } from "../access";
import { jsonBody } from "../http/body";
import { badRequest, errorReply } from "../http/errors";
import { empty, json, type Reply } from "../http/reply";
import { type Incoming, type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import type { Webhook } from "../state";
import { ping, webhookEvents } from "../webhooks";

const eventsSchema = z.array(z.enum(webhookEvents)).min(1);
const createSchema = z.object({ events: eventsSchema, url: z.url() });
const changeSchema = z.object({ events: eventsSchema.optional(), url: z.url().optional() });

function info(webhook: Webhook) {
  return { id: webhook.id, events: webhook.events, url: webhook.url, active: webhook.active };
}

async function pingFailure(sim: Sim, url: string, secret: string): Promise<Reply | undefined> {
  const status = await ping(sim, url, secret);
  if (status === 200) return undefined;
  return errorReply(
    sim,
    400,
    "WebhookPingFailedException",
    `Ping failed to URL ${url}. Response code was [${status}]`,
  );
}

/** One webhook per client; its secret is shown here and never again. */
async function create(sim: Sim, incoming: Incoming): Promise<Reply> {
  const parsed = createSchema.safeParse(jsonBody(incoming));
  if (!parsed.success) return badRequest(sim, "events and url are required");
  if (sim.state.webhooks.length > 0)
    return errorReply(sim, 409, "WebhookAlreadyExistsException", "A webhook exists already");
  const secret = randomUUID();
  const failure = await pingFailure(sim, parsed.data.url, secret);
  if (failure) return failure;
  const webhook: Webhook = {
    ...parsed.data,
    id: randomBytes(3).toString("hex"),
    clientId: sim.client.id,
    secret,
    active: true,
    failingSince: null,
  };
  sim.state.webhooks.push(webhook);
  sim.touch();
  return json(201, {
    data: { id: webhook.id, events: webhook.events, url: webhook.url, signature_secret_key: secret },
  });
}

async function change(sim: Sim, incoming: Incoming): Promise<Reply> {
  const webhook = sim.state.webhooks.find((w) => w.id === incoming.params.id);
  if (!webhook) return errorReply(sim, 404, "NotFoundException", "No such webhook");
  const parsed = changeSchema.safeParse(jsonBody(incoming));
  if (!parsed.success) return badRequest(sim, "events or url is not valid");
  const { url, events } = parsed.data;
  if (url && url !== webhook.url) {
    const failure = await pingFailure(sim, url, webhook.secret);
    if (failure) return failure;
    webhook.url = url;
  }
  if (events) webhook.events = events;
  sim.touch();
  return json(200, { data: info(webhook) });
}

function remove(sim: Sim, incoming: Incoming): Reply {
  const left = sim.state.webhooks.filter((w) => w.id !== incoming.params.id);
  if (left.length === sim.state.webhooks.length)
    return errorReply(sim, 404, "NotFoundException", "No such webhook");
  sim.state.webhooks = left;
  sim.touch();
  return empty(204);
}

async function activate(sim: Sim): Promise<Reply> {
  const webhook = sim.state.webhooks[0];
  if (!webhook) return empty(204);
  const failure = await pingFailure(sim, webhook.url, webhook.secret);
  if (failure) return failure;
  webhook.active = true;
  webhook.failingSince = null;
  sim.touch();
  return empty(200);
}

function deactivate(sim: Sim): Reply {
  const webhook = sim.state.webhooks[0];
  if (!webhook) return empty(204);
  webhook.active = false;
  sim.touch();
  return empty(200);
}

export function webhookRoutes(sim: Sim): Route[] {
  return [
    route(
      "POST",
      "/v3/webhooks",
      asClient(sim, (incoming) => create(sim, incoming)),
    ),
    route(
      "GET",
      "/v3/webhooks",
      asClient(sim, () => json(200, { data: sim.state.webhooks.map(info) })),
    ),
    route(
      "POST",
      "/v3/webhooks/activate",
      asClient(sim, () => activate(sim)),
    ),
    route(
      "POST",
      "/v3/webhooks/deactivate",
      asClient(sim, () => deactivate(sim)),
    ),
    route(
      "PATCH",
      "/v3/webhooks/:id",
      asClient(sim, (incoming) => change(sim, incoming)),
    ),
    route(
      "DELETE",
      "/v3/webhooks/:id",
      asClient(sim, (incoming) => remove(sim, incoming)),
    ),
  ];
}

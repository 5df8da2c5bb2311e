import { setTimeout as wait } from "node:timers/promises";
import { bearerOf, clientOf } from "./access";
import { createAdditions } from "./additions";
import { announceUploads } from "./announcements";
import { type Fault, type Spoilt, spoil } from "./faults";
import { errorReply } from "./http/errors";
import { type Answer, listen } from "./http/listen";
import type { Reply } from "./http/reply";
import { createRouter, type Incoming, type Route } from "./http/router";
import { limitsNow } from "./limits";
import type { SimulatorOptions } from "./options";
import { activityRoutes } from "./routes/activities";
import { biosensingRoutes } from "./routes/biosensing";
import { cardioLoadRoutes } from "./routes/cardio-load";
import { consoleRoutes } from "./routes/console";
import { heartRateRoutes } from "./routes/continuous-heart-rate";
import { controlRoutes } from "./routes/control";
import { exerciseRoutes } from "./routes/exercises";
import { nightRoutes } from "./routes/nights";
import { notificationRoutes } from "./routes/notifications";
import { oauthRoutes } from "./routes/oauth";
import { physicalInfoRoutes } from "./routes/physical-info";
import { sleepwiseRoutes } from "./routes/sleepwise";
import { transactionRoutes } from "./routes/transactions";
import { userRoutes } from "./routes/users";
import { webhookRoutes } from "./routes/webhooks";
import { createSim, type Sim } from "./simulator";
import { createWebhookQueue, webhookEvents } from "./webhooks";

/** How often the watches' own uploads are looked for. */
const tickMs = 5000;

export type RunningSimulator = {
  url: string;
  port: number;
  clientId: string;
  clientSecret: string;
  close: () => Promise<void>;
};

function polarRoutes(sim: Sim): Route[] {
  return [
    ...oauthRoutes(sim),
    ...notificationRoutes(sim),
    ...webhookRoutes(sim),
    ...exerciseRoutes(sim),
    ...activityRoutes(sim),
    ...nightRoutes(sim),
    ...cardioLoadRoutes(sim),
    ...heartRateRoutes(sim),
    ...physicalInfoRoutes(sim),
    ...sleepwiseRoutes(sim),
    ...biosensingRoutes(sim),
    ...transactionRoutes(sim),
    ...userRoutes(sim),
  ];
}

/** The family a path belongs to, for the count of requests. */
function familyOf(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && !/^\d+$/.test(segment));
  return segments[0] === "v3"
    ? (segments[segments[1] === "users" ? 2 : 1] ?? "users")
    : (segments[0] ?? "console");
}

function loginOf(sim: Sim, incoming: Omit<Incoming, "params">): string | undefined {
  const token = bearerOf(incoming.headers);
  return token ? sim.state.tokens[token]?.login : undefined;
}

async function delay(sim: Sim, fault: Fault | undefined): Promise<void> {
  const { responseDelayMs } = sim.state.knobs;
  if (responseDelayMs > 0) await wait(responseDelayMs);
  if (fault) await sim.faults.wait(fault);
}

/** Route a request, counted against the client's limits when it is one of the API's. */
function createAnswer(sim: Sim, routes: Route[]): Answer {
  const find = createRouter(routes);

  async function routed(incoming: Omit<Incoming, "params">): Promise<Reply> {
    const api = incoming.path.startsWith("/v3/");
    const rate = api
      ? sim.rate.take(clientOf(sim, incoming.headers) ?? sim.client.id, limitsNow(sim))
      : undefined;
    const match = find(incoming.method, incoming.path);
    const pattern = "route" in match ? match.route.pattern : incoming.path;
    const login = loginOf(sim, incoming) ?? null;
    const work = async () =>
      "route" in match ? match.route.handle({ ...incoming, params: match.params }) : match;
    const reply =
      rate?.allowed === false
        ? errorReply(sim, 429, "TooManyRequestsException", "Rate limit exceeded")
        : await work();
    if (api) {
      const at = new Date(sim.clock.now()).toISOString();
      sim.tracking.request(
        { at, method: incoming.method, path: incoming.path, status: reply.status, login },
        pattern,
        familyOf(incoming.path),
      );
    }
    return { ...reply, headers: { ...reply.headers, ...rate?.headers } };
  }

  return async (incoming): Promise<Spoilt> => {
    const controlled = incoming.path.startsWith("/_sim/");
    const fault = controlled
      ? undefined
      : sim.faults.next(incoming.method, incoming.path, loginOf(sim, incoming));
    if (!controlled) await delay(sim, fault);
    const skipped =
      fault?.phase === "before" &&
      (fault.drop || fault.html || fault.status !== undefined || fault.body !== undefined);
    const right = skipped ? { status: 200, headers: {}, body: "" } : await routed(incoming);
    sim.persist();
    return fault ? spoil(fault, right) : { reply: right };
  };
}

/** The webhook of the options exists from the start, unless the client has made its own. */
function seedWebhook(sim: Sim, webhook: SimulatorOptions["webhook"]): void {
  if (!webhook) return;
  const seeded = {
    id: "5eeded",
    clientId: sim.client.id,
    url: webhook.url,
    secret: webhook.secret,
    events: webhook.events ?? [...webhookEvents],
    active: true,
    failingSince: null,
  };
  sim.state.webhooks = [...sim.state.webhooks.filter((w) => w.id !== seeded.id), seeded];
  sim.touch();
}

/**
 * Start a Polar AccessLink that behaves like the real one.
 * Rejects with the listener's error (`EADDRINUSE`) or a ZodError for a scenario that is not valid.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const sim = createSim(options);
  const queue = createWebhookQueue(sim);
  const additions = createAdditions(sim, queue);
  const routes = [
    ...polarRoutes(sim),
    ...controlRoutes(sim, queue, additions),
    ...consoleRoutes(sim, queue, additions),
  ];
  const host = options.host ?? "127.0.0.1";
  const { server, port } = await listen({ port: options.port ?? 0, host, answer: createAnswer(sim, routes) });
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  sim.publicUrl = options.publicUrl ?? url;
  seedWebhook(sim, options.webhook);
  sim.persist();
  queue.resume();
  const ticker = setInterval(() => {
    announceUploads(sim, queue);
    sim.persist();
  }, tickMs);
  return {
    url,
    port,
    clientId: sim.client.id,
    clientSecret: sim.client.secret,
    close: async () => {
      clearInterval(ticker);
      sim.faults.clear();
      await queue.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      sim.persist();
    },
  };
}

import { createHmac } from "node:crypto";
import { registrationOf } from "./access";
import { dayMs } from "./civil";
import { polarUserIdOf, type Sim } from "./simulator";
import type { Delivery, Webhook } from "./state";

export const webhookEvents = [
  "EXERCISE",
  "SLEEP",
  "CONTINUOUS_HEART_RATE",
  "SLEEP_WISE_CIRCADIAN_BEDTIME",
  "SLEEP_WISE_ALERTNESS",
  "ACTIVITY_SUMMARY",
  "PHYSICAL_INFORMATION",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

const answerTimeoutMs = 10_000;
const kept = 500;

/** Lower-case hex of HMAC-SHA256 over the raw body. */
function signatureOf(secret: string, body: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

async function post(
  url: string,
  event: string,
  body: string,
  secret: string | undefined,
): Promise<number | string> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "polar-webhook-event": event,
  };
  if (secret) headers["polar-webhook-signature"] = signatureOf(secret, body);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body,
      signal: AbortSignal.timeout(answerTimeoutMs),
      redirect: "manual",
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch (error) {
    return error instanceof Error ? error.name : "error";
  }
}

/** The receiver cannot know the secret yet, so a ping is unsigned unless the knob says otherwise. */
export async function ping(sim: Sim, url: string, secret: string): Promise<number | string> {
  const body = JSON.stringify({ timestamp: new Date(sim.clock.now()).toISOString(), event: "PING" });
  return post(url, "PING", body, sim.state.knobs.pingSignature ? secret : undefined);
}

/** Where a client fetches what an event tells of. */
function urlOf(sim: Sim, event: WebhookEvent, fields: Record<string, string>): string {
  const paths: Record<WebhookEvent, string> = {
    EXERCISE: `/v3/exercises/${fields.entity_id}`,
    SLEEP: `/v3/users/sleep/${fields.date}`,
    CONTINUOUS_HEART_RATE: `/v3/users/continuous-heart-rate/${fields.date}`,
    SLEEP_WISE_CIRCADIAN_BEDTIME: `/v3/users/sleepwise/circadian-bedtime/date?from=${fields.from}&to=${fields.to}`,
    SLEEP_WISE_ALERTNESS: `/v3/users/sleepwise/alertness/date?from=${fields.from}&to=${fields.to}`,
    ACTIVITY_SUMMARY: `/v3/users/activities/${fields.date}`,
    PHYSICAL_INFORMATION: "/v3/users/physical-info",
  };
  return `${sim.publicUrl}${paths[event]}`;
}

export type WebhookQueue = ReturnType<typeof createWebhookQueue>;

/** Deliveries in the order of the events, retried on the knobs' schedule; Polar promises neither. */
export function createWebhookQueue(sim: Sim) {
  const timers = new Set<NodeJS.Timeout>();
  const inFlight = new Set<Promise<void>>();
  let closed = false;

  function after(delayMs: number, work: () => Promise<void>): void {
    if (closed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const running: Promise<void> = work().finally(() => inFlight.delete(running));
      inFlight.add(running);
    }, delayMs);
    timers.add(timer);
  }

  function finish(delivery: Delivery, webhook: Webhook, status: number | string): void {
    const now = sim.clock.now();
    delivery.attempts += 1;
    delivery.lastStatus = status;
    if (status === 200) {
      delivery.status = "delivered";
      webhook.failingSince = null;
    } else {
      webhook.failingSince ??= now;
      if (now - webhook.failingSince >= 7 * dayMs) webhook.active = false;
      retry(delivery, webhook);
    }
    sim.touch();
    sim.persist();
  }

  function retry(delivery: Delivery, webhook: Webhook): void {
    const delayS = sim.state.knobs.webhookRetryDelaysS[delivery.attempts - 1];
    if (delayS === undefined || !webhook.active) delivery.status = "failed";
    else after(delayS * 1000, () => attempt(delivery));
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const webhook = sim.state.webhooks.find((w) => w.id === delivery.webhookId);
    if (!webhook?.active) {
      delivery.status = "failed";
      return;
    }
    const status = await post(webhook.url, delivery.event, delivery.body, webhook.secret);
    if (!closed) finish(delivery, webhook, status);
  }

  function store(webhook: Webhook, event: string, login: string | null, body: string): Delivery {
    const { state } = sim;
    const lost = state.knobs.webhookLose > 0;
    if (lost) state.knobs.webhookLose -= 1;
    const delivery: Delivery = {
      id: state.nextDeliveryId++,
      webhookId: webhook.id,
      event,
      login,
      body,
      attempts: 0,
      status: lost ? "lost" : "waiting",
      lastStatus: null,
      createdAt: sim.clock.now(),
    };
    state.deliveries = [...state.deliveries.slice(1 - kept), delivery];
    sim.touch();
    return delivery;
  }

  function send(delivery: Delivery): void {
    if (delivery.status === "lost") return;
    after(sim.state.knobs.webhookDelayMs, () => attempt(delivery));
    if (sim.state.knobs.webhookDuplicate === 0) return;
    sim.state.knobs.webhookDuplicate -= 1;
    after(sim.state.knobs.webhookDelayMs + 5, () => attempt(delivery));
  }

  return {
    /** Tell every active webhook that asks for the event about a registered athlete's new data. */
    announce(event: WebhookEvent, login: string, fields: Record<string, string>): void {
      if (!registrationOf(sim, login) || sim.state.consentsWithheld.includes(login)) return;
      for (const webhook of sim.state.webhooks.filter((w) => w.active && w.events.includes(event))) {
        const body = JSON.stringify({
          event,
          user_id: polarUserIdOf(login),
          ...fields,
          timestamp: new Date(sim.clock.now()).toISOString().replace(/\.\d{3}Z$/, "Z"),
          url: urlOf(sim, event, fields),
        });
        send(store(webhook, event, login, body));
      }
    },
    redeliver(id: number): boolean {
      const delivery = sim.state.deliveries.find((d) => d.id === id);
      if (!delivery) return false;
      delivery.status = "waiting";
      after(0, () => attempt(delivery));
      return true;
    },
    /** Take up what an earlier run left waiting. */
    resume: () => {
      for (const delivery of sim.state.deliveries.filter((d) => d.status === "waiting"))
        after(0, () => attempt(delivery));
    },
    /** Wait until nothing is on its way; retries later than `patienceMs` are not waited for. */
    async settle(patienceMs: number): Promise<void> {
      const until = Date.now() + patienceMs;
      const busy = () => inFlight.size > 0 || sim.state.deliveries.some((d) => d.status === "waiting");
      while (busy() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async close(): Promise<void> {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.allSettled([...inFlight]);
    },
  };
}

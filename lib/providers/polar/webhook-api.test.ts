import pino from "pino";
import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { createPolarClient, type PolarClient } from "./client";
import {
  activateWebhook,
  changeWebhookEvents,
  createWebhook,
  deleteWebhook,
  getWebhook,
} from "./webhook-api";

const hook = {
  id: "abdf33",
  url: "https://restday.example/api/webhooks/polar",
  events: ["SLEEP"],
  active: true,
};

function clientAnswering(status: number, body: string): PolarClient {
  return createPolarClient({
    apiUrl: "https://polar.example",
    clientId: "id",
    clientSecret: "secret",
    log: pino({ level: "silent" }),
    budget: { admit: async () => null, observe: async () => {} },
    fetch: async () => new Response(status === 204 ? null : body, { status, headers: { location: "/" } }),
  });
}

const CALLS: Record<string, (polar: PolarClient) => Promise<unknown>> = {
  "GET /v3/webhooks": getWebhook,
  "POST /v3/webhooks": (polar) => createWebhook(polar, hook),
  "PATCH /v3/webhooks/{id}": (polar) => changeWebhookEvents(polar, hook),
  "POST /v3/webhooks/activate": activateWebhook,
  "DELETE /v3/webhooks/{id}": (polar) => deleteWebhook(polar, hook.id),
};

const json = JSON.stringify;

/** What each call may be answered with, as Polar documents it; everything else is an error. */
const UNDERSTOOD: [call: string, status: number, body: string, result: unknown][] = [
  ["GET /v3/webhooks", 200, json({ data: [] }), null],
  ["GET /v3/webhooks", 200, json({ data: [hook] }), hook],
  [
    "POST /v3/webhooks",
    201,
    json({ data: { ...hook, signature_secret_key: "s" } }),
    { ...hook, secret: "s" },
  ],
  ["PATCH /v3/webhooks/{id}", 200, json({ data: hook }), undefined],
  // Polar documents the status and no body: whatever JSON comes with it, the next look tells whether it is active.
  ["POST /v3/webhooks/activate", 200, "", undefined],
  ["POST /v3/webhooks/activate", 200, "null", undefined],
  ["POST /v3/webhooks/activate", 200, "[]", undefined],
  ["POST /v3/webhooks/activate", 200, '{"unexpected":true}', undefined],
  ["DELETE /v3/webhooks/{id}", 204, "", undefined],
  ["DELETE /v3/webhooks/{id}", 404, "", undefined],
];

test.each(UNDERSTOOD)("%s answered %i %s is understood", async (call, status, body, result) => {
  expect(await CALLS[call]?.(clientAnswering(status, body))).toEqual(result);
});

const ANSWERS: [status: number, body: string][] = [
  [200, ""],
  [201, ""],
  [200, '{"data": '],
  [200, "null"],
  [200, "[]"],
  [200, '{"unexpected":true}'],
  [200, "<!doctype html><p>Maintenance</p>"],
  [202, json({ data: [hook] })],
  [204, ""],
  [206, json({ data: [hook] })],
  [302, ""],
  [400, ""],
  [500, ""],
];

const isUnderstood = (call: string, status: number, body: string) =>
  UNDERSTOOD.some(
    ([name, known, like]) => name === call && known === status && (like === body || status !== 200),
  );

const UNCLEAR = Object.keys(CALLS).flatMap((call) =>
  ANSWERS.filter(([status, body]) => !isUnderstood(call, status, body)).map(
    ([status, body]) => [call, status, body] as const,
  ),
);

test.each(UNCLEAR)(
  "%s answered %i %s is an error, and nothing follows from it",
  async (call, status, body) => {
    await expect(CALLS[call]?.(clientAnswering(status, body))).rejects.toThrow(AppError);
  },
);

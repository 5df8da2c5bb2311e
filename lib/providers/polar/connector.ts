import type { Connector } from "@/lib/wearables/connector";
import { POLAR } from "@/lib/wearables/provider";
import { createPolarClient } from "./client";
import { dayOfPayload } from "./day";
import { normalisePayload, PARSER_VERSION } from "./normalise/payload";
import { notices, readDelivery } from "./notices";
import { endAccess, register } from "./registration";
import { STREAMS, WEBHOOK_EVENTS } from "./streams";
import { transactions } from "./transactions";
import {
  activateWebhook,
  changeWebhookEvents,
  createWebhook,
  deleteWebhook,
  getWebhook,
} from "./webhook-api";
import { isSignedBy } from "./webhook-signature";
import { windowRequests } from "./windows";

export type PolarSettings = { apiUrl: string; clientId: string; clientSecret: string };

/**
 * Polar AccessLink v3 behind the seam.
 * @param settings asked for whenever a client is made, so that the registry can be built before they are known
 */
export function createPolarConnector(settings: () => PolarSettings): Connector {
  return {
    id: POLAR,
    name: "Polar",
    accountPage: "account.polar.com",
    streams: STREAMS,
    // docs/reference/polar.md counts them.
    firstSyncRequests: 100,
    client: (of) => createPolarClient({ ...settings(), ...of }),
    requests: windowRequests,
    transactions,
    parser: { version: PARSER_VERSION, normalise: normalisePayload },
    dayOf: dayOfPayload,
    register,
    endAccess,
    notices,
    webhook: {
      events: WEBHOOK_EVENTS,
      signatureHeader: "polar-webhook-signature",
      read: readDelivery,
      isSignedBy,
      find: getWebhook,
      create: (client, url) => createWebhook(client, { url, events: WEBHOOK_EVENTS }),
      renew: (client, id) => changeWebhookEvents(client, { id, events: WEBHOOK_EVENTS }),
      activate: activateWebhook,
      remove: deleteWebhook,
    },
  };
}

import { z } from "zod";
import { registrationOf } from "../access";
import type { Additions } from "../additions";
import { announceUploads } from "../announcements";
import { control } from "../control-guard";
import { jsonBody } from "../http/body";
import { json, type Reply } from "../http/reply";
import { type Incoming, type Route, route } from "../http/router";
import { oracle } from "../oracle";
import type { Sim } from "../simulator";
import type { WebhookQueue } from "../webhooks";
import { athleteControlRoutes } from "./control-athletes";
import { webhookControlRoutes } from "./control-webhooks";

const clockSchema = z.union([
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
  z.strictObject({ offsetMs: z.number() }),
  z.strictObject({ advanceMs: z.number() }),
  z.strictObject({ real: z.literal(true) }),
]);

function changeClock(sim: Sim, queue: WebhookQueue, incoming: Incoming): Reply {
  const wish = clockSchema.parse(jsonBody(incoming));
  if ("now" in wish) sim.clock.set({ mode: "fixed", now: new Date(wish.now).toISOString() });
  else if ("offsetMs" in wish) sim.clock.set({ mode: "offset", offsetMs: wish.offsetMs });
  else if ("advanceMs" in wish) sim.clock.advance(wish.advanceMs);
  else sim.clock.set({ mode: "offset", offsetMs: 0 });
  announceUploads(sim, queue);
  sim.touch();
  return clock(sim);
}

function clock(sim: Sim): Reply {
  const now = sim.clock.now();
  return json(200, {
    ...sim.clock.setting(),
    now: new Date(now).toISOString(),
    today: firstHistory(sim).today(now),
    timeZone: sim.timeZone,
  });
}

function firstHistory(sim: Sim) {
  return sim.historyOf(sim.scenario.athletes[0]?.login ?? "");
}

function athletes(sim: Sim): Reply {
  const now = sim.clock.now();
  return json(200, {
    scenario: sim.scenario.name,
    about: sim.scenario.about,
    timeZone: sim.timeZone,
    today: firstHistory(sim).today(now),
    now: new Date(now).toISOString(),
    athletes: sim.accounts().map(({ athlete, polarUserId }) => ({
      login: athlete.login,
      firstName: athlete.firstName,
      lastName: athlete.lastName,
      email: athlete.email,
      polarUserId,
      story: athlete.story,
      registered: registrationOf(sim, athlete.login) !== undefined,
      consents: !sim.state.consentsWithheld.includes(athlete.login),
      hasToken: Object.values(sim.state.tokens).some((token) => token.login === athlete.login),
    })),
  });
}

function faultRoutes(sim: Sim): Route[] {
  return [
    route(
      "GET",
      "/_sim/faults",
      control(() => json(200, { faults: sim.faults.list() })),
    ),
    route(
      "POST",
      "/_sim/faults",
      control((incoming) => json(201, sim.faults.add(jsonBody(incoming)))),
    ),
    route(
      "DELETE",
      "/_sim/faults",
      control(() => {
        sim.faults.clear();
        return json(200, { faults: [] });
      }),
    ),
  ];
}

/** Everything a test or a demonstration needs that Polar does not offer. */
export function controlRoutes(sim: Sim, queue: WebhookQueue, additions: Additions): Route[] {
  return [
    route("GET", "/_sim/health", () =>
      json(200, { status: "ok", scenario: sim.scenario.name, history: sim.mode }),
    ),
    route(
      "GET",
      "/_sim/athletes",
      control(() => athletes(sim)),
    ),
    route(
      "GET",
      "/_sim/clock",
      control(() => clock(sim)),
    ),
    route(
      "POST",
      "/_sim/clock",
      control((incoming) => changeClock(sim, queue, incoming)),
    ),
    route(
      "GET",
      "/_sim/knobs",
      control(() => json(200, sim.state.knobs)),
    ),
    route(
      "POST",
      "/_sim/knobs",
      control((incoming) => json(200, sim.changeKnobs(jsonBody(incoming)))),
    ),
    route(
      "GET",
      "/_sim/oracle",
      control((incoming) => json(200, oracle(sim, incoming.query.get("login")))),
    ),
    route(
      "GET",
      "/_sim/requests",
      control(() => json(200, sim.tracking.requests())),
    ),
    route(
      "DELETE",
      "/_sim/requests",
      control(() => {
        sim.tracking.resetRequests();
        return json(200, {});
      }),
    ),
    route(
      "POST",
      "/_sim/reset",
      control(() => {
        sim.reset();
        return json(200, { reset: true });
      }),
    ),
    ...faultRoutes(sim),
    ...webhookControlRoutes(sim, queue),
    ...athleteControlRoutes(sim, additions),
  ];
}

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connections } from "@/db/schema/connection";
import { sync } from "../integration/sync-support";
import { differences, factsOf } from "./state";
import { createWorld, expectAgreement, newAthlete, recover, type World } from "./world";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const FAULTS = {
  "500 before": { status: 500 },
  "500 after": { status: 500, phase: "after" },
  "503 without a body": { status: 503, body: "" },
  "404": { status: 404, body: "" },
  "429": { status: 429 },
  "403": { status: 403 },
  "400": { status: 400 },
  "dropped before": { drop: true },
  "dropped after": { drop: true, phase: "after" },
  truncated: { truncate: true, phase: "after" },
  "a page": { html: true },
  "200 without a body": { bodiless: true, status: 200 },
  "half a body": { cut: true, status: 200 },
  "204": { status: 204 },
  "206": { keepBody: true, status: 206 },
} satisfies Record<string, object>;

async function requestsOfOneSync(
  streams: string[],
): Promise<{ requests: number; facts: Record<string, string[]> }> {
  const athleteId = await newAthlete(world, streams);
  await fetch(`${world.sim.url}/_sim/requests`, { method: "DELETE" });
  await sync(world.at, athleteId);
  const { byRoute } = await world.sendTo<{ byRoute: Record<string, number> }>("/requests");
  const requests = Object.entries(byRoute)
    .filter(([route]) => route.includes(" /v3/"))
    .reduce((sum, [, n]) => sum + n, 0);
  await recover(world, athleteId);
  return { requests, facts: await factsOf(world.at.db, athleteId) };
}

const STREAMS = ["exercises", "activities", "physical-info", "sleep", "cardio-load"];

test.each(STREAMS)(
  "any fault at any request of %s is made good by the next syncs",
  async (stream) => {
    const { requests, facts } = await requestsOfOneSync([stream]);
    expect(requests).toBeGreaterThan(0);
    for (const [name, fault] of Object.entries(FAULTS))
      for (let skip = 0; skip < requests; skip += 1) {
        const athleteId = await newAthlete(world, [stream]);
        await world.sendTo("/faults", { match: { pathPattern: "^/v3/" }, skip, ...fault });
        await sync(world.at, athleteId);
        await recover(world, athleteId);
        await expectAgreement(world, athleteId, [stream]);
        const found = await factsOf(world.at.db, athleteId);
        expect(differences(facts, found), `${name} at request ${skip + 1}`).toEqual([]);
        const [connection] = await world.at.db
          .select({ status: connections.status })
          .from(connections)
          .where(eq(connections.athleteId, athleteId));
        expect(connection?.status).toBe("active");
      }
  },
  300_000,
);

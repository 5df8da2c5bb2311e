import { asUser } from "../access";
import { errorReply } from "../http/errors";
import { json } from "../http/reply";
import { type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import { currentBody } from "../wire/body";

export function physicalInfoRoutes(sim: Sim): Route[] {
  return [
    route(
      "GET",
      "/v3/users/physical-info",
      asUser(sim, ({ login, athlete }) => {
        const current = currentBody(sim.historyOf(login).body(sim.clock.now()), athlete, sim.wire(login));
        if (!current) return errorReply(sim, 404, "NotFoundException", "No physical information");
        sim.tracking.served(login, "physical-info", [current.modified]);
        return json(200, current);
      }),
    ),
  ];
}

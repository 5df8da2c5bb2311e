import { asClient } from "../access";
import { empty, json } from "../http/reply";
import { type Route, route } from "../http/router";
import { polarUserIdOf, type Sim } from "../simulator";
import type { Family } from "../state";
import { eligible, families } from "../transactions";

/** One row per user and family that a new transaction would find something for; no counts. */
function available(sim: Sim) {
  const registrations = sim.state.registrations.filter((r) => !sim.state.consentsWithheld.includes(r.login));
  return registrations.flatMap((registration) => {
    const userId = polarUserIdOf(registration.login);
    return (Object.keys(families) as Family[])
      .filter(
        (family) =>
          sim.state.knobs.retired[family] === null && eligible(sim, registration, family).length > 0,
      )
      .map((family) => ({
        "user-id": userId,
        "data-type": families[family].dataType,
        url: `${sim.publicUrl}/v3/users/${userId}/${families[family].path}`,
      }));
  });
}

export function notificationRoutes(sim: Sim): Route[] {
  return [
    route(
      "GET",
      "/v3/notifications",
      asClient(sim, () => {
        const rows = available(sim);
        return rows.length === 0 ? empty(204) : json(200, { "available-user-data": rows });
      }),
    ),
  ];
}

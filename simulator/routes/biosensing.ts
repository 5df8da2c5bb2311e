import { asUser } from "../access";
import { todayOf, visibleNights, windowDays } from "../availability";
import { addDays } from "../civil";
import { isReply, rangeOf } from "../http/query";
import { empty, json } from "../http/reply";
import { type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import { type BiosensingKind, biosensing } from "../wire/biosensing";

/** A device without the sensor, or no data in the range: 204. */
export function biosensingRoutes(sim: Sim): Route[] {
  return (Object.keys(biosensing) as BiosensingKind[]).map((kind) =>
    route(
      "GET",
      `/v3/users/biosensing/${kind}`,
      asUser(sim, ({ login }, incoming) => {
        const today = todayOf(sim, login);
        const longestDays = windowDays(sim).range;
        const range = rangeOf(sim, incoming, {
          fallback: { from: addDays(today, 1 - longestDays), to: today },
          longestDays,
        });
        if (isReply(range)) return range;
        const nights = visibleNights(sim, login).filter((n) => n.date >= range.from && n.date <= range.to);
        const found = biosensing[kind](nights);
        sim.tracking.served(
          login,
          "biosensing",
          found.length > 0 ? nights.map((night) => `${kind}:${night.date}`) : [],
        );
        return found.length === 0 ? empty(204) : json(200, found);
      }),
    ),
  );
}

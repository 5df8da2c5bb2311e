import { asUser } from "../access";
import { todayOf, visibleNights, windowDays } from "../availability";
import { addDays } from "../civil";
import type { Night } from "../generate/night";
import { isReply, rangeOf } from "../http/query";
import { empty, json } from "../http/reply";
import { type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import { alertness, circadianBedtime } from "../wire/sleepwise";

/** SleepWise needs five nights before it says anything. */
const nightsNeeded = 5;

/** The bare path ignores `from` and `to`; the range has a path of its own. */
export function sleepwiseRoutes(sim: Sim): Route[] {
  const answer = (login: string, nights: Night[], shape: (night: Night) => object) => {
    const ready = nights.filter((night) => night.nightNumber >= nightsNeeded);
    sim.tracking.served(
      login,
      "sleepwise",
      ready.map((night) => night.date),
    );
    return ready.length === 0 ? empty(204) : json(200, ready.map(shape));
  };
  const kind = (name: string, shape: (night: Night) => object): Route[] => [
    route(
      "GET",
      `/v3/users/sleepwise/${name}`,
      asUser(sim, ({ login }) => answer(login, visibleNights(sim, login), shape)),
    ),
    route(
      "GET",
      `/v3/users/sleepwise/${name}/date`,
      asUser(sim, ({ login }, incoming) => {
        const today = todayOf(sim, login);
        const longestDays = windowDays(sim).range;
        const range = rangeOf(sim, incoming, {
          fallback: { from: addDays(today, 1 - longestDays), to: today },
          longestDays,
        });
        if (isReply(range)) return range;
        const nights = visibleNights(sim, login).filter((n) => n.date >= range.from && n.date <= range.to);
        return answer(login, nights, shape);
      }),
    ),
  ];
  return [...kind("alertness", alertness), ...kind("circadian-bedtime", circadianBedtime)];
}

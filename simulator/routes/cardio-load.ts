import { asUser } from "../access";
import { todayOf, windowDays } from "../availability";
import { addDays, type CivilDate, datesFrom } from "../civil";
import { badRequest } from "../http/errors";
import { dateParam, isReply, rangeOf } from "../http/query";
import { json, type Reply } from "../http/reply";
import { type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import { cardioLoadObject } from "../wire/cardio-load";

const longestDays = 180;

/** Every form answers a bare array with one entry for every day, newest first, data or not. */
export function cardioLoadRoutes(sim: Sim): Route[] {
  const answer = (login: string, from: CivilDate, to: CivilDate): Reply => {
    const now = sim.clock.now();
    const history = sim.historyOf(login);
    const dates = datesFrom(from, to < todayOf(sim, login) ? to : todayOf(sim, login)).reverse();
    sim.tracking.served(login, "cardio-load", dates);
    return json(
      200,
      dates.map((date) => cardioLoadObject(history.cardioLoad(date, now), sim.wire(login))),
    );
  };
  const lastDays = (login: string, days: number) =>
    answer(login, addDays(todayOf(sim, login), 1 - days), todayOf(sim, login));
  const period = (unitDays: number, most: number) =>
    asUser(sim, ({ login }, incoming) => {
      const count = Number(incoming.params.count);
      if (!Number.isInteger(count) || count < 1 || count > most)
        return badRequest(sim, `The period must be 1 to ${most}`);
      return lastDays(login, Math.min(longestDays, count * unitDays));
    });

  return [
    route(
      "GET",
      "/v3/users/cardio-load",
      asUser(sim, ({ login }) => lastDays(login, windowDays(sim).cardioLoad)),
    ),
    route(
      "GET",
      "/v3/users/cardio-load/date",
      asUser(sim, ({ login }, incoming) => {
        const earliest = addDays(todayOf(sim, login), -longestDays);
        const range = rangeOf(sim, incoming, { fallback: undefined, longestDays: longestDays + 1, earliest });
        return isReply(range) ? range : answer(login, range.from, range.to);
      }),
    ),
    route("GET", "/v3/users/cardio-load/period/days/:count", period(1, 180)),
    route("GET", "/v3/users/cardio-load/period/months/:count", period(30, 6)),
    route(
      "GET",
      "/v3/users/cardio-load/:date",
      asUser(sim, ({ login }, incoming) => {
        const date = dateParam(sim, incoming);
        return typeof date === "string" ? answer(login, date, date) : date;
      }),
    ),
  ];
}

import { asUser } from "../access";
import { todayOf, windowDays } from "../availability";
import { addDays, type CivilDate, datesFrom } from "../civil";
import { errorReply } from "../http/errors";
import { dateParam, isReply, rangeOf } from "../http/query";
import { json } from "../http/reply";
import { type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import { heartRateObject } from "../wire/continuous-heart-rate";

export function heartRateRoutes(sim: Sim): Route[] {
  const days = (login: string, from: CivilDate, to: CivilDate) => {
    const earliest = addDays(todayOf(sim, login), 1 - windowDays(sim).range);
    const dates = datesFrom(from < earliest ? earliest : from, to);
    return dates.flatMap((date) => {
      const samples = sim.historyOf(login).heartRate(date, sim.clock.now());
      return samples.length === 0 ? [] : [heartRateObject(date, samples, sim.wire(login))];
    });
  };
  const absent = () => errorReply(sim, 404, "NotFoundException", "No data for this date");

  return [
    route(
      "GET",
      "/v3/users/continuous-heart-rate",
      asUser(sim, ({ login }, incoming) => {
        const range = rangeOf(sim, incoming, { fallback: undefined, longestDays: windowDays(sim).range });
        if (isReply(range)) return range;
        const found = days(login, range.from, range.to);
        sim.tracking.served(
          login,
          "continuous-heart-rate",
          found.map((day) => day.date),
        );
        if (sim.state.knobs.heartRateRange === "single") return found[0] ? json(200, found[0]) : absent();
        return json(200, { heart_rates: found });
      }),
    ),
    route(
      "GET",
      "/v3/users/continuous-heart-rate/:date",
      asUser(sim, ({ login }, incoming) => {
        const date = dateParam(sim, incoming);
        if (typeof date !== "string") return date;
        const found = days(login, date, date)[0];
        if (!found) return absent();
        sim.tracking.served(login, "continuous-heart-rate", [date]);
        return json(200, found);
      }),
    ),
  ];
}

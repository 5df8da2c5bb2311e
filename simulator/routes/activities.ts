import { asUser } from "../access";
import { activitiesBetween, todayOf, windowDays } from "../availability";
import { addDays } from "../civil";
import { badRequest } from "../http/errors";
import { dateParam, flag, isReply, rangeOf } from "../http/query";
import { empty, json } from "../http/reply";
import { type Incoming, type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import { type ActivityFlags, activitySamples, plainActivity } from "../wire/activity";

const everything: ActivityFlags = { steps: true, zones: true, inactivity: true };

function flagsOf(incoming: Incoming): ActivityFlags {
  return {
    steps: flag(incoming, "steps"),
    zones: flag(incoming, "activity_zones"),
    inactivity: flag(incoming, "inactivity_stamps"),
  };
}

export function activityRoutes(sim: Sim): Route[] {
  const between = (login: string, incoming: Incoming) => {
    const today = todayOf(sim, login);
    const { activityRange, activityBack } = windowDays(sim);
    const fallback = { from: addDays(today, 1 - activityRange), to: today };
    const earliest = addDays(today, -activityBack);
    const range = rangeOf(sim, incoming, { fallback, longestDays: activityRange, earliest });
    return isReply(range) ? range : activitiesBetween(sim, login, range.from, range.to);
  };
  const onDate = (login: string, incoming: Incoming) => {
    const date = dateParam(sim, incoming);
    if (typeof date !== "string") return date;
    const tooOld = date < addDays(todayOf(sim, login), -windowDays(sim).activityBack);
    return tooOld ? badRequest(sim, "The date is too long ago") : activitiesBetween(sim, login, date, date);
  };
  const served = (login: string, dates: string[]) => sim.tracking.served(login, "activities", dates);

  return [
    route(
      "GET",
      "/v3/users/activities",
      asUser(sim, ({ login }, incoming) => {
        const days = between(login, incoming);
        if (!Array.isArray(days)) return days;
        served(
          login,
          days.map((day) => day.date),
        );
        const flags = flagsOf(incoming);
        return json(
          200,
          days.map((day) => plainActivity(day, login, flags, sim.wire(login))),
        );
      }),
    ),
    route(
      "GET",
      "/v3/users/activities/samples",
      asUser(sim, ({ login }, incoming) => {
        const days = between(login, incoming);
        return Array.isArray(days)
          ? json(
              200,
              days.map((day) => activitySamples(day, login, everything, sim.wire(login))),
            )
          : days;
      }),
    ),
    route(
      "GET",
      "/v3/users/activities/samples/:date",
      asUser(sim, ({ login }, incoming) => {
        const days = onDate(login, incoming);
        if (!Array.isArray(days)) return days;
        return days[0] ? json(200, activitySamples(days[0], login, everything, sim.wire(login))) : empty(204);
      }),
    ),
    route(
      "GET",
      "/v3/users/activities/:date",
      asUser(sim, ({ login }, incoming) => {
        const days = onDate(login, incoming);
        if (!Array.isArray(days)) return days;
        if (!days[0]) return empty(204);
        served(login, [days[0].date]);
        return json(200, plainActivity(days[0], login, flagsOf(incoming), sim.wire(login)));
      }),
    ),
  ];
}

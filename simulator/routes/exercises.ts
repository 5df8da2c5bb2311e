import { asUser, type Caller } from "../access";
import { visibleSessions } from "../availability";
import type { Session } from "../generate/session";
import { errorReply } from "../http/errors";
import { flag } from "../http/query";
import { json, type Reply, typed } from "../http/reply";
import { type Incoming, type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import { type ExerciseFlags, plainExercise } from "../wire/exercise";
import { gpxOf, tcxOf } from "../wire/exercise-files";

function flagsOf(incoming: Incoming): ExerciseFlags {
  return {
    samples: flag(incoming, "samples"),
    zones: flag(incoming, "zones"),
    route: flag(incoming, "route"),
  };
}

function shown(sim: Sim, caller: Caller): Session[] {
  return caller.registration ? visibleSessions(sim, caller.registration) : [];
}

function one(sim: Sim, answer: (session: Session, caller: Caller, incoming: Incoming) => Reply | undefined) {
  return asUser(sim, (caller, incoming) => {
    const session = shown(sim, caller).find((s) => s.hash === incoming.params.hash);
    const reply = session ? answer(session, caller, incoming) : undefined;
    return reply ?? errorReply(sim, 404, "NotFoundException", "No such exercise");
  });
}

export function exerciseRoutes(sim: Sim): Route[] {
  return [
    route(
      "GET",
      "/v3/exercises",
      asUser(sim, (caller, incoming) => {
        const sessions = shown(sim, caller);
        const flags = flagsOf(incoming);
        sim.tracking.served(
          caller.login,
          "exercises",
          sessions.map((s) => s.hash),
        );
        return json(
          200,
          sessions.map((s) => plainExercise(s, caller.athlete, flags, sim.wire(caller.login))),
        );
      }),
    ),
    route(
      "GET",
      "/v3/exercises/:hash",
      one(sim, (session, caller, incoming) => {
        sim.tracking.served(caller.login, "exercises", [session.hash]);
        return json(200, plainExercise(session, caller.athlete, flagsOf(incoming), sim.wire(caller.login)));
      }),
    ),
    route(
      "GET",
      "/v3/exercises/:hash/tcx",
      one(sim, (session) => typed("application/vnd.garmin.tcx+xml", tcxOf(session))),
    ),
    route(
      "GET",
      "/v3/exercises/:hash/gpx",
      one(sim, (session) => {
        const gpx = gpxOf(session);
        return gpx ? typed("application/gpx+xml", gpx) : undefined;
      }),
    ),
    route(
      "GET",
      "/v3/exercises/:hash/fit",
      one(sim, () => undefined),
    ),
  ];
}

import { asUser, type Caller } from "../access";
import { activitiesBetween, todayOf, visibleSessions } from "../availability";
import { addDays } from "../civil";
import { type SampleType, sampleSeriesOf, sampleTypesOf } from "../generate/samples";
import type { Session } from "../generate/session";
import { empty, html, json, type Reply, typed } from "../http/reply";
import { type Incoming, type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import type { Family, Registration, Transaction } from "../state";
import { commit, families, findTransaction, openTransaction, readTransaction } from "../transactions";
import { transactionalActivity, transactionalSteps, transactionalZones } from "../wire/activity";
import { transactionalBody } from "../wire/body";
import { sampleObject, transactionalExercise, zoneObjects } from "../wire/exercise";
import { gpxOf, tcxOf } from "../wire/exercise-files";

type Within = {
  caller: Caller;
  registration: Registration;
  transaction: Transaction;
  id: number;
  incoming: Incoming;
};

function transactionUrl(sim: Sim, caller: Caller, transaction: Transaction): string {
  return `${sim.publicUrl}/v3/users/${caller.account.polarUserId}/${families[transaction.family].path}/${transaction.id}`;
}

/** Retired families answer one status to everything; a registered caller is a given. */
function guarded(
  sim: Sim,
  family: Family,
  handle: (caller: Caller, registration: Registration, incoming: Incoming) => Reply,
) {
  return asUser(sim, (caller, incoming) => {
    const status = sim.state.knobs.retired[family];
    if (status !== null) return empty(status);
    return caller.registration ? handle(caller, caller.registration, incoming) : empty(204);
  });
}

function create(sim: Sim, family: Family, caller: Caller, registration: Registration): Reply {
  const transaction = openTransaction(sim, registration, family);
  if (!transaction) return empty(204);
  return json(201, {
    "transaction-id": transaction.id,
    "resource-uri": transactionUrl(sim, caller, transaction),
  });
}

/** Answers that Polar does not document, by knob. */
const page = () => html(200, "<!doctype html><title>Maintenance</title><p>Please come back later.</p>");

function list(sim: Sim, family: Family, caller: Caller, incoming: Incoming): Reply {
  const transaction = readTransaction(sim, caller.login, family, Number(incoming.params.tx));
  if (!transaction) return empty(sim.state.knobs.readAfterCommit);
  const base = transactionUrl(sim, caller, transaction);
  const key = families[family].list;
  const urls = transaction.itemIds.map((id) => `${base}/${families[family].item}/${id}`);
  const answers = {
    items: () => json(200, { [key]: urls }),
    empty: () => json(200, { [key]: [] }),
    "204": () => empty(204),
    bodiless: () => empty(200),
    "other-shape": () => json(200, { items: urls }),
    page,
  };
  return answers[sim.state.knobs.openList]();
}

function put(
  sim: Sim,
  family: Family,
  caller: Caller,
  registration: Registration,
  incoming: Incoming,
): Reply {
  const transaction = findTransaction(sim, caller.login, family, Number(incoming.params.tx));
  if (transaction?.status === "committed") return empty(sim.state.knobs.doubleCommit);
  if (transaction?.status !== "open") return empty(404);
  commit(sim, registration, transaction);
  const answers = {
    "200": () => empty(200),
    "204": () => empty(204),
    "200-body": () => json(200, { status: "ok" }),
    "202": () => json(202, { status: "accepted" }),
    page,
  };
  return answers[sim.state.knobs.commitAnswer]();
}

/** An item's resource: only while its transaction is open and holds it. */
function item(sim: Sim, family: Family, answer: (within: Within) => Reply) {
  return guarded(sim, family, (caller, registration, incoming) => {
    const transaction = readTransaction(sim, caller.login, family, Number(incoming.params.tx));
    if (!transaction) return empty(sim.state.knobs.readAfterCommit);
    const id = Number(incoming.params.id);
    const at = transaction.itemIds.indexOf(id);
    return at >= sim.state.knobs.absentItems
      ? answer({ caller, registration, transaction, id, incoming })
      : empty(204);
  });
}

function sessionRoutes(sim: Sim): Route[] {
  const base = "/v3/users/#user/exercise-transactions/#tx/exercises/#id";
  const of = (pattern: string, answer: (session: Session, within: Within) => Reply) =>
    route(
      "GET",
      `${base}${pattern}`,
      item(sim, "exercise", (within) => {
        const session = visibleSessions(sim, within.registration).find((s) => s.id === within.id);
        return session ? answer(session, within) : empty(204);
      }),
    );
  return [
    of("", (session, { caller, transaction, id }) => {
      sim.tracking.record(caller.login, "exercises", "fetched", [id]);
      return json(
        200,
        transactionalExercise(session, caller.athlete, transaction.id, sim.wire(caller.login)),
      );
    }),
    of("/heart-rate-zones", (session, { caller }) =>
      json(200, { zone: zoneObjects(session, caller.athlete, sim.wire(caller.login)) }),
    ),
    of("/samples", (session, { caller, transaction, id }) => {
      const url = `${transactionUrl(sim, caller, transaction)}/exercises/${id}/samples`;
      return json(200, { samples: sampleTypesOf(session).map((type) => `${url}/${type}`) });
    }),
    of("/samples/#type", (session, { caller, incoming }) => {
      const type = sampleTypesOf(session).find((known) => String(known) === incoming.params.type) satisfies
        | SampleType
        | undefined;
      return type === undefined
        ? empty(204)
        : json(200, sampleObject(sampleSeriesOf(session, type), sim.wire(caller.login)));
    }),
    of("/tcx", (session) => typed("application/vnd.garmin.tcx+xml", tcxOf(session))),
    of("/gpx", (session) => {
      const gpx = gpxOf(session);
      return gpx ? typed("application/gpx+xml", gpx) : empty(204);
    }),
    of("/fit", () => empty(204)),
  ];
}

function activityRoutes(sim: Sim): Route[] {
  const base = "/v3/users/#user/activity-transactions/#tx/activities/#id";
  const of = (
    pattern: string,
    shape: (day: ReturnType<typeof activitiesBetween>[number], within: Within) => object,
  ) =>
    route(
      "GET",
      `${base}${pattern}`,
      item(sim, "activity", (within) => {
        const today = todayOf(sim, within.caller.login);
        const days = activitiesBetween(sim, within.caller.login, addDays(today, -89), today);
        const day = days.find((d) => Math.floor(d.id / 100) === Math.floor(within.id / 100));
        return day ? json(200, shape({ ...day, id: within.id }, within)) : empty(204);
      }),
    );
  return [
    of("", (day, { caller, transaction, id }) => {
      sim.tracking.record(caller.login, "activities", "fetched", [id]);
      return transactionalActivity(day, transaction.id, sim.wire(caller.login));
    }),
    of("/step-samples", (day, { caller }) => transactionalSteps(day, caller.login)),
    of("/zone-samples", (day, { caller }) => transactionalZones(day, caller.login)),
  ];
}

function bodyRoute(sim: Sim): Route {
  return route(
    "GET",
    "/v3/users/#user/physical-information-transactions/#tx/physical-informations/#id",
    item(sim, "physical", ({ caller, transaction, id }) => {
      const entry = sim
        .historyOf(caller.login)
        .body(sim.clock.now())
        .find((b) => b.id === id);
      if (!entry) return empty(204);
      sim.tracking.record(caller.login, "physical-informations", "fetched", [id]);
      return json(200, transactionalBody(entry, caller.athlete, transaction.id, sim.wire(caller.login)));
    }),
  );
}

/** The three deprecated families and everything below them. */
export function transactionRoutes(sim: Sim): Route[] {
  const lifecycle = (Object.keys(families) as Family[]).flatMap((family) => {
    const base = `/v3/users/#user/${families[family].path}`;
    return [
      route(
        "POST",
        base,
        guarded(sim, family, (caller, registration) => create(sim, family, caller, registration)),
      ),
      route(
        "GET",
        `${base}/#tx`,
        guarded(sim, family, (caller, _registration, incoming) => list(sim, family, caller, incoming)),
      ),
      route(
        "PUT",
        `${base}/#tx`,
        guarded(sim, family, (caller, registration, incoming) =>
          put(sim, family, caller, registration, incoming),
        ),
      ),
    ];
  });
  return [...lifecycle, ...sessionRoutes(sim), ...activityRoutes(sim), bodyRoute(sim)];
}

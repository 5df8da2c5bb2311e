import { registrationOf } from "./access";
import type { Sim } from "./simulator";
import type { Family } from "./state";
import type { PlainFamily } from "./tracking";
import { committedIds, families, itemsOf, openTransactions } from "./transactions";

const plainFamilies: PlainFamily[] = [
  "exercises",
  "activities",
  "sleep",
  "nightly-recharge",
  "cardio-load",
  "continuous-heart-rate",
  "physical-info",
  "sleepwise",
  "biosensing",
];

function counted<T>(ids: T[]) {
  return { count: ids.length, ids };
}

function familyOf(sim: Sim, login: string, family: Family) {
  const registration = registrationOf(sim, login);
  const name = families[family].item;
  return {
    available: counted(registration ? itemsOf(sim, registration, family) : []),
    offered: counted(sim.tracking.seen(login, name, "offered")),
    fetched: counted(sim.tracking.seen(login, name, "fetched")),
    held: counted(openTransactions(sim, login, family).flatMap((t) => t.itemIds)),
    committed: counted(registration ? committedIds(sim, registration, family) : []),
  };
}

function userOf(sim: Sim, login: string, polarUserId: number) {
  return {
    polarUserId,
    registered: registrationOf(sim, login) !== undefined,
    families: {
      exercises: familyOf(sim, login, "exercise"),
      activities: familyOf(sim, login, "activity"),
      "physical-informations": familyOf(sim, login, "physical"),
    },
    plain: Object.fromEntries(
      plainFamilies.map((family) => [family, counted(sim.tracking.servedOf(login, family))]),
    ),
  };
}

/**
 * What every registered athlete was offered, what was fetched and what was committed.
 * `offered`, `fetched` and the plain families count since this process started; `committed` and `held` survive it.
 */
export function oracle(sim: Sim, login: string | null) {
  const accounts = sim
    .accounts()
    .filter(({ athlete }) => (login ? athlete.login === login : registrationOf(sim, athlete.login)));
  return {
    users: Object.fromEntries(
      accounts.map((a) => [a.athlete.login, userOf(sim, a.athlete.login, a.polarUserId)]),
    ),
  };
}

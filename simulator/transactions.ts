import { offeredActivities, offeredBody, visibleSessions } from "./availability";
import type { Sim } from "./simulator";
import type { Family, Registration, Transaction } from "./state";
import type { TrackedFamily } from "./tracking";

/** How each family is called in paths, lists and the oracle. */
export const families: Record<Family, { path: string; item: TrackedFamily; list: string; dataType: string }> =
  {
    exercise: { path: "exercise-transactions", item: "exercises", list: "exercises", dataType: "EXERCISE" },
    activity: {
      path: "activity-transactions",
      item: "activities",
      list: "activity-log",
      dataType: "ACTIVITY_SUMMARY",
    },
    physical: {
      path: "physical-information-transactions",
      item: "physical-informations",
      list: "physical-informations",
      dataType: "PHYSICAL_INFORMATION",
    },
  };

/** How many finished transactions the state remembers, so that a late second commit is recognised. */
const finishedKept = 2000;

function committedKey(registration: Registration, family: Family): string {
  return `${registration.clientId}|${registration.login}|${family}`;
}

/** Everything of a family that Polar holds for this client, committed or not: oldest upload first. */
export function itemsOf(sim: Sim, registration: Registration, family: Family): number[] {
  const items =
    family === "exercise"
      ? visibleSessions(sim, registration).map((s) => ({ id: s.id, at: s.uploadedAt }))
      : family === "activity"
        ? offeredActivities(sim, registration).map((a) => ({ id: a.id, at: a.uploadedAt }))
        : offeredBody(sim, registration).map((b) => ({ id: b.id, at: b.createdAt }));
  return items.sort((a, b) => a.at - b.at || a.id - b.id).map((item) => item.id);
}

function isPast(sim: Sim, transaction: Transaction): boolean {
  const { txTtlMinutes, txTtlRequests } = sim.state.knobs;
  const age = sim.clock.now() - transaction.openedAt;
  return age >= txTtlMinutes * 60_000 || (txTtlRequests !== null && transaction.reads >= txTtlRequests);
}

/** Transactions left open past their time lapse, and their items return to the pool. */
function lapse(sim: Sim): void {
  for (const transaction of sim.state.transactions) {
    if (transaction.status !== "open" || !isPast(sim, transaction)) continue;
    transaction.status = "lapsed";
    sim.touch();
  }
}

export function openTransactions(sim: Sim, login: string, family: Family): Transaction[] {
  lapse(sim);
  return sim.state.transactions.filter(
    (t) => t.login === login && t.family === family && t.status === "open",
  );
}

export function committedIds(sim: Sim, registration: Registration, family: Family): number[] {
  return sim.state.committed[committedKey(registration, family)] ?? [];
}

/** What a new transaction could offer now. */
export function eligible(sim: Sim, registration: Registration, family: Family): number[] {
  const held = openTransactions(sim, registration.login, family).flatMap((t) => t.itemIds);
  const gone = new Set([...held, ...committedIds(sim, registration, family)]);
  return itemsOf(sim, registration, family).filter((id) => !gone.has(id));
}

/** Finished transactions are forgotten in the end, oldest first. */
function remembered(sim: Sim): Transaction[] {
  const { transactions } = sim.state;
  return transactions.filter((t, i) => t.status === "open" || i >= transactions.length - finishedKept);
}

/** A transaction over what is new, or undefined when nothing is, or the policy says so. */
export function openTransaction(
  sim: Sim,
  registration: Registration,
  family: Family,
): Transaction | undefined {
  const open = openTransactions(sim, registration.login, family);
  if (sim.state.knobs.opening === "withhold") return undefined;
  if (open[0] && sim.state.knobs.secondPost === "204-while-open") return undefined;
  if (open[0] && sim.state.knobs.secondPost === "return-same") return open[0];
  const itemIds = eligible(sim, registration, family).slice(0, sim.state.knobs.itemsPerTransaction);
  if (itemIds.length === 0 && sim.state.knobs.opening !== "empty") return undefined;
  const transaction: Transaction = {
    id: sim.state.nextTransactionId++,
    clientId: registration.clientId,
    login: registration.login,
    family,
    itemIds,
    openedAt: sim.clock.now(),
    reads: 0,
    status: "open",
  };
  sim.state.transactions = [...remembered(sim), transaction];
  sim.tracking.record(registration.login, families[family].item, "offered", itemIds);
  sim.touch();
  return transaction;
}

export function findTransaction(
  sim: Sim,
  login: string,
  family: Family,
  id: number,
): Transaction | undefined {
  lapse(sim);
  return sim.state.transactions.find((t) => t.id === id && t.login === login && t.family === family);
}

/** The open transaction that a list or an item is read from, counted. */
export function readTransaction(
  sim: Sim,
  login: string,
  family: Family,
  id: number,
): Transaction | undefined {
  const transaction = findTransaction(sim, login, family, id);
  if (transaction?.status !== "open") return undefined;
  transaction.reads += 1;
  sim.touch();
  return transaction;
}

export function commit(sim: Sim, registration: Registration, transaction: Transaction): void {
  const key = committedKey(registration, transaction.family);
  sim.state.committed[key] = [...(sim.state.committed[key] ?? []), ...transaction.itemIds];
  transaction.status = "committed";
  sim.tracking.record(
    registration.login,
    families[transaction.family].item,
    "committed",
    transaction.itemIds,
  );
  sim.touch();
}

import { AppError } from "@/lib/errors";
import type { Ended, Item, Transactions } from "@/lib/wearables/connector";
import type { Ask, Outcome } from "@/lib/wearables/exchange";
import type { StreamId } from "@/lib/wearables/stream";
import { dayOf } from "./day";
import { isWithdrawn, unexpected } from "./outcome";
import { STREAMS, type TransactionFamily } from "./streams";

const HOUR_MS = 3_600_000;

/** Polar puts at most so many items into one transaction. */
const CAPACITY = 50;

/** Polar offers what was uploaded in the last 30 days; what came before in a lapsed transaction is known a little longer. */
const OFFERED_MS = 40 * 24 * HOUR_MS;

/** The last part of the address is Polar's id of the item. */
function idOf(uri: string): string {
  return uri.split("?")[0]?.split("/").filter(Boolean).at(-1) ?? uri;
}

/** The ledger keeps it: a control character, which no address holds, would be refused there. */
function isAddress(uri: unknown): uri is string {
  return typeof uri === "string" && /^[^\s\p{Cc}]{1,2000}$/u.test(uri);
}

function addressOf(json: unknown, target: string): { id: number | null; uri: string } {
  const { "transaction-id": id, "resource-uri": uri } = (json ?? {}) as Record<string, unknown>;
  const number = typeof id === "number" && Number.isSafeInteger(id) ? id : null;
  if (isAddress(uri)) return { id: number, uri };
  if (number === null) throw new AppError("provider-failed", "Polar opened a transaction without naming it.");
  return { id: number, uri: `${target}/${number}` };
}

/** What a transaction lists: nothing only when Polar says so as documented, with 204 or an empty list. */
function urisOf(outcome: Outcome, { listKey }: TransactionFamily): string[] | Ended {
  if (outcome.kind === "missing") return "gone";
  if (isWithdrawn(outcome)) return "withdrawn";
  if (outcome.kind === "empty") return [];
  if (outcome.kind !== "content") throw unexpected(outcome, "listing a transaction");
  const list = (outcome.json as Record<string, unknown> | null)?.[listKey];
  if (!Array.isArray(list) || !list.every(isAddress))
    throw new AppError("provider-failed", "Polar's list of a transaction was not a list of addresses.");
  return list;
}

function isItem(json: unknown, { namedBy }: TransactionFamily): boolean {
  if (json === null || typeof json !== "object" || Array.isArray(json)) return false;
  return "id" in json || namedBy in json;
}

async function item(family: TransactionFamily, ask: Ask, uri: string): Promise<Item | "gone"> {
  const outcome = await ask("GET", uri);
  if (outcome.kind === "missing" || outcome.kind === "empty" || isWithdrawn(outcome)) return "gone";
  if (outcome.kind !== "content" || !isItem(outcome.json, family)) throw unexpected(outcome, "an item");
  const { resource } = family;
  return { resource, providerKey: idOf(uri), body: outcome.text, day: dayOf(outcome.json) };
}

/**
 * `PUT` on the resource URI. Committed is what Polar answers as documented, with 200 and no body or with 204. A 404
 * means that the transaction is gone: committed, if an earlier answer was lost, or lapsed.
 */
async function commit(ask: Ask, uri: string): Promise<"committed" | Ended> {
  const outcome = await ask("PUT", uri);
  if (outcome.kind === "empty" || outcome.kind === "bodiless") return "committed";
  if (outcome.kind === "missing") return "gone";
  if (isWithdrawn(outcome)) return "withdrawn";
  throw unexpected(outcome, "committing a transaction");
}

function transactionsOf(family: TransactionFamily): Transactions {
  return {
    resource: family.resource,
    capacity: CAPACITY,
    heldMs: HOUR_MS,
    offeredMs: OFFERED_MS,
    keyOf: idOf,
    async open(ask, accountId) {
      const target = `/v3/users/${accountId}/${family.path}`;
      const outcome = await ask("POST", target);
      if (outcome.kind === "empty") return "nothing";
      if (isWithdrawn(outcome)) return "withdrawn";
      if (outcome.kind !== "content") throw unexpected(outcome, "opening a transaction");
      return addressOf(outcome.json, target);
    },
    list: async (ask, uri) => urisOf(await ask("GET", uri), family),
    item: (ask, uri) => item(family, ask, uri),
    commit,
  };
}

/** AccessLink's transactions, by stream (www.polar.com/accesslink-api, "Transactions"). */
export const transactions: Readonly<Record<StreamId, Transactions>> = Object.fromEntries(
  STREAMS.flatMap(({ id, family }) => (family ? [[id, transactionsOf(family)]] : [])),
);

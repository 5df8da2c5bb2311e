import { streamsOf, type TransactionFamily } from "@/lib/providers/polar/streams";
import { windowRequests } from "@/lib/services/sync/window-requests";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { atOnce } from "./at-once";
import type { Token } from "./simulator-process";

/** As many items of a transaction at once as the sync asks for. */
const ITEMS_AT_ONCE = 4;
const FULL = 50;

type Ask = (method: "GET" | "POST" | "PUT", target: string) => Promise<string>;

/**
 * What a script would do that only fetches: the same resources as the sync, read to the last byte and thrown away.
 * No database, no parsing but of the lists whose addresses it needs. One resource after another, the items of a
 * transaction a few at once.
 */
export async function fetchBarely(input: {
  url: string;
  token: Token;
  streams: readonly string[];
  today: CivilDate;
}): Promise<void> {
  const { url, token, streams, today } = input;
  const headers = { authorization: `Bearer ${token.access_token}`, accept: "application/json" };
  const ask: Ask = async (method, target) => {
    const answer = await fetch(new URL(target, url), { method, headers });
    return answer.text();
  };
  const window = { from: addDays(today, -89), to: today, isFirst: true };
  for (const stream of streamsOf(streams)) {
    if (stream.family) await drain(ask, `/v3/users/${token.x_user_id}`, stream.family);
    for (const request of windowRequests(stream, window)) await ask("GET", request.target);
  }
}

async function drain(ask: Ask, base: string, family: TransactionFamily): Promise<void> {
  for (;;) {
    const opened = await ask("POST", `${base}/${family.path}`);
    if (opened === "") return;
    const address: string = JSON.parse(opened)["resource-uri"];
    const items: string[] = JSON.parse(await ask("GET", address))[family.listKey];
    await atOnce(items, ITEMS_AT_ONCE, async (item) => {
      await ask("GET", item);
    });
    await ask("PUT", address);
    if (items.length < FULL) return;
  }
}

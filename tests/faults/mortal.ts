import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Db } from "@/db/client";
import { preparing } from "@/db/prepared";

/** Thrown at the moment of death and at everything the dead process would still try. */
export class Death extends Error {
  override name = "Death";
}

/** Counts the moments at which a process can die: before each statement, each commit and each request. */
export type Life = { beat: () => void; beats: () => number; isOver: () => boolean };

/** A life that ends before its beat number `deathAt`; without it, it only counts. @param end what else the end brings */
export function createLife(deathAt = Number.POSITIVE_INFINITY, end: () => void = () => {}): Life {
  let beats = 0;
  return {
    beat() {
      beats += 1;
      if (beats < deathAt) return;
      end();
      throw new Death(`died at ${beats}`);
    },
    beats: () => beats,
    isOver: () => beats >= deathAt,
  };
}

function mortalClient<S extends postgres.Sql | postgres.TransactionSql>(client: S, life: Life): S {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === "unsafe")
        return (...query: Parameters<postgres.Sql["unsafe"]>) => {
          life.beat();
          return target.unsafe(...query);
        };
      if (name === "begin" || name === "savepoint")
        return (work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
          (value as (run: typeof work) => Promise<unknown>).call(target, async (tx) => {
            const result = await work(mortalClient(tx, life));
            life.beat();
            return result;
          });
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** The same pool, as a process would use it that dies when `life` says so. */
export function mortalDatabase(client: postgres.Sql, life: Life): Db {
  return drizzle(mortalClient(preparing(client), life));
}

/** Runs `work` with requests that end with the same life. */
export async function withMortalFetch<T>(life: Life, work: () => Promise<T>): Promise<T> {
  const real = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    life.beat();
    const answer = await real(...request);
    life.beat();
    return answer;
  };
  try {
    return await work();
  } finally {
    globalThis.fetch = real;
  }
}

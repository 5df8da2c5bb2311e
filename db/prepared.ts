import type postgres from "postgres";

type Client = postgres.Sql | postgres.TransactionSql;
type Work = (tx: postgres.TransactionSql) => Promise<unknown>;

/**
 * The same client, every query of which is prepared once for each connection: one round trip instead of two. Drizzle
 * itself prepares only what is named.
 */
export function preparing<C extends Client>(client: C): C {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === "unsafe") {
        return (query: string, params: Parameters<Client["unsafe"]>[1]) =>
          target.unsafe(query, params, { prepare: true });
      }
      if (name === "begin" || name === "savepoint") {
        const run = value as (work: Work) => Promise<unknown>;
        return (work: Work) => run.call(target, (tx) => work(preparing(tx)));
      }
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

import { drizzle } from "drizzle-orm/postgres-js";
import { connectSql } from "./connection";
import { preparing } from "./prepared";

/**
 * Opens a pool whose connections act as `restday_app`, the role that owns no table.
 * Civil dates stay `YYYY-MM-DD` text.
 */
export function openDatabase(input: { url: string; maxConnections: number; name: string }) {
  const client = connectSql(input.url, {
    max: input.maxConnections,
    onnotice: () => {},
    // Compiling a query costs more than any of ours takes; and what they look up is in memory or on a solid-state disc.
    connection: {
      role: "restday_app",
      application_name: input.name,
      jit: "off",
      random_page_cost: "1.1",
      // A prepared query is planned for its values each time all the same: a squad of five is not one of a thousand.
      plan_cache_mode: "force_custom_plan",
    },
  });
  return { db: drizzle(preparing(client)), client, close: () => client.end({ timeout: 5 }) };
}

export type OpenDatabase = ReturnType<typeof openDatabase>;
type Database = OpenDatabase["db"];

/** A pool or an open transaction: queries take either. */
export type Db = Database | Parameters<Parameters<Database["transaction"]>[0]>[0];

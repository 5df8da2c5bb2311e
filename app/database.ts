import { type Db, openDatabase } from "@/db/client";
import { env } from "@/lib/env";

const held = globalThis as typeof globalThis & { restdayDatabase?: Db };

/** The one pool of this process; it outlives module reloads in development. */
export function appDatabase(): Db {
  held.restdayDatabase ??= openDatabase({ url: env().DATABASE_URL, maxConnections: 10, name: "web" }).db;
  return held.restdayDatabase;
}

import postgres from "postgres";
import { StartProblem } from "../problem";

/** Creates a database of this name unless it exists. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function withoutPassword(url: string): string {
  return URL.canParse(url) ? url.replace(/:[^:@/]*@/, "@") : "(not a URL)";
}

/** Fails with one sentence when nothing answers at a DATABASE_URL that the operator gave. */
export async function requireReachable(name: string, url: string): Promise<void> {
  const shown = `${name} (${withoutPassword(url)})`;
  if (!URL.canParse(url))
    throw new StartProblem(`${shown} must look like postgres://user:password@host:5432/database.`);
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql`select 1`;
  } catch (error) {
    const reason = error instanceof Error ? error.message || String(error) : String(error);
    throw new StartProblem(`The database at ${shown} cannot be reached: ${reason}.`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

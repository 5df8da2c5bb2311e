import { setTimeout as wait } from "node:timers/promises";
import { connectSql, requireTls } from "@/db/connection";
import { type DatabaseAddress, DatabaseUrlError, parseDatabaseUrl } from "@/lib/database-url";
import { StartProblem } from "../problem";

/** Creates a database of this name unless it exists. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  const sql = connectSql(serverUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** An address as the operator may see it: no password and no parameter. */
function shownAs({ user, host, port, database }: DatabaseAddress): string {
  const place = host.includes(":") ? `[${host}]` : host;
  return `postgres://${encodeURIComponent(user)}@${place}:${port}/${encodeURIComponent(database)}`;
}

/** What to do about an error of a driver, where its own words do not say it. */
const REMEDIES: Record<string, string> = {
  SELF_SIGNED_CERT_IN_CHAIN: "name the authority's certificate with sslrootcert=/path/to/ca.crt",
  DEPTH_ZERO_SELF_SIGNED_CERT: "name the server's certificate with sslrootcert=/path/to/server.crt",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "name the authority's certificate with sslrootcert=/path/to/ca.crt",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "name the authority's certificate with sslrootcert=/path/to/ca.crt",
  ERR_TLS_CERT_ALTNAME_INVALID: "use the name that stands in the certificate, or sslmode=verify-ca",
};

function reasonOf(error: unknown, password: string): string {
  const { message = "", code = "" } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
  const said = (message || code).replace(/[.\s]+$/, "");
  const remedy = REMEDIES[code] ? `; ${REMEDIES[code]}` : "";
  return `${password ? said.replaceAll(password, "…") : said}${remedy}`;
}

/**
 * Fails with one sentence when nothing can be done at a database URL that the operator gave: it cannot be read, nothing
 * answers, or the login is refused, also as the given role. The sentence never holds the password.
 */
export async function requireReachable(name: string, url: string, role?: string): Promise<void> {
  const address = addressOf(name, url);
  try {
    await requireTls(url);
    const connection = role ? { role } : {};
    const sql = connectSql(url, { max: 1, connect_timeout: 10, onnotice: () => {}, connection });
    await Promise.race([sql`select 1`, silence()]).finally(() => sql.end({ timeout: 1 }));
  } catch (error) {
    if (error instanceof DatabaseUrlError) throw new StartProblem(`${name} ${error.message}.`);
    const reason = reasonOf(error, address.password);
    const shown = `${name} (${shownAs(address)})`;
    throw new StartProblem(
      role
        ? `The login of ${shown} may not act as the role ${role}: ${reason}. Let the owner of the database run: grant ${role} to "${address.user}"`
        : `The database at ${shown} cannot be reached: ${reason}.`,
    );
  }
}

/** The driver dials again and again where a connection is closed without a word. */
async function silence(): Promise<never> {
  await wait(10_000, undefined, { ref: false });
  throw new Error("it did not answer within ten seconds");
}

function addressOf(name: string, url: string): DatabaseAddress {
  try {
    return parseDatabaseUrl(url);
  } catch (error) {
    if (error instanceof DatabaseUrlError) throw new StartProblem(`${name} ${error.message}.`);
    throw error;
  }
}

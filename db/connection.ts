import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { type ConnectionOptions, checkServerIdentity } from "node:tls";
import pg from "pg";
import postgres from "postgres";
import { type DatabaseAddress, DatabaseUrlError, parseDatabaseUrl } from "../lib/database-url";

type Settings = Omit<postgres.Options<Record<string, never>>, "host" | "port" | "ssl" | "path">;

/** A pool of postgres.js at a database URL. @throws DatabaseUrlError */
export function connectSql(url: string, settings: Settings): postgres.Sql {
  const address = parseDatabaseUrl(url);
  const tls = tlsOf(address);
  // As lists, which its types leave out: a single host is cut at the colons of an IPv6 address.
  const place: object = { host: [address.host], port: [address.port] };
  return postgres({
    connect_timeout: address.connectTimeoutS,
    ...settings,
    ...place,
    ...(isSocket(address) ? { path: `${address.host}/.s.PGSQL.${address.port}` } : {}),
    username: address.user,
    password: address.password,
    database: address.database,
    ssl: tls,
    connection: { ...settings.connection, ...(address.options ? { options: address.options } : {}) },
  });
}

/**
 * A pool of pg, for the library that takes no other, at the same URL and to the same effect.
 * @throws DatabaseUrlError, or what keeps the server from being asked whether it speaks TLS
 */
export async function connectPool(
  url: string,
  settings: { max: number; role?: string; failed?: (error: Error) => void },
): Promise<pg.Pool> {
  const address = parseDatabaseUrl(url);
  const tls = tlsOf(address);
  const options = [address.options, settings.role && `-c role=${settings.role}`].filter(Boolean).join(" ");
  const pool = new pg.Pool({
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    // pg itself knows no "where the server can".
    ssl: tls === "prefer" ? (await speaksTls(address)) && { rejectUnauthorized: false } : tls,
    connectionTimeoutMillis: address.connectTimeoutS * 1_000,
    max: settings.max,
    ...(options ? { options } : {}),
  });
  const failed = settings.failed ?? (() => {});
  pool.on("error", failed);
  pool.on("connect", (client) => client.on("error", failed));
  return pool;
}

/** Fails with a sentence where a URL demands TLS of a server that has none. @throws DatabaseUrlError */
export async function requireTls(url: string): Promise<void> {
  const address = parseDatabaseUrl(url);
  if (typeof tlsOf(address) !== "object" || (await speaksTls(address))) return;
  throw new DatabaseUrlError(`asks for sslmode=${address.sslMode}, and the server does not speak TLS`);
}

const isSocket = ({ host }: DatabaseAddress) => host.startsWith("/");

/**
 * The TLS of a connection: none, the options of one, or `prefer` where the server decides. `allow` is taken for
 * `prefer`: encrypted where both can, which reaches the same servers.
 */
function tlsOf(address: DatabaseAddress): false | "prefer" | ConnectionOptions {
  const { sslMode, host } = address;
  if (sslMode === "disable") return false;
  if (sslMode === "prefer" || sslMode === "allow") return "prefer";
  const own = {
    ...(address.clientCertificate ? { cert: pem("sslcert", address.clientCertificate) } : {}),
    ...(address.clientKey ? { key: pem("sslkey", address.clientKey) } : {}),
  };
  if (sslMode === "require") return { ...own, rejectUnauthorized: false };
  return {
    ...own,
    ...(address.rootCertificate ? { ca: pem("sslrootcert", address.rootCertificate) } : {}),
    rejectUnauthorized: true,
    // Named here, for a driver that connects to an address tells TLS no name to check.
    checkServerIdentity: (_name, certificate) =>
      sslMode === "verify-ca" ? undefined : checkServerIdentity(host, certificate),
  };
}

function pem(parameter: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DatabaseUrlError(`names a file as ${parameter} that cannot be read (${code})`);
  }
}

/** Asks a server whether it speaks TLS (PostgreSQL documentation, "SSL Session Encryption": SSLRequest). */
function speaksTls({ host, port, connectTimeoutS }: DatabaseAddress): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: connectTimeoutS * 1_000 });
    socket.once("connect", () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.once("data", ([answer]) => {
      socket.destroy();
      resolve(answer === "S".charCodeAt(0));
    });
    socket.once("timeout", () =>
      socket.destroy(new Error(`The database at ${host}:${port} did not answer.`)),
    );
    socket.once("error", reject);
    socket.once("close", () => reject(new Error(`The database at ${host}:${port} closed the connection.`)));
  });
}

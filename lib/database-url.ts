import { userInfo } from "node:os";
import { domainToASCII } from "node:url";

const MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;

/** How a connection is encrypted, as libpq names it (PostgreSQL documentation, "SSL Mode Descriptions"). */
export type SslMode = (typeof MODES)[number];

/** Where a database is and how to reach it: one reading of the URL for every driver. */
export type DatabaseAddress = {
  /** Name, address without brackets, or the folder of a Unix socket. */
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  sslMode: SslMode;
  /** Files in PEM form; without a root certificate the well-known authorities are trusted. */
  rootCertificate: string | undefined;
  clientCertificate: string | undefined;
  clientKey: string | undefined;
  /** Command-line options for the server, such as `-c statement_timeout=60000`. */
  options: string | undefined;
  connectTimeoutS: number;
};

/** A database URL that cannot be used. The message completes "DATABASE_URL …" and holds no part of the URL. */
export class DatabaseUrlError extends Error {
  override name = "DatabaseUrlError";
}

const FORM = "postgres://user:password@host:5432/database";
const ENCODE = "with % / ? # @ and : in user, password or database written as %25 %2F %3F %23 %40 and %3A";

/** Parameters that are read; the rest of those that providers write into their URLs changes nothing here. */
const READ = [
  "host",
  "port",
  "user",
  "password",
  "dbname",
  "sslmode",
  "ssl",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "options",
  "connect_timeout",
];
const LEFT_ALONE = [
  "application_name",
  "fallback_application_name",
  "channel_binding",
  "client_encoding",
  "gssencmode",
  "keepalives",
  "keepalives_idle",
  "pgbouncer",
  "schema",
  "sslnegotiation",
  "sslsni",
  "target_session_attrs",
  "uselibpqcompat",
];

/**
 * Reads a connection URL as PostgreSQL's own clients do (PostgreSQL documentation, "Connection URIs"): encoded
 * characters, Unix sockets, `sslmode` and its files. One host only.
 * @throws DatabaseUrlError
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const url = split(text);
  const given = parametersOf(url);
  const user = given.user ?? decode(url.username) ?? "";
  const host = hostOf(given.host ?? decode(url.hostname));
  const database = given.dbname ?? decode(url.pathname.slice(1));
  const path = {
    rootCertificate: given.sslrootcert,
    clientCertificate: given.sslcert,
    clientKey: given.sslkey,
  };
  if ((path.clientCertificate === undefined) !== (path.clientKey === undefined))
    throw new DatabaseUrlError("needs both sslcert and sslkey, or neither");
  return {
    host,
    port: numberOf("port", given.port || url.port || "5432", 65_535),
    user: user || userInfo().username,
    password: given.password ?? decode(url.password),
    database: database || user || userInfo().username,
    sslMode: host.startsWith("/") ? "disable" : modeOf(given),
    ...path,
    rootCertificate: path.rootCertificate === "system" ? undefined : path.rootCertificate,
    options: given.options,
    connectTimeoutS: numberOf("connect_timeout", given.connect_timeout || "10", 600) || 10,
  };
}

function split(text: string): URL {
  if (!/^postgres(ql)?:\/\//.test(text)) throw new DatabaseUrlError(`must look like ${FORM}`);
  // What follows an unencoded character would be taken for a host, a database or a parameter: a part of a password, too.
  const whole = text.replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)(?=[/?]|$)/, "$1localhost");
  if (!URL.canParse(whole)) throw new DatabaseUrlError(`must look like ${FORM}, ${ENCODE}`);
  const url = new URL(whole);
  const misread = url.hash !== "" || text.endsWith("#") || /[/@]/.test(url.pathname.slice(1));
  if (misread || url.search.includes("@")) throw new DatabaseUrlError(`must look like ${FORM}, ${ENCODE}`);
  if (/\p{Cc}|\s/u.test(text))
    throw new DatabaseUrlError("contains a space, a line break or a control character");
  return url;
}

function parametersOf(url: URL): Record<string, string | undefined> {
  const given: Record<string, string> = {};
  for (const pair of url.search.slice(1).split("&").filter(Boolean)) {
    const at = pair.indexOf("=");
    const name = at < 0 ? pair : pair.slice(0, at);
    if (at < 0 || ![...READ, ...LEFT_ALONE].includes(name))
      throw new DatabaseUrlError(`has a parameter that is not one of ${READ.join(", ")}`);
    given[name] = decode(pair.slice(at + 1));
  }
  return given;
}

function decode(part: string): string {
  try {
    const text = decodeURIComponent(part);
    if (!text.includes("\0")) return text;
  } catch {
    // Told below, without the text that could not be read.
  }
  throw new DatabaseUrlError(
    "contains a % that does not begin an encoded character; a % in user, password or database is written as %25",
  );
}

function hostOf(text: string): string {
  if (text === "") return "localhost";
  if (text.startsWith("/")) return text;
  if (text.includes(",")) throw new DatabaseUrlError("names several hosts; give one");
  if (/^\[.*\]$/.test(text)) return text.slice(1, -1);
  const host = text.includes(":") ? text : domainToASCII(text);
  if (host === "") throw new DatabaseUrlError("names a host that is no host name");
  return host;
}

function modeOf(given: Record<string, string | undefined>): SslMode {
  // Written by other drivers: encrypted, whoever answers.
  const wanted = given.sslmode === "no-verify" ? "require" : given.sslmode;
  if (wanted === undefined) return given.ssl === "true" || given.ssl === "1" ? "require" : "prefer";
  const mode = MODES.find((one) => one === wanted);
  if (!mode) throw new DatabaseUrlError(`has an sslmode that is not one of ${MODES.join(", ")}`);
  // As libpq: whoever names an authority wants it to be asked.
  return mode === "require" && given.sslrootcert !== undefined ? "verify-ca" : mode;
}

function numberOf(name: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new DatabaseUrlError(`has a ${name} that is not a number up to ${most}`);
}

import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectPool, connectSql } from "@/db/connection";
import { migrateDatabase } from "@/db/migrate";
import { becomeOnlyWorker } from "@/inngest/embedded/only-worker";
import { startQueue } from "@/inngest/embedded/queue";
import { taskName } from "@/inngest/embedded/store/jobs";
import { databaseAccount } from "@/scripts/run/postgres/account";
import { type DatabaseServer, startPostgres } from "@/scripts/run/postgres/server";
import { issue, makeAuthority } from "../support/certificates";

const password = "owner's p/w:é@";
const authority = makeAuthority("Fjordline authority");
const stranger = makeAuthority("A stranger's authority");
const awkward = { user: "cö@ch/1:%", password: "p@ss/%41:#?é+&= '\"", database: "sp ace/ü%2F?" };

let folder: string;
let server: DatabaseServer;
let plainServer: DatabaseServer;
const file = (name: string) => join(folder, name);

/** A file that the database's own account can read, and nobody else but root. */
function keep(name: string, text: string): void {
  writeFileSync(file(name), text, { mode: 0o600 });
  const account = databaseAccount();
  if (account) chownSync(file(name), account.uid, account.gid);
}

function certifyServer(names: string[]): void {
  const { certificate, key } = issue(authority, "database", names);
  keep("server.crt", certificate);
  keep("server.key", key);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "restday-tls-"));
  chmodSync(folder, 0o755);
  const account = databaseAccount();
  certifyServer(["localhost"]);
  keep("authority.crt", authority.certificate);
  keep("stranger.crt", stranger.certificate);
  const client = issue(authority, "by_certificate");
  keep("client.crt", client.certificate);
  keep("client.key", client.key);
  const sockets = mkdtempSync(join(folder, "sockets-"));
  chmodSync(sockets, 0o777);
  const start = (name: string, settings: Record<string, string>) =>
    startPostgres({ folder: file(name), logFile: file(`${name}.log`), password, settings });
  server = await start("tls", {
    ssl: "on",
    ssl_cert_file: file("server.crt"),
    ssl_key_file: file("server.key"),
    ssl_ca_file: file("authority.crt"),
    unix_socket_directories: sockets,
  });
  socketFolder = sockets;
  plainServer = await start("plain", {});
  const rules = [
    "hostnossl all tls_only all reject",
    "hostssl all by_certificate all cert",
    "host all by_certificate all reject",
  ];
  const hba = join(file("tls"), "pg_hba.conf");
  writeFileSync(hba, `${rules.join("\n")}\n${readFileSync(hba, "utf8")}`);
  if (account) chownSync(hba, account.uid, account.gid);
  const admin = postgres(server.urlOf("postgres"), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create role tls_only login password 'x'; create role by_certificate login`);
  await admin`create role ${admin(awkward.user)} login`;
  await admin`select pg_reload_conf()`;
  await admin.end();
}, 120_000);

let socketFolder: string;

afterAll(async () => {
  await server?.stop();
  await plainServer?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Where the TLS server listens, with another host, login and parameters. */
function urlWith(
  of: DatabaseServer,
  host: string,
  parameters: Record<string, string>,
  login?: string,
): string {
  const url = new URL(of.urlOf("postgres"));
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const user = login ?? `${url.username}:${url.password}`;
  return `postgres://${user}@${host}:${url.port}/postgres?${query.join("&")}`;
}

type Outcome = "encrypted" | "plain" | { refused: string };

const encryption =
  "select case when ssl then 'encrypted' else 'plain' end as is from pg_stat_ssl where pid = pg_backend_pid()";

/** How postgres.js and pg fare with a URL. */
async function tried(url: string): Promise<[Outcome, Outcome]> {
  const refusal = (error: unknown) => ({
    refused:
      error instanceof Error ? `${error.message} ${(error as { code?: string }).code ?? ""}` : String(error),
  });
  const first = (async () => {
    const sql = connectSql(url, { max: 1, onnotice: () => {} });
    return sql
      .unsafe(encryption)
      .then(([row]) => row?.is as Outcome)
      .finally(() => sql.end({ timeout: 1 }));
  })().catch(refusal);
  const second = (async () => {
    const pool = await connectPool(url, { max: 1 });
    return pool
      .query<{ is: Outcome }>(encryption)
      .then(({ rows }) => rows[0]!.is)
      .finally(() => pool.end());
  })().catch(refusal);
  return [await first, await second];
}

const refused = { refused: expect.any(String) };
const unknownAuthority = { refused: expect.stringMatching(/UNABLE_TO|SELF_SIGNED|unable to|self-signed/) };
const otherName = { refused: expect.stringContaining("ERR_TLS_CERT_ALTNAME_INVALID") };

describe("a server with TLS", () => {
  it.each<[string, string, Record<string, string>, Outcome | object]>([
    ["no sslmode", "localhost", {}, "encrypted"],
    ["disable", "localhost", { sslmode: "disable" }, "plain"],
    ["allow", "localhost", { sslmode: "allow" }, "encrypted"],
    ["prefer", "localhost", { sslmode: "prefer" }, "encrypted"],
    ["require", "localhost", { sslmode: "require" }, "encrypted"],
    ["require at an address", "127.0.0.1", { sslmode: "require" }, "encrypted"],
    ["no-verify, as other drivers write", "localhost", { sslmode: "no-verify" }, "encrypted"],
    ["ssl=true, as other drivers write", "localhost", { ssl: "true" }, "encrypted"],
    ["what providers add", "localhost", { sslmode: "require", channel_binding: "require" }, "encrypted"],
    ["verify-ca without the authority", "localhost", { sslmode: "verify-ca" }, unknownAuthority],
    ["verify-full without the authority", "localhost", { sslmode: "verify-full" }, unknownAuthority],
    [
      "verify-full by the system's",
      "localhost",
      { sslmode: "verify-full", sslrootcert: "system" },
      unknownAuthority,
    ],
    ["verify-ca", "localhost", { sslmode: "verify-ca", sslrootcert: "authority" }, "encrypted"],
    [
      "verify-ca at another name",
      "127.0.0.1",
      { sslmode: "verify-ca", sslrootcert: "authority" },
      "encrypted",
    ],
    [
      "verify-ca by another authority",
      "localhost",
      { sslmode: "verify-ca", sslrootcert: "stranger" },
      unknownAuthority,
    ],
    [
      "require with another authority",
      "localhost",
      { sslmode: "require", sslrootcert: "stranger" },
      unknownAuthority,
    ],
    ["verify-full", "localhost", { sslmode: "verify-full", sslrootcert: "authority" }, "encrypted"],
    [
      "verify-full at another name",
      "127.0.0.1",
      { sslmode: "verify-full", sslrootcert: "authority" },
      otherName,
    ],
    [
      "a file that is not there",
      "localhost",
      { sslmode: "verify-full", sslrootcert: "nowhere" },
      { refused: expect.stringContaining("sslrootcert that cannot be read") },
    ],
  ])("is reached alike by both drivers: %s", async (_what, host, parameters, outcome) => {
    const root = parameters.sslrootcert;
    const files: Record<string, string> =
      root && root !== "system" ? { sslrootcert: file(`${root}.crt`) } : {};
    expect(await tried(urlWith(server, host, { ...parameters, ...files }))).toEqual([outcome, outcome]);
  });

  it("is reached without sslmode by a login that must be encrypted, and not with disable", async () => {
    expect(await tried(urlWith(server, "localhost", {}, "tls_only:x"))).toEqual(["encrypted", "encrypted"]);
    const plain = urlWith(server, "localhost", { sslmode: "disable" }, "tls_only:x");
    const rejected = { refused: expect.stringContaining("pg_hba.conf rejects connection") };
    expect(await tried(plain)).toEqual([rejected, rejected]);
  });

  it("is reached by a client's certificate", async () => {
    const parameters = { sslmode: "require", sslcert: file("client.crt"), sslkey: file("client.key") };
    const url = urlWith(server, "localhost", parameters, "by_certificate");
    expect(await tried(url)).toEqual(["encrypted", "encrypted"]);
  });

  it("is checked by its address where the certificate names one", async () => {
    const admin = postgres(server.urlOf("postgres"), { max: 1 });
    certifyServer(["127.0.0.1"]);
    await admin`select pg_reload_conf()`;
    const verified = { sslmode: "verify-full", sslrootcert: file("authority.crt") };
    await expect
      .poll(() => tried(urlWith(server, "127.0.0.1", verified)))
      .toEqual(["encrypted", "encrypted"]);
    expect(await tried(urlWith(server, "localhost", verified))).toEqual([otherName, otherName]);
    certifyServer(["localhost"]);
    await admin`select pg_reload_conf()`;
    await admin.end();
    await expect
      .poll(() => tried(urlWith(server, "localhost", verified)))
      .toEqual(["encrypted", "encrypted"]);
  });

  it("is migrated and works off jobs with every mode that reaches it", async () => {
    const url = urlWith(server, "localhost", { sslmode: "verify-full", sslrootcert: file("authority.crt") });
    await migrateDatabase({ ownerUrl: url });
    const lock = await becomeOnlyWorker({ url, waitMs: 1_000, lost: () => {} });
    const nothing = async () => {};
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const woken: string[] = [];
    const wake = async (runId: string) => void woken.push(runId);
    const tasks = { drive: nothing, wake };
    const queue = await startQueue({ url, tasks, jobsAtOnce: 2, log });
    const sql = connectSql(url, { max: 1 });
    await sql.unsafe(`select graphile_worker.add_job('${taskName("wake")}', '{"runId":"one"}')`);
    await expect.poll(() => woken, { timeout: 10_000 }).toEqual(["one"]);
    await queue.stop();
    await lock.release();
    await sql.end();
  });
});

describe("a server without TLS", () => {
  it.each<[string, Outcome | object]>([
    ["", "plain"],
    ["disable", "plain"],
    ["allow", "plain"],
    ["prefer", "plain"],
    ["require", refused],
    ["verify-ca", refused],
    ["verify-full", refused],
  ])("is reached alike by both drivers with sslmode %j", async (sslmode, outcome) => {
    const url = urlWith(plainServer, "localhost", sslmode ? { sslmode } : {});
    expect(await tried(url)).toEqual([outcome, outcome]);
  });
});

it("reads encoded characters in user, password and database", async () => {
  const admin = postgres(server.urlOf("postgres"), { max: 1, onnotice: () => {} });
  const quoted = `'${awkward.password.replaceAll("'", "''")}'`;
  const role = `"${awkward.user}"`;
  await admin.unsafe(`alter role ${role} password ${quoted}`);
  await admin.unsafe(`create database "${awkward.database}" owner ${role}`);
  await admin.end();
  const {
    user,
    password: secret,
    database,
  } = Object.fromEntries(Object.entries(awkward).map(([name, value]) => [name, encodeURIComponent(value)]));
  const { port } = new URL(server.urlOf("x"));
  expect(await tried(`postgres://${user}:${secret}@localhost:${port}/${database}`)).toEqual([
    "encrypted",
    "encrypted",
  ]);
  const parameters = `host=localhost&port=${port}&user=${user}&password=${secret}&dbname=${database}&options=-c%20search_path%3Dpublic`;
  expect(await tried(`postgresql:///?${parameters}`)).toEqual(["encrypted", "encrypted"]);
});

it("reaches a Unix socket, as a parameter and as an encoded host", async () => {
  const { port } = new URL(server.urlOf("x"));
  const login = `postgres:${encodeURIComponent(password)}`;
  const socket = encodeURIComponent(socketFolder);
  for (const url of [
    `postgres://${login}@/postgres?host=${socket}&port=${port}`,
    `postgres://${login}@${socket}:${port}/postgres`,
    `postgres://${login}@${socket}:${port}/postgres?sslmode=require`,
  ])
    expect(await tried(url)).toEqual(["plain", "plain"]);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, expect, it } from "vitest";
import { signal } from "../processes";
import { ensureDatabase, requireReachable } from "./database";
import { type DatabaseServer, startPostgres } from "./server";

let home: string;
let server: DatabaseServer | undefined;
const start = () =>
  startPostgres({ folder: join(home, "postgres"), logFile: join(home, "postgres.log"), password: "p/w:é@" });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "restday-server-"));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(home, { recursive: true, force: true });
});

async function query<T>(url: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await run(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

it("starts again after kill -9 with every acknowledged row", async () => {
  server = await start();
  await ensureDatabase(server.urlOf("postgres"), "restday");
  await ensureDatabase(server.urlOf("postgres"), "restday");
  await query(server.urlOf("restday"), async (sql) => {
    await sql`create table kept as select generate_series(1, 100) as n`;
  });
  signal(server.pid, "SIGKILL");
  await server.ended;
  server = await start();
  const [row] = await query(server.urlOf("restday"), (sql) => sql`select count(*)::int as rows from kept`);
  expect(row?.rows).toBe(100);
}, 60_000);

it("takes over a server that a killed run left running", async () => {
  const left = await start();
  server = await start();
  await left.ended;
  const [row] = await query(server.urlOf("postgres"), (sql) => sql`select 1 as one`);
  expect(row?.one).toBe(1);
}, 60_000);

it("removes a lock file that names some other program", async () => {
  server = await start();
  await server.stop();
  writeFileSync(join(home, "postgres", "postmaster.pid"), `${process.pid}\n`);
  server = await start();
  expect(Number(readFileSync(join(home, "postgres", "postmaster.pid"), "utf8").split("\n")[0])).toBe(
    server.pid,
  );
}, 60_000);

it("asks for a password and listens on loopback only", async () => {
  server = await start();
  const wrong = new URL(server.urlOf("postgres"));
  wrong.password = "wrong";
  await expect(query(wrong.href, (sql) => sql`select 1`)).rejects.toThrow(/password authentication failed/);
  const [row] = await query(server.urlOf("postgres"), (sql) => sql`show listen_addresses`);
  expect(row?.listen_addresses).toBe("127.0.0.1");
}, 60_000);

it("says in one sentence that a database cannot be reached, without its password", async () => {
  const refused = requireReachable("DATABASE_URL", "postgres://u:topsecret@127.0.0.1:1/x");
  await expect(refused).rejects.toThrow(
    /^The database at DATABASE_URL \(postgres:\/\/u@127\.0\.0\.1:1\/x\) cannot be reached: .*\.$/,
  );
});

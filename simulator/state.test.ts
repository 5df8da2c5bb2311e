import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { authorised, call, connected, control, startSmall } from "./test-support";

let folder: string;
let statePath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "simulator-"));
  statePath = join(folder, "state.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a restart keeps tokens, registrations, commits, additions and the story's first day", async () => {
  const first = await startSmall({ statePath });
  const aino = await connected(first, "aino");
  const created = await aino.send("POST", `/v3/users/${aino.userId}/exercise-transactions`);
  await aino.send("PUT", created.json["resource-uri"]);
  await control(first, "users/aino/session", { cardioLoad: 33 });
  const nights = (await aino.get("/v3/users/sleep")).json.nights.map(
    (n: { date: string; deep_sleep: number }) => [n.date, n.deep_sleep],
  );
  const before = (await call(`${first.url}/_sim/oracle`)).json.users.aino.families.exercises;
  await first.close();

  const second = await startSmall({ statePath });
  const headers = { authorization: `Bearer ${aino.token}` };
  const after = (await call(`${second.url}/_sim/oracle`)).json.users.aino.families.exercises;
  expect(after.committed).toEqual(before.committed);
  expect(after.available).toEqual(before.available);
  const again = (await call(`${second.url}/v3/users/sleep`, { headers })).json.nights;
  expect(again.map((n: { date: string; deep_sleep: number }) => [n.date, n.deep_sleep])).toEqual(nights);
  await second.close();
});

test("the file is private and nothing is left beside it", async () => {
  const sim = await startSmall({ statePath });
  await authorised(sim, "aino");
  await sim.close();
  expect(statSync(statePath).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["state.json"]);
});

test("the state of another scenario is not taken over", async () => {
  const first = await startSmall({ statePath });
  const aino = await connected(first, "aino");
  await first.close();
  const demo = await startSmall({ statePath, scenario: "demo" });
  expect((await call(`${demo.url}/v3/exercises`, { headers: aino.headers })).status).toBe(401);
  await demo.close();
});

async function startProcess(): Promise<{ child: ChildProcess; url: string }> {
  const args = [
    "--import",
    "tsx",
    "simulator/main.ts",
    "--port",
    "0",
    "--scenario",
    "small",
    "--state",
    statePath,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the simulator ended with ${code}`)));
    child.stdout?.on("data", (chunk) => {
      const found = /listening on (\S+)/.exec(String(chunk))?.[1];
      if (found) resolve(found);
    });
  });
  child.removeAllListeners("exit");
  return { child, url };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

test("what was answered survives SIGKILL; SIGTERM ends it with 0", { timeout: 30_000 }, async () => {
  const first = await startProcess();
  const { json } = await call(`${first.url}/_sim/users/aino/token`, { method: "POST" });
  const headers = { authorization: `Bearer ${json.access_token}` };
  await call(`${first.url}/v3/users`, { method: "POST", headers, body: '{"member-id":"m"}' });
  const killed = ended(first.child);
  first.child.kill("SIGKILL");
  await killed;

  const second = await startProcess();
  expect((await call(`${second.url}/v3/users/${json.x_user_id}`, { headers })).json["member-id"]).toBe("m");
  const stopped = ended(second.child);
  second.child.kill("SIGTERM");
  expect(await stopped).toBe(0);
});

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clubOf } from "./scenario";

export type Token = { access_token: string; expires_in: number; x_user_id: number };
type Requests = { total: number; byRoute: Record<string, number> };

/** The simulator in a process of its own, so that its time is not counted as the app's. */
export type SimulatorProcess = {
  url: string;
  logins: string[];
  /** De-registers an athlete, so that everything is offered anew, and gives a fresh token. */
  freshToken: (login: string) => Promise<Token>;
  setDelay: (milliseconds: number) => Promise<void>;
  requests: () => Promise<Requests>;
  forgetRequests: () => Promise<void>;
  stop: () => Promise<void>;
};

export const CLIENT = { id: "bench-client", secret: "bench-secret" };

/** Starts the simulator with a club of so many athletes and quotas that nobody meets. */
export async function startSimulatorProcess(athletes: number): Promise<SimulatorProcess> {
  const home = mkdtempSync(join(tmpdir(), "restday-bench-"));
  const scenario = join(home, "club.json");
  const club = clubOf(athletes);
  writeFileSync(scenario, JSON.stringify(club));
  const flags = ["--port", "0", "--scenario", scenario, "--client-id", CLIENT.id, "--client-secret"];
  const child = spawn(process.execPath, ["--import", "tsx", "simulator/main.ts", ...flags, CLIENT.secret], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", () => reject(new Error("the simulator did not start")));
    child.stdout.on("data", (text) => {
      const found = /listening on (\S+)/.exec(String(text))?.[1];
      if (found) resolve(found);
    });
  });
  const control = controlOf(url);
  await control("/knobs", { rateLimits: { per15Minutes: 10_000_000, perDay: 10_000_000 } });
  return {
    url,
    logins: club.athletes.map((athlete) => athlete.login),
    async freshToken(login) {
      const old = await control<Token>(`/users/${login}/token`, {});
      const headers = { authorization: `Bearer ${old.access_token}` };
      await fetch(`${url}/v3/users/${old.x_user_id}`, { method: "DELETE", headers });
      return control<Token>(`/users/${login}/token`, {});
    },
    setDelay: (milliseconds) => control("/knobs", { responseDelayMs: milliseconds }),
    requests: () => control<Requests>("/requests"),
    async forgetRequests() {
      await fetch(`${url}/_sim/requests`, { method: "DELETE" });
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function controlOf(url: string) {
  return async <T>(path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(`${url}/_sim${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
}

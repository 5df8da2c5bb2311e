import { existsSync } from "node:fs";
import { join } from "node:path";
import { nextCommand } from "./build";
import type { ChildSpec } from "./children";
import type { Plan } from "./plan";

const typescript = ["--import", "tsx"];

/**
 * Room for new objects, MB. Most of what a page or a sync makes is gone at once; in Node's own 16 MB much of it is
 * copied first, which takes a tenth (web) to a quarter (worker) of the processor time.
 */
const nurseryOf = (part: "web" | "worker") => `--max-semi-space-size=${part === "web" ? 32 : 64}`;

function outputOf(plan: Plan): ChildSpec["output"] {
  return plan.demonstration ? "log" : "terminal";
}

export function mailbox(plan: Plan): ChildSpec {
  const { mailbox: port, smtp } = plan.ports;
  const args = [
    "--port",
    String(port),
    "--smtp-port",
    String(smtp),
    "--store",
    join(plan.dataDir, "mailbox"),
  ];
  return {
    name: "mailbox",
    args: [...typescript, "scripts/mailbox/main.ts", ...args],
    whenItDies: "restart",
    output: outputOf(plan),
  };
}

export function simulator(plan: Plan): ChildSpec {
  const port = plan.ports.simulator;
  const address = ["--port", String(port), "--public-url", `http://localhost:${port}`];
  const state = ["--state", join(plan.dataDir, "simulator.json")];
  const clock = plan.settings.TEST_CLOCK ? ["--clock", plan.settings.TEST_CLOCK] : [];
  return {
    name: "simulator",
    args: [...typescript, "simulator/main.ts", ...address, ...state, ...clock],
    whenItDies: "restart",
    output: outputOf(plan),
  };
}

/** Arguments of the production web server, which takes its address from the environment. */
export const webArgs = [nurseryOf("web"), "scripts/web.mjs"];

export function web(plan: Plan): ChildSpec {
  const development = plan.web === "development";
  const next = [nurseryOf("web"), nextCommand, "dev", "-H", plan.host, "-p", String(plan.port)];
  return {
    name: "web",
    args: development ? next : webArgs,
    whenItDies: "end-run",
    output: development ? "terminal" : outputOf(plan),
  };
}

export function worker(plan: Plan): ChildSpec {
  return {
    name: "worker",
    args: [nurseryOf("worker"), ...typescript, "inngest/worker.ts"],
    whenItDies: "restart",
    output: outputOf(plan),
  };
}

function optional(name: string, script: string): ChildSpec | undefined {
  if (!existsSync(script)) return undefined;
  return { name, args: [...typescript, script], whenItDies: "report", output: "terminal" };
}

/** What runs once after the app answers: the demonstration squad, or the first owner's one-time link. */
export function afterwards(plan: Plan): ChildSpec | undefined {
  if (plan.demonstration) return optional("demonstration", "scripts/demo.ts");
  return plan.settings.OWNER_EMAIL ? undefined : optional("first owner", "scripts/first-owner.ts");
}

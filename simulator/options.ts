import { parseArgs } from "node:util";
import type { Knobs } from "./knobs";
import type { Scenario } from "./scenario";

export type HistoryMode = "90" | "documented";

export type SimulatorOptions = {
  /** 0 (the default in tests) takes any free port. */
  port?: number;
  host?: string;
  /** A bundled name (`demo`, `small`), a path, or the scenario itself. */
  scenario?: string | Scenario;
  history?: HistoryMode;
  /** The base of every absolute URI, without a trailing slash. */
  publicUrl?: string;
  statePath?: string;
  clientId?: string;
  clientSecret?: string;
  redirectUris?: string[];
  timeZone?: string;
  /** An ISO instant at which the clock stands still. */
  fixedNow?: string;
  /** A file that holds the clock's setting, so that others can go by the same clock. */
  clockFile?: string;
  knobs?: Partial<Knobs>;
  webhook?: { url: string; secret: string; events?: string[] };
};

const flags = {
  port: { type: "string" },
  host: { type: "string" },
  scenario: { type: "string" },
  history: { type: "string" },
  "public-url": { type: "string" },
  state: { type: "string" },
  "client-id": { type: "string" },
  "client-secret": { type: "string" },
  "redirect-uri": { type: "string", multiple: true },
  "time-zone": { type: "string" },
  clock: { type: "string" },
  "webhook-url": { type: "string" },
  "webhook-secret": { type: "string" },
  "webhook-events": { type: "string" },
} as const;

export const usage = `npm run simulator -- [--port N] [--host H] [--scenario demo|small|FILE] [--history 90|documented]
  [--public-url URL] [--state FILE] [--client-id ID] [--client-secret SECRET] [--redirect-uri URI]…
  [--time-zone ZONE] [--clock FILE] [--webhook-url URL --webhook-secret SECRET [--webhook-events A,B]]`;

export class UsageError extends Error {}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port must be a port number, not "${text}"`);
  return port;
}

function historyOf(text: string): HistoryMode {
  if (text !== "90" && text !== "documented")
    throw new UsageError(`--history must be 90 or documented, not "${text}"`);
  return text;
}

type Values = { [K in keyof typeof flags]?: K extends "redirect-uri" ? string[] : string };

function parsed(argv: string[]): Values {
  try {
    return parseArgs({ args: argv, options: flags }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function webhookOf(values: Values): Pick<SimulatorOptions, "webhook"> {
  const url = values["webhook-url"];
  if (!url) return {};
  const secret = values["webhook-secret"];
  if (!secret) throw new UsageError("--webhook-url needs --webhook-secret beside it");
  const events = values["webhook-events"]?.split(",");
  return { webhook: events ? { url, secret, events } : { url, secret } };
}

/** Throws UsageError with one clear sentence. */
export function readFlags(argv: string[], env: Record<string, string | undefined>): SimulatorOptions {
  const values = parsed(argv);
  const clientId = values["client-id"] ?? env.SIMULATOR_CLIENT_ID;
  const clientSecret = values["client-secret"] ?? env.SIMULATOR_CLIENT_SECRET;
  return {
    port: portOf(values.port ?? "4010"),
    scenario: values.scenario ?? "demo",
    history: historyOf(values.history ?? "90"),
    ...(values.host ? { host: values.host } : {}),
    ...(values["public-url"] ? { publicUrl: values["public-url"].replace(/\/+$/, "") } : {}),
    ...(values.state ? { statePath: values.state } : {}),
    ...(clientId ? { clientId } : {}),
    ...(clientSecret ? { clientSecret } : {}),
    ...(values["redirect-uri"] ? { redirectUris: values["redirect-uri"] } : {}),
    ...(values["time-zone"] ? { timeZone: values["time-zone"] } : {}),
    ...(values.clock ? { clockFile: values.clock } : {}),
    ...webhookOf(values),
  };
}

import { mkdirSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { demonstrationClient, EnvironmentError, parseEnv } from "@/lib/env";
import { freePort, whyNotFree } from "./ports";
import { StartProblem } from "./problem";
import { loadSecrets, type Secrets } from "./secrets";

export type WebMode = "production" | "development";
type Settings = Record<string, string | undefined>;

export type Ports = { simulator: number; mailbox: number; smtp: number };

export type Plan = {
  web: WebMode;
  demonstration: boolean;
  dataDir: string;
  port: number;
  host: string;
  ports: Ports;
  secrets: Secrets;
  /** The environment of the children; the database's address joins it once the server runs. */
  settings: Settings;
};

/** The folder that holds everything this installation keeps, made private to its owner. */
export function prepareDataDir(settings: Settings): string {
  const folder = resolve(settings.DATA_DIR || ".restday");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartProblem(`The data folder ${folder} cannot be made: ${(error as Error).message}.`);
  }
  return realpathSync(folder);
}

const wantedPort = (settings: Settings, name: string, fallback: number) => Number(settings[name] || fallback);

async function requireWebPort(settings: Settings): Promise<{ port: number; host: string }> {
  const host = settings.HOST || "127.0.0.1";
  const port = wantedPort(settings, "PORT", 3000);
  const code = await whyNotFree(port, host);
  if (code === undefined) return { port, host };
  if (code === "EADDRINUSE")
    throw new StartProblem(
      `Port ${port} on ${host} is taken; stop what listens there or set PORT to another.`,
    );
  if (code === "EACCES")
    throw new StartProblem(`Port ${port} is not open to this account; set PORT to one above 1023.`);
  throw new StartProblem(
    `HOST is not an address of this machine (${code}); 127.0.0.1 and 0.0.0.0 always are.`,
  );
}

async function localPorts(settings: Settings, webPort: number): Promise<Ports> {
  const simulator = await freePort(wantedPort(settings, "SIMULATOR_PORT", 4010), "127.0.0.1", [webPort]);
  const taken = [webPort, simulator];
  const mailbox = await freePort(wantedPort(settings, "MAILBOX_PORT", 4020), "127.0.0.1", taken);
  const smtp = await freePort(mailbox + 1, "127.0.0.1", [...taken, mailbox]);
  return { simulator, mailbox, smtp };
}

function demonstrationSettings(ports: Ports, authSecret: string): Settings {
  const client = demonstrationClient(authSecret);
  const polar = `http://localhost:${ports.simulator}`;
  return {
    POLAR_AUTHORIZATION_URL: `${polar}/oauth2/authorization`,
    POLAR_TOKEN_URL: `${polar}/v2/oauth2/token`,
    POLAR_API_URL: polar,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    SIMULATOR_CLIENT_ID: client.id,
    SIMULATOR_CLIENT_SECRET: client.secret,
  };
}

/** Names every setting that is missing or wrong, all at once, before anything is started. */
function requireComplete(settings: Settings): void {
  const placeholder = "postgres://embedded@127.0.0.1/restday";
  try {
    parseEnv({ ...settings, DATABASE_URL: settings.DATABASE_URL || placeholder });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new StartProblem(`The settings are incomplete: ${error.problems.join("; ")} (see .env.example).`);
  }
}

/** Decides what this start runs, from the settings and the data folder. */
export async function makePlan(settings: Settings, web: WebMode, dataDir: string): Promise<Plan> {
  const demonstration = !settings.POLAR_CLIENT_ID;
  const secrets = loadSecrets(dataDir);
  const authSecret = settings.AUTH_SECRET || secrets.AUTH_SECRET;
  const given: Settings = {
    ...settings,
    AUTH_SECRET: authSecret,
    ENCRYPTION_KEY: settings.ENCRYPTION_KEY || secrets.ENCRYPTION_KEY,
    DATA_DIR: dataDir,
  };
  const at = (port: number, ports: Ports): Settings => ({
    ...given,
    ...(demonstration ? demonstrationSettings(ports, authSecret) : {}),
    ...(demonstration && !settings.APP_URL ? { APP_URL: `http://localhost:${port}` } : {}),
  });
  requireComplete(at(3000, { simulator: 4010, mailbox: 4020, smtp: 4021 }));
  const { port, host } = await requireWebPort(settings);
  const ports = await localPorts(settings, port);
  const complete: Settings = {
    ...at(port, ports),
    PORT: String(port),
    HOST: host,
    SIMULATOR_PORT: String(ports.simulator),
    MAILBOX_PORT: String(ports.mailbox),
  };
  return { web, demonstration, dataDir, port, host, ports, secrets, settings: complete };
}

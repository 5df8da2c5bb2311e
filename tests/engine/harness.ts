import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { createEmbeddedEngine, type EngineOptions } from "../../inngest/embedded/engine";
import { createTransport, type Transport } from "../../inngest/transport";
import { createEngineDatabase, type EngineDatabase } from "./database";

type Observation = { label: string; at: number; detail: unknown };

/** What functions report while they run, in order. */
export type Recorder = {
  note(label: string, detail?: unknown): void;
  of(label: string): Observation[];
  /** Waits until this many were noted; fails by time. */
  until(label: string, count: number, timeoutMs?: number): Promise<Observation[]>;
};

type Events = { id?: string; name: string; data: Record<string, unknown> }[];
export type EngineUnderTest = { send(events: Events): Promise<void>; stop(): Promise<void> };
export type Build = (client: Inngest) => InngestFunction.Any[];

export const quiet = { debug() {}, info() {}, warn() {}, error() {} };

export function createRecorder(): Recorder {
  const seen: Observation[] = [];
  const of = (label: string) => seen.filter((observation) => observation.label === label);
  return {
    note: (label, detail) => seen.push({ label, at: Date.now(), detail }),
    of,
    async until(label, count, timeoutMs = 20_000) {
      const deadline = Date.now() + timeoutMs;
      while (of(label).length < count) {
        if (Date.now() > deadline)
          throw new Error(`${of(label).length} of ${count} "${label}" after ${timeoutMs} ms`);
        await wait(20);
      }
      return of(label);
    },
  };
}

function createClient(id: string, transport: Transport): Inngest {
  return new Inngest({ id, fetch: transport.fetch, isDev: true, logger: quiet });
}

type Overrides = Partial<Pick<EngineOptions, "backoff" | "jobsAtOnce" | "log" | "clock" | "lookEveryMs">>;

/** The embedded engine, on a database of its own unless one is given. */
export async function startEmbedded(
  build: Build,
  overrides: Overrides = {},
  given?: EngineDatabase,
): Promise<EngineUnderTest> {
  const database = given ?? (await createEngineDatabase());
  const transport = createTransport();
  const client = createClient("contract", transport);
  const options = {
    client,
    transport,
    functions: build(client),
    url: database.url,
    log: quiet,
    ...overrides,
  };
  const engine = createEmbeddedEngine(options);
  await engine.start();
  return {
    send: async (events) => void (await client.send(events)),
    async stop() {
      await engine.stop();
      if (!given) await database.drop();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** A real Inngest dev server, which calls the functions over HTTP. */
async function startServer(build: Build, url: string): Promise<EngineUnderTest> {
  // Another app for every file: the server keeps what an earlier one registered.
  const id = `contract-${Date.now()}`;
  const client = new Inngest({ id, isDev: true, baseUrl: url, eventKey: "test", logger: quiet });
  const server = createServer(serve({ client, functions: build(client) }));
  const port = await listen(server);
  const registered = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: "PUT" });
  if (!registered.ok)
    throw new Error(`The Inngest server at ${url} refused the app: ${await registered.text()}`);
  return {
    send: async (events) => void (await client.send(events)),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const serverUrl = process.env.INNGEST_TEST_URL;

/** The engines that the contract holds for: the embedded one always, a real server when INNGEST_TEST_URL names one. */
export const engines: { name: string; start(build: Build): Promise<EngineUnderTest> }[] = [
  { name: "embedded", start: (build) => startEmbedded(build) },
  ...(serverUrl ? [{ name: "server", start: (build: Build) => startServer(build, serverUrl) }] : []),
];

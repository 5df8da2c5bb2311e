import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startPlainProxy } from "./plain-proxy";

const healthSchema = z.object({ status: z.string() });

/** A port of loopback that nothing listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port to be had on loopback");
  return address.port;
}

async function isReady(origin: string): Promise<boolean> {
  const response = await fetch(`${origin}/api/health/ready`).catch(() => undefined);
  if (!response?.ok) return false;
  return healthSchema.safeParse(await response.json()).data?.status === "ok";
}

async function untilReady(origin: string, product: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (!(await isReady(origin))) {
    if (product.exitCode !== null) throw new Error(`The product ended by itself:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`The product was not ready within five minutes:\n${output()}`);
    await wait(500);
  }
}

export type Product = { dataDir: string; stop(): Promise<void> };

/** Starts the product as `npm start` does, in a data folder of its own, known to browsers by `appUrl`. */
export async function startProductAt(of: { port: number; appUrl: string }): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "restday-e2e-"));
  const settings = { PORT: String(of.port), APP_URL: of.appUrl, DATA_DIR: dataDir };
  const product = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, ...settings, POLAR_CLIENT_ID: "", DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [product.stdout, product.stderr]) stream.on("data", (chunk) => (output += chunk));
  await untilReady(`http://127.0.0.1:${of.port}`, product, () => output);
  const stop = async () => {
    const ended = new Promise((resolve) => product.once("exit", resolve));
    product.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { dataDir, stop };
}

/**
 * Starts the product behind a proxy that tells it nothing; tests read its addresses from the environment.
 */
export default async function startProduct() {
  // A contributor can point the tests at a product that runs already.
  if (process.env.E2E_ORIGIN) return;
  const port = await freePort();
  const proxy = await startPlainProxy(port);
  const origin = `http://localhost:${proxy.port}`;
  const { dataDir, stop } = await startProductAt({ port, appUrl: origin });
  const runtime: Record<string, string> = JSON.parse(readFileSync(join(dataDir, "runtime.json"), "utf8"));
  process.env.E2E_ORIGIN = origin;
  process.env.E2E_BEHIND_PROXY = `http://localhost:${port}`;
  process.env.E2E_DATA_DIR = dataDir;
  process.env.E2E_MAILBOX = `http://localhost:${runtime.MAILBOX_PORT}`;
  process.env.E2E_SIMULATOR = `http://localhost:${runtime.SIMULATOR_PORT}`;
  return async () => {
    await stop();
    proxy.close();
  };
}

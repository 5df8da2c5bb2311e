import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the product has not been started`);
  return value;
}

/** Addresses of the product under test. */
export const product = {
  get origin() {
    return setting("E2E_ORIGIN");
  },
  /** Where the app itself listens, behind the proxy that stands at `origin`. */
  get behindProxy() {
    return setting("E2E_BEHIND_PROXY");
  },
  get mailbox() {
    return setting("E2E_MAILBOX");
  },
  get simulator() {
    return setting("E2E_SIMULATOR");
  },
};

const readJson = (name: string) => JSON.parse(readFileSync(join(setting("E2E_DATA_DIR"), name), "utf8"));

/** Process id of one of the product's parts, as its supervisor recorded it. */
export function pidOf(part: string): number {
  return readJson("run.json").children[part].pid;
}

/** The secret that the product under test seals athletes' sessions with (lib/env.ts, derivedSecret). */
export function athleteSecret(): string {
  return createHmac("sha256", readJson("secrets.json").AUTH_SECRET)
    .update("athlete-session")
    .digest("base64url");
}

/** Looks into the product's database as its owner. */
export function openProductDatabase() {
  return postgres(readJson("runtime.json").MIGRATION_DATABASE_URL, { max: 1, onnotice: () => {} });
}

/** Repeats a look until it yields something, or fails naming what was awaited. */
export async function until<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain for ${what}`);
    await wait(300);
  }
}

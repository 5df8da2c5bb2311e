import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { loadSecrets } from "./secrets";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "restday-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("makes secrets once, for the owner's eyes only, that the app accepts", () => {
  const secrets = loadSecrets(folder);
  expect(loadSecrets(folder)).toEqual(secrets);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  const others = {
    APP_URL: "http://localhost:3000",
    SMTP_URL: "smtp://localhost",
    POLAR_API_URL: "http://localhost:1",
  };
  const { AUTH_SECRET, ENCRYPTION_KEY } = secrets;
  const env = parseEnv({ ...others, AUTH_SECRET, ENCRYPTION_KEY, DATABASE_URL: "postgres://localhost/x" });
  expect(env.ENCRYPTION_KEY).toBe(ENCRYPTION_KEY);
});

it("never replaces damaged secrets by new ones", () => {
  writeFileSync(join(folder, "secrets.json"), '{"AUTH_SECRET":');
  expect(() => loadSecrets(folder)).toThrow("secrets.json is damaged; restore it from a backup.");
});

import { randomBytes } from "node:crypto";
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJson, writeAtomically } from "./files";
import { StartProblem } from "./problem";

const secretsSchema = z.object({
  AUTH_SECRET: z.string().min(32),
  ENCRYPTION_KEY: z.string().min(40),
  databasePassword: z.string().min(20),
});

export type Secrets = z.infer<typeof secretsSchema>;

function generate(): Secrets {
  return {
    AUTH_SECRET: randomBytes(48).toString("base64url"),
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    databasePassword: randomBytes(24).toString("base64url"),
  };
}

/** The installation's own secrets: made on the first run, kept in the data folder, readable by its owner only. */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  if (!existsSync(file)) writeAtomically(file, `${JSON.stringify(generate(), null, 2)}\n`, 0o600);
  chmodSync(file, 0o600);
  const parsed = secretsSchema.safeParse(readJson(file));
  // Never replaced silently: stored tokens could not be read with a new key.
  if (!parsed.success) throw new StartProblem(`${file} is damaged; restore it from a backup.`);
  return parsed.data;
}

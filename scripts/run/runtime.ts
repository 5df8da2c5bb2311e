import { join, resolve } from "node:path";
import { z } from "zod";
import { variables } from "@/lib/env";
import { withDotenv } from "./dotenv";
import { readJson, writeAtomically } from "./files";

const runtimeSchema = z.record(z.string(), z.string());

/** Keeps the effective settings of a run, so that commands started beside it find its database and keys. */
export function saveRuntime(dataDir: string, environment: NodeJS.ProcessEnv): void {
  const kept = Object.keys(variables).filter((name) => environment[name]);
  const values = Object.fromEntries(kept.map((name) => [name, environment[name]]));
  writeAtomically(join(dataDir, "runtime.json"), `${JSON.stringify(values, null, 2)}\n`, 0o600);
}

/** Gives a command the settings of the running app: shell first, then .env, then those of the last start. */
export function adoptRuntimeEnvironment(): void {
  const settings = withDotenv(".env", process.env);
  const saved = runtimeSchema.safeParse(
    readJson(join(resolve(settings.DATA_DIR || ".restday"), "runtime.json")),
  );
  Object.assign(process.env, { ...(saved.success ? saved.data : {}), ...settings });
}

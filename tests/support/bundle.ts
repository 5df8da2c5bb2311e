import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

export type Bundle = { path: string; remove(): void };

/** A script and all it imports as one file, for processes that are started dozens of times: they start in a tenth of the time. */
export async function bundleScript(script: string): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), "restday-bundle-"));
  await build({
    configFile: false,
    logLevel: "error",
    resolve: { tsconfigPaths: true },
    ssr: { noExternal: true },
    build: {
      ssr: script,
      outDir: folder,
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: "script.mjs", codeSplitting: false } },
    },
  });
  return {
    path: join(folder, "script.mjs"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

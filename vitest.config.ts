import { defineConfig } from "vitest/config";
import LongestFirst from "./tests/support/longest-first";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "{lib,components,inngest,simulator,db,scripts,bench}/**/*.test.{ts,tsx}",
            "tests/{oracles,architecture}/**/*.test.ts",
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/{integration,faults,engine,clock}/**/*.test.ts"],
          globalSetup: ["tests/support/template-database.ts"],
          // It imports "next/server" without an extension, which only a bundler resolves.
          server: { deps: { inline: ["next-auth"] } },
          // Real servers on a shared machine: what passes only when repeated is named at the end of the run.
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});

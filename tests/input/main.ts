import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

// npm run test:input: everything. With --seed N, each place meets one kind of bad value, another with each seed.
const { values } = parseArgs({ options: { seed: { type: "string" } } });
const portion = values.seed === undefined ? { INPUT_WHOLE: "1" } : { INPUT_SEED: values.seed };
const child = spawn(
  process.execPath,
  ["node_modules/@playwright/test/cli.js", "test", "tests/e2e/what-no-form-sends.spec.ts", "--retries=0"],
  { stdio: "inherit", env: { ...process.env, ...portion, INPUT_TABLE: "1" } },
);
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});

import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

// npm run test:clock -- --days N
const { values } = parseArgs({ options: { days: { type: "string", default: "30" } } });
const child = spawn(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "integration", "tests/clock/days.test.ts"],
  { stdio: "inherit", env: { ...process.env, CLOCK_DAYS: values.days } },
);
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});

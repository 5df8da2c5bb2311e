import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

// npm run test:faults -- --schedules N --seed S
const { values } = parseArgs({
  options: { schedules: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});
const child = spawn(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "integration", "tests/faults/schedules.test.ts"],
  {
    stdio: "inherit",
    env: { ...process.env, FAULT_SCHEDULES: values.schedules, FAULT_SEED: values.seed },
  },
);
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});

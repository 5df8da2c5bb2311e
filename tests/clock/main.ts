import { spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";

// npm run test:clock -- --days N: so many days round each change of the calendar, in a process each.
const { values } = parseArgs({ options: { days: { type: "string", default: "30" } } });
const STRETCHES = ["0", "1", "2"];
const days = String(Math.ceil(Number(values.days) / STRETCHES.length));
for (const stretch of STRETCHES) {
  const child = spawn(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      "integration",
      "tests/clock/days.test.ts",
      "--retry=0",
    ],
    { stdio: "inherit", env: { ...process.env, CLOCK_DAYS: days, CLOCK_STRETCH: stretch } },
  );
  const [code] = await once(child, "close");
  if (code !== 0) process.exitCode = 1;
}

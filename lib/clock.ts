import { readFileSync } from "node:fs";
import { z } from "zod";
import { env } from "./env";

/** What the file that `TEST_CLOCK` names holds; the simulator reads and writes the same. */
const settingSchema = z.union([
  z.object({ mode: z.literal("offset"), offsetMs: z.number() }),
  z.object({ mode: z.literal("fixed"), now: z.iso.datetime({ offset: true }) }),
]);

function testTime(file: string): Date {
  const setting = settingSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return setting.mode === "fixed" ? new Date(setting.now) : new Date(Date.now() + setting.offsetMs);
}

/** The moment it is, for whatever is stored or compared; in a test of days and weeks, what the test's clock says. */
export function currentTime(): Date {
  const file = env().TEST_CLOCK;
  return file ? testTime(file) : new Date();
}

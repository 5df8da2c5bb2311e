/** Scores a series of days as the app does: `npm run readiness -- FILE|-`, JSON in, JSON out. */
import { readFileSync } from "node:fs";
import { ReadinessInputError } from "../lib/readiness/input-error";
import { parseReadinessInput } from "../lib/readiness/input-schema";
import { RULE_VERSION } from "../lib/readiness/rule-version";
import { scoreDays } from "../lib/readiness/score";
import type { ScoredDay } from "../lib/readiness/types";

const FILE_FIX = "must be readable JSON; usage: npm run readiness -- FILE, or - for standard input";

function main(): void {
  try {
    const days = scoreDays(parseReadinessInput(readInput(process.argv[2]))).map(published);
    process.stdout.write(`${JSON.stringify({ ruleVersion: RULE_VERSION, days })}\n`);
  } catch (error) {
    if (!(error instanceof ReadinessInputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

function readInput(file: string | undefined): unknown {
  if (file === undefined) throw new ReadinessInputError("FILE", FILE_FIX);
  try {
    return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
  } catch {
    throw new ReadinessInputError(file === "-" ? "input" : file, FILE_FIX);
  }
}

/** The fields the command promises; the app stores more beside them. */
function published(day: ScoredDay) {
  const { sum7, prev7, ewma7, ewma28, changePercent } = day.load;
  return {
    date: day.date,
    x: day.x,
    valid: day.valid,
    suspect: day.suspect,
    baseline: day.baseline,
    z: day.z,
    mean7: day.mean7,
    mean28: day.mean28,
    mean14: day.mean14,
    reference: day.reference,
    trend7: day.trend7,
    load: { sum7, prev7, ewma7, ewma28, changePercent },
    rules: day.rules,
    companion: day.companion,
    sd7Percent: day.sd7Percent,
    level: day.level,
    levels: day.levels,
    reason: day.reason,
  };
}

main();

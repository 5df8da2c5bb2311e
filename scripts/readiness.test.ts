import { spawnSync } from "node:child_process";
import { expect, test, vi } from "vitest";
import { parseReadinessInput } from "../lib/readiness/input-schema";
import { RULE_VERSION } from "../lib/readiness/rule-version";
import { scoreDays } from "../lib/readiness/score";

// Each starts a process: generous where a machine is busy.
vi.setConfig({ testTimeout: 60_000 });

function readiness(input: unknown, file = "-") {
  const text = typeof input === "string" ? input : JSON.stringify(input);
  const run = spawnSync(process.execPath, ["--import", "tsx", "scripts/readiness.ts", file], {
    input: text,
    encoding: "utf8",
  });
  return { code: run.status, out: run.stdout, error: run.stderr };
}

const settings = { baselineDays: 60, preset: "brief" };
const days = Array.from({ length: 20 }, (_, i) => ({
  date: `2026-01-${String(i + 1).padStart(2, "0")}`,
  rmssdMs: 50 + (i % 3),
  load: 100,
}));

test("prints exactly the published fields, one entry per calendar day", () => {
  const { code, out, error } = readiness({ settings, days: days.filter((_, i) => i !== 4).toReversed() });
  expect([code, error]).toEqual([0, ""]);
  const report = JSON.parse(out);
  expect(Object.keys(report)).toEqual(["ruleVersion", "days"]);
  expect(report.ruleVersion).toBe(RULE_VERSION);
  expect(report.days.map((day: { date: string }) => day.date)).toEqual(days.map((day) => day.date));
  const day = report.days[19];
  expect(Object.keys(day)).toEqual(
    "date x valid suspect baseline z mean7 mean28 mean14 reference trend7 load rules companion sd7Percent level levels reason".split(
      " ",
    ),
  );
  expect(Object.keys(day.baseline)).toEqual(["n", "mean", "sd", "grade"]);
  expect(Object.keys(day.trend7)).toEqual(["n", "slopePerDay", "pOneSidedFalling"]);
  expect(Object.keys(day.load)).toEqual(["sum7", "prev7", "ewma7", "ewma28", "changePercent"]);
  expect(Object.keys(day.rules)).toEqual(["R1", "R2", "R3", "R4", "R5", "R6", "R7"]);
  expect(Object.keys(day.reference)).toEqual(["n", "mean", "sd"]);
  expect(Object.keys(day.companion)).toEqual(["heartRate", "zHr", "pattern"]);
  expect(Object.keys(day.companion.heartRate)).toEqual(["n", "mean", "sd"]);
  expect(report.days[4]).toMatchObject({ x: null, level: "no-verdict", reason: "no-reading" });
});

test("refuses bad input with exit code 2 and one line that names the field", () => {
  const cases: [unknown, string][] = [
    [{ settings, days: [{ ...days[0], rmssdMs: "62" }] }, "days[0].rmssdMs"],
    [{ settings, days: [{ date: "2026-01-01", rmssdMs: 62 }] }, "days[0].load"],
    [{ settings, days: [days[0], { ...days[1], excludded: "sick" }] }, "days[1].excludded"],
    [{ settings, days: [days[0], days[1], days[0]] }, "days[2].date"],
    [{ settings: { ...settings, preset: "loud" }, days }, "settings.preset"],
    [{ settings: { ...settings, baselineDays: 30 }, days }, "settings.baselineDays"],
    [{ days }, "settings"],
    ["not json", "input"],
  ];
  for (const [input, field] of cases) {
    const { code, out, error } = readiness(input);
    expect([code, out]).toEqual([2, ""]);
    expect(error.startsWith(`${field}: `), error).toBe(true);
    expect(error.trimEnd().split("\n").length).toBe(1);
  }
});

test("names a file that cannot be read", () => {
  const { code, error } = readiness("", "/nowhere/days.json");
  expect(code).toBe(2);
  expect(error).toContain("/nowhere/days.json");
});

test("refuses settings and heart rates that are none, naming the field", () => {
  const cases: [unknown, string][] = [
    [{ settings: { ...settings, loadRisePercent: 51 }, days }, "settings.loadRisePercent"],
    [{ settings: { ...settings, loadRisePercent: 2.5 }, days }, "settings.loadRisePercent"],
    [{ settings: { ...settings, drift: "yes" }, days }, "settings.drift"],
    [{ settings: { ...settings, referenceFrom: "2026-02-30" }, days }, "settings.referenceFrom"],
    [{ settings: { ...settings, referenceFrom: ["2026-02-01", 7] }, days }, "settings.referenceFrom"],
    [{ settings, days: [{ ...days[0], heartRateBpm: "48" }] }, "days[0].heartRateBpm"],
    [{ settings, days: [{ ...days[0], source: 1 }] }, "days[0].source"],
  ];
  // In this process: starting the command for each would take a minute.
  for (const [input, field] of cases)
    expect(() => scoreDays(parseReadinessInput(input))).toThrow(expect.objectContaining({ field }));
});

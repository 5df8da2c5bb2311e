import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { InngestFunction } from "inngest";
import { expect, test, vi } from "vitest";
import { inngest } from "../client";
import { createHandler } from "../embedded/handler";
import { planFunctions } from "../embedded/plan";
import { functions } from "./index";

const folder = fileURLToPath(new URL(".", import.meta.url));

async function exportedFunctions(): Promise<InngestFunction.Any[]> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const modules = files.filter((file) => file.includes("/") && /(?<!\.test)\.ts$/.test(file));
  const loaded = await Promise.all(modules.map((file) => import(`${folder}${file}`)));
  return loaded
    .flatMap((module) => Object.values(module))
    .filter((value): value is InngestFunction.Any => value?.constructor?.name === "InngestFunction");
}

test("the list holds every function that a file of this folder exports", async () => {
  const exported = await exportedFunctions();
  expect(exported.length).toBeGreaterThan(6);
  expect(new Set(functions)).toEqual(new Set(exported));
  expect(functions).toHaveLength(exported.length);
});

test("the embedded engine can run all of them", async () => {
  vi.stubEnv("INNGEST_DEV", "1");
  const plans = planFunctions(await createHandler(inngest, functions).sync());
  const of = (id: string) => plans.find((plan) => plan.id === `restday-${id}`);
  expect(of("morning-mail")).toMatchObject({ singleton: { key: expect.anything() }, maxAttempts: 4 });
  expect(of("deliver-mail")).toMatchObject({ maxAttempts: 7, throttle: { limit: 10, periodMs: 1000 } });
  expect(of("score-athlete")?.events).toEqual(["athlete/day.changed"]);
  expect(of("deliver-mail-failure")?.failureOf).toBe("restday-deliver-mail");
});

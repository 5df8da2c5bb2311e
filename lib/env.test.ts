import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { demonstrationClient, EnvironmentError, parseEnv, variables } from "./env";

const demonstration = {
  APP_URL: "http://localhost:3000",
  DATABASE_URL: "postgres://u:p@127.0.0.1:5432/restday",
  AUTH_SECRET: "s".repeat(40),
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  SMTP_URL: "smtp://127.0.0.1:2525",
  POLAR_API_URL: "http://localhost:4010",
};
const real = { ...demonstration, POLAR_API_URL: "", POLAR_CLIENT_ID: "id", POLAR_CLIENT_SECRET: "secret" };

function problemsOf(source: Record<string, string | undefined>): readonly string[] {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

describe("the environment", () => {
  it("has one line in .env.example for each variable, and no other", () => {
    const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
    const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(names).toEqual(Object.keys(variables));
  });

  it("shows in .env.example the defaults that are really used", () => {
    const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
    const shown = [...example.matchAll(/^([A-Z_]+)="?([^"\n]+)"?$/gm)].map((match) => [match[1], match[2]]);
    const used: Record<string, unknown> = parseEnv(real);
    expect(shown.length).toBeGreaterThan(8);
    for (const [name = "", value] of shown) expect([name, String(used[name])]).toEqual([name, value]);
  });

  it("names everything that is missing at once", () => {
    expect(problemsOf({})).toEqual([
      "APP_URL is missing",
      "DATABASE_URL is missing",
      "AUTH_SECRET is missing",
      "ENCRYPTION_KEY is missing",
      "SMTP_URL is missing",
      "POLAR_CLIENT_ID is missing",
      "POLAR_CLIENT_SECRET is missing",
    ]);
  });

  it("takes an empty value for an unset one", () => {
    expect(problemsOf({ ...real, APP_URL: "" })).toEqual(["APP_URL is missing"]);
    expect(parseEnv({ ...real, PORT: "" }).PORT).toBe(3000);
  });

  it("refuses a clock of its own wherever athletes could be real", () => {
    const refusal = "TEST_CLOCK works only in the demonstration, without Polar credentials: remove it";
    const clock = { TEST_CLOCK: "/tmp/clock.json" };
    expect(problemsOf({ ...demonstration, ...clock })).toEqual([]);
    expect(problemsOf({ ...real, ...clock })).toEqual([refusal]);
    expect(
      problemsOf({ ...demonstration, ...clock, POLAR_CLIENT_ID: "id", POLAR_CLIENT_SECRET: "s" }),
    ).toEqual([refusal]);
    expect(problemsOf({ ...demonstration, ...clock, POLAR_CLIENT_SECRET: "s" })).toEqual([refusal]);
    expect(problemsOf({ ...demonstration, ...clock, POLAR_API_URL: "https://polar.example" })).toContain(
      refusal,
    );
  });

  it("is a demonstration only with a Polar address on this machine and no client", () => {
    const values = parseEnv(demonstration);
    expect(values.mode).toBe("demonstration");
    expect(values.POLAR_CLIENT_SECRET).toBe(demonstrationClient(demonstration.AUTH_SECRET).secret);
    expect(parseEnv({ ...demonstration, POLAR_CLIENT_ID: "id", POLAR_CLIENT_SECRET: "s" }).mode).toBe("real");
    expect(problemsOf({ ...demonstration, POLAR_API_URL: "" })).toEqual([
      "POLAR_CLIENT_ID is missing",
      "POLAR_CLIENT_SECRET is missing",
    ]);
  });

  it("asks for the keys of an Inngest server unless it is a dev server", () => {
    expect(problemsOf({ ...real, JOBS_ENGINE: "inngest" })).toEqual([
      "INNGEST_EVENT_KEY is missing",
      "INNGEST_SIGNING_KEY is missing",
    ]);
    expect(parseEnv({ ...real, JOBS_ENGINE: "inngest", INNGEST_DEV: "1" }).INNGEST_DEV).toBe(true);
  });

  it.each([
    ["PORT", "70000"],
    ["APP_URL", "restday.example.org"],
    ["APP_URL", "https://example.org/restday"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["ENCRYPTION_KEY", "short"],
    ["SYNC_INTERVAL_MINUTES", "0"],
    ["JOBS_ENGINE", "cron"],
    ["OWNER_EMAIL", "nobody"],
  ])("refuses %s=%s by name", (name, value) => {
    expect(problemsOf({ ...real, [name]: value })).toEqual([expect.stringContaining(name)]);
  });

  describe.each(["EMAIL_FROM", "OWNER_EMAIL"] as const)("%s", (name) => {
    it.each(["ada@example", "ada@bücher", "ada@example.org/squad", "ada"])("refuses %s by name", (value) => {
      expect(problemsOf({ ...real, [name]: value })).toEqual([expect.stringContaining(name)]);
    });

    it.each(["ada@example.org", "ada@bücher.example", "ada@пошта.укр"])("takes %s", (value) => {
      expect(problemsOf({ ...real, [name]: value })).toEqual([]);
    });
  });

  it("lets the owner connection default to the app's", () => {
    expect(parseEnv(real).MIGRATION_DATABASE_URL).toBe(real.DATABASE_URL);
  });
});

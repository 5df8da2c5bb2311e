import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { variables } from "@/lib/env";
import { makePlan } from "./plan";
import { anyFreePort } from "./ports";
import { requireReachable } from "./postgres/database";
import { StartProblem } from "./problem";

/** A secret in two halves, so that a part of it in a message is found as well. */
const [half, other] = ["Hunter2Qwz", "Xyzzy9Plugh"];
const secret = `${half}${other}`;
const real = {
  POLAR_CLIENT_ID: "client",
  POLAR_CLIENT_SECRET: secret,
  APP_URL: "https://restday.example.org",
  DATABASE_URL: `postgres://restday:${secret}@127.0.0.1:1/restday`,
  SMTP_URL: `smtps://restday:${secret}@127.0.0.1:1`,
  AUTH_SECRET: secret.repeat(3),
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
};

let dataDir: string;
let port: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "restday-settings-"));
  port = String(await anyFreePort("127.0.0.1"));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** What `npm start` prints with these settings: the sentence of a problem, the stack of anything else; nothing when it goes on. */
async function printed(settings: Record<string, string>): Promise<string> {
  const given = { PORT: port, ...real, ...settings };
  try {
    await makePlan(given, "production", dataDir);
    await requireReachable("DATABASE_URL", given.DATABASE_URL);
    return "";
  } catch (error) {
    return error instanceof StartProblem ? error.message : `STACK ${(error as Error).stack}`;
  }
}

const malformedDatabases = [
  `postgres://restday:${half}%${other}@127.0.0.1:1/restday`,
  `postgres://restday:${half}%zz${other}@127.0.0.1:1/restday`,
  `postgres://restday:${half}%00${other}@127.0.0.1:1/restday`,
  `postgres://restday:${half}#${other}@127.0.0.1:1/restday`,
  `postgres://restday:12#${other}@127.0.0.1:1/restday`,
  `postgres://restday:${half}/${other}@127.0.0.1:1/restday`,
  `postgres://restday:12/${other}@127.0.0.1:1/restday`,
  `postgres://restday:${half}?${other}@127.0.0.1:1/restday`,
  `postgres://restday:12?${other}&x=${half}@127.0.0.1:1/restday`,
  `postgres://restday:12?${half}=${other}`,
  `postgres://restday:${half} ${other}@127.0.0.1:1/restday`,
  `postgres://restday:${half}\n${other}@127.0.0.1:1/restday`,
  `postgres://restday:${secret}@127.0.0.1:port/restday`,
  `postgres://restday:${secret}@127.0.0.1:99999/restday`,
  `postgres://restday:${secret}@one:1,two:2/restday`,
  `postgres://restday:${secret}@127.0.0.1:1/restday?sslmode=${half}`,
  `postgres://restday:${secret}@127.0.0.1:1/restday?sslmode=verify-full&sslrootcert=/nowhere/${half}`,
  `postgres://restday:${secret}@127.0.0.1:1/restday?sslcert=/nowhere`,
  `postgres://restday:${secret}@127.0.0.1:1/restday`,
  `mysql://restday:${secret}@127.0.0.1:1/restday`,
  `restday:${secret}@127.0.0.1:1/restday`,
  secret,
];

const malformed: [string, string[]][] = [
  ["DATABASE_URL", malformedDatabases],
  [
    "MIGRATION_DATABASE_URL",
    malformedDatabases.filter((url) => url !== real.DATABASE_URL && !url.includes("sslrootcert")),
  ],
  [
    "SMTP_URL",
    [
      `smtp://restday:${half}%${other}@127.0.0.1:1`,
      `smtp://restday:${half}#${other}@127.0.0.1:1`,
      `smtp://restday:12/${other}@127.0.0.1:1`,
      `smtp://restday:12?${other}@127.0.0.1:1`,
      `smtp://restday:${secret}@127.0.0.1:port`,
      `http://restday:${secret}@127.0.0.1`,
      `restday:${secret}@127.0.0.1`,
      secret,
    ],
  ],
  ["AUTH_SECRET", [half, `${secret}\n${secret}`]],
  [
    "ENCRYPTION_KEY",
    [secret, `${Buffer.alloc(31, 7).toString("base64")}`, `not base64 ${secret} at all, but long`],
  ],
  ["POLAR_CLIENT_SECRET", [`${half} ${other}`, `${half}\n${other}`]],
  ["POLAR_CLIENT_ID", [`${half} ${other}`]],
  ["INNGEST_EVENT_KEY", [`${half} ${other}`]],
  ["INNGEST_SIGNING_KEY", [`${half}\t${other}`]],
  ["INNGEST_BASE_URL", [`https://user:${secret}@jobs.example.org`, `jobs.example.org/${secret}`]],
  ["INNGEST_DEV", [secret]],
  ["JOBS_ENGINE", [secret]],
  [
    "APP_URL",
    [
      `https://user:${secret}@restday.example.org`,
      "restday.example.org",
      "https://",
      "https://a.example/b",
      "https://a.example?b",
      "https://a.example/#b",
      `ftp://${secret}`,
      "%",
    ],
  ],
  [
    "EMAIL_FROM",
    [
      "Restday",
      `Restday <${secret}>`,
      "Restday <>",
      "a@example.org, b@example.org",
      "Restday <a@example.org> x@",
      "@",
      "a@b c",
    ],
  ],
  ["OWNER_EMAIL", [secret, "owner@", "@example.org", "owner@example", "a@example.org, b@example.org"]],
  ["PORT", [secret, "0", "65536", "3000.5", "1e3", "-1"]],
  ["SIMULATOR_PORT", [secret]],
  ["MAILBOX_PORT", ["99999999999"]],
  ["SYNC_INTERVAL_MINUTES", [secret, "0", "1441"]],
  ["HOST", [`${secret}:3000`, "192.0.2.1", "a b", "http://127.0.0.1"]],
  ["POLAR_API_URL", [`https://user:${secret}@polar.example.org`, "polar.example.org"]],
  ["POLAR_TOKEN_URL", [secret]],
  ["POLAR_AUTHORIZATION_URL", ["%"]],
];

it("knows a malformed value of every setting", () => {
  // Any text names a folder or a file.
  const settings = Object.keys(variables)
    .filter((name) => name !== "DATA_DIR" && name !== "TEST_CLOCK")
    .toSorted();
  expect(malformed.map(([name]) => name).toSorted()).toEqual(settings);
});

it.each(malformed.flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
  "names %s and prints no part of a secret: %j",
  async (name, value) => {
    const output = await printed({ [name]: value });
    expect(output).toContain(name);
    expect(output).not.toMatch(/STACK|\n {4}at /);
    for (const part of [half, other]) expect(output.toLowerCase()).not.toContain(part.toLowerCase());
  },
);

it("does not wait for ever where connections are closed, and does not tell the password", async () => {
  const server = createServer((socket) => socket.end());
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const url = `postgres://restday:${secret}@127.0.0.1:${typeof address === "object" ? address?.port : 0}/restday`;
  const output = await printed({ DATABASE_URL: url });
  expect(output).toMatch(
    /^The database at DATABASE_URL \(postgres:\/\/restday@127\.0\.0\.1:\d+\/restday\) cannot be reached/,
  );
  expect(output).not.toContain(half);
  server.close();
}, 20_000);

it.each([
  ["APP_URL", "https://bücher.example"],
  ["APP_URL", "https://bücher.example:8443/"],
  ["OWNER_EMAIL", "Anna@Bücher.example"],
  ["EMAIL_FROM", "Restday Jyväskylä <mail@jyväskylä.example>"],
  ["EMAIL_FROM", "mail@example.org"],
  ["SMTP_URL", "smtps://user:p%40ss@posti.jyväskylä.example:465"],
  ["HOST", "localhost"],
])("goes on with %s=%s", async (name, value) => {
  expect(await printed({ [name]: value })).toMatch(/^The database at DATABASE_URL/);
});

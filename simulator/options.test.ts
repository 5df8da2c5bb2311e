import { expect, test } from "vitest";
import { readFlags, UsageError } from "./options";

test("defaults: port 4010, the demonstration, ninety days", () => {
  expect(readFlags([], {})).toEqual({ port: 4010, scenario: "demo", history: "90" });
});

test("every flag", () => {
  const argv =
    "--port 0 --host 0.0.0.0 --scenario small --history documented --public-url http://polar.test/ --state s.json --client-id a --client-secret b --redirect-uri http://x/1 --redirect-uri http://x/2 --time-zone UTC --webhook-url http://h/ --webhook-secret k --webhook-events SLEEP,EXERCISE";
  expect(readFlags(argv.split(" "), {})).toEqual({
    port: 0,
    host: "0.0.0.0",
    scenario: "small",
    history: "documented",
    publicUrl: "http://polar.test",
    statePath: "s.json",
    clientId: "a",
    clientSecret: "b",
    redirectUris: ["http://x/1", "http://x/2"],
    timeZone: "UTC",
    webhook: { url: "http://h/", secret: "k", events: ["SLEEP", "EXERCISE"] },
  });
});

test("the client may come from the environment", () => {
  const env = { SIMULATOR_CLIENT_ID: "id", SIMULATOR_CLIENT_SECRET: "secret" };
  expect(readFlags([], env)).toMatchObject({ clientId: "id", clientSecret: "secret" });
});

test.each([
  [["--port", "many"], /port/],
  [["--history", "120"], /history/],
  [["--colour"], /colour/],
  [["--webhook-url", "http://h/"], /webhook-secret/],
])("%o is refused with a sentence", (argv, message) => {
  expect(() => readFlags(argv, {})).toThrow(UsageError);
  expect(() => readFlags(argv, {})).toThrow(message);
});

import { vi } from "vitest";

/** The environment of an installation for tests that read it through `env()`; nothing is reachable but what is given. */
export function stubEnvironment(given: Record<string, string> = {}): void {
  const environment = {
    APP_URL: "http://localhost:3000",
    DATABASE_URL: "postgres://localhost/unused",
    AUTH_SECRET: "a secret of at least thirty-two characters",
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    SMTP_URL: "smtp://127.0.0.1:1",
    POLAR_API_URL: "http://127.0.0.1:2",
    ...given,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

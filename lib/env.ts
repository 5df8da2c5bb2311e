import { createHmac } from "node:crypto";
import { z } from "zod";

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);
const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL beginning with ${protocols.map((name) => `${name}//`).join(" or ")}`,
  });
const webUrl = () => url("http:", "https:");
const databaseUrl = () => url("postgres:", "postgresql:");
const flag = () =>
  z.enum(["0", "1", "true", "false"]).transform((value) => value === "1" || value === "true");
const origin = () =>
  webUrl()
    .refine((value) => !URL.canParse(value) || new URL(value).pathname === "/", {
      message: "must be an origin, without a path",
    })
    .transform((value) => (URL.canParse(value) ? new URL(value).origin : value));

/** One entry for each variable; `.env.example` lists the same names. */
export const variables = {
  PORT: port(3000),
  HOST: z.string().default("127.0.0.1"),
  APP_URL: origin(),
  DATABASE_URL: databaseUrl(),
  MIGRATION_DATABASE_URL: databaseUrl().optional(),
  OWNER_EMAIL: z.email().optional(),
  AUTH_SECRET: z.string().min(32, { message: "must be at least 32 characters long" }),
  ENCRYPTION_KEY: z.string().refine((value) => Buffer.from(value, "base64").length === 32, {
    message: "must be 32 bytes in base64",
  }),
  SMTP_URL: url("smtp:", "smtps:"),
  EMAIL_FROM: z.string().min(3).default("Restday <restday@localhost>"),
  JOBS_ENGINE: z.enum(["embedded", "inngest"]).default("embedded"),
  INNGEST_BASE_URL: webUrl().optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  INNGEST_DEV: flag().default(false),
  POLAR_CLIENT_ID: z.string().optional(),
  POLAR_CLIENT_SECRET: z.string().optional(),
  POLAR_AUTHORIZATION_URL: webUrl().default("https://flow.polar.com/oauth2/authorization"),
  POLAR_TOKEN_URL: webUrl().default("https://polarremote.com/v2/oauth2/token"),
  POLAR_API_URL: origin().default("https://www.polaraccesslink.com"),
  SIMULATOR_PORT: port(4010),
  MAILBOX_PORT: port(4020),
  DATA_DIR: z.string().default(".restday"),
  SYNC_INTERVAL_MINUTES: z.coerce.number().int().min(1).max(1_440).default(15),
};

const schema = z.object(variables);

/** `demonstration` talks to the bundled simulator and offers one-click sign-in; `real` does neither. */
type Mode = "demonstration" | "real";

export type Env = z.output<typeof schema> & {
  mode: Mode;
  MIGRATION_DATABASE_URL: string;
  POLAR_CLIENT_ID: string;
  POLAR_CLIENT_SECRET: string;
};

/** The environment is incomplete or wrong; `problems` has one line for each variable, by name. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("; "));
  }
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);
type Given = Record<string, string | undefined>;

/** Demonstration credentials exist only beside a Polar address on this machine, so a real installation cannot slip into it. */
function modeOf(given: Given): Mode {
  const polar = given.POLAR_API_URL;
  const simulated = polar !== undefined && URL.canParse(polar) && loopback.has(new URL(polar).hostname);
  return simulated && given.POLAR_CLIENT_ID === undefined ? "demonstration" : "real";
}

/** Names that only the others make necessary. */
function neededTogether(given: Given): string[] {
  const polar = modeOf(given) === "real" ? ["POLAR_CLIENT_ID", "POLAR_CLIENT_SECRET"] : [];
  const dev = flag().safeParse(given.INNGEST_DEV).data === true;
  const keys = given.JOBS_ENGINE === "inngest" && !dev ? ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"] : [];
  return [...polar, ...keys];
}

function describe(issue: z.core.$ZodIssue): string {
  const missing = issue.code === "invalid_type" && issue.input === undefined;
  return `${issue.path.join(".")} ${missing ? "is missing" : issue.message}`;
}

/** The client the demonstration uses at the simulator; its secret follows from the installation's own. */
export function demonstrationClient(authSecret: string): { id: string; secret: string } {
  return { id: "restday-demonstration", secret: derive(authSecret, "demonstration-polar-client") };
}

function derive(secret: string, purpose: string): string {
  return createHmac("sha256", secret).update(purpose).digest("base64url");
}

/**
 * Validates an environment. Empty strings count as unset.
 * @throws EnvironmentError naming every variable that is missing or wrong, all at once.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given: Given = Object.fromEntries(
    Object.keys(variables).map((name) => [name, source[name] || undefined]),
  );
  const parsed = schema.safeParse(given, { reportInput: true });
  const missing = neededTogether(given).filter((name) => given[name] === undefined);
  const problems = [
    ...(parsed.error?.issues.map(describe) ?? []),
    ...missing.map((name) => `${name} is missing`),
  ];
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems);
  const demo = demonstrationClient(parsed.data.AUTH_SECRET);
  return {
    ...parsed.data,
    mode: modeOf(given),
    MIGRATION_DATABASE_URL: parsed.data.MIGRATION_DATABASE_URL ?? parsed.data.DATABASE_URL,
    POLAR_CLIENT_ID: parsed.data.POLAR_CLIENT_ID ?? demo.id,
    POLAR_CLIENT_SECRET: parsed.data.POLAR_CLIENT_SECRET ?? demo.secret,
  };
}

let validated: Env | undefined;

/** The validated environment of this process; checked at the first call, not at import. */
export function env(): Env {
  validated ??= parseEnv(process.env);
  return validated;
}

/** A secret of its own for one purpose, such as the athletes' sessions, derived from AUTH_SECRET by HMAC-SHA-256. */
export function derivedSecret(purpose: string): string {
  return derive(env().AUTH_SECRET, purpose);
}

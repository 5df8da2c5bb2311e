import { createHmac } from "node:crypto";
import { isIP } from "node:net";
import { z } from "zod";
import { DatabaseUrlError, parseDatabaseUrl } from "./database-url";
import { emailAddress, parseSender } from "./email/address";
import { readSmtpUrl } from "./email/smtp-url";
import { ENGINES } from "./events";

const whole = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, { message: `must be a whole number from ${least} to ${most}` })
    .transform(Number)
    .refine((value) => value >= least && value <= most, {
      message: `must be a whole number from ${least} to ${most}`,
    })
    .default(fallback);
const port = (fallback: number) => whole(1, 65_535, fallback);
/** A value that `read` understands; what it throws or returns as a problem completes the variable's name and tells nothing of the value. */
const understood = (problemOf: (value: string) => string | undefined) =>
  z.string().superRefine((value, ctx) => {
    const message = problemOf(value);
    if (message) ctx.addIssue({ code: "custom", message });
  });
const webUrl = () =>
  understood((value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || !["http:", "https:"].includes(url.protocol))
      return "must be a URL beginning with http:// or https://";
    return url.username || url.password ? "must be a URL without a user and a password" : undefined;
  });
const databaseUrl = () =>
  understood((value) => {
    try {
      parseDatabaseUrl(value);
      return undefined;
    } catch (error) {
      if (error instanceof DatabaseUrlError) return error.message;
      throw error;
    }
  });
const smtpUrl = () =>
  z.string().transform((value, ctx) => {
    const read = readSmtpUrl(value);
    if ("url" in read) return read.url;
    ctx.addIssue({ code: "custom", message: read.problem });
    return z.NEVER;
  });
const among = <const Word extends string>(words: readonly Word[]) =>
  z.enum(words, { error: `must be ${words.join(" or ")}` });
const flag = () => among(["0", "1", "true", "false"]).transform((value) => value === "1" || value === "true");
const origin = () =>
  webUrl()
    .refine((value) => !URL.canParse(value) || /^https?:\/\/[^/?#]+\/?$/i.test(value), {
      message: "must be an origin such as https://restday.example.org, without a path",
    })
    .transform((value) => (URL.canParse(value) ? new URL(value).origin : value));
const key = () => z.string().regex(/^\S+$/, { message: "must not contain spaces" });
const host = () =>
  z.string().refine((value) => isIP(value) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(value), {
    message: "must be an address of this machine such as 127.0.0.1, without a port",
  });
const encryptionKey = () =>
  z.string().refine((value) => /^[\w+/-]{43}=?$/.test(value), {
    message: "must be 32 bytes in base64, such as `openssl rand -base64 32` makes",
  });
const sender = () =>
  z.string().refine((value) => parseSender(value) !== undefined, {
    message: 'must be one address, such as "Restday <restday@example.org>"',
  });
const address = () =>
  z.string().transform((value, ctx) => {
    const parsed = emailAddress.safeParse(value);
    if (parsed.success) return parsed.data;
    ctx.addIssue({ code: "custom", message: "must be an e-mail address" });
    return z.NEVER;
  });

/** One entry for each variable; `.env.example` lists the same names. */
export const variables = {
  PORT: port(3000),
  HOST: host().default("127.0.0.1"),
  APP_URL: origin(),
  DATABASE_URL: databaseUrl(),
  MIGRATION_DATABASE_URL: databaseUrl().optional(),
  OWNER_EMAIL: address().optional(),
  AUTH_SECRET: z.string().min(32, { message: "must be at least 32 characters long" }),
  ENCRYPTION_KEY: encryptionKey(),
  SMTP_URL: smtpUrl(),
  EMAIL_FROM: sender().default("Restday <restday@localhost>"),
  JOBS_ENGINE: among(ENGINES).default("embedded"),
  INNGEST_BASE_URL: webUrl().optional(),
  INNGEST_EVENT_KEY: key().optional(),
  INNGEST_SIGNING_KEY: key().optional(),
  INNGEST_DEV: flag().default(false),
  POLAR_CLIENT_ID: key().optional(),
  POLAR_CLIENT_SECRET: key().optional(),
  POLAR_AUTHORIZATION_URL: webUrl().default("https://flow.polar.com/oauth2/authorization"),
  POLAR_TOKEN_URL: webUrl().default("https://polarremote.com/v2/oauth2/token"),
  POLAR_API_URL: origin().default("https://www.polaraccesslink.com"),
  SIMULATOR_PORT: port(4010),
  MAILBOX_PORT: port(4020),
  DATA_DIR: z.string().default(".restday"),
  SYNC_INTERVAL_MINUTES: whole(1, 1_440, 15),
  TEST_CLOCK: z.string().optional(),
};

const schema = z.object(variables);

/** `demonstration` talks to the bundled simulator and offers one-click sign-in; `real` does neither. */
export type Mode = "demonstration" | "real";

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

/** A clock that a file sets has no place beside real athletes: mails, deletions and syncs go by it. */
function outOfPlace(given: Given): string[] {
  if (given.TEST_CLOCK === undefined) return [];
  const isReal = modeOf(given) === "real" || given.POLAR_CLIENT_SECRET !== undefined;
  return isReal ? ["TEST_CLOCK works only in the demonstration, without Polar credentials: remove it"] : [];
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
  // A line break in a value is a slip of the clipboard, and no setting holds one.
  const broken = Object.keys(given).filter((name) => /\p{Cc}/u.test(given[name] ?? ""));
  const missing = neededTogether(given).filter((name) => given[name] === undefined);
  const wrong = (parsed.error?.issues ?? []).filter(({ path }) => !broken.includes(String(path[0])));
  const problems = [
    ...broken.map((name) => `${name} contains a line break or a control character`),
    ...wrong.map(describe),
    ...missing.map((name) => `${name} is missing`),
    ...outOfPlace(given),
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

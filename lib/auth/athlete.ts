import NextAuth, { customFetch, type NextAuthConfig } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import type { Logger } from "pino";
import { athletePrefix, athleteSessionLifeS, sessionToken } from "./athlete-session";
import { instanceCookies, isSecure } from "./cookies";
import { forgetIntent, type Intent, intentCookie, readIntent } from "./intent";
import { outcomePath } from "./outcome";
import { quietLogger } from "./quiet-logger";
import { isCallback, notFound, rebase } from "./rebase";
import { startSignIn } from "./start-sign-in";

const basePath = "/api/athlete-auth";
const tokenTimeoutMs = 20_000;

/** What Polar gave for one athlete; the access token is handed on and never kept here. `expiresInS` is null where Polar told none. */
export type PolarGrant = { polarUserId: number; accessToken: string; expiresInS: number | null };

export type Refusal = "link-ended" | "taken" | "unknown" | "start-again" | "polar-busy" | "polar-failed";
/** Whose page opens, with what there is to tell on it. */
export type Opened = { athleteId: string; say?: "reconnected" | "polar-failed" };

export type AthleteAuthInput = {
  appUrl: string;
  secret: string;
  client: { id: string; secret: string; authorizationUrl: string; tokenUrl: string };
  log: Logger;
  /** The moment it is: a session records when it began. */
  now: () => Date;
  /** Links the grant to the athlete of the intent, or finds who comes back; a refusal becomes a page. */
  finish: (intent: Intent, grant: PolarGrant) => Promise<Opened | { refused: Refusal }>;
  /** Polar said no, or the athlete did: nothing may stay shared. */
  denied: (intent: Intent) => Promise<void>;
};

/**
 * The athletes' instance of next-auth: Polar's authorization-code flow (AccessLink documentation, "Authentication"),
 * Basic authentication at the token endpoint, `x_user_id` as the account, an encrypted cookie as the session.
 * It shares no cookie and no secret with the coaches' instance.
 */
export function createAthleteAuth(input: AthleteAuthInput) {
  const place = { appUrl: input.appUrl, basePath, secret: input.secret };
  return {
    /** Sends the browser to Polar; the intent comes back with it. */
    begin: async (intent: Intent): Promise<{ location: string; cookies: string[] }> => {
      const { handlers } = NextAuth(configure(input, undefined));
      const next = intent.kind === "return" ? "/me" : "/me/connected";
      const fields = { callbackUrl: next };
      const started = await startSignIn({ ...place, handlers, provider: "polar", fields });
      const state = new URL(started.location).searchParams.get("state") ?? "";
      return { ...started, cookies: [...started.cookies, await intentCookie(place, { intent, state })] };
    },
    /** Takes Polar's answer; every end is a page. */
    handle: async (request: Request): Promise<Response> => {
      if (!isCallback(request, basePath)) return notFound();
      const intent = await readIntent(place, request);
      const finished: Finished = {};
      const { handlers } = NextAuth(configure(input, intent, finished));
      const answer = await handlers.GET(rebase(request, input.appUrl));
      return concluded({ answer, intent, input, finished });
    },
  };
}

/** Turns next-auth's error codes into the page that fits the intent, and forgets the intent either way. */
async function concluded(of: {
  answer: Response;
  intent: Intent | undefined;
  input: AthleteAuthInput;
  finished: Finished;
}) {
  const headers = new Headers(of.answer.headers);
  const location = headers.get("location");
  const error = location && new URL(location, of.input.appUrl).searchParams.get("error");
  if (error) {
    if (of.intent) await of.input.denied(of.intent);
    headers.set(
      "location",
      outcomePath(of.intent, error === "OAuthCallbackError" ? "denied" : "start-again"),
    );
  }
  if (!error && of.finished.opened?.say) headers.set("location", `/me?say=${of.finished.opened.say}`);
  headers.append("set-cookie", forgetIntent({ ...of.input, basePath }));
  return new Response(of.answer.body, { status: of.answer.status, headers });
}

type Finished = { opened?: Opened };

function configure(
  input: AthleteAuthInput,
  intent: Intent | undefined,
  finished: Finished = {},
): NextAuthConfig {
  return {
    basePath,
    secret: input.secret,
    trustHost: true,
    useSecureCookies: isSecure(input.appUrl),
    cookies: instanceCookies({ prefix: athletePrefix, basePath, appUrl: input.appUrl }),
    adapter: adapterOf(finished),
    session: { strategy: "jwt", maxAge: athleteSessionLifeS },
    logger: quietLogger(input.log),
    pages: { signIn: "/me/sign-in", error: "/me/sign-in" },
    providers: [polarProvider(input.client)],
    callbacks: {
      signIn: async ({ account }) => {
        if (!intent || !account?.access_token) return outcomePath(intent, "start-again");
        const result = await input.finish(intent, {
          polarUserId: Number(account.providerAccountId),
          accessToken: account.access_token,
          expiresInS: account.expires_in ?? null,
        });
        if ("refused" in result) return outcomePath(intent, result.refused);
        finished.opened = result;
        return true;
      },
      jwt: ({ token }) => sessionToken({ athleteId: token.sub, now: input.now() }),
      session: ({ session, token }) => ({ user: { id: token.sub ?? "" }, expires: session.expires }),
    },
  };
}

function polarProvider(client: AthleteAuthInput["client"]): NextAuthConfig["providers"][number] {
  return {
    id: "polar",
    name: "Polar",
    type: "oauth",
    clientId: client.id,
    clientSecret: client.secret,
    checks: ["state"],
    authorization: { url: client.authorizationUrl, params: { scope: "accesslink.read_all" } },
    token: client.tokenUrl,
    userinfo: {
      url: client.tokenUrl,
      request: ({ tokens }: { tokens: { x_user_id?: number } }) => ({ id: tokens.x_user_id }),
    },
    profile: (profile: { id?: number }) => ({ id: polarIdOf(profile.id) }),
    [customFetch]: async (...[url, init]: Parameters<typeof fetch>) =>
      withoutUnknowns(await fetch(url, { ...init, signal: AbortSignal.timeout(tokenTimeoutMs) })),
  };
}

/**
 * Polar's token answer without the fields that tell nothing: those that are null, and an `expires_in` that is no number of
 * seconds. Polar documents both a lifetime and that tokens do not expire; OAuth leaves the field optional (RFC 6749, 5.1),
 * but the library refuses an answer in which it cannot be read.
 */
async function withoutUnknowns(answer: Response): Promise<Response> {
  const json: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  if (!answer.ok || typeof json !== "object" || json === null) return answer;
  const told = Object.entries(json).filter(
    ([name, value]) => value !== null && (name !== "expires_in" || Number(value) > 0),
  );
  return Response.json(Object.fromEntries(told), { status: answer.status });
}

function polarIdOf(id: number | undefined): string {
  if (!Number.isSafeInteger(id)) throw new Error("The token answer has no x_user_id");
  return String(id);
}

/** Holds nothing: the only account it knows is the one `finish` has just linked. */
function adapterOf(finished: Finished): Adapter {
  const nobody = async () => null;
  return {
    getUserByAccount: async () =>
      finished.opened ? { id: finished.opened.athleteId, email: "", emailVerified: null } : null,
    getUser: nobody,
    getUserByEmail: nobody,
    createVerificationToken: nobody,
    useVerificationToken: nobody,
  };
}

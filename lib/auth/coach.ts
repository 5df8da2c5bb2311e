import { createHash } from "node:crypto";
import { NextRequest } from "next/server";
import NextAuth, { type NextAuthConfig } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import type { Logger } from "pino";
import { coachPrefix, coachSessionCookieName } from "./coach-session";
import { instanceCookies, isSecure, readCookie } from "./cookies";
import { quietLogger } from "./quiet-logger";
import { startSignIn } from "./start-sign-in";

const basePath = "/api/auth";
const linkLifeS = 30 * 60;

/** A session that a link opened: its `Set-Cookie`, its token, and where on this site to go. */
export type SignedIn = { sessionToken: string; sessionCookie: string; location: string };

export type CoachAuthInput = {
  appUrl: string;
  secret: string;
  store: Adapter;
  log: Logger;
  /** Whether an address may be sent a link: someone on a team, the owner's address, or an open invitation. */
  mayHaveLink: (email: string) => Promise<boolean>;
  /** Makes sure that the holder of a followed link is on a team; false refuses the sign-in. */
  admit: (email: string) => Promise<boolean>;
  /** Mails the page that completes the sign-in; following it changes nothing by itself. */
  sendLink: (mail: { email: string; href: string; token: string }) => Promise<void>;
  /** Whose a link is by the hash that next-auth keeps of its token; undefined when it was used or never made. */
  findLink: (tokenHash: string) => Promise<{ email: string; expires: Date } | undefined>;
};

/**
 * The coaches' instance of next-auth: a magic link by e-mail, database sessions, at `/api/auth`.
 * None of its routes is reachable: mail programs follow links to look at them, so the mailed one opens a page whose
 * button posts to `follow`. `requestLink` mails one and answers nothing, whoever the address belongs to.
 */
export function createCoachAuth(input: CoachAuthInput) {
  const { handlers } = NextAuth(configure(input));
  return {
    /** Whether a mailed link can still be followed; uses nothing up. */
    isOpen: async (asked: { token: string; now: Date }): Promise<boolean> => {
      const link = await input.findLink(hashOf(asked.token, input.secret));
      return link !== undefined && link.expires > asked.now;
    },
    /** Uses a link up and opens a session; undefined when it ended, or its holder may not come in. */
    follow: async (asked: { token: string; next: string }): Promise<SignedIn | undefined> => {
      const link = await input.findLink(hashOf(asked.token, input.secret));
      if (!link) return undefined;
      const query = new URLSearchParams({ callbackUrl: asked.next, token: asked.token, email: link.email });
      const url = `${input.appUrl}${basePath}/callback/email?${query}`;
      const answer = await handlers.GET(new NextRequest(url));
      const session = `${coachSessionCookieName(input.appUrl)}=`;
      const sessionCookie = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(session));
      if (!sessionCookie) return undefined;
      const sessionToken = readCookie(sessionCookie, session.slice(0, -1)) ?? "";
      return { sessionToken, sessionCookie, location: answer.headers.get("location") ?? input.appUrl };
    },
    requestLink: async (asked: { email: string; next: string }): Promise<void> => {
      const fields = { email: asked.email, callbackUrl: asked.next };
      await startSignIn({ handlers, appUrl: input.appUrl, basePath, provider: "email", fields });
    },
  };
}

/** The page of a link, with where it leads afterwards: next-auth has made sure that it stays on this site. */
function pageOf(appUrl: string, { url, token }: { url: string; token: string }): string {
  const { pathname, search } = new URL(new URL(url).searchParams.get("callbackUrl") ?? "/", appUrl);
  return `${appUrl}/sign-in/link/${token}?${new URLSearchParams({ next: pathname + search })}`;
}

/** As next-auth hashes what it keeps of a token. */
function hashOf(token: string, secret: string): string {
  return createHash("sha256").update(`${token}${secret}`).digest("hex");
}

function configure(input: CoachAuthInput): NextAuthConfig {
  return {
    basePath,
    secret: input.secret,
    trustHost: true,
    useSecureCookies: isSecure(input.appUrl),
    cookies: instanceCookies({ prefix: coachPrefix, basePath, appUrl: input.appUrl }),
    adapter: input.store,
    session: { strategy: "database" },
    logger: quietLogger(input.log),
    pages: { signIn: "/sign-in", error: "/sign-in", verifyRequest: "/sign-in/check-mail" },
    providers: [
      {
        id: "email",
        type: "email",
        name: "E-mail",
        maxAge: linkLifeS,
        sendVerificationRequest: ({ identifier, url, token }) =>
          input.sendLink({ email: identifier, href: pageOf(input.appUrl, { url, token }), token }),
      },
    ],
    callbacks: {
      signIn: async ({ user, email }) => {
        const address = user.email ?? "";
        if (email?.verificationRequest)
          return (await input.mayHaveLink(address)) ? true : "/sign-in/check-mail";
        return (await input.admit(address)) ? true : "/sign-in?error=Verification";
      },
      session: ({ session, user }) => ({ user: { id: user.id }, expires: session.expires }),
    },
  };
}

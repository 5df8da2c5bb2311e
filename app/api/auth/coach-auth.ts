import { getLocale } from "next-intl/server";
import { visitorContext } from "@/app/context";
import { appDatabase } from "@/app/database";
import { accounts, sessions, users, verificationTokens } from "@/db/schema/auth";
import { languageOf } from "@/i18n/locales";
import { createCoachAuth } from "@/lib/auth/coach";
import { coachStore } from "@/lib/auth/coach-store";
import { env } from "@/lib/env";
import { createLog } from "@/lib/log";
import { admitCoach } from "@/lib/services/team/join";
import { findSignInLink, mayHaveLink, sendSignInLink } from "@/lib/services/team/sign-in";

let instance: ReturnType<typeof createCoachAuth> | undefined;

/** The coaches' sign-in, wired to our tables and mail. Made at the first request: a build has no environment. */
export function coachAuth() {
  instance ??= createCoachAuth({
    appUrl: env().APP_URL,
    secret: env().AUTH_SECRET,
    store: coachStore(appDatabase(), { users, accounts, sessions, verificationTokens }),
    log: createLog("coach-auth"),
    mayHaveLink: async (email) => mayHaveLink({ ctx: await visitorContext(), input: { email } }),
    admit: async (email) => admitCoach({ ctx: await visitorContext(), input: { email } }),
    sendLink: async (mail) => {
      const browser = languageOf(await getLocale());
      await sendSignInLink({ ctx: await visitorContext(), input: { ...mail, browser } });
    },
    findLink: async (tokenHash) => findSignInLink({ ctx: await visitorContext(), input: { tokenHash } }),
  });
  return instance;
}
